"""Triangles: each one visited once, from its corner of least degree.

Nodes are numbered anew by degree, and a link leads from its lower to its higher end. Every node
then has few links that lead on from it (at most the square root of twice their number), which
bounds the work by m^1.5. Source: T. Schank, D. Wagner, Finding, counting and listing all triangles
in large graphs, WEA 2005.

In all kernels `heads[starts[u] : starts[u + 1]]` are the higher neighbours of u in the new
numbers; a place in `heads` is called an arc. Kernels that take `first` and `last` visit the
triangles whose lowest corner is in that range.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

OWN, TWINS, MIXED, APART = range(4)  # how the other two corners of a triangle are grouped


@kernel
def oriented(indptr: Int32, indices: Int32) -> tuple[Int32, Int32, Int32, Int32]:
    """Nodes by degree (n,), `starts` (n + 1,), `heads` (m,) and the place of each in `indices`."""
    n = indptr.size - 1
    most = 0
    for u in range(n):
        most = max(most, indptr[u + 1] - indptr[u])
    slot = np.zeros(most + 2, np.int32)
    for u in range(n):
        slot[indptr[u + 1] - indptr[u] + 1] += 1
    for d in range(most + 1):
        slot[d + 1] += slot[d]
    order, rank = np.empty(n, np.int32), np.empty(n, np.int32)
    for u in range(n):
        d = indptr[u + 1] - indptr[u]
        order[slot[d]], rank[u] = u, slot[d]
        slot[d] += 1
    starts = np.zeros(n + 1, np.int32)
    heads, place = (
        np.empty(indices.size // 2 + 1, np.int32),
        np.empty(indices.size // 2 + 1, np.int32),
    )
    arc = 0
    for r in range(n):
        for at in range(indptr[order[r]], indptr[order[r] + 1]):
            head = rank[indices[at]]
            heads[arc], place[arc] = head, at  # overwritten by the next if it leads down
            arc += head > r
        starts[r + 1] = arc
    return order, starts, heads[:-1], place[:-1]


@kernel
def corners(starts: Int32, heads: Int32, first: int, last: int) -> Int64:
    """The number of triangles at each node, shape (n,)."""
    n = starts.size - 1
    found, seen = np.zeros(n, np.int64), np.full(n, -1, np.int32)
    for u in range(first, last):
        for arc in range(starts[u], starts[u + 1]):
            seen[heads[arc]] = u
        for arc in range(starts[u], starts[u + 1]):
            v = heads[arc]
            for onward in range(starts[v], starts[v + 1]):
                w = heads[onward]
                if seen[w] == u:
                    found[u] += 1
                    found[v] += 1
                    found[w] += 1
    return found


@kernel
def intensities(starts: Int32, heads: Int32, roots: Float64, first: int, last: int) -> Float64:
    """The sum of the products of `roots` (m,) round the triangles at each node, shape (n,)."""
    n = starts.size - 1
    found, seen = np.zeros(n, np.float64), np.full(n, -1, np.int32)
    for u in range(first, last):
        low = starts[u]
        for arc in range(low, starts[u + 1]):
            seen[heads[arc]] = arc
        for arc in range(low, starts[u + 1]):
            v = heads[arc]
            for onward in range(starts[v], starts[v + 1]):
                w = heads[onward]
                across = seen[w]
                if across >= low:  # arcs of earlier nodes are lower
                    product = roots[arc] * roots[across] * roots[onward]
                    found[u] += product
                    found[v] += product
                    found[w] += product
    return found


@kernel
def overlaps(
    starts: Int32, heads: Int32, weights: Float64, highest: Float64, first: int, last: int
) -> Float64:
    """What the neighbours of each node have in common, shape (n,).

    For node u the sum over its pairs of linked neighbours v, w of
    weight(u, w) weight(v, w) / highest(v), in both orders.
    """
    n = starts.size - 1
    found, seen = np.zeros(n, np.float64), np.full(n, -1, np.int32)
    for u in range(first, last):
        low = starts[u]
        for arc in range(low, starts[u + 1]):
            seen[heads[arc]] = arc
        for arc in range(low, starts[u + 1]):
            v, uv = heads[arc], weights[arc]
            for onward in range(starts[v], starts[v + 1]):
                w = heads[onward]
                across = seen[w]
                if across >= low:
                    uw, vw = weights[across], weights[onward]
                    found[u] += vw * (uw / highest[v] + uv / highest[w])
                    found[v] += uw * (vw / highest[u] + uv / highest[w])
                    found[w] += uv * (vw / highest[u] + uw / highest[v])
    return found


@kernel
def detours(
    starts: Int32, heads: Int32, weights: Float64, inverse: Float64, first: int, last: int
) -> Float64:
    """For each arc the sum over common neighbours c of weight(u, c) weight(v, c) `inverse`[c].

    Shape (m - starts[first],): triangles whose lowest corner is `first` or later have no earlier
    arcs.
    """
    seen = np.full(starts.size - 1, -1, np.int32)
    offset = starts[first]
    found = np.zeros(heads.size - offset, np.float64)
    for u in range(first, last):
        low = starts[u]
        for arc in range(low, starts[u + 1]):
            seen[heads[arc]] = arc
        for arc in range(low, starts[u + 1]):
            v, uv = heads[arc], weights[arc]
            for onward in range(starts[v], starts[v + 1]):
                w = heads[onward]
                across = seen[w]
                if across >= low:
                    uw, vw = weights[across], weights[onward]
                    found[arc - offset] += uw * vw * inverse[w]
                    found[across - offset] += uv * vw * inverse[v]
                    found[onward - offset] += uv * uw * inverse[u]
    return found


@kernel
def strengths(starts: Int32, heads: Int32, weights: Float64) -> tuple[Float64, Float64]:
    """The sum and the highest of the weights of each node's links, both of shape (n,)."""
    n = starts.size - 1
    total, highest = np.zeros(n, np.float64), np.zeros(n, np.float64)
    for u in range(n):
        for arc in range(starts[u], starts[u + 1]):
            v, weight = heads[arc], weights[arc]
            total[u] += weight
            total[v] += weight
            highest[u] = max(highest[u], weight)
            highest[v] = max(highest[v], weight)
    return total, highest


