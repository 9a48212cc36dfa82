"""Where names begin and end, one word that misleads a test."""

from __future__ import annotations

import pytest

from tests.extraction.zh.conftest import Annotate, names


@pytest.mark.parametrize(
    ("sentence", "tagged", "name"),
    [
        ("联合国河流保护署派员出席。", "联合国河流保护署", "联合国河流保护署"),
        ("会议由清江对外文化交流协会组织。", "清江对外文化交流协会", "清江对外文化交流协会"),
        ("资金来自世界河流基金组织。", "世界河流基金组织", "世界河流基金组织"),
        (
            "共同大股东云海医药集团有限公司减持。",
            "股东云海医药集团有限公司",
            "云海医药集团有限公司",
        ),
        ("大陆沈阳访问团云帆商贸集团签约。", "大陆沈阳访问团云帆商贸集团", "云帆商贸集团"),
        (
            "该公司在锦州滨海新区注册成立锦州云帆科技有限公司。",
            "锦州云帆科技有限公司",
            "锦州云帆科技有限公司",
        ),
        (
            "清江大学和云帆科技联合实验室揭牌。",
            "清江大学和云帆科技联合实验室",
            "清江大学和云帆科技联合实验室",
        ),
        ("《经济周报》记者到场。", "经济周报", "经济周报"),
        ("清江大学同济医学院签约。", "清江大学同济医学院", "清江大学同济医学院"),
        ("沈阳联合碳权交易所承办。", "沈阳联合碳权交易所", "沈阳联合碳权交易所"),
        ("清江市委常委、副市长出席。", "清江市委常委", "清江市委"),
        ("奖项由中国航空学会颁发。", "中国航空学会", "中国航空学会"),
        ("清江学院校长到会。", "清江学院", "清江学院"),
    ],
)
def test_edges(read: Annotate, sentence: str, tagged: str, name: str) -> None:
    found = read(sentence, OTHER=tagged)
    assert name in names(found)


def test_two_joined_names_are_cut(read: Annotate) -> None:
    found = read("清江大学和云帆科技公司签约。", FIRM="清江大学和云帆科技公司")
    assert names(found) == {"清江大学", "云帆科技公司"}


def test_a_class_word_is_the_rest_of_a_name(read: Annotate) -> None:
    found = read("数据由清永和律师事务所发布。", FIRM="清永 律师事务所")
    assert names(found) == {"清永和律师事务所"}


def test_university_school_and_department_nest(read: Annotate) -> None:
    whole = "美国清江大学远帆工商学院经济系"
    found = read(f"他是{whole}教授。", UNI=whole)
    assert names(found) == {"美国清江大学", "美国清江大学远帆工商学院", whole}


def test_places_alone_are_no_name(read: Annotate) -> None:
    assert names(read("大陆吉林采购团到访。", FIRM="大陆辽宁")) == set()


@pytest.mark.parametrize(
    ("sentence", "tagged"),
    [
        ("沈阳市委组织部部长到会。", "沈阳市委组织部"),
        ("辽宁省科技厅科研条件处处长到会。", "辽宁省科技厅科研条件处"),
        ("清华大学精密仪器系教授到会。", "清华大学精密仪器系"),
    ],
)
def test_a_unit_is_found_with_its_parent(read: Annotate, sentence: str, tagged: str) -> None:
    assert tagged in {f for e in read(sentence, GOV=tagged).entities for f in (e.name, *e.aliases)}
