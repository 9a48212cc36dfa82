"""Dijkstra from many sources: distances, and betweenness over links that have lengths.

Two ways count as equally long when they differ by less than one part in 10^12, so that the order
in which lengths are added up decides nothing.

Source: U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25, 2001.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]

_SAME = 1e-12


class Scratch(NamedTuple):
    """What one thread works on; `far` is, and is left, infinite and `place` -1."""

    far: Floats  # (n,), distance from the source
    place: Int32  # (n,), where a node is in the heap, -1 if it is not
    heap: Int32  # (n,)
    order: Int32  # (n,), nodes as they are reached
    paths: Floats  # (n,)
    depends: Floats  # (n,)


def scratch(n: int) -> Scratch:
    return Scratch(
        far=np.full(n, np.inf),
        place=np.full(n, -1, np.int32),
        heap=np.empty(n, np.int32),
        order=np.empty(n, np.int32),
        paths=np.empty(n),
        depends=np.empty(n),
    )


@kernel
def dependencies(
    indptr: Int32, indices: Int32, link: Int32, lengths: Floats, sources: Int32, work: Scratch
) -> tuple[Floats, Floats, Floats]:
    """The sums over sources of the dependencies on each node, of their squares, and of link flows.

    `lengths` (m,) is by the number of the link; infinite means that it cannot be passed.
    """
    n = indptr.size - 1
    total, square, flow = np.zeros(n), np.zeros(n), np.zeros(lengths.size)
    for source in sources:
        reached = _search(indptr, indices, link, lengths, source, work)
        _count(indptr, indices, link, lengths, reached, work)
        for k in range(reached - 1, 0, -1):
            w = work.order[k]
            share = (1.0 + work.depends[w]) / work.paths[w]
            for e in range(indptr[w], indptr[w + 1]):
                v = indices[e]
                if _between(work.far[v], lengths[link[e]], work.far[w]):
                    work.depends[v] += work.paths[v] * share
                    flow[link[e]] += work.paths[v] * share
            total[w] += work.depends[w]
            square[w] += work.depends[w] ** 2
        _forget(work, reached)
    return total, square, flow


@kernel
def sums(
    indptr: Int32, indices: Int32, link: Int32, lengths: Floats, sources: Int32, work: Scratch
) -> tuple[Floats, Floats, Floats]:
    """For each source: the sum of the distances to what it reaches, the number, the sum of 1/d."""
    total, number, inverse = np.zeros(sources.size), np.zeros(sources.size), np.zeros(sources.size)
    for i in range(sources.size):
        reached = _search(indptr, indices, link, lengths, sources[i], work)
        number[i] = reached - 1
        for k in range(1, reached):
            total[i] += work.far[work.order[k]]
            inverse[i] += 1.0 / work.far[work.order[k]]
        _forget(work, reached)
    return total, number, inverse


@kernel
def _search(
    indptr: Int32, indices: Int32, link: Int32, lengths: Floats, source: int, work: Scratch
) -> int:
    """Dijkstra with a binary heap; the number of nodes reached, listed in `order`."""
    far, place, heap = work.far, work.place, work.heap
    far[source], place[source], heap[0] = 0.0, 0, source
    size, reached = 1, 0
    while size:
        u = heap[0]
        place[u] = -1
        size -= 1
        if size:
            _sink(heap, place, far, heap[size], size)
        work.order[reached] = u
        reached += 1
        for e in range(indptr[u], indptr[u + 1]):
            v, away = indices[e], far[u] + lengths[link[e]]
            if away < far[v] and (place[v] >= 0 or far[v] == np.inf):
                if place[v] < 0:
                    place[v] = size
                    size += 1
                far[v] = away
                _rise(heap, place, far, v)
    return reached


@kernel
def _rise(heap: Int32, place: Int32, far: Floats, v: int) -> None:
    at = place[v]
    while at and far[heap[(at - 1) // 2]] > far[v]:
        heap[at] = heap[(at - 1) // 2]
        place[heap[at]] = at
        at = (at - 1) // 2
    heap[at], place[v] = v, at


@kernel
def _sink(heap: Int32, place: Int32, far: Floats, v: int, size: int) -> None:
    """Put a node at the top and let it sink."""
    at, child = 0, 1
    while child < size:
        if child + 1 < size and far[heap[child + 1]] < far[heap[child]]:
            child += 1
        if far[heap[child]] >= far[v]:
            break
        heap[at] = heap[child]
        place[heap[at]] = at
        at, child = child, 2 * child + 1
    heap[at], place[v] = v, at


@kernel
def _count(
    indptr: Int32, indices: Int32, link: Int32, lengths: Floats, reached: int, work: Scratch
) -> None:
    """The number of shortest paths to each node reached."""
    for k in range(reached):
        work.paths[work.order[k]] = work.depends[work.order[k]] = 0.0
    work.paths[work.order[0]] = 1.0
    for k in range(1, reached):
        w = work.order[k]
        for e in range(indptr[w], indptr[w + 1]):
            if _between(work.far[indices[e]], lengths[link[e]], work.far[w]):
                work.paths[w] += work.paths[indices[e]]


@kernel
def _between(near: float, length: float, far: float) -> bool:
    """Whether a link is the last of a shortest path."""
    return near < far and abs(near + length - far) <= _SAME * far


@kernel
def _forget(work: Scratch, reached: int) -> None:
    for k in range(reached):
        work.far[work.order[k]] = np.inf