@kernel
def constraints(starts: Int32, heads: Int32, invested: Float64, inverse: Float64) -> Float64:
    """The sum of (invested / strength) squared over the links of each node, shape (n,)."""
    n = starts.size - 1
    found = np.zeros(n, np.float64)
    for u in range(n):
        for arc in range(starts[u], starts[u + 1]):
            square = invested[arc] * invested[arc]
            found[u] += square
            found[heads[arc]] += square
    for u in range(n):
        found[u] *= inverse[u] * inverse[u]
    return found


@kernel
def _grouped(own: int, one: int, other: int) -> int:
    if one == other:
        return OWN if own == one else TWINS
    return MIXED if own in (one, other) else APART


@kernel
def role_triangles(starts: Int32, heads: Int32, codes: Int32, first: int, last: int) -> Int64:
    """The number of triangles at each node by how its two neighbours are grouped, shape (n, 4).

    OWN: both of the node's own group; TWINS: both of one other group; MIXED: one of its own;
    APART: of two other groups. Triangles with a corner of no group (-1) are left out.
    """
    n = starts.size - 1
    found, seen = np.zeros((n, 4), np.int64), np.full(n, -1, np.int32)
    for u in range(first, last):
        if codes[u] < 0:
            continue
        for arc in range(starts[u], starts[u + 1]):
            seen[heads[arc]] = u
        for arc in range(starts[u], starts[u + 1]):
            v = heads[arc]
            if codes[v] < 0:
                continue
            for onward in range(starts[v], starts[v + 1]):
                w = heads[onward]
                if seen[w] == u and codes[w] >= 0:
                    found[u, _grouped(codes[u], codes[v], codes[w])] += 1
                    found[v, _grouped(codes[v], codes[u], codes[w])] += 1
                    found[w, _grouped(codes[w], codes[u], codes[v])] += 1
    return found


@kernel
def hierarchies(
    starts: Int32, heads: Int32, invested: Float64, inverse: Float64, total: Float64
) -> Float64:
    """How unevenly each node's constraint `total` (n,) comes from its neighbours, shape (n,).

    Not a number for nodes with fewer than two neighbours.
    """
    n = starts.size - 1
    found, degree = np.zeros(n, np.float64), np.zeros(n, np.int32)
    for u in range(n):
        for arc in range(starts[u], starts[u + 1]):
            v = heads[arc]
            degree[u] += 1
            degree[v] += 1
            found[u] += _disorder((invested[arc] * inverse[u]) ** 2 / total[u])
            found[v] += _disorder((invested[arc] * inverse[v]) ** 2 / total[v])
    for u in range(n):
        found[u] = 1 + found[u] / np.log(degree[u]) if degree[u] > 1 else np.nan
    return found


@kernel
def _disorder(share: float) -> float:
    return share * np.log(share) if share > 0 else 0.0
