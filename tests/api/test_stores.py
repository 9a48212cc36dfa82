"""The same answers from every store, and answers that follow what is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.graph.factory import loadable, northeast
from trihelix.api.context import Answers
from trihelix.api.follow import Follower, follow
from trihelix.api.query import execute
from trihelix.graph.store import open_store

QUERIES = (
    """{ counts { documents organizations people events relations
                  entitiesByKind { name count } eventsByKind { name count } } }""",
    """{ organization(name: "东大") {
        name aliases kind sector place key parent { name } units { nodes { name } }
        people { nodes { person { name } title documentCount evidence { quote } } }
        collaborators { totalCount nodes {
            organization { name } weight documentCount firstDate lastDate
            events { nodes { id kind date status amount { text value currency }
                             participants { role entity { name } } evidence { quote start end } } }
        } }
        documents { nodes { id title source published language } }
    } }""",
    """{ path(from: "Neusoft", to: "Ansteel Group Co., Ltd.", k: 3) {
        nodes { name } hops { supports { kind date confidence evidence { quote } } } } }""",
    "{ centrality(measure: pagerank) { nodes { rank score organization { id } } } }",
    "{ events { nodes { id name date status document { id } } } }",
)


def answered(answers: Answers) -> list[Any]:
    """The answers to all queries, none of which fails."""
    found = [execute(answers, query) for query in QUERIES]
    assert not [answer["errors"] for answer in found if "errors" in answer]
    return found


@pytest.fixture
def loaded(url: str) -> str:
    """A store of each kind that holds the four articles of the north-east."""
    with open_store(url) as store:
        store.load(*loadable(*northeast()))
    return url


@pytest.fixture
def embedded(tmp_path: Path) -> str:
    """An embedded store that holds the same."""
    url = f"ladybug:{tmp_path / 'same.db'}"
    with open_store(url) as store:
        store.load(*loadable(*northeast()))
    return url


def test_every_store_gives_the_same_answers(loaded: str, embedded: str) -> None:
    with follow(loaded) as one, follow(embedded) as other:
        assert answered(one.answers) == answered(other.answers)


def test_a_store_is_asked_about_what_was_loaded(embedded: str) -> None:
    with follow(embedded) as follower:
        counts, university, paths, ranking, events = answered(follower.answers)
    assert counts["data"]["counts"]["documents"] == 4
    found = university["data"]["organization"]
    assert found["name"] == "东北大学"
    assert found["key"] == "university:东北大学"
    assert found["people"]["nodes"][0]["documentCount"] == 2
    signing = found["collaborators"]["nodes"][0]["events"]["nodes"]
    assert {"text": "近2亿元", "value": 2e8, "currency": "CNY"} in [e["amount"] for e in signing]
    assert [n["name"] for n in paths["data"]["path"][0]["nodes"]] == [
        "东软集团",
        "东北大学",
        "鞍钢集团",
    ]
    assert ranking["data"]["centrality"]["nodes"][0]["organization"]["id"] == "neu"
    assert len(events["data"]["events"]["nodes"]) == 4


def test_answers_follow_a_store_that_is_written_while_they_serve(loaded: str) -> None:
    with follow(loaded) as follower:
        assert follower.refresh() is False
        with open_store(loaded) as store:
            store.load([], [], retract=["d2"])
        assert follower.refresh() is True
        assert execute(follower.answers, "{ counts { documents } }") == {
            "data": {"counts": {"documents": 3}}
        }
        gone = execute(follower.answers, '{ organization(name: "辽宁省教育厅") { id } }')
        assert gone["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert follower.refresh() is False


def test_reading_does_not_look_like_a_change(loaded: str) -> None:
    with follow(loaded) as follower, follow(loaded) as other:
        assert isinstance(other, Follower)
        assert other.refresh() is False
        assert follower.refresh() is False
