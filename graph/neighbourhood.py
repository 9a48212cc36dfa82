"""What surrounds a node: its collaborators, events, people, posts and evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trihelix.graph.columns import Fact
from trihelix.graph.explain import Sentence, sentence
from trihelix.graph.index import Index
from trihelix.graph.network import Network
from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation
from trihelix.graph.view import View, bounds
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """A neighbour in a network, and the facts shared with it.

    `documents` is the number of documents that tell them, `kinds` are those of events and
    relations, `first` and `last` the earliest and latest dates of known year.
    """

    node: Node
    weight: float
    events: int
    relations: int
    documents: int
    kinds: tuple[str, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A person's post at an organization, or membership of it; `documents` tell of it."""

    person: Node
    organization: Node
    kind: str
    title: str | None
    documents: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation between two nodes, told by some documents."""

    kind: str
    source: Node
    target: Node
    documents: int
    sentences: tuple[Sentence, ...]


def collaborators(network: Network, node_id: str) -> tuple[Collaborator, ...]:
    """A node's neighbours in a network: those with the greatest weight first, then by id.

    Raises:
        NotFoundError: when the network has no such node.
    """
    at = network.index(node_id)
    pairs = zip(network.neighbours(at).tolist(), network.links_of(at).tolist(), strict=True)
    found = [_collaborator(network, other, link) for other, link in pairs]
    return tuple(sorted(found, key=lambda c: (-round(c.weight, 12), c.node.id)))


def events(
    snapshot: Snapshot | Index,
    node_id: str,
    *,
    view: View | None = None,
    roles: Iterable[str] | None = None,
) -> tuple[StoredEvent, ...]:
    """The events that a node took part in, the latest first, those of unknown year last.

    `view` filters by kind, date, confidence and status; without it cancelled events are shown too.
    `roles` are the roles that the node must have had, one of them.
    """
    wanted = None if roles is None else set(roles)
    index = Index.of(snapshot)
    documents = index.snapshot.documents
    found = [
        event
        for event in index.events.get(node_id, ())
        if (view is None or view.shows_event(event, published=documents[event.document].published))
        and (
            wanted is None
            or any(p.entity == node_id and p.role in wanted for p in event.participants)
        )
    ]
    return tuple(sorted(found, key=_latest_first))


def people(snapshot: Snapshot | Index, organization_id: str) -> tuple[Post, ...]:
    """Who holds posts at an organization, the best documented first."""
    return _posts(Index.of(snapshot), organization_id, end="target")


def posts(snapshot: Snapshot | Index, person_id: str) -> tuple[Post, ...]:
    """The posts that a person holds, the best documented first."""
    return _posts(Index.of(snapshot), person_id, end="source")


def ties(snapshot: Snapshot | Index, node_id: str) -> tuple[Tie, ...]:
    """A node's relations other than posts (part of, owns, ...), the best documented first."""
    index = Index.of(snapshot)
    groups: defaultdict[tuple[str, str, str], list[StoredRelation]] = defaultdict(list)
    for relation in index.relations.get(node_id, ()):
        if not _is_post(index, relation):
            groups[relation.kind, relation.source, relation.target].append(relation)
    nodes = index.snapshot.nodes
    found = [
        Tie(
            kind=kind,
            source=nodes[source],
            target=nodes[target],
            documents=len({r.document for r in group}),
            sentences=_told(index, group),
        )
        for (kind, source, target), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda t: (-t.documents, t.kind, t.source.id, t.target.id)))


def evidence(snapshot: Snapshot | Index, node_id: str) -> tuple[Sentence, ...]:
    """Every sentence behind a node's events and relations, once, the latest documents first."""
    index = Index.of(snapshot)
    facts: list[Fact] = [*index.events.get(node_id, ()), *index.relations.get(node_id, ())]
    return _told(index, facts)


def _collaborator(network: Network, other: int, link: int) -> Collaborator:
    facts = network.facts_of(link)
    shared = sum(isinstance(fact, StoredEvent) for fact in facts)
    dates = sorted({d for fact in facts if (d := network.date_of(fact)) and bounds(d)})
    return Collaborator(
        node=network.nodes[other],
        weight=float(network.weights[link]),
        events=shared,
        relations=len(facts) - shared,
        documents=int(network.sources[link]),
        kinds=tuple(sorted({fact.kind for fact in facts})),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def _latest_first(event: StoredEvent) -> tuple[bool, int, str]:
    days = bounds(event.date)
    return days is None, -int(days[1].replace("-", "")) if days else 0, event.id


def _is_post(index: Index, relation: StoredRelation) -> bool:
    return vocabulary().label(index.snapshot.nodes[relation.source].kind) == "Person"


def _posts(index: Index, node_id: str, *, end: str) -> tuple[Post, ...]:
    groups: defaultdict[tuple[str, str, str, str], list[StoredRelation]] = defaultdict(list)
    for r in index.relations.get(node_id, ()):
        if getattr(r, end) == node_id and _is_post(index, r):
            groups[r.source, r.target, r.kind, r.title or ""].append(r)
    nodes = index.snapshot.nodes
    found = [
        Post(
            person=nodes[person],
            organization=nodes[organization],
            kind=kind,
            title=title or None,
            documents=len({r.document for r in group}),
            sentences=_told(index, group),
        )
        for (person, organization, kind, title), group in groups.items()
    ]
    return tuple(sorted(found, key=_post_order))


def _post_order(post: Post) -> tuple[int, str, str, str, str]:
    return -post.documents, post.person.id, post.organization.id, post.kind, post.title or ""


def _told(index: Index, facts: Iterable[Fact]) -> tuple[Sentence, ...]:
    pieces = sorted({e for fact in facts for e in fact.evidence})
    told = [sentence(index.snapshot, piece) for piece in pieces]
    return tuple(sorted(told, key=lambda s: s.published or "", reverse=True))
