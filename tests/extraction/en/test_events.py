"""Events of English sentences and texts: who did what together, when, and whether it happened."""

from __future__ import annotations

import time

import pytest

from tests.extraction.en.reading import events, roles

KESTREL, NORTHVALE = "Kestrel University", "Northvale University"
HARBOR, BLUEWATER = "Harbor Robotics Inc.", "Bluewater Systems Ltd."


def test_a_list_an_apposition_and_a_town_do_not_hide_who_signed() -> None:
    text = (
        "Harbor Robotics Inc., a Rotterdam-based maker of drones, Kestrel University (KU) and "
        "Bluewater Capital of Wuhan have signed a research agreement."
    )
    assert roles(text) == {
        ("Signing", "signatory", name) for name in (HARBOR, KESTREL, "Bluewater Capital")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel University signed an agreement with Harbor Robotics Inc. on Monday.",
        "Kestrel University and Harbor Robotics Inc. reached an understanding on tidal power.",
        "A memorandum between Kestrel University and Harbor Robotics Inc. covers tidal power.",
        "Kestrel University president Laura Stone and Harbor Robotics Inc. CEO Peter Hill signed "
        "the agreement.",
        "The agreement was signed by Laura Stone, president of Kestrel University, and Peter Hill, "
        "chairman of Harbor Robotics Inc.",
    ],
)
def test_signing(text: str) -> None:
    assert roles(text) == {
        ("Signing", "signatory", KESTREL),
        ("Signing", "signatory", HARBOR),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Harbor Robotics Inc. announced that it will collaborate with Kestrel University.",
        "Harbor Robotics Inc. today announced a strategic partnership with Kestrel University.",
        "Harbor Robotics Inc. and Kestrel University join forces.",
        "The project is a collaboration between Harbor Robotics Inc. and Kestrel University.",
        "Harbor Robotics Inc.'s research agreement with Kestrel University will continue.",
        "Harbor Robotics Inc. will test the sensor together with Kestrel University.",
    ],
)
def test_collaboration(text: str) -> None:
    assert roles(text) == {
        ("Collaboration", "partner", KESTREL),
        ("Collaboration", "partner", HARBOR),
    }


def test_a_founding_is_gathered_from_several_sentences() -> None:
    text = (
        "Harbor Robotics Inc. has founded a joint laboratory with Kestrel University, the partners "
        "said on May 16.\n\nThe Joint Laboratory for Tidal Robots was unveiled on Kestrel "
        "University's north campus on Tuesday."
    )
    (founding,) = events(text, published="2024-05-17")
    assert founding.date == "2024-05-14"  # the day of the deed, not of the announcement
    assert roles(text) == {
        ("Founding", "founder", HARBOR),
        ("Founding", "founder", KESTREL),
        ("Founding", "founded", "Joint Laboratory for Tidal Robots"),
    }


def test_the_founders_of_an_institute_stand_after_the_place_and_the_day() -> None:
    text = (
        "The Tern Bay Research Institute was founded in Wuhan on March 29, 2017 by Kestrel "
        "University, Northvale University and Harbor Robotics Inc."
    )
    assert {name for _, role, name in roles(text) if role == "founder"} == {
        KESTREL,
        NORTHVALE,
        HARBOR,
    }


def test_one_meeting_told_in_several_sentences_is_one_event() -> None:
    text = (
        "Kestrel University held a two-day workshop on tidal robots in Wuhan on June 3 and 4, "
        "2024. The workshop was organized by the Institute of Marine Optics and supported by the "
        "Polar Shipping Alliance. Laura Stone, dean of Northvale University, and Peter Hill, head "
        "of research at Bluewater Systems Ltd., opened the meeting. Speakers came from Harbor "
        "Robotics Inc. and the University of Tern."
    )
    (meeting,) = events(text)
    assert (meeting.kind, meeting.date) == ("Convening", "2024-06-03")
    assert {(role, name) for _, role, name in roles(text)} == {
        ("organizer", KESTREL),
        ("organizer", "Institute of Marine Optics"),
        ("supporter", "Polar Shipping Alliance"),
        ("speaker", "Laura Stone"),
        ("speaker", "Peter Hill"),
        ("speaker", HARBOR),
        ("speaker", "University of Tern"),
        ("venue", "Wuhan"),
    }


