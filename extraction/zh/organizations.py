"""The names of organizations in a text: the tagger's spans, corrected and completed by grammar.

Four sources compete: names of the registry, organs of government after a place, the tagger's spans
(stretched over what belongs to the name), and names that the suffix grammar finds where the tagger
saw nothing. Then names inside names (武汉大学 in 武汉大学计算机学院) are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from trihelix.extraction.zh.gazetteer import Scanner, find_organs, place_before, places
from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.mentions import Mention, Occupied, TaggedSpan, settle
from trihelix.extraction.zh.names import is_generic, is_strong, kind_of, suffix_of
from trihelix.schema.registry import Entry, registry

_TAGGER_KINDS = {
    "ORG_UNI": "University",
    "ORG_RES": "Institute",
    "ORG_FIRM": "Firm",
    "ORG_GOV": "Agency",
    "ORG_OTHER": None,
    "ORG": None,
}
_SHORTEST_SURE = {"University": 4, "Institute": 4, "Agency": 3, "Laboratory": 4}
_EDGES = " \t\n“”‘’\"'《》〈〉「」『』、，,。.；;：:·！!？?—-…"
_LEGAL = re.compile(
    r"(?:科技|技术|信息|投资|发展|控股|集团|股份|实业|管理|（[\u4e00-\u9fff]{2,6}）|\([\u4e00-\u9fff]{2,6}\)){0,3}"
    r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司|总公司|分公司|子公司|公司|集团|银行)"
)
_STRETCH = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{0,12}")
_HEAD = re.compile(alternatives("grammar.txt", "head"))
_STOP = re.compile(alternatives("grammar.txt", "stop"))
_POST_AFTER_PARTY = re.compile(r"书记|副书记|成员|理论学习|会议|扩大")
_WINDOW = 24


def organizations(text: str, tagged: Sequence[TaggedSpan]) -> list[Mention]:
    """All mentions of organizations; they may nest but never cross."""
    sure = [*_registered(text), *_organs(text)]
    seen = [m for span in tagged if (m := _from_tagger(text, span))]
    rivals = settle(_united([*sure, *seen]))
    rivals = settle([*rivals, *_by_grammar(text, Occupied(rivals))])
    outer = [m for m in rivals if _is_name(text[m.start : m.end], m)]
    return sorted({*outer, *(n for m in outer for n in _nested(text, m))})


@cache
def known_scanner() -> Scanner:
    """Registry names that are sure wherever they stand: long enough, and no places."""
    return Scanner(name for entry in registry() for name in _sure_names(entry))


def _sure_names(entry: Entry) -> Iterator[str]:
    if entry.kind == "Place":
        return
    shortest = _SHORTEST_SURE.get(entry.kind, 4)
    for name in (entry.name, *entry.aliases):
        if len(name) >= shortest or (len(name) == 3 and name[-1] in "大院航财师工电邮"):
            yield name


def _registered(text: str) -> Iterator[Mention]:
    for start, end in known_scanner().scan(text):
        if not (text.startswith(("生", "城"), end) and text[end - 2 : end] == "大学"):
            entry = registry().lookup(text[start:end])[0]
            yield Mention(start, end, entry.kind, 2.0)


def _organs(text: str) -> Iterator[Mention]:
    for found in find_organs(text):
        yield Mention(found.start, found.end, found.kind, 2.5)


def _from_tagger(text: str, span: TaggedSpan) -> Mention | None:
    """A tagger's span without marks at its edges and with the rest of its name."""
    if span.label not in _TAGGER_KINDS:
        return None
    start, end = _trim(text, span.start, span.end)
    if start >= end:
        return None
    start, end = _stretch(text, start, end)
    return Mention(start, end, _TAGGER_KINDS[span.label], 1.0 + min(span.score, 0.99))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES + "）)】":
        start += 1
    while start < end and text[end - 1] in _EDGES + "（(【":
        end -= 1
    for opening, closing in ("（）", "()"):
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing):
            end = start + inside.rindex(opening)
        elif inside.count(closing) > inside.count(opening):
            start += inside.index(closing) + 1
    return start, end


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Add the legal form, a place in brackets or the suffix that follows immediately."""
    if match := _LEGAL.match(text, end):
        end = match.end()
    elif not is_strong(suffix_of(text[start:end])):
        end = _to_suffix(text, end)
    if match := re.compile(r"[（(]([\u4e00-\u9fff]{2,4})[）)]").match(text, end):
        if match.group(1) in places():
            end = match.end()
    return start, end


def _to_suffix(text: str, end: int) -> int:
    """The end of the name when a strong suffix follows within a few characters."""
    ahead = _STRETCH.match(text, end)
    window = ahead.group() if ahead else ""
    if stop := _STOP.search(window):
        window = window[: stop.start()]
    for match in _HEAD.finditer(window):
        if match.start() <= 6:
            return end + match.end()
    return end


def _united(mentions: Sequence[Mention]) -> list[Mention]:
    """A sure name at the edge of a tagger's longer span strengthens that span, which it is part of."""
    return [
        Mention(m.start, m.end, m.kind, 3.0)
        if any(m.contains(o) and m != o and o.trust >= 2 for o in mentions if o.overlaps(m))
        else m
        for m in mentions
    ]


def _by_grammar(text: str, taken: Occupied) -> Iterator[Mention]:
    """Names that end in a strong suffix and begin with a place, an organization or 中国."""
    for match in _HEAD.finditer(text):
        if taken.at(match.end() - 1):
            continue
        start = _left_edge(text, match.start(), taken)
        name = text[start : match.end()]
        if len(name) > match.end() - match.start() + 1 and _opens_well(text, start, taken):
            yield Mention(start, match.end(), None, 0.8)


def _left_edge(text: str, position: int, taken: Occupied) -> int:
    window = re.split(r"[^\u4e00-\u9fffA-Za-z0-9]", text[max(0, position - _WINDOW) : position])[-1]
    edge = position - len(window)
    for stop in _STOP.finditer(window):
        edge = max(edge, position - len(window) + stop.end())
    before = taken.at(edge - 1)
    return before.start if before and before.end == edge and before.end > edge else edge


def _opens_well(text: str, start: int, taken: Occupied) -> bool:
    if taken.at(start):
        return True
    if text.startswith(("中国", "国家", "国际", "中华", "全国", "亚洲", "世界", "联合国"), start):
        return True
    return any(text[start : start + n] in places() for n in range(2, 9))


def _is_name(name: str, mention: Mention) -> bool:
    if len(name) < 2 or name.isdigit():
        return False
    return bool(registry().lookup(name)) or not is_generic(name)


def _nested(text: str, outer: Mention) -> Iterator[Mention]:
    """The organizations that open a longer name: 住建部, 中国城市科学研究会 in one name."""
    name = text[outer.start : outer.end]
    start = 0
    for match in _HEAD.finditer(name):
        end = match.end()
        if end >= len(name) - 1 or text[outer.start + end] in "生城）)":
            continue
        inner = name[start:end]
        if kind_of(inner) and not is_generic(inner) and suffix_of(name[end:]):
            yield Mention(outer.start + start, outer.start + end, kind_of(inner), outer.trust)
            if name.startswith(("中国", "国家"), end) or place_before(name, end + 2):
                start = end
