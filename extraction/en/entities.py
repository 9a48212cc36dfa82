"""The entities of an English document: full and short names, acronyms and surnames merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trihelix.extraction.en.names import kind_of
from trihelix.extraction.en.tagger import COUNTRIES, is_organization
from trihelix.extraction.tagged import Tagged
from trihelix.schema.records import Annotation, Document, Entity, Reference, Span
from trihelix.schema.registry import registry
from trihelix.schema.vocabulary import vocabulary

_SENTENCE = re.compile(
    r"[^\n]+?(?:[.!?]+[”\"’)]*(?=\s+[A-Z“\"«‘(]|\s*$|\s*\n)|(?=\n)|$)", re.MULTILINE
)
_ABBREVIATED = re.compile(r"\b(?:Dr|Prof|Mr|Ms|Mrs|Inc|Corp|Co|Ltd|St|vs|No|[A-Z])\.$")
_ACRONYM = re.compile(r"^ ?\((?:the |hereafter |“|\")?([A-Z][A-Za-z0-9&-]{1,11})(?:”|\")?\)")
_CHINESE = re.compile(r"^ ?[(（]([\u4e00-\u9fff（）·]{2,30})[)）]")
_LEGAL = re.compile(
    r",? (?:Inc\.?|Corp\.?|Corporation|Co\.?,? Ltd\.?|Ltd\.?|LLC|Limited|Company|Group)$"
)
_REFERENCE = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (university|company|firm|startup|institute|laboratory|lab|foundation"
    r"|hospital|ministry|agency|association|consortium|alliance|center|centre|group)\b"
    r"|\b(?:[Bb]oth|[Tt]he two) (sides|parties|institutions|companies|universities)\b"
    r"|\b([Ww]e|[Oo]ur)\b"
)
_REFERENCE_KIND = {
    "university": "University",
    "institute": "Institute",
    "laboratory": "Laboratory",
    "lab": "Laboratory",
    "center": "Laboratory",
    "centre": "Laboratory",
    "hospital": "Hospital",
    "ministry": "Agency",
    "agency": "Agency",
    "foundation": "Association",
    "association": "Association",
    "consortium": "Association",
    "alliance": "Association",
}


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences with offsets; an abbreviation's stop or an initial's does not end one.

    >>> [s.of("Dr. Li spoke. He left.") for s in sentences("Dr. Li spoke. He left.")]
    ['Dr. Li spoke.', 'He left.']
    """
    found: list[Span] = []
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if start >= end:
            continue
        if (
            found
            and _ABBREVIATED.search(found[-1].of(text))
            and "\n" not in text[found[-1].end : start]
        ):
            found[-1] = Span(start=found[-1].start, end=end)
        else:
            found.append(Span(start=start, end=end))
    return tuple(found)


@dataclass(slots=True)
class _Draft:
    """An entity while its names are being gathered."""

    kind: str
    name: str
    names: set[str]
    mentions: list[Span] = field(default_factory=list)


def annotate(document: Document, tagged: Sequence[Tagged]) -> Annotation:
    """The entities of a document, merged and typed, with the generic references to them."""
    text = document.text
    drafts = _merge(text, tagged)
    drafts.sort(key=lambda d: min((m.start, m.end) for m in d.mentions))
    entities = tuple(_entity(f"e{n}", draft) for n, draft in enumerate(drafts, start=1))
    return Annotation(
        document=document,
        sentences=sentences(text),
        entities=entities,
        references=tuple(_references(text, entities)),
    )


def _entity(id_: str, draft: _Draft) -> Entity:
    return Entity(
        id=id_,
        kind=draft.kind,
        name=draft.name,
        aliases=tuple(sorted(draft.names - {draft.name})),
        mentions=tuple(sorted(draft.mentions, key=lambda m: (m.start, m.end))),
    )


def _merge(text: str, tagged: Sequence[Tagged]) -> list[_Draft]:
    """Longest names first, so that a short form finds the full one."""
    drafts: list[_Draft] = []
    by_name: dict[str, _Draft] = {}
    for span in sorted(tagged, key=lambda t: (-(t.end - t.start), t.start)):
        name = text[span.start : span.end]
        draft = by_name.get(name) or _full_form(name, span.label, drafts)
        if draft is None:
            draft = _Draft(kind=span.label, name=name, names=set())
            drafts.append(draft)
        draft.names.add(name)
        by_name[name] = draft
        draft.mentions.append(Span(start=span.start, end=span.end))
        _add_bracketed(text, span, draft, by_name)
    _join_acronyms(drafts)
    _add_surnames(text, drafts)
    return drafts


