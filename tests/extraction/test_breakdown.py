from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.extraction.test_evaluate import PERFECT, entity, gold, signing
from trihelix.extraction.breakdown import breakdown, table
from trihelix.extraction.evaluate import Tally

__all__ = ["gold"]  # the fixture


def test_a_perfect_extraction_is_right_in_every_kind(gold: Path) -> None:
    found = breakdown(gold, [PERFECT])
    assert found["entities"] == {
        "Firm": Tally(right=1),
        "Person": Tally(right=1),
        "University": Tally(right=2),
    }
    assert found["relations"] == {"HOLDS_POST": Tally(right=1)}
    assert found["roles"] == {"Agreement.signatory": Tally(right=2)}


def test_a_wrong_kind_is_wrong_for_the_one_and_missed_for_the_other(gold: Path) -> None:
    entities = (entity("1", "Institute", "滨大"), *PERFECT.entities[1:])
    found = breakdown(gold, [replace(PERFECT, entities=entities)])
    assert found["entities"]["University"] == Tally(right=1, missed=1)
    assert found["entities"]["Institute"] == Tally(wrong=1)


def test_an_accepted_kind_is_right(gold: Path) -> None:
    entities = tuple(
        replace(e, kind="Investor") if e.kind == "Firm" else e for e in PERFECT.entities
    )
    assert breakdown(gold, [replace(PERFECT, entities=entities)])["entities"]["Firm"] == Tally(
        right=1
    )


def test_an_article_without_an_output_is_missed(gold: Path) -> None:
    assert breakdown(gold, [])["roles"] == {"Agreement.signatory": Tally(missed=2)}


def test_what_is_optional_neither_helps_nor_hurts(gold: Path) -> None:
    more = replace(PERFECT, events=(signing("1", "2", "3"),))
    assert breakdown(gold, [more])["roles"] == {"Agreement.signatory": Tally(right=2)}


def test_the_table_has_a_line_for_each_kind(gold: Path) -> None:
    text = table(breakdown(gold, [PERFECT]))
    assert "  University" in text
    assert text.count("\n") == 8  # a head, three sections, five kinds
