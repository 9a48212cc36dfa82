"""Burt's measures against networkx, and hierarchy against the formula of his book."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from tests.graph.graphs import graphs, vector
from tests.graph.test_structure import large
from trihelix.graph.brokerage import constraint, effective_size, efficiency, hierarchy
from trihelix.graph.network import Network

compare = settings(max_examples=60, deadline=None)
WEIGHTS = ((True, "weight"), (False, None))


def near(found: NDArray[np.float64], expected: object) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True))  # type: ignore[arg-type]


def burts_hierarchy(graph: nx.Graph[str], node: str, weight: str | None) -> float:
    """Structural holes, p. 71: sum of r ln r over N ln N, with r = c_ij / (C / N)."""
    local = [nx.local_constraint(graph, node, other, weight=weight) for other in graph[node]]
    if len(local) < 2:
        return math.nan
    mean = sum(local) / len(local)
    return sum(c / mean * math.log(c / mean) for c in local) / (len(local) * math.log(len(local)))


@compare
@given(graphs(least=3))
def test_constraint(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for weighted, weight in WEIGHTS:
        expected = vector(network, nx.constraint(graph, weight=weight))
        assert near(constraint(network, weighted=weighted), expected)


# effective_size of networkx 3.6 follows its own definition only when it is told the nodes: its
# matrix form divides the weights by the highest of the wrong end.
@compare
@given(graphs(least=3))
def test_effective_size_and_efficiency(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for weighted, weight in WEIGHTS:
        sizes = nx.effective_size(graph, nodes=list(graph), weight=weight)
        assert near(effective_size(network, weighted=weighted), vector(network, sizes))
        ratios = {node: size / max(graph.degree(node), 1) for node, size in sizes.items()}
        assert near(efficiency(network, weighted=weighted), vector(network, ratios))


@compare
@given(graphs())
def test_hierarchy(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for weighted, weight in WEIGHTS:
        expected = {node: burts_hierarchy(graph, node, weight) for node in graph}
        assert near(hierarchy(network, weighted=weighted), vector(network, expected))


def test_a_larger_graph() -> None:
    graph = large()
    network = Network.from_networkx(graph)
    some = [node for node in graph if graph.degree(node) < 40][::25]
    at = [network.index(id_) for id_ in some]
    for weighted, weight in WEIGHTS:
        expected = vector(network, nx.constraint(graph, weight=weight))
        assert near(constraint(network, weighted=weighted), expected)
        sizes = nx.effective_size(graph, nodes=some, weight=weight)
        found = effective_size(network, weighted=weighted)[at]
        assert near(found, [sizes[id_] for id_ in some])


def test_constraint_is_the_same_for_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network.from_networkx(large())
    for measure in (constraint, effective_size, hierarchy):
        answers = set()
        for threads in ("1", "2", "5"):
            monkeypatch.setenv("TRIHELIX_THREADS", threads)
            answers.add(measure(network).tobytes())
        assert len(answers) == 1


def test_a_star_has_no_redundancy() -> None:
    star = Network.from_networkx(nx.star_graph(4))
    assert constraint(star) == pytest.approx([0.25, 1, 1, 1, 1])
    assert effective_size(star) == pytest.approx([4, 1, 1, 1, 1])
    assert efficiency(star) == pytest.approx(1)
    assert hierarchy(star)[0] == pytest.approx(0, abs=1e-12)
    assert np.isnan(hierarchy(star)[1:]).all()


@pytest.mark.parametrize("measure", [constraint, effective_size, efficiency, hierarchy])
def test_nodes_without_links_have_no_value(measure: object) -> None:
    assert callable(measure)
    alone: nx.Graph[str] = nx.Graph()
    alone.add_nodes_from("ab")
    assert np.isnan(measure(Network.from_networkx(alone))).tolist() == [True, True]
    assert measure(Network.from_networkx(nx.Graph())).shape == (0,)
