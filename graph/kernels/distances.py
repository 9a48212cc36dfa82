"""Breadth-first searches from hundreds of nodes at once, one bit for each.

A table has a row of eight words for each node, the 512 searches of a batch: as many as a cache line
holds, so that what a link costs, the fetch of its other end, is paid once for all of them.

Source: M. Then et al., The more the merrier: efficient multi-source graph traversal, PVLDB 8, 2014.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Uint32 = NDArray[np.uint32]
Uint64 = NDArray[np.uint64]
Floats = NDArray[np.float64]
Word = np.uint64
Row = tuple[Word, Word, Word, Word, Word, Word, Word, Word]

WORDS = 8
LANES = 64 * WORDS
_PUSH = 3  # a pushed link costs about as much as this many pulled ones
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


class Scratch(NamedTuple):
    """What one thread works on; the tables are zero at first, and `near` and `far` at the end."""

    seen: Uint64  # (n, 8), the searches that have reached a node
    near: Uint64  # (n, 8), those that reached it in the level in hand
    far: Uint64  # (n, 8), in the next level
    front: Int32  # (n,), nodes of the level in hand
    ahead: Int32  # (n,), of the next level
    todo: Int32  # (n,)
    mark: NDArray[np.bool_]  # (n,)


def scratch(n: int) -> Scratch:
    """Working memory of about 205 n bytes."""
    return Scratch(
        seen=_table(n),
        near=_table(n),
        far=_table(n),
        front=np.empty(n, np.int32),
        ahead=np.empty(n, np.int32),
        todo=np.empty(n, np.int32),
        mark=np.zeros(n, np.bool_),
    )


def _table(n: int) -> Uint64:
    """Zeros of shape (n, 8) whose rows begin where cache lines do."""
    room = np.zeros(WORDS * n + WORDS, np.uint64)
    skip = -room.ctypes.data % 64 // 8
    return room[skip : skip + WORDS * n].reshape(n, WORDS)


@kernel
def sums(
    indptr: Int32, indices: Uint32, sources: Int32, work: Scratch
) -> tuple[Int64, Int64, Floats]:
    """For each node: the sum of its distances to the sources, how many reach it, the sum of 1/d."""
    n = indptr.size - 1
    total, number, inverse = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    for first in range(0, sources.size, LANES):
        work.seen[:] = 0
        _batch(indptr, indices, sources[first : first + LANES], work, total, number, inverse)
    return total, number, inverse


@kernel
def _batch(
    indptr: Int32,
    indices: Uint32,
    batch: Int32,
    work: Scratch,
    total: Int64,
    number: Int64,
    inverse: Floats,
) -> None:
    near, far, front, ahead, todo = work.near, work.far, work.front, work.ahead, work.todo
    full = _full(batch.size)
    size, level, waiting, unseen = batch.size, 0, -1, np.int64(indptr[indptr.size - 1])
    for b in range(batch.size):
        word, bit = b >> 6, np.uint64(1) << np.uint64(b & 63)
        near[batch[b], word] = work.seen[batch[b], word] = bit
        front[b] = batch[b]
    while size:
        level += 1
        push = _PUSH * _degrees(indptr, front[:size]) < unseen
        if push:
            touched, waiting = _push(indptr, indices, front[:size], near, far, work), -1
        else:
            touched = waiting = _unfinished(work.seen, full, todo) if waiting < 0 else waiting
        reached = kept = 0
        for k in range(touched):
            v = np.uint64(todo[k])
            known = _row(work.seen, v)
            row = _row(far, v) if push else _gather(indptr, indices, v, near)
            new = _without(row, known)
            _put(far, v, new)
            _put(work.seen, v, _either(known, new))
            work.mark[v] = False
            count = _count(new)
            if count:
                ahead[reached] = todo[k]
                reached += 1
                total[v] += level * count
                number[v] += count
                inverse[v] += count / level
            if _either(known, new) != full:
                todo[kept] = todo[k]
                kept += 1
            elif count:
                unseen -= indptr[v + np.uint64(1)] - indptr[v]
        for k in range(size):
            _put(near, np.uint64(front[k]), _none())
        waiting, size = min(waiting, kept), reached
        near, far, front, ahead = far, near, ahead, front


@kernel
def _push(
    indptr: Int32, indices: Uint32, front: Int32, near: Uint64, far: Uint64, work: Scratch
) -> int:
    """Give the searches of the nodes in front to their neighbours; how many, listed in todo."""
    touched = 0
    for k in range(front.size):
        u = np.uint64(front[k])
        given = _row(near, u)
        for e in range(indptr[u], indptr[u + np.uint64(1)]):
            v = np.uint64(indices[np.uint64(e)])
            if not work.mark[v]:
                work.mark[v] = True
                work.todo[touched] = v
                touched += 1
            _put(far, v, _either(_row(far, v), given))
    return touched


@kernel
def _gather(indptr: Int32, indices: Uint32, v: np.uint64, near: Uint64) -> Row:
    found = _none()
    for e in range(indptr[v], indptr[v + np.uint64(1)]):
        found = _either(found, _row(near, indices[np.uint64(e)]))
    return found


@kernel
def _unfinished(seen: Uint64, full: Row, todo: Int32) -> int:
    count = 0
    for v in range(seen.shape[0]):
        if _row(seen, np.uint64(v)) != full:
            todo[count] = v
            count += 1
    return count


@kernel
def _degrees(indptr: Int32, rows: Int32) -> int:
    total = 0
    for k in range(rows.size):
        total += indptr[rows[k] + 1] - indptr[rows[k]]
    return total


@kernel
def _full(searches: int) -> Row:
    words = np.zeros(WORDS, np.uint64)
    for b in range(searches):
        words[b >> 6] |= np.uint64(1) << np.uint64(b & 63)
    return _row(words.reshape(1, WORDS), np.uint64(0))


@kernel
def _row(t: Uint64, v: np.uint64) -> Row:
    return (t[v, 0], t[v, 1], t[v, 2], t[v, 3], t[v, 4], t[v, 5], t[v, 6], t[v, 7])


@kernel
def _put(t: Uint64, v: np.uint64, row: Row) -> None:
    t[v, 0], t[v, 1], t[v, 2], t[v, 3] = row[0], row[1], row[2], row[3]
    t[v, 4], t[v, 5], t[v, 6], t[v, 7] = row[4], row[5], row[6], row[7]


@kernel
def _none() -> Row:
    zero = np.uint64(0)
    return (zero, zero, zero, zero, zero, zero, zero, zero)


@kernel
def _either(a: Row, b: Row) -> Row:
    return (
        *(a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]),
        *(a[4] | b[4], a[5] | b[5], a[6] | b[6], a[7] | b[7]),
    )


@kernel
def _without(a: Row, b: Row) -> Row:
    return (
        *(a[0] & ~b[0], a[1] & ~b[1], a[2] & ~b[2], a[3] & ~b[3]),
        *(a[4] & ~b[4], a[5] & ~b[5], a[6] & ~b[6], a[7] & ~b[7]),
    )


@kernel
def _count(a: Row) -> int:
    low = _bits(a[0]) + _bits(a[1]) + _bits(a[2]) + _bits(a[3])
    return low + _bits(a[4]) + _bits(a[5]) + _bits(a[6]) + _bits(a[7])


@kernel
def _bits(word: Word) -> int:
    """The number of ones, in the form that compilers know as one instruction."""
    x = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def sums_from(
    indptr: Int32, indices: Uint32, sources: Int32, seen: Uint64, near: Uint64, far: Uint64
) -> tuple[Int64, Int64, Floats]:
    """For each of up to 64 sources: the sum of its distances, how many it reaches, the sum of 1/d.

    A word for each node; seen, near and far (n,) are scratch.
    """
    n, k = indptr.size - 1, sources.size
    total, number, inverse = np.zeros(k, np.int64), np.zeros(k, np.int64), np.zeros(k)
    seen[:], near[:] = 0, 0
    full = _ALL >> np.uint64(64 - k)
    for b in range(k):
        seen[sources[b]] = near[sources[b]] = np.uint64(1) << np.uint64(b)
    level, new = 0, k
    while new:
        level, new = level + 1, 0
        counts = np.zeros(64, np.int64)
        for v in range(n):
            found = np.uint64(0)
            if seen[v] != full:
                for e in range(indptr[v], indptr[v + 1]):
                    found |= near[indices[np.uint64(e)]]
                found &= ~seen[v]
            far[v] = found
            if found:
                seen[v] |= found
                for b in range(64):
                    counts[b] += np.int64((found >> np.uint64(b)) & np.uint64(1))
        near, far = far, near
        for b in range(k):
            new += counts[b]
            total[b] += level * counts[b]
            number[b] += counts[b]
            inverse[b] += counts[b] / level
    return total, number, inverse
