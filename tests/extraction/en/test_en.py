"""English extraction, from sentence to facts."""

from __future__ import annotations

import pytest

from trihelix.extraction.annotate import annotate
from trihelix.extraction.en.amounts import amount_in
from trihelix.extraction.en.dates import date_in
from trihelix.extraction.en.entities import sentences
from trihelix.extraction.en.names import is_person, kind_of
from trihelix.schema.records import Document, Extraction


def extract(text: str, *, published: str | None = None) -> Extraction:
    return annotate(
        Document.of(source="test", title="", body=text, language="en", published=published)
    )


def entities(text: str) -> set[tuple[str, str]]:
    return {(e.kind, e.name) for e in extract(text).entities}


def facts(text: str) -> set[tuple[str, str, str]]:
    found = extract(text)
    name = {e.id: e.name for e in found.entities}
    return {(r.kind, name[r.source], name[r.target]) for r in found.relations}


def roles(text: str) -> set[tuple[str, str, str]]:
    found = extract(text)
    name = {e.id: e.name for e in found.entities}
    return {(v.kind, p.role, name[p.entity]) for v in found.events for p in v.participants}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Northvale University", "University"),
        ("Institute of Marine Optics", "Institute"),
        ("Harbor Robotics Co., Ltd.", "Firm"),
        ("Ministry of Science and Technology", "Agency"),
        ("Bluewater Capital", "Investor"),
        ("Silk Bay Science Park", "Intermediary"),
        ("Polar Shipping Alliance", "Association"),
        ("Saint Anne Hospital", "Hospital"),
        ("Second State", None),
    ],
)
def test_the_head_word_tells_the_kind(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("name", ["Laura Stone", "Zhang Weiming", "Weiming Zhang", "Li Na"])
def test_persons_are_known_by_first_name_or_pinyin(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["Blue Harbor", "Dalian University", "Open Systems"])
def test_other_names_are_no_persons(name: str) -> None:
    assert not is_person(name)


def test_a_list_of_universities_is_taken_apart() -> None:
    found = entities(
        "Members include the University of Northvale, Kestrel University and the "
        "Institute for Ocean Engineering."
    )
    assert found == {
        ("University", "University of Northvale"),
        ("University", "Kestrel University"),
        ("Institute", "Institute for Ocean Engineering"),
    }


def test_an_acronym_and_a_chinese_name_in_brackets_are_aliases() -> None:
    found = extract(
        "The Polar Shipping Alliance (PSA) met. PSA chose Kestrel University (红隼大学) as host."
    )
    names = {e.name: e.aliases for e in found.entities}
    assert names["Polar Shipping Alliance"] == ("PSA",)
    assert names["Kestrel University"] == ("红隼大学",)


def test_a_surname_means_the_person_named_before() -> None:
    found = extract('"We start now," said Laura Stone, CEO of Harbor Robotics Inc. Stone smiled.')
    (person,) = [e for e in found.entities if e.kind == "Person"]
    text = found.document.text
    assert [m.of(text) for m in person.mentions] == ["Laura Stone", "Stone"]


def test_the_capital_that_opens_a_sentence_is_no_name() -> None:
    assert entities("Researchers agree. Funding matters.") == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Laura Stone, president of Kestrel University, spoke.",
            ("HOLDS_POST", "Laura Stone", "Kestrel University"),
        ),
        (
            "Kestrel University president Laura Stone spoke.",
            ("HOLDS_POST", "Laura Stone", "Kestrel University"),
        ),
        (
            "Harbor Robotics Inc. joined the Polar Shipping Alliance.",
            ("MEMBER_OF", "Harbor Robotics Inc.", "Polar Shipping Alliance"),
        ),
        (
            "Kestrel University's Institute of Marine Optics opened.",
            ("PART_OF", "Institute of Marine Optics", "Kestrel University"),
        ),
    ],
)
def test_relations(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kestrel University signed an agreement with Harbor Robotics Inc. on Monday.",
            {
                ("Signing", "signatory", "Kestrel University"),
                ("Signing", "signatory", "Harbor Robotics Inc."),
            },
        ),
        (
            "Harbor Robotics Inc. acquired Bluewater Systems Ltd. for $30 million.",
            {
                ("Acquisition", "acquirer", "Harbor Robotics Inc."),
                ("Acquisition", "acquired", "Bluewater Systems Ltd."),
            },
        ),
        (
            "Harbor Robotics Inc. raised 200 million yuan in a round led by Bluewater Capital.",
            {
                ("Investment", "investee", "Harbor Robotics Inc."),
                ("Investment", "investor", "Bluewater Capital"),
            },
        ),
        (
            "Kestrel University partnered with Northvale University and Harbor Robotics Inc.",
            {
                ("Collaboration", "partner", "Kestrel University"),
                ("Collaboration", "partner", "Northvale University"),
                ("Collaboration", "partner", "Harbor Robotics Inc."),
            },
        ),
        (
            "Kestrel University received a grant from the National Science Foundation.",
            {
                ("Grant", "recipient", "Kestrel University"),
                ("Grant", "funder", "National Science Foundation"),
            },
        ),
    ],
)
def test_events(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= roles(text)


def test_status_amount_and_date_of_an_event() -> None:
    text = (
        "Harbor Robotics Inc. will acquire Bluewater Systems Ltd. for $30 million on May 4, 2024."
    )
    (event,) = extract(text).events
    assert (event.status, event.date) == ("planned", "2024-05-04")
    assert event.amount is not None
    assert (event.amount.value, event.amount.currency) == (30e6, "USD")


def test_a_day_without_a_year_takes_it_from_the_publication_date() -> None:
    assert date_in("They met on April 25.", None) == "XXXX-04-25"
    assert date_in("They met on April 25.", "2023-05-01") == "2023-04-25"
    assert date_in("They met in March 2021.", None) == "2021-03"
    assert date_in("They met.", "2023-05-01") is None


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("nearly 200 million yuan", 2e8, "CNY"),
        ("US$1.5 billion", 1.5e9, "USD"),
        ("RMB 3,500,000", 3.5e6, "CNY"),
        ("a €20m facility", 2e7, "EUR"),
    ],
)
def test_amounts(text: str, value: float, currency: str) -> None:
    amount = amount_in(text)
    assert amount is not None
    assert (amount.value, amount.currency) == (value, currency)


def test_abbreviations_do_not_end_sentences() -> None:
    text = "Dr. Stone met J. Li of Harbor Inc. in May. They agreed!\nNext paragraph"
    assert [s.of(text) for s in sentences(text)] == [
        "Dr. Stone met J. Li of Harbor Inc. in May.",
        "They agreed!",
        "Next paragraph",
    ]


def test_the_same_text_gives_the_same_record() -> None:
    text = "Kestrel University signed a deal with Harbor Robotics Inc. and Bluewater Capital."
    assert extract(text) == extract(text)
