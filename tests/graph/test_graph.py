from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

import trihelix
from tests.graph.factory import Article
from tests.graph.snapshots import Story, northeast
from trihelix.graph.columns import Columns
from trihelix.graph.graph import Graph, open_graph
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import GraphStore
from trihelix.schema.errors import (
    AmbiguousNameError,
    ConfigurationError,
    NotFoundError,
    StoreError,
)


class Shelf:
    """A store that holds one snapshot and counts how often that is read."""

    url = "memory:"

    def __init__(self, snapshot: Snapshot) -> None:
        self.held = snapshot
        self.read = 0
        self.closed = False

    def revision(self) -> int:
        return self.held.revision

    def snapshot(self) -> Snapshot:
        self.read += 1
        return self.held

    def columns(self) -> Columns:
        return replace(Columns.of(self.held), read=self.snapshot)

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        return [{"cypher": cypher, **(parameters or {})}]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(northeast())


@pytest.fixture
def graph(shelf: Shelf) -> Graph:
    return Graph(cast(GraphStore, shelf))


def test_the_snapshot_is_read_once_a_revision(graph: Graph, shelf: Shelf) -> None:
    assert graph.find("东北大学").id == "neu"
    assert len(graph.network()) == 6
    assert graph.network() is graph.network(statuses=["planned", "completed"])
    assert shelf.read == 1
    shelf.held = Story().event("e", "a", "b").snapshot(revision=2)
    assert [node.id for node in graph.network().nodes] == ["a", "b"]
    with pytest.raises(NotFoundError):
        graph.find("东北大学")
    assert shelf.read == 2


def test_networks_and_rankings_read_no_snapshot_until_facts_are_asked_for(
    graph: Graph, shelf: Shelf
) -> None:
    network = graph.network()
    assert graph.rank("degree", top=1)["name"].tolist() == ["东北大学"]
    assert network.to_pandas().links["kinds"].tolist()[1] == "Convening"
    assert shelf.read == 0
    assert network.facts_of(0)
    assert graph.network(since="2021").facts_of(0)
    assert graph.show("东北大学").documents == 2
    assert shelf.read == 1


def test_a_network_that_the_store_has_outgrown_says_so(graph: Graph, shelf: Shelf) -> None:
    read, unread = graph.network(), graph.network(since="2021")
    assert read.facts_of(0)
    shelf.held = replace(shelf.held, revision=2)
    assert unread.facts_of(0)  # all networks of a revision share what was read
    shelf.held = replace(shelf.held, revision=3)
    late = graph.network()
    shelf.held = replace(shelf.held, revision=4)
    with pytest.raises(StoreError, match="shows revision 3 of the store, which is at 4 by now"):
        late.facts_of(0)


def test_a_graph_shows_nothing_less_sure_than_it_is_asked_to(shelf: Shelf) -> None:
    graph = Graph(cast(GraphStore, shelf), min_confidence=0.95)
    assert graph.network().size == 0
    assert graph.network().view == graph.network(confidence=0.95).view


def test_old_networks_give_way_to_new_ones(graph: Graph) -> None:
    first = graph.network()
    for hundredth in range(30):
        graph.network(confidence=hundredth / 100)
    assert graph.network() is not first


def test_paths_take_names_in_any_language(graph: Graph) -> None:
    (path,) = graph.paths("Northeastern University", "省教育厅")
    assert [node.name for node in path.nodes] == ["东北大学", "辽宁省教育厅"]
    assert len(graph.paths("cs", "辽宁省教育厅", k=5)) == 2
    with pytest.raises(AmbiguousNameError):
        graph.paths("东大", "鞍钢集团")


def test_paths_to_a_person_go_through_persons(graph: Graph) -> None:
    (path,) = graph.paths("冯教授", "东北大学计算机学院")
    assert [node.id for node in path.nodes] == ["feng", "neu", "cs"]


