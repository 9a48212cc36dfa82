"""Names that brackets give. All organizations and people are invented."""

from __future__ import annotations

import pytest

from tests.extraction.zh.conftest import Annotate, entity, names
from trihelix.extraction.zh.definitions import definitions, is_latin


def declared(text: str) -> list[str]:
    return [text[d.start : d.end] for d in definitions(text) if d.sure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲公司（以下简称“云帆”）", ["云帆"]),
        ("甲公司（Yunfan Robotics，简称“云帆”）", ["Yunfan Robotics", "云帆"]),
        (
            "甲所（简称“云帆所”，英文名 Yunfan Institute，缩写YFI）",
            ["云帆所", "Yunfan Institute", "YFI"],
        ),
        ("甲公司（英文简称: Yunfan Co., Ltd.）", ["Yunfan Co., Ltd."]),
        ("甲公司（简称：云帆（沈阳））", ["云帆（沈阳）"]),
        ("甲中心（National Center for Sails，NCS）", ["National Center for Sails", "NCS"]),
    ],
)
def test_every_name_in_a_bracket_is_found(text: str, expected: list[str]) -> None:
    assert declared(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "甲公司（688777.SH）",
        "甲公司（以下简称“公司”）",
        "甲公司（Beijing）",
        "甲公司（2023年）",
        "甲市（记者 云帆）",
        "甲标段（焊接单元42套）",
    ],
)
def test_what_is_no_name_is_not_declared(text: str) -> None:
    assert declared(text) == []


def test_a_code_or_a_place_is_no_latin_name() -> None:
    assert not is_latin("SH688777")
    assert not is_latin("Shenyang")


def test_all_names_of_a_bracket_are_aliases_everywhere(read: Annotate) -> None:
    found = read(
        "云帆海洋装备创新中心（National Center for Sails，NCS，以下简称云帆中心）成立。"
        "NCS与NCSX无关，云帆中心将招聘。",
        RES="云帆海洋装备创新中心",
    )
    center = entity(found, "NCS")
    assert center.name == "云帆海洋装备创新中心"
    assert center.aliases == ("NCS", "National Center for Sails", "云帆中心")
    assert len(center.mentions) == 6
    assert len(names(found)) == 1


def test_a_declared_name_beats_what_the_tagger_saw_in_the_bracket(read: Annotate) -> None:
    text = "环海装备创新联盟（Ring-Sea Equipment Alliance）成立。"
    found = read(text, OTHER="环海装备创新联盟", FIRM="Equipment")
    assert entity(found, "Ring-Sea Equipment Alliance").name == "环海装备创新联盟"
    assert len(names(found)) == 1


def test_a_persons_latin_name_is_an_alias(read: Annotate) -> None:
    found = read(
        "云帆公司总裁安娜·林德（Anna Lind）表示，合作顺利。", PER="安娜·林德", FIRM="云帆公司"
    )
    assert entity(found, "Anna Lind").aliases == ("Anna Lind",)
    assert entity(found, "Anna Lind").kind == "Person"
