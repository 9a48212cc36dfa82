"""Breadth-first search for distances, and bounds of the diameter from few of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]


@kernel
def _distances(indptr: Int32, indices: Int32, source: int, away: Int32, queue: Int32) -> int:
    """Fills `away` for the nodes that the source reaches (-1: others), the last in the queue last.

    Returns how many it reaches.
    """
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
def extent(indptr: Int32, indices: Int32, start: int, searches: int) -> tuple[int, int, int]:
    """The lower and upper bound of the largest distance in a node's component, and the searches.

    Each search from a node bounds how far the others can be from everything; a node that can
    change neither bound is searched no more. Searches alternate between the node that may be
    farthest out and the node that may be the most central. Source: F. Takes, W. Kosters,
    Determining the diameter of small world networks, CIKM 2011.
    """
    n = indptr.size - 1
    away, queue = np.empty(n, np.int32), np.empty(n, np.int32)
    count = _distances(indptr, indices, start, away, queue)
    inside = np.sort(queue[:count])
    least, most = np.zeros(n, np.int32), np.full(n, count, np.int32)
    lower, upper, done, u = 0, count, 0, start
    while lower < upper and done < searches:
        if done:
            _distances(indptr, indices, u, away, queue)
        done += 1
        reach = away[queue[count - 1]]
        lower, upper = max(lower, reach), min(upper, 2 * reach)
        kept = 0
        outer, centre = -1, -1
        bound = 0
        for v in inside:
            d = away[v]
            least[v] = max(least[v], max(d, reach - d))
            most[v] = min(most[v], reach + d)
            if v == u:
                least[v] = most[v] = reach
            lower = max(lower, least[v])
        for v in inside:
            bound = max(bound, most[v])
            if least[v] == most[v] or (most[v] <= lower and 2 * least[v] >= upper):
                continue
            inside[kept] = v
            kept += 1
            if outer < 0 or most[v] > most[outer]:
                outer = v
            if centre < 0 or least[v] < least[centre]:
                centre = v
        upper = min(upper, max(bound, lower))
        inside = inside[:kept]
        if kept == 0:
            upper = lower
            break
        u = centre if done % 2 else outer
    return lower, upper, done
