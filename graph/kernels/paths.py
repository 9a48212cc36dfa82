"""Fewest hops between two nodes: search from both ends at once, first route, all routes.

A graph is (indptr, indices, link, worth, floor, closed). Searches use its open nodes and links
only: `closed` is empty or has 1 for each closed node; `worth` is empty or has a value for each
link, which is open when it is at least `floor`. A search begins after a root (the nodes already
walked, blocked from now on) and may not begin with a banned node. Scratch memory is (seen, clock,
queue) of shapes (n,), (1,) and (2, n).

`seen` needs no reset: every search writes values above `clock`, which then rises above them. With
`base` the clock at the start, `base` is blocked, `base + 2 h - 1` is h hops after the root, and
`base + 2 h + 2` is h hops before the target. Minus a value is on a route of fewest hops.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Graph = tuple[Int32, Int32, Int32, Float64, float, Bytes]
Scratch = tuple[Int32, Int32, Int32]

_LAST = 2**31 - 1


@kernel
def _start(root: Int32, banned: Int32, seen: Int32, clock: Int32) -> int:
    """The base of a new search, with root and banned nodes blocked."""
    rise = 2 * seen.size + 8
    if clock[0] > _LAST - 2 * rise:
        seen[:] = 0
        clock[0] = 0
    clock[0] += rise
    base = int(clock[0])
    for node in root:
        seen[node] = base
    for node in banned:
        seen[node] = base
    return base


@kernel
def _begin(
    graph: Graph, spur: int, target: int, seen: Int32, base: int, queue: Int32
) -> tuple[int, int, bool]:
    """Queue the first nodes after the root: how many, the links they have, and is one the target"""
    indptr, indices, link, worth, floor, closed = graph
    size, work = 0, 0
    for k in range(indptr[spur], indptr[spur + 1]):
        v = indices[k]
        if seen[v] >= base or (worth.size and worth[link[k]] < floor):
            continue
        if v == target:
            return size, work, True
        if closed.size and closed[v]:
            continue
        seen[v] = base + 1
        queue[size] = v
        size += 1
        work += indptr[v + 1] - indptr[v]
    return size, work, False


@kernel
def _expand(
    graph: Graph,
    seen: Int32,
    base: int,
    queue: Int32,
    start: int,
    stop: int,
    mark: int,
    other: int,
    forward: bool,
) -> tuple[int, int, bool]:
    """Queue the nodes of the next level: the new size, their links, and was the other side met.

    When it was, all nodes of the forward side with a link across have been negated.
    """
    indptr, indices, link, worth, floor, closed = graph
    size, work, met = stop, 0, False
    for i in range(start, stop):
        u = queue[i]
        for k in range(indptr[u], indptr[u + 1]):
            v = indices[k]
            at = seen[v]
            if at == other:
                if worth.size and worth[link[k]] < floor:
                    continue
                met = True
                if forward:
                    seen[u] = 2 - mark
                    break
                seen[v] = -other
            elif at < base and not met:
                if (closed.size and closed[v]) or (worth.size and worth[link[k]] < floor):
                    continue
                seen[v] = mark
                queue[size] = v
                size += 1
                work += indptr[v + 1] - indptr[v]
    return size, work, met


@kernel
def _meet(
    graph: Graph, root: Int32, banned: Int32, target: int, limit: int, budget: int, scratch: Scratch
) -> tuple[int, int, int, int, int]:
    """Hops to the target, those of the forward side, its size, the links looked at, and the base.

    The hops are 0 when there is no route within the limit, -1 when the budget is spent.
    """
    indptr, (seen, clock, queue) = graph[0], scratch
    base = _start(root, banned, seen, clock)
    spur = root[-1]
    size, work, met = _begin(graph, spur, target, seen, base, queue[0])
    looked = indptr[spur + 1] - indptr[spur]
    if met:
        return 1, 0, size, looked, base
    for node in banned:
        seen[node] = 0
    seen[target] = base + 2
    queue[1, 0] = target
    first, sizes, works = np.zeros(2, np.int64), np.array([size, 1]), np.zeros(2, np.int64)
    works[0], works[1] = work, indptr[target + 1] - indptr[target]
    ahead, behind = 1, 0
    while ahead + behind < limit and first[0] < sizes[0] and first[1] < sizes[1]:
        side = 0 if works[0] <= works[1] else 1
        if looked + works[side] > budget:
            return -1, ahead, sizes[0], looked, base
        looked += works[side]
        mark = base + 2 * ahead + 1 if side == 0 else base + 2 * behind + 4
        other = base + 2 * behind + 2 if side == 0 else base + 2 * ahead - 1
        start, stop = first[side], sizes[side]
        sizes[side], works[side], met = _expand(
            graph, seen, base, queue[side], start, stop, mark, other, side == 0
        )
        if met:
            return ahead + behind + 1, ahead, sizes[0], looked, base
        first[side] = stop
        ahead, behind = (ahead + 1, behind) if side == 0 else (ahead, behind + 1)
    return 0, ahead, sizes[0], looked, base


@kernel
def _next(graph: Graph, seen: Int32, start: int, stop: int, mark: int) -> int:
    """The first place of a row, from `start` on, whose node has this mark; `stop` without one."""
    _, indices, link, worth, floor, _ = graph
    for k in range(start, stop):
        if seen[indices[k]] == mark and (worth.size == 0 or worth[link[k]] >= floor):
            return k
    return stop


@kernel
def fewest_hops(
    graph: Graph,
    root: Int32,
    banned: Int32,
    target: int,
    limit: int,
    budget: int,
    scratch: Scratch,
    route: Int32,
    cursor: Int32,
) -> tuple[int, int]:
    """The first in order of indices of the routes of fewest hops: its hops, the links looked at.

    `route[: hops + 1]` then begins with the last node of the root and ends with the target.
    """
    (indptr, indices), seen = graph[:2], scratch[0]
    hops, ahead, _, looked, base = _meet(graph, root, banned, target, limit, budget, scratch)
    if hops < 1:
        return hops, looked
    route[0], cursor[0] = root[-1], indptr[root[-1]]
    at = 0
    while at < ahead:  # depth first to a node with a link across; dead ends are blocked
        node = route[at]
        mark = base + 2 * at + 1
        if at + 1 == ahead:
            mark = -mark
        stop = indptr[node + 1]
        k = _next(graph, seen, cursor[at], stop, mark)
        if k == stop:
            seen[node] = base
            at -= 1
            continue
        cursor[at] = k + 1
        at += 1
        route[at], cursor[at] = indices[k], indptr[indices[k]]
    while at < hops - 1:  # from there on every node leads to the target
        node, mark = route[at], base + 2 * (hops - at)
        k = _next(graph, seen, indptr[node], indptr[node + 1], mark)
        at += 1
        route[at] = indices[k]
    route[hops] = target
    return hops, looked


@kernel
def _negate_back(graph: Graph, seen: Int32, base: int, queue: Int32, size: int) -> None:
    """Negate the nodes of the forward side that lead to a negated one, last level first."""
    indptr, indices, link, worth, floor, _ = graph
    for i in range(size - 1, -1, -1):
        w = queue[i]
        before = -seen[w] - 2
        if before <= base:
            continue
        for k in range(indptr[w], indptr[w + 1]):
            v = indices[k]
            if seen[v] == before and (worth.size == 0 or worth[link[k]] >= floor):
                seen[v] = -before


@kernel
def every_fewest_hops(
    graph: Graph,
    root: Int32,
    banned: Int32,
    target: int,
    limit: int,
    budget: int,
    scratch: Scratch,
    place: Int32,
) -> tuple[int, int, Int32, Int32, Int32, Float64]:
    """The routes of fewest hops as a graph without cycles, and how many of them begin at each node.

    Returns hops (0 none, -1 budget spent), links looked at, `nodes` level by level, `ptr` and
    `following` (the places in `nodes` that come after each), and the number of routes from each.
    """
    indptr, indices, link, worth, floor, _ = graph
    seen, _, queue = scratch
    hops, ahead, size, looked, base = _meet(graph, root, banned, target, limit, budget, scratch)
    if hops < 1:
        none = np.empty(0, np.int32)
        return hops, looked, none, none, none, np.empty(0, np.float64)
    _negate_back(graph, seen, base, queue[0], size)
    seen[target] = base + 2
    nodes, ptr = np.empty(seen.size, np.int32), np.zeros(seen.size + 1, np.int32)
    following = np.empty(256, np.int32)
    nodes[0], place[root[-1]] = root[-1], 0
    count, level, at = 1, 1, 0  # nodes queued, the end of this level, edges
    hop, i = 1, 0
    while i < count and hop <= hops:
        mark = -(base + 2 * hop - 1) if hop <= ahead else base + 2 * (hops - hop) + 2
        node = nodes[i]
        for k in range(indptr[node], indptr[node + 1]):
            v = indices[k]
            if seen[v] != mark or (worth.size and worth[link[k]] < floor):
                continue
            p = place[v]
            if p < 0 or p >= count or nodes[p] != v:
                p = count
                nodes[p], place[v] = v, p
                count += 1
            if at == following.size:
                following = np.append(following, np.empty(at, np.int32))
            following[at] = p
            at += 1
        i += 1
        ptr[i] = at
        if i == level:
            hop, level = hop + 1, count
    ptr[i : count + 1] = at
    routes = np.zeros(count, np.float64)
    routes[count - 1] = 1.0
    for p in range(count - 2, -1, -1):
        for k in range(ptr[p], ptr[p + 1]):
            routes[p] += routes[following[k]]
    return hops, looked, nodes[:count].copy(), ptr[: count + 1].copy(), following[:at], routes


@kernel
def write_routes(
    nodes: Int32, ptr: Int32, following: Int32, cursor: Int32, out: NDArray[np.int32]
) -> None:
    """Write the next routes into the rows of `out`, in order of indices; there must be as many.

    `cursor` holds, for each hop, the place in `following` of the next route to write; it begins
    with -1.
    """
    hops = out.shape[1] - 1
    places = np.zeros(hops + 1, np.int32)
    at = 0
    if cursor[0] >= 0:
        for h in range(hops):
            places[h + 1] = following[cursor[h]]
        at = hops
    for row in range(out.shape[0]):
        if at == hops:  # the deepest hop that can go on to another node does
            at -= 1
            while cursor[at] + 1 == ptr[places[at] + 1]:
                at -= 1
            cursor[at] += 1
            places[at + 1] = following[cursor[at]]
            at += 1
        while at < hops:
            cursor[at] = ptr[places[at]]
            places[at + 1] = following[cursor[at]]
            at += 1
        for h in range(hops + 1):
            out[row, h] = nodes[places[h]]
