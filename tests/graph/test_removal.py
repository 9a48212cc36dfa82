"""What removal breaks, against networkx on random graphs; who replaces whom, on small ones."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from trihelix.graph.network import Network
from trihelix.graph.removal import most_critical, what_if
from trihelix.schema.errors import ConfigurationError, NotFoundError

compare = settings(max_examples=40, deadline=None)


@st.composite
def removals(draw: st.DrawFn) -> tuple[nx.Graph[str], list[str]]:
    """A graph, and one to three of its nodes."""
    graph = draw(graphs())
    return graph, draw(
        st.lists(st.sampled_from(sorted(graph)), min_size=1, max_size=3, unique=True)
    )


def joined(graph: nx.Graph[str], among: set[str]) -> set[frozenset[str]]:
    return {
        frozenset(pair)
        for part in nx.connected_components(graph)
        for pair in combinations(part & among, 2)
    }


def efficiency(graph: nx.Graph[str], among: set[str]) -> float:
    """The mean inverse distance over pairs of `among`, paths may pass through others."""
    pairs = list(combinations(sorted(among), 2))
    length = dict(nx.all_pairs_shortest_path_length(graph))
    found = [1 / length[a][b] for a, b in pairs if b in length[a]]
    return sum(found) / len(pairs) if pairs else 0.0


@compare
@given(removals())
def test_what_is_lost(case: tuple[nx.Graph[str], list[str]]) -> None:
    graph, gone = case
    found = what_if(Network.from_networkx(graph), gone, listed=500)
    rest = nx.Graph(graph)
    rest.remove_nodes_from(gone)
    before, after = joined(graph, set(rest)), joined(rest, set(rest))
    assert found.joined_pairs == len(before)
    assert found.broken_pairs == len(before - after)
    assert found.components_before == nx.number_connected_components(graph)
    assert found.components_after == (nx.number_connected_components(rest) if rest else 0)
    assert found.largest_before == max(map(len, nx.connected_components(graph)))
    assert found.largest_after == max(map(len, nx.connected_components(rest)), default=0)
    assert {frozenset((a.id, b.id)) for a, b in found.cut_off} == {
        pair
        for pair in before - after
        if all(any(graph.has_edge(i, g) for g in gone) for i in pair)
    }
    torn = set().union(*(nx.node_connected_component(graph, g) for g in gone)) - set(gone)
    pieces = [part for part in nx.connected_components(rest) if part <= torn]
    assert sorted(map(sorted, pieces)) == sorted(
        sorted(n.id for n in p.nodes) for p in found.pieces
    )
    assert found.piece_count == len(pieces)


@compare
@given(removals())
def test_efficiency_of_the_remaining_nodes(case: tuple[nx.Graph[str], list[str]]) -> None:
    graph, gone = case
    found = what_if(Network.from_networkx(graph), gone).efficiency
    rest = nx.Graph(graph)
    rest.remove_nodes_from(gone)
    assert found.error == 0.0
    assert found.before == pytest.approx(efficiency(graph, set(rest)), abs=1e-9)
    assert found.after == pytest.approx(nx.global_efficiency(rest), abs=1e-9)
    assert found.loss >= 0.0


@compare
@given(graphs())
def test_most_critical_breaks_what_the_removal_breaks(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    table = most_critical(network, top=100).set_index("id")
    assert set(table.index) == set(nx.articulation_points(graph))
    for id_, row in table.iterrows():
        found = what_if(network, str(id_))
        assert row["broken_pairs"] == found.broken_pairs
        assert row["pieces"] == found.piece_count
        assert row["cut_off"] == sum(p.size for p in found.pieces[1:])
    assert table["broken_pairs"].is_monotonic_decreasing


@compare
@given(removals())
def test_replacements_are_alike(case: tuple[nx.Graph[str], list[str]]) -> None:
    graph, gone = case
    ties: dict[str, float] = {}
    for g in gone:
        for b in set(graph[g]) - set(gone):
            ties[b] = ties.get(b, 0.0) + graph[g][b]["weight"]
    found = what_if(Network.from_networkx(graph), gone, top=100).replacements
    expected = set(ties) | {c for b in ties for c in graph[b]}
    assert {r.node.id for r in found} == expected - set(gone)
    for r in found:
        own = {b: d["weight"] for b, d in graph[r.node.id].items() if b not in gone}
        others = {b: w for b, w in ties.items() if b != r.node.id}
        both = {b for b in own if b in others}
        every = set(own) | set(others)
        least = sum(min(own[b], others[b]) for b in both)
        most = sum(max(own.get(b, 0), others.get(b, 0)) for b in every)
        assert r.similarity == pytest.approx(least / most if most else 0.0, abs=1e-9)
        assert r.adamic_adar == pytest.approx(
            sum(1 / np.log(graph.degree(b)) for b in both), abs=1e-9
        )
        assert {n.id for n in r.shared} == both
        assert r.brokered == sum(not graph.has_edge(a, b) for a, b in combinations(both, 2))


@pytest.fixture
def network() -> Network:
    """Two halves joined by `hub`; `deputy` knows most of the first half that hub knows."""
    graph: nx.Graph[str] = nx.Graph()
    for id_ in ("hub", "deputy"):
        graph.add_node(id_, kind="Agency", place="沈阳市")
    graph.add_edges_from(("hub", i) for i in ("a", "b", "c", "x", "y"))
    graph.add_edges_from(("deputy", i) for i in ("a", "b", "c"))
    graph.add_edges_from([("x", "y"), ("x", "z")])
    return Network.from_networkx(graph)


def test_a_deputy_takes_over(network: Network) -> None:
    best = what_if(network, "hub").replacements[0]
    assert best.node.id == "deputy"
    assert best.similarity == pytest.approx(3 / 5)
    assert (best.brokered, best.reconnects) == (3, 12)
    assert [n.id for n in best.shared] == ["a", "b", "c"]


def test_tables(network: Network) -> None:
    found = what_if(network, "hub", listed=2, top=1).to_pandas()
    summary = found.summary.iloc[0]
    assert (summary["removed"], summary["broken_pairs"], summary["joined_pairs"]) == (
        ("hub",),
        12,
        21,
    )
    assert (summary["largest_before"], summary["largest_after"]) == (8, 4)
    assert found.pieces["size"].tolist() == [4, 3]
    assert found.pieces["ids"].tolist() == [("deputy", "a"), ("x", "y")]
    assert found.cut_off[["source", "target"]].to_numpy().tolist() == [["x", "a"], ["x", "b"]]
    row = found.replacements.iloc[0]
    assert (row["rank"], row["id"], row["sector"], row["place"]) == (
        1,
        "deputy",
        "government",
        "沈阳市",
    )
    assert row["shared"] == ("a", "b", "c")


def test_the_most_critical_first(network: Network) -> None:
    table = most_critical(network)
    assert table[["rank", "id", "broken_pairs", "cut_off"]].to_numpy().tolist() == [
        [1, "hub", 12, 3],
        [2, "x", 6, 1],
    ]


def test_a_sample_states_its_error() -> None:
    graph = nx.barabasi_albert_graph(600, 2, seed=3)
    network = Network.from_networkx(graph)
    hub = str(max(graph, key=graph.degree))
    exact = what_if(network, hub).efficiency
    sampled = [what_if(network, hub, samples=100, seed=seed).efficiency for seed in range(20)]
    within = [abs(e.loss - exact.loss) <= e.error for e in sampled]
    assert all(e.error > 0 and e.samples == 100 for e in sampled)
    assert sum(within) >= 16
    assert sampled[3] == what_if(network, hub, samples=100, seed=3).efficiency


def test_removing_all_nodes_leaves_nothing() -> None:
    found = what_if(Network.from_networkx(nx.path_graph(3)), ["0", "1", "2"])
    assert (found.remaining, found.broken_pairs, found.largest_after) == (0, 0, 0)
    assert (found.pieces, found.cut_off, found.replacements) == ((), (), ())
    assert found.to_pandas().replacements.empty


def test_bad_arguments_are_refused(network: Network) -> None:
    with pytest.raises(NotFoundError):
        what_if(network, "nobody")
    with pytest.raises(ConfigurationError, match="no node"):
        what_if(network, [])
    for name in ("top", "listed", "samples"):
        with pytest.raises(ConfigurationError, match=f"{name} 0"):
            what_if(network, "hub", **{name: 0})
    with pytest.raises(ConfigurationError, match="top 0"):
        most_critical(network, top=0)


def test_a_network_without_nodes_has_nothing_critical() -> None:
    assert most_critical(Network.from_networkx(nx.empty_graph(0))).empty
