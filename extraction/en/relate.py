"""Relations and events of an English document: patterns over reduced sentences, then merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trihelix.extraction.en.amounts import amount_in
from trihelix.extraction.en.dates import date_in, is_said
from trihelix.extraction.en.frames import FRAMES
from trihelix.extraction.en.merge import Told, merge
from trihelix.extraction.en.patterns import CANCELLED, PLANNED, Frame
from trihelix.extraction.en.posts import Reading, plain_title, posts, posts_at_home
from trihelix.extraction.en.skeleton import Masked, bare, flat, mask
from trihelix.extraction.en.statements import STATEMENTS
from trihelix.schema.records import (
    Annotation,
    Entity,
    Event,
    Extraction,
    Participant,
    Relation,
    Span,
    Status,
)
from trihelix.schema.vocabulary import vocabulary

_ALONE = {"Collaboration", "Signing", "Acquisition", "Transfer", "Procurement"}  # take two to tell


def relate(annotation: Annotation) -> Extraction:
    """The relations and events among a document's entities."""
    by_id = {e.id: e for e in annotation.entities}
    readings = _readings(annotation)
    relations = list(posts(readings))
    relations += [r for reading in readings for r in _statements(reading)]
    fitting = [r for r in relations if _fits(r, by_id)]
    placed = {r.source for r in fitting if r.kind == "HOLDS_POST"}
    fitting += posts_at_home(readings, by_id, placed)
    published = annotation.document.published
    told = [t for n, r in enumerate(readings) for t in _told(n, r.bare, by_id, published)]
    relations = _merge_relations(fitting)
    told = [replace(t, event=_acting(t.event, relations)) for t in told]
    return Extraction(
        document=annotation.document,
        entities=annotation.entities,
        relations=tuple(relations),
        events=tuple(merge(told)),
    )


def _readings(annotation: Annotation) -> list[Reading]:
    units = frozenset(e.id for e in annotation.entities if _is_unit(e))
    masked = [mask(annotation, sentence) for sentence in annotation.sentences]
    return [Reading(flat=flat(m), bare=bare(m, units)) for m in masked]


def _statements(reading: Reading) -> Iterator[Relation]:
    for statement in STATEMENTS:
        for masked in (reading.flat, reading.bare):
            for match in statement.pattern.finditer(masked.text):
                title = match.groupdict().get("title") or statement.title
                for source in masked.entities(match["source"]):
                    for target in masked.entities(match["target"]):
                        yield Relation(
                            kind=statement.kind,
                            source=source,
                            target=target,
                            title=plain_title(title) if title else None,
                            confidence=statement.confidence,
                            evidence=(masked.span,),
                        )


def _fits(relation: Relation, by_id: dict[str, Entity]) -> bool:
    source, target = by_id[relation.source], by_id[relation.target]
    allowed = vocabulary().allows(relation.kind, source=source.kind, target=target.kind)
    part = relation.kind != "PART_OF" or _is_unit(source)
    return source is not target and allowed and part


def _is_unit(entity: Entity) -> bool:
    """Whether an organization can well be a part: a university or a firm is mostly a whole."""
    if entity.kind == "University":
        return bool(re.match(r"(?:\w+ )?(School|Department|College|Faculty) of", entity.name))
    return entity.kind not in {"Firm", "Investor"}


def _told(
    number: int, masked: Masked, by_id: dict[str, Entity], published: str | None
) -> Iterator[Told]:
    """What one sentence tells; each phrasing only adds what no earlier one of its kind told."""
    seen: list[tuple[str, set[str]]] = []
    for frame in FRAMES:
        for match in frame.pattern.finditer(masked.text):
            participants = _participants(frame.kind, masked, match, by_id)
            who = {p.entity for p in participants}
            doubled = any(k == frame.kind and who <= before for k, before in seen)
            if not who or doubled or (frame.kind in _ALONE and len(who) < 2):
                continue
            seen.append((frame.kind, who))
            event = _event(frame, masked, match, participants, published)
            said = is_said(masked.plain, published)
            yield Told(event=event, sentence=number, said=said, weak=frame.weak)


def _acting(event: Event, relations: Sequence[Relation]) -> Event:
    """Who signs for an organization gives it the role."""
    if event.kind != "Signing":
        return event
    posts: dict[str, str] = {}
    for r in relations:
        if r.kind == "HOLDS_POST":
            posts.setdefault(r.source, r.target)
    acting = {replace(p, entity=posts.get(p.entity, p.entity)) for p in event.participants}
    return replace(event, participants=tuple(sorted(acting)))


def _event(
    frame: Frame,
    masked: Masked,
    match: re.Match[str],
    participants: set[Participant],
    published: str | None,
) -> Event:
    priced = "amount" in vocabulary().events[frame.kind].attributes
    return Event(
        id="",
        kind=frame.kind,
        date=date_in(masked.plain, published),
        status=_status(masked.text, match),
        amount=amount_in(masked.plain) if priced else None,
        confidence=frame.confidence,
        participants=tuple(sorted(participants)),
        evidence=(masked.span,),
    )


def _participants(
    kind: str, masked: Masked, match: re.Match[str], by_id: dict[str, Entity]
) -> set[Participant]:
    roles = vocabulary().events[kind].roles
    found = set()
    for group, marks in match.groupdict().items():
        role = group.rstrip("0123456789")
        if marks and role in roles:
            found |= {Participant(role=role, entity=id_) for id_ in masked.entities(marks)}
    return {p for p in found if p.entity in by_id}


def _status(text: str, match: re.Match[str]) -> Status:
    """From what the phrasing itself says; a cancellation may stand around it."""
    if CANCELLED.search(text[max(0, match.start() - 40) : match.end() + 40]):
        return "cancelled"
    return "planned" if PLANNED.search(match[0]) else "completed"


def _merge_relations(relations: Iterable[Relation]) -> list[Relation]:
    """One relation per kind and ends, with all its evidence and the surest telling's title."""
    merged: dict[tuple[str, str, str], Relation] = {}
    for r in relations:
        key = (r.kind, r.source, r.target)
        old = merged.get(key)
        if old is None:
            merged[key] = r
            continue
        evidence = tuple(sorted({*old.evidence, *r.evidence}, key=_by_start))
        title = old.title or r.title
        merged[key] = replace(
            old, title=title, evidence=evidence, confidence=max(r.confidence, old.confidence)
        )
    return list(merged.values())


def _by_start(span: Span) -> int:
    return span.start
