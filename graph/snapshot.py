"""Everything a store says, read under one revision, as immutable Python records.

Search, paths, measures and the API all answer from a snapshot, so every store gives the same
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trihelix.schema.records import Node, Participant, Status


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """A sentence of a document: its id, half-open code-point offsets and the quote itself."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document without its text."""

    id: str
    source: str
    title: str
    language: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRelation:
    """One document's statement that a relation holds; `source` and `target` are node ids."""

    kind: str
    source: str
    target: str
    title: str | None
    confidence: float
    document: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event; its participants are node ids, in order of (role, entity), without repeats."""

    id: str
    kind: str
    name: str | None
    date: str | None
    status: Status
    amount: float | None
    currency: str | None
    amount_text: str | None
    confidence: float
    document: str
    participants: tuple[Participant, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A store's content. All tuples are sorted, so that equal stores give equal snapshots.

    `mentions` maps a document id to the ids of the nodes that it mentions (sorted).
    """

    revision: int
    documents: Mapping[str, StoredDocument]
    nodes: Mapping[str, Node]
    relations: tuple[StoredRelation, ...]
    events: Mapping[str, StoredEvent]
    mentions: Mapping[str, tuple[str, ...]]
