"""What happened, who took part in it and as what."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import extract, roles

CASES = {
    "signing, a list": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}、{A:江州市政府}签署战略合作协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团"), ("signatory", "江州市政府")},
    ),
    "signing, the partner described": (
        "Signing",
        "{U:北川大学}与国内知名装备企业{F:蓝海集团}在{C:江州}签订协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing, persons for organizations": (
        "Signing",
        "{U:北川大学}副校长{P:何一鸣}和{F:蓝海集团}总裁{P:方舟}代表双方签署协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing, a ceremony": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}签约仪式在{C:江州}举行。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing, a headless clause": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}深化合作，并签署框架协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing, both": (
        "Signing",
        "{U:北川大学}校长到访{F:蓝海集团}。{=北川大学+蓝海集团:双方}签署协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "witness": (
        "Signing",
        "在{A:江州市政府}见证下，{U:北川大学}与{F:蓝海集团}签约。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团"), ("witness", "江州市政府")},
    ),
    "founding together": (
        "Founding",
        "{U:北川大学}联合{F:蓝海集团}共建{L:海洋装备实验室}。",
        {("founder", "北川大学"), ("founder", "蓝海集团"), ("founded", "海洋装备实验室")},
    ),
    "founding, passive": (
        "Founding",
        "{L:海洋装备实验室}由{U:北川大学}和{F:蓝海集团}共同组建。",
        {("founder", "北川大学"), ("founder", "蓝海集团"), ("founded", "海洋装备实验室")},
    ),
    "founding, relative clause": (
        "Founding",
        "由{U:北川大学}发起成立的{S:海洋装备联盟}引人关注。",
        {("founder", "北川大学"), ("founded", "海洋装备联盟")},
    ),
    "founding, the plate unveiled": (
        "Founding",
        "{L:海洋装备实验室}正式揭牌。",
        {("founded", "海洋装备实验室")},
    ),
    "founding, announced": (
        "Founding",
        "{P:方舟}宣布{U:北川大学}与{F:蓝海集团}联合成立{U:船舶学院}。",
        {("founder", "北川大学"), ("founder", "蓝海集团"), ("founded", "船舶学院")},
    ),
    "collaboration": (
        "Collaboration",
        "{U:北川大学}携手{F:蓝海集团}开展人才联合培养。",
        {("partner", "北川大学"), ("partner", "蓝海集团")},
    ),
    "research, relative clause": (
        "Research",
        "由{F:蓝海集团}和{U:北川大学}联合研发的{T:深潜三号}下水。",
        {("performer", "蓝海集团"), ("performer", "北川大学"), ("output", "深潜三号")},
    ),
    "research, active": (
        "Research",
        "{U:北川大学}材料团队成功研制出{T:冷锻合金}。",
        {("performer", "北川大学"), ("output", "冷锻合金")},
    ),
    "release": (
        "Release",
        "日前，{A:江州市科技局}印发{J:海洋装备行动方案}。",
        {("issuer", "江州市科技局"), ("output", "海洋装备行动方案")},
    ),
    "release, jointly": (
        "Release",
        "{A:江州市科技局}、{A:江州市教育局}联合发布技术需求。",
        {("issuer", "江州市科技局"), ("issuer", "江州市教育局")},
    ),
    "investment, leading and following": (
        "Investment",
        "{F:云帆科技}完成数千万元A轮融资，由{V:远山资本}领投，{V:启明基金}跟投。",
        {("investee", "云帆科技"), ("investor", "远山资本"), ("investor", "启明基金")},
    ),
    "investment in the next sentence": (
        "Investment",
        "{F:云帆科技}宣布完成B轮融资。本轮融资由{V:远山资本}领投。",
        {("investee", "云帆科技"), ("investor", "远山资本")},
    ),
    "taking a share": (
        "Investment",
        "{F:蓝海集团}入股{F:云帆科技}。",
        {("investor", "蓝海集团"), ("investee", "云帆科技")},
    ),
    "acquisition": (
        "Acquisition",
        "{F:蓝海集团}以3亿元收购{F:云帆科技}60%股权。",
        {("acquirer", "蓝海集团"), ("acquired", "云帆科技")},
    ),
    "acquisition, passive": (
        "Acquisition",
        "{F:云帆科技}被{F:蓝海集团}收购。",
        {("acquirer", "蓝海集团"), ("acquired", "云帆科技")},
    ),
    "grant": (
        "Grant",
        "{U:北川大学}申报的{J:深海材料项目}获批国家重点研发计划立项。",
        {("recipient", "北川大学"), ("project", "深海材料项目")},
    ),
    "grant, given": (
        "Grant",
        "{S:远山基金会}向{U:北川大学}捐赠500万元。",
        {("funder", "远山基金会"), ("recipient", "北川大学")},
    ),
    "a notice's recipients": (
        "Grant",
        "{A:江州市科技局}对下列项目予以立项。\n揭榜单位：{U:北川大学}、{F:云帆科技}",
        {("funder", "江州市科技局"), ("recipient", "北川大学"), ("recipient", "云帆科技")},
    ),
    "an order in each clause": (
        "Procurement",
        "{F:云帆科技}宣布，委托{U:北川大学}开展试验，委托{F:蓝海集团}管理数据。",
        {("buyer", "云帆科技"), ("supplier", "北川大学"), ("supplier", "蓝海集团")},
    ),
    "transfer": (
        "Transfer",
        "{U:北川大学}将{T:冷锻合金}专利转让给{F:蓝海集团}。",
        {("provider", "北川大学"), ("recipient", "蓝海集团"), ("technology", "冷锻合金")},
    ),
    "a tender's result": (
        "Procurement",
        "采购人：{U:北川大学}\n中标供应商：{F:云帆科技}",
        {("buyer", "北川大学"), ("supplier", "云帆科技")},
    ),
    "winning a tender": (
        "Procurement",
        "{F:云帆科技}中标{U:北川大学}智慧校园项目。",
        {("supplier", "云帆科技"), ("buyer", "北川大学")},
    ),
    "award": (
        "Award",
        "{F:云帆科技}荣获省科技进步一等奖。",
        {("recipient", "云帆科技")},
    ),
    "award, passive": (
        "Award",
        "{F:云帆科技}被{A:江州市科技局}授予创新企业称号。",
        {("recipient", "云帆科技"), ("grantor", "江州市科技局")},
    ),
    "award, recognized": (
        "Award",
        "{L:海洋装备实验室}入选国家级平台名单。",
        {("recipient", "海洋装备实验室")},
    ),
    "a witnessed signing": (
        "Signing",
        "{A:江州市科技局}局长{P:陆遥}见证{U:北川大学}与{F:蓝海集团}签署协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团"), ("witness", "陆遥")},
    ),
    "witnesses on both sides": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}签约，校方由{U:北川大学}校长{P:何一鸣}、市议员{P:方舟}，"
        "企业则由{F:蓝海集团}总裁{P:魏来}等人见证。",
        {
            ("signatory", "北川大学"),
            ("signatory", "蓝海集团"),
            ("witness", "何一鸣"),
            ("witness", "方舟"),
            ("witness", "魏来"),
        },
    ),
    "an agreement made public": (
        "Signing",
        "{F:云帆科技}公告了{F:蓝海集团}、{F:远山控股}重组协议。",
        {("signatory", "蓝海集团"), ("signatory", "远山控股")},
    ),
    "both are those of the same sentence": (
        "Signing",
        "{F:云帆科技}与{F:远山控股}签约。{U:北川大学}也与{F:蓝海集团}签署协议，"
        "{=云帆科技+远山控股:双方}共建{L:海洋装备实验室}。",
        {
            ("signatory", "云帆科技"),
            ("signatory", "远山控股"),
            ("signatory", "北川大学"),
            ("signatory", "蓝海集团"),
        },
    ),
    "what a donor sets up is no organization": (
        "Founding",
        "{F:云帆科技}出资设立“{F:云帆科技}服务保证金”。",
        set(),
    ),
    "partners in a long list": (
        "Collaboration",
        "{F:蓝海集团}与{S:远山基金}组织、{U:北川大学}、{U:江州大学}、{A:江州市科技局}等开展合作与交流。",
        {
            ("partner", "蓝海集团"),
            ("partner", "远山基金"),
            ("partner", "北川大学"),
            ("partner", "江州大学"),
            ("partner", "江州市科技局"),
        },
    ),
    "data released": (
        "Release",
        "{F:蓝海会计师事务所}还发布数据称，业绩增长。",
        {("issuer", "蓝海会计师事务所")},
    ),
    "a share handed over": (
        "Acquisition",
        "{A:江州市国资委}拟将持有的{F:蓝海集团}1%国有股权无偿划转给{F:远山控股}。",
        {("acquirer", "远山控股"), ("acquired", "蓝海集团")},
    ),
    "an order without its supplier": (
        "Procurement",
        "{F:云帆科技}今年计划采购800吨脐橙。",
        {("buyer", "云帆科技")},
    ),
    "a grant to one's project": (
        "Grant",
        "{F:云帆科技}建立了中试线。同时，深海项目获得了{S:远山基金会}资助400万美元。",
        {("funder", "远山基金会"), ("recipient", "云帆科技")},
    ),
    "led by several to talks": (
        "Visit",
        "{A:江州市政府}副市长{P:何一鸣}、{A:江州高新区管委会}主任{P:陆遥}率{A:江州市商务局}、"
        "{A:江州市工信局}负责人，前往{F:云帆科技}进行项目洽谈。",
        {
            ("visitor", "何一鸣"),
            ("visitor", "陆遥"),
            ("visitor", "江州市政府"),
            ("visitor", "江州高新区管委会"),
            ("visitor", "江州市商务局"),
            ("visitor", "江州市工信局"),
            ("host", "云帆科技"),
        },
    ),
    "visit": (
        "Visit",
        "{A:江州市科技局}局长{P:陆遥}一行到{F:云帆科技}调研。",
        {("visitor", "陆遥"), ("visitor", "江州市科技局"), ("host", "云帆科技")},
    ),
    "received": (
        "Visit",
        "{U:北川大学}校长{P:何一鸣}会见了{P:方舟}。",
        {("host", "何一鸣"), ("visitor", "方舟")},
    ),
}


@pytest.mark.parametrize(("kind", "marked", "expected"), CASES.values(), ids=CASES)
def test_events(kind: str, marked: str, expected: set[tuple[str, str]]) -> None:
    assert roles(marked, kind) == expected


NOTHING = {
    "a wish": "{U:北川大学}希望与{F:蓝海集团}合作。",
    "the name of a fund": "{P:方舟}任职于{V:远山投资有限公司}，从事投资管理。",
    "saying something outside any meeting": "{P:方舟}表示，{F:云帆科技}产能充足。",
    "building in general": "{U:北川大学}服务{C:江州}建设。",
    "a study visit report": "{F:云帆科技}的调研报告引用了{U:北川大学}。",
}


@pytest.mark.parametrize("marked", NOTHING.values(), ids=NOTHING)
def test_what_is_no_event(marked: str) -> None:
    assert extract(marked).events == ()


STATUS = [
    ("{U:北川大学}将与{F:蓝海集团}共建{L:海洋装备实验室}。", "planned"),
    ("{U:北川大学}拟与{F:蓝海集团}共建{L:海洋装备实验室}。", "planned"),
    ("{U:北川大学}与{F:蓝海集团}共建{L:海洋装备实验室}。", "completed"),
    ("{F:蓝海集团}终止收购{F:云帆科技}。", "cancelled"),
    ("{U:北川大学}将{T:冷锻合金}转让给{F:蓝海集团}。", "completed"),
]


@pytest.mark.parametrize(("marked", "status"), STATUS)
def test_status(marked: str, status: str) -> None:
    assert [e.status for e in extract(marked).events] == [status]


def test_one_meeting_told_in_three_sentences_is_one_event() -> None:
    found = extract(
        "4月25日，海洋装备论坛在{U:北川大学}举行。\n论坛由{A:江州市科技局}主办。\n"
        "{A:江州市科技局}局长{P:陆遥}出席论坛并致辞。",
        title="海洋装备论坛举行",
        published="2023-04-26",
    )
    (event,) = found.events
    assert (event.kind, event.date, len(event.evidence)) == ("Convening", "2023-04-25", 3)


def test_the_date_has_no_year_unless_the_document_has_one() -> None:
    marked = "4月25日,首届论坛在{U:北川大学}举行。"
    assert [e.date for e in extract(marked).events] == ["XXXX-04-25"]
    assert [e.date for e in extract(marked, published="2023-04-25").events] == ["2023-04-25"]


def test_a_gathering_that_signs_is_no_clause_without_a_subject() -> None:
    found = extract("{U:北川大学}、{U:江州大学}带来300项成果。大会现场签约项目57个。")
    assert "Signing" not in {e.kind for e in found.events}


def test_the_amount_of_an_investment() -> None:
    (event,) = extract("{V:远山资本}投资{F:云帆科技}近2亿元。").events
    assert event.amount is not None
    assert event.amount.value == 2e8


def test_the_same_text_gives_the_same_extraction() -> None:
    marked = "{U:北川大学}与{F:蓝海集团}、{A:江州市政府}签署协议，共建{L:海洋装备实验室}。"
    assert extract(marked) == extract(marked)


def test_every_fact_points_to_whole_sentences() -> None:
    found = extract("{U:北川大学}校长{P:何一鸣}到会。{U:北川大学}与{F:蓝海集团}签约。")
    text = found.document.text
    told = [*(r.evidence for r in found.relations), *(e.evidence for e in found.events)]
    assert {s.of(text)[-1] for evidence in told for s in evidence} == {"。"}


def pairs(marked: str, kind: str) -> list[set[str]]:
    """The participants of each event of a kind."""
    return [{p.entity for p in e.participants} for e in extract(marked).events if e.kind == kind]


def test_the_other_side_of_a_purchase_contract_is_the_supplier() -> None:
    marked = "{F:蓝海集团}与{F:云帆科技}签署采购合约。{F:蓝海集团}采购130吨鱼丸。"
    assert roles(marked, "Procurement") == {("buyer", "蓝海集团"), ("supplier", "云帆科技")}


def test_a_meeting_is_planned_when_it_will_take_place() -> None:
    marked = "由{S:江州机械学会}主办的论坛将于4月21-23日在{U:北川大学}举办。"
    (event,) = extract(marked, published="2023-04-20").events
    assert (event.status, event.date) == ("planned", "2023-04-21")


def test_a_target_year_is_no_date_of_the_event() -> None:
    marked = (
        "{U:北川大学}与{F:蓝海集团}签约，到2013年底前，"
        "{U:北川大学}与{F:蓝海集团}共建{L:海洋装备实验室}。"
    )
    assert {e.date for e in extract(marked).events} == {None}


def test_two_contracts_are_two_events() -> None:
    marked = (
        "{U:北川大学}与{F:蓝海集团}签署协议。另外，{U:江州大学}也与{F:云帆科技}签署协议。"
        "{U:北川大学}还与{F:云帆科技}签约。"
    )
    assert pairs(marked, "Signing") == [
        {"北川大学", "蓝海集团"},
        {"江州大学", "云帆科技"},
        {"北川大学", "云帆科技"},
    ]


def test_a_signing_told_again_is_one_event() -> None:
    marked = "{U:北川大学}与{F:蓝海集团}签署协议。{F:蓝海集团}签约后启动项目。"
    assert pairs(marked, "Signing") == [{"北川大学", "蓝海集团"}]


def test_who_went_somewhere_stays_the_visitor() -> None:
    marked = (
        "{A:江州市科技局}局长{P:陆遥}到{F:云帆科技}考察。{P:陆遥}会见了{F:云帆科技}董事长{P:魏来}。"
    )
    assert roles(marked, "Visit") >= {("visitor", "陆遥"), ("host", "云帆科技"), ("host", "魏来")}
    assert ("host", "陆遥") not in roles(marked, "Visit")
