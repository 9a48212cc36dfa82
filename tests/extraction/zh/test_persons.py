"""Names of people: unusual surnames, names without one, names that the tagger cut or stretched."""

from __future__ import annotations

import pytest

from tests.extraction.zh.conftest import Annotate, names


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("常务副总裁逄月舟致辞。逄月舟说一切顺利。", "月舟", "逄月舟"),
        ("清江大学初月舟教授到会。", "月舟", "初月舟"),
        ("副厅长才让多吉到会。", "多吉", "才让多吉"),
        ("投资总监计文舟表示满意。", "文舟", "计文舟"),
    ],
)
def test_a_surname_that_the_tagger_missed(
    read: Annotate, text: str, tagged: str, name: str
) -> None:
    assert names(read(text, PER=tagged, UNI="清江大学"), "Person") == {name}


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("总经理沈月正考虑投资。", "沈月正", "沈月"),
        ("董事长沈月舟许诺返利。", "沈月舟许诺", "沈月舟"),
        ("副校长沈月和指出方向。", "沈月", "沈月和"),
        ("清江大学教授皮特任副理事长。", "皮特", "皮特"),
        ("沈月舟为获奖者颁奖。", "沈月舟", "沈月舟"),
    ],
)
def test_verbs_beside_a_name_are_no_part_of_it(
    read: Annotate, text: str, tagged: str, name: str
) -> None:
    assert names(read(text, PER=tagged, UNI="清江大学"), "Person") == {name}


def test_names_without_surname_and_rare_surnames_need_no_post(read: Annotate) -> None:
    found = read("次仁多吉、植月舟和乌兰图雅三人获选。", PER="次仁多吉 植月舟 乌兰图雅")
    assert names(found, "Person") == {"次仁多吉", "植月舟", "乌兰图雅"}


def test_latin_names_with_accents_and_particles(read: Annotate) -> None:
    found = read("校长José van Dijk率团来访。", PER="van Dijk")
    assert names(found, "Person") == {"José van Dijk"}


def test_places_firms_and_unnamed_people_are_none(read: Annotate) -> None:
    found = read("余姚的王某把百度的产品带来。", PER="余姚 王某 百度")
    assert names(found, "Person") == set()
