"""Annotations from text whose mentions are marked by hand.

    {U:东北大学}校长{P:冯一}出席        a mention, its kind by letter
    {U:{U:武汉大学}计算机学院}          a mention inside another
    {=东北大学:我校}                    a generic reference

Equal names are one entity, whose id is its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trihelix.extraction.zh.relate import relate
from trihelix.extraction.zh.roles import Proposals
from trihelix.schema.records import Annotation, Document, Entity, Extraction, Reference, Span

KINDS = {
    "U": "University", "I": "Institute", "L": "Laboratory", "F": "Firm", "V": "Investor",
    "A": "Agency", "M": "Intermediary", "S": "Association", "H": "Hospital",
    "O": "OtherOrganization", "P": "Person", "C": "Place", "J": "Project", "T": "Technology",
}  # fmt: skip
_TOKEN = re.compile(r"\{(?:=(?P<ref>[^:{}]+)|(?P<kind>[A-Z])):|(?P<close>\})")


def annotation(marked: str, *, published: str | None = None, title: str = "") -> Annotation:
    """The annotation of a marked text; sentences end at 。！？ and line ends."""
    text, spans = _parse(f"{title}\n\n{marked}" if title else marked)
    head, _, body = text.partition("\n\n")
    document = Document.of(
        source="written",
        title=head if title else "",
        body=body if title else text,
        language="zh",
        published=published,
    )
    mentions: dict[tuple[str, str], list[Span]] = {}
    references = []
    for start, end, kind, ref in sorted(spans):
        if ref:
            references.append(Reference(start=start, end=end, entities=tuple(ref.split("+"))))
        else:
            mentions.setdefault((text[start:end], kind), []).append(Span(start=start, end=end))
    entities = tuple(
        Entity(id=name, kind=KINDS[kind], name=name, mentions=tuple(spans))
        for (name, kind), spans in mentions.items()
    )
    return Annotation(
        document=document,
        sentences=tuple(_sentences(text)),
        entities=entities,
        references=tuple(references),
    )


def _parse(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    text, at = "", 0
    open_spans: list[tuple[int, str, str]] = []
    spans = []
    for m in _TOKEN.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if m["close"]:
            start, kind, ref = open_spans.pop()
            spans.append((start, len(text), kind, ref))
        else:
            open_spans.append((len(text), m["kind"] or "", m["ref"] or ""))
    return text + marked[at:], spans


def _sentences(text: str) -> Iterator[Span]:
    for m in re.finditer(r"[^\n。！？]+[。！？]?", text):
        yield Span(start=m.start(), end=m.end())


def extract(marked: str, *, published: str | None = None, title: str = "") -> Extraction:
    """What the grammar makes of a marked text, without the role model's proposals."""
    said = annotation(marked, published=published, title=title)
    return relate(said, model=lambda _: Proposals())


def relations(marked: str) -> set[tuple[str, str, str]]:
    """Kind, source and target of the relations of a marked text."""
    return {(r.kind, r.source, r.target) for r in extract(marked).relations}


def posts(marked: str) -> set[tuple[str, str, str | None]]:
    """Person, organization and title of the posts of a marked text."""
    found = extract(marked).relations
    return {(r.source, r.target, r.title) for r in found if r.kind == "HOLDS_POST"}


def roles(marked: str, kind: str) -> set[tuple[str, str]]:
    """Role and participant of the events of one kind in a marked text."""
    return {
        (p.role, p.entity)
        for event in extract(marked).events
        if event.kind == kind
        for p in event.participants
    }
