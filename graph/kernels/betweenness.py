"""Brandes' betweenness for eight sources at a time, which share each pass over the links.

A table has a row of eight numbers for each node, one for each source of a batch: as many as a
cache line holds, so that what a link costs, the fetch of its other end, is paid once for eight
sources. In collaboration networks most nodes are at two or three distances from all sources, so
that a node is passed two or three times for eight sources, not eight. Levels that are cheaper to
push along the links of the near nodes are pushed, others pulled by the far ones.

Sources: U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25, 2001; M.
Then et al., The more the merrier: efficient multi-source graph traversal, PVLDB 8, 2014; S. Beamer
et al., Direction-optimizing breadth-first search, SC 2012.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Uint32 = NDArray[np.uint32]
Uint16 = NDArray[np.uint16]
Uint8 = NDArray[np.uint8]
Floats = NDArray[np.float64]
Row = tuple[float, float, float, float, float, float, float, float]

LANES = 8
_PUSH = 3  # a pushed link costs about as much as this many pulled ones
_MARK = 256  # beside the eight lanes of `seen`


class Scratch(NamedTuple):
    """What one thread works on; the tables and `seen` are, and are left, zero."""

    sigma: Floats  # (n, 8), number of shortest paths from each source
    near: Floats  # (n, 8), of the nodes of the level in hand; 0 elsewhere
    far: Floats  # (n, 8), of those of the next level; 0 elsewhere
    order: Int32  # (8 n,), nodes level by level
    lanes: Uint8  # (8 n,), for which sources of the batch they are in that level, in bits
    todo: Int32  # (n,)
    seen: Uint16  # (n,), the sources of the batch that have reached a node, in bits
    bounds: Int32  # (n + 2,), where each level begins in `order`


def scratch(n: int) -> Scratch:
    """Working memory of about 245 n bytes."""
    return Scratch(
        sigma=_table(n),
        near=_table(n),
        far=_table(n),
        order=np.empty(LANES * n, np.int32),
        lanes=np.empty(LANES * n, np.uint8),
        todo=np.empty(n, np.int32),
        seen=np.zeros(n, np.uint16),
        bounds=np.zeros(n + 2, np.int32),
    )


def _table(n: int) -> Floats:
    """Zeros of shape (n, 8) whose rows begin where cache lines do."""
    room = np.zeros(LANES * n + LANES)
    skip = -room.ctypes.data % 64 // 8
    return room[skip : skip + LANES * n].reshape(n, LANES)


@kernel
def dependencies(
    indptr: Int32, indices: Uint32, mass: Floats, sources: Int32, work: Scratch
) -> tuple[Floats, Floats]:
    """The sums over sources s of the dependency of s on each node, and of its square.

    `mass` (n,) is what a node counts as the end of a path, and a source as its start.
    """
    n = indptr.size - 1
    total, square = np.zeros(n), np.zeros(n)
    for first in range(0, sources.size, LANES):
        batch = sources[first : first + LANES]
        levels = _forward(indptr, indices, batch, work)
        _backward(indptr, indices, mass, batch, work, levels, total, square)
        for k in range(work.bounds[levels]):
            v = np.uint64(work.order[k])
            work.seen[v] = 0
            _wipe(work.sigma, v)
    return total, square


@kernel
def flows(
    indptr: Int32,
    indices: Uint32,
    link: Int32,
    mass: Floats,
    sources: Int32,
    work: Scratch,
    links: int,
) -> Floats:
    """The sum over sources of the shortest paths, in shares, that run over each link, (links,)."""
    flow = np.zeros(links)
    for first in range(0, sources.size, LANES):
        batch = sources[first : first + LANES]
        levels = _forward(indptr, indices, batch, work)
        _backward_over_links(indptr, indices, link, mass, batch, work, levels, flow)
        for k in range(work.bounds[levels]):
            v = np.uint64(work.order[k])
            work.seen[v] = 0
            _wipe(work.sigma, v)
    return flow


@kernel
def _forward(indptr: Int32, indices: Uint32, batch: Int32, work: Scratch) -> int:
    """Count shortest paths level by level; the number of levels."""
    order, lanes, seen, todo = work.order, work.lanes, work.seen, work.todo
    near, far = work.near, work.far
    n, full = indptr.size - 1, (1 << batch.size) - 1
    unseen, waiting = np.int64(indptr[n]), -1
    for b in range(batch.size):
        order[b], lanes[b], seen[batch[b]] = batch[b], 1 << b, 1 << b
        work.sigma[batch[b], b] = near[batch[b], b] = 1.0
    start, stop, level = 0, batch.size, 0
    work.bounds[1] = stop
    while start < stop:
        push = _PUSH * _degrees(indptr, order, start, stop) < unseen
        if push:
            touched, waiting = _push(indptr, indices, work, near, far, start, stop, full), -1
        else:
            touched = waiting = _unfinished(indptr, seen, full, todo) if waiting < 0 else waiting
        before, start, kept = start, stop, 0
        for k in range(touched):
            v = np.uint64(todo[k])
            row = _row(far, v) if push else _gather(indptr, indices, v, near)
            found = _settle(work.sigma, far, v, row)
            known = (seen[v] & full) | found
            seen[v] = known
            if found:
                order[stop], lanes[stop] = todo[k], found
                stop += 1
            if known != full:
                todo[kept] = todo[k]
                kept += 1
            elif found:
                unseen -= indptr[v + np.uint64(1)] - indptr[v]
        for k in range(before, start):
            _wipe(near, np.uint64(order[k]))
        waiting = min(waiting, kept)
        near, far, level = far, near, level + 1
        work.bounds[level + 1] = stop
    return level


@kernel
def _backward(
    indptr: Int32,
    indices: Uint32,
    mass: Floats,
    batch: Int32,
    work: Scratch,
    levels: int,
    total: Floats,
    square: Floats,
) -> None:
    """Add the dependencies, from the last level but one to the first.

    In `near` is (mass + dependency) / sigma of the nodes of the level before.
    """
    if levels < 3:
        return
    order, lanes, bounds = work.order, work.lanes, work.bounds
    near, far = work.near, work.far
    _last_level(mass, work, near, levels)
    weight = _starts(mass, batch)
    for level in range(levels - 2, 0, -1):
        start, stop, end = bounds[level], bounds[level + 1], bounds[level + 2]
        pulled = _degrees(indptr, order, start, stop)
        push = _PUSH * _degrees(indptr, order, stop, end) < pulled
        if push:
            _push_back(indptr, indices, work, near, far, start, stop, end)
        for k in range(start, stop):
            v = np.uint64(order[k])
            gathered = _row(far, v) if push else _gather(indptr, indices, v, near)
            paths = _row(work.sigma, v)
            depends = _only(lanes[k], _times(gathered, paths))
            _put(far, v, _only(lanes[k], _through(gathered, mass[v], paths)))
            total[v] += _sum(_times(depends, weight))
            square[v] += _sum(_times(depends, depends))
        for k in range(stop, end):
            _wipe(near, np.uint64(order[k]))
        near, far = far, near
    for k in range(bounds[1], bounds[2]):
        _wipe(near, np.uint64(order[k]))


@kernel
def _backward_over_links(
    indptr: Int32,
    indices: Uint32,
    link: Int32,
    mass: Floats,
    batch: Int32,
    work: Scratch,
    levels: int,
    flow: Floats,
) -> None:
    """As `_backward`, adding what each link carries; always pulled, down to the sources."""
    order, lanes, bounds = work.order, work.lanes, work.bounds
    near, far = work.near, work.far
    _last_level(mass, work, near, levels)
    weight = _starts(mass, batch)
    for level in range(levels - 2, -1, -1):
        for k in range(bounds[level], bounds[level + 1]):
            v = np.uint64(order[k])
            paths = _row(work.sigma, v)
            counted = _only(lanes[k], _times(paths, weight))
            gathered = _none()
            for e in range(indptr[v], indptr[v + np.uint64(1)]):
                row = _row(near, indices[np.uint64(e)])
                gathered = _plus(gathered, row)
                flow[link[np.uint64(e)]] += _sum(_times(row, counted))
            _put(far, v, _only(lanes[k], _through(gathered, mass[v], paths)))
        for k in range(bounds[level + 1], bounds[level + 2]):
            _wipe(near, np.uint64(order[k]))
        near, far = far, near
    for k in range(bounds[1]):
        _wipe(near, np.uint64(order[k]))


@kernel
def _last_level(mass: Floats, work: Scratch, near: Floats, levels: int) -> None:
    for k in range(work.bounds[levels - 1], work.bounds[levels]):
        v = np.uint64(work.order[k])
        row = _through(_none(), mass[v], _row(work.sigma, v))
        _put(near, v, _only(work.lanes[k], row))


@kernel
def _starts(mass: Floats, batch: Int32) -> Row:
    """What each source of a batch counts; 0 for those that a short batch lacks."""
    m = np.zeros(LANES)
    for b in range(batch.size):
        m[b] = mass[batch[b]]
    return (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7])


@kernel
def _gather(indptr: Int32, indices: Uint32, v: np.uint64, near: Floats) -> Row:
    """The sum of the neighbours' rows of `near`."""
    found = _none()
    for e in range(indptr[v], indptr[v + np.uint64(1)]):
        found = _plus(found, _row(near, indices[np.uint64(e)]))
    return found


