"""The names of organizations in a text: the tagger's spans, corrected and completed by grammar.

Four sources compete: names of the registry, organs of government after a place, the tagger's spans
(cut and stretched to the name), and names that the suffix grammar finds where the tagger saw
nothing. Then units join their parents (武汉大学 + 计算机学院), and names inside names are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from trihelix.extraction.naming import candidates
from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.boundaries import (
    HAN,
    HEAD,
    LEGAL,
    LEGAL_ENDS,
    ahead,
    cut,
    is_other_word,
    left_edge,
    stretch,
    to_place,
    trim,
)
from trihelix.extraction.zh.definitions import definitions, uses
from trihelix.extraction.zh.gazetteer import Scanner, find_organs, known_scanner, places
from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.mentions import Mention, Occupied, settle
from trihelix.extraction.zh.names import is_generic, is_strong, is_unit, kind_of, suffix_of
from trihelix.extraction.zh.plausible import TAGGER_KINDS, plausible
from trihelix.schema.registry import registry

_SURE_HEADS = tuple(alternatives("grammar.txt", "sure").split("|"))
_UNIT_HEAD = re.compile(alternatives("grammar.txt", "unit"))
_BEFORE_SHORT = frozenset(["", *"、和与及由是在，。（“：；\n"])
_AFTER_SHORT = frozenset(["", *"、和与及等，。）”；\n"])
_CLASS_AHEAD = re.compile(r"[^，。；\n]{0,24}?等[^，。；\n]{0,8}(?:高校|院校|大学|学校)")
_DEPARTMENT = re.compile(
    rf"(?:{HAN}{{1,6}}(?:与|和))?{HAN}{{1,6}}(?:工程|科学|技术|管理|计算|学|设计|经济|信息|机械|材料|电子|自动化"
    r"|计算机|物理|化学|数学|营销|贸易|会计|金融|艺术)系(?=主任|副主任|教授|副教授|讲师|党|学生|师生|本科|研究生|20)"
)
_FROM_PLACE = ("中国", "国家", "国际", "中华", "全国", "亚洲", "世界", "联合国")
_SHORTEST_FIELD = 3
_SURE_SCORE = 0.9
_SURE_KIND = 0.9
_OF_MANY = ("协会", "学会", "联合会", "商会", "研究会", "促进会")
_ONE_NAME = re.compile(
    rf"管委会|管理委员会|{HAN}{{0,8}}(?:分行|支行|税务局)|{HAN}{{2,12}}(?<!分)公司|组织部|宣传部|统战部|党校|大学"
)
_DECLARED = 4.0  # beats every other reading of the same characters
_LONGEST_BARE_FIRM = 8
_BARE_UNITS = ("学院", "研究院", "研究所", "校区", "研究生院", "学系")


def organizations(text: str, tagged: Sequence[Tagged]) -> list[Mention]:
    """All mentions of organizations; they may nest but never cross."""
    sure = [*_registered(text), *_organs(text)]
    spans = plausible(text, tagged)
    starts = frozenset(span.start for span in spans)
    seen = [m for span in spans for m in _from_tagger(text, span, starts)]
    rivals = settle(_united(text, [*sure, *_rejoined(text, seen)]))
    rivals = settle([*rivals, *_by_grammar(text, Occupied(rivals))])
    more = [*_declared(text, rivals), *_listed(text, rivals), *_departments(text)]
    rivals = settle([*rivals, *more])
    organs = {(m.start, m.end) for m in sure if m.trust > 2}
    outer = [
        m
        for m in _with_units(text, rivals)
        if (m.start, m.end) in organs or _is_name(text[m.start : m.end])
    ]
    inside = _by_holder(outer, [*sure, *_opening(outer, seen)])
    return sorted({*outer, *(n for m in outer for n in _nested(text, m, inside.get(m, [])))})


def _opening(outer: Sequence[Mention], seen: Sequence[Mention]) -> Iterator[Mention]:
    """The tagger's parts of a longer name, one after another from its start."""
    starts = {m.start for m in outer}
    for mention in sorted(seen):
        if mention.start in starts:
            starts.add(mention.end)
            yield mention


def _by_holder(outer: Sequence[Mention], sure: Sequence[Mention]) -> dict[Mention, list[Mention]]:
    """The sure names inside each longer name."""
    at = Occupied(outer)
    inside: dict[Mention, list[Mention]] = {}
    for mention in sure:
        holder = at.at(mention.start)
        if holder and holder.contains(mention):
            inside.setdefault(holder, []).append(mention)
    return inside


