"""Relations and events of an English document: patterns over masked sentences, then merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trihelix.extraction.en.amounts import amount_in
from trihelix.extraction.en.dates import date_in
from trihelix.extraction.en.patterns import BARE_POST, CANCELLED, FRAMES, PLANNED, STATEMENTS
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

_MARK = re.compile(r"«[A-Z](\d+)»")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A sentence with marks for its mentions, and the entity ids behind each mark."""

    span: Span
    text: str
    plain: str
    ids: tuple[tuple[str, ...], ...]

    def entities(self, marks: str) -> list[str]:
        """The entity ids of every mark in a piece of the masked text."""
        return [id_ for m in _MARK.finditer(marks) for id_ in self.ids[int(m.group(1))]]


def relate(annotation: Annotation) -> Extraction:
    """The relations and events among a document's entities."""
    masked = [mask(annotation, sentence) for sentence in annotation.sentences]
    by_id = {e.id: e for e in annotation.entities}
    relations = [r for m in masked for r in _statements(m, by_id)]
    relations += _posts_at_home(masked, by_id, {r.source for r in relations})
    events = [e for m in masked for e in _frames(m, by_id, annotation.document.published)]
    return Extraction(
        document=annotation.document,
        entities=annotation.entities,
        relations=tuple(_merge_relations(relations)),
        events=tuple(_merge_events(events)),
    )


def mask(annotation: Annotation, sentence: Span) -> Masked:
    """Replace the sentence's mentions, the longest of nested ones, by their marks."""
    text = annotation.document.text
    pieces: list[str] = []
    ids: list[tuple[str, ...]] = []
    at = sentence.start
    for start, end, kind, entities in _places(annotation, sentence):
        if start < at:
            continue
        pieces += [text[at:start], f"«{kind}{len(ids)}»"]
        ids.append(entities)
        at = end
    masked = "".join(pieces) + text[at : sentence.end]
    return Masked(span=sentence, text=masked, plain=sentence.of(text), ids=tuple(ids))


def _places(
    annotation: Annotation, sentence: Span
) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for entity in annotation.entities:
        found += [(m.start, m.end, _letter(entity), (entity.id,)) for m in entity.mentions]
    kinds = {e.id: _letter(e) for e in annotation.entities}
    found.extend((r.start, r.end, kinds[r.entities[0]], r.entities) for r in annotation.references)
    inside = [f for f in found if sentence.start <= f[0] and f[1] <= sentence.end]
    yield from sorted(inside, key=lambda f: (f[0], -f[1]))


def _letter(entity: Entity) -> str:
    return {"Organization": "O", "Person": "P", "Place": "L"}.get(
        vocabulary().label(entity.kind), "T"
    )


def _statements(masked: Masked, by_id: dict[str, Entity]) -> Iterator[Relation]:
    held: set[tuple[str, str]] = set()
    for statement in STATEMENTS:
        for match in statement.pattern.finditer(masked.text):
            title = match.groupdict().get("title")
            for source in masked.entities(match["source"]):
                for target in masked.entities(match["target"]):
                    fits = vocabulary().allows(
                        statement.kind, source=by_id[source].kind, target=by_id[target].kind
                    )
                    fits = fits and (statement.kind != "PART_OF" or _is_unit(by_id[source]))
                    post = statement.kind == "HOLDS_POST"
                    if source == target or not fits or (post and (source, target) in held):
                        continue
                    held |= {(source, target)} if post else set()
                    yield Relation(
                        kind=statement.kind,
                        source=source,
                        target=target,
                        title=title.strip() if title else None,
                        confidence=statement.confidence,
                        evidence=(masked.span,),
                    )


def _is_unit(entity: Entity) -> bool:
    """Whether an organization can well be a part: a university or a firm is mostly a whole."""
    if entity.kind == "University":
        return bool(re.match(r"(School|Department|College|Faculty) of", entity.name))
    return entity.kind not in {"Firm", "Investor"}


