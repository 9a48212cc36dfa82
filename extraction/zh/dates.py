"""When things happen, in EDTF (ISO 8601-2), as precise as the text and the document's date allow.

2023年4月25日      2023-04-25          4月25日   2023-04-25 in a document of 2023, else XXXX-04-25
2023年4月          2023-04             今年/去年  the document's year, or one before
16日               the month of the date before it        近日, 日前   not known
4月25日至27日      2023-04-25, the day when it begins      6月30日前    no date: a deadline
当天, 次日         from the day named before              昨日, 上周五  from the document's date
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_MONTH = r"(?:1[0-2]|0?[1-9])"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"
_SPAN = rf"(?:\s*(?:[-—－–~～至到]+|和|、)\s*(?:{_MONTH}\s*月)?\s*{_NUMBER}(?=\s*[日号]))?+"
_DUE = r"(?![底末]?(?:之|以)?前)"
_TAIL = rf"{_SPAN}\s*[日号]{_SPAN}(?:\s*[日号])?+"
_FULL = (
    rf"(?<![到至])(?>(?P<y>(?:1[6-9]|20)\d\d)\s*年\s*(?:(?P<m>{_MONTH})\s*月(?:份)?+"
    rf"(?:\s*(?P<d>{_NUMBER}){_TAIL})?)?){_DUE}(?!度|级|代|期间|来|以来|版|届)"
)
_ISO = r"(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>1[0-2]|0?[1-9])[-/.](?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY = (
    rf"(?>(?:(?P<rel>今年|去年|前年|明年|本年|同年|当年)(?:的)?)?(?P<m3>{_MONTH})\s*月(?:份)?+"
    rf"(?:\s*(?P<d3>{_NUMBER}){_TAIL}|(?!\d))){_DUE}(?!以来)"
)
_YEAR = r"(?P<rel2>今年|去年|前年|明年)"
_MONTHLY = (
    rf"(?P<rel3>本月|上个?月|下个?月|当月)(?:(?P<d5>{_NUMBER}){_TAIL}|(?:初|中旬|下旬|上旬|底)?)"
)
_WEEKLY = r"(?P<week>上|本|这|下)(?:个)?(?:周|星期)(?P<weekday>[一二三四五六日天])"
_ONLY = rf"(?<![\d月/.-])(?>(?P<d4>{_NUMBER}){_TAIL}){_DUE}(?![内后均本元])"
_NUMERAL = (
    r"(?P<y6>[二一][〇○零九]?[〇○零一二三四五六七八九]{2,3})年"
    r"(?:(?P<m6>[一二三四五六七八九十]{1,2})月(?:(?P<d6>[一二三四五六七八九十]{1,3})[日号])?)?"
)
_NEXT = r"(?P<next>次日|翌日|第二天)"
_YESTERDAY = r"(?P<ago>昨日|昨天|昨晚|昨夜|前日|前天)"
_SAME = r"(?P<that>当天|当日|同日|当晚|同一天|当天下午|当天上午)"
_NOW = (
    r"(?P<same>今天|今日|今晨|今早|今晚|仪式上|会议上|大会上|论坛上|活动现场|"
    r"(?<![^\s，。；：,;:])(?:会上|会后|会前|会议期间|活动中|活动上|现场|同期|期间))"
)
_VAGUE = (
    r"(?P<vague>近日|日前|近期|不久前|近来|此前|之前|早前|近年来|多年来|未来|下一步|今后|"
    r"(?<![\d一二三四五六七八九十])[两数几]?[年月天周]前)"
)
_ALTERNATIVES = (
    *(_FULL, _ISO, _DAY, _YEAR, _MONTHLY, _WEEKLY, _ONLY, _NUMERAL),
    *(_NEXT, _YESTERDAY, _SAME, _NOW, _VAGUE),
)
_DATE = re.compile("|".join(_ALTERNATIVES))
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_WEEK = {"上": -7, "本": 0, "这": 0, "下": 7}
_DAYS = "一二三四五六日"
_BOUND = re.compile(
    r"(?:成立|始建|创立|创建|始建|创办|创设|设立|组建|建[成立设校院所]|诞生|落成|启用|投产|开工|竣工|挂牌|"
    r"揭牌|上市|签[订署约]|发[布表]|公布|出版|毕业|出生|生|举[办行]|召开|获[批得]|入选|更名|合并|"
    r"收购|改制|起步|起源|迁址|并入)于\s*$"
)
_DATELINE = re.compile(r"[^，。；！？]{0,24}[日号]\s*(?:电(?![力子器影商话])|讯(?![息飞]))")
_SIGNED = re.compile(r"\s*(?:19|20|二)[^，。；Ⓐ]{0,12}日\s*")
_DAYS_RANGE = re.compile(r"\d\s*[日号]?\s*[-—－–~～至到]+\s*(?:\d+\s*月)?\s*\d+\s*[日号]")
_RECENT = ("近日", "日前", "近期", "不久前")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date said at an offset of a sentence: `value` in EDTF; `same` means the article's day.

    `of` is where the verb stands that the date says the time of (成立于2015年), else -1.
    """

    start: int
    value: str | None
    same: bool = False
    vague: bool = False
    end: int = -1
    of: int = -1
    word: str = ""
    days: bool = False


