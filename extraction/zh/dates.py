"""When things happen, in EDTF (ISO 8601-2), as precise as the text and the document's date allow.

2023年4月25日      2023-04-25          4月25日   2023-04-25 in a document of 2023, else XXXX-04-25
2023年4月          2023-04             今年/去年  the document's year, or one before
16日               the month of the date before it        近日, 日前   not known
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_FULL = (
    r"(?<![到至])(?P<y>(?:19|20)\d\d)\s*年\s*(?:(?P<m>1[0-2]|"
    r"0?[1-9])\s*月(?:份)?(?:\s*(?P<d>3[01]|[12]\d|0?[1-9])(?:\s*[-—－~至到]\s*\d{1,2})?\s*[日号])?)?(?!底?之?前|底?以前|度|级|代|期间|来|"
    r"以来|版)"
)
_ISO = r"(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>1[0-2]|0?[1-9])[-/.](?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY = (
    r"(?:(?P<rel>今年|去年|前年|明年|本年)(?:的)?)?(?P<m3>1[0-2]|"
    r"0?[1-9])\s*月(?:份)?\s*(?:(?P<d3>3[01]|[12]\d|0?[1-9])(?:\s*[-—－~至到]\s*\d{1,2})?\s*[日号])?(?!\d|以来)"
)
_YEAR = r"(?P<rel2>今年|去年|前年|明年)"
_ONLY = r"(?<![\d月/.-])(?P<d4>3[01]|[12]\d|0?[1-9])\s*日(?![前内后均本元])"
_SAME = (
    r"(?P<same>当天|当日|同日|今天|今日|当晚|仪式上|会议上|大会上|论坛上|活动现场|"
    r"(?<![^\s，。；：,;:])(?:会上|会后|会前|会议期间|活动中|活动上|现场|同期|期间))"
)
_VAGUE = (
    r"(?P<vague>近日|日前|近期|不久前|近来|此前|之前|早前|近年来|多年来|昨日|昨天|"
    r"未来|下一步|今后)"
)
_DATE = re.compile("|".join((_FULL, _ISO, _DAY, _YEAR, _ONLY, _SAME, _VAGUE)))
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date said at an offset of a sentence: `value` in EDTF; `same` means the article's day."""

    start: int
    value: str | None
    same: bool = False
    vague: bool = False


class Calendar:
    """Resolves the dates of one document, sentence by sentence, in order.

    >>> Calendar(None).read("4月25日,大会举行")[0].value
    'XXXX-04-25'
    >>> Calendar("2023-04-27").read("4月25日,大会举行")[0].value
    '2023-04-25'
    """

    def __init__(self, published: str | None) -> None:
        self.published = published[:10] if published else None
        self.year = int(published[:4]) if published else None
        self.month: str | None = published[:7] if published else None

    def read(self, text: str) -> list[Dated]:
        """The dates of a sentence, in order."""
        return [self._resolve(m) for m in _DATE.finditer(text)]

    def _resolve(self, m: re.Match[str]) -> Dated:
        if m["same"]:
            return Dated(m.start(), None, same=True)
        if m["vague"]:
            return Dated(
                m.start(), self._yesterday() if m["vague"][0] == "昨" else None, vague=True
            )
        if m["d4"]:
            value = f"{self.month}-{int(m['d4']):02}" if self.month else None
            return Dated(m.start(), _valid(value))
        year = m["y"] or m["y2"] or self._relative(m["rel"] or m["rel2"])
        month, day = m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"] or m["d3"]
        if year is None:
            if month is None:
                return Dated(m.start(), None, vague=True)
            year = "XXXX" if m["rel"] else self._year_of(int(month), int(day or 1))
        value = "-".join([year, *(f"{int(p):02}" for p in (month, day) if p)])
        if month and day:
            self.month = value[:7]
        return Dated(m.start(), _valid(value))

    def _relative(self, word: str | None) -> str | None:
        return str(self.year + _SHIFT[word]) if word and self.year else None

    def _year_of(self, month: int, day: int) -> str:
        """The year that makes a day the last before publication (a little after is allowed)."""
        if self.published is None or self.year is None:
            return "XXXX"
        ahead = (month, day) > (int(self.published[5:7] or 12), int(self.published[8:10] or 31))
        far = month - int(self.published[5:7] or 12) > 2
        return str(self.year - 1 if ahead and far else self.year)

    def _yesterday(self) -> str | None:
        if self.published is None or len(self.published) < 10:
            return None
        day = datetime.date.fromisoformat(self.published) - datetime.timedelta(days=1)
        return day.isoformat()


def _valid(value: str | None) -> str | None:
    """None for a day that no calendar has (2月31日)."""
    if value is None or len(value) < 10:
        return value
    try:
        datetime.date.fromisoformat(value.replace("XXXX", "2024"))
    except ValueError:
        return None
    return value


def nearest(dates: list[Dated], at: int, prevailing: str | None) -> str | None:
    """The date of a happening said at an offset: the last before it, else the document's day.

    A vague word (近日) before it says that the day is not known.
    """
    before = [d for d in dates if d.start <= at]
    exact = [d for d in before if d.value]
    if before and before[-1].same and all(len(d.value or "") < 10 for d in exact):
        return prevailing
    if exact:
        finest = max(len(d.value or "") for d in exact)
        return [d.value for d in exact if d.value and len(d.value) == finest][-1]
    if any(d.vague for d in before):
        return None
    return prevailing