def test_paths_take_conditions_by_name(graph: Graph) -> None:
    (path,) = graph.paths("cs", "省教育厅", via="鞍钢集团", by="confidence")
    assert [node.id for node in path.nodes] == ["cs", "neu", "ansteel", "office"]
    (path,) = graph.paths("cs", "省教育厅", avoiding=["鞍钢集团"], k=9, through=["University"])
    assert [node.id for node in path.nodes] == ["cs", "neu", "office"]
    found = graph.paths("冯教授", "鞍钢集团", avoiding="辽宁省教育厅", k=9, sectors="university")
    assert [[n.id for n in p.nodes] for p in found] == [
        ["feng", "ansteel"],
        ["feng", "neu", "ansteel"],
    ]
    (path,) = graph.paths("cs", "鞍钢集团", by="arrival", since="2021-01-15")
    assert path.dates == ("2021-03-01", "2023-04-01")


def test_rank_takes_a_view(graph: Graph) -> None:
    assert graph.rank("degree", top=1)["id"].tolist() == ["neu"]
    assert graph.rank(by="betweenness", top=None, sectors=["firm"]).shape == (2, 7)
    persons = graph.network(persons=True).view
    assert "Person" in set(graph.rank("degree", view=persons)["kind"])


def test_bridges_come_with_evidence(graph: Graph) -> None:
    (bridge,) = graph.bridges(top=3)
    assert bridge.sentence is not None
    assert graph.bridges(relations=(), events=()) == ()


def test_show_tells_all_about_an_organization(graph: Graph) -> None:
    profile = graph.show("东北大学")
    assert (profile.node.id, profile.sector, profile.documents) == ("neu", "university", 2)
    assert [post.title for post in profile.posts] == ["校长"]
    assert [tie.kind for tie in profile.ties] == ["PART_OF"]
    assert [c.node.id for c in profile.collaborators] == ["ansteel", "cs", "office"]
    assert [e.id for e in profile.events] == ["signing", "deal", "research", "forum"]
    assert len(profile.evidence) == 7
    assert [e.id for e in graph.show("东北大学", since="2023").events] == ["signing"]


def test_show_tells_all_about_a_person(graph: Graph) -> None:
    profile = graph.show("冯教授")
    assert [(p.organization.id, p.title) for p in profile.posts] == [
        ("neu", "校长"),
        ("neusoft", "独立董事"),
    ]
    assert {c.node.id for c in profile.collaborators} == {"neu", "neusoft", "office", "ansteel"}


def test_show_knows_places_which_are_in_no_network(graph: Graph) -> None:
    profile = graph.show("shenyang")
    assert profile.collaborators == ()
    assert [tie.kind for tie in profile.ties] == ["LOCATED_IN"]


def test_search_and_counts(graph: Graph) -> None:
    assert [hit.node.id for hit in graph.search("东软")] == ["neusoft"]
    counts = graph.counts()
    assert counts.documents == 2
    assert list(counts.entities.items())[:2] == [("University", 3), ("Firm", 2)]
    assert counts.relations == {"HOLDS_POST": 2, "PART_OF": 2, "LOCATED_IN": 1}
    assert counts.events == {"Collaboration": 2, "Convening": 1, "Signing": 1}


def test_query_gives_a_table(graph: Graph) -> None:
    table = graph.query("MATCH (n) RETURN n", {"name": "东北大学"})
    assert table.to_dict("records") == [{"cypher": "MATCH (n) RETURN n", "name": "东北大学"}]


def test_to_networkx_takes_a_view(graph: Graph) -> None:
    assert graph.to_networkx().number_of_edges() == 4
    assert graph.to_networkx(events=()).number_of_edges() == 1


@pytest.fixture
def sure() -> Graph:
    """A chain of partners a-b-c beside the doubtful ways a-x-c and a-c, asked from 0.5 on."""
    story = (
        Story()
        .node("a", "University")
        .node("b", "Agency")
        .node("c", "Firm")
        .node("x", "Intermediary", "Shortcut", confidence=0.4)
        .event("e1", "a", "b", confidence=0.6)
        .event("e2", "b", "c", confidence=0.7)
        .event("e3", "a", "x", "c")
        .event("e4", "a", "c", confidence=0.3, kind="Signing")
        .relation("PART_OF", "x", "a")
    )
    return Graph(cast(GraphStore, Shelf(story.snapshot())), min_confidence=0.5)


