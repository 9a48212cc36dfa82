"""Who fills structural holes: Burt's measures of how redundant a node's neighbours are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trihelix.graph.kernels import triangles
from trihelix.graph.network import Network
from trihelix.graph.oriented import Float64, Oriented


def constraint(network: Network, *, weighted: bool = True) -> Float64:
    """How far a node's links lead back to the same others, shape (n,); brokers have low values.

    The sum over its neighbours of (what it invests in them, directly and through others) squared;
    not a number for nodes without links. Source: R. Burt, Structural holes, 1992, p. 54-56.
    """
    ties = _Ties.of(network, weighted=weighted)
    found = triangles.constraints(ties.o.starts, ties.o.heads, ties.invested(), ties.inverse)
    return ties.defined(found)


def hierarchy(network: Network, *, weighted: bool = True) -> Float64:
    """How far a node's constraint comes from one neighbour (1) or from all alike (0), shape (n,).

    Not a number for nodes with fewer than two neighbours. Source: R. Burt, Structural holes, 1992,
    p. 70-71 (the Coleman-Theil index of disorder).
    """
    ties = _Ties.of(network, weighted=weighted)
    starts, heads, invested = ties.o.starts, ties.o.heads, ties.invested()
    total = triangles.constraints(starts, heads, invested, ties.inverse)
    found = triangles.hierarchies(starts, heads, invested, ties.inverse, total)
    return ties.o.back(found)


def effective_size(network: Network, *, weighted: bool = True) -> Float64:
    """The number of a node's neighbours less what they have in common, shape (n,).

    Not a number for nodes without links. Source: R. Burt, Structural holes, 1992, p. 52; without
    weights it is the number of neighbours less their mean number of links to each other (S.
    Borgatti, Structural holes: unpacking Burt's redundancy measures, Connections 20, 1997).
    """
    ties = _Ties.of(network, weighted=weighted)
    o = ties.o
    shared = o.sum(
        lambda first, last: triangles.overlaps(
            o.starts, o.heads, ties.weights, ties.highest, first, last
        )
    )
    found: Float64 = network.degree - shared * o.back(ties.inverse)
    return np.where(network.degree > 0, found, np.nan)


def efficiency(network: Network, *, weighted: bool = True) -> Float64:
    """The effective size over the number of neighbours, shape (n,); 1 when nothing is redundant.

    Not a number for nodes without links. Source: R. Burt, Structural holes, 1992, p. 53.
    """
    return effective_size(network, weighted=weighted) / np.maximum(network.degree, 1)


@dataclass(frozen=True, kw_only=True)
class _Ties:
    """The strengths of the links, and of each node's links together, in oriented numbers."""

    o: Oriented
    weights: Float64  # shape (m,)
    highest: Float64  # shape (n,)
    inverse: Float64  # 1 / strength, 0 for isolated nodes, shape (n,)

    @classmethod
    def of(cls, network: Network, *, weighted: bool) -> _Ties:
        o = Oriented.of(network)
        weights = network.weights[o.links] if weighted else np.ones(network.size)
        total, highest = triangles.strengths(o.starts, o.heads, weights)
        inverse = np.divide(1.0, total, out=np.zeros(total.size), where=total > 0)
        return cls(o=o, weights=weights, highest=highest, inverse=inverse)

    def invested(self) -> Float64:
        """Each link's weight and what runs through common neighbours, shape (m,).

        The share that an end invests in the other is this over the strength of the end.
        """
        o, found = self.o, self.weights.copy()
        for part in o.spread(
            lambda first, last: triangles.detours(
                o.starts, o.heads, self.weights, self.inverse, first, last
            ),
            chunks=2,
        ):
            found[found.size - part.size :] += part
        return found

    def defined(self, found: Float64) -> Float64:
        """Values by node, not a number where a node has no links."""
        return self.o.back(np.where(self.inverse > 0, found, np.nan))
