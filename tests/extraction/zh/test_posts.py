"""Who holds which post."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import posts

BEFORE_THE_NAME = {
    "one post": (
        "{U:北川大学}校长{P:何一鸣}出席会议。",
        {("何一鸣", "北川大学", "校长")},
    ),
    "posts in a row": (
        "{I:中国工程院}院士、{U:北川大学}校长{P:何一鸣}致辞。",
        {("何一鸣", "中国工程院", "院士"), ("何一鸣", "北川大学", "校长")},
    ),
    "two titles in one house, and 兼": (
        "{A:江州市科技局}党组书记、局长兼{A:江州市委人才办}副主任{P:陆遥}讲话。",
        {
            ("陆遥", "江州市科技局", "党组书记"),
            ("陆遥", "江州市科技局", "局长"),
            ("陆遥", "江州市委人才办", "副主任"),
        },
    ),
    "the title keeps an office inside": (
        "{F:云帆科技}生态合作与发展部总监{P:魏来}签字。",
        {("魏来", "云帆科技", "生态合作与发展部总监")},
    ),
    "a list of persons": (
        "{F:云帆科技}董事长{P:魏来}、{U:北川大学}副校长{P:何一鸣}共同揭牌。",
        {("魏来", "云帆科技", "董事长"), ("何一鸣", "北川大学", "副校长")},
    ),
    "the next title in the list belongs to the same house": (
        "{I:南湖研究院}院长{P:秦岭}、副院长{P:苏木}到场。",
        {("秦岭", "南湖研究院", "院长"), ("苏木", "南湖研究院", "副院长")},
    ),
    "a former post": (
        "前{F:蓝海集团}副总裁{P:方舟}加入。",
        {("方舟", "蓝海集团", "副总裁")},
    ),
    "Latin titles": (
        "{F:云帆科技}联合创始人兼CTO{P:魏来}表示。",
        {("魏来", "云帆科技", "联合创始人"), ("魏来", "云帆科技", "CTO")},
    ),
    "a school's rector without its name": (
        "{U:北川大学}今日开学。副校长{P:何一鸣}主持。",
        {("何一鸣", "北川大学", "副校长")},
    ),
    "a firm's manager without its name": (
        "{F:云帆科技}今日上市。董事长{P:魏来}表示，公司将扩产。",
        {("魏来", "云帆科技", "董事长")},
    ),
    "honorific before the name": (
        "{U:北川大学}材料学院院长、教授{P:何一鸣}发言。",
        {("何一鸣", "北川大学", "材料学院院长"), ("何一鸣", "北川大学", "教授")},
    ),
}
FOREIGN_OR_UNKNOWN = {
    "a nationality before the name": (
        "{F:云帆科技}采购总监、法国人{P:赛勒}介绍。",
        {("赛勒", "云帆科技", "采购总监")},
    ),
    "a house that is no mention keeps its title": (
        "{S:贸易联盟}总干事{P:陆遥}、冰原国总统{P:方舟}到会。",
        {("陆遥", "贸易联盟", "总干事")},
    ),
}
BIOGRAPHIES = {
    "a list without a subject": (
        "{P:何一鸣}，男，1965年出生于江州。{U:北川大学}应用数学系主任，教授，"
        "{U:江州大学}终身教授、{U:南山大学}兼职教授。",
        {
            ("何一鸣", "北川大学", "应用数学系主任"),
            ("何一鸣", "北川大学", "教授"),
            ("何一鸣", "江州大学", "终身教授"),
            ("何一鸣", "南山大学", "兼职教授"),
        },
    ),
    "in the sentence of the birth": (
        "{P:何一鸣}，女，1970年生，{U:北川大学}教授。",
        {("何一鸣", "北川大学", "教授")},
    ),
    "until someone else is named": (
        "{P:何一鸣}，男，1962年生。{P:陆遥}来访，{U:北川大学}教授。",
        set(),
    ),
}
AFTER_THE_NAME = {
    "title after": ("{A:江州市科技局}{P:陆遥}局长到会。", {("陆遥", "江州市科技局", "局长")}),
    "secretary after": ("{S:江州市科协}{P:陆遥}书记讲话。", {("陆遥", "江州市科协", "书记")}),
}
AS_PREDICATES = {
    "current post": (
        "{P:何一鸣}现任{U:北川大学}校长。",
        {("何一鸣", "北川大学", "校长")},
    ),
    "several": (
        "{P:何一鸣}教授是{I:国家科学院}院士，{U:北川大学}终身教授，{I:南湖研究院}研究员。",
        {
            ("何一鸣", "国家科学院", "院士"),
            ("何一鸣", "北川大学", "终身教授"),
            ("何一鸣", "南湖研究院", "研究员"),
        },
    ),
    "pronoun": (
        "{P:何一鸣}毕业于{U:北川大学}。目前，他还担任{F:蓝海集团}首席科学家、{S:江州机械学会}理事长等职务。",
        {("何一鸣", "蓝海集团", "首席科学家"), ("何一鸣", "江州机械学会", "理事长")},
    ),
    "hired": (
        "{F:云帆科技}聘请{P:何一鸣}担任公司技术顾问。",
        {("何一鸣", "云帆科技", "技术顾问")},
    ),
    "held by": (
        "{L:海洋装备实验室}主任由{P:何一鸣}教授担任。",
        {("何一鸣", "海洋装备实验室", "主任")},
    ),
    "registered as": (
        "{F:云帆科技}成立于2011年，{P:魏来}任法定代表人、执行董事。",
        {("魏来", "云帆科技", "法定代表人"), ("魏来", "云帆科技", "执行董事")},
    ),
}
WITHOUT_A_HOUSE = {
    "what the sentence is about, not the document": (
        "{F:云帆科技}今日上市，{F:云帆科技}扩产。{F:远岭电机}刚投产，总经理{P:陆遥}说很忙。",
        {("陆遥", "远岭电机", "总经理")},
    ),
    "where the meeting is": (
        "{U:北川大学}来访。在{U:江州大学}，{P:方舟}会见了校长{P:何一鸣}。",
        {("何一鸣", "江州大学", "校长")},
    ),
    "a short name that is no mention": (
        "{F:江州远岭电机有限公司}扩产，{F:云帆科技}供货。远岭CTO{P:陆遥}到场。",
        {("陆遥", "江州远岭电机有限公司", "CTO")},
    ),
    "the kind of house only": (
        "{S:江州机械学会}年会由{U:北川大学}承办。学会秘书长{P:陆遥}主持。",
        {("陆遥", "江州机械学会", "秘书长")},
    ),
    "not the main firm's when it is another unknown one's": (
        "{F:云帆科技}今日上市。远岭总经理{P:陆遥}祝贺。",
        set(),
    ),
    "an office of the house before it": (
        "{F:云帆科技}董事长{P:魏来}、技术中心主任{P:陆遥}到场。",
        {("魏来", "云帆科技", "董事长"), ("陆遥", "云帆科技", "技术中心主任")},
    ),
}
LEARNED = {
    "after the name": (
        "{U:北川大学}{P:何一鸣}教授、{I:南湖研究院}{P:苏木}研究员作报告。",
        {("何一鸣", "北川大学", "教授"), ("苏木", "南湖研究院", "研究员")},
    ),
    "specially appointed": (
        "{U:北川大学}特聘教授{P:何一鸣}到会。",
        {("何一鸣", "北川大学", "特聘教授")},
    ),
}
ENTRIES = {
    "after a space": (
        "组长：{P:陆遥}　{A:江州市科技局}党组书记、局长",
        {("陆遥", "江州市科技局", "党组书记"), ("陆遥", "江州市科技局", "局长")},
    ),
    "in brackets": (
        "主持人{P:陆遥}（{F:云帆科技}市场总监）开场。",
        {("陆遥", "云帆科技", "市场总监")},
    ),
    "after a comma at the start of a line": (
        "{P:苏木}，{I:南湖研究院}副研究员",
        {("苏木", "南湖研究院", "副研究员")},
    ),
    "but not when the title is another's": (
        "{P:苏木}，{I:南湖研究院}院长{P:秦岭}到场。",
        {("秦岭", "南湖研究院", "院长")},
    ),
}
ELECTED = {
    "several at once": (
        "{S:江州机械学会}换届，{U:北川大学}教授{P:何一鸣}、{F:云帆科技}总裁{P:魏来}当选副会长。",
        {
            ("何一鸣", "北川大学", "教授"),
            ("魏来", "云帆科技", "总裁"),
            ("何一鸣", "江州机械学会", "副会长"),
            ("魏来", "江州机械学会", "副会长"),
        },
    ),
    "by an announcement under the firm's name": (
        "{F:云帆科技}：聘任{P:魏来}为首席产品官。",
        {("魏来", "云帆科技", "首席产品官")},
    ),
    "the title first": (
        "{F:云帆科技}成立两年，总经理由{P:魏来}担任。",
        {("魏来", "云帆科技", "总经理")},
    ),
}
NO_POSTS = {
    "reporters": "{O:江州日报}记者{P:方舟}报道。",
    "degrees": "{U:北川大学}博士{P:方舟}回国。",
    "students": "{U:北川大学}硕士研究生{P:方舟}获奖。",
    "prize winners": "诺贝尔奖得主{P:方舟}到访{U:北川大学}。",
    "a verb between": "{F:云帆科技}会见校长{P:何一鸣}。",
    "studies": "{P:何一鸣}1980年毕业于{U:北川大学}，获博士学位。",
    "responsibilities": "{P:何一鸣}的主任务是服务{U:北川大学}。",
}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        *BEFORE_THE_NAME.values(),
        *FOREIGN_OR_UNKNOWN.values(),
        *BIOGRAPHIES.values(),
        *AFTER_THE_NAME.values(),
        *AS_PREDICATES.values(),
        *WITHOUT_A_HOUSE.values(),
        *LEARNED.values(),
        *ENTRIES.values(),
        *ELECTED.values(),
    ],
    ids=[
        *BEFORE_THE_NAME,
        *FOREIGN_OR_UNKNOWN,
        *BIOGRAPHIES,
        *AFTER_THE_NAME,
        *AS_PREDICATES,
        *WITHOUT_A_HOUSE,
        *LEARNED,
        *ENTRIES,
        *ELECTED,
    ],
)
def test_posts(marked: str, expected: set[tuple[str, str, str]]) -> None:
    assert posts(marked) == expected


@pytest.mark.parametrize("marked", NO_POSTS.values(), ids=NO_POSTS)
def test_what_is_no_post(marked: str) -> None:
    assert posts(marked) == set()


def test_a_party_committee_stands_for_its_organization() -> None:
    marked = "{A:{A:江州市科技局}党组}书记、局长{P:陆遥}讲话。"
    assert posts(marked) == {("陆遥", "江州市科技局", "书记"), ("陆遥", "江州市科技局", "局长")}