def _registered(text: str) -> Iterator[Mention]:
    for start, end in known_scanner().scan(text):
        entry = registry().lookup(text[start:end])[0]
        if entry.kind == "Firm" and any(text[start - n : start] in places() for n in (2, 3)):
            continue  # 香港 + 航天科技集团 is another firm
        if not is_other_word(text, end):
            yield Mention(start, end, entry.kind, 2.0)


def _organs(text: str) -> Iterator[Mention]:
    for found in find_organs(text):
        yield Mention(found.start, found.end, found.kind, 2.5)


def _from_tagger(text: str, span: Tagged, starts: frozenset[int]) -> Iterator[Mention]:
    """A tagger's span without what does not belong to the name and with the rest of it."""
    for start, end in cut(text, *trim(text, span.start, span.end)):
        if end - start >= 2:
            if end not in starts:  # else the next name of a chain begins here
                start, end = stretch(text, start, end)
            if LEGAL.search(text[start:end]) and text.startswith(LEGAL_ENDS, end - 2):
                start = to_place(text, start)
            kind = span.kind or TAGGER_KINDS.get(span.label)
            told = span.kind if span.sure >= _SURE_KIND else None
            yield Mention(start, end, kind, 1.0 + min(span.score, 0.99), told)


def _rejoined(text: str, seen: Sequence[Mention]) -> list[Mention]:
    """A class word after 和 is the rest of the short name before it: 清永 + 和 + 律师事务所."""
    found: list[Mention] = []
    for mention in seen:
        last = found[-1] if found else None
        gap = text[last.end : mention.start] if last else ""
        bare = is_generic(text[mention.start : mention.end])
        if last and bare and gap in {"和", "与", "及"} and not _stands_alone(text, last):
            found[-1] = replace(mention, start=last.start)
        else:
            found.append(mention)
    return found


def _stands_alone(text: str, mention: Mention) -> bool:
    name = text[mention.start : mention.end]
    return bool(suffix_of(name) or registry().lookup(name))


