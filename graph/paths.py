"""Who connects two nodes: paths in many orders, whose every hop explains itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from trihelix.graph.chronology import Order, Step, steps
from trihelix.graph.explain import Hop, hop
from trihelix.graph.network import Network
from trihelix.graph.passage import Passage
from trihelix.graph.pathfinding import (
    PathsBy,
    Question,
    answers,
    contacts_for,
    unconnected,
    why_none,
)
from trihelix.graph.routes import AllRoutes, all_routes
from trihelix.graph.searches import Found
from trihelix.graph.view import iso_day
from trihelix.graph.workshop import BUDGET, Work
from trihelix.schema.errors import ConfigurationError, NotFoundError
from trihelix.schema.records import Node

__all__ = [
    "LIMIT",
    "MAX_HOPS",
    "Order",
    "Path",
    "PathsBy",
    "ShortestPaths",
    "all_shortest",
    "find_paths",
    "k_shortest",
    "listed",
    "shortest",
]

MAX_HOPS = 10
LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The nodes of a path and its hops, one fewer.

    `value` is what the path was chosen by: its hops; for `strength` the sum of 1/weight; for
    `confidence` the product of the confidences; for `weakest_...` that of the weakest link; for
    `arrival` the day as yyyymmdd. `dates` are the days of the hops of a path in time.
    """

    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]
    by: PathsBy = "hops"
    value: float = 0.0
    dates: tuple[str, ...] = ()

    def __len__(self) -> int:
        """The number of hops."""
        return len(self.hops)

    def __str__(self) -> str:
        """The names, joined by arrows."""
        return " → ".join(node.name for node in self.nodes)

    @property
    def loopless(self) -> bool:
        """Whether no node comes twice."""
        return len({node.id for node in self.nodes}) == len(self.nodes)


def shortest(network: Network, a: str, b: str, *, max_hops: int = MAX_HOPS) -> Path:
    """A path of the fewest hops between two node ids; of several, the first in order of ids.

    Raises:
        NotFoundError: when the network has no such node, or no path of at most `max_hops`.
        ConfigurationError: when both ids are the same or `max_hops` is below 1.
    """
    return find_paths(network, a, b, max_hops=max_hops)[0]


def k_shortest(
    network: Network, a: str, b: str, k: int, *, max_hops: int = MAX_HOPS
) -> tuple[Path, ...]:
    """Up to `k` loopless paths, the fewest hops first, then in the order of their ids.

    Raises:
        NotFoundError: when the network has no such node, or no path of at most `max_hops`.
        ConfigurationError: when both ids are the same, or `k` or `max_hops` is below 1.
    """
    return find_paths(network, a, b, k=k, max_hops=max_hops)


