"""Where a network falls apart: depth-first search with low points.

Source: J. Hopcroft, R. Tarjan, Algorithm 447: efficient algorithms for graph manipulation,
Communications of the ACM 16, 1973.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Flags = NDArray[np.bool_]


@kernel
def cuts(indptr: Int32, indices: Int32, link: Int32) -> tuple[Flags, Flags]:
    """Which nodes (n,) and which links (m,) alone hold their component together."""
    n = indptr.size - 1
    nodes, links = np.zeros(n, np.bool_), np.zeros(link.size // 2, np.bool_)
    seen, low = np.zeros(n, np.int32), np.zeros(n, np.int32)  # seen: from 1 on, 0 is unseen
    way = np.empty(n, np.int32)  # the place in `indices` by which a node was reached
    above, cursor = np.full(n, -1, np.int32), indptr[:-1].copy()
    count = 0
    for root in range(n):
        if seen[root]:
            continue
        count += 1
        seen[root] = low[root] = count
        u, branches = root, 0
        while u >= 0:
            if cursor[u] < indptr[u + 1]:
                v = indices[cursor[u]]
                if seen[v] == 0:
                    count += 1
                    seen[v] = low[v] = count
                    above[v], way[v] = u, cursor[u]
                    cursor[u] += 1
                    u = v
                else:
                    if v != above[u]:
                        low[u] = min(low[u], seen[v])
                    cursor[u] += 1
                continue
            p = above[u]
            if p >= 0:
                low[p] = min(low[p], low[u])
                links[link[way[u]]] = low[u] > seen[p]
                if p == root:
                    branches += 1
                elif low[u] >= seen[p]:
                    nodes[p] = True
            u = p
        nodes[root] = branches > 1
    return nodes, links


@kernel
def blocks(indptr: Int32, indices: Int32, link: Int32) -> Int32:
    """The number of the biconnected component of each link, shape (m,), as they are found."""
    n, m = indptr.size - 1, link.size // 2
    block, stack = np.empty(m, np.int32), np.empty(m, np.int32)
    seen, low = np.zeros(n, np.int32), np.zeros(n, np.int32)
    above, depth = np.full(n, -1, np.int32), np.zeros(n, np.int32)  # depth: of the stack before
    cursor = indptr[:-1].copy()
    count, height, number = 0, 0, 0
    for root in range(n):
        if seen[root]:
            continue
        count += 1
        seen[root] = low[root] = count
        u = root
        while u >= 0:
            if cursor[u] < indptr[u + 1]:
                at = cursor[u]
                cursor[u] += 1
                v = indices[at]
                if seen[v] == 0:
                    count += 1
                    seen[v] = low[v] = count
                    above[v], depth[v] = u, height
                    stack[height] = link[at]
                    height += 1
                    u = v
                elif v != above[u] and seen[v] < seen[u]:  # the other end sees it from above
                    low[u] = min(low[u], seen[v])
                    stack[height] = link[at]
                    height += 1
                continue
            p = above[u]
            if p >= 0:
                low[p] = min(low[p], low[u])
                if low[u] >= seen[p]:
                    while height > depth[u]:
                        height -= 1
                        block[stack[height]] = number
                    number += 1
            u = p
    return block
