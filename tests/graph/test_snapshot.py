"""A snapshot without what is less sure."""

from __future__ import annotations

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.snapshot import Snapshot, surest
from trihelix.schema.errors import ConfigurationError


@pytest.fixture
def told() -> Snapshot:
    """A sure university and a firm, a doubtful firm, and facts of every confidence."""
    return (
        Story()
        .node("neu", "University")
        .node("ansteel", confidence=0.8)
        .node("doubtful", confidence=0.4)
        .relation("PART_OF", "ansteel", "neu", confidence=0.7)
        .relation("PART_OF", "doubtful", "neu")
        .event("signing", "signatory:neu", "signatory:ansteel", kind="Signing", confidence=0.6)
        .event("forum", "organizer:neu", "attendee:doubtful", kind="Convening")
        .event("alone", "doubtful", document="d2")
        .event("nobody", document="d2", confidence=0.5)
        .snapshot()
    )


def test_what_is_less_sure_is_left_out(told: Snapshot) -> None:
    sure = told.at_least(0.6)
    assert sure.nodes.keys() == sure.confidence.keys() == {"neu", "ansteel"}
    assert [(r.source, r.target) for r in sure.relations] == [("ansteel", "neu")]
    assert sure.events.keys() == {"signing", "forum"}
    assert told.at_least(0.65).events.keys() == {"forum"}


def test_what_is_said_of_a_node_goes_with_it(told: Snapshot) -> None:
    sure = told.at_least(0.5)
    assert [(p.role, p.entity) for p in sure.events["forum"].participants] == [("organizer", "neu")]
    assert sure.events["forum"].evidence == told.events["forum"].evidence
    assert "alone" not in sure.events, "its only participant went"
    assert "nobody" in sure.events, "it had none to lose"
    assert sure.mentions == {"d1": ("ansteel", "neu"), "d2": ()}


def test_the_documents_and_the_revision_stay(told: Snapshot) -> None:
    sure = told.at_least(1.0)
    assert (sure.documents, sure.revision) == (told.documents, told.revision)
    assert (sure.relations, sure.events) == ((), {})


def test_nothing_less_sure_than_anything_is_all(told: Snapshot) -> None:
    assert told.at_least(0.0) is told
    assert northeast().at_least(0.9) == northeast()


def test_leaving_out_twice_is_leaving_out_the_more(told: Snapshot) -> None:
    for one in (0.3, 0.5, 0.65, 0.85):
        for other in (0.3, 0.5, 0.65, 0.85):
            assert told.at_least(one).at_least(other) == told.at_least(max(one, other))


@pytest.mark.parametrize("confidence", [-0.1, 1.5, float("nan")])
def test_a_confidence_is_between_0_and_1(told: Snapshot, confidence: float) -> None:
    with pytest.raises(ConfigurationError, match="is not between 0 and 1"):
        told.at_least(confidence)


def test_a_node_is_as_sure_as_its_surest_mention() -> None:
    assert surest([("b", 0.2), ("a", 0.9), ("b", 0.7), ("b", 0.5)]) == {"a": 0.9, "b": 0.7}
