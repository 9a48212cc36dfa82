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


@settings(deadline=None)
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
    with pytest.raises(ConfigurationError, match="unknown kind of node 'Starship'; known: Organ"):
        Network.from_networkx(graph)


def told() -> Network:
    """Two firms with facts of several dates and confidences, a third with one of unknown year."""
    return Network.of(
        Story()
        .document("d1", published="2020-02-03")
        .document("d2", published=None)
        .event("deal", "a", "b", date="2023-04", confidence=0.7)
        .event("visit", "a", "b", date="XXXX-01-01", confidence=0.8)
        .relation("OWNS", "a", "b", confidence=0.6)
        .relation("OWNS", "b", "c", document="d2", confidence=0.5)
        .snapshot()
    )


def test_a_link_is_as_sure_as_its_surest_fact() -> None:
    assert told().confidences.tolist() == [0.8, 0.5]


def test_a_link_spans_the_days_that_its_facts_may_mean() -> None:
    assert told().span.tolist() == [[20200203, 20230431], [0, 0]]


def test_without_facts_a_link_is_sure_and_undated() -> None:
    network = Network.from_arrays([[0, 1]])
    assert (network.confidences.tolist(), network.span.tolist()) == ([1.0], [[0, 0]])


def test_arrays_make_a_network() -> None:
    network = Network.from_arrays(
        [[2, 0], [1, 2], [0, 2], [1, 1]],
        [0.5, 2.0, 0.25, 9.0],
        ids=["z", "y", "x", "w"],
        kinds=["Firm", "Firm", "University", "Agency"],
        places=["沈阳", None, None, None],
    )
    assert network.ends.tolist() == [[0, 2], [1, 2]]
    assert network.weights.tolist() == [0.75, 2.0]
    assert network.near_weights.tolist() == [0.75, 2.0, 0.75, 2.0]
    assert [node.name for node in network.nodes] == ["z", "y", "x", "w"]
    assert network.index("x") == 2
    assert len(Network.from_arrays(np.empty((0, 2), dtype=np.int32), n=3)) == 3


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_arrays_and_networkx_make_the_same_network(graph: nx.Graph[str]) -> None:
    expected = Network.from_networkx(graph)
    number = {name: at for at, name in enumerate(sorted(graph))}
    ends = [(number[b], number[a]) for a, b in graph.edges]
    weights = [graph.edges[edge]["weight"] for edge in graph.edges]
    found = Network.from_arrays(ends, weights, ids=sorted(graph))
    for name in ("ends", "weights", "indptr", "indices", "link"):
        one, other = getattr(found, name), getattr(expected, name)
        assert one.tolist() == other.tolist()
        assert (one.dtype, one.flags.writeable) == (other.dtype, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ends": [[0, 1, 2]]}, r"ends have shape \(1, 3\) of int64, expected \(links, 2\)"),
        ({"ends": [[0.5, 1]]}, "of float64"),
        ({"ends": [[0, 3]], "n": 3}, "numbers from 0 to 3, expected 0 to 2 for 3 nodes"),
        ({"ends": [[-1, 0]]}, "numbers from -1"),
        ({"ends": [[0, 1]], "weights": [1.0, 2.0]}, r"weights have shape \(2,\), expected \(1,\)"),
        ({"ends": [[0, 1]], "weights": [float("nan")]}, "all finite"),
        ({"ends": [[0, 1]], "ids": ["a", "a"]}, "two nodes have the same id"),
        ({"ends": [[0, 1]], "names": ["a"]}, "1 names for 2 nodes"),
        ({"ends": [[0, 1]], "kinds": ["Firm", "Starship"]}, "unknown kind of node 'Starship'"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Network.from_arrays(**arguments)


def test_groups_are_sectors_kinds_places_components_or_labels() -> None:
    network = Network.of(northeast())  # ansteel, cs, neu, neusoft, office, seu
    sectors = network.groups("sector")
    assert sectors.names == ("firm", "government", "university")
    assert sectors.codes.tolist() == [0, 2, 2, 0, 1, 2]
    assert network.groups("kind").names == ("Agency", "Firm", "University")
    assert network.groups("place").names == ("江苏省南京市", "辽宁省沈阳市", "辽宁省鞍山市")
    components = network.groups("component")
    assert (components.codes.tolist(), components.names) == ([0, 0, 0, 1, 0, 2], ("0", "1", "2"))
    assert network.groups({"neu": "x", "cs": "y"}).codes.tolist() == [-1, 1, 0, -1, -1, -1]
    assert network.groups([1, None, 1, 2, 2, None]).codes.tolist() == [0, -1, 0, 1, 1, -1]


def test_groups_that_do_not_fit_are_refused() -> None:
    network = Network.of(northeast())
    with pytest.raises(ConfigurationError, match="'colour' is unknown; choose from sector, kind"):
        network.groups("colour")
    with pytest.raises(ConfigurationError, match="2 labels for 6 nodes"):
        network.groups(["a", "b"])


def test_a_part_keeps_facts_and_sources() -> None:
    network = Network.of(northeast())
    part = network.part(nodes=np.array([True, False, True, True, True, True]))
    assert [node.id for node in part.nodes] == ["ansteel", "neu", "neusoft", "office", "seu"]
    assert part.weights.tolist() == [2.5, 0.5, 0.5]
    link = part.link_between(part.index("ansteel"), part.index("neu"))
    assert {f.id for f in part.facts_of(link) if isinstance(f, StoredEvent)} == {
        "forum",
        "research",
        "signing",
    }
    assert part.sources.tolist() == [2, 1, 1]
    fewer = network.part(links=network.weights > 1)
    assert (len(fewer), fewer.weights.tolist()) == (6, [2.5, 2.0])
    with pytest.raises(ConfigurationError, match=r"nodes have shape \(2,\) of bool"):
        network.part(nodes=np.array([True, False]))


@settings(max_examples=50, deadline=None)
@given(graphs(), st.data())
def test_a_part_is_the_induced_subgraph(graph: nx.Graph[str], data: st.DataObject) -> None:
    network = Network.from_networkx(graph)
    size = len(network)
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    chosen = [node.id for node, kept in zip(network.nodes, inside, strict=True) if kept]
    expected = Network.from_networkx(graph.subgraph(chosen))
    part = network.part(nodes=inside)
    assert part.nodes == expected.nodes
    for name in ("ends", "weights", "indptr", "indices", "link"):
        assert getattr(part, name).tolist() == getattr(expected, name).tolist()


def test_the_table_of_links_has_their_first_and_last_days() -> None:
    story = Story().event("e1", "a", "b", date="2021-02").event("e2", "a", "b", date="2019-05-07")
    story.event("e3", "b", "c", date="XXXX-05-01")
    links = Network.of(story.snapshot()).to_pandas().links
    assert (links["first"][0], links["last"][0]) == ("2019-05-07", "2021-02-28")
    assert links[["first", "last"]][1:].isna().all(axis=None)
