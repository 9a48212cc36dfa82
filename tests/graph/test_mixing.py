"""Mixing and assortativity against networkx, the E-I index by hand."""

from __future__ import annotations

import math
import warnings

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from trihelix.graph.mixing import (
    assortativity,
    degree_assortativity,
    ei_groups,
    ei_index,
    mixing,
)
from trihelix.graph.network import Network

compare = settings(max_examples=50, deadline=None)


@st.composite
def grouped_graphs(draw: st.DrawFn) -> nx.Graph[str]:
    graph = draw(graphs())
    for node in graph:
        graph.nodes[node]["group"] = draw(st.sampled_from("abc"))
    return graph


def labels(graph: nx.Graph[str]) -> dict[str, str]:
    return {node: data["group"] for node, data in graph.nodes(data=True)}


def same(found: float, expected: float) -> bool:
    return bool(np.isclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True))


@compare
@given(grouped_graphs())
def test_mixing_counts_are_those_of_networkx(graph: nx.Graph[str]) -> None:
    table = mixing(Network.from_networkx(graph), labels(graph))
    matrix = nx.attribute_mixing_dict(graph, "group")
    for row in table.itertuples():
        a, b = str(row.source), str(row.target)
        expected = matrix.get(a, {}).get(b, 0) / (2 if a == b else 1)
        assert row.links == expected
    assert table["links"].sum() == graph.number_of_edges()
    assert same(table["expected_links"].sum(), graph.number_of_edges())
    assert same(table["expected_weight"].sum(), graph.size(weight="weight"))
    assert same(table["weight"].sum(), graph.size(weight="weight"))


@compare
@given(grouped_graphs())
def test_assortativity_is_that_of_networkx(graph: nx.Graph[str]) -> None:
    found = assortativity(Network.from_networkx(graph), labels(graph))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = (
            nx.attribute_assortativity_coefficient(graph, "group")
            if graph.number_of_edges()
            else math.nan
        )
    assert same(found, expected)


@compare
@given(graphs(least=2), st.booleans())
def test_degree_assortativity_is_that_of_networkx(graph: nx.Graph[str], weighted: bool) -> None:
    found = degree_assortativity(Network.from_networkx(graph), weighted=weighted)
    strength = graph.degree(weight="weight" if weighted else None)
    ends = [strength[node] for edge in graph.edges for node in edge]
    if len(ends) == 0 or max(ends) - min(ends) < 1e-6:
        assert math.isnan(found)
        return
    expected = nx.degree_pearson_correlation_coefficient(
        graph, weight="weight" if weighted else None
    )
    assert same(found, expected)


def test_random_mixing_expects_what_the_degrees_give() -> None:
    """Degrees a: 1 + 2, b: 2 + 1 of 6 ends: within a 9/12 links, a with b 9/6."""
    table = mixing(Network.from_networkx(nx.path_graph(4)), ["a", "a", "b", "b"])
    assert list(zip(table["source"], table["target"], strict=True)) == [
        ("a", "a"),
        ("a", "b"),
        ("b", "b"),
    ]
    assert table["links"].tolist() == [1, 1, 1]
    assert table["expected_links"].tolist() == pytest.approx([0.75, 1.5, 0.75])
    assert table["links_ratio"].tolist() == pytest.approx([4 / 3, 2 / 3, 4 / 3])


def test_sectors_are_the_default_and_nodes_without_a_group_are_left_out() -> None:
    graph = nx.path_graph(3)
    kinds = {0: "University", 1: "Firm", 2: "Person"}
    nx.set_node_attributes(graph, kinds, "kind")
    table = mixing(Network.from_networkx(graph)).set_index(["source", "target"])
    assert table.loc[("firm", "university"), "links"] == 1
    assert table["links"].sum() == 1


@compare
@given(grouped_graphs())
def test_ei_index_is_external_less_internal_over_all(graph: nx.Graph[str]) -> None:
    group = labels(graph)
    external = sum(group[a] != group[b] for a, b in graph.edges)
    total = graph.number_of_edges()
    network = Network.from_networkx(graph)
    expected = (2 * external - total) / total if total else math.nan
    assert same(ei_index(network, group), expected)
    table = ei_groups(network, group)
    assert table["nodes"].sum() == len(graph)
    assert table["internal"].sum() == total - external
    assert table["external"].sum() == 2 * external


def test_ei_index_of_groups_beside_its_expectation() -> None:
    """A pair in a triangle with a tail: a = {0, 1}, b = {2, 3}; 0-1, 0-2, 1-2, 2-3."""
    graph = nx.Graph([(0, 1), (0, 2), (1, 2), (2, 3)])
    network = Network.from_networkx(graph)
    assert ei_index(network, ["a", "a", "b", "b"]) == 0.0
    table = ei_groups(network, ["a", "a", "b", "b"]).set_index("group")
    assert table["ei"].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert table["expected"].tolist() == pytest.approx([3 / 5, 3 / 5])
    weighted = nx.Graph([(0, 1, {"weight": 3.0}), (1, 2, {"weight": 1.0})])
    assert ei_index(Network.from_networkx(weighted), ["a", "a", "b"], weighted=True) == -0.5


def test_weights_change_the_assortativity_when_asked() -> None:
    graph = nx.path_graph(4)
    nx.set_edge_attributes(graph, {(0, 1): 1.0, (1, 2): 4.0, (2, 3): 1.0}, "weight")
    network = Network.from_networkx(graph)
    assert assortativity(network, ["a", "a", "b", "b"]) == pytest.approx(1 / 3)
    assert assortativity(network, ["a", "a", "b", "b"], weighted=True) == pytest.approx(-1 / 3)


def test_a_network_without_links_has_no_assortativity() -> None:
    network = Network.from_networkx(nx.empty_graph(3))
    assert mixing(network, ["a", "a", "b"])["links"].tolist() == [0, 0, 0]
    assert math.isnan(assortativity(network, ["a", "a", "b"]))
    assert math.isnan(degree_assortativity(network))
    assert math.isnan(ei_index(network, ["a", "a", "b"]))
