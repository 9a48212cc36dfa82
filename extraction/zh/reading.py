"""A document as the grammar reads it: mentions become letters, so that patterns stay short.

In a pattern, inside a character class, Ⓞ stands for an organization, Ⓟ a person, Ⓛ a place,
Ⓣ a project or technology, Ⓖ any organization, person or mixed list of them, Ⓐ any mention:
`compile_pattern("由([Ⓖ])主办")` finds `由省教育厅、省科技厅主办` once lists have been folded.
The letters are private-use code points, one for each mention of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from trihelix.extraction.zh.dates import Dated
from trihelix.schema.records import Annotation, Span
from trihelix.schema.registry import registry
from trihelix.schema.vocabulary import vocabulary

_SIZE = 0x400
_BASE = {"Ⓞ": 0xE000, "Ⓟ": 0xE400, "Ⓜ": 0xE800, "Ⓛ": 0xEC00, "Ⓣ": 0xF000}
_RANGE = {name: f"{chr(base)}-{chr(base + _SIZE - 1)}" for name, base in _BASE.items()}
_RANGE["Ⓖ"] = f"{chr(_BASE['Ⓞ'])}-{chr(_BASE['Ⓜ'] + _SIZE - 1)}"
_RANGE["Ⓐ"] = f"{chr(_BASE['Ⓞ'])}-{chr(_BASE['Ⓣ'] + _SIZE - 1)}"
_MARKS = re.compile("[ⓄⓅⓂⓁⓉⒼⒶ]")
_FOREIGN = re.compile("[\ue000-\uf8ff]")
_UNIVERSITY = "University"
Marked = tuple[Span, tuple[str, ...], bool]  # where, whom, whether by a generic reference


def compile_pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern over sentences whose mentions are letters (see the module)."""
    return re.compile(_MARKS.sub(lambda m: _RANGE[m[0]], source))


ANY = compile_pattern("[Ⓐ]")


def is_kind(letter: str, kind: str) -> bool:
    """Whether a letter stands for Ⓞ, Ⓟ, Ⓜ (mixed list), Ⓛ or Ⓣ."""
    return 0 <= ord(letter) - _BASE[kind] < _SIZE


@dataclass(frozen=True, slots=True)
class Token:
    """What one letter stands for: one mention, or a coordinated list of them.

    `employers` are the organizations that the persons are introduced with. `joint` marks a list
    that a verb of joining holds together (甲携手乙).
    """

    letter: str
    entities: tuple[str, ...]
    start: int
    end: int
    employers: tuple[str, ...] = ()
    joint: bool = False
    generic: bool = False


@dataclass(slots=True)
class Sentence:
    """One sentence: its place in the text, its letters, and what they stand for.

    `marked` has only the mentions replaced; `folded` (set by fold.py) has posts and lists folded.
    """

    index: int
    span: Span
    paragraph: int
    marked: str
    tokens: dict[str, Token]
    folded: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, kind: str, *, entities: tuple[str, ...], start: int, end: int, **more: object
    ) -> str | None:
        """A new letter of this sentence; None when the sentence has too many already."""
        if self.counts[kind] >= _SIZE:
            return None
        letter = chr(_BASE[kind] + self.counts[kind])
        self.counts[kind] += 1
        self.tokens[letter] = Token(letter, entities, start, end, **more)  # type: ignore[arg-type]
        return letter

    def replace(self, letter: str, **changes: object) -> None:
        """Change what a letter stands for."""
        self.tokens[letter] = replace(self.tokens[letter], **changes)  # type: ignore[arg-type]

    def entities(self, letters: Iterable[str]) -> tuple[str, ...]:
        """The entities behind some letters, once each, in order."""
        return tuple(dict.fromkeys(e for x in letters for e in self.tokens[x].entities))


