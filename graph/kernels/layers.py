"""The best path of at most so many hops where a link may cost time, and may be open for a time.

A link has contacts: one that is reached at `t` no later than its `open_until` is left at
max(t, its `not_before`) plus the length of the link. Links without any contacts (`contacts` is
empty) are always open; `lengths` is empty when all are 0. Reaching a node sooner is never worse, so
the best arrival by at most h hops follows from the arrivals by at most h - 1. Root, banned and
closed nodes are as in paths.py.
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
def _arrival(
    t: float, e: int, lengths: Float64, contacts: Int32, open_until: Float64, not_before: Float64
) -> float:
    """The soonest arrival over link e; infinite when none of its contacts is still open."""
    best = t
    if contacts.size:
        best = np.inf
        for contact in range(contacts[e], contacts[e + 1]):
            if t <= open_until[contact]:
                best = min(best, max(t, not_before[contact]))
    return best + lengths[e] if lengths.size else best


@kernel
def soonest(
    indptr: Int32,
    indices: Int32,
    link: Int32,
    lengths: Float64,
    contacts: Int32,
    open_until: Float64,
    not_before: Float64,
    closed: Bytes,
    root: Int32,
    banned: Int32,
    target: int,
    start: float,
    bound: float,
    limit: int,
    budget: int,
    any_arrival: bool,
    arrival: Float64,
    latest: Int32,
    state: Int32,
    clock: Int32,
    route: Int32,
) -> tuple[int, int]:
    """A route of at most `limit` hops that arrives soonest, of those one of the fewest hops.

    With `any_arrival` a route of the fewest hops, of those one that arrives soonest. Returns its
    hops (0 none, -1 budget spent) and the contacts looked at; `route[: hops + 1]` then begins with
    the last node of the root, which is left at `start`. Arrivals after `bound` do not count. A node
    gets at most one record for each number of hops: `nodes`, `times`, and `before`, the record that
    it was reached from.
    """
    if clock[0] > _LAST:
        state[:] = 0
        clock[0] = 0
    clock[0] += 2
    stamp = int(clock[0])
    for node in root:
        state[node] = stamp + 1
    for node in banned:
        state[node] = stamp + 1
    nodes, before, times = np.empty(256, np.int32), np.empty(256, np.int32), np.empty(256)
    nodes[0], before[0], times[0] = root[-1], -1, start
    first, size, looked = 0, 1, 0
    for hop in range(limit):
        layer = size
        for record in range(first, layer):
            u, t = nodes[record], times[record]
            if state[target] == stamp and t > arrival[target]:
                continue
            for k in range(indptr[u], indptr[u + 1]):
                v = indices[k]
                e = link[k]
                looked += 1
                if state[v] == stamp + 1 or (closed.size and closed[v] and v != target):
                    continue
                if contacts.size:
                    looked += contacts[e + 1] - contacts[e] - 1
                there = _arrival(t, e, lengths, contacts, open_until, not_before)
                if there == np.inf or there > bound or (state[v] == stamp and there >= arrival[v]):
                    continue
                if state[target] == stamp and there >= arrival[target]:
                    continue
                if state[v] != stamp or latest[v] < layer:
                    if size == nodes.size:
                        nodes = np.append(nodes, np.empty(size, np.int32))
                        before = np.append(before, np.empty(size, np.int32))
                        times = np.append(times, np.empty(size))
                    latest[v] = size
                    size += 1
                state[v], arrival[v] = stamp, there
                nodes[latest[v]], before[latest[v]], times[latest[v]] = v, record, there
            if looked > budget:
                return -1, looked
        if hop == 0:
            for node in banned:
                state[node] = 0
        if size == layer or (any_arrival and state[target] == stamp):
            break
        first = layer
    if state[target] != stamp:
        return 0, looked
    hops, record = 0, latest[target]
    while before[record] >= 0:
        hops += 1
        record = before[record]
    record = latest[target]
    for step in range(hops, -1, -1):
        route[step] = nodes[record]
        record = before[record]
    return hops, looked
