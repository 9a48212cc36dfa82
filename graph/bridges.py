"""Which institutions connect sectors, regions or communities: the planner's question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.betweenness import betweenness
from trihelix.graph.brokerage import constraint
from trihelix.graph.columns import Fact
from trihelix.graph.explain import Sentence, sentences
from trihelix.graph.groups import By, Groups
from trihelix.graph.network import Network
from trihelix.graph.roles import brokerage
from trihelix.graph.snapshot import StoredEvent
from trihelix.graph.stability import Stability, ranks, stability
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

COMPONENTS = ("betweenness", "brokerage", "constraint")
THRESHOLDS = (0.5, 0.7, 0.9)
RESAMPLES = 50
RESAMPLED_NODES = 5_000  # networks up to this size are resampled unless told otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """An organization between others: what it connects, how it scored, and a sentence of proof.

    `score` is the weighted mean of its standings in the three components: the share of the linked
    organizations that do worse (of equals, half). `betweenness` is normalized; `brokerage` counts
    the pairs of neighbours, not linked to each other, that it joins across groups (None for an
    organization of no group, which is scored by the others); `constraint` is Burt's, low for
    bridges. `groups` are those of its neighbours, and `sectors` and `places`
    likewise. `low` and `high` are the ranks that 90% of the resampled sets of documents give it,
    `by_confidence` its rank by least confidence of a link's best fact (None: without links then).
    `sentence` tells of an event that brings its neighbours of different sectors together, or else
    of one of its links.
    """

    rank: int
    node: Node
    score: float
    betweenness: float
    brokerage: int | None
    constraint: float
    standings: Mapping[str, float]
    neighbours: int
    groups: tuple[str, ...]
    sectors: tuple[str, ...]
    places: tuple[str, ...]
    low: int
    high: int
    by_confidence: Mapping[float, int | None]
    sentence: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The components of every node, each shape (n,); standings have NaN for isolated nodes."""

    betweenness: Floats
    brokerage: Floats
    constraint: Floats
    standings: Mapping[str, Floats]
    score: Floats


def bridges(
    network: Network,
    top: int = 10,
    *,
    by: By = "sector",
    weights: Mapping[str, float] | None = None,
    samples: int | None = None,
    resamples: int | None = None,
    thresholds: Sequence[float] = THRESHOLDS,
    seed: int = 0,
) -> tuple[Bridge, ...]:
    """The organizations that connect the others, the best first; those on no path left out.

    Three views of one thing are joined, each shown: betweenness (between all others), brokerage
    across groups (the gatekeeper, representative, liaison and itinerant pairs of Gould and
    Fernandez, each pair once) and a low constraint (Burt's structural holes). `by` names the
    groups (`Network.groups`), `weights` how much each component counts (1 each unless given).
    Equal scores share a rank and are in the order of their ids.

    `samples` and `seed` are those of `betweenness`. `resamples` sets of documents tell how stable
    the ranks are (`stability`): 50 on networks of up to 5,000 nodes, else none unless asked for.

    Raises:
        ConfigurationError: when `top` is below 1, for an unknown grouping or component, or
            weights that are negative or all 0.
    """
    if top < 1:
        raise ConfigurationError(f"bridges: top {top} is less than 1")
    weights, groups = _checked(weights), network.groups(by)
    labels = tuple(groups.names[c] if c >= 0 else None for c in groups.codes.tolist())

    def parts(of: Network) -> _Parts:
        return _measured(of, labels, weights, samples=samples, seed=seed)

    found = parts(network)
    if resamples is None:
        resamples = RESAMPLES if len(network) <= RESAMPLED_NODES else 0
    sure = stability(
        network,
        lambda of: parts(of).score,
        resamples=resamples,
        thresholds=thresholds,
        seed=seed,
    )
    order = np.lexsort((np.arange(len(network)), -np.nan_to_num(found.score, nan=-1.0).round(12)))
    eligible = [i for i in order.tolist() if found.betweenness[i] > 0 and _sector(network, i)]
    place = ranks(found.score)
    return tuple(_bridge(network, i, int(place[i]), found, groups, sure) for i in eligible[:top])


