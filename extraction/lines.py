"""What one line of a copied web page looks to be: prose, a short line, or a kind of junk."""

from __future__ import annotations

import re
from importlib import resources
from typing import Literal

import yaml

from trihelix.extraction.dateline import is_date_line, is_dated

Kind = Literal["prose", "short", "link", "links", "junk", "meta", "credit", "section"]

_PHRASES: dict[str, str] = yaml.safe_load(
    resources.files(__package__).joinpath("boilerplate.yaml").read_text("utf-8")
)


def _any(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern of all the phrases of a kind."""
    phrases = "|".join(_PHRASES[key].split("\n")[:-1])
    return re.compile(f"{before}(?:{phrases}){after}", re.IGNORECASE)


_CRUMB = _any("crumb")
_BUTTON = _any("button")
_COUNT = _any("count")
_LEGAL = _any("legal")
_NOTICE = _any("notice", before=r"^[（(※*\s]*")
_HEADING = _any(
    "heading",
    before=r"^[【\[《◆■●▪·>※\s]*",
    after=r"(?:[】\]》:：>+\s]|更多|more|\.\.\.|…|[（(]\d+[)）])*$",
)
_NEIGHBOUR = _any("neighbour")
_ROLE = _any(
    "role",
    before=r"^[（(【\[■□]?\s*(?:本文)?",
    after=r"(?:\s*[:：丨|/／]\s*|\s{1,4}|《)[^。]{0,60}$",
)
_CREDIT = _any("credit")
_FIELD = _any("field")
_END = re.compile(
    r"[。！？!?；;…][”’」』）)\]】\"'\d]*$|\w[.][”’\"')\]]*$|[”」]$|[（(](?:完|终|end)[）)]$|[：:]$",
    re.IGNORECASE,
)
_INNER = re.compile(r"[，。；！？]|[a-z][,.;] [A-Za-z]")
_BETWEEN = re.compile(r"\s*[|｜┆│·•]\s*|\s{2,}|[\t　]+")
_TOKENS = re.compile(r"[\s:：|｜·•【】\[\]（）()\u3000/]+")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
_STOP = re.compile(r"[。！？.!?]$")
_PARAGRAPH = 400  # characters; what is longer is read, not skimmed
_SHORT = 60  # Han characters; what is longer is not a byline, a breadcrumb or a menu


def width(line: str) -> float:
    """How much a line says, in Han characters: two Latin letters count as one.

    >>> width("东北大学"), width("MIT")
    (4.0, 1.5)
    """
    wide = len(_WIDE.findall(line))
    return wide + (len(line) - wide) / 2


def classify(line: str) -> Kind:
    """What a line looks to be.

    >>> classify("责任编辑：李明"), classify("上一篇: 我校召开会议"), classify("首页 > 新闻 > 正文")
    ('credit', 'section', 'junk')
    """
    if len(line) > _PARAGRAPH:
        return "junk" if _NOTICE.match(line) else "prose" if _is_written(line) else "links"
    wide = width(line)
    if _HEADING.search(line) or _NEIGHBOUR.search(line):
        return "section"
    if is_date_line(line) or (wide < _SHORT and is_dated(line)):
        return "meta"
    if _NOTICE.search(line) or (wide < _SHORT and _is_junk(line)):
        return "junk"
    if wide < _SHORT and not _STOP.search(line):
        if _FIELD.search(line):
            return "meta"
        if _ROLE.search(line) or _CREDIT.search(line):
            return "credit"
        if _is_link_list(line):
            return "links"
    return "prose" if _is_prose(line, wide) else "short"


def is_crumb(line: str) -> bool:
    """Whether a line is a breadcrumb (首页 > 新闻 > 正文)."""
    return len(line) < 2 * _SHORT and bool(_CRUMB.search(line))


def is_count(line: str) -> bool:
    """Whether a line is a bare number, of comments or shares perhaps."""
    return len(line) < _SHORT and bool(_COUNT.fullmatch(line))


def _is_junk(line: str) -> bool:
    tokens = [token for token in _TOKENS.split(line) if token]
    return (
        all(_BUTTON.fullmatch(t.rstrip(":：")) or _COUNT.fullmatch(t) for t in tokens)
        or bool(_BUTTON.fullmatch(line.rstrip(":： ")))
        or is_count(line)
        or bool(_LEGAL.search(line))
        or is_crumb(line)
    )


def _is_prose(line: str, wide: float) -> bool:
    ended = wide >= 15 and bool(_END.search(line))
    return ended or (wide >= 36 and bool(_INNER.search(line)))


def _is_written(line: str) -> bool:
    """Whether a long line has punctuation as sentences do, not spaces between links."""
    return len(re.findall(r"[，。；！？、]|[a-z)][,.;?!] ", line)) >= len(line) / 200


def _is_link_list(line: str) -> bool:
    parts = [part for part in _BETWEEN.split(line.strip()) if part]
    short = len(parts) >= 4 and max(width(part) for part in parts) <= 14
    words = line.split()
    menu = len(words) >= 5 and bool(_WIDE.search(line)) and max(map(width, words)) <= 7
    return (short or menu) and not re.search(r"[，。！？；]", line)
