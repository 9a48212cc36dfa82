"""Routes in order, the best first, without loops; and those by way of given nodes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import islice

from trihelix.graph.searches import Found, Key, Route, Search

Avoided = frozenset[int]
Choice = tuple[tuple[Avoided, int], ...]  # for each leg the nodes it avoids, and which route
LegSearch = Callable[[int, Avoided], Search]


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


class _Legs:
    """The routes of each leg that avoid some nodes, in order, found as far as they are asked for.

    `search(leg, avoiding)` is the search for the end of a leg.
    """

    def __init__(self, stops: tuple[int, ...], search: LegSearch) -> None:
        self.stops = stops
        self._search = search
        self._found: dict[tuple[int, Avoided], tuple[list[Found], Iterator[Found]]] = {}
        self._join = search(0, frozenset()).joined

    def at(self, choice: Choice) -> Found | None:
        """The chosen routes walked one after the other; None when a leg has no such route."""
        chosen = [self._route(leg, *of) for leg, of in enumerate(choice)]
        found = [one for one in chosen if one is not None]
        if len(found) < len(chosen):
            return None
        route = tuple(node for one in found for node in one.route[:-1]) + self.stops[-1:]
        return Found(self._join([one.key for one in found]), route)

    def _route(self, leg: int, avoided: Avoided, place: int) -> Found | None:
        if (leg, avoided) not in self._found:
            routes = in_order(self._search(leg, avoided), self.stops[leg])
            self._found[leg, avoided] = ([], routes)
        found, more = self._found[leg, avoided]
        found.extend(islice(more, max(place + 1 - len(found), 0)))
        return found[place] if place < len(found) else None


def by_way_of(stops: tuple[int, ...], search: LegSearch, *, tries: int) -> Iterator[Found]:
    """Routes by way of stops, the best first; all loopless ones are among them, others may be.

    A heap entry stands for all choices of a route for each leg that avoid the nodes it names and
    come no sooner than those it names. When legs of the best meet at a node, one of them has to
    avoid it: two entries take its place. At most `tries` entries are looked at.
    Source: G. Sharon et al., Conflict-based search for optimal multi-agent pathfinding, Artificial
    Intelligence 219, 2015.
    """
    legs = _Legs(stops, search)
    heap: list[tuple[Key, Route, int, Choice]] = []
    known: set[Choice] = set()

    def push(choice: Choice) -> None:
        found = legs.at(choice) if choice not in known else None
        known.add(choice)
        if found:
            heapq.heappush(heap, (found.key, found.route, len(known), choice))

    push(((frozenset(), 0),) * (len(stops) - 1))
    given: set[Route] = set()
    for _ in range(tries):
        if not heap:
            return
        key, route, _, choice = heapq.heappop(heap)
        if route not in given:
            given.add(route)
            yield Found(key, route)
        for leg, (avoided, place) in _moves(choice, stops, route):
            push((*choice[:leg], (avoided, place), *choice[leg + 1 :]))


def _moves(
    choice: Choice, stops: tuple[int, ...], route: Route
) -> Iterator[tuple[int, tuple[Avoided, int]]]:
    """The legs to choose anew, and how: around a node where two meet, else the next of each."""
    leg = 0
    last: dict[int, int] = {}
    for node in route:
        if node == stops[leg + 1] and leg + 2 < len(stops):
            leg += 1
        elif node in last:
            for one in (last[node], leg):
                yield one, (choice[one][0] | {node}, 0)
            return
        last[node] = leg
    for leg, (avoided, place) in enumerate(choice):
        yield leg, (avoided, place + 1)
