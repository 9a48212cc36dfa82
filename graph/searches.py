"""Searches for the best way on: by hops, by length, by the weakest link.

A search knows the target and continues any root (the nodes already walked, none of which is walked
again). Routes are tuples of node indices. All searches of one question share its work.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.network import Network
from trihelix.graph.passage import NO_NODES, Passage, read_only
from trihelix.schema.errors import ConfigurationError

BUDGET = 100_000_000

Route = tuple[int, ...]
Key = tuple[float, ...]
Float64 = NDArray[np.float64]
LengthBy = Literal["strength", "confidence"]

_NO_LINKS: Any = read_only([], np.float64)
_NO_FLOOR = -math.inf


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


class Work:
    """The links that a question may still look at.

    Raises:
        ConfigurationError: from `spend`, when they are used up.
    """

    def __init__(self, budget: int) -> None:
        if budget < 1:
            raise ConfigurationError(f"paths: budget {budget} must be at least 1 link")
        self.budget, self.left, self.found = budget, budget, 0

    def spend(self, hops: int, looked: int) -> None:
        """Take off what a kernel looked at; it gives -1 hops when that was not enough."""
        self.left -= looked
        if hops < 0 or self.left <= 0:
            raise ConfigurationError(
                f"paths: the budget of {self.budget:,} links to look at is spent with "
                f"{self.found} paths found; raise budget, or ask for less: a lower k or max_hops, "
                "a network of fewer kinds or years"
            )


class _Hopping:
    """Scratch memory of the kernels in kernels/paths.py."""

    def __init__(self, n: int) -> None:
        self.arrays = (
            np.zeros(n, np.int32),
            np.zeros(1, np.int32),
            np.empty((2, n), np.int32),
            np.empty(n + 1, np.int32),
            np.zeros(n + 1, np.int32),
        )
        self.route = self.arrays[3]


class _Measuring:
    """Scratch memory of the kernel in kernels/cheapest.py."""

    def __init__(self, n: int) -> None:
        self.route = np.empty(n + 1, np.int32)
        two = (n, 2)
        self.arrays = (
            np.empty(two, np.float64),
            np.empty(two, np.int32),
            np.empty(two, np.int32),
            np.zeros(two, np.int32),
            np.zeros(1, np.int32),
            self.route,
        )


class _Layering:
    """Scratch memory of the kernel in kernels/layers.py."""

    def __init__(self, n: int) -> None:
        self.route = np.empty(n + 1, np.int32)
        self.arrays = (
            np.empty(n, np.float64),
            np.empty(n, np.int32),
            np.zeros(n, np.int32),
            np.zeros(1, np.int32),
            self.route,
        )


class Workshop:
    """What searches on one network keep: scratch memory, and arrays made of the network's own.

    Threads share it: each takes memory that no other holds, and gives it back.
    """

    def __init__(self, network: Network) -> None:
        self._n = len(network)
        self._free: dict[type[Any], list[Any]] = {_Hopping: [], _Measuring: [], _Layering: []}
        self._made: dict[object, Any] = {}

    @classmethod
    def of(cls, network: Network) -> Workshop:
        """The one of this network."""
        found = _WORKSHOPS.get(network)
        return _WORKSHOPS.setdefault(network, cls(network)) if found is None else found

    def take(self, kind: type[Any]) -> Any:
        """Memory of this kind."""
        try:
            return self._free[kind].pop()
        except IndexError:
            return kind(self._n)

    def give(self, memory: Any) -> None:
        """Take memory back."""
        self._free[type(memory)].append(memory)

    @contextmanager
    def lent(self, kind: type[Any]) -> Iterator[Any]:
        """Memory of this kind, given back at the end."""
        memory = self.take(kind)
        try:
            yield memory
        finally:
            self.give(memory)

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` gave when it was first asked for under this key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


_WORKSHOPS: WeakKeyDictionary[Network, Workshop] = WeakKeyDictionary()


class ByHops:
    """Fewest hops; of those the first in order of indices."""

    def __init__(
        self, network: Network, target: int, *, passage: Passage | None, limit: int, work: Work
    ) -> None:
        self._graph = (network.indptr, network.indices, network.link)
        self._target, self._limit, self._work = target, limit, work
        self._closed = NO_NODES if passage is None else passage.closed
        self._worth, self._floor = _NO_LINKS, _NO_FLOOR
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

        memory = self._shop.take(_Hopping)
        try:
            hops, looked = fewest_hops(
                *self._graph,
                worth,
                floor,
                self._closed,
                np.array(root, np.int32),
                np.array(tuple(banned), np.int32),
                self._target,
                self._limit - len(root) + 1,
                self._work.left,
                *memory.arrays,
            )
            on = memory.route[1 : hops + 1].tolist() if hops > 0 else None
        finally:
            self._shop.give(memory)
        self._work.spend(hops, looked)
        return (*root, *on) if on else None

    def every(self, source: int) -> tuple[Any, ...]:
        """All routes of fewest hops as the kernel `every_fewest_hops` gives them."""
        from trihelix.graph.kernels.paths import every_fewest_hops

        with self._shop.lent(_Hopping) as memory:
            seen, clock, queue, _, cursor = memory.arrays
            found = every_fewest_hops(
                *self._graph,
                self._worth,
                self._floor,
                self._closed,
                np.array((source,), np.int32),
                np.empty(0, np.int32),
                self._target,
                self._limit,
                self._work.left,
                seen,
                clock,
                queue,
                cursor,
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
        self._lengths, self._near, self._equal = lengths(network, by, passage)
        self._hops = ByHops(network, target, passage=passage, limit=limit, work=work)

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        if self._equal:
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

        memory = self._shop.take(_Measuring)
        try:
            hops, looked = least_length(
                self._network.indptr,
                self._network.indices,
                self._near,
                self._closed,
                np.array(root, np.int32),
                np.array(tuple(banned), np.int32),
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
        always = self._shop.kept("always", lambda: _always(self._network.size))
        return soonest_route(
            self._network,
            root,
            banned,
            self._target,
            contacts=always,
            lengths=self._lengths,
            closed=self._closed,
            limit=self._limit - len(root) + 1,
            work=self._work,
        )

    def _measured(self, route: Route) -> Found:
        links = links_of(self._network, route)
        return Found((math.fsum(self._lengths[e] for e in links), len(links)), route)


class ByWeakest:
    """The weakest link as strong as can be; of those the fewest hops, then in order of indices.

    By halving: is there a route over links of at least this value? The key is (-value, hops).
    """

    def __init__(
        self,
        network: Network,
        target: int,
        *,
        values: Float64,
        passage: Passage | None,
        limit: int,
        work: Work,
    ) -> None:
        self._network, self._target, self._values = network, target, values
        self._steps = np.unique(values[values > 0.0])
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


def links_of(network: Network, route: Route) -> list[int]:
    """The number of each link of a route."""
    return [network.link_between(a, b) for a, b in pairwise(route)]


def lengths(
    network: Network, by: LengthBy, passage: Passage | None
) -> tuple[Float64, Float64, bool]:
    """The length of each link, of the link at each place of `indices`, and are all links equal.

    1/weight, so that strong links are short (Newman, Phys. Rev. E 64, 016132, 2001), or
    -log(confidence), so that the shortest path has the highest product of confidences. A link of
    weight or confidence 0 is closed.
    """
    if passage is None or passage.links is None:
        whole = Passage(network=network, closed=NO_NODES, facts=None)
        found: tuple[Float64, Float64, bool] = Workshop.of(network).kept(
            by, lambda: _lengths(network, by, whole)
        )
        return found
    return _lengths(network, by, passage)


def _lengths(network: Network, by: LengthBy, passage: Passage) -> tuple[Float64, Float64, bool]:
    values = passage.weights() if by == "strength" else passage.confidences()
    if (values < 0.0).any():
        e = int(np.flatnonzero(values < 0.0)[0])
        raise ConfigurationError(
            f"paths: the link of {' and '.join(network.nodes[i].id for i in network.ends[e])} has "
            f"the negative {by} {values[e]}; paths by {by} need 0 or more"
        )
    with np.errstate(divide="ignore"):
        each: Any = read_only(1.0 / values if by == "strength" else 0.0 - np.log(values), float)
    near: Any = read_only(each[network.link], float)
    return each, near, bool(each.size and each.max() == each.min() < math.inf)


class Contacts(NamedTuple):
    """When links are open (kernels/layers.py): those of link e are at `ptr[e]:ptr[e + 1]`."""

    ptr: NDArray[np.int32]
    open_until: Float64
    not_before: Float64


def _always(links: int) -> Contacts:
    """Every link has one contact that is always open."""
    ptr: Any = read_only(np.arange(links + 1), np.int32)
    until: Any = read_only(np.full(links, math.inf), np.float64)
    since: Any = read_only(np.zeros(links), np.float64)
    return Contacts(ptr, until, since)


def soonest_route(
    network: Network,
    root: Route,
    banned: frozenset[int],
    target: int,
    *,
    contacts: Contacts,
    lengths: Float64,
    closed: NDArray[np.uint8],
    limit: int,
    work: Work,
    start: float = 0.0,
    any_arrival: bool = False,
) -> Route | None:
    """The route of at most `limit` more hops that arrives soonest (kernels/layers.py)."""
    from trihelix.graph.kernels.layers import soonest

    shop = Workshop.of(network)
    with shop.lent(_Layering) as memory:
        hops, looked = soonest(
            network.indptr,
            network.indices,
            network.link,
            lengths,
            *contacts,
            closed,
            np.array(root, np.int32),
            np.array(tuple(banned), np.int32),
            target,
            start,
            limit,
            work.left,
            any_arrival,
            *memory.arrays,
        )
        on = memory.route[1 : hops + 1].tolist() if hops > 0 else None
    work.spend(hops, looked)
    return (*root, *on) if on else None
