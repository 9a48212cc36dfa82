"""The path of least length: Dijkstra from both ends at once, and one of no more than so many hops.

Lengths are 0 or more, one for each place of `indices`; infinite ones are closed. Of equally long
paths one with the fewest hops is taken, so that links of length 0 make no detours. Root, banned and
closed nodes are as in paths.py. A side is 0 ahead of the root or 1 back from the target; `state` is
the stamp of a search where a node has a label, 1 more where it is blocked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
Bytes = NDArray[np.uint8]

_LAST = 2**31 - 8


@kernel
def _less(a: float, a_hops: int, b: float, b_hops: int) -> bool:
    return a < b or (a == b and a_hops < b_hops)


@kernel
def _push(keys: Float64, items: Int32, size: int, key: float, hops: int, node: int) -> None:
    """Sift up in a heap of four children, ordered by key, then hops."""
    at = size
    while at > 0:
        up = (at - 1) >> 2
        if not _less(key, hops, keys[up], items[up, 0]):
            break
        keys[at] = keys[up]
        items[at, 0] = items[up, 0]
        items[at, 1] = items[up, 1]
        at = up
    keys[at] = key
    items[at, 0] = hops
    items[at, 1] = node


@kernel
def _pop(keys: Float64, items: Int32, size: int) -> None:
    """Drop the first of `size` entries."""
    last = size - 1
    key, hops, node = keys[last], items[last, 0], items[last, 1]
    at = 0
    while True:
        child = 4 * at + 1
        if child >= last:
            break
        best = child
        for c in range(child + 1, min(child + 4, last)):
            if _less(keys[c], items[c, 0], keys[best], items[best, 0]):
                best = c
        if not _less(keys[best], items[best, 0], key, hops):
            break
        keys[at] = keys[best]
        items[at, 0] = items[best, 0]
        items[at, 1] = items[best, 1]
        at = best
    keys[at] = key
    items[at, 0] = hops
    items[at, 1] = node


@kernel
def _begin(root: Int32, state: Int32, clock: Int32) -> int:
    """The stamp of a new search, with the root blocked on both sides."""
    if clock[0] > _LAST:
        state[:] = 0
        clock[0] = 0
    clock[0] += 2
    stamp = int(clock[0])
    for node in root:
        state[node, 0] = stamp + 1
        state[node, 1] = stamp + 1
    return stamp


@kernel
def _written(parent: Int32, spur: int, target: int, meeting: int, route: Int32) -> int:
    """Write the route from `spur` by `meeting` to `target`; its hops."""
    ahead, node = 0, meeting
    while node != spur:
        ahead += 1
        node = parent[node, 0]
    node = meeting
    for at in range(ahead, -1, -1):
        route[at] = node
        node = parent[node, 0] if at else node
    hops, node = ahead, meeting
    while node != target:
        node = parent[node, 1]
        hops += 1
        route[hops] = node
    return hops


@kernel
def least_length(
    indptr: Int32,
    indices: Int32,
    lengths: Float64,
    closed: Bytes,
    root: Int32,
    banned: Int32,
    target: int,
    budget: int,
    distance: Float64,
    hops: Int32,
    parent: Int32,
    state: Int32,
    clock: Int32,
    route: Int32,
) -> tuple[int, int]:
    """A route of least length: its hops (0 none, -1 budget spent), and the links looked at.

    `route[: hops + 1]` then begins with the last node of the root. Each side settles its nearest
    node in turn; they stop when no pair of unsettled nodes can make a shorter route.
    Source: I. Pohl, Bi-directional search, Machine Intelligence 6, 1971.
    """
    stamp = _begin(root, state, clock)
    spur = root[-1]
    for node in banned:
        state[node, 0] = stamp + 1
    keys, items = np.empty((2, 512)), np.empty((2, 512, 2), np.int32)
    sizes, works = np.zeros(2, np.int64), np.zeros(2, np.int64)
    distance[spur, 0], hops[spur, 0] = 0.0, 0
    distance[target, 1], hops[target, 1], state[target, 1] = 0.0, 0, stamp
    for side in range(2):
        _push(keys[side], items[side], 0, 0.0, 0, spur if side == 0 else target)
        sizes[side] = 1
    best, best_hops, meeting = np.inf, 0, -1
    first = True
    while sizes[0] and sizes[1]:
        near, near_hops = keys[0, 0] + keys[1, 0], items[0, 0, 0] + items[1, 0, 0]
        if not _less(near, near_hops, best, best_hops):
            break
        side = 0 if first or works[0] <= works[1] else 1
        d, h, u = keys[side, 0], items[side, 0, 0], items[side, 0, 1]
        _pop(keys[side], items[side], sizes[side])
        sizes[side] -= 1
        if not first and _less(distance[u, side], hops[u, side], d, h):
            continue
        row = indptr[u + 1] - indptr[u]
        works[side] += row
        if works[0] + works[1] > budget:
            return -1, works[0] + works[1]
        if sizes[side] + row > keys.shape[1]:
            more = keys.shape[1] + row
            keys = np.concatenate((keys, np.empty((2, more))), axis=1)
            items = np.concatenate((items, np.empty((2, more, 2), np.int32)), axis=1)
        other = 1 - side
        for k in range(indptr[u], indptr[u + 1]):
            v, away, step = indices[k], d + lengths[k], h + 1
            at, across = state[v, side], state[v, other]
            if at == stamp + 1 or away == np.inf or (closed.size and closed[v] and v != target):
                continue
            if at == stamp and not _less(away, step, distance[v, side], hops[v, side]):
                continue
            far, far_hops = keys[other, 0], 0  # the least that may still be ahead
            if across == stamp and _less(distance[v, other], hops[v, other], far, 0):
                far, far_hops = distance[v, other], hops[v, other]
            if not _less(away + far, step + far_hops, best, best_hops):
                continue
            distance[v, side], hops[v, side], parent[v, side] = away, step, u
            state[v, side] = stamp
            if across == stamp:
                whole, whole_hops = away + distance[v, other], step + hops[v, other]
                if _less(whole, whole_hops, best, best_hops):
                    best, best_hops, meeting = whole, whole_hops, v
            _push(keys[side], items[side], sizes[side], away, step, v)
            sizes[side] += 1
        if first:
            first = False
            for node in banned:
                state[node, 0] = 0
    looked = works[0] + works[1]
    if meeting < 0:
        return 0, looked
    return _written(parent, spur, target, meeting, route), looked
