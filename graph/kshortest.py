"""Routes in order, the best first, without loops; and those by way of given nodes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice

from trihelix.graph.searches import Found, Key, Route, Search


def in_order(search: Search, source: int) -> Iterator[Found]:
    """All loopless routes from a node to the target of a search, each found when asked for.

    Each heap entry is the best route of a part of all routes; parts do not overlap. A part is:
    routes that share the first `shared` nodes of `route` and whose next node is none of `banned`.
    Source: J. Yen, Finding the k shortest loopless paths in a network, Management Science 17, 1971,
    with the partition of E. Lawler, Management Science 18, 1972.
    """
    heap: list[tuple[Key, Route, int, frozenset[int]]] = []
    first = search.best((source,))
    if first:
        heap.append((*first, 1, frozenset()))
    while heap:
        key, route, shared, banned = heapq.heappop(heap)
        yield Found(key, route)
        for at in range(shared, len(route)):
            taken = (banned if at == shared else frozenset()) | {route[at]}
            other = search.best(route[:at], taken)
            if other:
                heapq.heappush(heap, (*other, at, taken))


class _Leg:
    """The routes of one leg, found as far as they are asked for."""

    def __init__(self, search: Search, source: int) -> None:
        self._more = in_order(search, source)
        self._found: list[Found] = []

    def at(self, place: int) -> Found | None:
        """The route at a place in the order; None behind the last."""
        missing = place + 1 - len(self._found)
        self._found.extend(islice(self._more, max(missing, 0)))
        return self._found[place] if place < len(self._found) else None


def by_way_of(legs: Sequence[tuple[Search, int]], *, tries: int) -> Iterator[Found]:
    """The joined routes of legs, in order of their joined keys; at most `tries` of them.

    Each comes once: only the choice of the last leg that was moved, or of a later one, moves on.
    """
    search = legs[0][0]
    routes = [_Leg(leg, source) for leg, source in legs]
    heap: list[tuple[Key, Route, tuple[int, ...], int]] = []

    def push(places: tuple[int, ...], moved: int) -> None:
        chosen = [leg.at(place) for leg, place in zip(routes, places, strict=True)]
        found = [one for one in chosen if one is not None]
        if len(found) == len(chosen):
            key = search.joined([one.key for one in found])
            heapq.heappush(heap, (key, _chained([one.route for one in found]), places, moved))

    push((0,) * len(legs), 0)
    for _ in range(tries):
        if not heap:
            return
        key, route, places, moved = heapq.heappop(heap)
        yield Found(key, route)
        for leg in range(moved, len(legs)):
            push((*places[:leg], places[leg] + 1, *places[leg + 1 :]), leg)


def _chained(routes: list[Route]) -> Route:
    return tuple(node for route in routes for node in route[:-1]) + routes[-1][-1:]
