"""Every measure against networkx on random graphs, and by hand where networkx differs."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings

from tests.graph.graphs import graphs, vector
from tests.graph.snapshots import Story, northeast
from trihelix.graph.centrality import MEASURES, betweenness, centrality, rank
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError, TrihelixError

compare = settings(max_examples=60, deadline=None)


def close(found: Any, expected: Any) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True))


@compare
@given(graphs())
def test_degree(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    plain = vector(network, dict(graph.degree()))
    assert close(centrality(network, "degree", normalized=False), plain)
    if len(network) > 1:
        assert close(centrality(network, "degree"), vector(network, nx.degree_centrality(graph)))


@compare
@given(graphs())
def test_strength(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    assert close(
        centrality(network, "strength"), vector(network, dict(graph.degree(weight="weight")))
    )


@compare
@given(graphs())
def test_pagerank(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = nx.pagerank(graph, tol=1e-14, max_iter=10_000)
    assert close(centrality(network, "pagerank"), vector(network, expected))
    assert centrality(network, "pagerank", normalized=False).sum() == pytest.approx(len(network))


@compare
@given(graphs())
def test_betweenness(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for normalized in (True, False):
        expected = nx.betweenness_centrality(graph, normalized=normalized)
        found = centrality(network, "betweenness", normalized=normalized)
        assert close(found, vector(network, expected))


@compare
@given(graphs())
def test_closeness(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for normalized in (True, False):
        expected = nx.closeness_centrality(graph, wf_improved=normalized)
        found = centrality(network, "closeness", normalized=normalized)
        assert close(found, vector(network, expected))


@compare
@given(graphs())
def test_harmonic(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = vector(network, {k: float(v) for k, v in nx.harmonic_centrality(graph).items()})
    assert close(centrality(network, "harmonic", normalized=False), expected)
    assert close(centrality(network, "harmonic"), expected / max(len(network) - 1, 1))


@compare
@given(graphs(least=2))
def test_katz(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    largest = np.linalg.eigvalsh(network.matrix().toarray())[-1]
    alpha = 0.85 / largest if network.size else 0.0
    expected = nx.katz_centrality_numpy(graph, alpha=alpha, weight="weight")
    assert close(centrality(network, "katz"), vector(network, expected))
    half = nx.katz_centrality_numpy(graph, alpha=alpha / 2, weight="weight", normalized=False)
    found = centrality(network, "katz", alpha=alpha / 2, normalized=False)
    assert close(found, vector(network, half))


@compare
@given(graphs())
def test_walks_without_weights(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = nx.pagerank(graph, alpha=0.5, tol=1e-14, max_iter=10_000, weight=None)
    found = centrality(network, "pagerank", damping=0.5, weighted=False)
    assert close(found, vector(network, expected))


@compare
@given(graphs(least=3))
def test_constraint(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    expected = vector(network, nx.constraint(graph, weight="weight"))
    assert close(centrality(network, "constraint"), expected)


@compare
@given(graphs(least=3))
def test_eigenvector_of_the_largest_component(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    inside = {node.id for node, c in zip(network.nodes, network.components, strict=True) if c == 0}
    assert len(inside) == max(map(len, nx.connected_components(graph)))
    assume(len(inside) > 2)
    expected = nx.eigenvector_centrality_numpy(graph.subgraph(inside), weight="weight")
    found = centrality(network, "eigenvector")
    outside = dict.fromkeys(graph, 0.0)
    assert close(found, vector(network, {**outside, **expected}))


def test_measures_hold_on_a_larger_graph_with_batches_of_sources() -> None:
    graph = nx.powerlaw_cluster_graph(700, 3, 0.3, seed=7)
    graph = nx.relabel_nodes(graph, {i: f"n{i:03}" for i in graph})
    network = Network.from_networkx(graph)
    for name, expected in {
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "harmonic": {k: v / 699 for k, v in nx.harmonic_centrality(graph).items()},
        "eigenvector": nx.eigenvector_centrality_numpy(graph),
        "pagerank": nx.pagerank(graph, tol=1e-14, max_iter=1000),
    }.items():
        assert close(centrality(network, name), vector(network, expected)), name


def test_a_long_path() -> None:
    network = Network.from_networkx(nx.path_graph(1_500))
    found = betweenness(network, normalized=False)
    position = np.array([int(node.id) for node in network.nodes])
    assert close(found, position * (1_499 - position))


def test_nodes_without_links_have_defined_values() -> None:
    network = Network.of(Story().node("a").node("b").snapshot())
    undefined = {"constraint", "effective_size", "efficiency", "hierarchy"}
    values = {"pagerank": 0.5, "katz": 0.5**0.5}
    for name in MEASURES:
        expected = [np.nan if name in undefined else values.get(name, 0.0)] * 2
        assert close(centrality(network, name), expected), name


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_network_has_no_values(name: str) -> None:
    assert centrality(Network.of(Story().snapshot()), name).shape == (0,)


def test_an_unknown_measure_or_option_is_refused() -> None:
    network = Network.of(northeast())
    with pytest.raises(ConfigurationError, match="'fame' is unknown; choose from degree, strength"):
        centrality(network, "fame")
    with pytest.raises(ConfigurationError, match="measure degree has no option seed; it has none"):
        centrality(network, "degree", seed=1)
    with pytest.raises(ConfigurationError, match="has no option depth; it has damping, weighted"):
        centrality(network, "pagerank", depth=1)
    with pytest.raises(ConfigurationError, match="samples 0 is less than 1"):
        centrality(network, "betweenness", samples=0)
    with pytest.raises(ConfigurationError, match="damping 1 is not at least 0 and below 1"):
        centrality(network, "pagerank", damping=1)
    with pytest.raises(ConfigurationError, match="alpha 9 is not at least 0 and below 0"):
        centrality(network, "katz", alpha=9)


def test_rank_is_a_table_with_the_most_central_first() -> None:
    table = rank(northeast(), "betweenness", top=2)
    assert list(table.columns) == ["rank", "name", "kind", "sector", "place", "score", "id"]
    assert table.iloc[0][["rank", "name", "kind", "sector"]].tolist() == [
        *(1, "东北大学", "University", "university")
    ]
    assert table["id"].tolist() == ["neu", "ansteel"]


def test_equal_scores_share_a_rank_in_order_of_ids() -> None:
    network = Network.of(Story().event("e", "c", "a", "b").snapshot())
    table = rank(network, "degree")
    assert table["rank"].tolist() == [1, 1, 1]
    assert table["id"].tolist() == ["a", "b", "c"]


def test_filters_choose_rows_but_leave_the_network_whole() -> None:
    whole = rank(northeast(), "degree").set_index("id")
    firms = rank(northeast(), "degree", sectors=["firm"])
    assert firms["id"].tolist() == ["ansteel", "neusoft"]
    assert firms["score"].tolist() == whole.loc[["ansteel", "neusoft"], "score"].tolist()
    assert rank(northeast(), "degree", place="江苏")["id"].tolist() == ["seu"]
    assert rank(northeast(), "degree", kinds=["Agency"])["rank"].tolist() == [1]
    assert len(rank(northeast(), "degree", kinds=["Organization"])) == len(whole)


def test_nodes_without_a_place_are_in_no_place() -> None:
    story = Story().node("a", place="沈阳市").node("b").event("e", "a", "b")
    assert rank(story.snapshot(), "degree", place="沈阳")["id"].tolist() == ["a"]
    nowhere = Story().event("e", "a", "b").snapshot()
    assert rank(nowhere, "degree", place="沈阳").empty


def test_constraint_ranks_brokers_first_and_leaves_out_isolated_nodes() -> None:
    table = rank(northeast(), "constraint")
    assert table["id"].tolist()[0] == "neu"
    assert table["score"].is_monotonic_increasing
    assert not {"neusoft", "seu"} & set(table["id"])


def test_a_sampled_ranking_says_how_it_was_sampled_and_how_sure_it_is() -> None:
    table = rank(northeast(), "betweenness", samples=3, seed=5, confidence=0.95)
    how = table.attrs["sampled"]
    assert (how["method"], how["samples"], how["seed"]) == ("sources", 3, 5)
    assert how["confidence"] == 0.95
    assert how["error"] == pytest.approx(table["plus_minus"].max())
    exact = rank(northeast(), "betweenness")
    assert "plus_minus" not in exact
    assert not exact.attrs


def test_a_top_below_one_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="top 0 is less than 1"):
        rank(northeast(), top=0)


def test_an_eigenvector_that_cannot_be_found_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trihelix.graph.walks.PASSES", 5)
    network = Network.from_networkx(nx.path_graph(1_000))
    with pytest.raises(TrihelixError, match="no convergence on 1000 nodes"):
        centrality(network, "eigenvector")
