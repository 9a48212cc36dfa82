"""What is asked of paths, and the routes that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from trihelix.graph.chronology import ByTime, Dated, Order, dated
from trihelix.graph.kshortest import by_way_of, in_order
from trihelix.graph.network import Network
from trihelix.graph.passage import Passage
from trihelix.graph.routes import BY, By, search_by, taken
from trihelix.graph.searches import Found, Search
from trihelix.graph.workshop import Work
from trihelix.schema.errors import ConfigurationError

PathsBy = By | Literal["arrival"]

_TRIES = 500  # choices of ways from each node to the next that are looked at for loopless ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
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
        """The most hops; without `max_hops` more than any path has."""
        most = len(self.network) * (len(self.stops) - 1)
        return most if self.max_hops is None else self.max_hops

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


def answers(question: Question) -> list[Found]:
    if len(question.stops) > 2:
        return _found_via(question)
    source, target = question.stops
    search = question.search(target, passage=question.passage, limit=question.limit)
    return taken(in_order(search, source), question.k, question.work)


def _found_via(question: Question) -> list[Found]:
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


def _joined(question: Question, *, apart: bool) -> Iterator[Found]:
    """Routes by way of the stops, within the limit of hops; `apart`: no leg meets other stops."""
    stops = question.stops
    longest = question.limit - len(stops) + 2

    def search(leg: int, avoiding: frozenset[int]) -> Search:
        others = set(stops) - {stops[leg], stops[leg + 1]} if apart else set()
        passage = question.passage.without({*others, *avoiding})
        return question.search(stops[leg + 1], passage=passage, limit=longest)

    if longest > 0:
        for found in by_way_of(stops, search, tries=_TRIES):
            if len(found.route) - 1 <= question.limit:
                yield found


def contacts_for(
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


def why_none(question: Question) -> str:
    network, (source, *via, target) = question.network, question.stops
    labels = network.components
    if len({int(labels[stop]) for stop in question.stops}) > 1 or not (question.bounded or via):
        apart = next((s for s in via if labels[s] != labels[source]), target)
        return unconnected(network, source, apart, question.max_hops)
    names = " and ".join(network.nodes[i].name for i in (source, target))
    return (
        f"no path between {names} that meets all conditions, though the network connects them; "
        "allow more kinds, sectors, facts, dates or hops, avoid fewer, or name fewer to pass"
    )


def unconnected(network: Network, source: int, target: int, max_hops: int | None) -> str:
    a, b = network.nodes[source], network.nodes[target]
    labels = network.components
    sizes = np.bincount(labels)
    if labels[source] == labels[target] and max_hops is None:
        return (
            f"no path between {a.name} and {b.name} by links that all have sources and "
            "a confidence above 0, though others connect them; choose the best by hops"
        )
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
