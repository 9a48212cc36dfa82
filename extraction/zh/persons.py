"""The names of people in a text, and posts with a surname only (贺院长)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    is_personal_name,
    is_plausible_name,
)

_TITLE = alternatives("persons.txt", "title")
_VERB = alternatives("persons.txt", "verb")
_HAN = r"[\u4e00-\u9fff]"
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
_LAST_BEFORE_POST = re.compile(rf"(?![副总常原前现]){_HAN}(?:{_TITLE})")
_SURNAME_POST = re.compile(rf"({_HAN})(?:{_TITLE})(?!{_HAN}?[、，]?职)")
_POST_OR_SPEECH = re.compile(rf"(?:{_TITLE}|表示|说|指出|介绍|认为|强调|称|透露|坦言)")
_NOT_A_PERSON_AFTER = re.compile(
    r"\S{0,7}奖|杯|论坛|对话|架构|定律|理论|函数|效应|算法|方程|大学|学院|科技|集团|公司"
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

    keep(_from_tagger(text, tagged))
    keep(_by_posts(text))
    keep(_translated(text, found))
    keep(_listed(text, found))
    keep(_repeats(text, {text[m.start : m.end] for m in found}))
    keep(_surname_posts(text, {text[m.start] for m in found}))
    return sorted(found)


def _from_tagger(text: str, tagged: Sequence[Tagged]) -> Iterator[Mention]:
    for span in tagged:
        if span.label == "PER":
            start, end = _whole(text, *_without_title(text, span.start, span.end))
            if not _NOT_A_PERSON_AFTER.match(text, end) and _is_person(
                text, start, end, span.score
            ):
                yield Mention(start, end, "Person", 2.0)
        elif span.label.startswith("ORG") and is_latin_person(text, span.start, span.end):
            yield Mention(span.start, span.end, "Person", 1.5)


def _is_person(text: str, start: int, end: int, score: float) -> bool:
    """A name with a common surname; any other needs a post or a verb of speech beside it."""
    name = text[start:end]
    if name.isascii() and " " not in name and "." not in name:
        return not name.isupper() and _has_post(text, start, end)
    if is_personal_name(name, rare=False):
        return True
    if not (is_personal_name(name) or (score >= 0.9 and is_plausible_name(name))):
        return False
    return len(name) >= 4 or _has_post(text, start, end)


def _has_post(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start]
    return bool(ENDS_IN_TITLE.search(before) or _POST_OR_SPEECH.match(text, end))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    match = ENDS_IN_TITLE.search(name)
    return (start, start + match.start()) if match and match.start() >= 2 else (start, end)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a Latin or dotted name; the last character of 闵新荷 before a post."""
    if text[start:end].isascii():
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


def _by_posts(text: str) -> Iterator[Mention]:
    """Names that follow or precede a post: 校长冯知庭, 王远东厅长."""
    for pattern, trust in ((_AFTER_POST, 1.0), (_BEFORE_POST, 0.9)):
        for match in pattern.finditer(text):
            end = match.end(1)
            city = text[match.start(1) : end + 1] in places()  # 江阴市长, 江阴地处
            if is_personal_name(match.group(1), rare=False) and not (
                city or text.startswith("地处", end - 1)
            ):
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
