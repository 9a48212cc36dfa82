"""The names of people in a text, and posts with a surname only (贺院长)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.definitions import definitions, is_full_latin_name
from trihelix.extraction.zh.gazetteer import places
from trihelix.extraction.zh.latin import is_latin_person
from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.mentions import Mention, Occupied
from trihelix.extraction.zh.surnames import (
    ENDS_IN_TITLE,
    FOREIGN,
    LATIN,
    is_composed_name,
    is_personal_name,
    is_plausible_name,
    surname_before,
)
from trihelix.schema.registry import registry

_TITLE = alternatives("persons.txt", "title")
_VERB = alternatives("persons.txt", "verb")
_HAN = r"[\u4e00-\u9fff]"
_ANY_HAN = re.compile(_HAN)
_JOINS = frozenset("和与及向从时于由等来代自")
_NOT_LAST = frozenset("任为兼是由率")
_SPLIT_WORD = re.compile(
    r"坦[言承]|代读|正(?:高|考|在)|准教授|率[团队]|作(?:线上|了|题为|大会|主旨)|宣[读布]|特任|急等"
)
_VERB_AT_END = re.compile(r"许诺|列席|履新|率团|率队|启程|线上|坦言|直言|同乘|佳作")
_LAST_OF_NAME = re.compile(
    r"[和之](?:认为|坦言|坦承|指出|介绍|表示|出席|主持|说|强调|致辞|宣布|透露|先后|为.{1,8}揭牌)"
)
_SURE_OF_RARE = 0.6
_SURE_OF_FOREIGN = 0.8
_BYLINE = re.compile(
    rf"(?:{alternatives('persons.txt', 'byline')})员?[：:\s／/|]*"
    rf"((?:{_HAN}|[·、，,\s　]){{2,40}}?)"
    r"(?=[)）\]】\n。；;]|\s{2}|$|\d|摄|报道|通讯员|记者|编辑|来源|发自|实习)"
)
_AFTER_POST = re.compile(
    rf"(?:{_TITLE})({_HAN}{{2,3}}?)(?=[，。、；：）)（(\s“”]|{_VERB}|{_TITLE}|$)"
)
_LISTED = re.compile(rf"[、和与及]({_HAN}{{2,3}})(?=[、，。；等）和与及出参共分为])")
_BEFORE_POST = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[从由与和对向请聘被把让]))({_HAN}{{2,3}})(?:{_TITLE})"
)
_POST = re.compile(_TITLE)
_LAST_BEFORE_POST = re.compile(rf"(?![副总常原前现任为的与及兼是率或由被从]){_HAN}(?:{_TITLE})")
_SURNAME_POST = re.compile(rf"({_HAN})(?:{_TITLE})(?!{_HAN}?[、，]?职)")
_POST_OR_SPEECH = re.compile(rf"(?:{_TITLE}|表示|说|指出|介绍|认为|强调|称|透露|坦言)")
_NOT_A_PERSON_AFTER = re.compile(
    r"(?:(?![获领颁捧拿夺分为共同登说作代在题评])[\u4e00-\u9fff]){0,7}奖(?!励)|新时代|.{0,12}(?:思想|精神)|杯|论坛|对话|架构|定律|理论|函数|效应|算法|方程|大学|学院|科技|集团|公司"
)


def persons(text: str, tagged: Sequence[Tagged], taken: Sequence[Mention]) -> list[Mention]:
    """Mentions of persons outside organizations' names and bylines."""
    room = Occupied([*_bylines(text), *taken])
    found: list[Mention] = []

    def keep(mentions: Iterator[Mention]) -> None:
        for mention in mentions:
            if room.is_free(mention.start, mention.end):
                room.add(mention)
                found.append(mention)

    keep(_completed(text, list(_from_tagger(text, tagged, frozenset(m.end for m in taken)))))
    keep(_by_posts(text))
    keep(_translated(text, found))
    keep(_listed(text, found))
    keep(_repeats(text, {text[m.start : m.end] for m in found}))
    keep(_surname_posts(text, {text[m.start] for m in found}))
    return sorted(found)


def _from_tagger(text: str, tagged: Sequence[Tagged], owners: frozenset[int]) -> Iterator[Mention]:
    for span in tagged:
        if span.label == "PER":
            start, end = _stripped(text, span.start, span.end)
            if start == end:
                continue
            start, end = _whole(text, *_without_title(text, start, end))
            start, end = _with_surname(text, start, owners), _without_verb(text, start, end)
            if not _NOT_A_PERSON_AFTER.match(text, end) and _is_person(
                text, start, end, span.score
            ):
                yield Mention(start, end, "Person", 2.0)
        elif span.label.startswith("ORG") and is_latin_person(text, span.start, span.end):
            yield Mention(span.start, span.end, "Person", 1.5)


def _is_person(text: str, start: int, end: int, score: float) -> bool:
    """A name with a common surname; any other must be surer, or have a post or a verb of speech
    beside it."""
    name = text[start:end]
    posted = _has_post(text, start, end)
    if not _ANY_HAN.search(name) and " " not in name and "." not in name:
        return not name.isupper() and posted
    if not posted and (name in places() or _is_known_firm(name)):
        return False
    if is_personal_name(name, rare=False) or is_composed_name(name):
        return True
    if is_personal_name(name):
        return posted or score >= _SURE_OF_RARE
    if not is_plausible_name(name):
        return False
    return score >= _SURE_OF_FOREIGN if len(name) >= 4 and not posted else posted and score >= 0.5


