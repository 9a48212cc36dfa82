"""The state-like relations of a document other than posts, from nested names and cue words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.reading import (
    Reading,
    Sentence,
    compile_pattern,
    is_inner_school,
    is_kind,
)
from trihelix.extraction.zh.relation_cues import CUES, PATTERNS, Pattern


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of two entities, and the sentence that says so."""

    kind: str
    source: str
    target: str
    sentence: int
    confidence: float


def read_relations(reading: Reading) -> list[Link]:
    """The relations of a document, once each, the surest first for equal ones."""
    best: dict[tuple[str, str, str], Link] = {}
    for link in _all(reading):
        if link.source == link.target or _namesakes(reading, link):
            continue
        key = (link.kind, link.source, link.target)
        reverse = (link.kind, link.target, link.source)
        if reverse not in best and (key not in best or best[key].confidence < link.confidence):
            best[key] = link
    succeeded = {frozenset((s, t)) for kind, s, t in best if kind == "SUCCESSOR_OF"}
    kept = [
        link
        for link in best.values()
        if link.kind != "PART_OF" or frozenset((link.source, link.target)) not in succeeded
    ]
    closing = _closing(link for link in kept if link.kind == "PART_OF")
    return [link for link in kept if link not in closing]


_FORM = re.compile(r"股份|有限|责任|集团|总?公司|[（()）·\s]")


def _namesakes(reading: Reading, link: Link) -> bool:
    """Whether a part and its whole are one firm under two legal forms."""
    one, other = (_FORM.sub("", reading.names[e]) for e in (link.source, link.target))
    return link.kind == "PART_OF" and one == other


def _closing(links: Iterable[Link]) -> set[Link]:
    """The least sure links that would make something a part of itself, through whatever wholes."""
    wholes: dict[str, set[str]] = {}
    closing: set[Link] = set()
    for link in sorted(links, key=lambda x: (-x.confidence, x.sentence, x.source, x.target)):
        if link.source in _above(link.target, wholes):
            closing.add(link)
        else:
            wholes.setdefault(link.source, set()).add(link.target)
    return closing


def _above(entity: str, wholes: dict[str, set[str]]) -> set[str]:
    found = {entity}
    fresh = [entity]
    while fresh:
        more = wholes.get(fresh.pop(), set()) - found
        found |= more
        fresh += more
    return found


def _all(reading: Reading) -> Iterator[Link]:
    yield from _nested(reading)
    yield from _prefixed(reading)
    for sentence in reading.sentences:
        if sentence.tokens:
            yield from _cued(reading, sentence)
            yield from _shares(reading, sentence)
            yield from _elected(reading, sentence)
            yield from _adjacent(reading, sentence)
    yield from _orphans(reading)


def _cued(reading: Reading, sentence: Sentence) -> Iterator[Link]:
    if not CUES.search(sentence.folded):
        return
    for pattern in PATTERNS:
        for m in pattern.regex.finditer(sentence.folded):
            if pattern.allies and not _allied(reading, sentence.tokens[m["t"]].entities[-1]):
                continue
            for source in _parts(pattern, sentence, m):
                for target in _wholes(pattern, sentence.tokens[m["t"]].entities):
                    yield Link(pattern.kind, source, target, sentence.index, pattern.confidence)


_ALLIES = re.compile(r"(?:联盟|共同体|协作组|协作网|职教集团|教育集团|联合体|协会|商会|学会)$")
_SHARE = compile_pattern(
    r"([Ⓖ])(?:则|仍|各|合计|共|通过[^，。；Ⓐ]{0,12})*(?:控股|持股|占股|出资占?|全资持有)(?:比例)?"
    r"(?:约|为|合计)*[\d.]+[%％]"
)


def _allied(reading: Reading, entity: str) -> bool:
    return bool(_ALLIES.search(reading.names[entity]))


def _shares(reading: Reading, sentence: Sentence) -> Iterator[Link]:
    """甲由乙持股51%: of what the sentence names before, else of the document's firm."""
    found = list(_SHARE.finditer(sentence.folded))
    if not found:
        return
    owners = [entity for m in found for entity in sentence.tokens[m[1]].entities]
    named = [
        entity
        for c in sentence.folded[: found[0].start()]
        if c in sentence.tokens and is_kind(c, "Ⓞ")
        for entity in sentence.tokens[c].entities[:1]
        if entity not in owners
    ]
    firm = named[0] if named else reading.main
    if firm and firm not in owners and reading.kinds[firm] in ("Firm", "Institute"):
        yield from (Link("OWNS", owner, firm, sentence.index, 0.7) for owner in owners)


