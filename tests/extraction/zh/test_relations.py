"""The state-like relations, from nested names and cue words."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import relations

ALLIANCES = {
    "founders": (
        "由{U:北川大学}、{F:云帆科技}等18家单位发起的{S:江州机械联盟}在江州成立。",
        {("MEMBER_OF", "北川大学", "江州机械联盟"), ("MEMBER_OF", "云帆科技", "江州机械联盟")},
    ),
    "but who founds a firm is no member of it": (
        "由{U:北川大学}、{F:云帆科技}发起的{F:远岭电机}在江州成立。",
        set(),
    ),
    "members counted": (
        "{S:江州机械协会}现有会员六百余家，包括{F:云帆科技}和{F:远岭电机}。",
        {("MEMBER_OF", "云帆科技", "江州机械协会"), ("MEMBER_OF", "远岭电机", "江州机械协会")},
    ),
    "elected to a seat of the alliance named before": (
        "{S:江州机械联盟}今日成立。大会选举{F:云帆科技}为理事长单位。",
        {("MEMBER_OF", "云帆科技", "江州机械联盟")},
    ),
}
SHARES = {
    "several owners": (
        "{F:远岭电机}由{F:云帆科技}持股51%，{F:蓝海集团}持股49%。",
        {("OWNS", "云帆科技", "远岭电机"), ("OWNS", "蓝海集团", "远岭电机")},
    ),
    "the largest": (
        "{F:蓝海集团}为{F:远岭电机}第一大股东。",
        {("OWNS", "蓝海集团", "远岭电机")},
    ),
    "of the one before": (
        "{F:远岭电机}年初扩产，{F:蓝海集团}为其控股股东。",
        {("OWNS", "蓝海集团", "远岭电机")},
    ),
}
KEEPERS = {
    "by a ministry": (
        "{U:江州学院}系{A:江州省教育厅}主管的本科高校。",
        {("ADMINISTERS", "江州省教育厅", "江州学院")},
    ),
    "the managers of a fund": (
        "{V:江州引导基金}由{F:蓝海资本}受托管理。",
        {("ADMINISTERS", "蓝海资本", "江州引导基金")},
    ),
}
CASES = {
    **ALLIANCES,
    **SHARES,
    **KEEPERS,
    "out of an institute": (
        "{F:云帆科技}是从{I:南湖研究院}走出的企业。",
        {("SPUN_OFF_FROM", "云帆科技", "南湖研究院")},
    ),
    "a ministry in a laboratory's name is not its whole": (
        "{L:{A:草地资源教育部}重点实验室}揭牌。",
        set(),
    ),
    "a school inside its university": (
        "{U:{U:北川大学}材料学院}成立。",
        {("PART_OF", "北川大学材料学院", "北川大学")},
    ),
    "the parent is the inner name that reaches furthest": (
        "{L:{A:住建部}{S:城市研究会}数字中心}发布报告。",
        {("PART_OF", "住建部城市研究会数字中心", "城市研究会")},
    ),
    "a school right after its university": (
        "{U:北川大学}开学，{=北川大学:我校}{U:材料学院}举行典礼。",
        {("PART_OF", "材料学院", "北川大学")},
    ),
    "a school without its university": (
        "{U:北川大学}召开大会。{U:计算机学院}承办。",
        {("PART_OF", "计算机学院", "北川大学")},
    ),
    "a school of the university named before it": (
        "{U:北川大学}派员到会。在{U:南山大学}任教时，他主持{U:地理学系}工作。",
        {("PART_OF", "地理学系", "南山大学")},
    ),
    "a name that begins with its parent's": (
        "{U:北川大学}与{L:北川大学焊接研究中心}共同申报。",
        {("PART_OF", "北川大学焊接研究中心", "北川大学")},
    ),
    "a subsidiary": (
        "{F:蓝海集团}旗下{F:蓝海重工}中标。",
        {("PART_OF", "蓝海重工", "蓝海集团")},
    ),
    "a wholly owned subsidiary": (
        "{F:蓝海集团}全资子公司{F:蓝海重工}停产。",
        {("PART_OF", "蓝海重工", "蓝海集团")},
    ),
    "subordinate to": (
        "{I:南湖研究所}隶属于{I:国家科学院}。",
        {("PART_OF", "南湖研究所", "国家科学院")},
    ),
    "subordinate to, after a remark": (
        "{I:南湖研究所}始建于1958年，隶属于{I:国家科学院}。",
        {("PART_OF", "南湖研究所", "国家科学院")},
    ),
    "in charge of": (
        "{A:江州市教育局}主管的{S:江州教育学会}换届。",
        {("ADMINISTERS", "江州市教育局", "江州教育学会")},
    ),
    "the committee of a zone is no part of the zone": (
        "{A:{M:江州高新区}管委会}发布政策。",
        set(),
    ),
    "joined": (
        "{F:云帆科技}正式加入{S:海洋装备联盟}。",
        {("MEMBER_OF", "云帆科技", "海洋装备联盟")},
    ),
    "elected to the board": (
        "{U:北川大学}当选{S:海洋装备联盟}副理事长单位。",
        {("MEMBER_OF", "北川大学", "海洋装备联盟")},
    ),
    "located": ("{F:云帆科技}落户{C:江州}。", {("LOCATED_IN", "云帆科技", "江州")}),
    "holds shares": (
        "{V:远山资本}持有{F:云帆科技}12%股份。",
        {("OWNS", "远山资本", "云帆科技")},
    ),
    "owns listed companies": (
        "{F:蓝海集团}实力雄厚，现拥有{F:蓝海重工}、{F:蓝海物流}2家上市公司。",
        {("OWNS", "蓝海集团", "蓝海重工"), ("OWNS", "蓝海集团", "蓝海物流")},
    ),
    "a half each": (
        "{F:云帆科技}原本由{F:蓝海集团}及{F:远山控股}各持股50%。",
        {("OWNS", "蓝海集团", "云帆科技"), ("OWNS", "远山控股", "云帆科技")},
    ),
    "holds shares of one firm and another": (
        "{F:蓝海集团}持有{F:蓝海重工}49.1%的股权，持有{F:云帆科技}51.5%的股权。",
        {("OWNS", "蓝海集团", "蓝海重工"), ("OWNS", "蓝海集团", "云帆科技")},
    ),
    "holds through its subsidiary": (
        "{F:蓝海集团}则通过其全资子公司{F:蓝海重工}和其自身共持有{F:云帆科技}51%的股权。",
        {("OWNS", "蓝海集团", "蓝海重工"), ("OWNS", "蓝海集团", "云帆科技")},
    ),
    "the shareholder": (
        "{F:云帆科技}的第一大股东{F:蓝海集团}公告。",
        {("OWNS", "蓝海集团", "云帆科技")},
    ),
    "a list that ends with the parent of one": (
        "客户包括{F:云帆科技}、{F:远山控股}和{F:蓝海集团}旗下的{F:蓝海重工}。",
        {("PART_OF", "蓝海重工", "蓝海集团")},
    ),
    "renamed": (
        "{F:江州蓝电公司}更名为{F:江州云豆公司}。",
        {("SUCCESSOR_OF", "江州云豆公司", "江州蓝电公司")},
    ),
    "renamed in the register": (
        "{F:江州蓝电公司}完成工商变更，名称变更为{F:江州云豆公司}。",
        {("SUCCESSOR_OF", "江州云豆公司", "江州蓝电公司")},
    ),
    "formerly": (
        "{U:北川大学}前身是{U:北川工学院}。",
        {("SUCCESSOR_OF", "北川大学", "北川工学院")},
    ),
    "grew out of": (
        "{F:云帆科技}成立于2015年，脱胎于{I:南湖研究所}。",
        {("SPUN_OFF_FROM", "云帆科技", "南湖研究所")},
    ),
    "hatched": (
        "{M:启明孵化器}孵化的{F:云帆科技}获奖。",
        {("SPUN_OFF_FROM", "云帆科技", "启明孵化器")},
    ),
}


@pytest.mark.parametrize(("marked", "expected"), CASES.values(), ids=CASES)
def test_relations(marked: str, expected: set[tuple[str, str, str]]) -> None:
    assert relations(marked) == expected


def test_an_independent_college_is_no_school_of_another_university() -> None:
    assert relations("{U:北川大学}与{U:江州职业技术学院}互访。") == set()
    assert relations("{U:北川大学}与{U:皖西学院}互访。") == set()


@pytest.mark.parametrize(
    "marked",
    [
        "{F:蓝海重工集团公司}旗下{F:蓝海重工集团有限公司}投产。",
        "{F:蓝海集团}旗下{F:蓝海集团}投产。",
    ],
)
def test_nothing_is_part_of_itself(marked: str) -> None:
    assert relations(marked) == set()


def test_no_circle_of_parts() -> None:
    found = relations(
        "{F:蓝海集团}旗下{F:蓝海重工}投产。{F:蓝海重工}旗下{F:云帆科技}投产。"
        "{F:云帆科技}旗下{F:蓝海集团}投产。"
    )
    assert len(found) == 2


def test_a_counted_list_of_subsidiaries() -> None:
    parts = "{F:蓝海重工}、{F:云帆科技}"
    counted = relations("{F:蓝海集团}旗下" + parts + "两家公司投产。")
    assert {source for _, source, _ in counted} == {"蓝海重工", "云帆科技"}
    assert relations("{F:蓝海集团}旗下" + parts + "入股。") == {("PART_OF", "蓝海重工", "蓝海集团")}
