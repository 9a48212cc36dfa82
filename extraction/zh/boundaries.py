"""Where names of organizations begin and end: what words around a name, or inside it, part it.

The tagger's spans are trimmed, cut in parts and stretched; names that the suffix grammar finds get
their left edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trihelix.extraction.zh.definitions import is_latin
from trihelix.extraction.zh.gazetteer import known_scanner, places
from trihelix.extraction.zh.lexicon import alternatives, word_lists
from trihelix.extraction.zh.mentions import Occupied
from trihelix.extraction.zh.names import is_generic, is_strong, suffix_of
from trihelix.schema.registry import registry

_EDGES = " \t\n“”‘’\"'《》〈〉「」『』、，,。.；;：:·！!？?—-…"
HAN = r"[\u4e00-\u9fff]"
LEGAL = re.compile(
    rf"(?:科技|技术|信息|投资|发展|控股|集团|股份|实业|管理|[（(]{HAN}{{2,6}}[）)]){{0,3}}"
    r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司"
    r"|总公司|分公司|公司|集团|银行)"
)
_BRACKETED_PLACE = re.compile(rf"[（(]({HAN}{{2,4}})[）)]")
_LAST_BRACKET = re.compile(r"[（(]([^（）()]+)[）)]$")
_MODEL = re.compile(r"(?<=[\u4e00-\u9fff])[A-Za-z0-9]+$")  # 夏普LCD
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{0,16}")
_NOT_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
HEAD = re.compile(alternatives("grammar.txt", "head"))
# Words that part names, where they are no part of another word: 联合 but not 联合国.
_INSIDE_WORDS = {
    "联合": "联合(?!国)",
    "对": "对(?!外)",
    "同": "同(?![方仁济])",
    "在": "在(?!线)",
    "由": "(?<!自)由",
    "和": "(?<!共)和(?![平谐])",
    "及": "(?<!埃)及",
    "为": "(?<!华)为",
    "以": "以(?!色列)",
    "等": "(?<!高)等(?!离子)",
    "合作": "合作(?!社)",
    "经": "经(?![济纬开典信贸])",
}


def _whole_words(name: str) -> str:
    """A word list of the grammar as a pattern that does not match inside longer words."""
    words = sorted(word_lists("grammar.txt")[name], key=len, reverse=True)
    return "|".join(_INSIDE_WORDS.get(w, re.escape(w)) for w in words)


_STOP = re.compile(
    rf"(?:{_whole_words('stop')})(?!济)"  # 同济, 经济
    r"|[\d一二三四五六七八九十百多余数几][家批所个名]"
)
_CUT = re.compile(rf"\n|{_whole_words('cut')}")
_LEAD = re.compile(rf"^(?:{_whole_words('lead')})")
_TAIL = re.compile(rf"(?:{alternatives('grammar.txt', 'tail')})+$")
_PARTING = frozenset(word_lists("grammar.txt")["parts"])
_JOINT = re.compile(
    r"(?:[和与及].+)?(?:联合|合作|共建)(?:实验室|研究中心|研究院|研究所|研发中心|创新中心|工作站)$"
)
_FORMER = re.compile(r"[前原现](?=[A-Z])")
_LIFE = tuple("命物态理化殖")  # 大学 + 生命科学学院, but not 大学生
_WINDOW = 24
LEGAL_ENDS = ("公司", "集团", "银行")
_JOINERS = frozenset("和与及")


def is_other_word(text: str, end: int) -> bool:
    """大学生 and 大学城 end no name in 大学, nor does 教育部门 in 部."""
    if text.startswith("部门", end - 1):
        return True
    if text[end - 2 : end] != "大学":
        return False
    return text.startswith("城", end) or (
        text.startswith("生", end) and not text.startswith(_LIFE, end + 1)
    )


def trim(text: str, start: int, end: int) -> tuple[int, int]:
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
    if (last := _LAST_BRACKET.search(text, start, end)) and is_latin(last.group(1)):
        end = last.start()
    if (model := _MODEL.search(text, start, end)) and _is_known_firm(text[start : model.start()]):
        end = model.start()
    if text[start] in "校院" and text[start - 1 : start] in {"我", "该", "本", "全"}:
        start += 1
    tail = _TAIL.search(text[start:end])
    if tail and tail.start() >= 2 and not registry().lookup(text[start:end]):
        end = start + tail.start()
    lead = _LEAD.match(text[start:end]) or _FORMER.match(text[start:end])
    if lead and end - start - lead.end() >= 2 and not registry().lookup(text[start:end]):
        start += lead.end()
    return start, end


def _is_known_firm(name: str) -> bool:
    return any(e.kind == "Firm" for e in registry().lookup(name))


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part what a verb or conjunction joins: 赛力斯 | 旗下 | 青豆科技公司."""
    name = text[start:end]
    joint = _JOINT.search(name)
    last = joint.start() if joint else len(name)
    for stop in _CUT.finditer(name):
        front = name[: stop.start()]
        if stop.end() == len(name) or stop.start() >= last:
            continue  # 多边基金组织; 清江大学和云帆科技联合实验室
        if len(front) >= 2 and _parts(front, stop.group(), name[stop.end() :]):
            yield start, start + stop.start()
            yield from cut(text, start + stop.end(), end)
            return
    yield start, end


