"""What is measured of the networks of one snapshot, each at most once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.api.memo import Memo
from trihelix.graph import brokerage as holes
from trihelix.graph import (
    centrality,
    communities,
    helix,
    mixing,
    paths,
    prediction,
    removal,
    roles,
    structure,
    trend,
)
from trihelix.graph.bridges import Bridge, bridges
from trihelix.graph.columns import Columns
from trihelix.graph.network import Network
from trihelix.graph.view import View
from trihelix.schema.records import Node

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Options = tuple[tuple[str, Any], ...]
Row = Mapping[str, Any]
Rows = tuple[Row, ...]

LISTED = 100
"""Pieces, cut-off pairs and replacements that a removal keeps; pages show parts of them."""
_KEPT = 32
_HELD = 8  # of results that hold their network


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A node's place in a ranking; `plus_minus` bounds the error of a sampled score."""

    rank: int
    score: float
    node: Node
    plus_minus: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How a measure was sampled; `error` bounds that of all nodes together."""

    method: str
    samples: int
    seed: int
    confidence: float
    error: float


class RankingOf(NamedTuple):
    """The rows of a ranking, the best first, and how they were sampled, if they were."""

    rows: tuple[Ranked, ...]
    sampled: Sampled | None


class Shortest(NamedTuple):
    """The first of all shortest paths, and how many there are."""

    total: int
    hops: int
    paths: tuple[paths.Path, ...]


class Holes(NamedTuple):
    """Burt's measures of every node, each shape (n,)."""

    constraint: Floats
    effective_size: Floats
    efficiency: Floats
    hierarchy: Floats


class BrokerageOf(NamedTuple):
    """Brokerage, part in groups, and links within the own group, (n,) each."""

    found: roles.Brokerage
    z: Floats
    participation: Floats
    within: Floats


class Communities(NamedTuple):
    """The members of each community by number, those of most links first."""

    modularity: float
    members: tuple[NDArray[np.int64], ...]


