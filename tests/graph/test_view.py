from __future__ import annotations

from typing import Any

import pytest

from tests.graph.snapshots import Story
from trihelix.graph.view import View, bounds
from trihelix.schema.errors import ConfigurationError


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2023-04", ("2023-04-01", "2023-04-31")),
        ("2023-04-25", ("2023-04-25", "2023-04-25")),
        ("XXXX-04-25", None),
        (None, None),
    ],
)
def test_bounds_are_the_days_that_a_date_may_mean(
    date: str | None, expected: tuple[str, str] | None
) -> None:
    assert bounds(date) == expected


@pytest.mark.parametrize(
    ("since", "until", "date", "covered"),
    [
        ("2023", "2023", "2023-12-31", True),
        ("2023", None, "2022-12-31", False),
        ("2023-04-15", None, "2023-04", True),  # it may have been after the 15th
        (None, "2023-04-15", "2023", True),
        (None, "2022", "2023", False),
        ("2000", None, "XXXX-04-25", False),
        ("2000", None, None, False),
        (None, None, None, True),
    ],
)
def test_a_date_is_covered_when_it_may_lie_in_the_range(
    since: str | None, until: str | None, date: str | None, covered: bool
) -> None:
    assert View(since=since, until=until).covers(date) is covered


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["Universitty"]}, "unknown kind of node 'Universitty'; known: Organization"),
        ({"kinds": []}, "no kind of node given"),
        ({"relations": ["OWN"]}, "unknown kind of relation 'OWN'"),
        ({"events": ["Party"]}, "unknown kind of event 'Party'"),
        ({"statuses": ["cancelled"]}, "unknown status 'cancelled'; known: completed, planned"),
        ({"persons": "maybe"}, "unknown value of persons 'maybe'"),
        ({"weighting": "log"}, "unknown weighting 'log'"),
        ({"since": "April"}, "since 'April' is no date; write 2023"),
        ({"since": "2024", "until": "2023-12"}, "since 2024 is after until 2023-12"),
        ({"confidence": 1.5}, "confidence 1.5 is not between 0 and 1"),
        ({"max_participants": 1}, "max_participants 1 is less than 2"),
        ({"as_of": "XXXX-04-25"}, "as_of 'XXXX-04-25' is no date; write 2023"),
        ({"since": "2024", "as_of": "2023-12"}, "since 2024 is after as_of 2023-12"),
        ({"min_sources": 0}, "min_sources 0 is less than 1"),
        ({"weighting": "recency", "half_life": 0}, "half_life 0 is not a number of days above 0"),
        ({"weighting": "recency", "half_life": float("nan")}, "half_life nan is not a number"),
        ({"half_life": 30}, "half_life 30 is given for weighting 'newman'; only weighting"),
        ({"component": "biggest"}, "unknown component 'biggest'; known: all, giant"),
    ],
)
def test_a_bad_option_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        View(**options)


@pytest.mark.parametrize(
    ("date", "published", "shown"),
    [
        ("2023-06", None, True),  # it may have been on the 1st
        ("2023-06-02", "2023-05-01", False),
        ("XXXX-06-02", "2023-05-01", True),
        (None, "2023-07-01", False),
        (None, None, False),
    ],
)
def test_as_of_a_day_an_event_had_happened_or_been_told_of(
    date: str | None, published: str | None, shown: bool
) -> None:
    [event] = Story().event("e", "a", "b", date=date).snapshot().events.values()
    assert View(as_of="2023-06-01").shows_event(event, published=published) is shown
    assert View().shows_event(event, published=published)


def test_a_half_life_is_two_years_unless_given() -> None:
    assert View(weighting="recency") == View(weighting="recency", half_life=730)
    assert View().half_life is None


def test_equal_views_are_equal_however_they_are_written() -> None:
    plain: Any = {"kinds": ["University", "Firm"], "events": {"Signing"}, "persons": True}
    same = View(kinds=("Firm", "University"), events=("Signing",), persons="nodes")
    assert View(**plain) == same
    assert hash(View(**plain)) == hash(same)