def _parts(front: str, stop: str, rest: str) -> bool:
    """Whether 和 or 旗下 stands between two names, and not inside one (科技和信息化局)."""
    own = suffix_of(front)
    if stop.isspace() or stop in _PARTING:
        return True
    if front in places() or is_generic(rest) or _is_legal(rest):
        return False  # 安徽联合技术产权交易所, 南京钢铁联合有限公司
    if registry().lookup(front) or is_strong(own) or (own and len(stop) > 1):
        return True
    known = next(known_scanner().scan(rest), None) if stop in _JOINERS else None
    return known is not None and known[0] == 0


def _is_legal(rest: str) -> bool:
    return bool(LEGAL.fullmatch(rest))


def stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Add the legal form, a place in brackets or the suffix that follows immediately."""
    if match := LEGAL.match(text, end):
        end = match.end()
    elif not is_strong(suffix_of(text[start:end])):
        end = _to_suffix(text, start, end)
    bracket = _BRACKETED_PLACE.match(text, end)
    if bracket and bracket.group(1) in places():
        end = bracket.end()
    return start, end


def to_place(text: str, start: int) -> int:
    """The start of the place that a firm's name opens with: 宁波梅山保税港区 + 问鼎投资."""
    edge = left_edge(text, start, Occupied())
    return edge if any(text[edge : edge + n] in places() for n in range(2, 9)) else start


def _to_suffix(text: str, start: int, end: int) -> int:
    """The end of the name when a strong suffix follows within a few characters."""
    suffix = suffix_of(text[start : end + 1])
    if is_strong(suffix) and len(suffix) > 1 and not is_other_word(text, end + 1):
        return end if registry().lookup(text[start:end]) else end + 1
    window = ahead(text, end)
    for match in HEAD.finditer(window):
        if match.start() <= 6:
            return end + match.end()
    return end


def ahead(text: str, position: int) -> str:
    """The characters that may go on with a name."""
    match = _WORD.match(text, position)
    window = match.group() if match else ""
    stop = _STOP.search(window)
    return window[: stop.start()] if stop else window


def left_edge(text: str, position: int, taken: Occupied) -> int:
    """Where a name that has its head at `position` begins."""
    window = _NOT_WORD.split(text[max(0, position - _WINDOW) : position])[-1]
    edge = first = position - len(window)
    for stop in _STOP.finditer(window):
        front = text[edge : first + stop.start()]
        last = stop.end() == len(window) and len(stop.group()) == 2
        modifies = last and stop.group() not in _PARTING  # 联合 + 实验室
        if not modifies and not (stop.group() in _JOINERS and front in places()):
            edge = first + stop.end()
    for place in range(position - 1, edge - 1, -1):
        if before := taken.at(place):
            return before.start if before.end == position or place == edge else before.end
    return edge
