"""Who connects two nodes: paths in many orders, whose every hop explains itself."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from trihelix.graph.chronology import ByTime, Dated, Order, Step, dated, steps
from trihelix.graph.explain import Hop, hop
from trihelix.graph.kshortest import by_way_of, in_order
from trihelix.graph.network import Network
from trihelix.graph.passage import Passage
from trihelix.graph.routes import BY, AllRoutes, By, all_routes, search_by, taken
from trihelix.graph.searches import BUDGET, Found, Search, Work
from trihelix.schema.errors import ConfigurationError, NotFoundError
from trihelix.schema.records import Node

MAX_HOPS = 10
LIMIT = 1000

PathsBy = By | Literal["arrival"]

_TRIES = 1000  # joined routes by way of given nodes that are looked at for one without a loop


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What `find_paths` was asked, with nodes as indices."""

    network: Network
    by: PathsBy
    k: int
    stops: tuple[int, ...]  # source, via, target
    passage: Passage
    dated: Dated | None
    max_hops: int | None
    bounded: bool  # by more than max_hops
    work: Work

    @property
    def limit(self) -> int:
        return len(self.network) if self.max_hops is None else self.max_hops

    def search(self, target: int, *, passage: Passage, limit: int) -> Search:
        if self.dated is not None:
            return ByTime(
                self.network,
                target,
                fewest=self.by == "hops",
                dated=self.dated,
                passage=passage,
                limit=limit,
                work=self.work,
            )
        return search_by(
            self.by,  # type: ignore[arg-type]
            self.network,
            target,
            passage=passage,
            max_hops=limit,
            work=self.work,
        )


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
    it, a loopless path is exactly the best of all loopless ones that pass these nodes in this
    order. They are sought among the 1000 best combinations of the best loopless ways from each to
    the next; when none of those is loopless, the one path that is given is the best combination:
    its parts are loopless, the whole is not (`Path.loopless`).

    Raises:
        NotFoundError: when the network has no such node, or no such path.
        ConfigurationError: for a bad option, or when more links than `budget` had to be looked at.
    """
    if k < 1 or (max_hops is not None and max_hops < 1):
        raise ConfigurationError(f"paths: k {k} and max_hops {max_hops} must be at least 1")
    stops = tuple(network.index(id_) for id_ in (a, *_listed(via), b))
    avoid = [network.index(id_) for id_ in _listed(avoiding)]
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
    question = _Question(
        network=network,
        by=by,
        k=k,
        stops=stops,
        passage=passage,
        dated=_dated(passage, by, in_time, since, until, via=len(stops) > 2),
        max_hops=max_hops,
        bounded=bool(passage.closed.size) or passage.facts is not None or in_time is not None,
        work=Work(budget),
    )
    found = _found(question)
    if not found:
        raise NotFoundError(_no_path(question))
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
        raise NotFoundError(_unconnected(network, source, target, max_hops))
    return ShortestPaths(network, routes)


def _found(question: _Question) -> list[Found]:
    if len(question.stops) > 2:
        return _found_via(question)
    source, target = question.stops
    search = question.search(target, passage=question.passage, limit=question.limit)
    return taken(in_order(search, source), question.k, question.work)


def _found_via(question: _Question) -> list[Found]:
    """Loopless ones if there are; else the best walk whose parts are loopless."""
    loopless: list[Found] = []
    walk = None
    for found in _joined(question, apart=True):
        if len(set(found.route)) < len(found.route):
            walk = walk or found
            continue
        loopless.append(found)
        question.work.found += 1
        if len(loopless) == question.k:
            break
    if not loopless and walk is None:  # only by passing a node of `via` out of its turn
        walk = next(_joined(question, apart=False), None)
    return loopless or ([walk] if walk else [])


def _joined(question: _Question, *, apart: bool) -> Iterator[Found]:
    """Routes by way of the stops, within the limit of hops; `apart`: no leg meets other stops."""
    legs = list(pairwise(question.stops))
    longest = question.limit - len(legs) + 1
    if longest < 1:
        return
    searches = []
    for source, target in legs:
        passage = question.passage
        if apart:
            passage = passage.without(set(question.stops) - {source, target})
        searches.append((question.search(target, passage=passage, limit=longest), source))
    for found in by_way_of(searches, tries=_TRIES):
        if len(found.route) - 1 <= question.limit:
            yield found


def _path(question: _Question, found: Found) -> Path:
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
        dates=tuple(_iso(step.day) for step in walked),
    )


def _value(by: PathsBy, found: Found) -> float:
    if by == "confidence":
        return math.exp(-found.key[0])
    return abs(found.key[0])


def _hop(question: _Question, i: int, j: int, step: Step | None) -> Hop:
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


def _iso(day: int) -> str:
    """A day as a date; the 31st of a shorter month is its last day.

    >>> _iso(20230431)
    '2023-04-30'
    """
    year, month, of_month = day // 10_000, day // 100 % 100, day % 100
    last = monthrange(max(year, 1), month)[1]
    return f"{year:04}-{month:02}-{min(of_month, last):02}"


def _dated(
    passage: Passage,
    by: PathsBy,
    in_time: Order | None,
    since: str | None,
    until: str | None,
    *,
    via: bool,
) -> Dated | None:
    if by not in (*BY, "arrival"):
        raise ConfigurationError(f"paths: by {by!r} is unknown; choose from {BY} or 'arrival'")
    if by != "arrival" and in_time is None:
        return None
    if in_time not in (None, "possible", "certain"):
        raise ConfigurationError(f"paths: in_time {in_time!r} is neither 'possible' nor 'certain'")
    if by not in ("hops", "arrival") or via:
        what = "via" if via else f"by {by!r}"
        raise ConfigurationError(
            f"paths: {what} and paths in time do not go together; give by 'hops' or 'arrival', "
            "without via"
        )
    return dated(passage, order=in_time or "possible", since=since, until=until)


def _listed(ids: Iterable[str]) -> tuple[str, ...]:
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


def _no_path(question: _Question) -> str:
    network, (source, *via, target) = question.network, question.stops
    labels = network.components
    if len({int(labels[stop]) for stop in question.stops}) > 1 or not (question.bounded or via):
        apart = next((s for s in via if labels[s] != labels[source]), target)
        return _unconnected(network, source, apart, question.max_hops)
    names = " and ".join(network.nodes[i].name for i in (source, target))
    return (
        f"no path between {names} that meets all conditions, though the network connects them; "
        "allow more kinds, sectors, facts, dates or hops, avoid fewer, or name fewer to pass"
    )


def _unconnected(network: Network, source: int, target: int, max_hops: int | None) -> str:
    import numpy as np

    a, b = network.nodes[source], network.nodes[target]
    labels = network.components
    sizes = np.bincount(labels)
    if labels[source] == labels[target]:
        return (
            f"no path of at most {max_hops} hops between {a.name} and {b.name}, though a longer "
            f"one exists; raise max_hops"
        )
    largest = ", ".join(str(size) for size in sizes[:5]) + (", …" if len(sizes) > 5 else "")
    return (
        f"no path between {a.name} (in a component of {sizes[labels[source]]} nodes) and {b.name} "
        f"({sizes[labels[target]]} nodes); the network has {len(sizes)} components: {largest}; "
        "widen the view (kinds, dates, confidence, persons)"
    )