class Calendar:
    """Resolves the dates of one document, sentence by sentence, in order.

    >>> Calendar(None).read("4月25日,大会举行")[0].value
    'XXXX-04-25'
    >>> Calendar("2023-04-27").read("4月25日,大会举行")[0].value
    '2023-04-25'
    """

    def __init__(self, published: str | None, only: str | None = None) -> None:
        self.published = published[:10] if published else None
        self.year = int(published[:4]) if published else None
        self.month: str | None = published[:7] if published else None
        self.last: str | None = None
        self._only = only
        self._said: str | None = None
        self._told = False

    def read(self, text: str) -> list[Dated]:
        """The dates of a sentence, in order."""
        self._said = None
        return [self._dated(m) for m in _DATE.finditer(text)]

    def _dated(self, m: re.Match[str]) -> Dated:
        bound = _BOUND.search(m.string, max(0, m.start() - 4), m.start())
        value = _valid(self._resolve(m))
        if value and len(value) == 10:
            self.last = value
        return Dated(
            m.start(),
            value,
            same=bool(m["same"] or (m["that"] and value is None)),
            vague=value is None and not (m["same"] or m["that"] or m["d4"] or m["d5"]),
            end=m.end(),
            of=bound.start() if bound else -1,
            word=m["vague"] or "",
            days=bool(_DAYS_RANGE.search(m[0])),
        )

    def _resolve(self, m: re.Match[str]) -> str | None:
        if m["same"] or m["vague"]:
            return None
        if m["that"] or m["next"]:
            return _later(self.last, 1) if m["next"] else self.last
        if m["ago"]:
            return _later(self.published, -2 if m["ago"][0] == "前" else -1)
        if m["week"]:
            return self._week(_WEEK[m["week"]], m["weekday"])
        if m["rel3"]:
            return self._monthly(m["rel3"], m["d5"])
        if m["d4"]:
            return self._day(int(m["d4"]))
        if m["y6"]:
            return _numerals(m["y6"], m["m6"], m["d6"])
        return self._written(m)

    def _written(self, m: re.Match[str]) -> str | None:
        year = m["y"] or m["y2"] or self._relative(m["rel"] or m["rel2"])
        month, day = m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"] or m["d3"]
        if year is None:
            if month is None:
                return None
            unknown = m["rel"] in _SHIFT
            year = "XXXX" if unknown else self._said or self._year_of(int(month), int(day or 1))
        else:
            self._said = year
        value = "-".join([year, *(f"{int(p):02}" for p in (month, day) if p)])
        if month and day:
            self.month, self._told = value[:7], True
        return value

    def _relative(self, word: str | None) -> str | None:
        if word in ("同年", "当年"):
            return self._said or (self.last[:4] if self.last else None)
        return str(self.year + _SHIFT[word]) if word and self.year else None

    def _year_of(self, month: int, day: int) -> str:
        """The year that makes a day the last before publication (a little after is allowed)."""
        if self.published is None or self.year is None:
            return self._only or "XXXX"
        ahead = (month, day) > (int(self.published[5:7] or 12), int(self.published[8:10] or 31))
        far = month - int(self.published[5:7] or 12) > 2
        return str(self.year - 1 if ahead and far else self.year)

    def _day(self, day: int) -> str | None:
        """A day alone: of the month before it; of the last month when it would be yet to come."""
        month = self.month
        if month and not self._told and self.published and len(self.published) == 10:
            month = _shifted(month, -1) if day > int(self.published[8:]) + 7 else month
        return f"{month}-{day:02}" if month else None

    def _monthly(self, word: str, day: str | None) -> str | None:
        base = self.month if word == "当月" else self.published and self.published[:7]
        if not base or len(base) < 7 or base.startswith("X"):
            return None
        month = _shifted(base, {"上": -1, "下": 1}.get(word[0], 0))
        return f"{month}-{int(day):02}" if day else month

    def _week(self, shift: int, weekday: str) -> str | None:
        if self.published is None or len(self.published) < 10:
            return None
        day = datetime.date.fromisoformat(self.published)
        days = shift + _DAYS.index("日" if weekday == "天" else weekday) - day.weekday()
        return _later(self.published, days)


