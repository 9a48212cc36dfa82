"""Who holds which post: the grammar of titles before, after and about a person's name.

    中国科学院院士、北川大学校长Ⓟ   posts before the name, also 兼, 暨, / and lists
    工信部软件服务业司Ⓟ司长         the title after the name
    副校长Ⓟ                         without organization: the document's university, or the list's
    Ⓟ现任…院长；聘请Ⓟ担任…顾问     posts as predicates

Degrees, honorifics, reporters and prize winners are not posts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trihelix.extraction.zh.biographies import biographical_posts
from trihelix.extraction.zh.employers import antecedent, employer_of, shortened
from trihelix.extraction.zh.predicates import predicated
from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern, is_kind
from trihelix.extraction.zh.titles import (
    AFTER,
    DESCRIBED,
    HEAD,
    HONORIFIC,
    NATION,
    titles_of,
    unknown_house,
)

_STOP = compile_pattern(r"[^，。；：！？“”《》（）()\n,;:Ⓐ]*$")
_BARE = re.compile(
    r"(?:党委|党组|校|副|常务|执行|名誉|代理|荣誉|首席|总|创始|联合|全球|高级|兼|、|和|党总支|"
    + HEAD
    + r")*"
    + HEAD
    + "$"
)
_TAKES = re.compile(r"(?:出任|担任|兼任|现任|聘为|任)$")
_BEFORE = re.compile(r"(?:前任?|原任?|时任|现任|新任|候任|我国|著名|来自|担任|[、，兼暨和及/\s])+$")
_PARTY = re.compile(r"(?:党组|党委|党总支|党支部)$")
_OFFICE = re.compile(r"(?:部|部门|办公室|办|处|科|室|中心|系|学院|研究院|所)$")
_INNER_OFFICE = re.compile(r"(?:部|事业部|部门|办公室|处|中心)$")


@dataclass(frozen=True, slots=True)
class Post:
    """A person, the organization, the title, and the sentence that says so."""

    person: str
    organization: str
    title: str
    sentence: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Introduction:
    """A stretch of a sentence that introduces a person with posts: 东北大学校长Ⓟ教授."""

    start: int
    end: int
    letter: str
    employers: tuple[str, ...]


@dataclass(slots=True)
class _State:
    """What was said before: the last person, each person's first employer, the last employers."""

    person: str | None
    employers: dict[str, list[str]]


def read_posts(reading: Reading) -> tuple[list[Post], dict[int, list[Introduction]]]:
    """The posts of a document, and where its sentences introduce persons with them."""
    posts: list[Post] = []
    introductions: dict[int, list[Introduction]] = {}
    state = _State(None, {})
    for sentence in reading.sentences:
        if not sentence.tokens:
            continue
        found, intros = _introduced(reading, sentence, state)
        found += [
            Post(person, organization, title, sentence.index, confidence)
            for person, organization, title, confidence in predicated(
                reading, sentence, state.person
            )
        ]
        for post in found:
            state.employers.setdefault(post.person, []).append(post.organization)
        posts += found
        introductions[sentence.index] = intros
        persons = [t.entities[-1] for t in sentence.tokens.values() if is_kind(t.letter, "Ⓟ")]
        state.person = persons[0] if persons else state.person
    posts += [Post(*found, 0.8) for found in biographical_posts(reading)]
    return _unique(posts), introductions


def _unique(posts: list[Post]) -> list[Post]:
    best: dict[tuple[str, str, str], Post] = {}
    for post in posts:
        best.setdefault((post.person, post.organization, post.title), post)
    return list(best.values())


_PERSON = compile_pattern("[Ⓟ]")
_HONORED = re.compile(HONORIFIC + r"+$")
_SUFFIX = re.compile(rf"(?:{HONORIFIC}(?![长士师])|[（(][^（）()]{{1,20}}[）)])+")
_LEARNED_AFTER = re.compile(
    r"((?:副|助理|特聘|讲座|讲席|长聘|青年|[一二]级|正?高级|副?主任|主治)*"
    r"(?:教授|研究员|院士|工程师|讲师|医师|农艺师))(?!工作站|级|会)"
)
_TITLE_AFTER = re.compile(AFTER + r"(?!助理|兼|办|会议)")


def _introduced(
    reading: Reading, sentence: Sentence, state: _State
) -> tuple[list[Post], list[Introduction]]:
    posts: list[Post] = []
    intros: list[Introduction] = []
    text = sentence.marked
    carried: tuple[str, ...] = ()
    last_end = 0
    for m in _PERSON.finditer(text):
        person = sentence.tokens[m[0]].entities[0]
        near = (
            carried
            if re.fullmatch(r"[、，,和及与\s]*[^，。；：、]{0,12}", text[last_end : m.start()])
            else ()
        )
        start, held = _before(reading, sentence, m.start(), last_end, near)
        end = m.end()
        if not held and (learned := _LEARNED_AFTER.match(text, end)):
            held = _housed(reading, sentence, m.start(), learned[1])
            start -= bool(held)
        if after := _TITLE_AFTER.match(text, end):
            end = after.end()
            if not held:
                held = _after(
                    reading, sentence, m.start(), after[0], near, person in state.employers
                )
                start = min(start, m.start() - (1 if held and _is_org(text, m.start() - 1) else 0))
        if honor := _SUFFIX.match(text, end):
            end = honor.end()
        employers = tuple(dict.fromkeys(org for org, _, _ in held))
        posts += [Post(person, org, title, sentence.index, c) for org, title, c in held]
        intros.append(Introduction(start, end, m[0], employers))
        carried, last_end = employers or near, end
    return posts, intros


