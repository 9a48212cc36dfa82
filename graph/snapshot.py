"""Everything a store says, read under one revision, as immutable Python records.

Search, paths, measures and the API all answer from a snapshot, so every store gives the same
answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from trihelix.schema.errors import ConfigurationError
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

    `mentions` maps a document id to the ids of the nodes that it mentions (sorted), `confidence` a
    node id to the highest confidence of its mentions over all documents.
    """

    revision: int
    documents: Mapping[str, StoredDocument]
    nodes: Mapping[str, Node]
    relations: tuple[StoredRelation, ...]
    events: Mapping[str, StoredEvent]
    mentions: Mapping[str, tuple[str, ...]]
    confidence: Mapping[str, float]

    def is_sure(self, item: Node | StoredRelation | StoredEvent, confidence: float) -> bool:
        """Whether something is at least so sure, as are those it is about.

        A relation needs both its ends, an event any one of its participants.
        """
        if isinstance(item, Node):
            return self.confidence[item.id] >= confidence
        if item.confidence < confidence:
            return False
        if isinstance(item, StoredRelation):
            return all(self.confidence[i] >= confidence for i in (item.source, item.target))
        parts = item.participants
        return not parts or any(self.confidence[p.entity] >= confidence for p in parts)

    def at_least(self, confidence: float) -> Snapshot:
        """The same without the nodes, relations and events that are less sure.

        What is said of a node that is left out goes with it: its mentions, its relations, its part
        in events, and an event whose last participant goes. The documents stay.

        Raises:
            ConfigurationError: when `confidence` is not between 0 and 1.
        """
        if not checked_confidence(confidence):
            return self
        nodes = {i: n for i, n in self.nodes.items() if self.is_sure(n, confidence)}
        return replace(
            self,
            nodes=nodes,
            relations=tuple(r for r in self.relations if self.is_sure(r, confidence)),
            events={
                i: _among(e, nodes) for i, e in self.events.items() if self.is_sure(e, confidence)
            },
            mentions={d: tuple(n for n in ids if n in nodes) for d, ids in self.mentions.items()},
            confidence={i: self.confidence[i] for i in nodes},
        )


def checked_confidence(confidence: float) -> float:
    """The confidence, when it is one.

    Raises:
        ConfigurationError: when it is not between 0 and 1.
    """
    if not 0 <= confidence <= 1:
        raise ConfigurationError(f"confidence {confidence} is not between 0 and 1")
    return confidence


def surest(mentions: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The highest confidence that each node is mentioned with, in order of the nodes' ids.

    >>> surest([("b", 0.5), ("a", 0.75), ("b", 1.0)])
    {'a': 0.75, 'b': 1.0}
    """
    found: dict[str, float] = {}
    for node, confidence in mentions:
        found[node] = max(confidence, found.get(node, 0.0))
    return dict(sorted(found.items()))


def _among(event: StoredEvent, nodes: Collection[str]) -> StoredEvent:
    """The event with only those of its participants that are among the nodes."""
    kept = tuple(p for p in event.participants if p.entity in nodes)
    return event if kept == event.participants else replace(event, participants=kept)
