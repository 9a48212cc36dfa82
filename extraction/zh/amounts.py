"""Money as news has it: 近2亿元, 3.5亿美元, 总投资50亿元, 数千万元."""

from __future__ import annotations

import re

from trihelix.schema.records import Amount

_CURRENCIES = {
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "韩元": "KRW",
    "新元": "SGD",
    "新加坡元": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
    "瑞士法郎": "CHF",
    "卢布": "RUB",
    "人民币": "CNY",
    "元人民币": "CNY",
    "元": "CNY",
}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NAMES = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
_AMOUNT = re.compile(
    r"(?P<about>近|约|逾|超过?|达到?|不低于|不少于|最高)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+|数)(?P<more>余|多)?"
    rf"(?P<unit>[十百千万亿]*)(?P<more2>余|多)?(?P<currency>{_NAMES})"
)


def find_amount(text: str) -> Amount | None:
    """The first sum of money in a text.

    `数千万元` counts from its least value, 20 million.

    >>> find_amount("合同金额近2亿元")
    Amount(text='近2亿元', value=200000000.0, currency='CNY')
    >>> find_amount("200项成果") is None
    True
    """
    for m in _AMOUNT.finditer(text):
        value = _number(m["number"]) * _unit(m["unit"])
        if value > 0:
            return Amount(text=m[0], value=value, currency=_CURRENCIES[m["currency"]])
    return None


def _number(text: str) -> float:
    if text == "数":
        return 2.0
    if text[0].isdigit():
        return float(text.replace(",", ""))
    return float(_chinese(text))


def _chinese(text: str) -> int:
    """A number below ten thousand in characters.

    >>> _chinese("三百五十")
    350
    """
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


def _unit(text: str) -> float:
    value = 1.0
    for c in text:
        value *= _UNITS[c]
    return value
