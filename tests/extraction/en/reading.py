"""What a text says, by name, for the tests of English extraction."""

from __future__ import annotations

from trihelix.extraction.annotate import annotate
from trihelix.schema.records import Document, Event, Extraction


def extract(text: str, *, published: str | None = None) -> Extraction:
    return annotate(
        Document.of(source="test", title="", body=text, language="en", published=published)
    )


def entities(text: str) -> set[tuple[str, str]]:
    return {(e.kind, e.name) for e in extract(text).entities}


def facts(text: str) -> set[tuple[str, str, str]]:
    found = extract(text)
    name = {e.id: e.name for e in found.entities}
    return {(r.kind, name[r.source], name[r.target]) for r in found.relations}


def roles(text: str) -> set[tuple[str, str, str]]:
    found = extract(text)
    name = {e.id: e.name for e in found.entities}
    return {(v.kind, p.role, name[p.entity]) for v in found.events for p in v.participants}


def events(text: str, *, published: str | None = None) -> tuple[Event, ...]:
    return extract(text, published=published).events
