"""Money in English sentences."""

from __future__ import annotations

import re

from trihelix.schema.records import Amount

_SCALE = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "k": 1e3}
_CURRENCY = {
    "$": "USD", "US$": "USD", "USD": "USD", "dollars": "USD", "€": "EUR", "EUR": "EUR",
    "euros": "EUR", "£": "GBP", "GBP": "GBP", "pounds": "GBP", "RMB": "CNY", "CNY": "CNY",
    "¥": "CNY", "yuan": "CNY", "HK$": "HKD", "yen": "JPY",
}  # fmt: skip
_NUMBER = (
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?) ?-?(?P<scale>thousand|million|billion|bn|[MmBbKk]\b)?"
)
_AMOUNT = [
    re.compile(
        rf"(?:(?:about|nearly|over|almost|around|more than) )?"
        rf"(?P<unit>US\$|HK\$|[$€£¥]|RMB|CNY|USD|EUR|GBP) ?{_NUMBER}"
    ),
    re.compile(
        rf"(?:(?:about|nearly|over|almost|around|more than) )?{_NUMBER} ?"
        rf"(?:US )?(?P<unit>yuan|dollars|euros|pounds|yen|RMB|CNY|USD|EUR)\b"
    ),
]


def amount_in(sentence: str) -> Amount | None:
    """The first amount of money in a sentence.

    >>> amount_in("a deal worth nearly 200 million yuan")
    Amount(text='nearly 200 million yuan', value=200000000.0, currency='CNY')
    """
    for pattern in _AMOUNT:
        match = pattern.search(sentence)
        if match:
            scale = _SCALE.get((match["scale"] or "").lower(), 1.0)
            value = float(match["number"].replace(",", "")) * scale
            currency = _CURRENCY[match["unit"]]
            return Amount(text=match.group().strip(), value=value, currency=currency)
    return None
