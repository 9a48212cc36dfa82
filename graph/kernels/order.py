"""Renumbering: the same network with its nodes in an order that suits the caches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Uint32 = NDArray[np.uint32]


@kernel
def renumber(
    indptr: Int32, indices: Int32, link: Int32, order: Int32
) -> tuple[Int32, Uint32, Int32]:
    """The arrays of the network whose node k is node `order[k]` of the given one.

    `order` may leave out nodes (links to them are left out) and must not repeat any. Rows come
    out ascending, because they are filled by going through the nodes in their new order.
    """
    n = order.size
    place = np.full(indptr.size - 1, -1, np.int32)
    for k in range(n):
        place[order[k]] = k
    start = np.zeros(n + 1, np.int32)
    for k in range(n):
        inside = 0
        for e in range(indptr[order[k]], indptr[order[k] + 1]):
            inside += place[indices[e]] >= 0
        start[k + 1] = start[k] + inside
    near, number, fill = np.empty(start[n], np.uint32), np.empty(start[n], np.int32), start.copy()
    for k in range(n):
        for e in range(indptr[order[k]], indptr[order[k] + 1]):
            other = place[indices[e]]
            if other >= 0:
                near[fill[other]], number[fill[other]] = k, link[e]
                fill[other] += 1
    return start, near, number
