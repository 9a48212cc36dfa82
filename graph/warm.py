"""Compile every kernel now, so that no first question waits for it: python -m trihelix.graph.warm

The machine code is kept beside the source (or where NUMBA_CACHE_DIR says), once for each machine
and version of the code; where it is there already, this takes a few seconds.
"""

from __future__ import annotations

import numpy as np

from trihelix.graph import structure
from trihelix.graph.betweenness import edge_betweenness, estimate
from trihelix.graph.centrality import MEASURES
from trihelix.graph.closeness import closeness
from trihelix.graph.mixing import degree_assortativity
from trihelix.graph.network import Network
from trihelix.graph.routes import BY


def warm() -> None:
    """Ask a small network everything."""
    network = _network()
    _measures(network)
    _structure(network)
    _paths(network)
    _planning(network)


def _network() -> Network:
    """A ring with chords and a hanging node."""
    n = 24
    ends = np.array([*((i, (i + 1) % n) for i in range(n)), (0, 2), (5, 9), (0, n)])
    kinds = ["University", "Firm", "Agency"] * 8 + ["Firm"]
    return Network.from_arrays(ends, 1.0 + np.arange(len(ends)) % 3, kinds=kinds)


def _measures(network: Network) -> None:
    for measure in MEASURES:
        network.rank(measure)
    for measure in ("betweenness", "closeness", "clustering"):
        network.rank(measure, weighted=True)
    some = [network.nodes[0].id]
    closeness(network, nodes=some)
    closeness(network, nodes=some, weighted=True)
    estimate(network, samples=4)
    estimate(network, error=0.2)
    for weighted in (False, True):
        edge_betweenness(network, weighted=weighted)


def _structure(network: Network) -> None:
    structure.diameter(network)
    structure.cut_links(network)
    structure.blocks(network)
    structure.transitivity(network)
    degree_assortativity(network)
    network.mixing()


def _paths(network: Network) -> None:
    a, b, other = (network.nodes[i].id for i in (0, 12, 3))
    for by in set(BY) - {
        "weakest_sources"
    }:  # no document tells of these links; kernels are the same
        network.paths(a, b, by=by, k=2)
        network.paths(a, b, by=by, max_hops=20, avoiding=[other])
    list(network.all_shortest_paths(a, b))


def _planning(network: Network) -> None:
    network.bridges(resamples=1, by="community")
    network.most_critical()
    node = network.nodes[0].id
    network.what_if(node)
    network.candidates(node)
    for index in ("adamic_adar", "jaccard", "preferential_attachment"):
        network.predict(index, across="sector")


if __name__ == "__main__":
    warm()