@kernel
def _push(
    indptr: Int32,
    indices: Uint32,
    work: Scratch,
    near: Floats,
    far: Floats,
    start: int,
    stop: int,
    full: int,
) -> int:
    """Add rows of `near` to those of their neighbours that wait; how many, listed in todo."""
    seen, touched = work.seen, 0
    for k in range(start, stop):
        u = np.uint64(work.order[k])
        given = _row(near, u)
        for e in range(indptr[u], indptr[u + np.uint64(1)]):
            v = np.uint64(indices[np.uint64(e)])
            if seen[v] != full:
                if seen[v] < _MARK:
                    seen[v] |= _MARK
                    work.todo[touched] = v
                    touched += 1
                _put(far, v, _plus(_row(far, v), given))
    return touched


@kernel
def _push_back(
    indptr: Int32,
    indices: Uint32,
    work: Scratch,
    near: Floats,
    far: Floats,
    start: int,
    stop: int,
    end: int,
) -> None:
    """Add the rows of the level `stop:end` to those of their neighbours in `start:stop`."""
    seen = work.seen
    for k in range(start, stop):
        seen[np.uint64(work.order[k])] |= _MARK
    for k in range(stop, end):
        v = np.uint64(work.order[k])
        given = _row(near, v)
        for e in range(indptr[v], indptr[v + np.uint64(1)]):
            u = np.uint64(indices[np.uint64(e)])
            if seen[u] >= _MARK:
                _put(far, u, _plus(_row(far, u), given))
    for k in range(start, stop):
        seen[np.uint64(work.order[k])] &= _MARK - 1


