"""Where a path may go: through which nodes, over which links, told by which facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.columns import fact_kinds
from trihelix.graph.groups import Groups
from trihelix.graph.network import Network
from trihelix.graph.view import View, day_range
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.vocabulary import vocabulary

Float64 = NDArray[np.float64]
Bytes = NDArray[np.uint8]

LATEST = 99991231


def read_only(values: Any, dtype: type) -> Any:
    """A read-only array of this type of its own: kernels are compiled for those only."""
    found: NDArray[Any] = np.array(values, dtype=dtype, order="C")
    found.setflags(write=False)
    return found


NO_NODES: Bytes = read_only([], np.uint8)


@dataclass(frozen=True, kw_only=True, eq=False)
class Passage:
    """What paths on a network may use. Their ends are always open.

    `closed` has 1 for each node that is not walked through, or is empty; `facts` has True for each
    fact that may explain a link, or is None for all. Without such a fact a link is closed.
    """

    network: Network
    closed: Bytes
    facts: NDArray[np.bool_] | None

    @classmethod
    def of(
        cls,
        network: Network,
        *,
        avoiding: Iterable[int] = (),
        kinds: Iterable[str] | None = None,
        sectors: Iterable[str] | None = None,
        facts: Iterable[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Passage:
        """Through nodes of these kinds and sectors but those to avoid, by facts of these kinds.

        A fact counts when its date may lie between `since` and `until`, as in `View`.

        Raises:
            ConfigurationError: for an unknown kind or sector, or a date that is none.
        """
        return cls(
            network=network,
            closed=_closed(network, avoiding, kinds, sectors),
            facts=_kept(network, facts, View(since=since, until=until)),
        )

    def without(self, nodes: Iterable[int]) -> Passage:
        """The same with more nodes closed."""
        mask = self.closed.copy() if self.closed.size else np.zeros(len(self.network), np.uint8)
        mask[list(nodes)] = 1
        mask.setflags(write=False)
        return Passage(network=self.network, closed=mask, facts=self.facts)

    @cached_property
    def links(self) -> NDArray[np.bool_] | None:
        """True for each open link, shape (m,); None when all are open."""
        if self.facts is None:
            return None
        before = np.append(0, np.cumsum(self.facts[self.network.support]))
        ends = before[self.network.support_indptr]
        open_: NDArray[np.bool_] = ends[1:] > ends[:-1]
        return open_

    def allows(self, fact: int) -> bool:
        """Whether a fact, by its number, may explain a link."""
        return self.facts is None or bool(self.facts[fact])

    def confidences(self) -> Float64:
        """The highest confidence of the allowed facts of each link; 0 for a closed link."""
        network = self.network
        if self.facts is None:
            return network.confidences
        found = np.zeros(network.size)
        kept = self.facts[network.support]
        sure = network.facts.confidence[network.support[kept]]
        np.maximum.at(found, links_of_support(network)[kept], sure)
        return found

    def sources(self) -> Float64:
        """The number of documents that tell the allowed facts of each link; 0 for a closed link."""
        network = self.network
        if self.facts is None:
            return network.sources.astype(np.float64)
        kept = self.facts[network.support]
        document = network.facts.document[network.support[kept]].astype(np.int64)
        documents = int(document.max(initial=0)) + 1
        told = np.unique(links_of_support(network)[kept] * documents + document)
        return np.bincount(told // documents, minlength=network.size).astype(np.float64)

    def weights(self) -> Float64:
        """The weight of each link (of all its facts); 0 for a closed link."""
        weights = self.network.weights
        return weights if self.links is None else np.where(self.links, weights, 0.0)


def links_of_support(network: Network) -> NDArray[np.int64]:
    """The link of each place of `support`."""
    return np.repeat(np.arange(network.size), np.diff(network.support_indptr))


def _closed(
    network: Network,
    avoiding: Iterable[int],
    kinds: Iterable[str] | None,
    sectors: Iterable[str] | None,
) -> Bytes:
    avoid = list(avoiding)
    if not avoid and kinds is None and sectors is None:
        return NO_NODES
    mask = np.zeros(len(network), dtype=np.uint8)
    mask[avoid] = 1
    groups = network.groups("kind")
    words = vocabulary()
    if kinds is not None:
        wanted = set(View(kinds=tuple(_named(kinds))).kinds)
        mask |= _outside(groups, lambda kind: not wanted.isdisjoint((kind, words.label(kind))))
    if sectors is not None:
        chosen = _known("sector", sectors, {s for k in words.entities if (s := words.sector(k))})
        mask |= _outside(groups, lambda kind: words.sector(kind) in chosen)
    mask.setflags(write=False)
    return mask


def _outside(kinds: Groups, wanted: Callable[[str], bool]) -> Bytes:
    return np.array([not wanted(kind) for kind in kinds.names], dtype=np.uint8)[kinds.codes]


def _kept(network: Network, facts: Iterable[str] | None, view: View) -> NDArray[np.bool_] | None:
    told, mask = network.facts, None
    if facts is not None:
        words = vocabulary()
        wanted = _known("kind of fact", facts, {*words.relations, *words.events})
        mask = np.array([kind in wanted for kind in fact_kinds()])[told.kind]
    if view.since is not None or view.until is not None:
        first, last = told.days.T
        within = (last > 0) & (last >= day_range(view.since)[0])
        within &= first <= (day_range(view.until)[1] or LATEST)
        mask = within if mask is None else mask & within
    return mask


def _named(names: Iterable[str]) -> set[str]:
    return {names} if isinstance(names, str) else set(names)


def _known(what: str, names: Iterable[str], known: set[str]) -> set[str]:
    given = _named(names)
    for name in sorted(given - known):
        raise ConfigurationError(
            f"paths: unknown {what} {name!r}; known: {', '.join(sorted(known))}"
        )
    return given