def _is_known_firm(name: str) -> bool:
    return any(e.kind in {"Firm", "Investor"} for e in registry().lookup(name))


def _has_post(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start]
    return bool(ENDS_IN_TITLE.search(before) or _POST_OR_SPEECH.match(text, end))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    match = ENDS_IN_TITLE.search(name)
    return (start, start + match.start()) if match and match.start() >= 2 else (start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at its ends, and only up to the first line end."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + len(text[start:end].split("\n")[0].rstrip())


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a Latin or dotted name; the last character of 闵新荷 before a post."""
    if not _ANY_HAN.search(text[start:end]):
        for match in LATIN.finditer(text, max(0, start - 20), end + 20):
            if match.start() <= start and end <= match.end():
                return match.span()
    if text[start - 1 : start] in {"·", "•"} or text[end : end + 1] in {"·", "•"}:
        for match in FOREIGN.finditer(text, max(0, start - 12), end + 12):
            if match.start() <= start and end <= match.end():
                return start, match.end()
    cut_short = end - start == 2 and _LAST_BEFORE_POST.match(text, end)
    if cut_short and not _POST.match(text, end):
        return start, end + 1
    return start, end


def _completed(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """A name that is cut short here and whole elsewhere is whole here too."""
    names = {text[m.start : m.end] for m in found}
    by_end: dict[str, list[str]] = {}
    for name in sorted(names, key=len):
        by_end.setdefault(name[-2:], []).append(name)
    for m in found:
        name = text[m.start : m.end]
        whole = [n for n in by_end[name[-2:]] if n != name and n.endswith(name)]
        fits = [n for n in whole if text.endswith(n, 0, m.end)] if len(name) >= 2 else []
        yield replace(m, start=m.end - len(fits[-1])) if fits else m


def _with_surname(text: str, start: int, owners: frozenset[int]) -> int:
    """The start of a name whose surname the tagger missed: 校长 + 逄 + 锦荣."""
    first = surname_before(text, start)
    if first == start:
        return start
    opens = first in owners or ENDS_IN_TITLE.search(text[max(0, first - 6) : first])
    whole = is_personal_name(text[start : start + 2], rare=False)
    if whole and (not opens or text[first:start] in _JOINS):
        return start
    return first if opens or not _ANY_HAN.match(text[first - 1 : first]) else start


def _without_verb(text: str, start: int, end: int) -> int:
    """The end of a name without the verb that begins in it, and with a last character 和 or 之."""
    if is_personal_name(text[start : end - 1]) and _SPLIT_WORD.match(text, end - 1):
        return end - 1
    if is_personal_name(text[start : end - 2]) and _VERB_AT_END.fullmatch(text, end - 2, end):
        return end - 2
    return end + 1 if end - start == 2 and _LAST_OF_NAME.match(text, end) else end


def _by_posts(text: str) -> Iterator[Mention]:
    """Names that follow or precede a post: 校长冯知庭, 王远东厅长."""
    for pattern, trust in ((_AFTER_POST, 1.0), (_BEFORE_POST, 0.9)):
        for match in pattern.finditer(text):
            end = match.end(1)
            name = match.group(1)
            city = text[match.start(1) : end + 1] in places()  # 江阴市长, 江阴地处
            no_name = city or name in places() or text.startswith("地处", end - 1)
            if is_personal_name(name, rare=False) and not no_name and name[-1] not in _NOT_LAST:
                yield Mention(match.start(1), end, "Person", trust)


def _listed(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Further names of a list that begins with a name: 教授张三、李四和王五."""
    ends = {m.end for m in found}
    for match in _LISTED.finditer(text):
        if match.start() in ends and is_personal_name(match.group(1), rare=False):
            ends.add(match.end(1))
            yield Mention(match.start(1), match.end(1), "Person", 0.8)


def _translated(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """The name in Latin letters in the bracket after a name: 安娜·林德（Anna Lind）."""
    ends = {m.end for m in found}
    for bracketed in definitions(text):
        before = text[max(0, bracketed.bracket - 6) : bracketed.bracket]
        post = ENDS_IN_TITLE.search(before)
        named = bracketed.bracket - (len(post.group()) if post else 0) in ends
        if named and is_full_latin_name(text[bracketed.start : bracketed.end]):
            yield Mention(bracketed.start, bracketed.end, "Person", 0.8)


def _repeats(text: str, names: set[str]) -> Iterator[Mention]:
    """Every other place where a name that was found stands."""
    if not names:
        return
    longest = sorted(names, key=lambda n: (-len(n), n))
    for match in re.finditer("|".join(map(re.escape, longest)), text):
        yield Mention(match.start(), match.end(), "Person", 1.0)


def _surname_posts(text: str, surnames: set[str]) -> Iterator[Mention]:
    """贺院长, where someone called 曾 is named in full."""
    for match in _SURNAME_POST.finditer(text):
        if match.group(1) in surnames:
            yield Mention(match.start(), match.end(), "Person", 0.5)


def _bylines(text: str) -> list[Mention]:
    """Reporters' and editors' credits; those people have no part in the story."""
    return [Mention(m.start(1), m.end(1)) for m in _BYLINE.finditer(text) if m.group(1).strip()]
