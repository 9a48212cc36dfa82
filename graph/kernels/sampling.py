"""Drawing shortest paths between random pairs of nodes.

Source: M. Borassi, E. Natale, KADABRA is an adaptive algorithm for betweenness via random
approximation, J. Exp. Algorithmics 24, 2019 (the balanced bidirectional search).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Uint64 = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Scratch(NamedTuple):
    """What one thread works on, for the search from either end; `level` is, and is left, -1."""

    level: Int32  # (2, n), distance from that end
    paths: Floats  # (2, n), number of shortest paths from that end
    queue: Int32  # (2, n)


def scratch(n: int) -> Scratch:
    return Scratch(
        level=np.full((2, n), -1, np.int32),
        paths=np.zeros((2, n)),
        queue=np.empty((2, n), np.int32),
    )


@kernel
def visits(indptr: Int32, indices: Int32, seed: int, start: int, stop: int, work: Scratch) -> Int64:
    """How many of the paths `start` to `stop` pass through each node, (n,).

    Path i joins an ordered pair of different nodes, drawn evenly, and is drawn evenly among the
    shortest; it depends on the seed and on i only. A pair that no path joins passes no node.
    """
    n = indptr.size - 1
    found, state = np.zeros(n, np.int64), np.zeros(1, np.uint64)
    for i in range(start, stop):
        state[0] = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(i)
        state[0] = _mixed(_mixed(state[0]))
        s = int(_uniform(state) * n)
        t = (s + 1 + int(_uniform(state) * (n - 1))) % n
        _draw(indptr, indices, s, t, state, work, found)
    return found


@kernel
def _draw(
    indptr: Int32, indices: Int32, s: int, t: int, state: Uint64, work: Scratch, found: Int64
) -> None:
    """Search from both ends, level by level from the side with fewer links, until they meet."""
    level, queue = work.level, work.queue
    first, last = np.zeros(2, np.int64), np.ones(2, np.int64)
    links = np.zeros(2, np.int64)
    for side, node in ((0, s), (1, t)):
        level[side, node], work.paths[side, node], queue[side, 0] = 0, 1.0, node
        links[side] = indptr[node + 1] - indptr[node]
    joined = 0.0
    while joined == 0.0 and first[0] < last[0] and first[1] < last[1]:
        side = 0 if links[0] <= links[1] else 1
        end = last[side]
        last[side] = _expand(indptr, indices, side, first[side], end, work)
        first[side], links[side] = end, 0
        for k in range(end, last[side]):
            v = queue[side, k]
            links[side] += indptr[v + 1] - indptr[v]
            if level[1 - side, v] >= 0:
                joined += work.paths[0, v] * work.paths[1, v]
    if joined > 0.0:
        middle = _meeting(queue[side, first[side] : last[side]], joined * _uniform(state), work)
        found[middle] += (middle != s) & (middle != t)
        _walk(indptr, indices, 0, middle, state, work, found)
        _walk(indptr, indices, 1, middle, state, work, found)
    for side in range(2):
        for k in range(last[side]):
            level[side, queue[side, k]] = -1


@kernel
def _expand(indptr: Int32, indices: Int32, side: int, first: int, last: int, work: Scratch) -> int:
    """Search one level further; where the queue ends then."""
    level, paths, queue = work.level[side], work.paths[side], work.queue[side]
    away, end = level[queue[first]] + 1, last
    for k in range(first, last):
        u = queue[k]
        for e in range(indptr[u], indptr[u + 1]):
            v = indices[e]
            if level[v] < 0:
                level[v], paths[v], queue[end] = away, 0.0, v
                end += 1
            if level[v] == away:
                paths[v] += paths[u]
    return end


@kernel
def _meeting(nodes: Int32, chosen: float, work: Scratch) -> int:
    """The node in which the chosen one of all paths passes from one search to the other."""
    middle = -1
    for v in nodes:
        if work.level[0, v] >= 0 and work.level[1, v] >= 0:
            middle = v
            chosen -= work.paths[0, v] * work.paths[1, v]
            if chosen < 0.0:
                break
    return middle


@kernel
def _walk(
    indptr: Int32, indices: Int32, side: int, v: int, state: Uint64, work: Scratch, found: Int64
) -> None:
    """Go back to the end of a side by one of the shortest paths, drawn evenly."""
    level, paths = work.level[side], work.paths[side]
    while level[v] > 1:
        chosen, before = _uniform(state) * paths[v], v
        for e in range(indptr[v], indptr[v + 1]):
            u = indices[e]
            if level[u] == level[v] - 1:
                before = u
                chosen -= paths[u]
                if chosen < 0.0:
                    break
        v = before
        found[v] += 1


@kernel
def _mixed(x: np.uint64) -> np.uint64:
    """The finalizer of splitmix64 (Steele, Lea, Flood, OOPSLA 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def _uniform(state: Uint64) -> float:
    """The next number in [0, 1)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    return (_mixed(state[0]) >> np.uint64(11)) * (1.0 / (1 << 53))


@kernel
def longest(indptr: Int32, indices: Int32, order: Int32) -> int:
    """An upper bound on the nodes of a shortest path: two longest ones from one node, and it.

    The first node of each component in `order` is the one. At most twice the truth.
    """
    n, bound = indptr.size - 1, 1
    away, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
    for root in order:
        if away[root] >= 0:
            continue
        away[root], queue[0], end, k = 0, root, 1, 0
        while k < end:
            for e in range(indptr[queue[k]], indptr[queue[k] + 1]):
                if away[indices[e]] < 0:
                    away[indices[e]] = away[queue[k]] + 1
                    queue[end] = indices[e]
                    end += 1
            k += 1
        bound = max(bound, 2 * away[queue[end - 1]] + 1)
    return bound
