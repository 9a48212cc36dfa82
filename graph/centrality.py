"""Who is central: measures on a network, and rankings by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.brandes import dependencies, distances
from trihelix.graph.network import Network, View
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.errors import ConfigurationError, TrihelixError
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

EXACT_NODES = 5_000  # networks up to this size get exact betweenness unless told otherwise
SAMPLES = 512

_DENSE = 64  # nodes up to which the whole spectrum is the simplest way to an eigenvector
_RESTARTS = 100  # of the Arnoldi iteration; collaboration networks need fewer than ten
_DAMPING, _TOLERANCE, _PASSES = 0.85, 1e-12, 1_000


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


def pagerank(network: Network, *, normalized: bool = True) -> Floats:
    """The share of time that a random walk over weighted links, with restarts, spends at a node.

    Damping 0.85, iterated until the change is below 1e-12; sums to 1, or to n when not normalized.
    Isolated nodes share their rank evenly. Source: S. Brin, L. Page, The anatomy of a large-scale
    hypertextual web search engine, Computer Networks 30, 1998.
    """
    n = len(network)
    out = strength(network)
    inverse = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    matrix, isolated = network.matrix(), out == 0
    rank = np.full(n, 1.0 / max(n, 1))
    for _ in range(_PASSES):
        before = rank
        spread = matrix @ (before * inverse) + before[isolated].sum() / max(n, 1)
        rank = _DAMPING * spread + (1 - _DAMPING) / max(n, 1)
        if np.abs(rank - before).sum() < _TOLERANCE:
            found: Floats = rank if normalized else rank * n
            return found
    raise TrihelixError(f"pagerank: no convergence to {_TOLERANCE} within {_PASSES} passes")


def betweenness(
    network: Network, *, normalized: bool = True, samples: int | None = None, seed: int = 0
) -> Floats:
    """How many shortest paths between other nodes pass through a node; links count 1 each.

    `samples` is the number of source nodes: all of them (exact) up to 5,000 nodes, 512 drawn with
    `seed` above; give n or more for an exact answer. A sampled value is unbiased (the sum over the
    drawn sources times n / samples). Normalized, as a share of the pairs of other nodes.

    Source: L. Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977;
    U. Brandes, On variants of shortest-path betweenness, Social Networks 30, 2008 (sampling).
    """
    n = len(network)
    if samples is not None and samples < 1:
        raise ConfigurationError(f"betweenness: samples {samples} is less than 1")
    wanted = samples or (n if n <= EXACT_NODES else SAMPLES)
    sources = np.arange(n)
    if wanted < n:
        sources = np.sort(np.random.default_rng(seed).choice(n, size=wanted, replace=False))
    total = dependencies(network, sources) * (n / max(sources.size, 1)) / 2
    return total / ((n - 1) * (n - 2) / 2) if normalized and n > 2 else total


def closeness(network: Network, *, normalized: bool = True) -> Floats:
    """The inverse mean distance to the nodes that a node reaches; links count 1 each.

    Normalized, it is scaled by the share of nodes reached, so that small components score low.
    Isolated nodes have 0. Source: L. Freeman, 1978; the scaling: S. Wasserman, K. Faust, Social
    Network Analysis, 1994, p. 201.
    """
    total, reached = (a.astype(np.float64) for a in distances(network))
    found = np.divide(reached, total, out=np.zeros(len(network)), where=total > 0)
    return found * reached / (len(network) - 1) if normalized and len(network) > 1 else found


def eigenvector(network: Network, *, normalized: bool = True) -> Floats:
    """The leading eigenvector of the weights of the largest component; 0 elsewhere.

    An eigenvector says nothing about nodes that no link joins, so it is defined on the component
    with the most nodes (of equal ones, that of the smallest id). Length 1, or largest value 1 when
    not normalized. Source: P. Bonacich, Power and centrality, Am. J. Sociology 92, 1987.

    Raises:
        TrihelixError: when it does not converge, as on a chain of thousands of nodes.
    """
    found = np.zeros(len(network))
    inside = np.flatnonzero(network.components == 0)
    if inside.size < 2:
        return found
    vector = np.abs(_leading(network.matrix()[inside][:, inside]))
    found[inside] = vector / (np.linalg.norm(vector) if normalized else vector.max())
    return found


def constraint(network: Network, *, normalized: bool = True) -> Floats:  # noqa: ARG001
    """How far a node's weighted links lead back to the same group; low values are brokers.

    Not a number for isolated nodes. Source: R. Burt, Structural holes and good ideas, Am. J.
    Sociology 110, 2004, in the form that networkx computes (indirect ties over all nodes).
    """
    weights, out = network.matrix(), strength(network)
    inverse = np.divide(1.0, out, out=np.zeros(len(network)), where=out > 0)
    share = weights.multiply(inverse[:, None]).tocsr()
    indirect = (share @ share).multiply(weights != 0)
    invested = (share + indirect).tocsr()
    found = np.asarray(invested.multiply(invested).sum(axis=1)).ravel()
    return np.where(out > 0, found, np.nan)


Measure = Callable[..., Floats]

MEASURES: dict[str, Measure] = {
    "degree": degree,
    "strength": strength,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "constraint": constraint,
}


def centrality(
    network: Network, measure: str, *, normalized: bool = True, **options: Any
) -> Floats:
    """A measure by its name, shape (n,), in the order of `network.nodes`.

    `options` go to the measure: `samples` and `seed` of betweenness.

    Raises:
        ConfigurationError: for an unknown measure, or an option that it does not have.
    """
    try:
        function = MEASURES[measure]
    except KeyError:
        raise ConfigurationError(
            f"measure {measure!r} is unknown; choose from {', '.join(MEASURES)}"
        ) from None
    if options and function is not betweenness:
        raise ConfigurationError(f"measure {measure} has no option {', '.join(sorted(options))}")
    return function(network, normalized=normalized, **options)


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

    Raises:
        ConfigurationError: for an unknown measure or option, or a `top` below 1.
    """
    import pandas as pd

    if top is not None and top < 1:
        raise ConfigurationError(f"rank: top {top} is less than 1")
    if isinstance(network, Snapshot):
        network = Network.of(network, View())
    scores = centrality(network, by, normalized=normalized, **options)
    table = pd.DataFrame(
        {
            "name": [node.name for node in network.nodes],
            "kind": [node.kind for node in network.nodes],
            "sector": [vocabulary().sector(node.kind) for node in network.nodes],
            "place": [node.place for node in network.nodes],
            "score": scores,
            "id": [node.id for node in network.nodes],
        }
    )
    table = _chosen(table, kinds, sectors, place).dropna(subset=["score"])
    ascending = by == "constraint"
    rounded = table["score"].round(12)  # a difference in the last digits is no difference in rank
    table.insert(0, "rank", rounded.rank(method="min", ascending=ascending).astype(int))
    return table.sort_values(["rank", "id"]).head(top or len(table)).reset_index(drop=True)


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


def _leading(matrix: Any) -> Floats:
    if matrix.shape[0] <= _DENSE:
        vectors: Floats = np.linalg.eigh(matrix.toarray())[1]
        return vectors[:, -1]
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    n = matrix.shape[0]
    start = np.full(n, 1.0 / n)  # without it the answer would vary
    try:
        found: Floats = eigsh(matrix, k=1, which="LA", v0=start, ncv=min(n, 64), maxiter=_RESTARTS)[
            1
        ]
    except ArpackNoConvergence as error:
        raise TrihelixError(
            f"eigenvector: no convergence on a component of {n} nodes, which must be a very long "
            "chain; use pagerank or closeness instead"
        ) from error
    return found[:, 0]
