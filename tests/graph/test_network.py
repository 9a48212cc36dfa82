from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from tests.graph.snapshots import Story, northeast
from trihelix.graph.centrality import strength
from trihelix.graph.network import Network
from trihelix.graph.projection import pairs_within
from trihelix.graph.snapshot import Snapshot, StoredEvent
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError, NotFoundError

Links = dict[tuple[str, str], float]


def links(snapshot: Snapshot, **view: Any) -> Links:
    """The weights of a view's network by the ids of the ends."""
    table = Network.of(snapshot, View(**view)).to_pandas().links
    return {(a, b): w for a, b, w in table[["source", "target", "weight"]].itertuples(index=False)}


def test_events_and_relations_link_organizations() -> None:
    assert links(northeast()) == {
        ("ansteel", "neu"): 2.5,  # the signing, the planned research, half of the forum
        ("ansteel", "office"): 0.5,
        ("cs", "neu"): 2.0,  # told by two documents
        ("neu", "office"): 0.5,
    }


def test_counting_gives_every_fact_weight_one() -> None:
    assert links(northeast(), weighting="count", relations=()) == {
        ("ansteel", "neu"): 3.0,
        ("ansteel", "office"): 1.0,
        ("neu", "office"): 1.0,
    }


def test_a_link_knows_its_facts_and_its_independent_sources() -> None:
    network = Network.of(northeast())
    link = network.link_between(network.index("ansteel"), network.index("neu"))
    facts = network.facts_of(link)
    assert [f.id for f in facts if isinstance(f, StoredEvent)] == ["forum", "research", "signing"]
    assert network.sources[link] == 2


def test_sources_count_documents_not_statements() -> None:
    story = Story().event("e1", "a", "b").event("e2", "a", "b").relation("OWNS", "a", "b")
    assert Network.of(story.snapshot()).sources.tolist() == [1]
    story.relation("OWNS", "a", "b", document="d2")
    assert Network.of(story.snapshot()).sources.tolist() == [2]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ({"events": ["Signing"], "relations": ()}, {("ansteel", "neu")}),
        ({"events": (), "relations": ["PART_OF"]}, {("cs", "neu")}),
        ({"kinds": ["University"]}, {("cs", "neu")}),
        ({"statuses": ["planned"], "relations": ()}, {("ansteel", "neu")}),
        ({"since": "2023"}, {("ansteel", "neu"), ("cs", "neu")}),  # the forum's year is unknown
        ({"until": "2021", "relations": ()}, {("ansteel", "neu")}),
        ({"confidence": 0.95}, set()),
        ({"max_participants": 2, "relations": ()}, {("ansteel", "neu")}),
    ],
)
def test_a_view_chooses_nodes_and_facts(
    view: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert set(links(northeast(), **view)) == expected


def test_a_view_leaves_out_nodes_that_are_less_sure() -> None:
    story = (
        Story()
        .node("b", confidence=0.5)
        .event("signing", "a", "b", "c")
        .event("visit", "b", "c")
        .relation("HOLDS_POST", "p", "a")
        .relation("HOLDS_POST", "p", "c")
        .node("p", "Person", confidence=0.5)
    )
    assert links(story.snapshot(), confidence=0.6, persons="bridges") == {("a", "c"): 1.0}
    assert links(story.snapshot(), confidence=0.5, persons="bridges")["a", "c"] == 1.5
    network = Network.of(story.snapshot(), View(confidence=0.6))
    with pytest.raises(NotFoundError, match=r"no node with this id of confidence 0\.6 or more"):
        network.index("b")


def test_cancelled_events_link_nothing() -> None:
    assert ("neu", "neusoft") not in links(northeast())


def test_persons_may_be_nodes() -> None:
    found = links(northeast(), persons="nodes")
    assert found["feng", "neu"] == pytest.approx(1 + 1 / 3)  # a post, and a forum of four
    assert found["ansteel", "feng"] == pytest.approx(1 / 3)


def test_persons_may_bridge_the_organizations_that_they_serve() -> None:
    network = Network.of(northeast(), View(persons="bridges", events=()))
    link = network.link_between(network.index("neu"), network.index("neusoft"))
    assert network.weights[link] == 1.0
    assert [fact.kind for fact in network.facts_of(link)] == ["HOLDS_POST", "HOLDS_POST"]
    assert network.sources[link] == 2


def test_a_bridging_person_with_many_posts_weighs_less_on_each_pair() -> None:
    story = Story().node("p", "Person")
    for firm in ("a", "b", "c"):
        story.relation("HOLDS_POST", "p", firm)
    story.relation("HOLDS_POST", "p", "a", title="another post", document="d2")
    found = links(story.snapshot(), persons="bridges")
    assert found == {("a", "b"): 0.5, ("a", "c"): 0.5, ("b", "c"): 0.5}


def test_places_are_nodes_when_asked_for() -> None:
    assert ("neusoft", "shenyang") in links(northeast(), kinds=["Organization", "Place"])


def test_one_node_in_two_roles_is_one_participant_without_a_link_to_itself() -> None:
    story = Story().event("e", "organizer:a", "speaker:a", "attendee:b", kind="Convening")
    assert links(story.snapshot()) == {("a", "b"): 1.0}


def test_an_empty_snapshot_gives_an_empty_network() -> None:
    network = Network.of(Story().snapshot())
    assert (len(network), network.size, network.components.tolist()) == (0, 0, [])
    assert network.to_pandas().links.empty


def test_a_network_cannot_be_changed() -> None:
    network = Network.of(northeast())
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0] = 9


