"""What is left of a network without one of its nodes, for every node in one search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@kernel
def pieces_without(indptr: Int32, indices: Int32) -> tuple[Int32, Int32, Int64]:
    """For each node, of its component without it: pieces, nodes of the largest, pairs cut.

    A depth-first search leaves below a node the trees that fall off when it goes (those that no
    link leads out of to above it), and the rest of the component. Source: as `cutting`.
    """
    n = indptr.size - 1
    seen, low = np.zeros(n, np.int32), np.zeros(n, np.int32)  # seen: from 1 on, 0 is unseen
    above, cursor = np.full(n, -1, np.int32), indptr[:-1].copy()
    below = np.ones(n, np.int32)  # nodes of the tree from here on
    off, squares = np.zeros(n, np.int64), np.zeros(n, np.int64)  # of the trees that fall off
    pieces, largest, cut = np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n, np.int64)
    order, count = np.empty(n, np.int32), 0
    for root in range(n):
        if seen[root]:
            continue
        first, u = count, root
        order[count] = root
        count += 1
        seen[root] = low[root] = count
        while u >= 0:
            if cursor[u] < indptr[u + 1]:
                v = indices[cursor[u]]
                cursor[u] += 1
                if seen[v] == 0:
                    order[count] = v
                    count += 1
                    seen[v] = low[v] = count
                    above[v] = u
                    u = v
                elif v != above[u]:
                    low[u] = min(low[u], seen[v])
                continue
            p = above[u]
            if p >= 0:
                low[p] = min(low[p], low[u])
                below[p] += below[u]
                if low[u] >= seen[p]:
                    size = np.int64(below[u])
                    off[p] += size
                    squares[p] += size * size
                    pieces[p] += 1
                    largest[p] = max(largest[p], below[u])
            u = p
        others = np.int64(count - first - 1)
        for i in range(first, count):
            v = order[i]
            rest = others - off[v]
            pieces[v] += rest > 0
            largest[v] = max(np.int64(largest[v]), rest)
            cut[v] = (others * others - squares[v] - rest * rest) // 2
    return pieces, largest, cut


@kernel
def hops(indptr: Int32, indices: Int32, source: int) -> Int32:
    """The number of links on a shortest path from a node to each, -1 out of reach, shape (n,)."""
    n = indptr.size - 1
    found, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
    found[source], queue[0], head, tail = 0, source, 0, 1
    while head < tail:
        u = queue[head]
        head += 1
        for e in range(indptr[u], indptr[u + 1]):
            v = indices[e]
            if found[v] < 0:
                found[v] = found[u] + 1
                queue[tail] = v
                tail += 1
    return found
