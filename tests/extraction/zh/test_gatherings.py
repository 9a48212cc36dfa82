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
    "a visit whose host is not named": (
        "Visit",
        "{A:江州市政府}市长{P:陆遥}赴河湾镇开展专题调研。",
        {("visitor", "陆遥")},
    ),
    "abroad with a delegation": (
        "Visit",
        "{U:北川大学}校长{P:何一鸣}率团访问冰原国。",
        {("visitor", "何一鸣"), ("visitor", "北川大学")},
    ),
    "received, come from afar": (
        "Visit",
        "{P:陆遥}会见了专程来江州考察的{P:方舟}。",
        {("host", "陆遥"), ("visitor", "方舟")},
    ),
    "who welcomes a visit does not come": (
        "Visit",
        "{P:陆遥}对客人来访表示欢迎。",
        set(),
    ),
    "each of a list of deeds has its own doer": (
        "Convening",
        "由{U:北川大学}主办、{F:蓝海集团}承办、{S:江州机械学会}协办的论坛开幕。",
        {("organizer", "北川大学"), ("undertaker", "蓝海集团"), ("supporter", "江州机械学会")},
    ),
    "who unveils the plate is there": (
        "Convening",
        "论坛在{C:江州}举行。{P:陆遥}与{P:何一鸣}共同为中心揭牌。",
        {("venue", "江州"), ("attendee", "陆遥"), ("attendee", "何一鸣")},
    ),
    "who came, after a comma": (
        "Convening",
        "参加仪式的，有{P:陆遥}、{P:何一鸣}。",
        {("attendee", "陆遥"), ("attendee", "何一鸣")},
    ),
    "the chair by a label": (
        "Convening",
        "讲座在{C:江州}举行。主讲人：{P:何一鸣}\n主持人：{P:陆遥}",
        {("venue", "江州"), ("speaker", "何一鸣"), ("speaker", "陆遥")},
    ),
    "led by": (
        "Visit",
        "由{P:方舟}率领的冰原国生物技术代表团在{C:江州}访问。",
        {("visitor", "方舟")},
    ),
    "members of a group": (
        "Convening",
        "成果验收会议在{C:江州}召开，验收组成员有{P:何一鸣}、{P:陆遥}。",
        {("venue", "江州"), ("attendee", "何一鸣"), ("attendee", "陆遥")},
    ),
    "opinions given": (
        "Convening",
        "论坛在{C:江州}举行。{P:何一鸣}、{P:陆遥}等委员发表了意见。",
        {("venue", "江州"), ("speaker", "何一鸣"), ("speaker", "陆遥")},
    ),
    "a group of experts": (
        "Convening",
        "成果鉴定会议在{C:江州}召开。专家组由{U:北川大学}、{I:蓝海研究院}的专家组成。",
        {("venue", "江州"), ("attendee", "北川大学"), ("attendee", "蓝海研究院")},
    ),
    "at the meeting of": (
        "Convening",
        "{P:何一鸣}在{F:蓝海集团}2024年工作会议上致辞。",
        {("organizer", "蓝海集团"), ("speaker", "何一鸣")},
    ),
    "a guide of visitors is no participant": (
        "Convening",
        "论坛在{C:江州}举行。与会嘉宾参观了{F:蓝海集团}的展厅。",
        {("venue", "江州")},
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


CONVENING = {
    "who holds it": (
        "会议由{A:江州市科技局}、{A:江州市教育局}主办，{U:北川大学}承办，{S:江州机械学会}协办。",
        {
            ("organizer", "江州市科技局"),
            ("organizer", "江州市教育局"),
            ("undertaker", "北川大学"),
            ("supporter", "江州机械学会"),
        },
    ),
    "labels": (
        "论坛在{C:江州}举行。主办单位：{A:江州市科技局}\n承办单位：{U:北川大学}\n支持单位：{S:江州机械学会}",
        {
            ("organizer", "江州市科技局"),
            ("undertaker", "北川大学"),
            ("supporter", "江州机械学会"),
            ("venue", "江州"),
        },
    ),
    "where": ("首届海洋装备论坛在{U:北川大学}隆重举行。", {("venue", "北川大学")}),
    "where, though a verb stands in its name": (
        "成果对接活动启动大会在{U:北川大学}举行。",
        {("venue", "北川大学")},
    ),
    "who came": (
        "{A:江州市科技局}局长{P:陆遥}、{U:北川大学}校长{P:何一鸣}等出席论坛。",
        {("attendee", "陆遥"), ("attendee", "何一鸣")},
    ),
    "who came, from organizations": (
        "来自{U:北川大学}、{F:云帆科技}等20余家单位的代表参加会议。",
        {("attendee", "北川大学"), ("attendee", "云帆科技")},
    ),
    "who came, with a title of no known house": (
        "{S:贸易联盟}总干事{P:陆遥}、冰原国前总理{P:方舟}、{U:北川大学}校长{P:何一鸣}等重量级嘉宾"
        "都已确认出席论坛。",
        {("attendee", "陆遥"), ("attendee", "方舟"), ("attendee", "何一鸣")},
    ),
    "who came, led by their house": (
        "{F:蓝海集团}总经理{P:魏来}，{A:江州市}党政军领导{P:陆遥}、方大舟、{P:何一鸣}出席论坛。",
        {("attendee", "魏来"), ("attendee", "陆遥"), ("attendee", "何一鸣")},
    ),
    "who held the ceremony where one spoke": (
        "{P:何一鸣}在{S:江州机械学会}组织的签字仪式上表示，要加强合作。",
        {("organizer", "江州机械学会"), ("speaker", "何一鸣")},
    ),
    "who came, listed after": (
        "出席论坛的还有{P:陆遥}、{P:何一鸣}。",
        {("attendee", "陆遥"), ("attendee", "何一鸣")},
    ),
    "who spoke is not counted as only present": (
        "{A:江州市科技局}局长{P:陆遥}出席会议并讲话。",
        {("speaker", "陆遥")},
    ),
    "organizations speak through their people": (
        "论坛开幕式上，{A:江州市科技局}、{S:江州市工商联}有关负责同志分别致辞。",
        {("speaker", "江州市科技局"), ("speaker", "江州市工商联")},
    ),
    "what persons say at it": (
        "论坛在{C:江州}举行。{P:何一鸣}指出，要加强攻关。",
        {("venue", "江州"), ("speaker", "何一鸣")},
    ),
}


@pytest.mark.parametrize(("marked", "expected"), CONVENING.values(), ids=CONVENING)
def test_convening(marked: str, expected: set[tuple[str, str]]) -> None:
    assert roles(marked, "Convening") == expected
