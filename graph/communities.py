"""Communities: groups of nodes that are linked more among themselves than with others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trihelix.graph.kernels.order import renumber
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]

ITERATIONS = 3  # the second betters the modularity by some hundredths, the third by thousandths


_RUN, _DRAWN = 64, 1_024  # the longest run of nodes, the least number of runs


def communities(
    network: Network,
    *,
    resolution: float = 1.0,
    weighted: bool = True,
    seed: int = 0,
    iterations: int = ITERATIONS,
) -> Int32:
    """The number of the community of each node, shape (n,), by the Leiden algorithm.

    It looks for the division with the highest modularity; a higher `resolution` gives more and
    smaller communities. Every community is connected. 0 is the largest one; those of one size are
    in the order of their first node, and a node without links is alone. The nodes are visited in an
    order drawn with `seed`; the answer depends on nothing else, the number of threads included.
    Each iteration betters the answer of the one before it. A part joins its best neighbour (the
    limit of the paper's randomness towards 0).

    Raises:
        ConfigurationError: when `resolution` is not above 0, `iterations` is below 1, or a weight
            is not above 0.

    Source: V. Traag, L. Waltman, N. J. van Eck, From Louvain to Leiden: guaranteeing well-connected
    communities, Scientific Reports 9, 5233, 2019.
    """
    if iterations < 1:
        raise ConfigurationError(f"communities: iterations {iterations} is less than 1")
    _check(network, resolution, weighted=weighted)
    from trihelix.graph.kernels.leiden import split

    found = labels = np.arange(len(network), dtype=np.int32)
    if network.size:
        order = np.argsort(-network.degree, kind="stable").astype(np.int32)
        graph = _Level.first(network, order, resolution, weighted=weighted)
        random = np.random.default_rng(seed)
        for _ in range(iterations):
            labels = _iteration(graph, labels, random)
        found[order] = split(graph.indptr, graph.indices, labels)
    return ordered(found)


def modularity(
    network: Network, labels: ArrayLike, *, resolution: float = 1.0, weighted: bool = True
) -> float:
    """How much more weight lies within the groups than chance would put there.

    The share of the weight within groups minus `resolution` times its expectation when links are
    drawn with the strengths of their ends; between -1/2 and 1 at resolution 1, and 0 for a network
    without links. A label is any value; equal values are one group.

    Raises:
        ConfigurationError: when there is not one label for each node, or `resolution` or a weight
            is not above 0.

    Source: M. Newman, Analysis of weighted networks, Phys. Rev. E 70, 056131, 2004; the resolution:
    J. Reichardt, S. Bornholdt, Phys. Rev. E 74, 016110, 2006.
    """
    _check(network, resolution, weighted=weighted)
    groups = _groups(network, labels)
    if not network.size:
        return 0.0
    weights = network.weights if weighted else np.ones(network.size)
    left, right = groups[network.ends].T
    total = 2.0 * float(weights.sum())
    size = int(groups.max()) + 1
    mass = np.bincount(left, weights, size) + np.bincount(right, weights, size)
    inside = float(weights[left == right].sum())
    return 2.0 * inside / total - resolution * float(np.square(mass / total).sum())


def community_table(network: Network, *, resolution: float = 1.0, seed: int = 0) -> pd.DataFrame:
    """The nodes with their communities: community, size, name, kind, sector, place, degree, id.

    The largest community first, in it the nodes of most links. `attrs["modularity"]` says how good
    the division is.

    Raises:
        ConfigurationError: as for `communities`.
    """
    import pandas as pd

    labels = communities(network, resolution=resolution, seed=seed)
    nodes = network.nodes
    table = pd.DataFrame(
        {
            "community": labels,
            "size": np.bincount(labels)[labels],
            "name": nodes.names,
            "kind": nodes.kind_list,
            "sector": nodes.sectors,
            "place": nodes.places,
            "degree": network.degree,
            "id": nodes.ids,
        }
    )
    order = ["community", "degree", "id"]
    table = table.sort_values(order, ascending=[True, False, True]).reset_index(drop=True)
    table.attrs["modularity"] = modularity(network, labels, resolution=resolution)
    return table


def ordered(labels: NDArray[np.integer]) -> Int32:
    """Group numbers made stable: 0 is the largest group, equal ones by their first node.

    >>> ordered(np.array([7, 3, 3, 9])).tolist()
    [1, 0, 0, 2]
    """
    _, first, group, size = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(size.size, np.int32)
    number[np.lexsort((first, -size))] = np.arange(size.size, dtype=np.int32)
    found: Int32 = number[group]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """A network whose nodes are parts of the one before; a part's own links are in its strength."""

    indptr: Int32
    indices: Int32
    weights: Float64
    strength: Float64
    penalty: float  # the resolution over the sum of all strengths

    @classmethod
    def first(cls, network: Network, order: Int32, resolution: float, *, weighted: bool) -> _Level:
        """The network itself in this order of its nodes."""
        indptr, indices, link = renumber(network.indptr, network.indices, network.link, order)
        weights = network.weights[link] if weighted else np.ones(link.size)
        ends = np.repeat(np.arange(len(network)), np.diff(indptr))
        return cls(
            indptr=indptr,
            indices=indices.view(np.int32),
            weights=weights,
            strength=np.bincount(ends, weights, len(network)).astype(np.float64),
            penalty=resolution / float(weights.sum()),
        )

    @property
    def arrays(self) -> tuple[Int32, Int32, Float64, Float64]:
        return self.indptr, self.indices, self.weights, self.strength

    def folded(self, part: Int32, parts: int) -> _Level:
        from trihelix.graph.kernels.leiden import fold

        indptr, indices, weights, strength = fold(*self.arrays, part, parts)
        return _Level(
            indptr=indptr,
            indices=indices,
            weights=weights,
            strength=strength,
            penalty=self.penalty,
        )


def _iteration(level: _Level, labels: Int32, random: np.random.Generator) -> Int32:
    """Better labels: move, refine and fold until folding changes nothing."""
    from trihelix.graph.kernels.leiden import compact, move, refine

    labels, member = labels.copy(), np.arange(labels.size, dtype=np.int32)
    while True:
        n = labels.size
        order = _visits(n, random)
        move(*level.arrays, labels, order, level.penalty)
        part, parts = refine(*level.arrays, labels, order, level.penalty)
        if parts == n:
            return labels[member]
        inner = np.empty(parts, np.int32)
        inner[part] = compact(labels)[0]
        labels = inner
        member = part[member]
        level = level.folded(part, parts)


def _visits(n: int, random: np.random.Generator) -> Int32:
    """The nodes in an order drawn; in a large network drawn for runs of nodes, which lie together
    in memory: as good as one by one, and a third quicker."""
    run = min(_RUN, max(1, n // _DRAWN))
    nodes = random.permutation(-(-n // run))[:, None] * run + np.arange(run)
    return nodes[nodes < n].astype(np.int32)


def _check(network: Network, resolution: float, *, weighted: bool) -> None:
    if not resolution > 0:
        raise ConfigurationError(f"communities: resolution {resolution} is not above 0")
    if weighted and network.size and not network.weights.min() > 0:
        least = network.weights.min()
        raise ConfigurationError(
            f"communities: the weight {least} is not above 0; use weighted=False"
        )


def _groups(network: Network, labels: ArrayLike) -> Int32:
    given = np.asarray(labels)
    if given.shape != (len(network),):
        raise ConfigurationError(
            f"modularity: labels of shape {given.shape}, expected one for each of "
            f"{len(network)} nodes"
        )
    found: Int32 = np.unique(given, return_inverse=True)[1].astype(np.int32)
    return found
