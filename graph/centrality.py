"""Who is central: measures on a network, and rankings by them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trihelix.graph import brokerage
from trihelix.graph.betweenness import (
    EXACT_NODES,
    SAMPLES,
    Betweenness,
    betweenness,
    edge_betweenness,
    estimate,
)
from trihelix.graph.closeness import closeness, harmonic
from trihelix.graph.network import Network, View
from trihelix.graph.roles import participation
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.structure import clustering, core_numbers
from trihelix.graph.walks import eigenvector, katz, pagerank
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "EXACT_NODES",
    "MEASURES",
    "SAMPLES",
    "Betweenness",
    "betweenness",
    "centrality",
    "closeness",
    "degree",
    "edge_betweenness",
    "eigenvector",
    "estimate",
    "harmonic",
    "katz",
    "options_of",
    "pagerank",
    "rank",
    "strength",
]

Floats = NDArray[np.float64]


def degree(network: Network, *, normalized: bool = True) -> Floats:
    """The number of neighbours; normalized, as a share of the n - 1 possible ones.

    Source: L. Freeman, Centrality in social networks, Social Networks 1, 1978.
    """
    found = network.degree.astype(np.float64)
    return found / (len(network) - 1) if normalized and len(network) > 1 else found


def strength(network: Network, *, normalized: bool = True) -> Floats:  # noqa: ARG001
    """The sum of the weights of a node's links; never normalized.

    With Newman's weights and events only, this is the number of events with a partner. Source: M.
    Newman, Scientific collaboration networks II, Phys. Rev. E 64, 016132, 2001.
    """
    return np.bincount(
        network.ends.ravel(), np.repeat(network.weights, 2), minlength=len(network)
    ).astype(np.float64)


Measure = Callable[..., Floats]


def _unscaled(measure: Callable[..., Any]) -> Measure:
    """A measure that has one scale only, whether normalized or not."""

    @wraps(measure)
    def scored(network: Network, *, normalized: bool = True, **options: Any) -> Floats:  # noqa: ARG001
        return np.asarray(measure(network, **options), dtype=np.float64)

    return scored


MEASURES: dict[str, Measure] = {
    "degree": degree,
    "strength": strength,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "closeness": closeness,
    "harmonic": harmonic,
    "eigenvector": eigenvector,
    "katz": katz,
    "constraint": _unscaled(brokerage.constraint),
    "effective_size": _unscaled(brokerage.effective_size),
    "efficiency": _unscaled(brokerage.efficiency),
    "hierarchy": _unscaled(brokerage.hierarchy),
    "core": _unscaled(core_numbers),
    "clustering": _unscaled(clustering),
    "participation": _unscaled(participation),
}


def centrality(
    network: Network, measure: str, *, normalized: bool = True, **options: Any
) -> Floats:
    """A measure by its name, shape (n,), in the order of `network.nodes`.

    `options` go to the measure, as `weighted`, or `samples` and `seed` of betweenness.

    Raises:
        ConfigurationError: for an unknown measure, an option that it does not have, or a value that
            the option cannot take.
    """
    return _function(measure, options)(network, normalized=normalized, **options)


def options_of(measure: str) -> tuple[str, ...]:
    """The names of the options of a measure, which all have defaults.

    Raises:
        ConfigurationError: for an unknown measure.
    """
    if measure not in MEASURES:
        raise ConfigurationError(
            f"measure {measure!r} is unknown; choose from {', '.join(MEASURES)}"
        )
    known = inspect.signature(MEASURES[measure]).parameters
    return tuple(name for name in known if name not in _NO_OPTIONS)


_NO_OPTIONS = {"network", "normalized", "nodes"}  # `nodes` changes the shape


def _function(measure: str, options: dict[str, Any]) -> Measure:
    known = options_of(measure)
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise ConfigurationError(
            f"measure {measure} has no option {', '.join(unknown)}; it has "
            f"{', '.join(known) or 'none'}"
        )
    return MEASURES[measure]


def rank(
    network: Network | Snapshot,
    by: str = "betweenness",
    *,
    top: int | None = None,
    kinds: Iterable[str] | None = None,
    sectors: Iterable[str] | None = None,
    place: str | None = None,
    normalized: bool = True,
    **options: Any,
) -> pd.DataFrame:
    """The most central nodes: rank, name, kind, sector, place, score, id.

    The measure sees the whole network; `kinds`, `sectors` and `place` (a part of the place's name)
    choose the rows. Equal scores share a rank and are in order of their ids. Constraint ranks the
    lowest first, as that is where brokers are; nodes without a value are left out.

    Betweenness that was sampled has the half-width of its bound in a column `plus_minus`, and
    `attrs["sampled"]` says how: method, samples, seed, confidence and the bound for all, error.

    Raises:
        ConfigurationError: for an unknown measure or option, or a `top` below 1.
    """
    import pandas as pd

    if top is not None and top < 1:
        raise ConfigurationError(f"rank: top {top} is less than 1")
    if isinstance(network, Snapshot):
        network = Network.of(network, View())
    function, found = _function(by, options), None
    if function is betweenness:
        found = estimate(network, normalized=normalized, **options)
    scores = found.scores if found else function(network, normalized=normalized, **options)
    table = pd.DataFrame(
        {
            "name": network.nodes.names,
            "kind": network.nodes.kind_list,
            "sector": network.nodes.sectors,
            "place": network.nodes.places,
            "score": scores,
            "id": network.nodes.ids,
        }
    )
    if found and found.method != "exact":
        table.insert(5, "plus_minus", found.half_width)
        table.attrs["sampled"] = _how(found)
    table = _chosen(table, kinds, sectors, place).dropna(subset=["score"])
    ascending = by == "constraint"
    rounded = table["score"].round(12)  # a difference in the last digits is no difference in rank
    table.insert(0, "rank", rounded.rank(method="min", ascending=ascending).astype(int))
    return table.sort_values(["rank", "id"]).head(top or len(table)).reset_index(drop=True)


def _how(found: Betweenness) -> dict[str, Any]:
    facts = asdict(found)
    arrays = ("scores", "half_width")
    return {k: v for k, v in facts.items() if k not in arrays} | {"error": found.error}


def _chosen(
    table: pd.DataFrame,
    kinds: Iterable[str] | None,
    sectors: Iterable[str] | None,
    place: str | None,
) -> pd.DataFrame:
    if kinds is not None:
        wanted = set(kinds)
        labels = table["kind"].map(vocabulary().label)
        table = table[table["kind"].isin(wanted) | labels.isin(wanted)]
    if sectors is not None:
        table = table[table["sector"].isin(set(sectors))]
    if place is not None:
        table = table[table["place"].fillna("").str.contains(place, regex=False)]
    return table.copy()
