"""Every mistake of those who ask is told with a code and a way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Ask
from tests.graph.snapshots import northeast
from trihelix.api.context import Answers
from trihelix.api.query import execute
from trihelix.graph import paths


def test_an_unknown_name_comes_with_suggestions(refuse: Ask) -> None:
    error = refuse('{ organization(name: "东北大") { id } }')
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert error["extensions"]["suggestions"][0] == {
        "id": "neu",
        "name": "东北大学",
        "kind": "University",
        "place": "辽宁省沈阳市",
    }


def test_an_ambiguous_name_comes_with_its_candidates(refuse: Ask) -> None:
    error = refuse('{ path(from: "东大", to: "鞍钢集团") { length } }')
    assert error["extensions"]["code"] == "AMBIGUOUS_NAME"
    assert [c["id"] for c in error["extensions"]["candidates"]] == ["neu", "seu"]


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ('{ organization(name: "冯教授") { id } }', "NOT_FOUND", "冯教授"),
        ('{ organization(name: "feng") { id } }', "NOT_FOUND", "is the Person 冯教授"),
        ('{ organization(id: "feng") { id } }', "NOT_FOUND", "no Organization has this id"),
        ('{ organization(name: "") { id } }', "NOT_FOUND", "no entity"),
        ("{ organization { id } }", "BAD_USER_INPUT", "an id or a name"),
        ('{ person(id: "feng", name: "冯教授") { id } }', "BAD_USER_INPUT", "exactly one"),
        ('{ node(id: "nowhere") { id } }', "NOT_FOUND", "nothing has this id"),
        ('{ event(id: "neu") { id } }', "NOT_FOUND", "no event"),
        ('{ document(id: "neu") { id } }', "NOT_FOUND", "no document"),
        ('{ path(from: "东北大学", to: "东南大学") { length } }', "NOT_FOUND", "no path"),
        ('{ path(from: "neu", to: "neu") { length } }', "BAD_USER_INPUT", "both ends"),
        ('{ path(from: "neu", to: "cs", k: 0) { length } }', "BAD_USER_INPUT", "1 to 20"),
        ('{ path(from: "neu", to: "cs", k: 99) { length } }', "BAD_USER_INPUT", "1 to 20"),
        ('{ path(from: "neu", to: "cs", maxHops: 11) { length } }', "BAD_USER_INPUT", "1 to 10"),
        (
            '{ path(from: "neu", to: "cs", minConfidence: 1.5) { length } }',
            "BAD_USER_INPUT",
            "between 0 and 1",
        ),
        (
            '{ path(from: "neu", to: "cs", kinds: [Firm]) { length } }',
            "NOT_FOUND",
            "this network shows Firm",
        ),
        ('{ events(since: "2024", until: "2023") { totalCount } }', "BAD_USER_INPUT", "after"),
        ('{ events(since: "last year") { totalCount } }', "BAD_USER_INPUT", "2023-04-25"),
        ('{ events(since: "XXXX-04-25") { totalCount } }', "BAD_USER_INPUT", "no date"),
        ("{ organizations(first: 101) { totalCount } }", "BAD_USER_INPUT", "0 to 100"),
        ("{ organizations(first: -1) { totalCount } }", "BAD_USER_INPUT", "0 to 100"),
        ("{ bridges(first: 0) { rank } }", "BAD_USER_INPUT", "1 to 100"),
        ("{ organizations(kind: Universe) { totalCount } }", "BAD_USER_INPUT", "University"),
        ("{ centrality { totalCount } }", "BAD_USER_INPUT", "measure"),
        ("{ organisation { id } }", "BAD_USER_INPUT", "organization"),
        ("{ organizations {", "BAD_USER_INPUT", "Syntax Error"),
        ("", "BAD_USER_INPUT", "no operation"),
    ],
)
def test_mistakes_are_told(refuse: Ask, query: str, code: str, words: str) -> None:
    error = refuse(query)
    assert error["extensions"]["code"] == code
    assert words in error["message"]


def test_a_failing_field_does_not_spoil_the_others(answers: Answers) -> None:
    answer = execute(answers, '{ organization(name: "无此机构") { id } revision }')
    assert answer["data"] == {"organization": None, "revision": 1}
    assert answer["errors"][0]["path"] == ["organization"]


def test_an_unknown_operation_name(answers: Answers) -> None:
    answer = execute(answers, "query A { revision } query B { revision }", None, "C")
    assert "data" not in answer
    assert "'C'" in answer["errors"][0]["message"]


def test_several_operations_need_a_name(answers: Answers) -> None:
    assert execute(answers, "query A { revision } query B { counts { events } }", None, "A") == {
        "data": {"revision": 1}
    }


@pytest.mark.parametrize("name", ["'; MATCH (n) DETACH DELETE n //", "\x00", "%s{}$1", "а" * 5000])
def test_hostile_names_are_only_names(answers: Answers, name: str) -> None:
    query = """query ($n: String!) {
        organization(name: $n) { id } organizations(search: $n) { totalCount }
    }"""
    answer = execute(answers, query, {"n": name})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert answer["data"]["organizations"] == {"totalCount": 0}


def test_a_bug_is_logged_and_its_insides_are_not_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> Callable[..., Any]:
        raise RuntimeError("secret path /etc/trihelix")

    monkeypatch.setattr(paths, "find_paths", broken)
    answer = execute(Answers(northeast()), '{ path(from: "neu", to: "cs") { length } }')
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in str(answer)
    assert "secret" in caplog.text


def test_mistakes_of_those_who_ask_are_not_logged(
    refuse: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    refuse('{ organization(name: "无此机构") { id } }')
    assert not caplog.records
