"""Posts told as predicates, and as entries of a list.

Ⓟ现任…院长；聘请Ⓟ担任…顾问；…理事长由Ⓟ担任
Ⓟ　某大学教授；Ⓟ（某公司总经理）
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trihelix.extraction.zh.employers import employer_of, shortened
from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern, is_kind
from trihelix.extraction.zh.titles import HEAD, HEADS, HONORIFIC, acts, titles_of

Told = tuple[str, str, str, float]
"""Person, organization, title, confidence."""

_PREDICATE = re.compile(
    r"现任|担任|出任|现为|曾任|历任|当选为?|受聘(?:为|担任)?|兼任|升任|转任|调任|"
    r"继任|接任|任命为|聘为|就任|"
    r"(?<![主责信委])任(?!务|命|何|意|职|教|期)|"
    r"系(?!统|列)|是|为|成为|作为"
)
_ITEM = compile_pattern(
    rf"(?:[、，兼和及与/\s]|以及|前|原|现任|曾任|"
    rf"该)*([Ⓞ]?)(?:的(?=[^，。；：的Ⓐ]{{0,16}}?{HEAD}))?([^，。；：、！？“”《》（）()的了Ⓐ]{{0,16}}?{HEAD})"
    r"(?=$|[、，。；;,和与及兼暨等（(并！/\s职之]|[Ⓐ]|以及)"
)
_PRONOUN = re.compile(r"[他她](?!们)")
_HIRES = compile_pattern(r"聘请|聘任|聘|任命|推选|选举|特聘|推举")
_ELECTS = re.compile(r"聘请|聘任|任命|推选|选举|推举|增选|选聘")
_HEADED = compile_pattern(r"[^，。：Ⓐ]{0,3}([Ⓞ])：")
_THAT = re.compile(r"该(系|院|所|中心|实验室|公司|校|会|基地)")
_OWN = re.compile(r"^(?:公司|学校|我校|该校|本校|集团|我院|本院|学院|企业)")
_WEAK = ("系", "是", "为", "成为", "作为")
_PERSON = compile_pattern("[Ⓟ]")


def predicated(reading: Reading, sentence: Sentence, last: str | None) -> Iterator[Told]:
    """The posts that a sentence tells of its persons, or of the `last` one before it."""
    text = sentence.marked
    for m in _PREDICATE.finditer(text):
        persons = _subjects(sentence, m.start(), last)
        if not persons:
            continue
        for organization, title in _items(reading, sentence, m):
            yield from ((person, organization, title, 0.85) for person in persons)
    yield from _appointed(reading, sentence)
    yield from _entered(sentence)


_APPOINTED = compile_pattern(
    rf"(?P<o>[Ⓞ])(?:的)?(?P<t1>[^，。；：Ⓐ由]{{0,8}}{HEAD})?由[^，。；]{{0,30}}?(?P<p>[Ⓟ])"
    rf"[^，。；Ⓐ]{{0,8}}?(?:担任|"
    rf"出任|兼任)"
    rf"(?(t1)|(?P<t2>[^，。；：Ⓐ由]{{0,8}}?{HEAD}))"
)
_HELD_BY = compile_pattern(
    rf"(?:^|[，。；：、\s])(?P<t>[^，。；：、\sⒶ由]{{0,14}}{HEAD})(?:一职)?(?:分别)?由"
    r"[^，。；：]{0,30}?(?P<p>[Ⓟ])[^，。；Ⓐ]{0,6}?(?:担任|出任|兼任)"
)


def _appointed(reading: Reading, sentence: Sentence) -> Iterator[Told]:
    for m in _APPOINTED.finditer(sentence.marked):
        title = m["t1"] or m["t2"]
        if not acts(title):
            person = sentence.tokens[m["p"]].entities[0]
            yield person, sentence.tokens[m["o"]].entities[-1], title, 0.8
    for m in _HELD_BY.finditer(sentence.marked):
        bare = re.search(rf"(?:首任|副|常务|执行|名誉)*{HEAD}$", m["t"])
        title = bare[0].removeprefix("首任") if bare else m["t"]
        house, known = shortened(reading, sentence, m["t"][: len(m["t"]) - len(title)])
        organization = known or (
            None if house else employer_of(reading, sentence, m.start("t"), title, ())
        )
        if organization:
            yield sentence.tokens[m["p"]].entities[0], organization, title, 0.7


_ENTRY = compile_pattern(
    rf"([Ⓟ])(?:{HONORIFIC}|（[^（）Ⓐ]{{2,40}}）)?(?:[\s\u3000]+|[，,]|[（(])([Ⓞ])[\s\u3000]?"
    rf"([^，。；：！？“”《》（）()的了Ⓐ]{{0,24}}?{HEAD}(?:、[^，。；：！？“”《》（）()的了、Ⓐ]{{0,12}}?{HEAD})*)"
    r"(?=[，。；;、）)\s]|$)"
)


def _entered(sentence: Sentence) -> Iterator[Told]:
    """Ⓟ　某大学教授, Ⓟ（某大学教授）, and Ⓟ，某大学教授 at the start of a line or after a colon."""
    text = sentence.marked
    for m in _ENTRY.finditer(text):
        comma = text[m.start() + 1] in "，,"
        if comma and not re.search(r"(?:^|[：:——“\s])$", text[: m.start()]):
            continue
        if re.match(r"[、，\s]*$", text[m.end() :]) is None and not _ends(text, m, comma):
            continue
        for title in titles_of(m[3]):
            yield (
                sentence.tokens[m[1]].entities[0],
                sentence.tokens[m[2]].entities[-1],
                title,
                0.8,
            )


def _ends(text: str, m: re.Match[str], comma: bool) -> bool:
    """Whether an entry ends after its titles, rather than with another name that they belong to."""
    if text[m.start() + 1] in "（(":
        return True
    rest = text[m.end() :]
    return bool(re.match(r"[，。；;\s]", rest)) and (comma or not rest.startswith("，"))


_LISTED = compile_pattern(r"(?:[、和与及]|以及)[^，。；：、]{0,26}$")


def _subjects(sentence: Sentence, at: int, last: str | None) -> tuple[str, ...]:
    """Whom a predicate is about: the nearest person before it and those listed with them."""
    person = _subject(sentence, at, last)
    if person is None:
        return ()
    text = sentence.marked
    persons = list(_PERSON.finditer(text, 0, at))
    if not persons or sentence.tokens[persons[-1][0]].entities[0] != person:
        return (person,)
    several = [person]
    for one, other in zip(persons[-2::-1], persons[:0:-1], strict=True):
        if not _LISTED.match(text[one.end() : other.start()]) or _PREDICATE.search(
            text, one.end(), other.start()
        ):
            break
        several.append(sentence.tokens[one[0]].entities[0])
    return tuple(several)


def _subject(sentence: Sentence, at: int, last: str | None) -> str | None:
    """Who a predicate is about: the nearest person before it, else the one spoken of before."""
    text = sentence.marked
    persons = list(_PERSON.finditer(text, 0, at))
    pronoun = [p.start() for p in _PRONOUN.finditer(text, 0, at)]
    if persons and not (pronoun and pronoun[-1] > persons[-1].end() + 12 and len(persons) > 1):
        gap = text[persons[-1].end() : at]
        if re.search(r"[；。]", gap) and not pronoun:
            return None
        return sentence.tokens[persons[-1][0]].entities[0]
    if pronoun or text[:at].strip(" ，此前曾目还同时也现") == "":
        return last
    return None


def _items(
    reading: Reading, sentence: Sentence, predicate: re.Match[str]
) -> Iterator[tuple[str, str]]:
    text = sentence.marked
    at = predicate.end()
    weak = predicate[0] in _WEAK and not (
        predicate[0] == "为" and _ELECTS.search(text, 0, predicate.start())
    )
    first = True
    organizations: tuple[str, ...] = ()
    while m := _ITEM.match(text, at):
        title = m[2]
        if m.end() < len(text) and is_kind(text[m.end()], "Ⓟ"):
            return
        if m[1]:
            organizations = sentence.tokens[m[1]].entities[-1:]
        elif first:
            if weak and not title.startswith(("法定代表人", "执行董事", "董事长", "总经理")):
                return
            organizations = _employer(reading, sentence, title, predicate.start())
        title = _OWN.sub("", title)
        if acts(title) or (not m[1] and "聘" in title):
            return
        if not title.endswith(HEADS) or len(title) > 20:
            return
        for organization in organizations:
            for piece in titles_of(title):
                yield organization, piece
        first = False
        at = m.end()


def _employer(reading: Reading, sentence: Sentence, title: str, cue: int) -> tuple[str, ...]:
    """Whose post it is when the predicate does not say: the one who hires, or the main one."""
    text = sentence.marked
    if that := _THAT.search(text, cue, cue + 12):
        fitting = [
            entity
            for c in text[:cue]
            if is_kind(c, "Ⓞ")
            for entity in sentence.tokens[c].entities
            if reading.names[entity].endswith(that[1])
        ]
        return tuple(fitting[-1:])
    if title.startswith(("公司", "集团", "企业")) or _HIRES.search(text, 0, cue):
        hire = _HIRES.search(text)
        before = text[: hire.start()] if hire else text[:cue]
        found = [c for c in before if is_kind(c, "Ⓞ")]
        if found:
            return sentence.tokens[found[0]].entities[:1]
    if headed := _HEADED.match(text):
        return sentence.tokens[headed[1]].entities[-1:]
    found = [c for c in text[:cue] if is_kind(c, "Ⓞ")]
    if title.startswith(("法定代表人", "执行董事")) and found:
        return sentence.tokens[found[-1]].entities[-1:]
    default = employer_of(reading, sentence, cue, title, ())
    return (default,) if default else ()
