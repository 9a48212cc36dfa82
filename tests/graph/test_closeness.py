"""Closeness and harmonic centrality by length, for chosen nodes, and over many batches."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from tests.graph.graphs import graphs, vector
from trihelix.graph.closeness import closeness, harmonic
from trihelix.graph.network import Network
from trihelix.schema.errors import NotFoundError


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_by_length_and_for_chosen_nodes(graph: nx.Graph[str]) -> None:
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    network = Network.from_networkx(graph)
    near = vector(network, nx.closeness_centrality(graph, distance="length"))
    assert closeness(network, weighted=True) == pytest.approx(near, rel=1e-9, abs=1e-9)
    far = nx.harmonic_centrality(graph, distance="length")
    summed = vector(network, {k: float(v) for k, v in far.items()})
    found = harmonic(network, weighted=True, normalized=False)
    assert found == pytest.approx(summed, rel=1e-9, abs=1e-9)
    some = [node.id for node in network.nodes][::-2]
    for measure in (closeness, harmonic):
        for weighted in (False, True):
            whole = measure(network, weighted=weighted)[::-2]
            chosen = measure(network, weighted=weighted, nodes=some)
            assert chosen == pytest.approx(whole, rel=1e-12)


def test_many_batches_many_components_and_long_ways() -> None:
    parts = [nx.powerlaw_cluster_graph(900, 3, 0.3, seed=7), nx.path_graph(700), nx.path_graph(3)]
    graph = nx.disjoint_union_all([*parts, *[nx.star_graph(3)] * 100, nx.empty_graph(5)])
    network = Network.from_networkx(graph)
    expected = vector(network, {str(k): v for k, v in nx.closeness_centrality(graph).items()})
    assert closeness(network) == pytest.approx(expected, rel=1e-9)
    ids = [node.id for node in network.nodes]
    assert closeness(network, nodes=ids) == pytest.approx(expected, rel=1e-9)
    summed = vector(network, {str(k): v for k, v in nx.harmonic_centrality(graph).items()})
    assert harmonic(network, normalized=False) == pytest.approx(summed, rel=1e-9)


def test_no_nodes_and_unknown_nodes() -> None:
    network = Network.from_networkx(nx.path_graph(3))
    assert closeness(network, nodes=[]).shape == (0,)
    assert harmonic(network, nodes=[], weighted=True).shape == (0,)
    with pytest.raises(NotFoundError, match="no node with this id"):
        closeness(network, nodes=["x"])


def test_an_empty_network() -> None:
    network = Network.from_networkx(nx.Graph())
    assert np.array_equal(closeness(network, weighted=True), np.empty(0))
    assert np.array_equal(harmonic(network), np.empty(0))