def _full_form(name: str, label: str, drafts: Sequence[_Draft]) -> _Draft | None:
    """The draft that this is a short form of: without its legal form, or its first words."""
    known = {e.key for e in registry().lookup(name)}
    for draft in drafts:
        if (draft.kind == "Person") != (label == "Person"):
            continue
        if _LEGAL.sub("", draft.name) == name or known & {
            e.key for e in registry().lookup(draft.name)
        }:
            return draft
        alike = label == draft.kind or (kind_of(name) is None and is_organization(label))
        if label != "Person" and alike and draft.name.startswith(name + " ") and known == set():
            return draft
    return None


def _add_bracketed(text: str, span: Tagged, draft: _Draft, by_name: dict[str, _Draft]) -> None:
    """`Full Name (ABC)` and `Full Name (中文名)` name one thing twice."""
    for pattern in (_ACRONYM, _CHINESE):
        match = pattern.match(text, span.end) or pattern.match(text[span.end :])
        if match and match.group(1) not in COUNTRIES:
            offset = span.end if match.string is not text else 0
            alias = match.group(1)
            draft.names.add(alias)
            by_name[alias] = draft
            draft.mentions.append(Span(start=offset + match.start(1), end=offset + match.end(1)))


def _join_acronyms(drafts: list[_Draft]) -> None:
    """An acronym that one full name of the document spells is that name."""
    for short in [d for d in drafts if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]", d.name)]:
        letters = short.name.upper()
        full = [
            d
            for d in drafts
            if d is not short and letters in {_initials(d.name), _initials(d.name, "&")}
        ]
        if len(full) == 1:
            full[0].names |= short.names
            full[0].mentions += short.mentions
            drafts.remove(short)


def _initials(name: str, joiners: str = "") -> str:
    words = re.findall(r"[A-Za-z&]+", name)
    return "".join(w[0] for w in words if w[0].isupper() or w in joiners).upper()


def _add_surnames(text: str, drafts: Sequence[_Draft]) -> None:
    """`Watts says` means Gordon Watts when no other person or name claims the word."""
    people = [d for d in drafts if d.kind == "Person" and " " in d.name]
    taken = {m.start for d in drafts for m in d.mentions}
    inside = [(m.start, m.end) for d in drafts for m in d.mentions]
    for person in people:
        for part in (person.name.split()[-1], person.name.split()[0]):
            if len(part) < 3 or sum(part in p.name.split() for p in people) != 1:
                continue
            for match in re.finditer(rf"\b{re.escape(part)}\b(?= \w|[,.’'])", text):
                a, b = match.span()
                if a not in taken and not any(s <= a < e for s, e in inside):
                    person.mentions.append(Span(start=a, end=b))
                    person.names.add(part)


def _references(text: str, entities: Sequence[Entity]) -> list[Reference]:
    """`the university`, `both sides`, `we`: what they stand for, where that is clear."""
    organizations = [e for e in entities if vocabulary().is_organization(e.kind)]
    if not organizations:
        return []
    found = []
    main = max(organizations, key=lambda e: (len(e.mentions), -e.mentions[0].start))
    for match in _REFERENCE.finditer(text):
        noun, both, _ = match.groups()
        before = [e for e in organizations if e.mentions[0].start < match.start()]
        if both:
            latest = sorted(before, key=lambda e: _last_mention(e, match.start()))[-2:]
            meant = latest if len(latest) == 2 else []
        elif noun:
            kind = _REFERENCE_KIND.get(noun, "Firm")
            fitting = [e for e in before if e.kind == kind]
            meant = [max(fitting, key=lambda e: _last_mention(e, match.start()))] if fitting else []
        else:
            meant = [main]
        if meant:
            ids = tuple(sorted(e.id for e in meant))
            found.append(Reference(start=match.start(), end=match.end(), entities=ids))
    return found


def _last_mention(entity: Entity, before: int) -> int:
    return max((m.start for m in entity.mentions if m.start < before), default=-1)
