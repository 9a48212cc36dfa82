"""The date on which an article was published, where it says so unmistakably.

Only a full date in the place of a publication date counts: a labelled or bare date line between
title and body (发布时间：2019-03-18), a news agency's opening (新华社北京2023年4月25日电), a
signature at the end. Dates in the body are of what happened, not of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMERIC = (
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s*(?P<sep>[-/.年])\s*(?P<m>\d{1,2})\s*(?:(?P=sep)|月)\s*"
    r"(?P<d>\d{1,2})(?!\d)\s*日?"
)
_COMPACT = r"(?<!\d)(?P<cy>(?:19|20)\d\d)(?P<cm>[01]\d)(?P<cd>[0-3]\d)(?!\d)"
_HAN = (
    r"(?P<hy>[二一][〇○Ｏ零九一二三四五六七八]{3})年(?P<hm>[一二三四五六七八九十]{1,2})月"
    r"(?P<hd>[一二三四五六七八九十]{1,3})日"
)
_US = _MONTH.format("um") + r"\s+(?P<ud>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<uy>(?:19|20)\d\d)(?!\d)"
_UK = (
    r"(?<!\d)(?P<kd>\d{1,2})(?:st|nd|rd|th)?[\s-]+"
    + _MONTH.format("km")
    + r",?[\s-]+(?P<ky>(?:19|20)\d\d)(?!\d)"
)
_DATE = re.compile("|".join((_NUMERIC, _HAN, _US, _UK)), re.IGNORECASE)
_ANY = re.compile("|".join((_NUMERIC, _HAN, _US, _UK, _COMPACT)), re.IGNORECASE)

_LABEL = re.compile(
    r"(?:发布|发表|刊发|发稿|更新|录入|添加|上传|上网|创建|编辑|公布|成文|信息|新闻)?\s*(?:时间|日期)\s*[:：】\]]?\s*$"
    r"|(?:发布|发表|刊登|更新)于?\s*[:：]?\s*$"
    r"|\b(?:published|posted|released|updated|date|dated)(?:\s+(?:on|at|date))?\s*[:：|]?\s*$",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"[【\[]?(?:发布|发表|刊发|发稿|公布|公告|公示|成文|发文|印发|上网|上传)(?:时间|日期)\s*[】\]]?\s*[:：]?\s*"
    r"|(?:published|posted|released)(?: on)?\s*:?\s*",
    re.IGNORECASE,
)
_TODAY = re.compile(r"今天是|今日|现在时间|当前时间|today|^\s*星期|截止|截至|有效期|生效")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:am|pm|[A-Z]{2,4}\b)?", re.IGNORECASE)
_META_WORDS = re.compile(
    r"(?:来源|作者|记者|编辑|责编|责任编辑|浏览|阅读|点击|访问|次数|发布者|发布人|供稿|审核|摄影|字号|字体|分享|评论"
    r"|source|author|by|views?|read|updated|published|posted)[量数次人]*\s*[:：]?\s*[^\s:：]{0,20}",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^[^。！？]{0,40}?(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)\s*[）)]?\s*(?:电|讯|消息)"
)
_WIRE = re.compile(
    r"^[A-Z][\w .,'’()/-]{1,60}?\s*[,(–—-]?\s*(?P<date>"
    + re.sub(r"\(\?P<\w+>", "(?:", _US + "|" + _UK)
    + r")\s*\)?\s*(?:/\w|\((?:Xinhua|GLOBE|BUSINESS)|--|[–—]|-\s)",
    re.IGNORECASE,
)
_LINE = 240  # characters; what is longer is a paragraph
_FEW = 24  # characters beside the date, time and fields of a byline
_FEWER = 8  # ... where there is nothing but the date


def day(text: str) -> str | None:
    """The first full date in `text` as YYYY-MM-DD.

    >>> day("2023年4月25日 10:30"), day("3 March 2021"), day("20181225"), day("2018-12")
    ('2023-04-25', '2021-03-03', '2018-12-25', None)
    """
    return next((iso for found in _ANY.finditer(text) if (iso := _iso(found))), None)


def is_date_line(line: str) -> bool:
    """Whether a line holds a date (and perhaps a time) and nothing else."""
    if len(line) > _LINE:
        return False
    left, count = _DATE.subn("", line)
    return bool(count) and not re.sub(r"[\W_]|日|星期.", "", _TIME.sub("", left))


def is_dated(line: str) -> bool:
    """Whether a line is a date with a time, fields (来源：…) or a few other words: a byline."""
    return len(line) <= _LINE and bool(_DATE.search(line)) and _is_bare(line)


def states_date(line: str) -> bool:
    """Whether a line says when the text was published, and nothing else: 发布日期：2022年3月2日."""
    label = _STATED.match(line)
    return label is not None and is_date_line(line[label.end() :])


def dateline(
    header: Sequence[str], lead: str = "", signature: str = "", footer: Sequence[str] = ()
) -> str | None:
    """The publication date: from the lines around the title, the first or the last paragraph.

    A labelled date in the header wins over a bare one, a bare one over the agency's opening, that
    over a labelled one in the footer and over a signature.
    """
    found = _first(header, labelled=True) or _first(header, labelled=False) or _opening(lead)
    found = found or _first(footer, labelled=True)
    return found or (day(signature) if is_date_line(signature) else None)


def _first(lines: Sequence[str], *, labelled: bool) -> str | None:
    return next(filter(None, (_of_line(line, labelled=labelled) for line in lines)), None)


def _of_line(line: str, *, labelled: bool) -> str | None:
    if len(line) > _LINE or not (labelled or _is_bare(line)):
        return None
    for found in _DATE.finditer(line):
        before = line[: found.start()]
        around = before[-8:] + line[found.end() : found.end() + 5]
        if not _TODAY.search(around) and (not labelled or _LABEL.search(before)):
            return _iso(found)
    return None


def _is_bare(line: str) -> bool:
    rest, fields = _META_WORDS.subn("", _TIME.sub("", _DATE.sub("", line)))
    said = len(re.sub(r"[\W_]", "", rest))
    known = fields > 0 or bool(_TIME.search(line)) or bool(_LABEL.search(line[: _at(line)]))
    return said <= (_FEW if known else _FEWER) and not re.search(r"[。！？]|\w[.!?]\s*$", rest)


def _at(line: str) -> int:
    found = _DATE.search(line)
    return found.start() if found else 0


def _opening(lead: str) -> str | None:
    found = _AGENCY.match(lead[:_LINE]) or _WIRE.match(lead[:_LINE])
    return day(found["date"]) if found else None


def _iso(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    try:
        if part["y"]:
            return date(int(part["y"]), int(part["m"]), int(part["d"])).isoformat()
        if part["hy"]:
            year = int("".join(str(_digit(c)) for c in part["hy"]))
            return date(year, _number(part["hm"]), _number(part["hd"])).isoformat()
        if part.get("cy"):
            return date(int(part["cy"]), int(part["cm"]), int(part["cd"])).isoformat()
        english = ("uy", "um", "ud") if part["uy"] else ("ky", "km", "kd")
        y, m, d = (part[name] for name in english)
        return date(int(y), 1 + _MONTHS.index(m[:3].lower()), int(d)).isoformat()
    except ValueError:  # 2023-02-30
        return None


def _digit(character: str) -> int:
    return max(0, "〇一二三四五六七八九".find(character))


def _number(text: str) -> int:
    """Chinese numerals up to 99."""
    tens, ten, units = text.rpartition("十")
    return (_digit(tens) if tens else 1) * 10 * bool(ten) + (_digit(units) if units else 0)
