"""English extraction, from sentence to facts."""

from __future__ import annotations

import pytest

from tests.extraction.en.reading import entities, extract, facts, roles
from trihelix.extraction.en.amounts import amount_in
from trihelix.extraction.en.dates import date_in
from trihelix.extraction.en.entities import sentences
from trihelix.extraction.en.names import is_person, kind_of


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
        ("Open Harbor", None),
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


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Joint Laboratory for Tidal Robots", "Laboratory"),
        ("Northvale Institute for Production Technology", "Institute"),
        ("First Hospital of Northvale Medical University", "Hospital"),
        ("TU Northvale", "University"),
        ("National Institutes of Health", "Agency"),
        ("Harbor Photonics", "Firm"),
        ("Polar Trade Conference", None),
    ],
)
def test_a_head_that_goes_on_with_of_or_for_tells_the_kind(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_and_and_of_join_one_name_or_two() -> None:
    found = entities(
        "The University of Northvale and Kestrel University of Technology, Harbor Holdings of "
        "Wuhan, the Northvale Municipal Science and Technology Commission and the Kestrel "
        "University of Science and Technology met the Tern Science and Technology Bureau, "
        "Professor Laura Stone of Tern University."
    )
    assert {name for kind, name in found if kind != "Place"} == {
        "University of Northvale",
        "Kestrel University of Technology",
        "Harbor Holdings",
        "Northvale Municipal Science and Technology Commission",
        "Kestrel University of Science and Technology",
        "Tern Science and Technology Bureau",
        "Laura Stone",
        "Tern University",
    }


def test_what_stands_in_a_list_of_organizations_is_one() -> None:
    found = entities("Harbor Robotics, Bluewater Tern and Kestrel University joined.")
    assert ("Firm", "Bluewater Tern") in found
    assert entities("It runs in Tern Bay, Bluewater Tern and old towns.") == set()


def test_short_names_stand_for_the_full_one() -> None:
    found = extract(
        "Harbor Robotics Co., Ltd. works with the Technical University of Northvale. Harbor likes "
        "TUN. The Polar Institute for Tides (PIT) met TU Northvale, and PIT was pleased."
    )
    aliases = {e.name: e.aliases for e in found.entities}
    assert aliases["Harbor Robotics Co., Ltd."] == ("Harbor",)
    assert aliases["Technical University of Northvale"] == ("TU Northvale", "TUN")
    (institute,) = [e for e in found.entities if e.name == "Polar Institute for Tides"]
    assert [m.of(found.document.text) for m in institute.mentions][1:] == ["PIT", "PIT"]


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


@pytest.mark.parametrize(
    ("sentence", "published", "date"),
    [
        ("They met on April 25.", None, "XXXX-04-25"),
        ("They met on April 25.", "2023-05-01", "2023-04-25"),
        ("They met on December 20.", "2024-01-11", "2023-12-20"),
        ("They met in March 2021.", None, "2021-03"),
        ("They met on June 3 and 4, 2025.", None, "2025-06-03"),
        ("They met on 3-5 June 2025.", None, "2025-06-03"),
        ("They met on Thursday.", "2018-05-11", "2018-05-10"),
        ("They met on Friday.", "2018-05-11", "2018-05-11"),
        ("They will meet next Monday.", "2018-05-11", "2018-05-14"),
        ("They met on Thursday.", None, None),
        ("The firm today announced a plan.", "2024-01-11", "2024-01-11"),
        ("They met yesterday.", "2024-03-01", "2024-02-29"),
        ("WUHAN, March 20, 2024 - They met on March 12.", "2024-03-20", "2024-03-12"),
        ("WUHAN, March 20, 2024 - They met.", "2024-03-20", None),
        ("The firm said on May 11 that they met on May 3.", "2018-05-11", "2018-05-03"),
        ("They met.", "2023-05-01", None),
    ],
)
def test_dates(sentence: str, published: str | None, date: str | None) -> None:
    assert date_in(sentence, published) == date


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
