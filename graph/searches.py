"""Searches for the best way on: by hops, by length, by the weakest link.

A search knows the target and continues any root (the nodes already walked, none of which is walked
again). Routes are tuples of node indices. All searches of one question share its work.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.lengths import NO_LINKS, LengthBy, lengths
from trihelix.graph.network import Network
from trihelix.graph.passage import NO_NODES, Passage, read_only
from trihelix.graph.workshop import Hopping, Layering, Measuring, Work, Workshop

Route = tuple[int, ...]
Key = tuple[float, ...]
Float64 = NDArray[np.float64]

_NO_FLOOR = -math.inf
_NO_NODE = np.empty(0, np.int32)  # of the same type as some nodes, for the kernels


class Found(NamedTuple):
    """A route and what orders it: less comes first, and of equals the first route."""

    key: Key
    route: Route


class Search(Protocol):
    """The best way from a root to one target."""

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        """The best route that begins with the root and then with no banned node; None if none."""

    def joined(self, keys: list[Key]) -> Key:
        """The key of routes walked one after the other."""


class ByHops:
    """Fewest hops; of those the first in order of indices."""

    def __init__(
        self, network: Network, target: int, *, passage: Passage | None, limit: int, work: Work
    ) -> None:
        self._graph = (network.indptr, network.indices, network.link)
        self._target, self._limit, self._work = target, limit, work
        self._closed = NO_NODES if passage is None else passage.closed
        self._worth, self._floor = NO_LINKS, _NO_FLOOR
        if passage is not None and passage.links is not None:
            self._worth, self._floor = read_only(passage.links, np.float64), 0.5
        self._shop = Workshop.of(network)

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        route = self.route(root, banned, self._worth, self._floor)
        return None if route is None else Found((len(route) - 1,), route)

    def joined(self, keys: list[Key]) -> Key:
        return (sum(key[0] for key in keys),)

    def route(
        self, root: Route, banned: frozenset[int], worth: Float64, floor: float
    ) -> Route | None:
        """The best route over links that are worth at least `floor`."""
        from trihelix.graph.kernels.paths import fewest_hops

        memory = self._shop.take(Hopping)
        try:
            hops, looked = fewest_hops(
                (*self._graph, worth, floor, self._closed),
                np.array(root, np.int32),
                _nodes(banned),
                self._target,
                self._limit - len(root) + 1,
                self._work.left,
                memory.scratch,
                memory.route,
                memory.cursor,
            )
            on = memory.route[1 : hops + 1].tolist() if hops > 0 else None
        finally:
            self._shop.give(memory)
        self._work.spend(hops, looked)
        return (*root, *on) if on else None

    def every(self, source: int) -> tuple[Any, ...]:
        """All routes of fewest hops as the kernel `every_fewest_hops` gives them."""
        from trihelix.graph.kernels.paths import every_fewest_hops

        with self._shop.lent(Hopping) as memory:
            found = every_fewest_hops(
                (*self._graph, self._worth, self._floor, self._closed),
                np.array((source,), np.int32),
                np.empty(0, np.int32),
                self._target,
                self._limit,
                self._work.left,
                memory.scratch,
                memory.cursor,
            )
        self._work.spend(found[0], found[1])
        return found


class ByLength:
    """Least sum of lengths, of those one of the fewest hops: (length, hops) is the key."""

    def __init__(
        self,
        network: Network,
        target: int,
        *,
        by: LengthBy,
        passage: Passage | None,
        limit: int,
        work: Work,
    ) -> None:
        self._network, self._target, self._limit, self._work = network, target, limit, work
        self._shop = Workshop.of(network)
        self._closed = NO_NODES if passage is None else passage.closed
        self._lengths = lengths(network, by, passage)
        self._hops = ByHops(network, target, passage=passage, limit=limit, work=work)

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        if self._lengths.equal:
            found = self._hops.best(root, banned)
            return None if found is None else self._measured(found.route)
        route = self._least(root, banned)
        if route is not None and len(route) - 1 > self._limit:
            route = self._least_within(root, banned)
        return None if route is None else self._measured(route)

    def joined(self, keys: list[Key]) -> Key:
        return math.fsum(key[0] for key in keys), sum(key[1] for key in keys)

    def _least(self, root: Route, banned: frozenset[int]) -> Route | None:
        from trihelix.graph.kernels.cheapest import least_length

        memory = self._shop.take(Measuring)
        try:
            hops, looked = least_length(
                self._network.indptr,
                self._network.indices,
                self._lengths.near,
                self._closed,
                np.array(root, np.int32),
                _nodes(banned),
                self._target,
                self._work.left,
                *memory.arrays,
            )
            on = memory.route[1 : hops + 1].tolist() if hops > 0 else None
        finally:
            self._shop.give(memory)
        self._work.spend(hops, looked)
        return (*root, *on) if on else None

    def _least_within(self, root: Route, banned: frozenset[int]) -> Route | None:
        """Layer by layer; no longer than the way of fewest hops, which is one within the limit."""
        within = self._hops.best(root, banned)
        if within is None:
            return None
        on = self._measured(within.route[len(root) - 1 :])
        return soonest_route(
            self._network,
            root,
            banned,
            self._target,
            lengths=self._lengths.of_links(),
            closed=self._closed,
            bound=on.key[0] * (1.0 + 1e-9),
            limit=self._limit - len(root) + 1,
            work=self._work,
        )

    def _measured(self, route: Route) -> Found:
        found = self._lengths.of(links_of(self._network, route)).tolist()
        return Found((math.fsum(found), len(found)), route)


class Values(NamedTuple):
    """A value of each link, and the different ones above 0 in order; others are closed."""

    each: Float64
    steps: Float64


class ByWeakest:
    """The weakest link as strong as can be; of those the fewest hops, then in order of indices.

    By halving: is there a route over links of at least this value? The key is (-value, hops).
    """

    def __init__(
        self,
        network: Network,
        target: int,
        *,
        values: Values,
        passage: Passage | None,
        limit: int,
        work: Work,
    ) -> None:
        self._network, self._target = network, target
        self._values, self._steps = values
        self._hops = ByHops(network, target, passage=passage, limit=limit, work=work)

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        walked = [self._values[e] for e in links_of(self._network, root)]
        most = min([*walked, self._strongest(root[-1]), self._strongest(self._target)])
        low, high = 0, int(np.searchsorted(self._steps, most, side="right"))
        best = None
        while low < high:  # steps below `low` are known to do, from `high` on not
            middle = (low + high) // 2 if best else 0
            route = self._hops.route(root, banned, self._values, float(self._steps[middle]))
            if route is None:
                high = middle
                continue
            best = route
            weakest = min(self._values[e] for e in links_of(self._network, route)[len(root) - 1 :])
            low = int(np.searchsorted(self._steps, weakest, side="right"))
        if best is None:
            return None
        return Found((-self._weakest(best), len(best) - 1), best)

    def joined(self, keys: list[Key]) -> Key:
        return max(key[0] for key in keys), sum(key[1] for key in keys)

    def _strongest(self, node: int) -> float:
        return float(self._values[self._network.links_of(node)].max(initial=0.0))

    def _weakest(self, route: Route) -> float:
        return float(min(self._values[e] for e in links_of(self._network, route)))


def _nodes(banned: frozenset[int]) -> NDArray[np.int32]:
    return np.array(tuple(banned), np.int32) if banned else _NO_NODE


def links_of(network: Network, route: Route) -> list[int]:
    """The number of each link of a route."""
    return [network.link_between(a, b) for a, b in pairwise(route)]


class Contacts(NamedTuple):
    """When links are open (kernels/layers.py): those of link e are at `ptr[e]:ptr[e + 1]`."""

    ptr: NDArray[np.int32]
    open_until: Float64
    not_before: Float64


_ALWAYS = Contacts(read_only([], np.int32), NO_LINKS, NO_LINKS)


def soonest_route(
    network: Network,
    root: Route,
    banned: frozenset[int],
    target: int,
    *,
    closed: NDArray[np.uint8],
    limit: int,
    work: Work,
    contacts: Contacts = _ALWAYS,
    lengths: Float64 = NO_LINKS,
    start: float = 0.0,
    bound: float = math.inf,
    any_arrival: bool = False,
) -> Route | None:
    """The route of at most `limit` more hops that arrives soonest (kernels/layers.py)."""
    from trihelix.graph.kernels.layers import soonest

    shop = Workshop.of(network)
    with shop.lent(Layering) as memory:
        hops, looked = soonest(
            network.indptr,
            network.indices,
            network.link,
            lengths,
            *contacts,
            closed,
            np.array(root, np.int32),
            _nodes(banned),
            target,
            start,
            bound,
            limit,
            work.left,
            any_arrival,
            *memory.arrays,
        )
        on = memory.route[1 : hops + 1].tolist() if hops > 0 else None
    work.spend(hops, looked)
    return (*root, *on) if on else None