def _posts_at_home(
    masked: Sequence[Masked], by_id: dict[str, Entity], placed: set[str]
) -> Iterator[Relation]:
    """`said Ann Lee, CTO.` without an organization: the one that the document is about."""
    organizations = [e for e in by_id.values() if vocabulary().is_organization(e.kind)]
    if not organizations:
        return
    home = max(organizations, key=lambda e: (len(e.mentions), -e.mentions[0].start))
    for sentence in masked:
        for match in BARE_POST.finditer(sentence.text):
            for person in sentence.entities(match["source"]):
                if person not in placed:
                    yield Relation(
                        kind="HOLDS_POST",
                        source=person,
                        target=home.id,
                        title=match["title"].strip(),
                        confidence=0.6,
                        evidence=(sentence.span,),
                    )


def _frames(masked: Masked, by_id: dict[str, Entity], published: str | None) -> Iterator[Event]:
    seen: set[tuple[str, frozenset[str]]] = set()
    for frame in FRAMES:
        for match in frame.pattern.finditer(masked.text):
            participants = _participants(frame.kind, masked, match, by_id)
            who = frozenset(p.entity for p in participants)
            doubled = any(k == frame.kind and who <= before for k, before in seen)
            alone = frame.kind in {"Collaboration", "Signing"} and len(who) < 2
            if not participants or doubled or alone:
                continue
            seen.add((frame.kind, who))
            yield Event(
                id="",
                kind=frame.kind,
                date=date_in(masked.plain, published),
                status=_status(masked.text),
                amount=amount_in(masked.plain) if "amount" in _attributes(frame.kind) else None,
                confidence=frame.confidence,
                participants=tuple(sorted(participants)),
                evidence=(masked.span,),
            )


def _attributes(kind: str) -> tuple[str, ...]:
    return vocabulary().events[kind].attributes


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


def _status(masked: str) -> Status:
    if CANCELLED.search(masked):
        return "cancelled"
    return "planned" if PLANNED.search(masked) else "completed"


def _merge_relations(relations: Iterable[Relation]) -> list[Relation]:
    """One relation per kind, ends and title, with all its evidence; a post beats a bare one."""
    merged: dict[tuple[str, str, str, str | None], Relation] = {}
    for r in relations:
        key = (r.kind, r.source, r.target, r.title)
        old = merged.get(key)
        evidence = tuple(sorted({*(old.evidence if old else ()), *r.evidence}, key=_by_start))
        best = max(r.confidence, old.confidence if old else 0.0)
        merged[key] = replace(r, evidence=evidence, confidence=best)
    titled = {key[:3] for key in merged if key[3]}
    return [r for key, r in merged.items() if key[3] or key[:3] not in titled]


def _by_start(span: Span) -> int:
    return span.start


def _merge_events(events: Sequence[Event]) -> list[Event]:
    """One happening told twice is one event: same kind, compatible date, shared participants."""
    merged: list[Event] = []
    for event in events:
        index = next((i for i, old in enumerate(merged) if _same(old, event)), None)
        if index is None:
            merged.append(event)
        else:
            merged[index] = _joined(merged[index], event)
    return [replace(event, id=f"v{n}") for n, event in enumerate(merged, start=1)]


def _same(one: Event, other: Event) -> bool:
    dates = {d for d in (one.date, other.date) if d}
    who = {p.entity for p in one.participants}, {p.entity for p in other.participants}
    near = one.kind == "Convening" or len(who[0] & who[1]) >= min(2, len(who[0]), len(who[1]))
    return one.kind == other.kind and one.status == other.status and len(dates) < 2 and near


def _joined(one: Event, other: Event) -> Event:
    return replace(
        one,
        date=one.date or other.date,
        amount=one.amount or other.amount,
        confidence=max(one.confidence, other.confidence),
        participants=tuple(sorted({*one.participants, *other.participants})),
        evidence=tuple(sorted({*one.evidence, *other.evidence}, key=_by_start)),
    )
