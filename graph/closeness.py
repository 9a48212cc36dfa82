"""How near a node is to the others: closeness and harmonic centrality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels import distances, lengths
from trihelix.graph.kernels.compiled import spread
from trihelix.graph.kernels.memory import Pool
from trihelix.graph.kernels.order import renumber
from trihelix.graph.network import Network

Floats = NDArray[np.float64]
Int32 = NDArray[np.int32]

_CHUNKS = 64


class Sums(NamedTuple):
    """Over the nodes that a node reaches: their distances, their number, the inverse distances."""

    distance: Floats
    reached: Floats
    inverse: Floats


def closeness(
    network: Network,
    *,
    normalized: bool = True,
    weighted: bool = False,
    nodes: Iterable[str] | None = None,
) -> Floats:
    """The inverse mean distance to the nodes that a node reaches.

    Normalized, it is scaled by the share of nodes reached, so that small components score low.
    Isolated nodes have 0. Links count 1 each; weighted, their length is 1 / weight (M. Newman,
    Scientific collaboration networks II, Phys. Rev. E 64, 016132, 2001). Shape (n,), or that of
    `nodes` (ids) when only some are asked for. Source: L. Freeman, Centrality in social networks,
    Social Networks 1, 1978; the scaling: S. Wasserman, K. Faust, Social Network Analysis, 1994, p.
    201.

    Raises:
        NotFoundError: for an id that is not in the network.
    """
    found = distance_sums(network, weighted=weighted, nodes=nodes)
    mean = np.divide(
        found.reached, found.distance, out=np.zeros(found.reached.size), where=found.distance > 0
    )
    return mean * found.reached / (len(network) - 1) if normalized and len(network) > 1 else mean


def harmonic(
    network: Network,
    *,
    normalized: bool = True,
    weighted: bool = False,
    nodes: Iterable[str] | None = None,
) -> Floats:
    """The sum of the inverse distances to all other nodes, 0 to those out of reach.

    Normalized, their mean over the n - 1 others. Lengths, shape and errors as of `closeness`.
    Source: M. Marchiori, V. Latora, Harmony in the small-world, Physica A 285, 2000; P. Boldi, S.
    Vigna, Axioms for centrality, Internet Mathematics 10, 2014.
    """
    found = distance_sums(network, weighted=weighted, nodes=nodes).inverse
    return found / (len(network) - 1) if normalized and len(network) > 1 else found


def distance_sums(
    network: Network, *, weighted: bool = False, nodes: Iterable[str] | None = None
) -> Sums:
    """The sums that closeness and harmonic centrality are made of, each in one pass for both."""
    some = None if nodes is None else np.array([network.index(i) for i in nodes], np.int32)
    if weighted:
        return _by_length(
            network, np.arange(len(network), dtype=np.int32) if some is None else some
        )
    return _of_all(network) if some is None else _of_some(network, some)


def by_degree(network: Network) -> Int32:
    """The nodes that have links, those with most first: what is read often lies together."""
    order = np.argsort(-network.degree, kind="stable")
    return order[: np.count_nonzero(network.degree)].astype(np.int32)


def link_lengths(network: Network) -> Floats:
    """1 / weight of each link, (m,); infinite for a weight of 0, which cannot be passed."""
    found = np.full(network.size, np.inf)
    np.divide(1.0, network.weights, out=found, where=network.weights > 0)
    return found


def _of_all(network: Network) -> Sums:
    order = by_degree(network)
    indptr, indices, _ = renumber(network.indptr, network.indices, network.link, order)
    near_each_other = np.argsort(network.components[order], kind="stable").astype(np.int32)
    work = Pool(lambda: distances.scratch(order.size), 205 * order.size)
    batches = -(-order.size // distances.LANES)

    def part(start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        some = near_each_other[start * distances.LANES : stop * distances.LANES]
        with work.lend() as own:
            return distances.sums(indptr, indices, some, own)

    total = np.zeros((3, len(network)))
    for found in spread(part, batches, chunks=_CHUNKS):
        for row, more in zip(total, found, strict=True):
            row[order] += np.asarray(more, np.float64)
    return Sums(*total)


def _of_some(network: Network, nodes: Int32) -> Sums:
    order = by_degree(network)
    indptr, indices, _ = renumber(network.indptr, network.indices, network.link, order)
    place = np.empty(len(network), np.int32)
    place[order] = np.arange(order.size, dtype=np.int32)
    linked = np.flatnonzero(network.degree[nodes])
    work = Pool(lambda: np.zeros((3, order.size), np.uint64), 24 * order.size)

    def part(start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        some = place[nodes[linked[start:stop]]]
        with work.lend() as (seen, near, far):
            return distances.sums_from(indptr, indices, some, seen, near, far)

    total = np.zeros((3, nodes.size))
    chunks = max(2, -(-linked.size // 64))
    parts = list(spread(part, linked.size, chunks=chunks))
    if parts:
        total[:, linked] = np.concatenate([np.array(p, np.float64) for p in parts], axis=1)
    return Sums(*total)


def _by_length(network: Network, nodes: Int32) -> Sums:
    of_link = link_lengths(network)
    work = Pool(lambda: lengths.scratch(len(network)), 36 * len(network))

    def part(start: int, stop: int) -> tuple[Floats, Floats, Floats]:
        with work.lend() as own:
            return lengths.sums(
                *(network.indptr, network.indices, network.link, of_link, nodes[start:stop], own)
            )

    parts = list(spread(part, nodes.size, chunks=_CHUNKS))
    return Sums(*np.concatenate(parts, axis=1)) if parts else Sums(*np.zeros((3, 0)))
