from __future__ import annotations

from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from tests.graph.snapshots import Story, northeast
from trihelix.graph.network import Network
from trihelix.graph.paths import Path, k_shortest, shortest
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError, NotFoundError


def ids(path: Path) -> list[str]:
    return [node.id for node in path.nodes]


def test_every_hop_explains_itself() -> None:
    path = shortest(Network.of(northeast()), "cs", "office")
    assert str(path) == "东北大学计算机学院 → 东北大学 → 辽宁省教育厅"
    assert len(path) == 2
    first, second = path.hops
    assert (first.source.id, first.target.id, first.sources) == ("cs", "neu", 2)
    assert [(s.type, s.kind, s.source_roles, s.target_roles) for s in first.supports] == [
        ("relation", "PART_OF", ("source",), ("target",)),
        ("relation", "PART_OF", ("source",), ("target",)),
    ]
    (forum,) = second.supports
    assert (forum.type, forum.kind, forum.id) == ("event", "Convening", "forum")
    assert (forum.date, forum.status) == ("XXXX-04-25", "completed")
    assert (forum.source_roles, forum.target_roles) == (("attendee",), ("organizer",))
    (sentence,) = forum.sentences
    assert (sentence.quote, sentence.title) == ("forum happened", "Title of d1")


def test_a_hop_walked_backwards_keeps_the_direction_of_its_relation() -> None:
    (hop,) = shortest(Network.of(northeast()), "neu", "cs").hops
    assert (hop.supports[0].source_roles, hop.supports[0].target_roles) == (
        ("target",),
        ("source",),
    )


def test_the_most_trustworthy_and_latest_fact_comes_first() -> None:
    story = (
        Story()
        .event("doubtful", "a", "b", confidence=0.5, date="2024")
        .event("older", "a", "b", confidence=0.9, date="2020")
        .event("newer", "a", "b", confidence=0.9, date="2023")
    )
    (hop,) = shortest(Network.of(story.snapshot()), "a", "b").hops
    assert [s.id for s in hop.supports] == ["newer", "older", "doubtful"]
    assert hop.sentence is not None
    assert hop.sentence.quote == "newer happened"


def test_the_sentence_that_names_both_ends_comes_before_the_title() -> None:
    story = Story().node("a", "University", "东北大学", "东大").node("b", "Firm", "鞍钢集团")
    story.event(
        "e", "a", "b", quotes=["校企合作再升级", "鞍钢集团迎来客人。", "东大与鞍钢集团签约。"]
    )
    (hop,) = shortest(Network.of(story.snapshot()), "a", "b").hops
    assert [s.quote for s in hop.supports[0].sentences] == [
        *("东大与鞍钢集团签约。", "鞍钢集团迎来客人。", "校企合作再升级")
    ]


def test_a_bridging_person_is_named() -> None:
    network = Network.of(northeast(), View(persons="bridges"))
    (hop,) = shortest(network, "neu", "neusoft").hops
    assert {(s.title, s.via.name if s.via else None) for s in hop.supports} == {
        ("校长", "冯教授"),
        ("独立董事", "冯教授"),
    }


def test_a_path_may_go_through_a_person() -> None:
    network = Network.of(northeast(), View(persons="nodes"))
    assert ids(shortest(network, "neu", "neusoft")) == ["neu", "feng", "neusoft"]


def test_equal_paths_come_in_the_order_of_ids() -> None:
    story = Story()
    for number, middle in enumerate(("m3", "m1", "m2")):
        story.event(f"e{number}", "a", middle).event(f"f{number}", middle, "z")
    network = Network.of(story.snapshot())
    assert ids(shortest(network, "a", "z")) == ["a", "m1", "z"]
    assert [ids(p)[1] for p in k_shortest(network, "a", "z", 9)] == ["m1", "m2", "m3"]


@settings(max_examples=120, deadline=None)
@given(graphs(least=2, most=9), st.integers(1, 30))
def test_k_shortest_are_the_first_of_all_simple_paths(graph: nx.Graph[str], k: int) -> None:
    network = Network.from_networkx(graph)
    a, b = network.nodes[0].id, network.nodes[-1].id
    expected = sorted(nx.all_simple_paths(graph, a, b), key=lambda path: (len(path), path))[:k]
    if expected:
        assert [ids(path) for path in k_shortest(network, a, b, k)] == expected
    else:
        with pytest.raises(NotFoundError, match="no path between"):
            k_shortest(network, a, b, k)


def test_k_shortest_agrees_with_networkx_on_a_larger_graph() -> None:
    graph = nx.barabasi_albert_graph(400, 2, seed=5)
    graph = nx.relabel_nodes(graph, {i: f"n{i:03}" for i in graph})
    network = Network.from_networkx(graph)
    found = k_shortest(network, "n000", "n399", 25)
    expected = islice(nx.shortest_simple_paths(graph, "n000", "n399"), 25)
    assert [len(path.nodes) for path in found] == [len(path) for path in expected]
    assert len({tuple(ids(path)) for path in found}) == 25
    for path in found:
        assert all(graph.has_edge(a, b) for a, b in pairwise(ids(path)))


def test_paths_are_no_longer_than_allowed() -> None:
    network = Network.from_networkx(nx.cycle_graph(list("abcdef")))
    assert [ids(p) for p in k_shortest(network, "a", "c", 5, max_hops=2)] == [["a", "b", "c"]]
    assert len(k_shortest(network, "a", "c", 5, max_hops=4)) == 2
    with pytest.raises(NotFoundError, match=r"no path of at most 1 hops .* raise max_hops"):
        shortest(network, "a", "c", max_hops=1)


def test_without_a_path_the_message_tells_the_components() -> None:
    story = Story().event("e1", "a", "b").event("e2", "c", "d", "e")
    message = r"a \(in a component of 2 nodes\) and c \(3 nodes\); .* 2 components: 3, 2; widen"
    with pytest.raises(NotFoundError, match=message):
        shortest(Network.of(story.snapshot()), "a", "c")


def test_impossible_questions_are_refused() -> None:
    network = Network.of(northeast())
    with pytest.raises(ConfigurationError, match="东北大学 is both ends"):
        shortest(network, "neu", "neu")
    with pytest.raises(ConfigurationError, match="k 0 and max_hops 10 must be at least 1"):
        k_shortest(network, "neu", "cs", 0)
    with pytest.raises(NotFoundError, match="'nobody'"):
        shortest(network, "neu", "nobody")
