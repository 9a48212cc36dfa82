"""What a name's ending tells."""

from __future__ import annotations

import pytest

from trihelix.extraction.zh.names import is_generic, kind_of, legal_core, suffix_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云海理工大学", "University"),
        ("云海职业技术学院", "University"),
        ("云海市先进制造研究院", "Institute"),
        ("云海化工设计研究院有限公司", "Institute"),
        ("绿色冶金国家重点实验室", "Laboratory"),
        ("云海轴承工程技术研究中心", "Laboratory"),
        ("云海市技术转移中心", "Intermediary"),
        ("云海联合产权交易所集团", "Intermediary"),
        ("云海大学科技园", "Intermediary"),
        ("云海重型机床集团有限公司", "Firm"),
        ("云海商业银行", "Firm"),
        ("云海启航创业投资有限公司", "Investor"),
        ("云海城市建设投资集团有限公司", "Firm"),
        ("启航资本", "Investor"),
        ("云海省科学技术厅", "Agency"),
        ("云海高新区管委会", "Agency"),
        ("云海机床协会", "Association"),
        ("云海大学教育基金会", "Association"),
        ("云海市第一人民医院", "Hospital"),
        ("云海日报社", "OtherOrganization"),
        ("云海大学（深圳）", "University"),
    ],
)
def test_kind_by_suffix(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("hint", ["Firm", "Investor", None])
def test_a_bare_brand_takes_the_hint(hint: str | None) -> None:
    assert kind_of("启航", hint=hint) == hint


@pytest.mark.parametrize(
    "words",
    [
        *("各高校", "重点实验室", "国家重点实验室", "中小企业", "上市公司", "科技公司"),
        *("省内高校", "有关部门", "龙头企业", "三家公司", "能源"),
    ],
)
def test_words_that_name_nobody(words: str) -> None:
    assert is_generic(words)


@pytest.mark.parametrize("name", ["绿色冶金国家重点实验室", "云海大学", "启航科技", "国家电网公司"])
def test_names_are_not_generic(name: str) -> None:
    assert not is_generic(name)


def test_the_longest_suffix_counts() -> None:
    assert suffix_of("绿色冶金国家重点实验室") == "重点实验室"


def test_the_legal_form_is_not_part_of_the_core() -> None:
    assert legal_core("云海鼓风机集团股份有限公司") == "云海鼓风机"


@pytest.mark.parametrize(
    ("name", "told", "kind"),
    [
        ("合作发展处", "University", "University"),
        ("云海资产管理有限公司", "Investor", "Investor"),
        ("云海材料研究中心", "Institute", "Laboratory"),
        ("云海大学", "Firm", "University"),
        ("云海科技有限公司", "Investor", "Firm"),
    ],
)
def test_the_context_decides_where_the_name_does_not(name: str, told: str, kind: str) -> None:
    assert kind_of(name, told=told) == kind
