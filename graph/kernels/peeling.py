"""Core numbers by taking away the nodes of least degree, again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]


@kernel
def cores(indptr: Int32, indices: Int32) -> Int32:
    """The core number of each node, shape (n,).

    For k = 0, 1, 2 ... all nodes with k or fewer neighbours left are taken away, one after another.
    What is left is looked through once for each k: no node is looked at more often than its core
    number says, so the work stays linear in the links. Source: V. Batagelj, M. Zaversnik, An O(m)
    algorithm for cores decomposition of networks, 2003, without their order of all nodes by degree.
    """
    n = indptr.size - 1
    degree = indptr[1:] - indptr[:-1]  # of the nodes that are left; then the core number
    left, stack = np.arange(n).astype(np.int32), np.empty(n, np.int32)
    size, k = n, 0
    while size:
        kept, top = 0, 0
        for i in range(size):
            u = left[i]
            if degree[u] > k:
                left[kept] = u
                kept += 1
            elif degree[u] == k:
                stack[top] = u
                top += 1
        size = kept
        while top:
            top -= 1
            u = stack[top]
            for at in range(indptr[u], indptr[u + 1]):
                v = indices[at]
                if degree[v] > k:
                    degree[v] -= 1
                    if degree[v] == k:
                        stack[top] = v
                        top += 1
        k += 1
    return degree