def _united(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """A tagger's span that holds a sure name wins over it if it is a name by its own ending, or
    the tagger is sure of it."""
    sure = Occupied(settle(m for m in mentions if m.trust >= 2))
    return [
        replace(m, trust=3.0) if m.trust < 2 and _holds(sure, m) and _is_whole(text, m) else m
        for m in mentions
    ]


def _is_whole(text: str, mention: Mention) -> bool:
    name = text[mention.start : mention.end]
    return bool(suffix_of(name) or is_unit(name)) or mention.trust >= 1 + _SURE_SCORE


def _holds(sure: Occupied, mention: Mention) -> bool:
    inside = {o for p in range(mention.start, mention.end) if (o := sure.at(p))}
    return bool(inside) and all(mention.contains(o) and mention != o for o in inside)


def _by_grammar(text: str, taken: Occupied) -> Iterator[Mention]:
    """Names that end in a strong suffix and begin as names do, or whose suffix leaves no doubt."""
    for match in HEAD.finditer(text):
        if taken.at(match.end() - 1) or is_other_word(text, match.end()):
            continue
        start = left_edge(text, match.start(), taken)
        name = text[start : match.end()]
        field = match.start() - start
        wordy = match.group() == "公司" and field > _LONGEST_BARE_FIRM
        if field < 2 or wordy or is_generic(name):
            continue
        bare = name.endswith(_BARE_UNITS) and field <= 8
        if bare or _opens_well(text, start, taken) or _is_sure(name):
            yield Mention(start, match.end(), None, 0.8)


def _declared(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Every use of a name that brackets declare: （Yundou Technology，以下简称“云豆科技”）."""
    ends = {m.end: m for m in mentions}
    for found in definitions(text):
        owner = ends.get(found.bracket) or ends.get(found.bracket - 1)
        name = text[found.start : found.end]
        if owner and found.sure:
            yield Mention(found.start, found.end, owner.kind, _DECLARED)
            yield from (Mention(*use, owner.kind, 0.9) for use in uses(text, name))


def _listed(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Short names of universities in a list of universities: 清华、北航等高校."""
    near = {p for m in mentions if m.kind == "University" for p in (m.start - 1, m.end)}
    for start, end in _short_universities().scan(text):
        apart = text[start - 1 : start] in _BEFORE_SHORT and text[end : end + 1] in _AFTER_SHORT
        if apart and ({start - 1, end} & near or _CLASS_AHEAD.match(text, end)):
            yield Mention(start, end, "University", 1.5)


@cache
def _short_universities() -> Scanner:
    universities = (e for e in registry() if e.kind == "University")
    return Scanner(a for e in universities for a in e.aliases if len(a) < 4)


def _departments(text: str) -> Iterator[Mention]:
    """云计算系, 资源管理学系: 系 after a discipline, before what a department has."""
    for match in _DEPARTMENT.finditer(text):
        yield Mention(match.start(), match.end(), "University", 0.8)


def _is_sure(name: str) -> bool:
    return any(name.endswith(s) and len(name) - len(s) >= _SHORTEST_FIELD for s in _SURE_HEADS)


def _opens_well(text: str, start: int, taken: Occupied) -> bool:
    if taken.at(start) or text.startswith(_FROM_PLACE, start):
        return True
    return any(text[start : start + n] in places() for n in range(2, 9))


def _with_units(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Join a unit to the organization before it: 武汉大学 + 计算机学院."""
    joined: list[Mention] = []
    limits = [*(m.start for m in mentions[1:]), len(text)][: len(mentions)]
    for mention, limit in zip(mentions, limits, strict=True):
        last = joined[-1] if joined else None
        if last and last.end == mention.start and is_unit(text[mention.start : mention.end]):
            joined[-1] = replace(mention, start=last.start, trust=last.trust)
        else:
            joined.append(mention)
        joined[-1] = _to_unit(text, joined[-1], limit)
    return joined


def _to_unit(text: str, mention: Mention, limit: int) -> Mention:
    if not is_strong(suffix_of(text[mention.start : mention.end])) and mention.trust < 2:
        return mention
    window = ahead(text, mention.end)[: limit - mention.end]
    match = _UNIT_HEAD.search(window)
    if match and 1 <= match.start() <= 10 and not is_generic(window[: match.end()]):
        return Mention(mention.start, mention.end + match.end(), None, mention.trust)
    return mention


def _is_name(name: str) -> bool:
    if len(name) < 2 or name.isdigit() or name.removeprefix("大陆") in places():
        return False
    return bool(registry().lookup(name)) or not is_generic(name)


def _nested(text: str, outer: Mention, sure: Sequence[Mention]) -> Iterator[Mention]:
    """The organizations that open a longer name: 住建部 and 中国海洋科学研究会 in one name."""
    start = outer.start
    ends = {m.end() for m in HEAD.finditer(text, outer.start, outer.end)}
    ends |= {m.end for m in sure}
    ends |= {outer.start + n for n in (3, 4) if _is_known_parent(text, outer, n)}
    for end in sorted(ends - {outer.end}):
        inner, rest = text[start:end], text[end : outer.end]
        if (
            end - start < 2
            or _is_same(inner, text[start : outer.end])
            or is_other_word(text, end)
            or not (_is_part(rest) and _closes(inner))
            or _is_one_name(inner, rest)
        ):
            continue
        if _is_name(inner) and kind_of(inner):
            yield Mention(start, end, None, outer.trust)
            if rest.startswith(("中国", "国家")):
                start = end


def _is_same(inner: str, whole: str) -> bool:
    """Whether both are names of one firm: 中国石油 and 中国石油天然气集团公司; also where what
    looks like a firm is none: 中国电子 + 视像行业协会."""
    known = registry().lookup(inner)
    if any(e.kind == "Firm" for e in known) and whole.endswith(_OF_MANY):
        return True
    return bool(known) and candidates(whole, firm=True) == known


def _is_known_parent(text: str, outer: Mention, length: int) -> bool:
    """A known firm before its firm in a place: 中石油 + 吉林石化公司."""
    place = outer.start + length
    known = registry().lookup(text[outer.start : place])
    return any(e.kind == "Firm" for e in known) and any(
        text[place : place + n] in places() for n in (2, 3, 4)
    )


def _is_one_name(inner: str, rest: str) -> bool:
    """Whether the front is no name of its own, or goes without saying: 高新区 + 管委会."""
    if inner.endswith(("大学", "教育部")):
        return rest.startswith(("科技园", "重点实验室")) and inner not in {"教育部"}
    return bool(_ONE_NAME.fullmatch(rest)) or (inner.endswith("集团") and rest.startswith("公司"))


def _closes(name: str) -> bool:
    """Whether no bracket of a name is left open: not 江南造船（集团."""
    return name.count("（") == name.count("）") and name.count("(") == name.count(")")


def _is_part(rest: str) -> bool:
    """Whether what follows an inner name is the name of a unit, not a legal form."""
    ends = suffix_of(rest) or is_unit(rest) or rest.endswith("基地")  # 交易中心 + 苏州分中心
    return len(rest) >= 2 and bool(ends) and not LEGAL.fullmatch(rest)
