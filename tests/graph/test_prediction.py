"""Link prediction against networkx on random graphs; filters and reasons on a story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from trihelix.graph.network import Network
from trihelix.graph.prediction import INDICES, candidates, predict, scores
from trihelix.schema.errors import ConfigurationError, NotFoundError

compare = settings(max_examples=50, deadline=None)
indices = st.sampled_from(INDICES)

PEERS: dict[str, Callable[..., Any]] = {
    "jaccard": nx.jaccard_coefficient,
    "adamic_adar": nx.adamic_adar_index,
    "resource_allocation": nx.resource_allocation_index,
    "preferential_attachment": nx.preferential_attachment,
}


def expected(graph: nx.Graph[str], by: str) -> dict[tuple[str, str], float]:
    """networkx's index of all pairs without a link, smaller id first."""
    pairs = sorted((min(p), max(p)) for p in nx.non_edges(graph))
    if by == "common_neighbours":
        return {p: len(list(nx.common_neighbors(graph, *p))) for p in pairs}
    return {(a, b): value for a, b, value in PEERS[by](graph, pairs)}


@compare
@given(graphs(least=2), indices)
def test_scores_are_those_of_networkx(graph: nx.Graph[str], by: str) -> None:
    network = Network.from_networkx(graph)
    wanted = expected(graph, by)
    pairs = [[network.index(a), network.index(b)] for a, b in wanted]
    found = scores(network, pairs, by)
    assert np.allclose(found, list(wanted.values()), rtol=1e-9, atol=1e-9)


@compare
@given(graphs(), indices, st.integers(1, 12))
def test_predict_finds_the_best_pairs(graph: nx.Graph[str], by: str, top: int) -> None:
    """The same scores as the best of all pairs; only pairs that share a neighbour, but for hubs."""
    table = predict(Network.from_networkx(graph), by, top=top)
    wanted = {p: value for p, value in expected(graph, by).items() if value > 0}
    best = sorted(wanted.values(), reverse=True)[:top]
    assert np.allclose(table["score"], best, rtol=1e-9, atol=1e-9)
    for row in table.itertuples():
        assert row.score == pytest.approx(wanted[str(row.source), str(row.target)])
        assert row.common_neighbours == len(
            list(nx.common_neighbors(graph, str(row.source), str(row.target)))
        )
    assert table["rank"].is_monotonic_increasing


@compare
@given(graphs(), indices, st.integers(1, 12), st.data())
def test_candidates_are_the_best_pairs_of_a_node(
    graph: nx.Graph[str], by: str, top: int, data: st.DataObject
) -> None:
    node = data.draw(st.sampled_from(sorted(graph)))
    table = candidates(Network.from_networkx(graph), node, by, top=top)
    wanted = {
        a if b == node else b: value
        for (a, b), value in expected(graph, by).items()
        if node in (a, b)
        and (value > 0 or (by == "preferential_attachment" and graph.degree(a if b == node else b)))
    }
    assert np.allclose(
        table["score"], sorted(wanted.values(), reverse=True)[:top], rtol=1e-9, atol=1e-9
    )
    assert all(
        value == pytest.approx(wanted[i])
        for i, value in zip(table["id"], table["score"], strict=True)
    )


@pytest.fixture
def network() -> Network:
    graph: nx.Graph[str] = nx.Graph()
    for id_, kind, place in (
        ("neu", "University", "辽宁省沈阳市"),
        ("dut", "University", "辽宁省大连市"),
        ("pku", "University", "北京市"),
        ("ansteel", "Firm", "辽宁省鞍山市"),
        ("lenovo", "Firm", "北京市"),
        ("ministry", "Agency", "北京市"),
        ("office", "Agency", "辽宁省沈阳市"),
        ("fair", "Association", None),
    ):
        graph.add_node(id_, kind=kind, name=id_.upper())
        if place:
            graph.nodes[id_]["place"] = place
    for hub, near in (
        ("ministry", "neu pku lenovo ansteel dut"),
        ("office", "neu ansteel dut"),
        ("fair", "pku lenovo neu"),
    ):
        graph.add_edges_from((hub, other) for other in near.split())
    return Network.from_networkx(graph)


def test_the_shared_neighbours_explain_a_candidate_the_rarest_first(network: Network) -> None:
    row = candidates(network, "neu", top=1).iloc[0]
    assert (row["id"], row["score"]) == ("ansteel", pytest.approx(1 / np.log(5) + 1 / np.log(3)))
    assert row["shared"] == ("OFFICE", "MINISTRY")
    assert row["shared_ids"] == ("office", "ministry")


def test_university_and_firm_across_regions(network: Network) -> None:
    table = predict(network, sectors=("firm", "university"), across="region", top=9)
    found = {frozenset(pair) for pair in zip(table["source"], table["target"], strict=True)}
    assert found == {
        frozenset(p) for p in [("lenovo", "neu"), ("lenovo", "dut"), ("ansteel", "pku")]
    }
    places = predict(network, sectors=("university", "firm"), places=("北京", "辽宁"))
    assert places[["source", "target"]].to_numpy().tolist() == [["ansteel", "pku"]]


def test_candidates_by_sector_place_and_group(network: Network) -> None:
    assert set(candidates(network, "neu", sectors=["firm"])["id"]) == {"ansteel", "lenovo"}
    assert set(candidates(network, "neu", place="北京")["id"]) == {"pku", "lenovo"}
    assert set(candidates(network, "neu", across="sector")["id"]) == {"ansteel", "lenovo"}
    assert set(candidates(network, "neu", across="region")["id"]) == {"pku", "lenovo"}
    assert len(candidates(network, "fair", across="place")) == 0  # its own place is unknown


def test_hubs_need_no_shared_neighbour() -> None:
    graph = nx.disjoint_union(nx.star_graph(5), nx.star_graph(4))
    row = predict(Network.from_networkx(graph), "preferential_attachment", top=1).iloc[0]
    assert (row["score"], row["shared"]) == (20, ())


def test_the_answer_does_not_depend_on_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network.from_networkx(nx.barabasi_albert_graph(400, 3, seed=1))
    found = []
    for threads in ("1", "3"):
        monkeypatch.setenv("TRIHELIX_THREADS", threads)
        found.append(predict(network, top=50)[["source", "target", "score"]].to_numpy().tolist())
    assert found[0] == found[1]


def test_networks_without_pairs_give_an_empty_table() -> None:
    for graph in (nx.empty_graph(0), nx.empty_graph(3), nx.complete_graph(4)):
        network = Network.from_networkx(graph)
        for by in INDICES:
            assert len(predict(network, by)) == 0
        assert "shared" in predict(network)


def test_bad_arguments_are_refused(network: Network) -> None:
    with pytest.raises(ConfigurationError, match="unknown"):
        predict(network, "katz")
    with pytest.raises(ConfigurationError, match="top 0"):
        predict(network, top=0)
    with pytest.raises(ConfigurationError, match="not a pair"):
        predict(network, sectors=("firm",))
    with pytest.raises(ConfigurationError, match="outside"):
        scores(network, [[0, 99]])
    with pytest.raises(NotFoundError):
        candidates(network, "nobody")
