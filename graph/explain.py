"""Why a link is there: the facts that support it, with their sentences and documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trihelix.graph.columns import Fact
from trihelix.graph.network import Network
from trihelix.graph.snapshot import Evidence, Snapshot, StoredEvent, StoredRelation
from trihelix.schema.records import Node, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """An evidence sentence with the document it stands in; offsets are half-open code points."""

    quote: str
    document: str
    title: str
    source: str
    published: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One fact behind a link from one node to another.

    `id` and `name` are those of an event. `title` is the post of a relation. `source_roles` and
    `target_roles` are the roles of the two nodes in an event; in a relation they are `source` and
    `target`, in its own direction. `via` is the person whose posts link two organizations.
    """

    type: str
    kind: str
    id: str | None
    name: str | None
    title: str | None
    date: str | None
    status: Status
    confidence: float
    source_roles: tuple[str, ...]
    target_roles: tuple[str, ...]
    via: Node | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A link walked from one node to the other; `sources` is the number of documents behind it."""

    source: Node
    target: Node
    weight: float
    sources: int
    supports: tuple[Support, ...]

    @property
    def sentence(self) -> Sentence | None:
        """The most telling sentence of the best supported fact."""
        return next((s for support in self.supports for s in support.sentences), None)


def hop(network: Network, source: int, target: int) -> Hop:
    """The link between two nodes (by index) and the facts that support it.

    The most trustworthy facts come first: by confidence, then the latest date, then the id.

    Raises:
        NotFoundError: when they are not linked.
    """
    link = network.link_between(source, target)
    a, b = network.nodes[source], network.nodes[target]
    supports = [_support(network, fact, a, b) for fact in network.facts_of(link)]
    return Hop(
        source=a,
        target=b,
        weight=float(network.weights[link]),
        sources=int(network.sources[link]),
        supports=tuple(_in_order(supports)),
    )


def sentences(
    snapshot: Snapshot, fact: Fact, *, naming: Iterable[Node] = ()
) -> tuple[Sentence, ...]:
    """The evidence of a relation or an event.

    Sentences that name most of the given nodes come first, then those that stand first in the text.
    """
    spellings = [(node.name, *node.aliases) for node in naming]

    def order(evidence: Evidence) -> tuple[int, Evidence]:
        return -sum(any(name in evidence.quote for name in of) for of in spellings), evidence

    return tuple(sentence(snapshot, evidence) for evidence in sorted(fact.evidence, key=order))


def sentence(snapshot: Snapshot, evidence: Evidence) -> Sentence:
    """A piece of evidence with its document."""
    document = snapshot.documents[evidence.document]
    return Sentence(
        quote=evidence.quote,
        document=document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        start=evidence.start,
        end=evidence.end,
    )


def _support(network: Network, fact: Fact, a: Node, b: Node) -> Support:
    event = fact if isinstance(fact, StoredEvent) else None
    relation = fact if isinstance(fact, StoredRelation) else None
    return Support(
        type="event" if event else "relation",
        kind=fact.kind,
        id=event.id if event else None,
        name=event.name if event else None,
        title=relation.title if relation else None,
        date=network.date_of(fact),
        status=event.status if event else "completed",
        confidence=fact.confidence,
        source_roles=_roles(fact, a.id),
        target_roles=_roles(fact, b.id),
        via=_via(network, relation, {a.id, b.id}),
        sentences=sentences(network.snapshot, fact, naming=(a, b)),
    )


def _roles(fact: Fact, id_: str) -> tuple[str, ...]:
    if isinstance(fact, StoredEvent):
        return tuple(sorted({p.role for p in fact.participants if p.entity == id_}))
    ends = (("source", fact.source), ("target", fact.target))
    return tuple(role for role, end in ends if end == id_)


def _via(network: Network, relation: StoredRelation | None, ends: set[str]) -> Node | None:
    if relation is None or {relation.source, relation.target} == ends:
        return None
    return network.snapshot.nodes[relation.source]


def _in_order(supports: list[Support]) -> list[Support]:
    supports.sort(key=lambda s: (s.type, s.kind, s.id or "", s.title or ""))
    supports.sort(key=lambda s: (s.confidence, s.date or ""), reverse=True)
    return supports
