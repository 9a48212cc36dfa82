"""Betweenness of nodes and links against networkx, and what sampling promises."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.graph.graphs import graphs, vector
from trihelix.graph import betweenness as module
from trihelix.graph.betweenness import betweenness, edge_betweenness, estimate
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

compare = settings(max_examples=60, deadline=None)


def close(found: Any, expected: Any) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-9, atol=1e-9))


@st.composite
def trees_on_rings(draw: st.DrawFn) -> nx.Graph[str]:
    """A ring with trees that hang from it, and trees of their own: all that folding takes away."""
    ring = draw(st.integers(3, 6))
    graph: nx.Graph[str] = nx.relabel_nodes(nx.cycle_graph(ring), lambda i: f"n{i:02}")
    for i in range(ring, ring + draw(st.integers(0, 16))):
        below = draw(st.integers(-1, i - 1))
        graph.add_node(f"n{i:02}")
        if below >= 0:
            graph.add_edge(f"n{below:02}", f"n{i:02}")
    return graph


@st.composite
def lengths(draw: st.DrawFn) -> nx.Graph[str]:
    """A graph with weights that are powers of two, so that ways of one length are exactly equal."""
    graph = draw(graphs())
    for a, b in graph.edges:
        weight = draw(st.sampled_from([0.25, 0.5, 1.0, 2.0]))
        graph.edges[a, b].update(weight=weight, length=1 / weight)
    return graph


def by_link(network: Network, values: dict[tuple[str, str], float]) -> NDArray[np.float64]:
    both = values | {(b, a): value for (a, b), value in values.items()}
    ids = [node.id for node in network.nodes]
    return np.array([both[ids[a], ids[b]] for a, b in network.ends], np.float64)


@compare
@given(st.one_of(graphs(), trees_on_rings()))
def test_nodes_and_links(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for normalized in (True, False):
        expected = nx.betweenness_centrality(graph, normalized=normalized)
        assert close(betweenness(network, normalized=normalized), vector(network, expected))
        links = nx.edge_betweenness_centrality(graph, normalized=normalized)
        assert close(edge_betweenness(network, normalized=normalized), by_link(network, links))


@compare
@given(lengths())
def test_nodes_and_links_by_length(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = nx.betweenness_centrality(graph, weight="length")
    assert close(betweenness(network, weighted=True), vector(network, expected))
    links = nx.edge_betweenness_centrality(graph, weight="length")
    assert close(edge_betweenness(network, weighted=True), by_link(network, links))


def test_ways_that_rounding_alone_tells_apart_are_equally_short() -> None:
    assert (0.1 + 0.2) + 0.3 != (0.3 + 0.2) + 0.1
    graph: nx.Graph[str] = nx.Graph()
    for a, b, length in (*("sa1", "ab2", "bt3"), *("sc3", "cd2", "dt1")):
        graph.add_edge(a, b, weight=1 / (int(length) / 10), length=int(length))
    network = Network.from_networkx(graph)
    expected = vector(network, nx.betweenness_centrality(graph, weight="length"))
    assert close(betweenness(network, weighted=True), expected)


@pytest.mark.parametrize("threads", ["1", "3"])
def test_scores_do_not_depend_on_the_number_of_threads(
    monkeypatch: pytest.MonkeyPatch, threads: str
) -> None:
    network = scale_free()
    expected = [betweenness(network), estimate(network, error=0.05, seed=2).scores]
    monkeypatch.setenv("TRIHELIX_THREADS", threads)
    found = [betweenness(network), estimate(network, error=0.05, seed=2).scores]
    assert all((a == b).all() for a, b in zip(found, expected, strict=True))


def test_large_networks_take_turns_with_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = betweenness(scale_free())
    monkeypatch.setattr("trihelix.graph.kernels.memory.ROOM", 1)
    assert (betweenness(scale_free()) == expected).all()


def test_sampled_sources_are_repeatable_and_unbiased() -> None:
    network = scale_free()
    exact = betweenness(network)
    assert close(betweenness(network, samples=300), exact)
    drawn = [betweenness(network, samples=60, seed=seed) for seed in range(20)]
    assert close(drawn[3], betweenness(network, samples=60, seed=3))
    assert not close(drawn[3], drawn[4])
    top = np.argsort(-exact)[:10]
    assert np.mean(drawn, axis=0)[top] == pytest.approx(exact[top], rel=0.1)
    links = edge_betweenness(network)
    some = [edge_betweenness(network, samples=60, seed=seed) for seed in range(60)]
    best = np.argsort(-links)[:10]
    assert np.mean(some, axis=0)[best] == pytest.approx(links[best], rel=0.1)


def test_sampled_paths_are_repeatable_and_unbiased() -> None:
    network = scale_free()
    exact = betweenness(network)
    drawn = [betweenness(network, error=0.05, seed=seed) for seed in range(20)]
    assert close(drawn[3], betweenness(network, error=0.05, seed=3))
    assert not close(drawn[3], drawn[4])
    top = np.argsort(-exact)[:10]
    assert np.mean(drawn, axis=0)[top] == pytest.approx(exact[top], rel=0.1)


@pytest.mark.parametrize("options", [{"samples": 100}, {"error": 0.03}, {"error": 0.1}])
def test_the_truth_lies_within_the_bound(options: dict[str, Any]) -> None:
    for graph in (nx.barabasi_albert_graph(300, 2, seed=3), nx.path_graph(300)):
        network = Network.from_networkx(graph)
        exact = betweenness(network)
        for seed in range(10):
            found = estimate(network, seed=seed, confidence=0.95, **options)
            assert (np.abs(found.scores - exact) <= found.half_width + 1e-12).all()
            assert found.error <= options.get("error", 1.0)
            assert (found.half_width[network.degree > 1] > 0).all()


def test_more_samples_or_less_confidence_make_the_bound_narrower() -> None:
    network = scale_free()
    wide = estimate(network, samples=30, confidence=0.95)
    assert estimate(network, samples=200, confidence=0.95).error < wide.error
    assert estimate(network, samples=30, confidence=0.8).error < wide.error
    exact = estimate(network)
    assert (exact.method, exact.samples, exact.error) == ("exact", 300, 0.0)


def test_the_number_of_paths_follows_from_the_diameter_and_the_error() -> None:
    network = Network.from_networkx(nx.star_graph(99))
    found = estimate(network, error=0.1, confidence=0.9)
    longest = 3  # nodes of a shortest path, from the star's middle: twice 1 link, and 1
    terms = np.floor(np.log2(longest - 2)) + 1 + np.log(1 / 0.05)
    assert found.samples == np.ceil(0.5 * terms / (0.1 * 98 / 100) ** 2)


def test_networks_above_the_limit_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_NODES", 100)
    monkeypatch.setattr(module, "SAMPLES", 50)
    found = estimate(scale_free())
    assert (found.method, found.samples) == ("sources", 50)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_networks_have_no_betweenness(n: int) -> None:
    network = Network.from_networkx(nx.complete_graph(n))
    for options in ({}, {"samples": 1}, {"error": 0.1}, {"weighted": True}):
        assert estimate(network, **options).scores.tolist() == [0.0] * n
    assert edge_betweenness(network).tolist() == [1.0] * network.size


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"samples": 0}, "samples 0 is less than 1"),
        ({"error": 0.0}, "error 0.0 is not between 0 and 1"),
        ({"confidence": 1.0}, "confidence 1.0 is not between 0 and 1"),
        ({"error": 0.1, "samples": 3}, "error together with samples, expected one"),
        ({"error": 0.1, "weighted": True}, "leave out error and give samples"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        betweenness(scale_free(), **options)


def scale_free() -> Network:
    return Network.from_networkx(nx.barabasi_albert_graph(300, 3, seed=3))