def bridge_table(found: Sequence[Bridge]) -> pd.DataFrame:
    """Bridges as a table, one row each, the standings as columns `<component>_standing`."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "rank": b.rank,
                "name": b.node.name,
                "kind": b.node.kind,
                "place": b.node.place,
                "score": b.score,
                "betweenness": b.betweenness,
                "brokerage": b.brokerage,
                "constraint": b.constraint,
                **{f"{name}_standing": b.standings.get(name) for name in COMPONENTS},
                "rank_low": b.low,
                "rank_high": b.high,
                "groups": ", ".join(b.groups),
                "evidence": b.sentence.quote if b.sentence else None,
                "id": b.node.id,
            }
            for b in found
        ]
    )


def _checked(weights: Mapping[str, float] | None) -> dict[str, float]:
    given = dict.fromkeys(COMPONENTS, 1.0) if weights is None else dict(weights)
    for name in given.keys() - set(COMPONENTS):
        raise ConfigurationError(
            f"bridges: component {name!r} is unknown; choose from {', '.join(COMPONENTS)}"
        )
    if any(weight < 0 for weight in given.values()) or not sum(given.values()) > 0:
        raise ConfigurationError(f"bridges: weights {given} must be 0 or more, and one above 0")
    return {name: given.get(name, 0.0) for name in COMPONENTS}


def _measured(
    network: Network,
    labels: tuple[str | None, ...],
    weights: Mapping[str, float],
    *,
    samples: int | None,
    seed: int,
) -> _Parts:
    linked = network.degree > 0
    between = betweenness(network, samples=samples, seed=seed)
    roles = brokerage(network, labels).raw  # ordered pairs; column 0 is that within one group
    across = (roles[:, 5] - roles[:, 0]) / 2
    tied = constraint(network)
    standings = {
        "betweenness": _standing(between, linked),
        "brokerage": _standing(across, linked),
        "constraint": _standing(-tied, linked),
    }
    table = np.stack([standings[name] for name in COMPONENTS])
    weight = np.where(np.isnan(table), 0.0, np.array([[weights[name]] for name in COMPONENTS]))
    total = weight.sum(axis=0)
    score = np.divide(
        (weight * np.nan_to_num(table)).sum(axis=0),
        total,
        out=np.full(len(network), np.nan),
        where=total > 0,
    )
    return _Parts(
        betweenness=between, brokerage=across, constraint=tied, standings=standings, score=score
    )


def _standing(values: Floats, linked: NDArray[np.bool_]) -> Floats:
    """The share of the linked nodes with a lower value, equals counting half, itself left out."""
    counted = linked & ~np.isnan(values)
    known = np.sort(values[counted].round(12))
    below = np.searchsorted(known, values.round(12), side="left")
    equal = np.searchsorted(known, values.round(12), side="right") - below
    found: Floats = (below + (equal - 1) / 2) / max(known.size - 1, 1)
    return np.where(counted, found, np.nan)


def _bridge(
    network: Network, index: int, rank: int, parts: _Parts, groups: Groups, sure: Stability
) -> Bridge:
    near = network.neighbours(index)
    nodes = [network.nodes[i] for i in near.tolist()]
    sectors = {s for i in near.tolist() if (s := _sector(network, i))}
    codes = sorted({c for c in groups.codes[near].tolist() if c >= 0})
    by_confidence = zip(sure.thresholds, sure.by_confidence[:, index].tolist(), strict=True)
    return Bridge(
        rank=rank,
        node=network.nodes[index],
        score=float(parts.score[index]),
        betweenness=float(parts.betweenness[index]),
        brokerage=None if np.isnan(across := float(parts.brokerage[index])) else round(across),
        constraint=float(parts.constraint[index]),
        standings={
            name: value
            for name in COMPONENTS
            if not np.isnan(value := float(parts.standings[name][index]))
        },
        neighbours=len(nodes),
        groups=tuple(groups.names[code] for code in codes),
        sectors=tuple(sorted(sectors)),
        places=tuple(sorted({n.place for n in nodes if n.place})),
        low=int(sure.low[index]),
        high=int(sure.high[index]),
        by_confidence={threshold: rank or None for threshold, rank in by_confidence},
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
    own, nodes = network.nodes[index].id, network.snapshot.nodes
    others = [vocabulary().sector(nodes[i].kind) for i in _ends(fact) if i != own]
    joined = {frozenset(p) for p in combinations([s for s in others if s], 2) if p[0] != p[1]}
    planned = isinstance(fact, StoredEvent) and fact.status != "completed"
    event = isinstance(fact, StoredEvent)
    key = fact.id if isinstance(fact, StoredEvent) else fact.document
    return (-min(len(joined), 1), planned, not event, -len(joined), -fact.confidence, key)


def _ends(fact: Fact) -> set[str]:
    if isinstance(fact, StoredEvent):
        return {p.entity for p in fact.participants}
    return {fact.source, fact.target}


def _sector(network: Network, index: int) -> str | None:
    return vocabulary().sector(network.nodes[index].kind)