@kernel
def _settle(sigma: Floats, far: Floats, v: np.uint64, row: Row) -> int:
    """Keep what is the first count of a source; the sources that it is of, in bits."""
    known = _row(sigma, v)
    first = _where_none(known, row)
    _put(sigma, v, _plus(known, first))
    _put(far, v, first)
    return _positive(first)


@kernel
def _unfinished(indptr: Int32, seen: Uint16, full: int, todo: Int32) -> int:
    count = 0
    for v in range(seen.size):
        if seen[v] != full and indptr[v] < indptr[v + 1]:
            todo[count] = v
            count += 1
    return count


@kernel
def _degrees(indptr: Int32, order: Int32, start: int, stop: int) -> int:
    total = 0
    for k in range(start, stop):
        total += indptr[order[k] + 1] - indptr[order[k]]
    return total


@kernel
def _row(t: Floats, v: np.uint64) -> Row:
    return (t[v, 0], t[v, 1], t[v, 2], t[v, 3], t[v, 4], t[v, 5], t[v, 6], t[v, 7])


@kernel
def _put(t: Floats, v: np.uint64, row: Row) -> None:
    t[v, 0], t[v, 1], t[v, 2], t[v, 3] = row[0], row[1], row[2], row[3]
    t[v, 4], t[v, 5], t[v, 6], t[v, 7] = row[4], row[5], row[6], row[7]


@kernel
def _wipe(t: Floats, v: np.uint64) -> None:
    _put(t, v, _none())


@kernel
def _none() -> Row:
    return (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@kernel
def _plus(a: Row, b: Row) -> Row:
    return (
        *(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]),
        *(a[4] + b[4], a[5] + b[5], a[6] + b[6], a[7] + b[7]),
    )


@kernel
def _times(a: Row, b: Row) -> Row:
    return (
        *(a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]),
        *(a[4] * b[4], a[5] * b[5], a[6] * b[6], a[7] * b[7]),
    )


@kernel
def _through(gathered: Row, mass: float, paths: Row) -> Row:
    """(mass + dependency) / sigma, where the dependency is sigma times what was gathered."""
    a, p = gathered, paths
    return (
        *(a[0] + mass / p[0], a[1] + mass / p[1], a[2] + mass / p[2], a[3] + mass / p[3]),
        *(a[4] + mass / p[4], a[5] + mass / p[5], a[6] + mass / p[6], a[7] + mass / p[7]),
    )


@kernel
def _only(bits: int, row: Row) -> Row:
    """The row with 0 for the sources that are not in the bits."""
    return (
        row[0] if bits & 1 else 0.0,
        row[1] if bits & 2 else 0.0,
        row[2] if bits & 4 else 0.0,
        row[3] if bits & 8 else 0.0,
        row[4] if bits & 16 else 0.0,
        row[5] if bits & 32 else 0.0,
        row[6] if bits & 64 else 0.0,
        row[7] if bits & 128 else 0.0,
    )


@kernel
def _where_none(known: Row, row: Row) -> Row:
    """The row with 0 where something is known."""
    return (
        row[0] if known[0] == 0.0 else 0.0,
        row[1] if known[1] == 0.0 else 0.0,
        row[2] if known[2] == 0.0 else 0.0,
        row[3] if known[3] == 0.0 else 0.0,
        row[4] if known[4] == 0.0 else 0.0,
        row[5] if known[5] == 0.0 else 0.0,
        row[6] if known[6] == 0.0 else 0.0,
        row[7] if known[7] == 0.0 else 0.0,
    )


@kernel
def _positive(a: Row) -> int:
    """Which numbers of a row are positive, in bits."""
    low = (a[0] > 0) | (a[1] > 0) << 1 | (a[2] > 0) << 2 | (a[3] > 0) << 3
    return low | (a[4] > 0) << 4 | (a[5] > 0) << 5 | (a[6] > 0) << 6 | (a[7] > 0) << 7


@kernel
def _sum(a: Row) -> float:
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]))
