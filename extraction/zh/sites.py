"""Places that matter: where something happens, settles or lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.gazetteer import place_scanner
from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.mentions import Mention, Occupied

_HAN = r"[\u4e00-\u9fff]"
_VENUE = re.compile(
    rf"(?<=在)((?:{_HAN}|[A-Za-z0-9]){{2,16}}?(?:{alternatives('sites.txt', 'venue')}))"
    rf"(?={alternatives('sites.txt', 'after')}|[，。、]|$)"
)
_BEFORE = re.compile(rf"(?:{alternatives('sites.txt', 'before')})(?:了|于|在|到|至)?$")
_AFTER = re.compile(
    rf"(?:市|省)?(?:{_HAN}{{0,4}})(?:{alternatives('sites.txt', 'after')})"
    r"|[，。]?(?:\d+月)?\d+日[电讯]"
)
_AT = re.compile(r"(?:在|(?<![关对由等基属])于)$")
_REACH = 8


def sites(text: str, tagged: Sequence[Tagged], taken: Sequence[Mention]) -> list[Mention]:
    """Mentions of places that serve as the place of something, outside other names."""
    room = Occupied(taken)
    found: list[Mention] = []
    for mention in [*_venues(text), *_located(text, tagged)]:
        if room.is_free(mention.start, mention.end):
            room.add(mention)
            found.append(mention)
    return sorted(found)


def _venues(text: str) -> Iterator[Mention]:
    for match in _VENUE.finditer(text):
        yield Mention(match.start(1), match.end(1), "Place", 1.0)


def _located(text: str, tagged: Sequence[Tagged]) -> Iterator[Mention]:
    named = [(s.start, s.end) for s in tagged if s.label == "LOC"]
    for start, end in sorted({*named, *place_scanner().scan(text)}, key=lambda p: (p[0], -p[1])):
        before = text[max(0, start - _REACH) : start]
        after = text[end : end + _REACH + 6]
        if _BEFORE.search(before) or (_AT.search(before) and _AFTER.match(after)):
            yield Mention(start, end, "Place", 0.8)
