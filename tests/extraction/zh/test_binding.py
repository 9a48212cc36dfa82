"""Who fills which role around a cue, and which tellings are one happening."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import extract, roles

CASES = {
    "signing again, a memorandum": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}续签合作备忘录。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing about something to be founded": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}签订共建{L:海洋装备实验室}的协议。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团")},
    ),
    "signing with one, then with another": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}签约，与{A:江州市政府}签署备忘录。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团"), ("signatory", "江州市政府")},
    ),
    "witnesses a sentence later": (
        "Signing",
        "{U:北川大学}与{F:蓝海集团}签署协议。{P:方舟}到场见证。",
        {("signatory", "北川大学"), ("signatory", "蓝海集团"), ("witness", "方舟")},
    ),
    "founding, the founded named before": (
        "Founding",
        "{L:海洋装备实验室}设在江州，2018年由{U:北川大学}和{F:蓝海集团}共同组建。",
        {("founder", "北川大学"), ("founder", "蓝海集团"), ("founded", "海洋装备实验室")},
    ),
    "founding in a place": (
        "Founding",
        "{U:北川大学}将在城南设立{L:海洋装备实验室}。",
        {("founder", "北川大学"), ("founded", "海洋装备实验室")},
    ),
    "founding, by its name": (
        "Founding",
        "{L:{U:北川大学}海洋装备研究中心}揭牌。",
        {("founder", "北川大学"), ("founded", "北川大学海洋装备研究中心")},
    ),
    "founding, many founders are not founded": (
        "Founding",
        "{U:北川大学}、{F:蓝海集团}联合发起成立。",
        set(),
    ),
    "investing a sum": (
        "Investment",
        "{V:青山创投}向{F:蓝海集团}投了2000万元。",
        {("investor", "青山创投"), ("investee", "蓝海集团")},
    ),
    "investors named by their part": (
        "Investment",
        "{F:蓝海集团}完成B轮融资，投资方为{V:青山创投}和{V:白水资本}。",
        {("investee", "蓝海集团"), ("investor", "青山创投"), ("investor", "白水资本")},
    ),
    "no investment: a post": (
        "Investment",
        "{V:青山创投}投资经理到场，{V:白水资本}不会入股{F:蓝海集团}。",
        set(),
    ),
    "acquisition of what another holds": (
        "Acquisition",
        "{F:蓝海集团}收购{V:青山创投}所持{F:江州电机}60%股权。",
        {("acquirer", "蓝海集团"), ("acquired", "江州电机")},
    ),
}


@pytest.mark.parametrize(("kind", "marked", "expected"), CASES.values(), ids=CASES)
def test_roles(kind: str, marked: str, expected: set[tuple[str, str]]) -> None:
    assert roles(marked, kind) == expected


def test_each_pair_of_a_list_signs_for_itself() -> None:
    text = "{U:北川大学}与{F:蓝海集团}、{U:南山学院}与{F:江州电机}分别签约。"
    signed = [{p.entity for p in e.participants} for e in extract(text).events]
    assert {"北川大学", "蓝海集团"} in signed
    assert {"南山学院", "江州电机"} in signed
    assert len(signed) == 2


def test_a_headline_and_another_contract_stay_two() -> None:
    text = "{U:北川大学}与{F:蓝海集团}签约。{U:南山学院}与{F:江州电机}签署协议。"
    found = extract(text, title="{U:北川大学}与{F:蓝海集团}签约").events
    assert len([e for e in found if e.kind == "Signing"]) == 2


def test_a_plan_has_no_day_of_its_own() -> None:
    text = "4月25日，{U:北川大学}与{F:蓝海集团}签约。双方拟投资。{U:北川大学}将设立{L:海洋实验室}。"
    found = {e.kind: e.date for e in extract(text, published="2023-04-26").events}
    assert found["Signing"] == "2023-04-25"
    assert found["Founding"] is None