_ELECTED = compile_pattern(
    r"([Ⓖ])(?:为|当选|担任|成为|作为)+(?:首届|新一届|联盟|协会)*"
    r"(?:副?理事长|副?会长|常务理事|理事|轮值主席|成员|会员)单位"
)


def _elected(reading: Reading, sentence: Sentence) -> Iterator[Link]:
    """选举甲为理事长单位: a member of the association named last, before or in the sentence."""
    for m in _ELECTED.finditer(sentence.folded):
        for before in reversed(reading.sentences[max(sentence.index - 4, 0) : sentence.index + 1]):
            allies = [e for t in before.tokens.values() for e in t.entities if e in reading.names]
            allies = [e for e in allies if reading.is_organization(e) and _allied(reading, e)]
            if allies:
                members = sentence.tokens[m[1]].entities
                yield from (
                    Link("MEMBER_OF", member, allies[0], sentence.index, 0.7)
                    for member in members
                    if not _allied(reading, member)
                )
                break


_ALL_OF_THEM = re.compile(r"等?(?:共|多|近|[\d一二两三四五六七八九十几])+(?:大|余|多)?[家个所]")


def _parts(pattern: Pattern, sentence: Sentence, m: re.Match[str]) -> tuple[str, ...]:
    """甲旗下的乙、丙: only 乙 is surely a part of 甲, unless both are counted (乙、丙两家)."""
    sources = sentence.tokens[m["s"]].entities
    listed = m.end("t") < m.start("s") and not _ALL_OF_THEM.match(sentence.folded, m.end("s"))
    between = sentence.folded[m.end("t") : m.start("s")]
    open_list = listed and not re.search(r"[有括设辖]$", between)
    return sources[:1] if pattern.kind == "PART_OF" and open_list else sources


def _wholes(pattern: Pattern, targets: tuple[str, ...]) -> tuple[str, ...]:
    """甲、乙和丙旗下的丁: only the last of a list is the whole of a part."""
    return targets[-1:] if pattern.kind == "PART_OF" else targets


def _nested(reading: Reading) -> Iterator[Link]:
    """武汉大学计算机学院 is part of 武汉大学: the parent is the inner name reaching furthest."""
    longest: dict[tuple[str, int], tuple[int, int, str, int]] = {}
    for n in reading.nested:
        organizations = reading.is_organization(n.outer) and reading.is_organization(n.inner)
        head = n.inner_span.end >= n.outer_span.end
        if not organizations or head:
            continue
        if reading.annotation.document.text[n.inner_span.end] in "—－-–·":
            continue
        row = (n.inner_span.end, n.inner_span.end - n.inner_span.start, n.inner, n.sentence)
        key = (n.outer, n.outer_span.start)
        longest[key] = max(longest.get(key, row), row)
    for (outer, _), (_, _, inner, sentence) in longest.items():
        if _SPONSORS.search(reading.names[inner]) and _SPONSORED.search(reading.names[outer]):
            continue
        zone = _BOARD.search(reading.names[outer]) and not _GOVERNS.search(reading.names[inner])
        if not zone:  # a zone's committee is no part of the zone
            yield Link("PART_OF", outer, inner, sentence, 0.9)


_SPONSORS = re.compile(r"(?:部|省|市)$")
_SPONSORED = re.compile(
    r"[部省市](?:国家|全国)?(?:重点实验室|工程研究中心|工程技术研究中心|工程实验室|技术创新中心|协同创新中心)$"
)
_BOARD = re.compile(r"(?:管委会|管理委员会)$")
_GOVERNS = re.compile(r"(?:政府|委员会|委|局|厅|部|集团|公司)$")
_UNIT_KINDS = (
    "University",
    "Laboratory",
    "Institute",
    "Hospital",
    "Association",
    "Agency",
    "Intermediary",
)
_UNIT = re.compile(
    r"(?:系|学院|研究生院|书院|校区|学部|研究院|研究所|研究中心|实验室|中心|基地|"
    r"医院|基金会|校友会|分院|分校|司|处|办公室|部|党组|"
    r"研究室|图书馆|工作站|团委)(?:（.*）)?$"
)


