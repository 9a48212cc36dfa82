"""The names of people in a text, their posts' surnames (曾院长) and who is meant by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.zh.lexicon import alternatives, word_lists
from trihelix.extraction.zh.mentions import Mention, TaggedSpan

_SURNAMES = frozenset(word_lists("persons.txt")["surname"])
_TITLE = alternatives("persons.txt", "title")
_BYLINE = re.compile(
    rf"(?:{alternatives('persons.txt', 'byline')})[员]?[：:\s／/|]*"
    r"([\u4e00-\u9fff·、，,\s　]{2,40}?)(?=[)）\]】\n。；;]|\s{2}|$|\d|摄|报道|通讯员|记者|编辑|来源|发自|实习)"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_FOREIGN = re.compile(
    r"[\u4e00-\u9fffA-Z][\u4e00-\u9fff]*(?:[·・•.．][\u4e00-\u9fffA-Z][\u4e00-\u9fff]*)+"
)
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]+(?:\s[A-Z][A-Za-z'’.-]*)*")
_AFTER_POST = re.compile(
    rf"(?:{_TITLE})([\u4e00-\u9fff]{{2,3}})(?=[，。、；：）)（(\s“”]|{alternatives('persons.txt', 'verb')}|{_TITLE}|$)"
)
_BEFORE_POST = re.compile(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,3}})(?:{_TITLE})")
_SURNAME_POST = re.compile(rf"([\u4e00-\u9fff])(?:{_TITLE})(?![\u4e00-\u9fff]{{0,1}}[、，]?职)")
_NOT_NAMES = frozenset(word_lists("persons.txt")["not"])


def persons(text: str, tagged: Sequence[TaggedSpan], taken: Sequence[Mention]) -> list[Mention]:
    """Mentions of persons outside organizations' names and bylines."""
    barred = [*taken, *_bylines(text)]
    found: dict[int, Mention] = {}
    for mention in [*_from_tagger(text, tagged), *_by_posts(text)]:
        if mention.start not in found and not any(mention.overlaps(b) for b in barred):
            if not any(mention.overlaps(o) for o in found.values()):
                found[mention.start] = mention
    repeats = _repeats(text, {text[m.start : m.end] for m in found.values()})
    for mention in repeats:
        if not any(mention.overlaps(o) for o in (*barred, *found.values())):
            found[mention.start] = mention
    for mention in _surname_posts(text, {text[m.start] for m in found.values()}):
        if not any(mention.overlaps(o) for o in (*barred, *found.values())):
            found[mention.start] = mention
    return sorted(found.values())


def is_personal_name(name: str) -> bool:
    """Whether the form is that of a person's name.

    >>> is_personal_name("冯夏庭"), is_personal_name("杰克·肖斯达克"), is_personal_name("会议")
    (True, True, False)
    """
    if _FOREIGN.fullmatch(name) or _LATIN.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name) or name in _NOT_NAMES:
        return False
    return name[:2] in _SURNAMES or (name[0] in _SURNAMES and len(name) <= 3)


def _from_tagger(text: str, tagged: Sequence[TaggedSpan]) -> Iterator[Mention]:
    for span in tagged:
        if span.label == "PER":
            start, end = _without_title(text, span.start, span.end)
            name = text[start:end]
            if is_personal_name(name) or (span.score >= 0.9 and _plausible(name)):
                yield Mention(start, end, "Person", 2.0)


def _plausible(name: str) -> bool:
    """A foreign name without a dot, or a rare surname."""
    return 2 <= len(name) <= 8 and not re.search(r"[\d\s，。、的]", name) and name not in _NOT_NAMES


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    if match := re.search(rf"(?:{_TITLE}|先生|女士|同志)$", name):
        if match.start() >= 2:
            end = start + match.start()
    return start, end


def _by_posts(text: str) -> Iterator[Mention]:
    """Names that follow or precede a post: 校长冯夏庭, 王庆东厅长, and lists of them."""
    for pattern, trust in ((_AFTER_POST, 1.0), (_BEFORE_POST, 0.9)):
        for match in pattern.finditer(text):
            if is_personal_name(match.group(1)):
                yield Mention(match.start(1), match.end(1), "Person", trust)


def _repeats(text: str, names: set[str]) -> Iterator[Mention]:
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
