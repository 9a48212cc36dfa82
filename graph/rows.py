"""Linked documents to the statements and rows that a store holds, and rows back to records.

Both stores use this module and graph/reading.py for everything but the writing itself, so that
they cannot differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from pydantic import TypeAdapter

from trihelix.graph.model import Edge
from trihelix.graph.snapshot import (
    Evidence,
    Snapshot,
    StoredDocument,
    StoredEvent,
    StoredRelation,
    surest,
)
from trihelix.schema import jsonl
from trihelix.schema.errors import StoreError
from trihelix.schema.records import (
    Entity,
    Event,
    Extraction,
    LinkedDocument,
    Node,
    Participant,
    Relation,
    Span,
)
from trihelix.schema.vocabulary import vocabulary

Row = dict[str, Any]

_extraction: TypeAdapter[Extraction] = TypeAdapter(Extraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a document names a node, and how surely it is one; spans are in order."""

    node: str
    name: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All that one document says, about nodes instead of its own entities."""

    document: StoredDocument
    mentions: tuple[Mention, ...]
    relations: tuple[StoredRelation, ...]
    events: tuple[StoredEvent, ...]


def statements(linked: LinkedDocument, nodes: Mapping[str, Node]) -> Statements:
    """What a store keeps of a document; `nodes` has at least those that it links to.

    Entities that are one node become one mention, relation ends or participant. A relation that
    then joins a node to itself, or kinds of node that the vocabulary does not let it join, is left
    out. The same relation said several times is one, with all its evidence.

    Raises:
        StoreError: when the document contradicts itself, or a node or kind is unknown.
    """
    teller = _Teller(linked, nodes)
    document = linked.extraction.document
    return Statements(
        document=StoredDocument(
            id=document.id,
            source=document.source,
            title=document.title,
            language=document.language,
            published=document.published,
        ),
        mentions=teller.mentions(),
        relations=teller.relations(),
        events=teller.events(),
    )


class _Teller:
    def __init__(self, linked: LinkedDocument, nodes: Mapping[str, Node]) -> None:
        self._extraction, self._identity, self._nodes = linked.extraction, linked.identity, nodes
        self._document = linked.extraction.document

    def mentions(self) -> tuple[Mention, ...]:
        named: dict[str, list[Entity]] = {}
        for entity in self._extraction.entities:
            named.setdefault(self._node(entity.id).id, []).append(entity)
        return tuple(
            Mention(
                node=node,
                name=entities[0].name,
                confidence=max(float(e.confidence) for e in entities),
                evidence=self._evidence(span for e in entities for span in e.mentions),
            )
            for node, entities in sorted(named.items())
        )

    def relations(self) -> tuple[StoredRelation, ...]:
        found: dict[tuple[str, ...], StoredRelation] = {}
        for relation in self._extraction.relations:
            source, target = self._node(relation.source), self._node(relation.target)
            if source.id == target.id or not self._allowed(relation, source, target):
                continue
            stored = self._relation(relation, source.id, target.id)
            same = found.get(relation_key(stored))
            found[relation_key(stored)] = _merged(same, stored) if same else stored
        return tuple(found[key] for key in sorted(found))

    def events(self) -> tuple[StoredEvent, ...]:
        found: dict[str, StoredEvent] = {}
        for event in self._extraction.events:
            stored = self._event(event)
            if stored.id in found:
                self._refuse(f"two events have the id {event.id!r}")
            found[stored.id] = stored
        return tuple(found[id_] for id_ in sorted(found))

    def _relation(self, relation: Relation, source: str, target: str) -> StoredRelation:
        return StoredRelation(
            kind=relation.kind,
            source=source,
            target=target,
            title=relation.title,
            confidence=float(relation.confidence),
            document=self._document.id,
            evidence=self._evidence(relation.evidence),
        )

    def _event(self, event: Event) -> StoredEvent:
        if event.kind not in vocabulary().events:
            self._refuse(f"event kind {event.kind!r} is not in the vocabulary")
        amount = event.amount
        return StoredEvent(
            id=event_id(self._document.id, event.id),
            kind=event.kind,
            name=event.name,
            date=event.date,
            status=event.status,
            amount=float(amount.value) if amount else None,
            currency=amount.currency if amount else None,
            amount_text=amount.text if amount else None,
            confidence=float(event.confidence),
            document=self._document.id,
            participants=tuple(
                sorted({replace(p, entity=self._node(p.entity).id) for p in event.participants})
            ),
            evidence=self._evidence(event.evidence),
        )

    def _node(self, entity: str) -> Node:
        id_ = self._identity.get(entity)
        if id_ is None:
            self._refuse(f"entity {entity!r} is linked to no node")
        node = self._nodes.get(id_)
        if node is None:
            self._refuse(
                f"entity {entity!r} is linked to {id_!r}, which no given or stored node is"
            )
        if node.kind not in vocabulary().entities:
            self._refuse(f"node {node.id!r} has a kind {node.kind!r} that is not in the vocabulary")
        return node

    def _allowed(self, relation: Relation, source: Node, target: Node) -> bool:
        if relation.kind not in vocabulary().relations:
            self._refuse(f"relation kind {relation.kind!r} is not in the vocabulary")
        return vocabulary().allows(relation.kind, source=source.kind, target=target.kind)

    def _evidence(self, spans: Iterable[Span]) -> tuple[Evidence, ...]:
        id_, text = self._document.id, self._document.text
        found = {(s.start, s.end): s for s in spans}
        return tuple(
            Evidence(document=id_, start=start, end=end, quote=span.of(text))
            for (start, end), span in sorted(found.items())
        )

    def _refuse(self, problem: str) -> NoReturn:
        raise StoreError(f"document {self._document.id}: {problem}; nothing was stored")


def event_id(document: str, local: str) -> str:
    """An event's id in a store: extraction numbers events by document."""
    return f"{document}/{local}"


