"""A sparse matrix times a vector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]


@kernel
def multiply(
    indptr: Int32,
    indices: Int32,
    values: Floats,
    vector: Floats,
    out: Floats,
    start: int,
    stop: int,
) -> None:
    """Rows `start:stop` of the product; without values, every link counts 1."""
    if values.size:
        for i in range(start, stop):
            total = 0.0
            for e in range(indptr[i], indptr[i + 1]):
                total += values[e] * vector[np.uint32(indices[e])]
            out[i] = total
    else:
        for i in range(start, stop):
            total = 0.0
            for e in range(indptr[i], indptr[i + 1]):
                total += vector[np.uint32(indices[e])]
            out[i] = total