def test_every_answer_has_only_what_is_sure_enough(sure: Graph) -> None:
    with pytest.raises(NotFoundError):
        sure.find("Shortcut")
    assert sure.search("Shortcut") == ()
    counts = sure.counts()
    assert counts.entities == {"Agency": 1, "Firm": 1, "University": 1}
    assert (counts.relations, counts.events) == ({}, {"Collaboration": 3})
    profile = sure.show("a")
    assert (profile.confidence, profile.ties) == (1.0, ())
    assert {p.entity for e in profile.events for p in e.participants} == {"a", "b", "c"}
    assert "x" not in set(sure.rank("degree", top=None)["id"])
    assert "Shortcut" not in sure.to_networkx()


def test_doubtful_links_make_no_paths_and_no_bridges(sure: Graph) -> None:
    (path,) = sure.paths("a", "c", events=["Collaboration"], confidence=0.6)
    assert {hop.supports[0].kind for hop in path.hops} == {"Collaboration"}
    story = Story().event("e1", "a", "b").event("e2", "b", "c", confidence=0.3)
    with Graph(cast(GraphStore, Shelf(story.snapshot())), min_confidence=0.5) as graph:
        assert graph.bridges() == ()
        with pytest.raises(NotFoundError):
            graph.paths("a", "c")
    with Graph(cast(GraphStore, Shelf(story.snapshot()))) as graph:
        assert [bridge.node.id for bridge in graph.bridges()] == ["b"]
        assert len(graph.paths("a", "c")[0]) == 2


def test_a_view_may_ask_for_more_than_the_graph(sure: Graph) -> None:
    assert sure.network(confidence=0.65, relations=()).size == 2  # e2 and e3
    assert sure.network(confidence=0.1) is sure.network()
    assert sure.network(confidence=0.1).size == sure.network().size


def test_cypher_sees_all_that_is_stored(tmp_path: Path) -> None:
    article = Article("d1").entity("sure").entity("doubtful", confidence=0.2)
    url = f"ladybug:{tmp_path / 'trihelix.db'}"
    with open_graph(url) as graph:
        graph.store.load([article.linked()], article.nodes)
    with trihelix.open(url, read_only=True, min_confidence=0.5) as graph:
        assert graph.snapshot.nodes.keys() == {"sure"}
        cypher = "MATCH ()-[m:MENTIONS]->(o) RETURN o.id AS id, m.confidence AS sure ORDER BY id"
        assert graph.query(cypher)["sure"].tolist() == [0.2, 1.0]


def test_a_bad_confidence_is_refused_before_the_store_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="confidence 2 is not between 0 and 1"):
        open_graph(f"ladybug:{tmp_path / 'trihelix.db'}", min_confidence=2)
    assert not list(tmp_path.glob("trihelix.db*"))


def test_closing_the_graph_closes_the_store(shelf: Shelf) -> None:
    with Graph(cast(GraphStore, shelf)) as graph:
        assert graph.snapshot.revision == 1
    assert shelf.closed


def test_a_real_store_answers_and_its_changes_are_seen(tmp_path: Path) -> None:
    article = (
        Article("d1")
        .entity("neu", "University", "东北大学", "Northeastern University")
        .entity("ansteel", "Firm", "鞍钢集团")
        .event("signing", "signatory:neu", "signatory:ansteel", kind="Signing")
    )
    later = (
        Article("d2")
        .entity("ansteel", "Firm", "鞍钢集团")
        .entity("office", "Agency", "辽宁省教育厅")
        .event("visit", "visitor:office", "host:ansteel", kind="Visit")
    )
    with open_graph(f"ladybug:{tmp_path / 'trihelix.db'}") as graph:
        graph.store.load([article.linked()], article.nodes)
        (path,) = graph.paths("northeastern university", "鞍钢集团")
        assert path.hops[0].sentence is not None
        assert path.hops[0].sentence.quote == "东北大学、鞍钢集团 Signing"
        graph.store.load([later.linked()], later.nodes)
        (path,) = graph.paths("东北大学", "辽宁省教育厅")
        assert [node.name for node in path.nodes] == ["东北大学", "鞍钢集团", "辽宁省教育厅"]
        assert graph.bridges()[0].node.name == "鞍钢集团"
        query = "MATCH (o:Organization {kind: $kind}) RETURN o.name AS name"
        assert graph.query(query, {"kind": "Agency"}).to_dict("list") == {"name": ["辽宁省教育厅"]}
