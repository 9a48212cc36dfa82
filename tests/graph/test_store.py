"""The contract that every store keeps (graph/store.py); each test runs on Ladybug and on Neo4j."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph.factory import Article, loadable, northeast
from trihelix.graph.columns import Columns
from trihelix.graph.network import Network
from trihelix.graph.rows import snapshot_of
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import GraphStore, open_store
from trihelix.graph.view import View
from trihelix.schema.errors import StoreError
from trihelix.schema.records import Amount, LinkedDocument, Node

ODD = "“引号”' \" \\ \t\n\x00 😀 é e\u0301 \u2028 \ufeff $x `y` 𠮷"


def post(id_: str, title: str = "校长") -> Article:
    """An article that tells of one post."""
    return (
        Article(id_)
        .entity("neu", "University", "东北大学")
        .entity("feng", "Person", "冯知庭")
        .relation("HOLDS_POST", "feng", "neu", title=title)
    )


def as_lists(columns: Columns) -> dict[str, Any]:
    """Columns that can be compared; arrays with their type."""
    values = {f.name: getattr(columns, f.name) for f in fields(columns) if f.name != "read"}
    return {
        name: (value.dtype, value.tolist()) if isinstance(value, np.ndarray) else value
        for name, value in values.items()
    }


def test_a_new_store_is_empty(store: GraphStore) -> None:
    assert store.revision() == 0
    assert store.snapshot() == snapshot_of([], [], revision=0)
    assert as_lists(store.columns()) == as_lists(Columns.of(store.snapshot()))
    assert (list(store.documents()), store.nodes(), store.sources()) == ([], {}, {})


def test_what_was_loaded_is_read_back(store: GraphStore) -> None:
    documents, nodes = loadable(*northeast())
    assert store.load(documents, nodes) == store.revision() == 1
    assert list(store.documents()) == documents
    assert store.nodes() == {node.id: node for node in sorted(nodes, key=lambda n: n.id)}
    assert store.sources() == {f"d{n}.txt": f"d{n}" for n in (1, 2, 3, 4)}
    assert store.snapshot() == snapshot_of(documents, nodes)


def test_the_snapshot_says_what_the_documents_say(store: GraphStore) -> None:
    store.load(*loadable(*northeast()))
    snapshot = store.snapshot()
    post, *_ = [r for r in snapshot.relations if r.kind == "HOLDS_POST"]
    assert (post.source, post.target, post.title, post.confidence) == ("feng", "neu", "校长", 0.9)
    assert post.document == "d1"
    assert [e.quote for e in post.evidence] == ["冯知庭 HOLDS_POST 东北大学"]
    signing = snapshot.events["d1/v1"]
    assert (signing.date, signing.amount, signing.currency) == ("2023-04", 200_000_000.0, "CNY")
    assert [(p.role, p.entity) for p in signing.participants] == [
        ("signatory", "ansteel"),
        ("signatory", "neu"),
        ("witness", "feng"),
    ]
    assert snapshot.mentions["d4"] == ("feng", "neusoft")


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(persons="bridges", confidence=0.85),
        View(kinds=("Organization", "Place"), persons="nodes", as_of="2023-06", min_sources=2),
        View(weighting="recency", half_life=100, component="giant"),
    ],
)
def test_the_network_of_the_columns_is_that_of_the_snapshot(store: GraphStore, view: View) -> None:
    store.load(*loadable(*northeast()))
    found, expected = Network.of(store.columns(), view), Network.of(store.snapshot(), view)
    assert tuple(found.nodes) == tuple(expected.nodes)
    for name in ("ends", "weights", "sources", "confidences", "span", "indices", "link"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert found.size > 0
    for link in range(found.size):
        assert found.facts_of(link) == expected.facts_of(link)
    assert found.snapshot == expected.snapshot


def test_a_fact_of_an_older_network_cannot_be_read(store: GraphStore) -> None:
    store.load(*loadable(*northeast()))
    network = Network.of(store.columns())
    store.load([], [], retract=["d1"])
    with pytest.raises(StoreError, match="shows revision 1 of the store, which is at 2 by now"):
        network.facts_of(0)


def test_all_survives_closing(url: str) -> None:
    documents, nodes = loadable(*northeast())
    with open_store(url) as store:
        store.load(documents, nodes)
    with open_store(url) as store:
        assert store.snapshot() == snapshot_of(documents, nodes)
        store.close()


def test_loading_the_same_again_writes_nothing(store: GraphStore) -> None:
    documents, nodes = loadable(*northeast())
    store.load(documents, nodes)
    assert store.load(documents, nodes) == 1
    assert store.load(reversed(documents), reversed(nodes)) == 1
    assert store.load([], []) == 1
    assert store.load([], [], retract=["unknown"]) == 1


def test_a_changed_document_replaces_what_it_said(store: GraphStore) -> None:
    store.load(*loadable(post("d1"), post("d2")))
    documents, nodes = loadable(post("d1", title="书记"))
    assert store.load(documents, nodes) == 2
    assert [r.title for r in store.snapshot().relations] == ["书记", "校长"]


@pytest.mark.parametrize("change", ["identity", "sources", "extractor"])
def test_a_document_changes_with_its_identity_sources_or_extractor(
    store: GraphStore, change: str
) -> None:
    [document], nodes = loadable(post("d1"))
    store.load([document], nodes)
    values: dict[str, Any] = {
        "identity": {"neu": "neu2", "feng": "feng"},
        "sources": ("a", "b"),
        "extractor": "2",
    }
    changed = replace(document, **{change: values[change]})
    nodes.append(Node(id="neu2", kind="University", name="东北大学"))
    assert store.load([changed], nodes) == 2
    assert list(store.documents()) == [changed]
    assert store.snapshot() == snapshot_of([changed], nodes, revision=2)


def test_retracting_removes_only_what_no_other_document_supports(store: GraphStore) -> None:
    documents, nodes = loadable(*northeast())
    store.load(documents, nodes)
    assert store.load([], [], retract=["d3"]) == 2
    assert store.snapshot() == snapshot_of(
        [d for d in documents if d.extraction.document.id != "d3"], nodes, revision=2
    )
    assert store.nodes().keys() == {"ansteel", "feng", "neu", "neusoft", "office"}


def test_a_document_that_is_loaded_is_not_retracted(store: GraphStore) -> None:
    documents, nodes = loadable(post("d1"))
    store.load(documents, nodes)
    assert store.load(documents, nodes, retract=["d1"]) == 1


def test_of_two_documents_with_one_id_the_last_counts(store: GraphStore) -> None:
    first, last = post("d1", title="校长").linked(), post("d1", title="书记").linked()
    store.load([first, last], post("d1").nodes)
    assert list(store.documents()) == [last]


def test_the_same_fact_of_two_documents_is_two_relationships(store: GraphStore) -> None:
    store.load(*loadable(post("d1"), post("d2")))
    assert [r.document for r in store.snapshot().relations] == ["d1", "d2"]
    store.load([], [], retract=["d1"])
    assert [r.document for r in store.snapshot().relations] == ["d2"]


def test_entities_that_are_one_node_are_one_in_every_fact(store: GraphStore) -> None:
    article = (
        Article("d1")
        .entity("a", "Firm", "鞍钢集团", node="ansteel")
        .entity("b", "Firm", "鞍钢", node="ansteel")
        .entity("c", "Firm", "本钢集团")
        .relation("OWNS", "a", "c", confidence=0.7)
        .relation("OWNS", "b", "c", confidence=0.8)
        .relation("OWNS", "a", "b")
        .event("v1", "a", "b", "c")
    )
    store.load(*loadable(article))
    snapshot = store.snapshot()
    [owns] = snapshot.relations
    assert (owns.source, owns.target, owns.confidence) == ("ansteel", "c", 0.8)
    assert [e.quote for e in owns.evidence] == ["鞍钢集团 OWNS 本钢集团", "鞍钢 OWNS 本钢集团"]
    assert [p.entity for p in snapshot.events["d1/v1"].participants] == ["ansteel", "c"]
    assert snapshot.mentions == {"d1": ("ansteel", "c")}


def test_a_node_is_as_sure_as_its_surest_mention(store: GraphStore) -> None:
    one = (
        Article("d1")
        .entity("a", "Firm", "鞍钢集团", node="ansteel", confidence=0.5)
        .entity("b", "Firm", "鞍钢", node="ansteel", confidence=0.6)
        .entity("c", "Firm", "本钢集团", confidence=1 / 3)
    )
    two = Article("d2").entity("a", "Firm", "鞍钢集团", node="ansteel", confidence=0.9)
    store.load(*loadable(one, two))
    assert store.snapshot().confidence == {"ansteel": 0.9, "c": 1 / 3}
    cypher = "MATCH (d:Document)-[m:MENTIONS]->(o {id: 'ansteel'}) RETURN m.confidence AS sure"
    assert store.query(f"{cypher} ORDER BY sure") == [{"sure": 0.6}, {"sure": 0.9}]
    store.load([], [], retract=["d2"])
    assert store.snapshot().confidence == {"ansteel": 0.6, "c": 1 / 3}


def test_a_change_of_confidence_alone_is_stored(store: GraphStore) -> None:
    store.load(*loadable(Article("d1").entity("a", confidence=0.5)))
    documents, nodes = loadable(Article("d1").entity("a", confidence=0.75))
    assert store.load(documents, nodes) == 2
    assert store.snapshot() == snapshot_of(documents, nodes, revision=2)
    assert list(store.documents()) == documents


def test_relations_that_the_vocabulary_does_not_allow_are_left_out(store: GraphStore) -> None:
    article = Article("d1").entity("feng", "Person").relation("PART_OF", "feng", "mill")
    store.load(*loadable(article))
    assert store.snapshot().relations == ()
    assert list(store.documents()) == [article.linked()]


def test_a_node_is_described_anew(store: GraphStore) -> None:
    documents, nodes = loadable(post("d1"))
    store.load(documents, nodes)
    named = [
        replace(n, name=f"新{n.name}", aliases=("a", "b"), place="沈阳", key="k") for n in nodes
    ]
    assert store.load([], named) == 2
    assert store.snapshot() == snapshot_of(documents, named, revision=2)
    assert store.load([], nodes) == 3
    assert store.snapshot() == snapshot_of(documents, nodes, revision=3)


@pytest.mark.parametrize("kind", ["Firm", "Project"])
def test_a_node_may_become_another_kind(store: GraphStore, kind: str) -> None:
    documents, nodes = loadable(*northeast())
    store.load(documents, nodes)
    nodes = [replace(n, kind=kind) if n.id == "neu" else n for n in nodes]
    assert store.load([], nodes) == 2
    assert store.snapshot() == snapshot_of(documents, nodes, revision=2)
    assert list(store.documents()) == documents
    found = store.query("MATCH (n) WHERE n.id = 'neu' RETURN n.kind AS kind, n.sector AS sector")
    assert found == [{"kind": kind, "sector": "firm" if kind == "Firm" else None}]


def test_nodes_that_nobody_mentions_are_not_kept(store: GraphStore) -> None:
    documents, nodes = loadable(post("d1"))
    stray = Node(id="stray", kind="Firm", name="无关")
    store.load(documents, [*nodes, stray])
    assert "stray" not in store.nodes()
    assert store.load([], [stray]) == 1


@pytest.mark.parametrize(
    ("article", "nodes", "problem"),
    [
        (post("d1"), [], "linked to 'neu', which no given or stored node is"),
        (Article("d1").entity("x", "Spaceship"), None, "'Spaceship'"),
        (Article("d1").relation("LOVES", "a", "b"), None, "relation kind 'LOVES'"),
        (Article("d1").event("v1", "a", kind="Party"), None, "event kind 'Party'"),
        (Article("d1").event("v1", "a").event("v1", "b"), None, "two events have the id 'v1'"),
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_changes(
    store: GraphStore, article: Article, nodes: list[Node] | None, problem: str
) -> None:
    store.load(*loadable(*northeast()))
    before = store.snapshot()
    store.load([], [], retract=["d1", "d2", "d3", "d4"])
    with pytest.raises(StoreError, match=problem):
        store.load([article.linked()], article.nodes if nodes is None else nodes)
    assert store.revision() == 2
    assert before.documents.keys() == {"d1", "d2", "d3", "d4"}
    assert store.snapshot().documents == {}


def test_any_text_and_number_comes_back_as_it_was(store: GraphStore) -> None:
    amount = Amount(text=ODD, value=0.1 + 0.2, currency="CNY")
    article = (
        Article(f"d{ODD}", title=ODD, published=None, source=ODD)
        .entity(ODD, "Firm", ODD, ODD, place=ODD, key=ODD, confidence=0.1 + 0.2)
        .entity("p", "Person", ODD)
        .relation("HOLDS_POST", "p", ODD, title=ODD, confidence=1 / 3)
        .relation("HOLDS_POST", "p", ODD, title="")
        .relation("HOLDS_POST", "p", ODD, title=None)
        .event(ODD, ODD, "p", kind="Signing", name=ODD, date="XXXX-04-25", amount=amount)
        .event("none", name=None, date=None, status="cancelled", confidence=1e-300)
    )
    document = article.linked(sources=(ODD, "", "z"), extractor=ODD)
    store.load([document], article.nodes)
    assert list(store.documents()) == [document]
    assert store.snapshot() == snapshot_of([document], article.nodes)
    assert as_lists(store.columns()) == as_lists(Columns.of(store.snapshot()))


def test_numbers_given_as_integers_are_the_same_in_every_store(store: GraphStore) -> None:
    amount = Amount(text="2亿", value=200_000_000, currency="CNY")
    article = Article("d1").entity("a", confidence=1).event("v1", "a", confidence=1, amount=amount)
    store.load(*loadable(article))
    event = store.snapshot().events["d1/v1"]
    assert isinstance(store.snapshot().confidence["a"], float)
    assert isinstance(event.amount, float) and isinstance(event.confidence, float)


def test_analysts_see_the_documented_model(store: GraphStore) -> None:
    store.load(*loadable(*northeast()))
    [document] = store.query("MATCH (d:Document {id: 'd1'}) RETURN d")
    assert {"title", "language", "published", "source", "sources", "text"} <= document["d"].keys()
    [node] = store.query("MATCH (o:Organization {name: '东北大学'}) RETURN o")
    assert node["o"] == {
        "id": "neu",
        "kind": "University",
        "sector": "university",
        "name": "东北大学",
        "aliases": ["东大"],
        "place": "辽宁省沈阳市",
        "key": "university:东北大学",
    }
    [mention] = store.query(
        "MATCH (:Document {id: 'd1'})-[m:MENTIONS]->(:Organization {id: 'neu'}) RETURN m"
    )
    text = document["d"]["text"]
    spans = zip(mention["m"]["starts"], mention["m"]["ends"], strict=True)
    assert [text[start:end] for start, end in spans] == mention["m"]["surfaces"]
    assert mention["m"]["surfaces"] == ["东北大学", "东大"]
    assert mention["m"]["confidence"] == 1.0
    [event] = store.query(
        "MATCH (:Document {id: 'd1'})-[:REPORTS]->(e:Event)<-[t:TOOK_PART]-(:Person) "
        "RETURN e, t.role AS role"
    )
    assert event["role"] == "witness"
    assert event["e"]["amount_text"] == "近2亿元"
    [post] = store.query("MATCH (:Person)-[r:HOLDS_POST {document: 'd2'}]->() RETURN r")
    assert post["r"]["date"] == "2023-06-10"
    assert post["r"]["quotes"] == ["冯知庭 HOLDS_POST 东北大学"]


def test_queries_take_parameters_and_give_paths(store: GraphStore) -> None:
    store.load(*loadable(post("d1")))
    [row] = store.query(
        "MATCH p = (:Person {name: $name})-[:HOLDS_POST]->(:Organization) RETURN p, $list AS list",
        {"name": "冯知庭", "list": [1, 2]},
    )
    assert [n["name"] for n in row["p"]["nodes"]] == ["冯知庭", "东北大学"]
    assert [r["title"] for r in row["p"]["relationships"]] == ["校长"]
    assert row["list"] == [1, 2]


def test_queries_cannot_write(store: GraphStore) -> None:
    store.load(*loadable(post("d1")))
    with pytest.raises(StoreError):
        store.query("MATCH (p:Person) SET p.name = 'x'")
    assert store.nodes()["feng"].name == "冯知庭"


def test_a_wrong_query_is_refused_in_one_line(store: GraphStore) -> None:
    with pytest.raises(StoreError) as caught:
        store.query("MATCH (p:Person RETURN p")
    assert "\n" not in str(caught.value)


def test_both_stores_give_equal_snapshots(tmp_path: Path, neo4j_url: str) -> None:
    documents, nodes = loadable(*northeast())
    found: list[Snapshot] = []
    for url in (f"ladybug:{tmp_path / 'both.db'}", neo4j_url):
        with open_store(url) as store:
            store.load(documents, nodes)
            store.load([], [], retract=["d2"])
            store.load(documents[1:2], nodes)
            found.append(store.snapshot())
    assert found[0] == found[1]


# Any sequence of loads ends where a plain dict of documents ends

KINDS = ("University", "Firm", "Person", "Place")
NODES = ("n0", "n1", "n2", "n3")


@st.composite
def articles(draw: st.DrawFn, id_: str) -> LinkedDocument:
    """Some entities, linked to some nodes, and facts about them."""
    article, entities = Article(id_), [f"e{n}" for n in range(draw(st.integers(1, 4)))]
    for entity in entities:
        sure = draw(st.sampled_from((0.25, 0.5, 1.0)))
        article.entity(entity, node=draw(st.sampled_from(NODES)), confidence=sure)
    some = st.sampled_from(entities)
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(("PART_OF", "HOLDS_POST", "LOCATED_IN", "MEMBER_OF")))
        article.relation(kind, draw(some), draw(some), title=draw(st.sampled_from((None, "", "a"))))
    for number in range(draw(st.integers(0, 2))):
        article.event(f"v{number}", *draw(st.lists(some, max_size=3)))
    return article.linked(sources=draw(st.lists(st.sampled_from("ab"), max_size=2, unique=True)))


@st.composite
def steps(draw: st.DrawFn) -> tuple[list[LinkedDocument], list[Node], list[str]]:
    """Documents to load, every node as it is now, and documents to retract."""
    ids = ("d0", "d1", "d2")
    loaded = [draw(articles(id_)) for id_ in draw(st.lists(st.sampled_from(ids), max_size=3))]
    nodes = [
        Node(id=id_, kind=draw(st.sampled_from(KINDS)), name=draw(st.sampled_from("甲乙")))
        for id_ in NODES
    ]
    return loaded, nodes, draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=st.lists(steps(), min_size=2, max_size=5))
def test_any_history_ends_in_the_graph_of_its_documents(
    store: GraphStore, history: list[tuple[list[LinkedDocument], list[Node], list[str]]]
) -> None:
    store.load([], [], retract=["d0", "d1", "d2"])
    held: dict[str, LinkedDocument] = {}
    expected = snapshot_of([], [], revision=store.revision())
    for documents, nodes, retract in history:
        before, last = (dict(held), expected), expected.revision
        for id_ in retract:
            held.pop(id_, None)
        held.update({d.extraction.document.id: d for d in documents})
        expected = snapshot_of(held.values(), nodes, revision=last)
        if (held, expected) != before:
            expected = replace(expected, revision=last + 1)
        assert store.load(documents, nodes, retract=retract) == expected.revision
        assert store.snapshot() == expected
        assert as_lists(store.columns()) == as_lists(Columns.of(expected))
        assert list(store.documents()) == [held[id_] for id_ in sorted(held)]
