"""The entities of a Chinese document, merged and typed, from the tagger's spans and the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh import aliases, persons
from trihelix.extraction.zh.certainty import Seen, certainty, features, seen
from trihelix.extraction.zh.mentions import Mention, consistent
from trihelix.extraction.zh.organizations import organizations
from trihelix.extraction.zh.people import merge_persons
from trihelix.extraction.zh.places import home_of
from trihelix.extraction.zh.references import references
from trihelix.extraction.zh.sentences import sentences
from trihelix.extraction.zh.sites import sites
from trihelix.extraction.zh.works import works
from trihelix.schema.records import Annotation, Document, Entity, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity before it has its id."""

    kind: str
    name: str
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]


def annotate(document: Document, tagged: Sequence[Tagged]) -> Annotation:
    """The sentences, entities and references of a document.

    `tagged` are the tagger's spans, with offsets into `document.text`. Entity ids are e1, e2, ...
    by first mention. The same input always gives the same output.
    """
    text = document.text
    home = home_of(document)
    tagged = consistent(text, tagged)
    named = organizations(text, tagged)
    people = persons.persons(text, tagged, named)
    things = works(text, [*named, *people])
    where = sites(text, tagged, [*named, *people, *things])
    drafts = [_organization(g) for g in aliases.group(text, named, home)]
    drafts += [
        Draft("Person", name, forms, mentions)
        for name, forms, mentions in merge_persons(text, people)
    ]
    drafts += _by_form(text, [*things, *where])
    entities = _numbered(drafts, seen(tagged))
    parts = sentences(text)
    return Annotation(
        document=document,
        sentences=parts,
        entities=entities,
        references=references(document, parts, entities),
    )


def _by_form(text: str, mentions: Sequence[Mention]) -> list[Draft]:
    """Places, projects and technologies: one entity a name and kind."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for m in mentions:
        found.setdefault((m.kind or "Technology", text[m.start : m.end]), []).append(m)
    return [Draft(kind, name, (), tuple(sorted(ms))) for (kind, name), ms in found.items()]


def _organization(group: aliases.Group) -> Draft:
    canonical = group.canonical
    name = canonical if len(canonical) > len(group.longest) else group.longest
    forms = tuple(f for f in dict.fromkeys([*group.forms, canonical]) if f and f != name)
    kind = group.kind or "OtherOrganization"
    return Draft(kind, name, forms, tuple(sorted(group.mentions)))


def _numbered(drafts: Iterable[Draft], scores: Seen) -> tuple[Entity, ...]:
    """Ids by first mention, the longer name first where two begin together."""
    ordered = sorted(drafts, key=lambda d: (d.mentions[0].start, -d.mentions[0].end, d.name))
    return tuple(
        Entity(
            id=f"e{number}",
            kind=draft.kind,
            name=draft.name,
            aliases=tuple(sorted(draft.forms)),
            mentions=tuple(Span(start=m.start, end=m.end) for m in sorted(set(draft.mentions))),
            confidence=certainty(
                draft.kind,
                features(draft.kind, draft.name, draft.forms, draft.mentions, scores),
            ),
        )
        for number, draft in enumerate(ordered, start=1)
    )