def relation_key(relation: StoredRelation) -> tuple[str, ...]:
    """What makes two statements of a relation the same; also the order of `Snapshot.relations`."""
    title = "" if relation.title is None else f"={relation.title}"
    return (relation.kind, relation.source, relation.target, relation.document, title)


def _merged(one: StoredRelation, other: StoredRelation) -> StoredRelation:
    return replace(
        one,
        confidence=max(one.confidence, other.confidence),
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
    )


def snapshot_of(
    documents: Iterable[LinkedDocument], nodes: Iterable[Node], *, revision: int = 1
) -> Snapshot:
    """The snapshot of a store that holds just these documents; the last of equal ids counts."""
    described = {node.id: node for node in nodes}
    held = {d.extraction.document.id: d for d in documents}
    said = {id_: statements(held[id_], described) for id_ in sorted(held)}
    confidence = surest((m.node, m.confidence) for s in said.values() for m in s.mentions)
    return Snapshot(
        revision=revision,
        documents={id_: s.document for id_, s in said.items()},
        nodes={id_: described[id_] for id_ in confidence},
        relations=tuple(sorted((r for s in said.values() for r in s.relations), key=relation_key)),
        events=dict(sorted((e.id, e) for s in said.values() for e in s.events)),
        mentions={id_: tuple(m.node for m in s.mentions) for id_, s in said.items()},
        confidence=confidence,
    )


# Records to rows


def node_row(node: Node) -> Row:
    """The properties of an entity's node; only organizations have a sector."""
    row: Row = {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "aliases": list(node.aliases),
        "place": node.place,
        "key": node.key,
    }
    sector = vocabulary().sector(node.kind)
    return {**row, "sector": sector} if sector else row


def document_row(linked: LinkedDocument) -> Row:
    """The properties of a Document node; `record` is the extraction without the text."""
    document = linked.extraction.document
    record = replace(linked.extraction, document=replace(document, text=""))
    row: Row = {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "published": document.published,
        "source": document.source,
        "sources": list(linked.sources),
        "text": document.text,
        "extractor": linked.extractor,
        "record": _extraction.dump_json(record).decode(),
        "identity": jsonl.canonical(dict(linked.identity)),
    }
    return {**row, "digest": hashlib.sha256(jsonl.canonical(row).encode()).hexdigest()}


