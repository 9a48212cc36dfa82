"""What `the company`, `both sides`, `we` and a sentence's `It` or `They` stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trihelix.schema.records import Entity, Reference, Span
from trihelix.schema.vocabulary import vocabulary

_NOUNS: dict[str, tuple[str, ...]] = {
    "university": ("University",),
    "college": ("University",),
    "school": ("University",),
    "company": ("Firm",),
    "firm": ("Firm", "Investor"),
    "startup": ("Firm",),
    "start-up": ("Firm",),
    "group": ("Firm",),
    "bank": ("Firm",),
    "fund": ("Investor",),
    "institute": ("Institute", "Laboratory"),
    "academy": ("Institute",),
    "laboratory": ("Laboratory",),
    "lab": ("Laboratory",),
    "center": ("Laboratory", "Institute", "Intermediary"),
    "centre": ("Laboratory", "Institute", "Intermediary"),
    "hospital": ("Hospital",),
    "ministry": ("Agency",),
    "agency": ("Agency",),
    "council": ("Agency", "Association"),
    "exchange": ("Intermediary",),
    "incubator": ("Intermediary",),
    "park": ("Intermediary",),
    "foundation": ("Association",),
    "association": ("Association",),
    "society": ("Association",),
    "consortium": ("Association",),
    "alliance": ("Association",),
}
_PAIR = "sides|parties|institutions|companies|universities|partners|firms|organi[sz]ations"
_REFERENCE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his) (?:(?P<first>[A-Z][\w-]+) )?(?P<noun>{'|'.join(_NOUNS)})\b(?! of\b)"
    rf"|\b(?P<both>(?:[Bb]oth|[Tt]he two) (?:{_PAIR}))\b"
    r"|\b(?P<own>[Ww]e)\b"
)
_PRONOUN = re.compile(
    r"(?P<it>It)(?: also| now| has| will| plans| makes| develops| was (?:founded|established))\b"
    r"(?! (?:is|was) \w+ that)|(?P<they>They)\b"
)


def references(
    text: str, sentences: Sequence[Span], entities: Sequence[Entity]
) -> Iterator[Reference]:
    """The generic references of a text whose meaning is clear, in text order."""
    organizations = [e for e in entities if vocabulary().is_organization(e.kind)]
    if not organizations:
        return
    found = [*_nouns(text, organizations), *_pronouns(text, sentences, organizations)]
    yield from sorted(found, key=lambda r: r.start)


def _nouns(text: str, organizations: Sequence[Entity]) -> Iterator[Reference]:
    main = max(organizations, key=lambda e: (len(e.mentions), -e.mentions[0].start))
    for match in _REFERENCE.finditer(text):
        before = [e for e in organizations if e.mentions[0].start < match.start()]
        if match["noun"]:
            known = [e for e in before if e.name.startswith(match["first"] or "")]
            meant = _named_by(match["noun"], known, match.start(), main)
        elif match["both"]:
            latest = sorted(before, key=lambda e: _last_mention(e, match.start()))[-2:]
            meant = latest if len(latest) == 2 else []
        else:
            meant = [main]
        if meant:
            yield _reference(match.start(), match.end(), meant)


def _named_by(noun: str, before: Sequence[Entity], at: int, main: Entity) -> list[Entity]:
    """The organization whose name holds the noun, else one of the noun's kind: the main one of
    the document before the latest one.
    """
    fitting = [e for e in before if noun.casefold() in e.name.casefold().split()]
    fitting = fitting or [e for e in before if e.kind in _NOUNS[noun]]
    if main in fitting:
        return [main]
    return [max(fitting, key=lambda e: _last_mention(e, at))] if fitting else []


def _pronouns(
    text: str, sentences: Sequence[Span], organizations: Sequence[Entity]
) -> Iterator[Reference]:
    """`It` that opens a sentence is the organization that opened the one before."""
    for last, sentence in pairwise(sentences):
        match = _PRONOUN.match(text, sentence.start)
        if match is None or "\n" in text[last.end : sentence.start]:
            continue
        said = [
            (m.start, e)
            for e in organizations
            for m in e.mentions
            if last.start <= m.start < last.end
        ]
        said.sort(key=lambda s: s[0])
        opens = bool(said) and said[0][0] - last.start <= 40
        group = "it" if match["it"] else "they"
        meant = {e.id: e for _, e in said}
        if group == "it" and opens:
            yield _reference(match.start("it"), match.end("it"), [said[0][1]])
        elif group == "they" and len(meant) == 2:
            yield _reference(match.start("they"), match.end("they"), list(meant.values()))


def _reference(start: int, end: int, meant: Sequence[Entity]) -> Reference:
    return Reference(start=start, end=end, entities=tuple(sorted(e.id for e in meant)))


def _last_mention(entity: Entity, before: int) -> int:
    return max((m.start for m in entity.mentions if m.start < before), default=-1)