def find_paths(
    network: Network,
    a: str,
    b: str,
    *,
    by: PathsBy = "hops",
    k: int = 1,
    via: Sequence[str] = (),
    avoiding: Iterable[str] = (),
    kinds: Iterable[str] | None = None,
    sectors: Iterable[str] | None = None,
    facts: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    in_time: Order | None = None,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> tuple[Path, ...]:
    """The best paths between two node ids, at most `k`, the best first.

    `by` says which are best; of equally good ones those of fewer hops come first:

    * `hops`: the fewest; equal ones in order of their ids.
    * `strength`: the least sum of 1/weight (Newman, Phys. Rev. E 64, 016132, 2001).
    * `confidence`: the highest product of the confidences of the links.
    * `weakest_strength`, `weakest_confidence`, `weakest_sources`: the one whose weakest link, by
      weight, confidence or number of documents, is the strongest.
    * `arrival`: in time, the soonest there (graph/chronology.py). With `in_time` paths by hops are
      in time too: `"possible"` or `"certain"` by what is known of the dates.

    Paths go through nodes of these `kinds` and `sectors` only, and through none of `avoiding`
    (ids); the ends and `via` are free of that. Links are told by facts of these kinds (`facts`: of
    relations and events) and between these dates; such a path is explained, and its confidence
    and sources are counted, by those facts alone. The weight of a link stays that of all its
    facts: ask for a network of a narrower view to change it.

    `via` are ids to pass in this order. Without it, paths are loopless, and exactly the best. With
    it, loopless paths are exactly the best of all loopless ones that pass these nodes in this
    order. When there is none, or none was found among 500 choices of ways from each to the next,
    the one path that is given is the best of those whose parts are loopless though the whole is
    not (`Path.loopless`).

    Raises:
        NotFoundError: when the network has no such node, or no such path.
        ConfigurationError: for a bad option, or when more links than `budget` had to be looked at.
    """
    if k < 1 or (max_hops is not None and max_hops < 1):
        raise ConfigurationError(f"paths: k {k} and max_hops {max_hops} must be at least 1")
    stops = tuple(network.index(id_) for id_ in (a, *listed(via), b))
    avoid = [network.index(id_) for id_ in listed(avoiding)]
    _check_stops(network, stops, avoid)
    passage = Passage.of(
        network,
        avoiding=avoid,
        kinds=kinds,
        sectors=sectors,
        facts=facts,
        since=since,
        until=until,
    )
    question = Question(
        network=network,
        by=by,
        k=k,
        stops=stops,
        passage=passage,
        dated=contacts_for(passage, by, in_time, since, until, via=len(stops) > 2),
        max_hops=max_hops,
        bounded=bool(passage.closed.size) or passage.facts is not None or in_time is not None,
        work=Work(budget),
    )
    found = answers(question)
    if not found:
        raise NotFoundError(why_none(question))
    return tuple(_path(question, route) for route in found)


class ShortestPaths:
    """All paths of the fewest hops, explained one by one; `str` says how many there are."""

    def __init__(self, network: Network, routes: AllRoutes) -> None:
        self._network, self.routes = network, routes

    @property
    def total(self) -> int:
        """How many there are, whatever the limit."""
        return self.routes.total

    def __len__(self) -> int:
        """How many are given."""
        return len(self.routes)

    def __str__(self) -> str:
        return str(self.routes)

    def __iter__(self) -> Iterator[Path]:
        hops: dict[tuple[int, int], Hop] = {}
        for route in self.routes:
            for ends in pairwise(route):
                if ends not in hops:
                    hops[ends] = hop(self._network, *ends)
            yield Path(
                nodes=tuple(self._network.nodes[i] for i in route),
                hops=tuple(hops[ends] for ends in pairwise(route)),
                value=len(route) - 1,
            )


def all_shortest(
    network: Network,
    a: str,
    b: str,
    *,
    limit: int | None = LIMIT,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> ShortestPaths:
    """All paths of the fewest hops between two node ids, in order of ids, as they are asked for.

    There may be very many: iterating gives the first `limit`, and `total` says how many there are.

    Raises:
        NotFoundError: when the network has no such node, or no path of at most `max_hops`.
        ConfigurationError: when both ids are the same, a number is below 1, or more links than
            `budget` had to be looked at.
    """
    if min(limit or 1, max_hops or 1) < 1 or 0 in (limit, max_hops):
        raise ConfigurationError(f"paths: limit {limit}, max_hops {max_hops} must be at least 1")
    source, target = network.index(a), network.index(b)
    _check_stops(network, (source, target), [])
    routes = all_routes(network, source, target, max_hops=max_hops, limit=limit, budget=budget)
    if not routes.total:
        raise NotFoundError(unconnected(network, source, target, max_hops))
    return ShortestPaths(network, routes)


def _path(question: Question, found: Found) -> Path:
    network, route = question.network, found.route
    walked = steps(network, route, question.dated) if question.dated else []
    return Path(
        nodes=tuple(network.nodes[i] for i in route),
        hops=tuple(
            _hop(question, i, j, walked[at] if walked else None)
            for at, (i, j) in enumerate(pairwise(route))
        ),
        by=question.by,
        value=_value(question.by, found),
        dates=tuple(iso_day(step.day) or "" for step in walked),
    )


def _value(by: PathsBy, found: Found) -> float:
    if by == "confidence":
        return math.exp(-found.key[0])
    return abs(found.key[0])


def _hop(question: Question, i: int, j: int, step: Step | None) -> Hop:
    """A hop explained by the facts that were allowed, in time by those of its day."""
    network = question.network
    whole = hop(network, i, j)
    if question.passage.facts is None and step is None:
        return whole
    link = network.link_between(i, j)
    first, last = (int(at) for at in network.support_indptr[link : link + 2])
    numbers = [f for f in network.support[first:last].tolist() if question.passage.allows(f)]
    if step is not None:
        numbers = [f for f in numbers if f == step.fact or _on(network, f, step.day)]
    told = [network.facts[f] for f in numbers]
    kept = {(fact.kind, getattr(fact, "id", None), network.date_of(fact)) for fact in told}
    return replace(
        whole,
        supports=tuple(s for s in whole.supports if (s.kind, s.id, s.date) in kept),
        sources=len({fact.document for fact in told}),
    )


def _on(network: Network, fact: int, day: int) -> bool:
    first, last = network.facts.days[fact].tolist()
    return bool(0 < first <= day <= last)


def listed(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids, or the one that was given alone."""
    return (ids,) if isinstance(ids, str) else tuple(ids)


def _check_stops(network: Network, stops: Sequence[int], avoid: Sequence[int]) -> None:
    name = [network.nodes[stop].name for stop in stops]
    if stops[0] == stops[-1]:
        raise ConfigurationError(f"paths: {name[0]} is both ends; give two different nodes")
    for at, stop in enumerate(stops):
        if stop in stops[:at]:
            raise ConfigurationError(f"paths: {name[at]} is to be passed twice; name it once")
        if stop in avoid:
            raise ConfigurationError(f"paths: {name[at]} is to be passed and to be avoided")
