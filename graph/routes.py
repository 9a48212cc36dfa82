"""Paths as plain tuples of node indices, for programs; graph/paths.py explains them to people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kshortest import in_order
from trihelix.graph.lengths import LengthBy
from trihelix.graph.network import Network
from trihelix.graph.passage import NO_NODES, Passage, read_only
from trihelix.graph.searches import ByHops, ByLength, ByWeakest, Found, Route, Search, Values
from trihelix.graph.workshop import BUDGET, Work, Workshop
from trihelix.schema.errors import ConfigurationError

By = Literal[
    "hops", "strength", "confidence", "weakest_strength", "weakest_confidence", "weakest_sources"
]

_BLOCK = 4096


def shortest_route(
    network: Network,
    a: int,
    b: int,
    *,
    passage: Passage | None = None,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> Route | None:
    """The first in order of indices of the routes of fewest hops; None without one.

    Raises:
        ConfigurationError: when both ends are the same, or the budget of links is spent.
    """
    search = search_by(
        "hops", network, b, passage=passage, max_hops=max_hops, work=_work(network, a, b, budget)
    )
    found = search.best((a,))
    return None if found is None else found.route


def cheapest_route(
    network: Network,
    a: int,
    b: int,
    *,
    by: LengthBy = "strength",
    passage: Passage | None = None,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> Route | None:
    """A route of the least sum of 1/weight, or of the highest product of confidences.

    Of equally good routes it is one with the fewest hops. Exact also with `max_hops`.

    Raises:
        ConfigurationError: when both ends are the same, or the budget of links is spent.
    """
    search = search_by(
        by, network, b, passage=passage, max_hops=max_hops, work=_work(network, a, b, budget)
    )
    found = search.best((a,))
    return None if found is None else found.route


def k_routes(
    network: Network,
    a: int,
    b: int,
    k: int,
    *,
    by: By = "hops",
    passage: Passage | None = None,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> list[Route]:
    """Up to `k` routes without loops, the best first (graph/kshortest.py).

    Raises:
        ConfigurationError: when both ends are the same, or the budget of links is spent.
    """
    work = _work(network, a, b, budget)
    search = search_by(by, network, b, passage=passage, max_hops=max_hops, work=work)
    return [found.route for found in taken(in_order(search, a), k, work)]


def widest_route(
    network: Network,
    a: int,
    b: int,
    *,
    by: Literal["weakest_strength", "weakest_confidence", "weakest_sources"] = "weakest_confidence",
    passage: Passage | None = None,
    max_hops: int | None = None,
    budget: int = BUDGET,
) -> Route | None:
    """The route whose weakest link is strongest; of those the fewest hops, then by indices.

    Raises:
        ConfigurationError: when both ends are the same, or the budget of links is spent.
    """
    found = k_routes(network, a, b, 1, by=by, passage=passage, max_hops=max_hops, budget=budget)
    return found[0] if found else None


class AllRoutes:
    """All routes of fewest hops between two nodes, written out as far as they are asked for.

    `total` says how many there are: exactly up to 2**53, about beyond. Iterating gives the first
    `limit` of them as tuples, in order of indices.
    """

    def __init__(self, hops: int, found: tuple[Any, ...], *, limit: int | None) -> None:
        self.hops, self.limit = max(hops, 0), limit
        self._nodes, self._ptr, self._following, routes = found
        self.total = int(routes[0]) if hops > 0 else 0

    def __len__(self) -> int:
        """How many are given: all, or as many as the limit allows."""
        return self.total if self.limit is None else min(self.total, self.limit)

    def __iter__(self) -> Iterator[Route]:
        for block in self.blocks():
            yield from map(tuple, block.tolist())

    def __str__(self) -> str:
        if len(self) == self.total:
            return f"{self.total:,} shortest paths of {self.hops} hops"
        about = "about " if self.total > 2**53 else ""
        return (
            f"the first {len(self):,} of {about}{self.total:,} shortest paths of {self.hops} hops; "
            "raise limit for more"
        )

    def array(self) -> NDArray[np.int32]:
        """All that are given as one array of shape (number, hops + 1)."""
        return next(self.blocks(len(self)), np.empty((0, self.hops + 1), np.int32))

    def blocks(self, size: int = _BLOCK) -> Iterator[NDArray[np.int32]]:
        """The same as arrays of up to `size` rows."""
        from trihelix.graph.kernels.paths import write_routes

        cursor = np.full(self.hops, -1, np.int32)
        for start in range(0, len(self), max(size, 1)):
            rows = np.empty((min(size, len(self) - start), self.hops + 1), np.int32)
            write_routes(self._nodes, self._ptr, self._following, cursor, rows)
            yield rows


def all_routes(
    network: Network,
    a: int,
    b: int,
    *,
    passage: Passage | None = None,
    max_hops: int | None = None,
    limit: int | None = None,
    budget: int = BUDGET,
) -> AllRoutes:
    """All routes of fewest hops; none when the nodes are not connected.

    Raises:
        ConfigurationError: when both ends are the same, or the budget of links is spent.
    """
    work = _work(network, a, b, budget)
    found = ByHops(network, b, passage=passage, limit=_limit(network, max_hops), work=work).every(a)
    return AllRoutes(found[0], found[2:], limit=limit)


def search_by(
    by: By,
    network: Network,
    target: int,
    *,
    passage: Passage | None,
    max_hops: int | None,
    work: Work,
) -> Search:
    """The search that `by` names.

    Raises:
        ConfigurationError: when there is none.
    """
    limit = _limit(network, max_hops)
    if by == "hops":
        return ByHops(network, target, passage=passage, limit=limit, work=work)
    if by in ("strength", "confidence"):
        return ByLength(network, target, by=by, passage=passage, limit=limit, work=work)
    if by in ("weakest_strength", "weakest_confidence", "weakest_sources"):
        values = _values(network, by.removeprefix("weakest_"), passage)
        return ByWeakest(network, target, values=values, passage=passage, limit=limit, work=work)
    raise ConfigurationError(f"paths: cannot order by {by!r}; choose from {', '.join(BY)}")


BY: tuple[By, ...] = By.__args__  # type: ignore[attr-defined]


def taken(routes: Iterator[Found], k: int, work: Work) -> list[Found]:
    """The first `k`, counted for the message that tells of a spent budget."""
    found = []
    for route in islice(routes, k):
        found.append(route)
        work.found += 1
    return found


def _values(network: Network, what: str, passage: Passage | None) -> Values:
    if passage is None or passage.facts is None:
        whole = Passage(network=network, closed=NO_NODES, facts=None)
        found: Values = Workshop.of(network).kept(
            f"weakest {what}", lambda: _values_of(whole, what)
        )
        return found
    return _values_of(passage, what)


def _values_of(passage: Passage, what: str) -> Values:
    made = {
        "strength": passage.weights,
        "confidence": passage.confidences,
        "sources": passage.sources,
    }
    each: Any = made[what]()
    if each is not passage.network.weights and each is not passage.network.confidences:
        each = read_only(each, np.float64)
    return Values(each, np.unique(each[each > 0.0]))


def _limit(network: Network, max_hops: int | None) -> int:
    return len(network) if max_hops is None else max_hops


def _work(network: Network, a: int, b: int, budget: int) -> Work:
    if a == b:
        raise ConfigurationError(
            f"paths: {network.nodes[a].name} is both ends; give two different nodes"
        )
    return Work(budget)
