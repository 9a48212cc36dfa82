"""Paths in time: every hop is told by a fact that is not earlier than the fact of the hop before.

What spreads from node to node (a technology, a practice, a rumour) can only follow such paths.
Sources: D. Kempe, J. Kleinberg and A. Kumar, Connectivity and inference problems for temporal
networks, J. Computer and System Sciences 64, 2002; P. Holme and J. Saramäki, Temporal networks,
Physics Reports 519, 2012.

Dates are often known to the month or year only. A path is possible when some choice of days within
the dates of its facts is in order; it is certain when every choice is. Several hops on one day are
in order.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from trihelix.graph.network import Network
from trihelix.graph.passage import LATEST, Passage, links_of_support, read_only
from trihelix.graph.searches import Contacts, Found, Key, Route, links_of, soonest_route
from trihelix.graph.view import day_range
from trihelix.graph.workshop import Work

Order = Literal["possible", "certain"]


class Step(NamedTuple):
    """A hop in time: the link, the fact that tells it, and the day that it is taken (yyyymmdd)."""

    link: int
    fact: int
    day: int


class Dated(NamedTuple):
    """The dated facts of links: contact c is fact `facts[c]`; see `Contacts`."""

    contacts: Contacts
    facts: np.ndarray[Any, np.dtype[np.int64]]


class ByTime:
    """Soonest arrival, of those the fewest hops; or with `fewest` the other way round.

    The key is (day of arrival, hops), or (hops, day of arrival).
    """

    def __init__(
        self,
        network: Network,
        target: int,
        *,
        fewest: bool,
        dated: Dated,
        passage: Passage,
        limit: int,
        work: Work,
    ) -> None:
        self._network, self._target, self._fewest = network, target, fewest
        self._dated, self._passage, self._limit, self._work = dated, passage, limit, work

    def best(self, root: Route, banned: frozenset[int] = frozenset()) -> Found | None:
        walked = steps(self._network, root, self._dated)
        route = soonest_route(
            self._network,
            root,
            banned,
            self._target,
            contacts=self._dated.contacts,
            closed=self._passage.closed,
            limit=self._limit - len(root) + 1,
            work=self._work,
            start=float(walked[-1].day if walked else 0),
            any_arrival=self._fewest,
        )
        if route is None:
            return None
        day, hops = steps(self._network, route, self._dated)[-1].day, len(route) - 1
        return Found((hops, day) if self._fewest else (day, hops), route)

    def joined(self, keys: list[Key]) -> Key:
        return keys[-1]


def dated(
    passage: Passage,
    *,
    order: Order = "possible",
    since: str | None = None,
    until: str | None = None,
) -> Dated:
    """The dated facts that a passage allows, each cut to the days from `since` to `until`.

    Facts without a known year are left out.
    """
    network = passage.network
    facts, link = network.support.astype(np.int64), links_of_support(network)
    first, last = network.facts.days[facts].T
    kept = last > 0
    if passage.facts is not None:
        kept &= passage.facts[facts]
    first = np.maximum(first, day_range(since)[0])
    last = np.minimum(last, day_range(until)[1] or LATEST)
    at = np.lexsort((facts, first, link))
    at = at[kept[at]]
    ptr: Any = read_only(np.searchsorted(link[at], np.arange(network.size + 1)), np.int32)
    soonest, latest = (first, last) if order == "possible" else (last, first)
    until_: Any = read_only(latest[at], np.float64)
    before: Any = read_only(soonest[at], np.float64)
    return Dated(Contacts(ptr, until_, before), facts[at])


def steps(network: Network, route: Route, dated: Dated) -> list[Step]:
    """The hops of a route, each as soon as can be; the route must be one in time."""
    (ptr, until, before), found, day = dated.contacts, [], 0
    for link in links_of(network, route):
        open_ = [c for c in range(int(ptr[link]), int(ptr[link + 1])) if until[c] >= day]
        contact = min(open_, key=lambda c: (max(day, before[c]), c))
        day = max(day, int(before[contact]))
        found.append(Step(link, int(dated.facts[contact]), day))
    return found