_FOUR = re.compile(r"(?<![\d.,—-])(20[0-4]\d)(?![\d.,%％万亿多余个家名元台套项-])")
_TITLED = re.compile(
    r"(20[0-4]\d)(?:年度?)?(?![年的]|[^，。；“”]{0,4}[月日号]|[\d.,-])[^，。；\s]{2,24}?"
    r"(?:会|坛|赛|展|节|周|活动|典礼|仪式)"
)
_LEAD = 300  # characters within which an undated article says which year it is about


def only_year(text: str) -> str | None:
    """The year of an article that names one year only, near its beginning (2019江州博览会).

    >>> only_year("2019江州博览会10月25日开幕"), only_year("2018年成立，2019年投产")
    ('2019', None)
    """
    first = _TITLED.search(text, 0, _LEAD)
    years = {m[1] for m in _FOUR.finditer(text)} if first else set()
    return first[1] if first and len(years) == 1 else None


def _later(day: str | None, days: int) -> str | None:
    """A day some days later; None when it is no whole date with a year."""
    if day is None or len(day) < 10 or day.startswith("X") or not _valid(day):
        return None
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def _shifted(month: str, months: int) -> str:
    if month.startswith("X"):
        return month
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{count // 12}-{count % 12 + 1:02}"


_CHARACTERS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def _numerals(year: str, month: str | None, day: str | None) -> str | None:
    """二〇二三年四月二十五日."""
    digits = "".join(_CHARACTERS[c] for c in year)
    if not re.fullmatch(r"(?:19|20)\d\d", digits):
        return None
    return "-".join([digits, *(f"{_below_hundred(p):02}" for p in (month, day) if p)])


def _below_hundred(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_CHARACTERS[tens[0]])
    return 10 * int(_CHARACTERS.get(tens, "1")) + int(_CHARACTERS.get(ones, "0"))


def _valid(value: str | None) -> str | None:
    """None for a day that no calendar has (2月31日)."""
    if value is None or len(value) < 10:
        return value
    try:
        datetime.date.fromisoformat(value.replace("XXXX", "2024"))
    except ValueError:
        return None
    return value


def _about(date: Dated) -> str:
    """The day that what follows is of; of several days (4月25日至27日) only their month."""
    assert date.value is not None
    return date.value[:7] if date.days else date.value


def prevailing(texts: list[str], dates: list[list[Dated]]) -> str | None:
    """The day that an article is about: the first whole date of its first sentences.

    A dateline (4月25日电) gives way to a day told in the text, a news story of 近日 has none, and
    a notice has the day on which it is signed at its end.
    """
    dateline: str | None = None
    for text, found in zip(texts[:6], dates[:6], strict=False):
        days = [_about(d) for d in found if d.value and len(d.value) == 10 and d.of < 0]
        if days and dateline is None and _DATELINE.match(text):
            dateline = days.pop(0)
        if days:
            return days[0]
        if any(d.word in _RECENT for d in found):
            return None
    if dateline:
        return dateline
    signed = (f[0].value for t, f in zip(texts[-4:], dates[-4:], strict=False) if _signed(t, f))
    return next(signed, None)


def _signed(text: str, found: list[Dated]) -> bool:
    return len(found) == 1 and bool(_SIGNED.fullmatch(text)) and len(found[0].value or "") == 10


def nearest(dates: list[Dated], at: int, prevailing: str | None) -> str | None:
    """The date of a happening said at an offset: the last before it, else the document's day.

    A date that is told of the very verb (成立于2015年, 2015年成立) goes before all; a vague word
    (近日) before it says that the day is not known.
    """
    for d in dates:
        if d.value and ((0 <= d.of <= at + 4 and at < d.start) or at == d.end):
            return d.value
    before = [d for d in dates if d.start <= at and d.of < 0]
    exact = [d for d in before if d.value]
    if before and before[-1].same and all(len(d.value or "") < 10 for d in exact):
        return prevailing
    if exact:
        finest = max(len(d.value or "") for d in exact)
        return [d.value for d in exact if d.value and len(d.value) == finest][-1]
    if any(d.vague for d in before):
        return None
    return prevailing
