"""Posts, memberships and other relations of English sentences."""

from __future__ import annotations

import pytest

from tests.extraction.en.reading import extract, facts

KESTREL, HARBOR = "Kestrel University", "Harbor Robotics"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Laura Stone, president of Kestrel University, spoke.", "president"),
        ("Laura Stone, a professor of physics at Kestrel University, spoke.",
         "professor of physics"),
        ("Kestrel University president Laura Stone spoke.", "president"),
        ("Kestrel University's vice president Laura Stone spoke.", "vice president"),
        ("Laura Stone, Kestrel University's provost, spoke.", "provost"),
        ("Laura Stone, who heads Kestrel University, spoke.", "head"),
        ("Kestrel University, led by Laura Stone, opened a school.", "head"),
        ("Laura Stone has been named dean of Kestrel University.", "dean"),
        ("Kestrel University has appointed Laura Stone as chief financial officer.",
         "chief financial officer"),
        ("Laura Stone will stay on as managing director of Kestrel University.",
         "managing director"),
        ("Laura Stone, Senior Vice President and General Manager of Kestrel University, spoke.",
         "Senior Vice President and General Manager"),
        ("Professor Laura Stone of Kestrel University spoke.", "Professor"),
        ("Kestrel University President Laura Stone spoke.", "President"),
        ("The new Vice President for Research at Kestrel University, Laura Stone, spoke.",
         "Vice President for Research"),
        ("Laura Stone, Ph.D., director of Kestrel University, spoke.", "director"),
    ],
)  # fmt: skip
def test_a_post_and_its_title(text: str, title: str) -> None:
    (post,) = [r for r in extract(text).relations if r.kind == "HOLDS_POST"]
    assert post.title == title


def test_posts_in_a_row() -> None:
    text = (
        "Laura Stone, a research physicist at Kestrel University and the principal investigator "
        "and director of the Polar Institute for Tides, spoke."
    )
    assert facts(text) == {
        ("HOLDS_POST", "Laura Stone", KESTREL),
        ("HOLDS_POST", "Laura Stone", "Polar Institute for Tides"),
    }


def test_one_post_that_two_persons_share() -> None:
    text = (
        "Peter Hill, a vice president of Kestrel University, heads the Joint Laboratory for Tidal "
        "Robots; Laura Stone, a professor at Northvale University, and Zhang Weiming, chief "
        "engineer of Harbor Robotics, are deputy directors."
    )
    laboratory = "Joint Laboratory for Tidal Robots"
    assert facts(text) == {
        ("HOLDS_POST", "Peter Hill", KESTREL),
        ("HOLDS_POST", "Peter Hill", laboratory),
        ("HOLDS_POST", "Laura Stone", "Northvale University"),
        ("HOLDS_POST", "Laura Stone", laboratory),
        ("HOLDS_POST", "Zhang Weiming", HARBOR),
        ("HOLDS_POST", "Zhang Weiming", laboratory),
    }


def test_a_unit_is_part_of_its_owner_and_has_the_dean() -> None:
    assert facts("Laura Stone, dean of Kestrel University's School of Tides, spoke.") == {
        ("HOLDS_POST", "Laura Stone", "School of Tides"),
        ("PART_OF", "School of Tides", KESTREL),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Harbor Robotics, a robotics company based in Wuhan, has joined the Polar Shipping "
        "Alliance as a Gold member.",
        "The Polar Shipping Alliance is pleased to welcome Harbor Robotics as Gold Member.",
        "The Polar Shipping Alliance today announced that Harbor Robotics has joined as a Gold "
        "member.",
        '"We welcome Harbor Robotics to the Polar Shipping Alliance."',
        "The Polar Shipping Alliance, whose members include Harbor Robotics, met.",
    ],
)
def test_membership(text: str) -> None:
    assert ("MEMBER_OF", HARBOR, "Polar Shipping Alliance") in facts(text)


def test_spin_offs() -> None:
    fact = ("SPUN_OFF_FROM", HARBOR, KESTREL)
    assert fact in facts("Harbor Robotics, a spin-off of Kestrel University, makes drones.")
    assert fact in facts("Harbor Robotics was spun out of Kestrel University in 2019.")


@pytest.mark.parametrize(
    "text",
    [
        "Laura Stone visited the campus of Kestrel University.",
        "Laura Stone said that Kestrel University was open.",
        "Laura Stone, who liked the school, wrote to Kestrel University.",
    ],
)
def test_no_post_is_read_into_a_visit_or_a_letter(text: str) -> None:
    assert facts(text) == set()
