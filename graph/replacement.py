"""Who could take the place of organizations that leave, ranked by the neighbours they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.network import Network
from trihelix.schema.records import Node

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Who could take over, and why.

    * `similarity`: the weighted Jaccard index of its links and those of the removed nodes to the
      others: the sum of the smaller weights over the sum of the larger ones.
    * `adamic_adar`: the sum over the shared neighbours of 1 / ln(their degree).
    * `shared`: the neighbours that it shares with the removed nodes, those of most weight first.
    * `brokered`: of the pairs of the removed nodes' neighbours that have no link of their own, how
      many are both its neighbours already.
    * `reconnects`: how many of the broken pairs one new link, from it to the largest piece that it
      is not in, would join again.
    """

    node: Node
    similarity: float
    adamic_adar: float
    shared: tuple[Node, ...]
    brokered: int
    reconnects: int


def neighbours_of(network: Network, gone: list[int]) -> Int32:
    """The remaining neighbours of the removed nodes, ascending."""
    found = np.unique(np.concatenate([network.neighbours(i) for i in gone]))
    return np.setdiff1d(found, gone, assume_unique=True).astype(np.int32)


def replacements(
    network: Network, place: Int32, gone: list[int], top: int
) -> Iterable[Replacement]:
    ties = np.zeros(len(network))  # of the removed nodes to the others
    for i in gone:
        ties[network.neighbours(i)] += network.weights[network.links_of(i)]
    ties[gone] = 0.0
    near = neighbours_of(network, gone)
    least, adamic = _overlap(network, near, ties)
    strength = np.zeros(len(network))
    np.add.at(strength, network.ends.ravel(), np.repeat(network.weights, 2))
    for i in gone:  # what ties a candidate to the removed nodes goes with them
        strength[network.neighbours(i)] -= network.weights[network.links_of(i)]
    whole = ties.sum() - ties + strength - least
    similar = np.divide(least, whole, out=np.zeros(len(network)), where=whole > 0)
    pool = np.union1d(np.flatnonzero(adamic), near)
    pool = np.setdiff1d(pool, gone, assume_unique=True)
    order = pool[np.lexsort((pool, -adamic[pool], -similar[pool].round(12)))][:top]
    for c in order.tolist():
        both = np.intersect1d(network.neighbours(c), near, assume_unique=True)
        yield Replacement(
            node=network.nodes[c],
            similarity=float(similar[c]),
            adamic_adar=float(adamic[c]),
            shared=tuple(network.nodes[i] for i in both[np.argsort(-ties[both], kind="stable")]),
            brokered=_unlinked(network, both),
            reconnects=_reconnects(network, place, near, c),
        )


def _overlap(network: Network, near: Int32, ties: Float64) -> tuple[Float64, Float64]:
    """Of each node's links to `near`: the smaller weights, and 1 / ln(degree), summed."""
    least, adamic = np.zeros(len(network)), np.zeros(len(network))
    for i in near.tolist():
        row = network.neighbours(i)
        least[row] += np.minimum(network.weights[network.links_of(i)], ties[i])
        if row.size > 1:
            adamic[row] += 1 / np.log(row.size)
    return least, adamic


def _unlinked(network: Network, nodes: Int32) -> int:
    """The number of pairs among the nodes that have no link."""
    linked = sum(np.isin(network.neighbours(i), nodes).sum() for i in nodes.tolist()) // 2
    return nodes.size * (nodes.size - 1) // 2 - int(linked)


def _reconnects(network: Network, place: Int32, near: Int32, candidate: int) -> int:
    """The pairs of a candidate's piece and the largest other one that was joined to it."""
    own = network.components[candidate]
    sizes = np.bincount(place[(place >= 0) & (network.components == own)])
    others = np.setdiff1d(place[near[network.components[near] == own]], place[candidate])
    return int(sizes[place[candidate]]) * int(sizes[others].max(initial=0))
