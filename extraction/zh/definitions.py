"""Names that brackets give to what stands before them.

沈阳云帆机器人有限公司（Yunfan Robotics，简称“云帆机器人”） declares two: a bracket is a list of
short names, English names and acronyms, each with or without a word that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.names import is_generic
from trihelix.schema.registry import registry

_BRACKET = re.compile(r"[（(]((?:[^（）()\n]|[（(][^（）()\n]{0,20}[）)]){2,160})[）)]")
_PART = re.compile(r"(?:[^，；;,]|,(?= ?(?:Ltd|Inc|LLC|Co)\b))+")
_CUE = re.compile(
    r"\s*(?:(?:以?下?简|下|统|以下统|又|也|亦|别|合|全)称|曾用名|原名|更名前?为?|现名|缩写"
    r"|(?:英文|中文|外文)(?:名称?|全称|简称|缩写|译名)?|证券简称|股票简称)(?:为|是)?[：:]?\s*"
)
_OPENING, _CLOSING = '“‘"「 ', '”’"」 '
_LATIN_WORD = r"(?:[A-Z0-9&][\w&.'’/-]*|of|for|and|the|in|on|at|de|la|für|von)"
_LATIN = re.compile(
    rf"[A-Z][\w&.'’/-]*(?: {_LATIN_WORD})*(?:,? (?:Ltd|Inc|LLC|Co)\b\.?)*", re.ASCII
)
_CODE = re.compile(r"[A-Z]{0,3}\d[\dA-Z.-]*|\d+\.[A-Z]{1,3}|[A-Z]{1,2}")
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·（）()\-+&]{2,30}")
_PERSON = re.compile(
    r"[A-Z][A-Za-z'’-]+(?: (?:[A-Z]\.|[A-Z][A-Za-z'’-]+|de|van|von|der|la))*? [A-Z][A-Za-z'’-]+"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """`text[start:end]` is said in a bracket that opens at `bracket`; `sure` if it must be a name:
    after a word that says so, or in Latin letters."""

    bracket: int
    start: int
    end: int
    sure: bool


def definitions(text: str) -> Iterator[Definition]:
    """The names in all brackets of a text, whatever stands before them."""
    for bracket in _BRACKET.finditer(text):
        for part in _PART.finditer(text, bracket.start(1), bracket.end(1)):
            cue = _CUE.match(text, part.start(), part.end())
            start, end = _bare(text, cue.end() if cue else part.start(), part.end())
            name = text[start:end]
            if cue and _is_declarable(name):
                yield Definition(bracket.start(), start, end, sure=True)
            elif not cue and _CHINESE.fullmatch(name):
                yield Definition(bracket.start(), start, end, sure=is_latin(name))
            elif not cue and is_latin(name):
                yield Definition(bracket.start(), start, end, sure=True)


def uses(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Start and end of every place where a declared name stands, Latin ones as whole words."""
    edge = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
    pattern = edge[0] * name[0].isascii() + re.escape(name) + edge[1] * name[-1].isascii()
    return (m.span() for m in re.finditer(pattern, text))


def is_latin(name: str) -> bool:
    """Whether words in Latin letters can name an organization: no code, no place.

    >>> is_latin("Yunfan Robotics Co., Ltd."), is_latin("688777.SH"), is_latin("Beijing")
    (True, False, False)
    """
    return (
        bool(_LATIN.fullmatch(name))
        and not _CODE.fullmatch(name)
        and all(e.kind != "Place" for e in registry().lookup(name))
    )


def is_full_latin_name(name: str) -> bool:
    """Whether the form is that of a person's full name in Latin letters: Jack W. Szostak."""
    return bool(_PERSON.fullmatch(name))


def _is_declarable(name: str) -> bool:
    chinese = _CHINESE.fullmatch(name) and not name.isascii()
    return bool(chinese or is_latin(name)) and not is_generic(name)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OPENING:
        start += 1
    while start < end and text[end - 1] in _CLOSING:
        end -= 1
    return start, end
