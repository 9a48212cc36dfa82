"""Products with the matrix of a network, and the passes over vectors between them.

Each pass does all there is to do with the numbers that it reads. Sums run in the order of the
nodes, so that they come out the same on every machine; BLAS would not do that, and its threads wait
busily for each other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]


@kernel
def multiply(
    indptr: Int32,
    indices: NDArray[np.uint32],
    values: Floats,
    vector: Floats,
    out: Floats,
    start: int,
    stop: int,
) -> None:
    """Rows `start:stop` of the product; without values, every link counts 1.

    Unsigned numbers spare the test for places before the first, a quarter of the time.
    """
    if values.size:
        for i in range(start, stop):
            total = 0.0
            for e in range(np.uint64(indptr[i]), np.uint64(indptr[i + 1])):
                total += values[e] * vector[indices[e]]
            out[i] = total
    else:
        for i in range(start, stop):
            total = 0.0
            for e in range(np.uint64(indptr[i]), np.uint64(indptr[i + 1])):
                total += vector[indices[e]]
            out[i] = total


@kernel
def begin(
    right: Floats,
    scale: Floats,
    x: Floats,
    image: Floats,
    residual: Floats,
    step: Floats,
    scaled: Floats,
) -> tuple[float, float]:
    """Of the system x - scale A scale x = right: the squares of the residual and of the right side.

    `image` is A (scale x). Sets the residual, the first step and that step scaled.
    """
    size = whole = 0.0
    for i in range(x.size):
        residual[i] = step[i] = right[i] - (x[i] - scale[i] * image[i])
        scaled[i] = scale[i] * step[i]
        size += residual[i] ** 2
        whole += right[i] ** 2
    return size, whole


@kernel
def curve(scale: Floats, step: Floats, image: Floats) -> float:
    """Step times its image by the system; puts that image in place of A (scale step)."""
    total = 0.0
    for i in range(step.size):
        image[i] = step[i] - scale[i] * image[i]
        total += step[i] * image[i]
    return total


@kernel
def advance(along: float, x: Floats, residual: Floats, step: Floats, image: Floats) -> float:
    """Go along the step; the square of the residual that remains."""
    size = 0.0
    for i in range(x.size):
        x[i] += along * step[i]
        residual[i] -= along * image[i]
        size += residual[i] ** 2
    return size


@kernel
def turn(keep: float, residual: Floats, step: Floats, scale: Floats, scaled: Floats) -> None:
    """The next step, also scaled: the residual and something of the step before."""
    for i in range(step.size):
        step[i] = residual[i] + keep * step[i]
        scaled[i] = scale[i] * step[i]


@kernel
def deviation(x: Floats, image: Floats, value: float, out: Floats) -> float:
    """How far x is from an eigenvector with that value; the square of the length."""
    size = 0.0
    for i in range(x.size):
        out[i] = image[i] - value * x[i]
        size += out[i] ** 2
    return size


@kernel
def products(
    a: Floats, b: Floats, c: Floats, image_a: Floats, image_b: Floats, image_c: Floats
) -> tuple[Floats, Floats]:
    """The products of three vectors with each other, and with their images, both (3, 3)."""
    plain, bent = np.zeros((3, 3)), np.zeros((3, 3))
    for i in range(a.size):
        plain[0, 0] += a[i] * a[i]
        plain[0, 1] += a[i] * b[i]
        plain[0, 2] += a[i] * c[i]
        plain[1, 1] += b[i] * b[i]
        plain[1, 2] += b[i] * c[i]
        plain[2, 2] += c[i] * c[i]
        bent[0, 0] += a[i] * image_a[i]
        bent[0, 1] += a[i] * image_b[i]
        bent[0, 2] += a[i] * image_c[i]
        bent[1, 1] += b[i] * image_b[i]
        bent[1, 2] += b[i] * image_c[i]
        bent[2, 2] += c[i] * image_c[i]
    for i in range(3):
        for j in range(i):
            plain[i, j], bent[i, j] = plain[j, i], bent[j, i]
    return plain, bent


@kernel
def combine(parts: Floats, a: Floats, b: Floats, c: Floats) -> None:
    """Put the sum of the parts of b and c in c, and with the part of a in a."""
    for i in range(a.size):
        c[i] = parts[1] * b[i] + parts[2] * c[i]
        a[i] = parts[0] * a[i] + c[i]
