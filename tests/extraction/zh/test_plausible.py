"""Which tagged spans are names: phrases, products and people are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.extraction.zh.conftest import Annotate, names
from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.plausible import plausible


def believed(text: str, score: float = 0.75, **labels: str) -> set[str]:
    """The organizations that stay, of those tagged with one score."""
    tagged = [
        Tagged(start=text.index(word), end=text.index(word) + len(word), label=label, score=score)
        for label, words in labels.items()
        for word in words.split()
    ]
    return {text[t.start : t.end] for t in plausible(text, tagged)}


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("清江欲引来百亿投资", "清江欲"),
        ("清江脐橙开园。清江脐橙味道好，清江脐橙销路广。", "清江脐橙"),
        ("为果农支招的还有清江果农。", "清江果农"),
        ("2015中国LED评价推介", "中国LED"),
        ("公司与台湾OEM厂商签约。", "台湾OEM"),
        ("清江脐橙产品培训班开课。", "清江脐橙产品培训班"),
    ],
)
def test_phrases_are_no_firms(sentence: str, phrase: str) -> None:
    assert believed(sentence, ORG_FIRM=phrase) == set()


@pytest.mark.parametrize(
    "sentence",
    ["云帆董事长来访。", "云帆宣布扩产。", "学校与云帆合作。", "中信、云帆到场。"],
)
def test_a_firm_acts_or_stands_in_a_list(sentence: str) -> None:
    known = " 中信" if "中信" in sentence else ""
    assert "云帆" in believed(sentence, ORG_FIRM=f"云帆{known}")


def test_a_sure_tag_and_a_legal_form_need_no_context() -> None:
    assert believed("云帆很大。", score=0.95, ORG_FIRM="云帆") == {"云帆"}
    assert believed("云帆有限公司很大。", ORG_FIRM="云帆有限公司") == {"云帆有限公司"}


def test_a_latin_name_in_brackets_after_a_person_is_the_person() -> None:
    text = "副总裁周远帆(Yuanfan Zhou)说。"
    assert believed(text, ORG_FIRM="Zhou", PER="周远帆") == {"Zhou"}
    tagged = [
        Tagged(start=3, end=6, label="PER", score=0.9),
        Tagged(start=7, end=19, label="ORG_FIRM", score=0.9),
    ]
    assert plausible(text, tagged) == []
    assert plausible(text, [replace(tagged[0], label="LOC"), tagged[1]]) == [tagged[1]]


def test_a_doubted_unit_in_a_chain(read: Annotate) -> None:
    parts = {"GOV": "国家发改委", "RES": "远帆与发展中心", "OTHER": "饮水产业委员会"}
    found = read("国家发改委远帆与发展中心饮水产业委员会成立。", **parts)
    assert {
        "国家发改委远帆与发展中心",
        "国家发改委远帆与发展中心饮水产业委员会",
    } <= names(found)
