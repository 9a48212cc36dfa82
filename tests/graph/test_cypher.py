"""The queries of graph/cypher.md run unchanged on both stores and give the same answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.graph.factory import Article, loadable, northeast
from trihelix.graph.store import GraphStore

PAGE = Path(__file__).parents[2] / "graph" / "cypher.md"
QUERIES = dict(
    re.findall(r"^## (.+?)\n\n```cypher\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
)

ANSWERS: dict[str, tuple[dict[str, Any], list[tuple[Any, ...]]]] = {
    "Who works with an organization": (
        {"name": "东北大学"},
        [
            ("鞍钢集团", "firm", 2),
            ("东软集团", "firm", 1),
            ("辽宁省教育厅", "government", 1),
        ],
    ),
    "The posts of a person, and the documents that say so": (
        {"name": "冯知庭"},
        [
            ("东北大学", "校长", "东北大学与鞍钢集团签约", ["冯知庭 HOLDS_POST 东北大学"]),
            ("东北大学", "校长", "产学研对接会在沈阳举行", ["冯知庭 HOLDS_POST 东北大学"]),
            ("东软集团", "独立董事", "Neusoft names a director", ["冯知庭 HOLDS_POST 东软集团"]),
        ],
    ),
    "Organizations that link two sectors": (
        {"one": "university", "other": "government"},
        [("鞍钢集团", 1, 1)],
    ),
    "Organizations that are surely there, and how sure": (
        {"least": 0.5},
        [
            ("东北大学", 1.0, 4),
            ("东软集团", 1.0, 2),
            ("鞍钢集团", 1.0, 2),
            ("mill", 0.8, 1),
            ("东北大学计算机学院", 1.0, 1),
            ("辽宁省教育厅", 1.0, 1),
        ],
    ),
}


def test_every_documented_query_has_an_answer() -> None:
    assert QUERIES.keys() == ANSWERS.keys()


@pytest.mark.parametrize("title", ANSWERS)
def test_a_documented_query_gives_its_answer(store: GraphStore, title: str) -> None:
    cancelled = (
        Article("d5")
        .entity("mill", confidence=0.8)
        .entity("doubtful", confidence=0.4)
        .event("v1", "neu", "mill", status="cancelled")
    )
    store.load(*loadable(cancelled, *northeast()))
    parameters, answer = ANSWERS[title]
    found = store.query(QUERIES[title], parameters)
    assert [tuple(row.values()) for row in found] == answer