Held = list[tuple[str, str, float]]


def _is_org(text: str, at: int) -> bool:
    return at >= 0 and is_kind(text[at], "Ⓞ")


def _before(
    reading: Reading, sentence: Sentence, at: int, floor: int, near: tuple[str, ...]
) -> tuple[int, Held]:
    """The posts that end right before offset `at`, and where their text begins."""
    text = sentence.marked
    held: Held = []
    start = at
    while True:
        edge = start
        if lead := _BEFORE.search(text, floor, edge):
            edge = lead.start() if held else edge
        m = _STOP.search(text, max(floor, edge - 60), edge)
        segment = m[0] if m else ""
        offset = edge - len(segment)
        segment = segment if held else NATION.sub("", segment)
        titles = titles_of(segment)
        if not titles and (honor := _HONORED.search(segment)):
            titles = titles_of(segment[: honor.start()])
        predicate = held and _TAKES.search(text, 0, max(offset - 1, 0))
        if titles and offset > floor and _is_org(text, offset - 1) and not predicate:
            organizations = _targets(reading, sentence, text[offset - 1], titles)
            held = [(o, t, 0.92) for o, t in organizations] + held
            start = offset - 1
            continue
        if held:
            return start, held
        if described := DESCRIBED.search(segment):
            begin = at - len(described[0])
            whole = described[0] == segment and begin > floor and _is_org(text, begin - 1)
            return begin - whole, []
        return _bare(reading, sentence, segment, at, near)


def _targets(
    reading: Reading, sentence: Sentence, letter: str, titles: list[str]
) -> list[tuple[str, str]]:
    """The organizations of titles; an office inside a firm becomes part of the title."""
    token = sentence.tokens[letter]
    entity = token.entities[-1]
    if _PARTY.search(reading.names[entity]):
        inner = [n.inner for n in reading.nested if n.outer == entity]
        if inner and reading.is_organization(inner[0]):
            return [(inner[0], title) for title in titles]
    if reading.kinds[entity] == "Firm" and _INNER_OFFICE.search(reading.names[entity]):
        for nested in reading.nested:
            if nested.outer == entity and reading.kinds[nested.inner] == "Firm":
                office = reading.names[entity][nested.inner_span.end - nested.inner_span.start :]
                return [(nested.inner, office + title) for title in titles]
    return [(e, title) for e in token.entities for title in titles]


def _bare(
    reading: Reading, sentence: Sentence, segment: str, at: int, near: tuple[str, ...]
) -> tuple[int, Held]:
    """A post without an organization: 副校长Ⓟ."""
    m = _BARE.search(segment)
    if not m:
        honor = _HONORED.search(segment)
        return at - (len(honor[0]) if honor else 0), []
    bare = m[0].lstrip("、兼和")
    titles = titles_of(bare)
    before = segment[: len(segment) - len(bare)]
    if (house := unknown_house(before)) and not (near and _OFFICE.search(before)):
        return at - len(bare) - len(house), []
    start = at - len(bare)
    if not titles:
        return start, []
    if before.endswith("其"):
        organization = antecedent(sentence, start, reading)
        house = ""
    else:
        house, organization = shortened(reading, sentence, before)
        if near and house and not organization and _OFFICE.search(house):
            return start - len(house), [(near[-1], house + title, 0.7) for title in titles]
        if not house:
            found = (employer_of(reading, sentence, start, title, near) for title in titles)
            organization = next((one for one in found if one), None)
    if not organization:
        return start, []
    return start - len(house), [(organization, title, 0.7) for title in titles]


def _housed(reading: Reading, sentence: Sentence, at: int, title: str) -> Held:
    """The learned title after a name that stands right behind its house: 某大学Ⓟ教授."""
    text = sentence.marked
    house = at - 1 - text.endswith("的", 0, at)
    if not _is_org(text, house):
        return []
    return [(o, t, 0.8) for o, t in _targets(reading, sentence, text[house], [title])]


def _after(
    reading: Reading,
    sentence: Sentence,
    at: int,
    title: str,
    near: tuple[str, ...],
    known: bool,
) -> Held:
    """The post of a title after the name: 工信部软件服务业司Ⓟ司长."""
    text = sentence.marked
    if _is_org(text, at - 1):
        return [(o, t, 0.85) for o, t in _targets(reading, sentence, text[at - 1], [title])]
    if known:
        return []
    organization = employer_of(reading, sentence, at, title, near)
    return [(organization, title, 0.6)] if organization else []
