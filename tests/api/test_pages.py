"""Relay pagination: forward, complete, and steady while the graph changes."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from tests.api.conftest import Ask
from tests.graph.snapshots import northeast
from trihelix.api.context import Answers
from trihelix.api.query import execute

PAGE = """query ($first: Int! $after: String) {
    organizations(first: $first, after: $after) {
        totalCount
        edges { cursor node { id } }
        nodes { id }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


@pytest.mark.parametrize("first", [1, 2, 4, 6, 100])
def test_pages_join_to_the_whole_list(ask: Ask, first: int) -> None:
    whole = [n["id"] for n in ask(PAGE, first=100)["organizations"]["nodes"]]
    seen: list[str] = []
    after, more = None, True
    while more:
        page = ask(PAGE, first=first, after=after)["organizations"]
        assert page["totalCount"] == len(whole)
        assert page["pageInfo"]["hasPreviousPage"] is bool(seen)
        seen += [n["id"] for n in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == whole


def test_edges_and_page_info_agree(ask: Ask) -> None:
    page = ask(PAGE, first=3)["organizations"]
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert [edge["node"] for edge in page["edges"]] == page["nodes"]
    assert page["pageInfo"]["startCursor"] == cursors[0]
    assert page["pageInfo"]["endCursor"] == cursors[-1]
    assert len(set(cursors)) == 3


def test_an_empty_page_counts_the_list(ask: Ask) -> None:
    page = ask(PAGE, first=0)["organizations"]
    assert page["nodes"] == []
    assert page["totalCount"] == 6
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_paging_goes_on_when_an_item_has_gone(ask: Ask, gone: int) -> None:
    page = ask(PAGE, first=3)["organizations"]
    whole = [n["id"] for n in ask(PAGE, first=100)["organizations"]["nodes"]]
    story = northeast()
    left = {k: v for k, v in story.nodes.items() if k != whole[gone]}
    fewer = Answers(
        replace(story, nodes=left, relations=(), events={}, revision=2)
    )  # the order stays: it is by mentions and name
    after = page["pageInfo"]["endCursor"]
    rest = execute(fewer, PAGE, {"first": 100, "after": after})["data"]["organizations"]["nodes"]
    assert [n["id"] for n in rest] == whole[3:]


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "鞍钢",
        _encoded("[1]"),
        _encoded('[-1, "neu"]'),
        _encoded('[true, "neu"]'),
        _encoded('["1", "neu"]'),
        _encoded("{}"),
        _encoded("[" * 5000),
    ],
)
def test_a_cursor_that_is_none_is_told(refuse: Ask, cursor: str) -> None:
    error = refuse(PAGE, first=1, after=cursor)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "endCursor" in error["message"]


def test_a_cursor_past_the_end_gives_an_empty_page(ask: Ask) -> None:
    page = ask(PAGE, first=5, after=_encoded('[999999999999, "nobody"]'))["organizations"]
    assert page["nodes"] == []
    assert page["pageInfo"]["hasNextPage"] is False
