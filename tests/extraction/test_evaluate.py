from __future__ import annotations

import json
from pathlib import Path

import pytest

from trihelix.extraction.evaluate import Tally, evaluate, report
from trihelix.extraction.gold import GoldEntity
from trihelix.extraction.matching import match
from trihelix.schema.errors import InputError
from trihelix.schema.records import (
    Document,
    Entity,
    Event,
    Extraction,
    Participant,
    Relation,
    Span,
)

# An article by hand: two universities and a firm sign an agreement, a person speaks.
GOLD = {
    "article": "zh-a.txt",
    "entities": [
        {"name": "滨海大学", "kind": "University", "surfaces": ["滨海大学", "滨大"]},
        {"name": "临江大学", "kind": "University", "surfaces": ["临江大学"]},
        {
            "name": "远航重工集团",
            "kind": "Firm",
            "surfaces": ["远航重工集团", "远航重工"],
            "alt_kinds": ["Investor"],
        },
        {"name": "林知远", "kind": "Person", "surfaces": ["林知远"]},
        {"name": "滨海市", "kind": "Place", "surfaces": ["滨海市"], "optional": True},
    ],
    "relations": [
        {"kind": "HOLDS_POST", "source": "林知远", "target": "滨海大学", "title": "校长"},
        {"kind": "LOCATED_IN", "source": "滨海大学", "target": "滨海市"},
    ],
    "events": [
        {
            "kind": "Agreement",
            "alt_kinds": ["Collaboration"],
            "date": "2021-03-08",
            "status": "completed",
            "participants": [
                {"role": "signatory", "entity": "滨海大学"},
                {"role": "signatory", "entity": "远航重工集团"},
                {"role": "signatory", "entity": "临江大学", "optional": True},
            ],
        }
    ],
}
HERE = (Span(start=0, end=1),)


def entity(id_: str, kind: str, name: str) -> Entity:
    return Entity(id=id_, kind=kind, name=name)


def extraction(
    *entities: Entity, relations: tuple[Relation, ...] = (), events: tuple[Event, ...] = ()
) -> Extraction:
    document = Document.of(source="in/zh-a.txt", title="题", body="文", language="zh")
    return Extraction(document=document, entities=entities, relations=relations, events=events)


def post(source: str, target: str) -> Relation:
    return Relation(kind="HOLDS_POST", source=source, target=target, confidence=0.9, evidence=HERE)


def signing(*entities: str, kind: str = "Agreement", date: str | None = "2021-03-08") -> Event:
    participants = tuple(Participant(role="signatory", entity=e) for e in entities)
    return Event(
        id="v", kind=kind, date=date, confidence=0.9, participants=participants, evidence=HERE
    )


PERFECT = extraction(
    entity("1", "University", "滨大"),
    entity("2", "University", "临江大学"),
    entity("3", "Firm", "远航重工"),
    entity("4", "Person", "林知远"),
    relations=(post("4", "1"),),
    events=(signing("1", "3"),),
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "zh-a.json").write_text(json.dumps(GOLD, ensure_ascii=False))
    return tmp_path


def test_a_perfect_extraction_by_short_names_scores_one_everywhere(gold: Path) -> None:
    scores = evaluate(gold, [PERFECT])
    assert scores.organizations == Tally(right=3)
    assert scores.persons == scores.relations == Tally(right=1)
    assert scores.roles == Tally(right=2)
    assert scores.link_f1s == (1.0,)
    assert (scores.kinds_right, scores.kinds_all) == (3, 3)
    assert (scores.dates_right, scores.dates_all) == (1, 1)


def test_the_report_has_the_figures_in_columns(gold: Path) -> None:
    assert report(evaluate(gold, [PERFECT])).splitlines() == [
        "                precision  recall     F1",
        "organizations       1.000   1.000  1.000  (3 right, 0 wrong, 0 missed)",
        "persons             1.000   1.000  1.000  (1 right, 0 wrong, 0 missed)",
        "relations           1.000   1.000  1.000  (1 right, 0 wrong, 0 missed)",
        "event roles         1.000   1.000  1.000  (2 right, 0 wrong, 0 missed)",
        "links                              1.000  (macro over 1 articles)",
        "kind accuracy  1.000 fine, 1.000 sector, of 3 matched organizations",
        "event dates    1.000 of 1",
    ]


