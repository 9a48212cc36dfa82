"""The three steps of the Leiden algorithm on CSR arrays without self-loops.

The strength of a node counts the links that earlier levels have folded into it. A gain is in the
unit of the weights: what a move adds to the modularity, times half the sum of all strengths.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]

_NOISE = 1e-10  # of a node's strength: a smaller gain is rounding, and could go round in circles


@kernel
def move(
    indptr: Int32,
    indices: Int32,
    weights: Float64,
    strength: Float64,
    labels: Int32,
    order: Int32,
    penalty: float,
) -> None:
    """Move nodes to better communities until none gains, in place (fast local moving).

    `labels` are numbers below n, `penalty` is the resolution over the sum of all strengths. The
    nodes wait in a queue in the given order; a node that moves sends its neighbours back to it.
    """
    n = labels.size
    total, size = np.zeros(n), np.zeros(n, np.int32)
    for v in range(n):
        total[labels[v]] += strength[v]
        size[labels[v]] += 1
    free, left = np.empty(n + 1, np.int32), 0  # a stack of communities without nodes
    for c in range(n):
        if size[c] == 0:
            free[left] = c
            left += 1
    queue, waits = order.copy(), np.ones(n, np.bool_)
    head, waiting = 0, n
    tie, seen = np.zeros(n), np.empty(n, np.int32)
    while waiting:
        v = queue[head]
        head = head + 1 if head + 1 < n else 0
        waiting -= 1
        waits[v] = False
        own, s, count = labels[v], strength[v], 0
        for e in range(indptr[v], indptr[v + 1]):
            c = labels[indices[e]]
            if tie[c] == 0.0:
                seen[count] = c
                count += 1
            tie[c] += weights[e]
        best, stay = own, tie[own] - penalty * s * (total[own] - s)
        gain = stay + _NOISE * s
        for i in range(count):
            c = seen[i]
            found = tie[c] - penalty * s * total[c]
            tie[c] = 0.0
            if found > gain and c != own:
                best, gain = c, found
        if gain < 0.0 and size[own] > 1:  # alone it would do better than anywhere
            left -= 1
            best = free[left]
        if best == own:
            continue
        labels[v] = best
        total[own] -= s
        total[best] += s
        size[own] -= 1
        size[best] += 1
        if size[own] == 0:
            total[own] = 0.0
            free[left] = own
            left += 1
        for e in range(indptr[v], indptr[v + 1]):
            u = indices[e]
            if labels[u] != best and not waits[u]:
                waits[u] = True
                at = head + waiting
                queue[at if at < n else at - n] = u
                waiting += 1


@kernel
def refine(
    indptr: Int32,
    indices: Int32,
    weights: Float64,
    strength: Float64,
    labels: Int32,
    order: Int32,
    penalty: float,
) -> tuple[Int32, int]:
    """Connected parts of the communities, numbered from 0, and how many.

    Every node starts as a part; in the given order, those still alone and well tied to their
    community join the linked part of it where they gain most, of those that are well tied too.
    """
    n = labels.size
    total, cut = np.zeros(n), np.zeros(n)  # cut: of a part, the ties to the rest of its community
    for v in range(n):
        total[labels[v]] += strength[v]
        for e in range(indptr[v], indptr[v + 1]):
            if labels[indices[e]] == labels[v]:
                cut[v] += weights[e]
    part, alone, mass = np.arange(n).astype(np.int32), np.ones(n, np.bool_), strength.copy()
    tie, seen = np.zeros(n), np.empty(n, np.int32)
    for i in range(n):
        v = order[i]
        s, whole = strength[v], total[labels[v]]
        if not alone[v] or cut[v] <= 0.0 or cut[v] < penalty * s * (whole - s):
            continue
        count = 0
        for e in range(indptr[v], indptr[v + 1]):
            if labels[indices[e]] == labels[v]:
                p = part[indices[e]]
                if tie[p] == 0.0:
                    seen[count] = p
                    count += 1
                tie[p] += weights[e]
        best, gain, tied = v, _NOISE * s, 0.0
        for j in range(count):
            p = seen[j]
            found = tie[p] - penalty * s * mass[p]
            if found > gain and cut[p] >= penalty * mass[p] * (whole - mass[p]):
                best, gain, tied = p, found, tie[p]
            tie[p] = 0.0
        if best != v:
            part[v] = best
            alone[best] = False
            mass[best] += s
            cut[best] += cut[v] - 2.0 * tied
    return compact(part)


@kernel
def compact(labels: Int32) -> tuple[Int32, int]:
    """The labels (below n) numbered from 0 in the order of their first node, and how many."""
    number, count = np.full(labels.size, -1, np.int32), 0
    found = np.empty_like(labels)
    for v in range(labels.size):
        if number[labels[v]] < 0:
            number[labels[v]] = count
            count += 1
        found[v] = number[labels[v]]
    return found, count


@kernel
def fold(
    indptr: Int32, indices: Int32, weights: Float64, strength: Float64, part: Int32, parts: int
) -> tuple[Int32, Int32, Float64, Float64]:
    """The network whose nodes are the parts: indptr, indices, weights and strength."""
    n = part.size
    start = np.zeros(parts + 1, np.int32)
    for v in range(n):
        start[part[v] + 1] += 1
    start = np.cumsum(start).astype(np.int32)
    members, at = np.empty(n, np.int32), start.copy()
    for v in range(n):
        members[at[part[v]]] = v
        at[part[v]] += 1
    rows, mass = np.zeros(parts + 1, np.int32), np.zeros(parts)
    near, ties = np.empty(indices.size, np.int32), np.zeros(indices.size)
    place, used = np.full(parts, -1, np.int32), 0
    for p in range(parts):
        first = used
        for i in range(start[p], start[p + 1]):
            v = members[i]
            mass[p] += strength[v]
            for e in range(indptr[v], indptr[v + 1]):
                q = part[indices[e]]
                if q == p:
                    continue
                if place[q] < first:
                    place[q] = used
                    near[used] = q
                    used += 1
                ties[place[q]] += weights[e]
        rows[p + 1] = used
    return rows, near[:used].copy(), ties[:used].copy(), mass


@kernel
def split(indptr: Int32, indices: Int32, labels: Int32) -> Int32:
    """The connected pieces of the communities, numbered from 0 in the order of their first node."""
    n = labels.size
    piece, stack, count = np.full(n, -1, np.int32), np.empty(n, np.int32), 0
    for root in range(n):
        if piece[root] >= 0:
            continue
        piece[root] = count
        stack[0] = root
        top = 1
        while top:
            top -= 1
            v = stack[top]
            for e in range(indptr[v], indptr[v + 1]):
                u = indices[e]
                if piece[u] < 0 and labels[u] == labels[root]:
                    piece[u] = count
                    stack[top] = u
                    top += 1
        count += 1
    return piece