def test_organizer_and_undertaker_of_one_conference() -> None:
    found = roles(
        "The Polar Trade Conference, organized by Kestrel University and hosted by the Tern Bay "
        "Science Park, closed on Wednesday."
    )
    assert found == {
        ("Convening", "organizer", KESTREL),
        ("Convening", "undertaker", "Tern Bay Science Park"),
    }


@pytest.mark.parametrize(
    ("text", "provider", "recipient"),
    [
        (f"{KESTREL} licensed a process for tidal power to {HARBOR}", KESTREL, HARBOR),
        (f"{HARBOR} has licensed three patents from {KESTREL}.", KESTREL, HARBOR),
        (f"{HARBOR} sells a drug that it bought from {KESTREL} in May 2023.", KESTREL, HARBOR),
    ],
)
def test_transfer(text: str, provider: str, recipient: str) -> None:
    assert {("Transfer", "provider", provider), ("Transfer", "recipient", recipient)} <= roles(text)


def test_participants_who_visit_name_the_hosts() -> None:
    text = f"Participants visited {KESTREL} and {HARBOR}"
    assert roles(text) == {("Visit", "host", KESTREL), ("Visit", "host", HARBOR)}


def test_a_grant_names_funders_and_recipients() -> None:
    text = f"The Northvale Foundation has awarded $3.2 million to {KESTREL} and {NORTHVALE}."
    (grant,) = events(text)
    assert grant.amount is not None
    assert grant.amount.value == 3.2e6
    assert roles(text) == {
        ("Grant", "funder", "Northvale Foundation"),
        ("Grant", "recipient", KESTREL),
        ("Grant", "recipient", NORTHVALE),
    }


def test_investors_before_and_after_with() -> None:
    text = (
        "Harbor Robotics Inc., a spin-off of Kestrel University, has raised $20 million in a "
        "series B round led by Bluewater Capital, with participation from Tern Ventures and the "
        "Polar Fund, the university said on Wednesday."
    )
    assert roles(text) == {
        ("Investment", "investee", HARBOR),
        ("Investment", "investor", "Bluewater Capital"),
        ("Investment", "investor", "Tern Ventures"),
        ("Investment", "investor", "Polar Fund"),
    }


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{HARBOR} has acquired {BLUEWATER}.", "completed"),
        (f"{HARBOR} has agreed to acquire {BLUEWATER}.", "planned"),
        (f"{HARBOR} to acquire {BLUEWATER}.", "planned"),
        (f"{HARBOR} has called off its plan to acquire 51 percent of {BLUEWATER}.", "cancelled"),
    ],
)
def test_status(text: str, status: str) -> None:
    (acquisition,) = events(text)
    assert (acquisition.kind, acquisition.status) == ("Acquisition", status)


def test_it_and_the_company_carry_the_subject_on() -> None:
    text = f"{HARBOR} makes drones. It will work with {KESTREL}."
    assert ("Collaboration", "partner", HARBOR) in roles(text)
    text = f"{HARBOR} makes drones. The company raised $5 million from Bluewater Capital."
    assert ("Investment", "investee", HARBOR) in roles(text)


def test_founders_of_one_thing_are_not_those_of_another() -> None:
    text = (
        "Harbor Robotics Inc. was founded by Peter Hill. Kestrel University will open a "
        "research center with Northvale University."
    )
    assert {(r, n) for _, r, n in roles(text) if n == HARBOR} == {("founded", HARBOR)}
    assert len(events(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"{KESTREL} is larger than {NORTHVALE}.",
        f"Laura Stone left {KESTREL} for Harbor Robotics.",
        "The meeting was good and the agreement was signed.",
    ],
)
def test_what_tells_of_no_event_makes_none(text: str) -> None:
    assert roles(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel University, " * 250,
        "Kestrel University and Harbor Robotics Inc. " * 110,
        "Harbor Robotics Inc. will also recently jointly " * 100,
        "the head of the big old house of the " * 130,
        "Laura Stone, a professor of old things at Kestrel University, and " * 75,
    ],
)
def test_a_sentence_of_5000_characters_is_read_in_time(text: str) -> None:
    started = time.process_time()
    events(text)
    assert time.process_time() - started < 5
