"""Pairs of nodes without a link that share neighbours, and the best of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
Flags = NDArray[np.bool_]


@kernel
def shared(indptr: Int32, indices: Int32, worth: Float64, pairs: Int32) -> Float64:
    """The summed worth of the neighbours that each pair (shape (k, 2)) shares, shape (k,)."""
    found = np.zeros(len(pairs))
    for k in range(len(pairs)):
        i, last_i = indptr[pairs[k, 0]], indptr[pairs[k, 0] + 1]
        j, last_j = indptr[pairs[k, 1]], indptr[pairs[k, 1] + 1]
        while i < last_i and j < last_j:
            a, b = indices[i], indices[j]
            if a == b:
                found[k] += worth[a]
            i += a <= b
            j += b <= a
    return found


@kernel
def _worse(scores: Float64, pairs: Int32, a: int, b: int) -> bool:
    """Whether pair a ranks after pair b: a lower score, or of equal ones the later nodes."""
    if scores[a] != scores[b]:
        return bool(scores[a] < scores[b])
    if pairs[a, 0] != pairs[b, 0]:
        return bool(pairs[a, 0] > pairs[b, 0])
    return bool(pairs[a, 1] > pairs[b, 1])


@kernel
def _swap(scores: Float64, pairs: Int32, a: int, b: int) -> None:
    scores[a], scores[b] = scores[b], scores[a]
    for side in range(2):
        pairs[a, side], pairs[b, side] = pairs[b, side], pairs[a, side]


@kernel
def _offer(scores: Float64, pairs: Int32, held: int, u: int, v: int, score: float) -> int:
    """Put a pair on a heap of the best ones, the worst on top; how many it holds then.

    The last place of the arrays is free for the newcomer.
    """
    most = scores.size - 1
    scores[held], pairs[held, 0], pairs[held, 1] = score, u, v
    if held == most:
        if _worse(scores, pairs, held, 0):
            return held
        _swap(scores, pairs, 0, held)
        at = 0
        while True:
            low = 2 * at + 1
            if low >= held:
                return held
            if low + 1 < held and _worse(scores, pairs, low + 1, low):
                low += 1
            if not _worse(scores, pairs, low, at):
                return held
            _swap(scores, pairs, at, low)
            at = low
    at = held
    while at and _worse(scores, pairs, at, (at - 1) // 2):
        _swap(scores, pairs, at, (at - 1) // 2)
        at = (at - 1) // 2
    return held + 1


@kernel
def best_near(
    indptr: Int32,
    indices: Int32,
    worth: Float64,
    union: bool,
    one: Flags,
    two: Flags,
    group: Int32,
    start: int,
    stop: int,
    top: int,
) -> tuple[Float64, Int32]:
    """The best pairs u < v at distance two, u from start to stop: scores and pairs, unordered.

    A score is the summed worth of the shared neighbours; with `union`, over the number of all
    neighbours of both. One end must be in `one` and the other in `two`; the ends must be of
    different groups (-1: none).
    """
    n = indptr.size - 1
    score, seen, linked = np.zeros(n), np.empty(n, np.int32), np.full(n, -1, np.int32)
    scores, pairs, held = np.empty(top + 1), np.empty((top + 1, 2), np.int32), 0
    for u in range(start, stop):
        if group[u] < 0 or not (one[u] or two[u]):
            continue
        count = 0
        for e in range(indptr[u], indptr[u + 1]):
            linked[indices[e]] = u
        for e in range(indptr[u], indptr[u + 1]):
            w = indices[e]
            for f in range(indptr[w + 1] - 1, indptr[w] - 1, -1):
                v = indices[f]
                if v <= u:
                    break
                if score[v] == 0.0:
                    seen[count] = v
                    count += 1
                score[v] += worth[w]
        for i in range(count):
            v = seen[i]
            found, score[v] = score[v], 0.0
            if union:
                found /= indptr[u + 1] - indptr[u] + indptr[v + 1] - indptr[v] - found
            if held == top and found < scores[0]:
                continue
            if linked[v] == u or group[v] < 0 or group[v] == group[u]:
                continue
            if (one[u] and two[v]) or (two[u] and one[v]):
                held = _offer(scores, pairs, held, u, v, found)
    return scores[:held].copy(), pairs[:held].copy()


@kernel
def best_hubs(
    indptr: Int32,
    indices: Int32,
    order: Int32,
    one: Flags,
    two: Flags,
    group: Int32,
    top: int,
) -> tuple[Float64, Int32]:
    """The pairs without a link whose degrees have the highest product, as `best_near` gives them.

    `order` holds the nodes by falling degree; no pair is looked at that cannot be among the best.
    """
    n = indptr.size - 1
    scores, pairs, held = np.empty(top + 1), np.empty((top + 1, 2), np.int32), 0
    for i in range(n):
        u = order[i]
        du = float(indptr[u + 1] - indptr[u])
        if du == 0.0 or (held == top and du * du < scores[0]):
            break
        if group[u] < 0 or not (one[u] or two[u]):
            continue
        for j in range(i + 1, n):
            v = order[j]
            found = du * (indptr[v + 1] - indptr[v])
            if found == 0.0 or (held == top and found < scores[0]):
                break
            if group[v] < 0 or group[v] == group[u]:
                continue
            if not ((one[u] and two[v]) or (two[u] and one[v])):
                continue
            at = indptr[u] + np.searchsorted(indices[indptr[u] : indptr[u + 1]], v)
            if at == indptr[u + 1] or indices[at] != v:
                held = _offer(scores, pairs, held, min(u, v), max(u, v), found)
    return scores[:held].copy(), pairs[:held].copy()
