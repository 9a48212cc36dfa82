from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from tests.graph.factory import Article
from tests.graph.snapshots import Story, northeast
from trihelix.graph.graph import Graph, open_graph
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import GraphStore
from trihelix.schema.errors import AmbiguousNameError, NotFoundError


class Shelf:
    """A store that holds one snapshot and counts how often it is read."""

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
