"""Sums of money."""

from __future__ import annotations

import pytest

from trihelix.extraction.zh.amounts import find_amount

CASES = [
    ("合同金额近2亿元", "近2亿元", 2e8, "CNY"),
    ("融资3.5亿美元", "3.5亿美元", 3.5e8, "USD"),
    ("到账1200万元", "1200万元", 1.2e7, "CNY"),
    ("总投资50亿元", "50亿元", 5e9, "CNY"),
    ("完成数千万元融资", "数千万元", 2e7, "CNY"),
    ("完成数亿元融资", "数亿元", 2e8, "CNY"),
    ("资助三百五十万元", "三百五十万元", 3.5e6, "CNY"),
    ("注册资本3.2亿人民币", "3.2亿人民币", 3.2e8, "CNY"),
    ("价格为1,200欧元", "1,200欧元", 1200.0, "EUR"),
    ("超过20余亿元", "超过20余亿元", 2e9, "CNY"),
]


@pytest.mark.parametrize(("sentence", "text", "value", "currency"), CASES)
def test_amounts(sentence: str, text: str, value: float, currency: str) -> None:
    amount = find_amount(sentence)
    assert amount is not None
    assert (amount.text, amount.value, amount.currency) == (text, value, currency)


@pytest.mark.parametrize("sentence", ["200项成果", "增长12%", "单元楼", "多元化"])
def test_what_is_no_money(sentence: str) -> None:
    assert find_amount(sentence) is None
