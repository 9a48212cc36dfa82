"""Every type that flows from stage to stage.

Offsets are half-open, in Unicode code points, into `Document.text`. All records are immutable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal["planned", "completed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a document's text: `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must satisfy 0 <= start < end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The surface form.

        >>> Span(start=0, end=4).of("东北大学校长")
        '东北大学'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One cleaned article: title, blank line, body."""

    id: str
    source: str
    title: str
    language: str
    published: str | None
    text: str

    @classmethod
    def of(
        cls, *, source: str, title: str, body: str, language: str, published: str | None = None
    ) -> Document:
        """Build a document whose id is the SHA-256 of what it says (not of where it came from)."""
        text = f"{title}\n\n{body}" if title and body else title or body
        digest = hashlib.sha256(f"{published or ''}\n{text}".encode()).hexdigest()
        return cls(
            id=f"sha256:{digest}",
            source=source,
            title=title,
            language=language,
            published=published,
            text=text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One organization, person, place, project or technology of a document.

    `id` is local to the document. `aliases` holds the other surface forms found in the document.
    `confidence` is the chance that it is an entity of its own, rightly bounded and merged.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A two-ended, state-like fact. It cannot be built without evidence."""

    kind: str
    source: str
    target: str
    title: str | None = None
    confidence: float
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.kind} relation {self.source} -> {self.target} has no evidence")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Participant:
    """Who took part in an event, and as what. `entity` is an entity id."""

    role: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money as the text has it (`近2亿元`), its value in currency units, an ISO 4217 code."""

    text: str
    value: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A many-ended, dated happening. `date` follows EDTF: 2023-04-25, 2023-04, 2023, XXXX-04-25."""

    id: str
    kind: str
    name: str | None = None
    date: str | None = None
    status: Status = "completed"
    amount: Amount | None = None
    confidence: float
    participants: tuple[Participant, ...]
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.kind} event {self.id} has no evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A generic reference (该校, 双方, the company) and the local ids of what it stands for."""

    start: int
    end: int
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What `annotate` hands to `relate`: a document, its sentences, its entities and references.

    Sentences are in order and do not overlap; the title is the first. Mentions of different
    entities may nest (武汉大学 inside 武汉大学计算机学院), never cross.
    """

    document: Document
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document says; one line of `trihelix extract`."""

    document: Document
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing of the world, across documents. `id` is stable for the same set of documents.

    `key` is its registry key (e.g. "university:东北大学") when it was found in a registry.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDocument:
    """An extraction and the identity (node id) of each of its entities, by local entity id.

    `sources` lists everywhere this same text came from, `extractor` the version that read it;
    both are stored and read back unchanged.
    """

    extraction: Extraction
    identity: Mapping[str, str]
    sources: tuple[str, ...] = ()
    extractor: str = ""