def test_asking_for_a_node_that_is_not_shown_says_why() -> None:
    network = Network.of(northeast())
    with pytest.raises(NotFoundError, match=r"冯教授 is a Person; .* use persons='nodes'"):
        network.index("feng")
    with pytest.raises(NotFoundError, match="'nobody': the network has no node with this id"):
        network.index("nobody")


def test_components_are_numbered_from_the_largest() -> None:
    story = Story().node("a").event("e1", "b", "c").event("e2", "d", "e", "f")
    assert Network.of(story.snapshot()).components.tolist() == [2, 1, 1, 0, 0, 0]


@given(st.lists(st.integers(0, 6), max_size=12))
def test_pairs_within_groups_are_all_pairs(sizes: list[int]) -> None:
    left, right = pairs_within(np.array(sizes, dtype=np.int64))
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int).tolist()
    expected = [
        (i, j)
        for start, end in pairwise(starts)
        for i in range(start, end)
        for j in range(i + 1, end)
    ]
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=2), min_size=1, max_size=12))
def test_newmans_weights_give_a_node_one_for_each_event(groups: list[set[str]]) -> None:
    story = Story()
    for number, group in enumerate(groups):
        story.event(f"e{number}", *sorted(group))
    network = Network.of(story.snapshot())
    expected = [sum(node.id in group for group in groups) for node in network.nodes]
    assert strength(network) == pytest.approx(np.array(expected, dtype=float))


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_networkx_graphs_come_back_the_same(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    back = network.to_networkx()
    assert set(back) == set(graph)
    assert {frozenset(e) for e in back.edges} == {frozenset(e) for e in graph.edges}
    for a, b in graph.edges:
        assert back.edges[a, b]["weight"] == graph.edges[a, b]["weight"]


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_the_arrays_agree_with_each_other(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    for i, node in enumerate(network.nodes):
        near = network.neighbours(i).tolist()
        assert near == sorted(near)
        assert {network.nodes[j].id for j in near} == set(graph[node.id])
        for j, link in zip(near, network.links_of(i).tolist(), strict=True):
            assert network.ends[link].tolist() == sorted((i, j))
    assert network.indices.dtype == np.int32


def test_every_attribute_can_be_written_for_gephi(tmp_path: Any) -> None:
    graph = Network.of(northeast()).to_networkx()
    nx.write_gexf(graph, tmp_path / "network.gexf")
    nx.write_graphml(graph, tmp_path / "network.graphml")
    read: Any = nx.read_gexf(tmp_path / "network.gexf")
    assert read.nodes["neu"]["sector"] == "university"
    assert read.edges["ansteel", "neu"]["kinds"] == "Collaboration|Convening|Signing"


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        (nx.DiGraph(), "got a DiGraph, expected an undirected Graph"),
        (nx.MultiGraph(), "got a MultiGraph"),
        (nx.Graph([(1, "1")]), "two nodes have the same id"),
    ],
)
def test_graphs_of_another_kind_are_refused(graph: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Network.from_networkx(graph)


def test_an_unknown_kind_of_node_is_refused() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", kind="Starship")
    with pytest.raises(ConfigurationError, match="node a has the unknown kind 'Starship'"):
        Network.from_networkx(graph)
