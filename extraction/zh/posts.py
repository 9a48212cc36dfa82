"""Who holds which post: the grammar of titles before, after and about a person's name.

    中国科学院院士、北川大学校长Ⓟ   posts before the name, also 兼, 暨, / and lists
    工信部软件服务业司Ⓟ司长         the title after the name
    副校长Ⓟ                         without organization: the document's university, or the list's
    Ⓟ现任…院长；聘请Ⓟ担任…顾问     posts as predicates

Degrees, honorifics, reporters and prize winners are not posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.biographies import biographical_posts
from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern, is_kind
from trihelix.extraction.zh.titles import (
    AFTER,
    DESCRIBED,
    HEAD,
    HEADS,
    HONORIFIC,
    NATION,
    acts,
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
_FITS = {
    "校长": ("大学", "学院", "学校", "中学", "小学", "党校"),
    "院长": ("院",),
    "所长": ("所",),
    "厅长": ("厅",),
    "局长": ("局",),
    "司长": ("司",),
    "部长": ("部",),
    "会长": ("会",),
    "理事长": ("会", "联盟"),
    "市长": ("市政府", "市人民政府"),
    "省长": ("省政府", "省人民政府"),
    "主任": ("中心", "实验室", "委", "委员会", "办公室", "基地"),
    "董事长": ("公司", "集团", "股份"),
    "总经理": ("公司", "集团", "股份"),
    "总裁": ("公司", "集团", "股份"),
    "行长": ("银行", "分行", "支行"),
}  # fmt: skip
_CORPORATE = ("董事长", "总经理", "总裁", "CEO", "CTO", "创始人", "顾问")
_PARTY = re.compile(r"(?:党组|党委|党总支|党支部)$")
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
        found += _predicated(reading, sentence, state)
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
    if house := unknown_house(segment[: len(segment) - len(bare)]):
        return at - len(bare) - len(house), []
    start = at - len(bare)
    its = (
        _antecedent(reading, sentence, start)
        if segment[: len(segment) - len(bare)].endswith("其")
        else None
    )
    organization = titles and (its or _default(reading, titles[-1], near))
    if not organization:
        return start, []
    return start, [(organization, title, 0.7) for title in titles]


def _antecedent(reading: Reading, sentence: Sentence, at: int) -> str | None:
    """The organization that 其 stands for: the last before it, else the sentence before's first."""
    before = [c for c in sentence.marked[:at] if is_kind(c, "Ⓞ")]
    if before:
        return sentence.tokens[before[-1]].entities[-1]
    previous = reading.sentences[sentence.index - 1] if sentence.index else sentence
    found = [c for c in previous.marked if is_kind(c, "Ⓞ")]
    return previous.tokens[found[0]].entities[-1] if found else None


def _default(reading: Reading, title: str, near: tuple[str, ...]) -> str | None:
    """The organization that a title without one belongs to."""
    suffixes = next((s for head, s in _FITS.items() if title.endswith(head)), None)
    if title.endswith("校长"):
        return reading.university
    for organization in reversed(near):
        if suffixes is None or _fits(reading, organization, suffixes):
            return None if title.endswith(("教授", "院士", "研究员", "教师")) else organization
    main = reading.main
    if main and suffixes and _fits(reading, main, suffixes):
        return main
    if main and title.endswith(_CORPORATE) and reading.kinds[main] == "Firm":
        return main
    return None


def _fits(reading: Reading, organization: str, suffixes: tuple[str, ...]) -> bool:
    name = reading.names[organization]
    corporate = "公司" in suffixes and reading.kinds[organization] in ("Firm", "Investor")
    return corporate or re.sub(r"（.*）$", "", name).endswith(suffixes)


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
    organization = _default(reading, title, near)
    return [(organization, title, 0.6)] if organization else []


_PREDICATE = re.compile(
    r"现任|担任|出任|现为|曾任|历任|当选为?|受聘(?:为|担任)?|兼任|升任|转任|调任|"
    r"继任|接任|任命为|聘为|就任|"
    r"(?<![主责信委])任(?!务|命|何|意|职|教|期)|"
    r"系(?!统|列)|是|为|成为|作为"
)
_ITEM = compile_pattern(
    rf"(?:[、，兼和及与/\s]|以及|前|原|现任|曾任|"
    rf"该)*([Ⓞ]?)([^，。；：、！？“”《》（）()的了Ⓐ]{{0,16}}?{HEAD})"
    r"(?=$|[、，。；;,和与及兼暨等（(并！/\s职之]|[Ⓐ]|以及)"
)
_PRONOUN = re.compile(r"[他她](?!们)")
_HIRES = compile_pattern(r"聘请|聘任|聘|任命|推选|选举|特聘|推举")
_THAT = re.compile(r"该(系|院|所|中心|实验室|公司|校|会|基地)")
_OWN = re.compile(r"^(?:公司|学校|我校|该校|本校|集团|我院|本院|学院|企业)")
_WEAK = ("系", "是", "为", "成为", "作为", "任")


def _predicated(reading: Reading, sentence: Sentence, state: _State) -> list[Post]:
    posts: list[Post] = []
    text = sentence.marked
    for m in _PREDICATE.finditer(text):
        person = _subject(sentence, m.start(), state)
        if person is None:
            continue
        held = list(_items(reading, sentence, m.end(), m[0] in _WEAK, m.start()))
        posts += [Post(person, org, title, sentence.index, 0.85) for org, title in held]
    for m in _APPOINTED.finditer(text):
        title = m["t1"] or m["t2"]
        if not acts(title):
            person = sentence.tokens[m["p"]].entities[0]
            organization = sentence.tokens[m["o"]].entities[-1]
            posts.append(Post(person, organization, title, sentence.index, 0.8))
    return posts


_APPOINTED = compile_pattern(
    rf"(?P<o>[Ⓞ])(?:的)?(?P<t1>[^，。；：Ⓐ由]{{0,8}}{HEAD})?由[^，。；]{{0,30}}?(?P<p>[Ⓟ])"
    rf"[^，。；Ⓐ]{{0,8}}?(?:担任|"
    rf"出任|兼任)"
    rf"(?(t1)|(?P<t2>[^，。；：Ⓐ由]{{0,8}}?{HEAD}))"
)


def _subject(sentence: Sentence, at: int, state: _State) -> str | None:
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
        return state.person
    return None


def _items(
    reading: Reading, sentence: Sentence, at: int, weak: bool, cue: int
) -> Iterator[tuple[str, str]]:
    text = sentence.marked
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
            organizations = _employer(reading, sentence, title, cue)
        title = _OWN.sub("", title)
        if acts(title) or not title.endswith(HEADS) or len(title) > 20:
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
    found = [c for c in text[:cue] if is_kind(c, "Ⓞ")]
    if title.startswith(("法定代表人", "执行董事")) and found:
        return sentence.tokens[found[-1]].entities[-1:]
    default = _default(reading, title, ())
    return (default,) if default else ()
