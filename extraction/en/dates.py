"""English dates as EDTF, only as precise as the sentence and the document's own date allow."""

from __future__ import annotations

import re

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = "|".join([*_MONTHS, *(f"{m[:3]}\\." for m in _MONTHS), "Sept\\."])
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = [
    re.compile(
        rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}),? (?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<month>{_MONTH}),? {_YEAR}\b"),
    re.compile(rf"\b(?:[Oo]n )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"),
    re.compile(rf"\b[Oo]n (?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\b"),
    re.compile(r"\b[Ii]n (?P<year>(?:19|20)\d\d)\b"),
]
_TODAY = re.compile(r"\b[Tt]oday\b")


def date_in(sentence: str, published: str | None) -> str | None:
    """The first, most precise date of a sentence.

    >>> date_in("The two signed on March 3, 2021 in Wuhan.", None)
    '2021-03-03'
    >>> date_in("It opened on April 25.", None), date_in("It opened on April 25.", "2023-05-01")
    ('XXXX-04-25', '2023-04-25')
    """
    for pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match:
            return _edtf(match.groupdict(), published)
    return published if published and _TODAY.search(sentence) else None


def _edtf(parts: dict[str, str | None], published: str | None) -> str:
    month, day = parts.get("month"), parts.get("day")
    year = parts.get("year") or (published[:4] if published else "XXXX")
    date = year
    if month:
        number = int(month) if month.isdigit() else 1 + _index(month)
        date += f"-{number:02d}"
        if day:
            date += f"-{int(day):02d}"
    return date


def _index(month: str) -> int:
    return next(i for i, name in enumerate(_MONTHS) if name.startswith(month.rstrip(".")[:3]))
