"""The queries that the explorer's scripts send are valid, and its examples give answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trihelix.api
from trihelix.api.context import Answers
from trihelix.api.query import execute

FOLDER = Path(trihelix.api.__file__).with_name("explorer")
VARIABLES = {
    "name": "东北大学",
    "from": "东北大学计算机学院",
    "to": "鞍钢集团",
    "k": 2,
    "search": "东北",
    "measure": "pagerank",
}


def queries(name: str) -> list[str]:
    """The template strings of a script that are GraphQL."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    constants = dict(re.findall(r"const (\w+) = `([^`]*)`", text))
    found = [q for q in re.findall(r"`([^`]*)`", text) if re.match(r"(query\b.*)?\s*\{", q)]
    for name_, value in constants.items():
        found = [q.replace("${" + name_ + "}", value) for q in found]
    return found


SCRIPTS = [
    pytest.param(query, id=f"{script}-{number}")
    for script in ("panels.js", "examples.js", "explorer.js")
    for number, query in enumerate(queries(script))
]


@pytest.mark.parametrize("query", SCRIPTS)
def test_a_query_of_the_explorer_answers(answers: Answers, query: str) -> None:
    asked = set(re.findall(r"\$(\w+):", query))
    answer = execute(answers, query, {k: v for k, v in VARIABLES.items() if k in asked})
    assert "errors" not in answer
    assert all(value for value in answer["data"].values())


def test_all_its_queries_are_found() -> None:
    assert len(SCRIPTS) == 3 + 10 + 2
