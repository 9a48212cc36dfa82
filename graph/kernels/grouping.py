"""How the neighbours of each node are spread over groups; code -1 stands for no group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@kernel
def neighbour_pairs(indptr: Int32, indices: Int32, codes: Int32, groups: int) -> Int64:
    """The ordered pairs of each node's neighbours that have groups, shape (n, 4).

    Columns: both of the node's own group, both of one other group, one of each, and of two other
    groups. 0 for nodes of no group.
    """
    n = indptr.size - 1
    found, count = np.zeros((n, 4), np.int64), np.zeros(groups, np.int64)
    for u in range(n):
        if codes[u] < 0:
            continue
        degree = 0
        for at in range(indptr[u], indptr[u + 1]):
            if codes[indices[at]] >= 0:
                count[codes[indices[at]]] += 1
                degree += 1
        own = count[codes[u]]
        count[codes[u]] = 0
        twins = 0
        for at in range(indptr[u], indptr[u + 1]):
            code = codes[indices[at]]
            if code >= 0:
                twins += count[code] * (count[code] - 1)
                count[code] = 0
        found[u, 0], found[u, 1] = own * (own - 1), twins
        found[u, 2] = 2 * own * (degree - own)
        found[u, 3] = (degree - own) * (degree - own - 1) - twins
    return found


@kernel
def shares(
    indptr: Int32, indices: Int32, near_weights: Float64, codes: Int32, groups: int
) -> tuple[Float64, Float64, Float64]:
    """What each node's links sum to, those into its own group, and its evenness, each (n,).

    Links to nodes of no group are left out. The last is the sum over the groups of (the sum of the
    links into the group) squared.
    """
    n = indptr.size - 1
    total, inside, squares = np.zeros(n), np.zeros(n), np.zeros(n)
    count = np.zeros(groups, np.float64)
    for u in range(n):
        for at in range(indptr[u], indptr[u + 1]):
            code = codes[indices[at]]
            if code >= 0:
                count[code] += near_weights[at]
                total[u] += near_weights[at]
        if codes[u] >= 0:
            inside[u] = count[codes[u]]
        for at in range(indptr[u], indptr[u + 1]):
            code = codes[indices[at]]
            if code >= 0:
                squares[u] += count[code] * count[code]
                count[code] = 0
    return total, inside, squares