def _prefixed(reading: Reading) -> Iterator[Link]:
    """A unit whose name begins with that of another organization of the document."""
    done = {n.outer for n in reading.nested if n.inner_span.end < n.outer_span.end}
    entities = [e for e in reading.annotation.entities if reading.is_organization(e.id)]
    starts: dict[str, list[tuple[str, str]]] = {}
    for e in entities:
        for form in dict.fromkeys((e.name, *e.aliases)):
            if len(form) >= 4:
                starts.setdefault(form[:4], []).append((form, e.id))
    for unit in entities:
        if unit.id in done or not _UNIT.search(unit.name) or not unit.mentions:
            continue
        forms = [
            (len(form), parent)
            for form, parent in starts.get(unit.name[:4], ())
            if parent != unit.id and unit.name.startswith(form) and len(unit.name) > len(form) + 1
        ]
        if forms:
            yield Link("PART_OF", unit.id, max(forms)[1], _sentence_of(reading, unit.id), 0.8)


_ADJACENT = compile_pattern(r"([Ⓞ])(?:的|所属|下属)?([Ⓞ])")


def _adjacent(reading: Reading, sentence: Sentence) -> Iterator[Link]:
    """我校生命科学学院: a unit named right after its parent."""
    for m in _ADJACENT.finditer(sentence.marked):
        parents = sentence.tokens[m[1]].entities
        units = sentence.tokens[m[2]].entities
        if len(parents) == 1 and len(units) == 1 and _is_unit(reading, units[0]):
            yield Link("PART_OF", units[0], parents[0], sentence.index, 0.75)


def _is_unit(reading: Reading, entity: str) -> bool:
    name = reading.names[entity]
    if reading.kinds[entity] == "University":
        return is_inner_school(name)
    return bool(_UNIT.search(name)) and reading.kinds[entity] in (*_UNIT_KINDS, "Firm")


def _orphans(reading: Reading) -> Iterator[Link]:
    """A school without a parent belongs to the university named before it, else to the main one."""
    for e in reading.annotation.entities:
        if e.kind != "University" or not is_inner_school(e.name) or not e.mentions:
            continue
        if any(n.outer == e.id for n in reading.nested):
            continue
        sentence = reading.sentences[_sentence_of(reading, e.id)]
        parent = _university_before(reading, sentence, e.mentions[0].start) or reading.university
        if parent and parent != e.id:
            yield Link("PART_OF", e.id, parent, sentence.index, 0.6)
            yield from _siblings(reading, sentence, e.id, parent)


def _siblings(reading: Reading, sentence: Sentence, school: str, parent: str) -> Iterator[Link]:
    """甲系教授和乙研究所所长: an institute listed with a school of a university that was named."""
    letters = [c for c in sentence.marked if c in sentence.tokens and is_kind(c, "Ⓞ")]
    entities = [sentence.tokens[c].entities[-1] for c in letters]
    if parent not in entities or school not in entities:
        return
    after = entities[entities.index(school) + 1 :][:1]
    text = sentence.marked
    for unit in after:
        at = text.index(letters[entities.index(unit)])
        listed = re.search(r"[和、及与]$", text[:at])
        if (
            listed
            and reading.kinds[unit] in ("Institute", "Laboratory")
            and not _placed(unit, reading)
        ):
            yield Link("PART_OF", unit, parent, sentence.index, 0.55)


def _placed(entity: str, reading: Reading) -> bool:
    return bool(re.match(r"中国|国家|.{2,3}[省市]|.{2,8}大学", reading.names[entity]))


def _university_before(reading: Reading, sentence: Sentence, start: int) -> str | None:
    found = [
        t
        for t in sentence.tokens.values()
        if t.end <= start
        and len(t.entities) == 1
        and reading.kinds[t.entities[0]] == "University"
        and not is_inner_school(reading.names[t.entities[0]])
    ]
    return max(found, key=lambda t: t.end).entities[0] if found else None


def _sentence_of(reading: Reading, entity: str) -> int:
    for e in reading.annotation.entities:
        if e.id == entity:
            start = e.mentions[0].start
            spans: Iterable[Sentence] = reading.sentences
            return max((s.index for s in spans if s.span.start <= start), default=0)
    return 0
