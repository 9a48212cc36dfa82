"""Cores, triangles, cut points, blocks and extent against networkx."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from tests.graph.graphs import graphs, vector
from trihelix.graph.kernels.components import first_nodes
from trihelix.graph.network import Network
from trihelix.graph.structure import (
    Diameter,
    blocks,
    clustering,
    core_numbers,
    cut_links,
    cut_nodes,
    diameter,
    transitivity,
    triangle_counts,
)
from trihelix.schema.errors import ConfigurationError

compare = settings(max_examples=60, deadline=None)


def large() -> nx.Graph[str]:
    """A graph with hubs, triangles, trees and several components, of 1,500 nodes."""
    core = nx.powerlaw_cluster_graph(800, 4, 0.5, seed=1)
    parts = [core, nx.random_labeled_tree(400, seed=2), nx.gnm_random_graph(300, 280, seed=3)]
    graph = nx.disjoint_union_all(parts)
    rng = np.random.default_rng(4)
    nx.set_edge_attributes(graph, {e: rng.uniform(0.1, 3) for e in graph.edges}, "weight")
    return nx.relabel_nodes(graph, {i: f"n{i:04}" for i in graph})


def pairs(network: Network, links: np.ndarray) -> set[frozenset[str]]:
    return {frozenset(network.nodes[i].id for i in network.ends[e]) for e in links}


@compare
@given(graphs())
def test_core_numbers(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    assert core_numbers(network).tolist() == vector(network, nx.core_number(graph)).tolist()


@compare
@given(graphs())
def test_triangles_and_clustering(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    counts: Any = nx.triangles(graph)
    assert triangle_counts(network).tolist() == vector(network, counts).tolist()
    assert transitivity(network) == pytest.approx(nx.transitivity(graph), abs=1e-9)
    for weighted in (False, True):
        expected: Any = nx.clustering(graph, weight="weight" if weighted else None)
        found = clustering(network, weighted=weighted)
        assert found == pytest.approx(vector(network, expected), abs=1e-9)


@compare
@given(graphs())
def test_components_are_named_by_their_first_node(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = np.empty(len(network), int)
    for component in nx.connected_components(graph):
        at = [network.index(id_) for id_ in component]
        expected[at] = min(at)
    assert first_nodes(network.indptr, network.indices).tolist() == expected.tolist()


@compare
@given(graphs())
def test_components_are_numbered_by_size_then_by_first_node(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    parts = [sorted(network.index(i) for i in c) for c in nx.connected_components(graph)]
    for number, part in enumerate(sorted(parts, key=lambda part: (-len(part), part[0]))):
        assert set(network.components[part]) == {number}


@compare
@given(graphs())
def test_cut_nodes_and_cut_links(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    nodes = {network.nodes[i].id for i in cut_nodes(network)}
    assert nodes == set(nx.articulation_points(graph))
    assert pairs(network, cut_links(network)) == {frozenset(e) for e in nx.bridges(graph)}


@compare
@given(graphs())
def test_blocks(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    found = blocks(network)
    groups = {frozenset(pairs(network, np.flatnonzero(found == number))) for number in set(found)}
    expected = nx.biconnected_component_edges(graph)
    assert groups == {frozenset(frozenset(e) for e in block) for block in expected}
    _, first = np.unique(found, return_index=True)
    assert first.tolist() == sorted(first)


@compare
@given(graphs())
def test_diameter_of_the_largest_component(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    inside = {n.id for n, c in zip(network.nodes, network.components, strict=True) if c == 0}
    expected = nx.diameter(graph.subgraph(inside))
    found = diameter(network)
    assert found.exact
    assert found.lower == expected
    for searches in (1, 2, 3):
        bounds = diameter(network, searches=searches)
        assert bounds.lower <= expected <= bounds.upper
        assert bounds.searches <= searches


def test_a_larger_graph() -> None:
    graph = large()
    network = Network.from_networkx(graph)
    assert core_numbers(network).tolist() == vector(network, nx.core_number(graph)).tolist()
    for weight in (None, "weight"):
        shares: Any = nx.clustering(graph, weight=weight)
        found = clustering(network, weighted=weight is not None)
        assert found == pytest.approx(vector(network, shares), abs=1e-9)
    nodes = {network.nodes[i].id for i in cut_nodes(network)}
    assert nodes == set(nx.articulation_points(graph))
    assert pairs(network, cut_links(network)) == {frozenset(e) for e in nx.bridges(graph)}
    assert len(set(blocks(network))) == len(list(nx.biconnected_components(graph)))
    core = graph.subgraph(max(nx.connected_components(graph), key=len))
    assert diameter(network).lower == nx.diameter(core, usebounds=True)
    assert len(set(first_nodes(network.indptr, network.indices))) == (
        nx.number_connected_components(graph)
    )


def test_weighted_clustering_is_the_same_for_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = Network.from_networkx(large())
    answers = []
    for threads in ("1", "2", "5"):
        monkeypatch.setenv("TRIHELIX_THREADS", threads)
        answers.append(clustering(network, weighted=True).tobytes())
    assert len(set(answers)) == 1


def test_depth_is_no_limit() -> None:
    network = Network.from_arrays(np.stack([np.arange(99_999), np.arange(1, 100_000)], 1))
    assert cut_nodes(network).size == 99_998
    assert cut_links(network).size == 99_999
    assert set(blocks(network)) == set(range(99_999))
    assert diameter(network).lower == 99_999


def test_a_bounded_search_says_that_it_is_not_exact() -> None:
    ring = Network.from_networkx(nx.cycle_graph(100))
    assert diameter(ring, searches=1) == Diameter(lower=50, upper=100, searches=1)
    assert not diameter(ring, searches=1).exact
    with pytest.raises(ConfigurationError, match="searches 0 is less than 1"):
        diameter(ring, searches=0)


def test_an_empty_network() -> None:
    empty = Network.from_networkx(nx.Graph())
    for measure in (core_numbers, triangle_counts, clustering, cut_nodes, cut_links, blocks):
        assert measure(empty).shape == (0,), measure
    assert transitivity(empty) == 0
    assert first_nodes(empty.indptr, empty.indices).shape == (0,)
    with pytest.raises(ConfigurationError, match="has no nodes"):
        diameter(empty)
