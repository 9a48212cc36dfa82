"""The names of people in a text, and posts with a surname only (曾院长)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.zh.lexicon import alternatives, word_lists
from trihelix.extraction.zh.mentions import Mention, Occupied, TaggedSpan

_LISTS = word_lists("persons.txt")
_SURNAMES = frozenset(_LISTS["surname"])
_RARE = frozenset(_LISTS["rare"])
_NOT_NAMES = frozenset(_LISTS["not"])
_TITLE = alternatives("persons.txt", "title")
_VERB = alternatives("persons.txt", "verb")
_HAN = r"[\u4e00-\u9fff]"
_HAN_NAME = re.compile(rf"{_HAN}{{2,4}}")
_FOREIGN = re.compile(rf"(?:{_HAN}|[A-Z]){_HAN}*(?:[·・•.．](?:{_HAN}|[A-Z]){_HAN}*)+")
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]*(?:\s[A-Z][A-Za-z'’.-]*)*")
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
_SURNAME_POST = re.compile(rf"({_HAN})(?:{_TITLE})(?!{_HAN}?[、，]?职)")
_POST_OR_SPEECH = re.compile(rf"(?:{_TITLE}|表示|说|指出|介绍|认为|强调|称|透露|坦言)")
_LATIN_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_NOT_A_PERSON_AFTER = re.compile(
    r"奖|杯|论坛|对话|架构|定律|理论|函数|效应|算法|方程|大学|学院|科技|集团|公司"
)
_ENDS_IN_TITLE = re.compile(rf"(?:{_TITLE})$")


def persons(text: str, tagged: Sequence[TaggedSpan], taken: Sequence[Mention]) -> list[Mention]:
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
    keep(_listed(text, found))
    keep(_repeats(text, {text[m.start : m.end] for m in found}))
    keep(_surname_posts(text, {text[m.start] for m in found}))
    return sorted(found)


def is_personal_name(name: str, *, rare: bool = True) -> bool:
    """Whether the form is that of a person's full name. `rare` allows surnames like 和 or 全.

    >>> is_personal_name("冯夏庭"), is_personal_name("杰克·肖斯达克"), is_personal_name("李校长")
    (True, True, False)
    """
    if _FOREIGN.fullmatch(name) or _LATIN.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name) or name in _NOT_NAMES or _ENDS_IN_TITLE.search(name):
        return False
    known = name[0] in _SURNAMES or (rare and name[0] in _RARE)
    return (name[:2] in _SURNAMES and len(name) >= 3) or (known and len(name) <= 3)


def _from_tagger(text: str, tagged: Sequence[TaggedSpan]) -> Iterator[Mention]:
    for span in tagged:
        if span.label == "PER":
            start, end = _whole(text, *_without_title(text, span.start, span.end))
            if not _NOT_A_PERSON_AFTER.match(text, end) and _is_person(
                text, start, end, span.score
            ):
                yield Mention(start, end, "Person", 2.0)
        elif span.label.startswith("ORG") and _is_latin_person(text, span.start, span.end):
            yield Mention(span.start, span.end, "Person", 1.5)


def _is_person(text: str, start: int, end: int, score: float) -> bool:
    """A name with a common surname; any other needs a post or a verb of speech beside it."""
    name = text[start:end]
    if is_personal_name(name, rare=False):
        return not (name.isupper() and name.isascii())
    if not (is_personal_name(name) or (score >= 0.9 and _is_plausible(name))):
        return False
    return len(name) >= 4 or _has_post(text, start, end)


def _has_post(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 6) : start]
    return bool(_ENDS_IN_TITLE.search(before) or _POST_OR_SPEECH.match(text, end))


def _is_latin_person(text: str, start: int, end: int) -> bool:
    """Kevork Kechichian表示: capitalized words that speak or follow an organization's name."""
    name = text[start:end]
    if not _LATIN_PERSON.fullmatch(name):
        return False
    return bool(_POST_OR_SPEECH.match(text, end)) or bool(_ENDS_IN_TITLE.search(text[:start][-6:]))


def _is_plausible(name: str) -> bool:
    """A foreign name without a dot, or a surname that the list lacks."""
    if re.search(r"[\d\s，。、的]", name) or name in _NOT_NAMES:
        return False
    return 2 <= len(name) <= 8 and not _ENDS_IN_TITLE.search(name)


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    match = _ENDS_IN_TITLE.search(name)
    return (start, start + match.start()) if match and match.start() >= 2 else (start, end)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a Latin or dotted name; the last character of 闵新和 before a post."""
    if text[start:end].isascii():
        for match in _LATIN.finditer(text, max(0, start - 20), end + 20):
            if match.start() <= start and end <= match.end():
                return match.span()
    if text[start - 1 : start] in {"·", "•"} or text[end : end + 1] in {"·", "•"}:
        for match in _FOREIGN.finditer(text, max(0, start - 12), end + 12):
            if match.start() <= start and end <= match.end():
                return start, match.end()
    if end - start == 2 and re.match(rf"{_HAN}(?:先生|女士|{_TITLE})", text[end : end + 8]):
        if not re.match(rf"{_TITLE}", text[end : end + 8]) and text[end] not in "副总常原前现":
            return start, end + 1
    return start, end


def _by_posts(text: str) -> Iterator[Mention]:
    """Names that follow or precede a post: 校长冯夏庭, 王庆东厅长."""
    for pattern, trust in ((_AFTER_POST, 1.0), (_BEFORE_POST, 0.9)):
        for match in pattern.finditer(text):
            if is_personal_name(match.group(1), rare=False):
                yield Mention(match.start(1), match.end(1), "Person", trust)


def _listed(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Further names of a list that begins with a name: 教授张三、李四和王五."""
    ends = {m.end for m in found}
    for match in _LISTED.finditer(text):
        if match.start() in ends and is_personal_name(match.group(1), rare=False):
            ends.add(match.end(1))
            yield Mention(match.start(1), match.end(1), "Person", 0.8)


def _repeats(text: str, names: set[str]) -> Iterator[Mention]:
    """Every other place where a name that was found stands."""
    if not names:
        return
    longest = sorted(names, key=lambda n: (-len(n), n))
    for match in re.finditer("|".join(map(re.escape, longest)), text):
        yield Mention(match.start(), match.end(), "Person", 1.0)


def _surname_posts(text: str, surnames: set[str]) -> Iterator[Mention]:
    """曾院长, where someone called 曾 is named in full."""
    for match in _SURNAME_POST.finditer(text):
        if match.group(1) in surnames:
            yield Mention(match.start(), match.end(), "Person", 0.5)


def _bylines(text: str) -> list[Mention]:
    """Reporters' and editors' credits; those people have no part in the story."""
    return [Mention(m.start(1), m.end(1)) for m in _BYLINE.finditer(text) if m.group(1).strip()]
