"""English dates as EDTF, only as precise as the sentence and the document's own date allow."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH = "(?P<month>" + "|".join([*_MONTHS, *(f"{m[:3]}\\." for m in _MONTHS), "Sept\\."]) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:(?: ?[-–] ?| (?:to|and) )\d{1,2}(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = [
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"),
    re.compile(rf"\b{_DAY} {_MONTH},? {_YEAR}\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_MONTH},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH} {_DAY}\b"),
    re.compile(rf"\b{_DAY} {_MONTH}\b"),
    re.compile(rf"\b[Ii]n (?:early |late |mid-)?{_YEAR}\b"),
]
_DATELINE = re.compile(r"^.{0,60}?\b(?:19|20)\d\d\s*(?:-{1,2}|[–—])\s")
_SAID = re.compile(
    r"(?:said|says|announced|reported|according to|statement|filing|published|released|interview)"
    r"(?:(?! that )[^.;]){0,40}$"
)
_WEEKDAY = re.compile(rf"\b(?P<next>next |coming )?(?P<weekday>{'|'.join(_DAYS)})\b")
_RELATIVE = re.compile(
    r"\b(?P<today>[Tt]oday)\b|\b(?P<yesterday>[Yy]esterday)\b"
    r"|\b(?P<thismonth>[Tt]his month)\b|\b(?P<lastyear>[Ll]ast year)\b"
    r"|\b(?P<thisyear>[Tt]his year)\b"
)


def date_in(sentence: str, published: str | None) -> str | None:
    """The date of what a sentence tells: its first, most precise one, weekdays counted back.

    A date on which it was only said (`... on May 3, the firm said on May 11`) comes last, and the
    dateline that opens a report is none.

    >>> date_in("The two signed on March 3, 2021 in Wuhan.", None)
    '2021-03-03'
    >>> date_in("It opened on April 25.", None), date_in("It opened on April 25.", "2023-05-01")
    ('XXXX-04-25', '2023-04-25')
    >>> date_in("It opened on Thursday.", "2018-05-11")
    '2018-05-10'
    """
    found = _found(sentence, published)
    return next((d for d, said in found if not said), found[0][0] if found else None)


def is_said(sentence: str, published: str | None) -> bool:
    """Whether the only dates of a sentence are those on which something was said."""
    return all(said for _, said in _found(sentence, published))


def _found(sentence: str, published: str | None) -> list[tuple[str, bool]]:
    text = _DATELINE.sub("", sentence, count=1)
    found: list[tuple[str, bool]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.append((_edtf(match.groupdict(), published), _is_said(text, match.start())))
    if published and len(published) == 10:
        day = date.fromisoformat(published)
        for match in _WEEKDAY.finditer(text):
            found.append((_weekday(match, day), _is_said(text, match.start())))
        found += [(_relative(m, day), True) for m in _RELATIVE.finditer(text)]
    return found


def _is_said(text: str, at: int) -> bool:
    return bool(_SAID.search(text[max(0, at - 60) : at]))


def _weekday(match: re.Match[str], published: date) -> str:
    days = (published.weekday() - _DAYS.index(match["weekday"])) % 7
    back = published - timedelta(days=days)
    return (back + timedelta(days=7) if match["next"] else back).isoformat()


def _relative(match: re.Match[str], published: date) -> str:
    if match["yesterday"]:
        return (published - timedelta(days=1)).isoformat()
    if match["thismonth"]:
        return published.isoformat()[:7]
    if match["lastyear"] or match["thisyear"]:
        return str(published.year - bool(match["lastyear"]))
    return published.isoformat()


def _edtf(parts: dict[str, str | None], published: str | None) -> str:
    month, day = parts.get("month"), parts.get("day")
    year = parts.get("year") or (published[:4] if published else "XXXX")
    edtf = year
    if month:
        number = int(month) if month.isdigit() else 1 + _index(month)
        edtf += f"-{number:02d}"
        if day:
            edtf += f"-{int(day):02d}"
    late = published and not parts.get("year") and day and _days_after(edtf, published) > 180
    return f"{int(year) - 1}{edtf[4:]}" if late else edtf


def _days_after(edtf: str, published: str) -> int:
    try:
        return (date.fromisoformat(edtf) - date.fromisoformat(published)).days
    except ValueError:  # February 30, or a published date without a day
        return 0


def _index(month: str) -> int:
    return next(i for i, name in enumerate(_MONTHS) if name.startswith(month.rstrip(".")[:3]))
