"""A query that would cost too much is refused before, or stopped while, it runs."""

from __future__ import annotations

import time

import pytest
from graphql import get_introspection_query

from tests.api.conftest import Ask
from trihelix.api import limits
from trihelix.api.context import Answers, Context
from trihelix.api.limits import Budget
from trihelix.api.query import execute, schema


def nested(levels: int) -> str:
    """A query of that many levels."""
    return '{ organization(id: "neu") ' + "{ parent " * levels + "{ id }" + " }" * (levels + 1)


def bomb(levels: int) -> str:
    """Fragments that double at every level."""
    steps = [f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(levels)]
    return "{ ...f0 } " + " ".join(steps) + f" fragment f{levels} on Query {{ revision }}"


REFUSED = {
    "deep": nested(20),
    "very deep": "{ a" * 5000,
    "aliases": "{ " + " ".join(f"a{i}: revision" for i in range(31)) + " }",
    "fields": "{ " + "revision " * 401 + "}",
    "fragments": bomb(40),
    "tokens": "{ " + "revision " * 2001 + "}",
    "long": "{ revision } #" + "x" * 20_000,
    "directives": "{ revision " + "@skip(if: false) " * 500 + "}",
    "lists": "{ organizations(kind: " + "[" * 900 + "]" * 900 + ") { totalCount } }",
    "fragment cycle": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_large_is_refused_at_once(answers: Answers, name: str) -> None:
    begun = time.perf_counter()
    answer = execute(answers, REFUSED[name])
    assert time.perf_counter() - begun < 1
    assert "data" not in answer
    assert {e["extensions"]["code"] for e in answer["errors"]} <= {
        "QUERY_TOO_LARGE",
        "BAD_USER_INPUT",
    }


def test_the_message_says_how_large_and_how_large_it_may_be(answers: Answers) -> None:
    (error,) = execute(answers, REFUSED["aliases"])["errors"]
    assert error["message"] == "the query has aliases 31; at most 30 is allowed"
    assert error["extensions"]["code"] == "QUERY_TOO_LARGE"


def test_what_is_within_the_limits_runs(ask: Ask) -> None:
    assert ask(nested(12))["organization"] == {"parent": None}
    assert len(ask("{ " + " ".join(f"a{i}: revision" for i in range(30)) + " }")) == 30


def test_introspection_is_within_the_limits(ask: Ask) -> None:
    found = ask(get_introspection_query(descriptions=True, input_value_deprecation=True))
    assert {t["name"] for t in found["__schema"]["types"]} >= {"Organization", "EventKind", "Date"}


def test_an_answer_that_lists_too_much_is_stopped(answers: Answers) -> None:
    query = "{ organizations { nodes { documents { nodes { entities { nodes { id } } } } } } }"
    result = schema.execute_sync(query, context_value=Context(answers=answers, budget=Budget(20)))
    assert result.errors
    assert isinstance(result.errors[0].original_error, limits.TooExpensiveError)


def test_nested_pages_cannot_exceed_the_budget(answers: Answers) -> None:
    inner = "entities(first: 100) { nodes { id } }"
    for _ in range(4):
        documents = f"documents(first: 100) {{ nodes {{ {inner} }} }}"
        inner = f"entities(first: 100) {{ nodes {{ {documents} }} }}"
    begun = time.perf_counter()
    answer = execute(answers, f"{{ documents(first: 100) {{ nodes {{ {inner} }} }} }}")
    assert "errors" in answer
    assert time.perf_counter() - begun < 3


def test_a_repeated_query_is_parsed_and_validated_once(ask: Ask) -> None:
    query = "query Repeated { revision }"
    ask(query)
    parsed, valid = limits._parse_once.cache_info(), limits._validate_once.cache_info()
    for _ in range(3):
        ask(query)
    assert limits._parse_once.cache_info().misses == parsed.misses
    assert limits._validate_once.cache_info().misses == valid.misses
    assert limits._validate_once.cache_info().hits == valid.hits + 3


def test_a_measure_is_paid_for_once_however_often_it_is_asked_for() -> None:
    budget = Budget()
    for _ in range(1000):
        budget.measure(("pagerank", "a view"), links=500)


def test_measures_of_large_networks_cost_more() -> None:
    budget = Budget()
    with pytest.raises(limits.TooExpensiveError, match="would take 410 passes"):
        budget.measure("a", links=4_100_000, passes=10)


def test_a_query_for_too_many_measures_is_refused_with_the_price(answers: Answers) -> None:
    fields = " ".join(
        f"b{seed}: bridges(seed: {seed}, resamples: 100) {{ rank }}" for seed in range(20)
    )
    found = execute(answers, "{ " + fields + " revision network { nodes } }")
    codes = {error["extensions"]["code"] for error in found["errors"]}
    assert codes == {"TOO_EXPENSIVE"}
    assert "at most 400 are allowed" in found["errors"][0]["message"]
    assert len(found["errors"]) == 17  # each takes 104: there is no room for a fourth
    assert found["data"]["network"] == {"nodes": 6}
