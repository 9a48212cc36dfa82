"""Dates in EDTF."""

from __future__ import annotations

import pytest

from trihelix.extraction.zh.dates import Calendar, nearest

CASES = [
    ("2023年4月25日", None, "2023-04-25"),
    ("2023年4月", None, "2023-04"),
    ("2023-04-25", None, "2023-04-25"),
    ("4月25日", None, "XXXX-04-25"),
    ("4月25日", "2023-04-27", "2023-04-25"),
    ("12月30日", "2023-01-03", "2022-12-30"),
    ("去年11月16日", "2023-04-27", "2022-11-16"),
    ("去年11月16日", None, "XXXX-11-16"),
    ("今年9月", "2023-04-27", "2023-09"),
    ("昨日", "2023-05-01", "2023-04-30"),
    ("近日", "2023-05-01", None),
    ("2月31日", None, None),
]


@pytest.mark.parametrize(("text", "published", "expected"), CASES)
def test_dates(text: str, published: str | None, expected: str | None) -> None:
    found = Calendar(published).read(text + "，大会举行")
    assert [d.value for d in found] == [expected]


def test_a_day_alone_takes_the_month_before_it() -> None:
    calendar = Calendar("2018-12-25")
    calendar.read("10月16日电")
    assert [d.value for d in calendar.read("16日举行仪式")] == ["2018-10-16"]


def test_the_year_of_a_grade_is_no_date() -> None:
    assert Calendar(None).read("2005届毕业生、2022年度项目") == []


def test_same_day_means_the_day_of_the_article() -> None:
    dates = Calendar(None).read("当天，双方签约")
    assert nearest(dates, 5, "2023-04-25") == "2023-04-25"


def test_recently_means_no_known_day() -> None:
    dates = Calendar(None).read("近日，双方签约")
    assert nearest(dates, 5, "2023-04-25") is None


def test_at_the_fair_is_not_the_day_of_the_article() -> None:
    dates = Calendar(None).read("近日，系统在2021年通信展览会上首次亮相")
    assert nearest(dates, 18, None) == "2021"
