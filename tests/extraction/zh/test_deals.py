"""Founding, buying, licensing, funding and winning: who gives and who gets."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import extract, roles

CASES = {
    "a house of two that has no name yet": (
        "Founding",
        "{U:北川大学}与{F:蓝海集团}合资组建了冷锻工厂。",
        {("founder", "北川大学"), ("founder", "蓝海集团")},
    ),
    "a house told of its makers": (
        "Founding",
        "中心由{U:北川大学}、{F:蓝海集团}共建。",
        {("founder", "北川大学"), ("founder", "蓝海集团")},
    ),
    "listed as founders": (
        "Founding",
        "联盟今日成立，发起单位包括{U:北川大学}、{F:蓝海集团}。",
        {("founder", "北川大学"), ("founder", "蓝海集团")},
    ),
    "those who sign on the spot": (
        "Signing",
        "首批签约企业五家：{F:蓝海集团}、{F:云帆科技}。",
        {("signatory", "蓝海集团"), ("signatory", "云帆科技")},
    ),
    "a party secretary signs for no committee": (
        "Signing",
        "{A:江州市委}书记{P:陆遥}与{F:蓝海集团}、{U:北川大学}签约。",
        {("signatory", "蓝海集团"), ("signatory", "北川大学")},
    ),
    "the partner of what a team made": (
        "Transfer",
        "{U:北川大学}教授{P:何一鸣}团队的{T:冷锻合金}以680万元转让给{F:蓝海集团}。",
        {("provider", "北川大学"), ("recipient", "蓝海集团")},
    ),
    "bought from": (
        "Transfer",
        "{F:蓝海集团}从{U:北川大学}受让3项冷锻专利。",
        {("provider", "北川大学"), ("recipient", "蓝海集团")},
    ),
    "rights handed on": (
        "Transfer",
        "{U:北川大学}把冷锻合金的专利权益授予{F:蓝海集团}。",
        {("provider", "北川大学"), ("recipient", "蓝海集团")},
    ),
    "shares taken": (
        "Acquisition",
        "2006年，{V:远山资本}取得{F:云帆科技}的大部分股权。",
        {("acquirer", "远山资本"), ("acquired", "云帆科技")},
    ),
    "shares sold": (
        "Acquisition",
        "{F:蓝海集团}把{F:云帆科技}51%的股权卖给{F:青木电子}。",
        {("acquired", "云帆科技"), ("acquirer", "青木电子")},
    ),
    "first customers": (
        "Procurement",
        "首批用户是{F:蓝海集团}、{F:云帆科技}。",
        {("buyer", "蓝海集团"), ("buyer", "云帆科技")},
    ),
    "bought on the spot": (
        "Procurement",
        "{S:江州机械学会}当场向{U:北川大学}购买样机三台。",
        {("buyer", "江州机械学会"), ("supplier", "北川大学")},
    ),
    "an order won": (
        "Procurement",
        "{F:云帆科技}拿到{F:蓝海集团}的第一笔订单。",
        {("supplier", "云帆科技"), ("buyer", "蓝海集团")},
    ),
    "money received": (
        "Grant",
        "{F:云帆科技}收到{A:江州市科技局}研发补助250万元。",
        {("recipient", "云帆科技"), ("funder", "江州市科技局")},
    ),
    "money given": (
        "Grant",
        "{A:江州市科技局}每年安排1000万元专项经费。",
        {("funder", "江州市科技局")},
    ),
    "who finishes an investment is no investee": (
        "Investment",
        "{V:远山资本}完成对{F:云帆科技}的3000万元投资。",
        {("investor", "远山资本"), ("investee", "云帆科技")},
    ),
    "leaders and followers in one list": (
        "Investment",
        "{F:云帆科技}完成由{V:远山资本}领投、{V:青木创投}跟投的融资。",
        {("investor", "远山资本"), ("investor", "青木创投"), ("investee", "云帆科技")},
    ),
    "the first institution of a paper": (
        "Research",
        "论文在线发表，{U:北川大学}为第一单位。",
        {("performer", "北川大学")},
    ),
    "found together": (
        "Research",
        "{U:北川大学}、{I:蓝海研究院}联合发现深海菌种。",
        {("performer", "北川大学"), ("performer", "蓝海研究院")},
    ),
    "through to the final": (
        "Award",
        "经评审，{U:北川大学}、{F:云帆科技}入围江州质量奖。",
        {("recipient", "北川大学"), ("recipient", "云帆科技")},
    ),
}


@pytest.mark.parametrize(("kind", "marked", "expected"), CASES.values(), ids=CASES)
def test_deals(kind: str, marked: str, expected: set[tuple[str, str]]) -> None:
    assert roles(marked, kind) == expected


NOTHING = {
    "a licence of one's own": "{F:云帆科技}获得生产许可证。",
    "who has to sign": "{U:北川大学}为签约人员开通专线。",
    "listed on an exchange": "{F:云帆科技}挂牌{M:江州股权交易所}专板。",
    "what its forerunner was": "其前身是1956年创建的{L:江州冷锻实验室}。",
}


@pytest.mark.parametrize("marked", NOTHING.values(), ids=NOTHING)
def test_what_is_no_deal(marked: str) -> None:
    assert extract(marked).events == ()
