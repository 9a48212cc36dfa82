"""Short forms of organizations and what they are short for."""

from __future__ import annotations

import pytest

from tests.extraction.zh.conftest import Annotate, entity
from trihelix.extraction.zh.shortforms import abbreviates


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("冰川所", "中国科学院冰川科学与工程研究所", "Institute"),
        ("荒漠二所", "自然资源部第二荒漠研究所", "Institute"),
        ("江州农", "江州农业大学", "University"),
        ("川工大", "四川工程大学", "University"),
        ("云医大附一院", "云海医科大学第一附属医院", "Hospital"),
        ("云医大公共卫生学院", "云海医科大学公共卫生学院", "University"),
        ("省留联会", "辽宁省留学人员联谊会", "Association"),
        ("城市云科技公司", "清江集团城市云科技有限公司", "Firm"),
    ],
)
def test_a_short_form(short: str, full: str, kind: str) -> None:
    assert abbreviates(short, full, kind=kind)


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("海洋所", "中国科学院冰川研究所", "Institute"),
        ("云医大附一院", "云海医科大学第二附属医院", "Hospital"),
        ("云医大药学院", "云海医科大学公共卫生学院", "University"),
        ("江州", "江州农业大学江州学院", "University"),
    ],
)
def test_no_short_form(short: str, full: str, kind: str) -> None:
    assert not abbreviates(short, full, kind=kind)


def test_a_known_academy_is_no_short_form_of_another_name(read: Annotate) -> None:
    found = read(
        "中国科学院与中国云海大学科学技术研究院签约。",
        RES="中国科学院 中国云海大学科学技术研究院",
    )
    assert entity(found, "中国科学院") != entity(found, "中国云海大学科学技术研究院")


def test_a_district_with_and_without_its_city(read: Annotate) -> None:
    found = read("沈阳市浑南区人民政府主办。浑南区政府表示支持，区政府负责落实。")
    assert entity(found, "区政府") == entity(found, "沈阳市浑南区人民政府")