def test_an_article_without_output_is_missed_altogether(gold: Path) -> None:
    scores = evaluate(gold, [])
    assert scores.organizations == Tally(missed=3)
    assert scores.link_f1s == (0.0,)
    assert report(scores).endswith("1 articles have no output")


def test_an_unmerged_duplicate_is_wrong_but_its_relations_count(gold: Path) -> None:
    output = extraction(
        entity("1", "University", "滨海大学"),
        entity("2", "University", "滨大"),
        entity("4", "Person", "林知远"),
        relations=(post("4", "2"),),
    )
    scores = evaluate(gold, [output], detail=True)
    assert scores.organizations == Tally(right=1, wrong=1, missed=2)
    assert scores.relations == Tally(right=1)
    assert "  wrong organization: 滨大" in scores.detail


def test_kinds_are_judged_finely_by_sector_and_by_accepted_alternatives(gold: Path) -> None:
    output = extraction(
        entity("1", "Laboratory", "滨海大学"),
        entity("2", "University", "临江大学"),
        entity("3", "Investor", "远航重工"),
    )
    scores = evaluate(gold, [output])
    assert (scores.kinds_right, scores.sectors_right, scores.kinds_all) == (2, 2, 3)


def test_optional_entities_neither_help_nor_hurt(gold: Path) -> None:
    output = extraction(entity("5", "Place", "滨海市"), entity("6", "Agency", "滨海市政府"))
    assert evaluate(gold, [output]).organizations == Tally(wrong=1, missed=3)


def test_an_alternative_kind_of_event_is_not_missed_and_not_wrong(gold: Path) -> None:
    output = extraction(
        *PERFECT.entities, events=(signing("1", "3", kind="Collaboration", date=None),)
    )
    scores = evaluate(gold, [output])
    assert scores.roles == Tally()
    assert scores.link_f1s == (1.0,)
    assert (scores.dates_right, scores.dates_all) == (0, 1)


def test_an_optional_participant_makes_an_allowed_link(gold: Path) -> None:
    output = extraction(*PERFECT.entities, events=(signing("1", "2", "3"),))
    scores = evaluate(gold, [output])
    assert scores.roles == Tally(right=2)
    assert scores.link_f1s == (1.0,)


def test_detail_lists_what_was_missed_and_what_was_wrong(gold: Path) -> None:
    output = extraction(
        entity("1", "University", "滨海大学"),
        entity("9", "Firm", "近海公司"),
        events=(signing("1", "9"),),
    )
    assert evaluate(gold, [output], detail=True).detail == (
        "zh-a",
        "  missed organization: 临江大学",
        "  missed organization: 远航重工集团",
        "  wrong organization: 近海公司",
        "  missed person: 林知远",
        "  missed relation: HOLDS_POST 林知远 滨海大学",
        "  missed role: Agreement signatory 远航重工集团",
        "  wrong role: Agreement signatory ?9",
    )
    assert evaluate(gold, [output]).detail == ()


def test_articles_can_be_restricted_to_a_language(gold: Path) -> None:
    english = {"article": "en-b.txt", "entities": []}
    (gold / "en-b.json").write_text(json.dumps(english))
    assert evaluate(gold, [], language="en").missing == 1
    assert evaluate(gold, []).missing == 2


def test_the_entity_that_shares_most_forms_takes_the_name() -> None:
    gold = GoldEntity(name="滨海大学", kind="University", surfaces=("滨海大学", "滨大"))
    less = Entity(id="1", kind="University", name="滨大")
    more = Entity(id="2", kind="University", name="滨海大学", aliases=("滨大",))
    assert match([less, more], [gold], "") == ({"2": "滨海大学"}, {"1": "滨海大学"})


def test_malformed_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold"):
        evaluate(tmp_path, [])
    (tmp_path / "a.json").write_text('{"article": "a.txt", "entities": [{"name": "甲"}]}')
    with pytest.raises(InputError, match=r"a\.json: is not a gold file: entities\.0\.kind"):
        evaluate(tmp_path, [])
