"""The diameter of a component from few breadth-first searches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]


@kernel
def _search(indptr: Int32, indices: Int32, source: int, away: Int32, queue: Int32) -> int:
    """Fills the distances `away` (-1: out of reach) and `queue`, the farthest last; how many."""
    away[:] = -1
    away[source], queue[0] = 0, source
    head, tail = 0, 1
    while head < tail:
        u = queue[head]
        head += 1
        for at in range(indptr[u], indptr[u + 1]):
            v = indices[at]
            if away[v] < 0:
                away[v] = away[u] + 1
                queue[tail] = v
                tail += 1
    return tail


@kernel
def _halfway(indptr: Int32, indices: Int32, end: int, away: Int32) -> int:
    """The middle node of a shortest path from where `away` was measured to `end`."""
    u = end
    for _ in range(away[end] // 2):
        for at in range(indptr[u], indptr[u + 1]):
            if away[indices[at]] == away[u] - 1:
                u = indices[at]
                break
    return u


@kernel
def _narrow(most: Int32, queue: Int32, count: int, away: Int32) -> int:
    """Lowers how far each node can be from any other, by a search; how many are farthest."""
    reach, fringe = away[queue[count - 1]], 0
    for v in queue[:count]:
        most[v] = min(most[v], reach + away[v])
        fringe += away[v] == reach
    return fringe


@kernel
def extent(indptr: Int32, indices: Int32, start: int, searches: int) -> tuple[int, int, int]:
    """The lower and upper bound of the largest distance in a node's component, and the searches.

    Twice, two searches, each from the far end of the last, give a long path, and its middle the
    next start. From the most central start, nodes are then searched from the outside in: pairs that
    lie no farther out than level i are at most 2 i apart. A search from u also says that nobody at
    distance d from u is farther than d more from anyone than u is.
    """
    n = indptr.size - 1
    away, queue, most = np.empty(n, np.int32), np.empty(n, np.int32), np.full(n, n, np.int32)
    level, order = away, queue
    lower, upper, made, u, best = 0, n, 0, start, 2 * n
    while made < min(5, searches):
        count = _search(indptr, indices, u, away, queue)
        fringe = _narrow(most, queue, count, away)
        far = queue[count - 1]
        reach = away[far]
        lower, upper = max(lower, reach), min(upper, 2 * reach)
        if made % 2 == 0 and reach + fringe / n < best:
            best, level, order = reach + fringe / n, away.copy(), queue[:count].copy()
        u = _halfway(indptr, indices, far, away) if made % 2 else far
        made += 1
    for u in order[::-1]:
        upper = min(upper, max(lower, 2 * level[u]))
        if lower == upper or made == searches:
            return lower, upper, made
        if most[u] > lower:
            count = _search(indptr, indices, u, away, queue)
            _narrow(most, queue, count, away)
            lower = max(lower, away[queue[count - 1]])
            made += 1
    return lower, lower, made
