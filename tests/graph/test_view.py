from __future__ import annotations

from typing import Any

import pytest

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
    ],
)
def test_a_bad_option_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        View(**options)


def test_equal_views_are_equal_however_they_are_written() -> None:
    plain: Any = {"kinds": ["University", "Firm"], "events": {"Signing"}, "persons": True}
    same = View(kinds=("Firm", "University"), events=("Signing",), persons="nodes")
    assert View(**plain) == same
    assert hash(View(**plain)) == hash(same)