@dataclass(frozen=True, slots=True)
class Nested:
    """A mention inside a longer one: 武汉大学 in 武汉大学计算机学院."""

    outer: str
    inner: str
    outer_span: Span
    inner_span: Span
    sentence: int


@dataclass(slots=True)
class Reading:
    """A whole document in letters.

    `dates` (of each sentence) and `day` (that the article is about) are set when events are read.
    """

    annotation: Annotation
    sentences: list[Sentence]
    nested: list[Nested]
    kinds: dict[str, str]
    names: dict[str, str]
    main: str | None
    university: str | None
    employers: dict[str, str] = field(default_factory=dict)
    dates: list[list[Dated]] = field(default_factory=list)
    day: str | None = None

    def is_organization(self, entity: str) -> bool:
        """Whether an entity is of a kind of organization."""
        return vocabulary().is_organization(self.kinds[entity])

    def organizations(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Those of the entities that are organizations."""
        return tuple(e for e in entities if self.is_organization(e))


def read(annotation: Annotation) -> Reading:
    """Put a document into letters."""
    kinds = {e.id: e.kind for e in annotation.entities}
    names = {e.id: e.name for e in annotation.entities}
    outer, nested = _outermost(annotation)
    sentences = _sentences(annotation)
    by_sentence: dict[int, list[Marked]] = {}
    starts = [s.span.start for s in sentences]
    for span, entities, generic in outer:
        index = bisect_right(starts, span.start) - 1
        if index >= 0 and span.end <= sentences[index].span.end:
            by_sentence.setdefault(index, []).append((span, entities, generic))
    for index, mentions in by_sentence.items():
        _mark(sentences[index], mentions, annotation.document.text, kinds)
    for i, one in enumerate(nested):
        at = max(bisect_right(starts, one.outer_span.start) - 1, 0)
        nested[i] = replace(one, sentence=at)
    weights = _weights(annotation, outer)
    return Reading(
        annotation=annotation,
        sentences=sentences,
        nested=nested,
        kinds=kinds,
        names=names,
        main=_main(annotation, weights, None),
        university=_main(annotation, weights, _UNIVERSITY),
    )


def _outermost(
    annotation: Annotation,
) -> tuple[list[Marked], list[Nested]]:
    """Mentions and references not inside another mention, in text order; and those that are."""
    rows: list[Marked] = [(m, (e.id,), False) for e in annotation.entities for m in e.mentions]
    rows += [
        (Span(start=r.start, end=r.end), r.entities, True)
        for r in annotation.references
        if r.entities
    ]
    rows.sort(key=lambda row: (row[0].start, -row[0].end, row[2], row[1]))
    outer: list[Marked] = []
    nested: list[Nested] = []
    open_rows: list[Marked] = []
    for row in rows:
        open_rows = [o for o in open_rows if o[0].end > row[0].start]
        if not open_rows:
            outer.append(row)
        elif not row[2]:
            nested += [
                Nested(o[1][0], row[1][0], o[0], row[0], 0)
                for o in open_rows
                if not o[2] and o[0] != row[0] and o[1] != row[1]
            ]
        open_rows.append(row)
    return outer, nested


def _sentences(annotation: Annotation) -> list[Sentence]:
    text = annotation.document.text
    found: list[Sentence] = []
    paragraph, last = 0, 0
    for index, span in enumerate(annotation.sentences):
        if "\n" in text[last : span.start]:
            paragraph += 1
        last = span.end
        clear = _FOREIGN.sub(" ", span.of(text))
        found.append(Sentence(index, span, paragraph, clear, {}))
    return found


def _mark(
    sentence: Sentence,
    mentions: list[Marked],
    text: str,
    kinds: dict[str, str],
) -> None:
    parts: list[str] = []
    at = sentence.span.start
    for span, entities, generic in mentions:
        letter = sentence.add(
            letter_kind(entities, kinds),
            entities=entities,
            start=span.start,
            end=span.end,
            generic=generic,
        )
        if letter is None:
            break
        parts += [_FOREIGN.sub(" ", text[at : span.start]), letter]
        at = span.end
    parts.append(_FOREIGN.sub(" ", text[at : sentence.span.end]))
    sentence.marked = _BRACKETED.sub(lambda m: _without_alias(sentence, m), "".join(parts))


_BRACKETED = compile_pattern(r"([Ⓞ])[（(]([^（）()]{1,24})[）)]")
_ALIAS = compile_pattern(r"(?:以下|下)?(?:简称|称)?[:：]?[“\"]?([Ⓞ])[”\"]?")


def _without_alias(sentence: Sentence, m: re.Match[str]) -> str:
    """Drop the bracket after an organization that only renames or places it: 某协会（ABGIS）."""
    alias = _ALIAS.fullmatch(m[2])
    same = alias and sentence.tokens[alias[1]].entities == sentence.tokens[m[1]].entities
    return m[1] if same or not ANY.search(m[2]) else m[0]


def letter_kind(entities: Iterable[str], kinds: dict[str, str]) -> str:
    """The kind of letter for a list: Ⓜ when organizations and persons mix."""
    found = {_kind(kinds[e]) for e in entities}
    if len(found) == 1:
        return found.pop()
    return "Ⓜ" if found <= {"Ⓞ", "Ⓟ"} else min(found)


def _kind(kind: str) -> str:
    if kind == "Person":
        return "Ⓟ"
    if kind == "Place":
        return "Ⓛ"
    return "Ⓞ" if vocabulary().is_organization(kind) else "Ⓣ"


def _weights(annotation: Annotation, outer: list[Marked]) -> Counter[str]:
    """How much a document is about each entity: mentions, those of the title three times."""
    title = annotation.sentences[0].end if annotation.sentences else 0
    weights: Counter[str] = Counter()
    for span, entities, _ in outer:
        for entity in entities:
            weights[entity] += 3 if span.end <= title else 1
    return weights


def _main(annotation: Annotation, weights: Counter[str], kind: str | None) -> str | None:
    rows = [
        (-weights[e.id], min((m.start for m in e.mentions), default=0), e.id)
        for e in annotation.entities
        if (e.kind == kind if kind else vocabulary().is_organization(e.kind))
        and not (kind == _UNIVERSITY and is_inner_school(e.name))
    ]
    return min(rows)[2] if rows else None


_INNER = re.compile(r"(?:系|学部|研究生院|书院|校区|教研室|教务处|本科生院)(?:（.*）)?$")
_COLLEGE = re.compile(r"学院(?:（.*）)?$")
_INDEPENDENT = re.compile(
    r"大学|职业|高等|专科|技师|师范|警官|警察|行政学院|社会主义学院|党校|"
    r"^(?:中国|国家|中央|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|"
    r"山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|"
    r"宁夏|新疆|香港|澳门|"
    r"台湾|广州|深圳|南京|武汉|杭州|成都|西安|沈阳|大连|长春|哈尔滨|济南|青岛|厦门|"
    r"福州|郑州|长沙|南昌|"
    r"合肥|昆明|贵阳|兰州|南宁|海口|太原|石家庄|苏州|无锡|常州|宁波|温州|扬州|徐州|"
    r"常熟|.{2,3}[省市州])"
)


def is_inner_school(name: str) -> bool:
    """Whether a name is a school or department that says nothing of its university.

    >>> is_inner_school("计算机学院"), is_inner_school("沈阳工程学院")
    (True, False)
    """
    if _INNER.search(name):
        return "大学" not in name
    college = _COLLEGE.search(name) and not _INDEPENDENT.search(name)
    return bool(college) and not registry().lookup(name)


_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]{1,400}")


def clauses(text: str) -> Iterator[tuple[int, str]]:
    """The clauses of a folded sentence, with their offsets; endless ones are cut."""
    return ((m.start(), m[0]) for m in _CLAUSE.finditer(text))