def event_row(event: StoredEvent) -> Row:
    """The properties of an Event node."""
    return {
        "id": event.id,
        "kind": event.kind,
        "name": event.name,
        "date": event.date,
        "status": event.status,
        "amount": event.amount,
        "currency": event.currency,
        "amount_text": event.amount_text,
        "confidence": event.confidence,
        "document": event.document,
        **_evidence_columns(event.evidence),
    }


def edge_rows(said: Statements, label_of: Callable[[str], str]) -> Iterable[tuple[Edge, Row]]:
    """The relationships of a document; `from` and `to` are the ids of what they join."""
    document = said.document
    for mention in said.mentions:
        edge = Edge(type="MENTIONS", source="Document", target=label_of(mention.node))
        yield edge, {"from": document.id, "to": mention.node, **_mention_columns(mention)}
    for relation in said.relations:
        source, target = label_of(relation.source), label_of(relation.target)
        edge = Edge(type=relation.kind, source=source, target=target)
        yield edge, _relation_row(relation, document.published)
    for event in said.events:
        reports = Edge(type="REPORTS", source="Document", target="Event")
        yield reports, {"from": document.id, "to": event.id}
        for participant in event.participants:
            edge = Edge(type="TOOK_PART", source=label_of(participant.entity), target="Event")
            yield edge, {"from": participant.entity, "to": event.id, "role": participant.role}


def _relation_row(relation: StoredRelation, published: str | None) -> Row:
    return {
        "from": relation.source,
        "to": relation.target,
        "title": relation.title,
        "confidence": relation.confidence,
        "document": relation.document,
        "date": published,
        **_evidence_columns(relation.evidence),
    }


def _mention_columns(mention: Mention) -> Row:
    columns = _evidence_columns(mention.evidence)
    columns["surfaces"] = columns.pop("quotes")
    return {"name": mention.name, "confidence": mention.confidence, **columns}


def _evidence_columns(evidence: Sequence[Evidence]) -> Row:
    return {
        "starts": [e.start for e in evidence],
        "ends": [e.end for e in evidence],
        "quotes": [e.quote for e in evidence],
    }


# Rows to records


def node_of(row: Mapping[str, Any]) -> Node:
    """A node back from its row."""
    return Node(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        aliases=tuple(row["aliases"]),
        place=row["place"],
        key=row["key"],
    )


def linked_document_of(row: Mapping[str, Any]) -> LinkedDocument:
    """A document back from its row, as it was loaded."""
    extraction = jsonl.loads(row["record"], where=f"stored document {row['id']}")
    document = replace(extraction.document, text=row["text"])
    return LinkedDocument(
        extraction=replace(extraction, document=document),
        identity=json.loads(row["identity"]),
        sources=tuple(row["sources"]),
        extractor=row["extractor"],
    )


def stored_document_of(row: Mapping[str, Any]) -> StoredDocument:
    """A document without its text."""
    return StoredDocument(
        id=row["id"],
        source=row["source"],
        title=row["title"],
        language=row["language"],
        published=row["published"],
    )


def relation_of(kind: str, row: Mapping[str, Any]) -> StoredRelation:
    """A relation back from its row."""
    return StoredRelation(
        kind=kind,
        source=row["from"],
        target=row["to"],
        title=row["title"],
        confidence=row["confidence"],
        document=row["document"],
        evidence=_evidence_of(row),
    )


def event_of(row: Mapping[str, Any], participants: Iterable[Participant]) -> StoredEvent:
    """An event back from its row and those who took part."""
    return StoredEvent(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        date=row["date"],
        status=row["status"],
        amount=row["amount"],
        currency=row["currency"],
        amount_text=row["amount_text"],
        confidence=row["confidence"],
        document=row["document"],
        participants=tuple(sorted(participants)),
        evidence=_evidence_of(row),
    )


def _evidence_of(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(document=row["document"], start=start, end=end, quote=quote)
        for start, end, quote in zip(row["starts"], row["ends"], row["quotes"], strict=True)
    )
