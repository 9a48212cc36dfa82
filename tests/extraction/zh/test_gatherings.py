"""Who holds a gathering, who comes and speaks; visits, prizes, grants and research told briefly."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import roles

CASES = {
    "a letter read aloud": (
        "Convening",
        "{U:北川大学}举行成立仪式。{A:江州市科技局}局长{P:何一鸣}宣读了批复。",
        {("organizer", "北川大学"), ("speaker", "何一鸣")},
    ),
    "whoever guides on the spot attends": (
        "Convening",
        "研讨会在{C:江州}举行，{A:江州市科技局}到会指导。",
        {("venue", "江州"), ("attendee", "江州市科技局")},
    ),
    "held together": (
        "Convening",
        "{U:北川大学}与{F:蓝海集团}合办海洋论坛。",
        {("organizer", "北川大学"), ("organizer", "蓝海集团")},
    ),
    "an annual meeting is held by its society": (
        "Convening",
        "{S:江州造船学会}年会在{C:江州}召开。",
        {("organizer", "江州造船学会"), ("venue", "江州")},
    ),
    "experts of organizations": (
        "Convening",
        "{U:北川大学}、{I:蓝海研究院}的34位专家参加审查会议。",
        {("attendee", "北川大学"), ("attendee", "蓝海研究院")},
    ),
    "a visit without a named visitor": (
        "Visit",
        "代表们走访了{F:蓝海集团}。",
        {("host", "蓝海集团")},
    ),
    "leading a group": (
        "Visit",
        "{P:何一鸣}率师生赴{F:蓝海集团}。",
        {("visitor", "何一鸣"), ("host", "蓝海集团")},
    ),
    "who publishes a list of prizes": (
        "Award",
        "{A:江州市科技局}公布科技奖获奖名单。",
        {("grantor", "江州市科技局")},
    ),
    "named by": (
        "Award",
        "{F:蓝海集团}获{A:江州市科技局}授予先进集体称号。",
        {("grantor", "江州市科技局")},
    ),
    "a gift": (
        "Grant",
        "{F:蓝海集团}捐赠了两台设备。",
        {("funder", "蓝海集团")},
    ),
    "what was developed is not named": (
        "Research",
        "由{U:北川大学}研制的深海绞车下水。",
        {("performer", "北川大学")},
    ),
    "who completed the work": (
        "Research",
        "主要完成单位为{U:北川大学}和{F:蓝海集团}。",
        {("performer", "北川大学"), ("performer", "蓝海集团")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_roles(name: str) -> None:
    kind, text, expected = CASES[name]
    assert roles(text, kind) >= expected


def test_a_wish_is_no_research() -> None:
    assert not roles("{A:江州市科技局}鼓励{U:北川大学}研制的深海绞车下水。", "Research")
