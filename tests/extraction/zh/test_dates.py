"""Dates in EDTF."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import extract
from trihelix.extraction.zh.dates import Calendar, nearest, only_year, prevailing

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
    ("3月9日10时", "2023-03-10", "2023-03-09"),
    ("4月25日至27日", "2023-04-28", "2023-04-25"),
    ("4月30日—5月2日", "2023-05-03", "2023-04-30"),
    ("昨晚", "2023-05-01", "2023-04-30"),
    ("上周五", "2023-04-26", "2023-04-21"),
    ("本周二", "2023-04-26", "2023-04-25"),
    ("下月", "2023-12-26", "2024-01"),
    ("本月15日", "2023-04-26", "2023-04-15"),
    ("30日", "2023-05-02", "2023-04-30"),
    ("二〇二三年四月二十五日", None, "2023-04-25"),
    ("2023年第三季度", None, "2023"),
    ("1858年", None, "1858"),
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


def test_a_deadline_is_no_date() -> None:
    assert [d for d in Calendar("2023-04-27").read("11月30日前报送") if d.value] == []


def test_the_next_day_follows_the_day_named_before() -> None:
    calendar = Calendar("2023-04-27")
    calendar.read("4月25日，双方签约。")
    assert calendar.read("次日，代表团考察园区")[0].value == "2023-04-26"
    assert calendar.read("4月20日，大会举行。同日签约")[1].value == "2023-04-20"


def test_a_month_takes_the_year_said_before_it_in_the_sentence() -> None:
    found = Calendar("2011-07-11").read("2010年3月商谈，9月26日签约")
    assert [d.value for d in found] == ["2010-03", "2010-09-26"]


def test_the_year_of_a_founding_is_its_own() -> None:
    text = "4月25日，成立于2015年的协会签约"
    dates = Calendar("2023-04-27").read(text)
    assert nearest(dates, text.index("成立"), "2023-04-25") == "2015"
    assert nearest(dates, text.index("签约"), "2023-04-25") == "2023-04-25"


ARTICLES = {
    "the first day told": (["某校签约", "4月25日，大会举行。"], "2023-04-25"),
    "not of the dateline": (["某校签约", "新华社江州4月26日电 4月25日，大会举行。"], "2023-04-25"),
    "the dateline": (["某校签约", "新华社江州4月26日电 某校今天签约。"], "2023-04-26"),
    "recently": (["某校签约", "近日，某校签约。", "4月1日起施行。"], None),
    "of several days only their month": (["某校出访", "4月10日至14日，某校访问北国。"], "2023-04"),
    "signed and dated": (["关于申报的通知", "各单位：", "某局", "2023年4月3日"], "2023-04-03"),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_the_day_of_an_article(name: str) -> None:
    texts, expected = ARTICLES[name]
    calendar = Calendar("2023-04-27")
    assert prevailing(texts, [calendar.read(t) for t in texts]) == expected


def test_a_list_of_a_year_is_of_that_year_where_no_day_is_told() -> None:
    told = "近日，2022年度{J:英才项目}名单公布，{A:江州市教委}资助{U:北川大学}{J:英才项目}。"
    assert {e.date for e in extract(told).events if e.kind == "Grant"} == {"2022"}
    dated = extract(told, published="2023-01-05")
    assert {e.date for e in dated.events if e.kind == "Grant"} == {None}


def test_only_lists_take_the_year_of_a_list() -> None:
    told = "2022年度工作会议近日举行，{A:江州市教委}与{U:北川大学}签署协议。"
    assert {e.date for e in extract(told).events if e.kind == "Signing"} == {None}


def test_a_meeting_to_be_held_on_a_day_is_of_that_day() -> None:
    told = "{S:江州机械学会}发布通知，第三次年会定于6月28日在{C:江州}召开。"
    met = [e for e in extract(told, published="2024-06-04").events if e.kind == "Convening"]
    assert {e.date for e in met} == {"2024-06-28"}


def test_a_firm_said_to_be_founded_in_a_year() -> None:
    told = "4月25日，论坛开幕。{F:蓝海集团}2015年创立于江州，{F:云帆科技}始建于1958年。"
    founded = [e for e in extract(told, published="2024-04-26").events if e.kind == "Founding"]
    assert {(p.entity, e.date) for e in founded for p in e.participants} == {
        ("蓝海集团", "2015"),
        ("云帆科技", "1958"),
    }


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("10月25日，2019江州创意展开幕。", "2019"),
        ("10月25日，2019年江州创意大会开幕。", "2019"),
        ("10月25日，2019江州创意展开幕，2020年再办。", None),
        ("10月25日，成立于2019年的协会开会。", None),
    ],
)
def test_an_undated_article_is_of_the_one_year_of_its_gathering(text: str, year: str) -> None:
    assert only_year(text) == year
