"""How sure answers are, and asking for what is sure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Told
from tests.graph.snapshots import Story
from trihelix.api.context import Answers
from trihelix.api.follow import Follower
from trihelix.api.query import execute
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.errors import ConfigurationError


def told(*, revision: int = 1) -> Snapshot:
    """A university, its partners of every confidence, and a doubtful person."""
    return (
        Story()
        .node("neu", "University")
        .node("mill", confidence=0.8)
        .node("shop", confidence=0.4)
        .node("feng", "Person", confidence=0.4)
        .relation("PART_OF", "mill", "neu", confidence=0.7)
        .relation("PART_OF", "shop", "neu")
        .relation("HOLDS_POST", "feng", "neu")
        .event("signing", "signatory:neu", "signatory:mill", kind="Signing", confidence=0.6)
        .event("forum", "organizer:neu", "attendee:mill", "attendee:shop", kind="Convening")
        .event("sale", "shop")
        .snapshot(revision=revision)
    )


def asked(query: str, answers: Answers | None = None) -> Any:
    """The data of an answer without errors."""
    answer = execute(answers or Answers(told()), query)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def ids(connection: Any) -> list[str]:
    return [node["id"] for node in connection["nodes"]]


def test_every_entity_says_how_sure_it_is() -> None:
    found = asked(
        """{ organization(id: "mill") { confidence } person(id: "feng") { confidence }
             entity(name: "neu") { confidence } }"""
    )
    assert found == {
        "organization": {"confidence": 0.8},
        "person": {"confidence": 0.4},
        "entity": {"confidence": 1.0},
    }


@pytest.mark.parametrize(
    ("least", "organizations", "people"),
    [
        ("0", ["mill", "neu", "shop"], ["feng"]),
        ("0.4", ["mill", "neu", "shop"], ["feng"]),
        ("0.5", ["mill", "neu"], []),
        ("1", ["neu"], []),
    ],
)
def test_lists_of_entities_may_leave_out_the_less_sure(
    least: str, organizations: list[str], people: list[str]
) -> None:
    found = asked(
        f"""{{ organizations(minConfidence: {least}) {{ totalCount nodes {{ id }} }}
               people(minConfidence: {least}) {{ nodes {{ id }} }} }}"""
    )
    assert sorted(ids(found["organizations"])) == organizations
    assert found["organizations"]["totalCount"] == len(organizations)
    assert ids(found["people"]) == people


@pytest.mark.parametrize(
    ("least", "events", "own", "relations"),
    [
        ("0", ["forum", "sale", "signing"], ["forum", "signing"], ["feng", "mill", "shop"]),
        ("0.5", ["forum", "signing"], ["forum", "signing"], ["mill"]),
        ("0.65", ["forum"], ["forum"], ["mill"]),
        ("0.75", ["forum"], ["forum"], []),
    ],
)
def test_lists_of_facts_may_leave_out_the_less_sure(
    least: str, events: list[str], own: list[str], relations: list[str]
) -> None:
    found = asked(
        f"""{{ events(minConfidence: {least}) {{ nodes {{ id }} }}
               organization(id: "neu") {{
                   events(minConfidence: {least}) {{ nodes {{ id }} }}
                   relations(minConfidence: {least}) {{ nodes {{ source {{ id }} }} }}
        }} }}"""
    )
    assert sorted(ids(found["events"])) == events
    assert sorted(ids(found["organization"]["events"])) == own
    told = found["organization"]["relations"]["nodes"]
    assert sorted(relation["source"]["id"] for relation in told) == relations


def test_participants_may_leave_out_the_less_sure() -> None:
    (all_of_them, some) = (
        asked(f'{{ event(id: "forum") {{ participants{least} {{ entity {{ id }} }} }} }}')
        for least in ("", "(minConfidence: 0.5)")
    )
    assert [p["entity"]["id"] for p in all_of_them["event"]["participants"]] == [
        "mill",
        "shop",
        "neu",
    ]
    assert [p["entity"]["id"] for p in some["event"]["participants"]] == ["mill", "neu"]


def test_collaborators_leave_out_the_less_sure() -> None:
    query = """{{ organization(id: "{}") {{
        collaborators(minConfidence: 0.5) {{ nodes {{ organization {{ id }} }} }}
    }} }}"""
    (other,) = asked(query.format("neu"))["organization"]["collaborators"]["nodes"]
    assert other["organization"]["id"] == "mill"
    assert asked(query.format("shop"))["organization"]["collaborators"]["nodes"] == []


@pytest.mark.parametrize(
    "field",
    [
        "organizations(minConfidence: 1.5)",
        "people(minConfidence: -1)",
        "events(minConfidence: 7)",
        'path(from: "neu", to: "mill", minConfidence: 2)',
    ],
)
def test_a_confidence_out_of_range_is_refused(field: str) -> None:
    (error,) = execute(Answers(told()), f"{{ {field} {{ __typename }} }}")["errors"]
    assert "is not between 0 and 1" in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_floor_holds_for_every_answer_and_every_revision() -> None:
    source = Told(told())
    with Follower(source, min_confidence=0.5) as follower:
        for revision in (1, 2):
            source.now = told(revision=revision)
            follower.refresh()
            found = asked(
                """{ revision counts { organizations people events relations documents }
                     organizations(search: "shop") { totalCount }
                     event(id: "forum") { participants { entity { id } } }
                     document(id: "d1") { entities { nodes { id } } }
                     centrality(measure: degree) { nodes { organization { id } } } }""",
                follower.answers,
            )
            assert found["revision"] == revision
            assert found["counts"] == {
                "organizations": 2,
                "people": 0,
                "events": 2,
                "relations": 1,
                "documents": 1,
            }
            assert found["organizations"]["totalCount"] == 0
            assert len(found["event"]["participants"]) == 2
            assert sorted(ids(found["document"]["entities"])) == ["mill", "neu"]
            assert len(found["centrality"]["nodes"]) == 2


def test_a_query_may_ask_for_more_than_the_floor_never_for_less() -> None:
    with Follower(Told(told()), min_confidence=0.5) as follower:
        more = asked("{ organizations(minConfidence: 0.9) { totalCount } }", follower.answers)
        less = asked("{ organizations(minConfidence: 0.1) { totalCount } }", follower.answers)
    assert (more["organizations"]["totalCount"], less["organizations"]["totalCount"]) == (1, 2)


def test_a_floor_is_between_0_and_1() -> None:
    with pytest.raises(ConfigurationError, match=r"confidence 1\.5 is not between 0 and 1"):
        Follower(Told(told()), min_confidence=1.5)
