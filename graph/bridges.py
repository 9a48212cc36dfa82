"""Which organizations connect the sectors and the regions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from trihelix.graph.centrality import betweenness
from trihelix.graph.explain import Sentence, sentences
from trihelix.graph.network import Network
from trihelix.graph.projection import Fact
from trihelix.graph.snapshot import StoredEvent
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """An organization between others: the sectors and places it connects, and a sentence of proof.

    `score` is its normalized betweenness. `sentence` tells of an event that brings its neighbours
    of different sectors together, or else of one of its links.
    """

    rank: int
    node: Node
    score: float
    neighbours: int
    sectors: tuple[str, ...]
    places: tuple[str, ...]
    sentence: Sentence | None


def bridges(
    network: Network, top: int = 10, *, samples: int | None = None, seed: int = 0
) -> tuple[Bridge, ...]:
    """The organizations that lie on most shortest paths between others; those on none left out.

    Equal scores are in the order of their ids. `samples` and `seed` are those of `betweenness`.

    Raises:
        ConfigurationError: when `top` is below 1.
    """
    if top < 1:
        raise ConfigurationError(f"bridges: top {top} is less than 1")
    scores = betweenness(network, samples=samples, seed=seed)
    order = np.argsort(-scores.round(12), kind="stable")
    chosen = [i for i in order.tolist() if scores[i] > 0 and _sector(network.nodes[i])][:top]
    return tuple(
        _bridge(network, index, rank, score=float(scores[index]))
        for rank, index in enumerate(chosen, start=1)
    )


def _bridge(network: Network, index: int, rank: int, *, score: float) -> Bridge:
    near = [network.nodes[i] for i in network.neighbours(index)]
    return Bridge(
        rank=rank,
        node=network.nodes[index],
        score=score,
        neighbours=len(near),
        sectors=tuple(sorted({s for s in map(_sector, near) if s})),
        places=tuple(sorted({n.place for n in near if n.place})),
        sentence=_proof(network, index),
    )


def _proof(network: Network, index: int) -> Sentence | None:
    """The most telling sentence of the fact that joins most pairs of different sectors."""
    facts = {id(f): f for e in network.links_of(index) for f in network.facts_of(int(e))}
    best = min(facts.values(), key=lambda fact: _weakness(network, fact, index), default=None)
    if best is None:
        return None
    own, nodes = network.nodes[index], network.snapshot.nodes
    naming = (own, own, *(nodes[i] for i in sorted(_ends(best))))  # the bridge counts double
    return next(iter(sentences(network.snapshot, best, naming=naming)), None)


def _weakness(network: Network, fact: Fact, index: int) -> tuple[float | str, ...]:
    own = network.nodes[index].id
    others = [_sector(network.snapshot.nodes[i]) for i in _ends(fact) if i != own]
    joined = {frozenset(p) for p in combinations([s for s in others if s], 2) if p[0] != p[1]}
    planned = isinstance(fact, StoredEvent) and fact.status != "completed"
    event = isinstance(fact, StoredEvent)
    key = fact.id if isinstance(fact, StoredEvent) else fact.document
    return (-min(len(joined), 1), planned, not event, -len(joined), -fact.confidence, key)


def _ends(fact: Fact) -> set[str]:
    if isinstance(fact, StoredEvent):
        return {p.entity for p in fact.participants}
    return {fact.source, fact.target}


def _sector(node: Node) -> str | None:
    return vocabulary().sector(node.kind)
