"""Core numbers by taking away the node of least degree, again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]


@kernel
def cores(indptr: Int32, indices: Int32) -> Int32:
    """The core number of each node, shape (n,).

    `queue` holds the nodes by their present degree and `bin_` where each degree begins; a node that
    loses a neighbour swaps places with the first of its degree. Source: V. Batagelj, M. Zaversnik,
    An O(m) algorithm for cores decomposition of networks, 2003.
    """
    n = indptr.size - 1
    degree = np.empty(n, np.int32)
    most = 0
    for u in range(n):
        degree[u] = indptr[u + 1] - indptr[u]
        most = max(most, degree[u])
    bin_ = np.zeros(most + 2, np.int32)
    for u in range(n):
        bin_[degree[u] + 1] += 1
    for d in range(most + 1):
        bin_[d + 1] += bin_[d]
    queue, where = np.empty(n, np.int32), np.empty(n, np.int32)
    for u in range(n):
        where[u] = bin_[degree[u]]
        queue[where[u]] = u
        bin_[degree[u]] += 1
    for d in range(most, 0, -1):
        bin_[d] = bin_[d - 1]
    bin_[0] = 0
    for i in range(n):
        u = queue[i]
        for at in range(indptr[u], indptr[u + 1]):
            v = indices[at]
            if degree[v] > degree[u]:
                place, front = where[v], bin_[degree[v]]
                other = queue[front]
                queue[place], queue[front] = other, v
                where[other], where[v] = place, front
                bin_[degree[v]] += 1
                degree[v] -= 1
    return degree