class Measures:
    """Results by view and options; `network` and `columns` give what they are measured on."""

    def __init__(self, network: Callable[[View], Network], columns: Callable[[], Columns]) -> None:
        self._network, self._columns = network, columns
        self.paths = Memo(self._paths, size=_KEPT)
        self.all_shortest = Memo(self._all_shortest, size=_KEPT)
        self.ranking = Memo(self._ranking, size=_KEPT)
        self.bridges = Memo(self._bridges, size=_KEPT)
        self.holes = Memo(self._holes, size=_KEPT)
        self.brokerage = Memo(self._brokerage, size=_HELD)
        self.communities = Memo(self._communities, size=_KEPT)
        self.mixing = Memo(self._mixing, size=_KEPT)
        self.helix = Memo(self._helix, size=_KEPT)
        self.predicted = Memo(self._predicted, size=_KEPT)
        self.candidates = Memo(self._candidates, size=4 * _KEPT)
        self.removal = Memo(self._removal, size=_KEPT)
        self.critical = Memo(self._critical, size=_KEPT)
        self.trend = Memo(self._trend, size=_KEPT)
        self.turnover = Memo(self._turnover, size=_KEPT)
        self.seen = Memo(self._seen, size=_KEPT)
        self.transitivity = Memo(self._transitivity, size=_KEPT)
        self.diameter = Memo(self._diameter, size=_KEPT)
        self.cuts = Memo(self._cuts, size=_KEPT)

    def _paths(self, view: View, a: str, b: str, **options: Any) -> tuple[paths.Path, ...]:
        return paths.find_paths(self._network(view), a, b, **options)

    def _all_shortest(
        self, view: View, a: str, b: str, *, limit: int, max_hops: int | None
    ) -> Shortest:
        found = paths.all_shortest(self._network(view), a, b, limit=limit, max_hops=max_hops)
        return Shortest(found.total, found.routes.hops, tuple(islice(found, limit)))

    def _ranking(
        self,
        view: View,
        by: str,
        options: Options = (),
        *,
        sectors: tuple[str, ...] | None = None,
        place: str | None = None,
    ) -> RankingOf:
        network = self._network(view)
        table = centrality.rank(network, by, sectors=sectors, place=place, **dict(options))
        bound = table["plus_minus"].tolist() if "plus_minus" in table else [0.0] * len(table)
        columns = (table[name].tolist() for name in ("rank", "score", "id"))
        ranked = (
            Ranked(rank=at, score=score, node=_node(network, id_), plus_minus=error)
            for at, score, id_, error in zip(*columns, bound, strict=True)
        )
        how = table.attrs.get("sampled")
        return RankingOf(tuple(ranked), Sampled(**how) if how else None)

    def _bridges(
        self,
        view: View,
        top: int,
        by: str = "sector",
        weights: tuple[tuple[str, float], ...] | None = None,
        **options: Any,
    ) -> tuple[Bridge, ...]:
        chosen = None if weights is None else dict(weights)
        return bridges(self._network(view), top, by=by, weights=chosen, **options)

    def _holes(self, view: View, *, weighted: bool = True) -> Holes:
        network = self._network(view)
        size = holes.effective_size(network, weighted=weighted)
        return Holes(
            constraint=holes.constraint(network, weighted=weighted),
            effective_size=size,
            efficiency=size / np.maximum(network.degree, 1),
            hierarchy=holes.hierarchy(network, weighted=weighted),
        )

    def _brokerage(self, view: View, by: str) -> BrokerageOf:
        network = self._network(view)
        found = roles.brokerage(network, by)
        return BrokerageOf(
            found,
            found.z,
            roles.participation(network, by),
            roles.within_group_z(network, by),
        )

    def _communities(
        self, view: View, *, resolution: float = 1.0, weighted: bool = True, seed: int = 0
    ) -> Communities:
        network = self._network(view)
        labels = communities.communities(
            network, resolution=resolution, weighted=weighted, seed=seed
        )
        order = np.lexsort((np.arange(len(network)), -network.degree, labels))
        ends = np.cumsum(np.bincount(labels))
        return Communities(
            communities.modularity(network, labels, resolution=resolution, weighted=weighted),
            tuple(np.split(order, ends[:-1])) if len(network) else (),
        )

    def _mixing(self, view: View, by: str) -> Mapping[str, Any]:
        network = self._network(view)
        pairs = mixing.mixing(network, by)
        return {
            "pairs": rows(pairs.sort_values("links", ascending=False, kind="stable")),
            "groups": rows(mixing.ei_groups(network, by)),
            "assortativity": mixing.assortativity(network, by),
            "weighted": mixing.assortativity(network, by, weighted=True),
            "degree": mixing.degree_assortativity(network),
            "ei": mixing.ei_index(network, by),
        }

    def _helix(self, view: View, by: tuple[str, ...], unit: Any) -> Rows:
        return rows(helix.triple_helix(self._columns(), by=by, unit=unit, view=view))

    def _predicted(self, view: View, by: str, **options: Any) -> Rows:
        return rows(prediction.predict(self._network(view), by, **options))

    def _candidates(self, view: View, node: str, by: str, **options: Any) -> Rows:
        return rows(prediction.candidates(self._network(view), node, by, **options))

    def _removal(self, view: View, ids: tuple[str, ...], *, seed: int = 0) -> removal.Removal:
        return removal.what_if(self._network(view), ids, top=LISTED, listed=LISTED, seed=seed)

    def _critical(self, view: View) -> Rows:
        return rows(removal.most_critical(self._network(view), LISTED))

    def _trend(
        self,
        view: View,
        measure: str,
        options: Options,
        *,
        years: tuple[int, ...],
        span: Any,
        nodes: tuple[str, ...] | None,
        top: int,
    ) -> Rows:
        columns = self._columns()  # networks of single years would drive out those of views
        found = trend.series(
            lambda of: Network.of(columns, of),
            measure,
            view=view,
            years=years,
            span=span,
            nodes=nodes,
            top=top,
            **dict(options),
        )
        return rows(found)

    def _turnover(self, view: View, *, quiet: int) -> Rows:
        return rows(trend.turnover(self._network(view), quiet=quiet))

    def _seen(self, view: View) -> Mapping[str, Row]:
        return {row["id"]: row for row in rows(trend.seen(self._network(view)))}

    def _transitivity(self, view: View) -> float:
        return structure.transitivity(self._network(view))

    def _diameter(self, view: View) -> structure.Diameter | None:
        network = self._network(view)
        return structure.diameter(network) if len(network) else None

    def _cuts(self, view: View) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        network = self._network(view)
        return structure.cut_nodes(network), structure.cut_links(network)


def rows(table: pd.DataFrame) -> Rows:
    """The rows of a table as Python values."""
    return tuple({str(name): value for name, value in row.items()} for row in _records(table))


def _records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    found: list[dict[Any, Any]] = table.to_dict("records")
    return found


def _node(network: Network, id_: str) -> Node:
    return network.nodes[network.position[id_]]
