"""The things of the graph as GraphQL types, each a thin view of a record.

A type holds its record and answers every field from the request's snapshot (`info.context`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Protocol, TypeAlias

import strawberry

from trihelix.api.context import Info, field, newest
from trihelix.api.enums import (
    Date,
    EventKind,
    Language,
    OrganizationKind,
    RelationKind,
    Role,
    Sector,
    Status,
    label,
)
from trihelix.api.pages import After, Connection, First, checked, page
from trihelix.graph import neighbourhood
from trihelix.graph.network import Network
from trihelix.graph.snapshot import StoredDocument, StoredEvent, StoredRelation
from trihelix.graph.view import View
from trihelix.schema import records
from trihelix.schema.vocabulary import vocabulary

In: TypeAlias = Annotated[
    Language, strawberry.argument(description="zh (default): the Chinese label; en: the name.")
]


def labelled(kind: str, language: str) -> str:
    """A kind's label in a language."""
    return label(kind) if language == "zh" else kind


class Quoted(Protocol):
    """A sentence of a document, by whatever record."""

    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def document(self) -> str: ...


@strawberry.type(description="原文 A sentence of a document that says so.")
class Evidence:
    """A sentence."""

    record: strawberry.Private[Quoted]

    @field
    def quote(self) -> str:
        """The sentence itself."""
        return self.record.quote

    @field
    def start(self) -> int:
        """Offset of its first character in the document's text."""
        return self.record.start

    @field
    def end(self) -> int:
        """Offset after its last character, in Unicode code points."""
        return self.record.end

    @field
    def document(self, info: Info) -> Document:
        """The document it stands in."""
        return Document(record=info.context.answers.snapshot.documents[self.record.document])


def evidence_list(info: Info, found: Sequence[Quoted], first: int) -> list[Evidence]:
    """The first sentences, paid for from the request's budget."""
    shown = found[: checked(first)]
    info.context.budget.spend(len(shown))
    return [Evidence(record=sentence) for sentence in shown]


@strawberry.interface(description="Anything with an id, found again by node(id).")
class Node:
    """Relay's Node."""

    record: strawberry.Private[Any]

    @field
    def id(self) -> strawberry.ID:
        """Stable for the same set of documents."""
        return strawberry.ID(self.record.id)


@strawberry.interface(description="实体 A thing that documents mention.")
class Entity(Node):
    """What all entities share."""

    record: strawberry.Private[records.Node]

    @field
    def name(self) -> str:
        """The canonical name."""
        return self.record.name

    @field
    def aliases(self) -> list[str]:
        """Other names: short forms, former names, other languages."""
        return list(self.record.aliases)

    @field
    def kind_label(self, language: In = "zh") -> str:
        """The label of its kind."""
        return labelled(self.record.kind, language)

    @field
    def key(self) -> str | None:
        """Its registry key (university:东北大学), when a registry has it."""
        return self.record.key

    @field
    def events(
        self,
        info: Info,
        kind: list[EventKind] | None = None,
        status: list[Status] | None = None,
        since: Date | None = None,
        until: Date | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Event]:
        """事件 Events it took part in, newest first."""
        found = neighbourhood.events(info.context.answers.index, self.record.id)
        shown = chosen_events(found, kind=kind, status=status, since=since, until=until)
        return events_page(info, shown, first, after)

    @field
    def relations(
        self,
        info: Info,
        kind: list[RelationKind] | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Relation]:
        """关系 Relations that start or end here, one for each document."""
        found = info.context.answers.index.relations.get(self.record.id, ())
        return relations_page(
            info, [r for r in found if kind is None or r.kind in kind], first, after
        )

    @field
    def documents(self, info: Info, first: First = 20, after: After = None) -> Connection[Document]:
        """文档 Documents that mention it, newest first."""
        found = info.context.answers.documents_of.get(self.record.id, ())
        return documents_page(info, found, first, after)

    @field
    def evidence(self, info: Info, first: First = 20, after: After = None) -> Connection[Evidence]:
        """原文 The sentences behind its events and relations, newest first."""
        found = neighbourhood.evidence(info.context.answers.index, self.record.id)
        return page(
            info,
            found,
            lambda sentence: Evidence(record=sentence),
            key=lambda sentence: f"{sentence.document}:{sentence.start}:{sentence.end}",
            first=first,
            after=after,
        )


@strawberry.type(description="机构 A university, firm, laboratory, agency or other organization.")
class Organization(Entity):
    """An organization."""

    @field
    def kind(self) -> OrganizationKind:
        """类别 Its kind."""
        return self.record.kind

    @field
    def sector(self) -> Sector:
        """部门 The helix it belongs to."""
        return vocabulary().sector(self.record.kind) or "other"

    @field
    def place(self) -> str | None:
        """地点 Where it is, when that is known."""
        return self.record.place

    @field
    def parent(self, info: Info) -> Organization | None:
        """上级 What it is part of; of several, what most documents tell."""
        whole = [t.target for t in _parts(info, self.record.id) if t.source.id == self.record.id]
        return Organization(record=whole[0]) if whole else None

    @field
    def units(self, info: Info, first: First = 20, after: After = None) -> Connection[Organization]:
        """下属 Organizations that are part of it."""
        parts = [t.source for t in _parts(info, self.record.id) if t.target.id == self.record.id]
        return organizations_page(info, parts, first, after)

    @field
    def people(self, info: Info, first: First = 20, after: After = None) -> Connection[Post]:
        """任职 People who hold posts here or are members."""
        found = neighbourhood.people(info.context.answers.index, self.record.id)
        return posts_page(info, found, first, after)

    @field
    def collaborators(
        self,
        info: Info,
        kinds: list[OrganizationKind] | None = None,
        events: list[EventKind] | None = None,
        relations: list[RelationKind] | None = None,
        since: Date | None = None,
        until: Date | None = None,
        min_confidence: float = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[Collaboration]:
        """合作 Organizations linked to it by events and relations, strongest first."""
        view = view_of(
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        network = info.context.answers.network(view)
        found = neighbourhood.collaborators(network, self.record.id)
        return page(
            info,
            [c for c in found if kinds is None or c.node.kind in kinds],
            lambda c: Collaboration(record=c, network=network, center=self.record.id),
            key=lambda c: c.node.id,
            first=first,
            after=after,
        )


@strawberry.type(description="人物 A person.")
class Person(Entity):
    """A person."""

    @field
    def posts(self, info: Info, first: First = 20, after: After = None) -> Connection[Post]:
        """任职 The posts held, best documented first."""
        found = neighbourhood.posts(info.context.answers.index, self.record.id)
        return posts_page(info, found, first, after)


@strawberry.type(description="地点 A place.")
class Place(Entity):
    """A place."""


@strawberry.type(description="项目计划 A named programme, plan, fund or research project.")
class Project(Entity):
    """A project."""


@strawberry.type(description="技术成果 A named technology, product, patent or standard.")
class Technology(Entity):
    """A technology."""


_TYPES: dict[str, Callable[..., Entity]] = {
    t.__name__: t for t in (Organization, Person, Place, Project, Technology)
}


def entity(record: records.Node) -> Entity:
    """The entity of a node, typed by its label."""
    return _TYPES[vocabulary().label(record.kind)](record=record)


@strawberry.type(description="文档 An article; its text stays in the store.")
class Document(Node):
    """A document."""

    record: strawberry.Private[StoredDocument]

    @field
    def source(self) -> str:
        """Where it came from: a path, URL or feed."""
        return self.record.source

    @field
    def title(self) -> str:
        """Its title."""
        return self.record.title

    @field
    def language(self) -> str:
        """zh, en, …"""
        return self.record.language

    @field
    def published(self) -> Date | None:
        """Its own date."""
        return self.record.published

    @field
    def entities(self, info: Info, first: First = 20, after: After = None) -> Connection[Entity]:
        """实体 What it mentions."""
        found = info.context.answers.mentioned(self.record.id)
        return page(info, found, entity, key=_id, first=first, after=after)

    @field
    def events(self, info: Info, first: First = 20, after: After = None) -> Connection[Event]:
        """事件 The events it reports."""
        found = info.context.answers.events_in.get(self.record.id, ())
        return events_page(info, found, first, after)

    @field
    def relations(self, info: Info, first: First = 20, after: After = None) -> Connection[Relation]:
        """关系 The relations it states."""
        found = info.context.answers.relations_in.get(self.record.id, ())
        return relations_page(info, found, first, after)


@strawberry.type(description="金额 Money as the text has it, and its value.")
class Amount:
    """Money."""

    text: str = strawberry.field(description="As written: 近2亿元.")
    value: float = strawberry.field(description="In units of the currency.")
    currency: str = strawberry.field(description="ISO 4217.")


@strawberry.type(description="参与者 Who took part in an event, and as what.")
class Participant:
    """A participant."""

    record: strawberry.Private[records.Participant]

    @field
    def role(self) -> Role:
        """角色"""
        return self.record.role

    @field
    def role_label(self, language: In = "zh") -> str:
        """The label of the role."""
        return labelled(self.record.role, language)

    @field
    def entity(self, info: Info) -> Entity:
        """The participant."""
        return entity(info.context.answers.snapshot.nodes[self.record.entity])


@strawberry.type(
    description="事件 Something that many did together, on a date, as one document tells."
)
class Event(Node):
    """An event."""

    record: strawberry.Private[StoredEvent]

    @field
    def kind(self) -> EventKind:
        """类别 Its kind."""
        return self.record.kind

    @field
    def kind_label(self, language: In = "zh") -> str:
        """The label of its kind."""
        return labelled(self.record.kind, language)

    @field
    def name(self) -> str | None:
        """The name it was given, if any: a forum, an agreement, a deal."""
        return self.record.name

    @field
    def date(self) -> Date | None:
        """日期 As precise as the document has it."""
        return self.record.date

    @field
    def status(self) -> Status:
        """状态"""
        return self.record.status

    @field
    def amount(self) -> Amount | None:
        """金额"""
        r = self.record
        if r.amount is None:
            return None
        return Amount(text=r.amount_text or "", value=r.amount, currency=r.currency or "")

    @field
    def confidence(self) -> float:
        """置信度 How sure the extraction is, 0 to 1."""
        return self.record.confidence

    @field
    def document(self, info: Info) -> Document:
        """The document that reports it."""
        return Document(record=info.context.answers.snapshot.documents[self.record.document])

    @field
    def participants(self, info: Info, role: list[Role] | None = None) -> list[Participant]:
        """参与者 Who took part, by role."""
        found = [p for p in self.record.participants if role is None or p.role in role]
        info.context.budget.spend(len(found))
        return [Participant(record=p) for p in found]

    @field
    def evidence(self, info: Info, first: First = 20) -> list[Evidence]:
        """原文"""
        return evidence_list(info, self.record.evidence, first)


@strawberry.type(description="关系 A two-ended fact, as one document states it.")
class Relation:
    """A relation."""

    record: strawberry.Private[StoredRelation]

    @field
    def kind(self) -> RelationKind:
        """类别 Its kind."""
        return self.record.kind

    @field
    def kind_label(self, language: In = "zh") -> str:
        """The label of its kind."""
        return labelled(self.record.kind, language)

    @field
    def source(self, info: Info) -> Entity:
        """Where it starts."""
        return entity(info.context.answers.snapshot.nodes[self.record.source])

    @field
    def target(self, info: Info) -> Entity:
        """Where it ends."""
        return entity(info.context.answers.snapshot.nodes[self.record.target])

    @field
    def title(self) -> str | None:
        """职务 The title of a post."""
        return self.record.title

    @field
    def date(self, info: Info) -> Date | None:
        """日期 The date of the document that states it."""
        return info.context.answers.snapshot.documents[self.record.document].published

    @field
    def confidence(self) -> float:
        """置信度 How sure the extraction is, 0 to 1."""
        return self.record.confidence

    @field
    def document(self, info: Info) -> Document:
        """The document that states it."""
        return Document(record=info.context.answers.snapshot.documents[self.record.document])

    @field
    def evidence(self, info: Info, first: First = 20) -> list[Evidence]:
        """原文"""
        return evidence_list(info, self.record.evidence, first)


@strawberry.type(description="任职 A person's post at an organization, or membership of it.")
class Post:
    """A post."""

    record: strawberry.Private[neighbourhood.Post]

    @field
    def person(self) -> Person:
        """Who holds it."""
        return Person(record=self.record.person)

    @field
    def organization(self) -> Organization:
        """Where."""
        return Organization(record=self.record.organization)

    @field
    def kind(self) -> RelationKind:
        """HOLDS_POST or MEMBER_OF."""
        return self.record.kind

    @field
    def title(self) -> str | None:
        """职务 校长, 董事长, professor, …"""
        return self.record.title

    @field
    def document_count(self) -> int:
        """How many documents tell of it."""
        return self.record.documents

    @field
    def evidence(self, info: Info, first: First = 20) -> list[Evidence]:
        """原文"""
        return evidence_list(info, self.record.sentences, first)


@strawberry.type(description="合作 Another organization and what it shares with this one.")
class Collaboration:
    """A link of the network, seen from one end."""

    record: strawberry.Private[neighbourhood.Collaborator]
    network: strawberry.Private[Network]
    center: strawberry.Private[str]

    @field
    def organization(self) -> Organization:
        """The other organization."""
        return Organization(record=self.record.node)

    @field
    def weight(self) -> float:
        """Each relation adds 1, each event of n organizations 1/(n-1)."""
        return self.record.weight

    @field
    def document_count(self) -> int:
        """How many documents tell of it."""
        return self.record.documents

    @field
    def first_date(self) -> Date | None:
        """The earliest date of a known year."""
        return self.record.first

    @field
    def last_date(self) -> Date | None:
        """The latest date of a known year."""
        return self.record.last

    @field
    def events(self, info: Info, first: First = 20, after: After = None) -> Connection[Event]:
        """The shared events, newest first."""
        return shared_events(info, self.network, self._link(), first, after)

    @field
    def relations(self, info: Info, first: First = 20, after: After = None) -> Connection[Relation]:
        """The relations between the two."""
        return shared_relations(info, self.network, self._link(), first, after)

    def _link(self) -> int:
        index = self.network.index
        return self.network.link_between(index(self.center), index(self.record.node.id))


def view_of(
    *,
    kinds: Iterable[str] | None = None,
    events: Iterable[str] | None = None,
    relations: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float = 0.0,
    **options: Any,
) -> View:
    """The view that a field's arguments ask for.

    Raises:
        ConfigurationError: when one is out of range.
    """
    return View(
        kinds=("Organization",) if kinds is None else _strings(kinds),
        events=None if events is None else _strings(events),
        relations=None if relations is None else _strings(relations),
        since=since,
        until=until,
        confidence=min_confidence,
        **options,
    )


def _strings(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(name) for name in names)


def chosen_events(
    events: Iterable[StoredEvent],
    *,
    kind: Sequence[str] | None,
    status: Sequence[str] | None,
    since: str | None,
    until: str | None,
) -> list[StoredEvent]:
    """The events of these kinds, statuses and dates, cancelled ones too.

    Raises:
        ConfigurationError: when `since` is after `until`.
    """
    view = View(since=since, until=until)
    return [
        event
        for event in events
        if (kind is None or event.kind in kind)
        and (status is None or event.status in status)
        and view.covers(event.date)
    ]


def shared_events(
    info: Info, network: Network, link: int, first: int, after: str | None
) -> Connection[Event]:
    """A page of the events that support a link."""
    found = [fact for fact in network.facts_of(link) if isinstance(fact, StoredEvent)]
    return events_page(info, newest(found, lambda e: e.date), first, after)


def shared_relations(
    info: Info, network: Network, link: int, first: int, after: str | None
) -> Connection[Relation]:
    """A page of the relations that support a link."""
    found = [fact for fact in network.facts_of(link) if isinstance(fact, StoredRelation)]
    return relations_page(info, found, first, after)


def events_page(
    info: Info, found: Sequence[StoredEvent], first: int, after: str | None
) -> Connection[Event]:
    """A page of events."""
    return page(info, found, lambda r: Event(record=r), key=_id, first=first, after=after)


def documents_page(
    info: Info, found: Sequence[StoredDocument], first: int, after: str | None
) -> Connection[Document]:
    """A page of documents."""
    return page(info, found, lambda r: Document(record=r), key=_id, first=first, after=after)


def organizations_page(
    info: Info, found: Sequence[records.Node], first: int, after: str | None
) -> Connection[Organization]:
    """A page of organizations."""
    return page(info, found, lambda r: Organization(record=r), key=_id, first=first, after=after)


def relations_page(
    info: Info, found: Sequence[StoredRelation], first: int, after: str | None
) -> Connection[Relation]:
    """A page of relations."""
    return page(
        info,
        found,
        lambda r: Relation(record=r),
        key=lambda r: "|".join((r.kind, r.source, r.target, r.title or "", r.document)),
        first=first,
        after=after,
    )


def posts_page(
    info: Info, found: Sequence[neighbourhood.Post], first: int, after: str | None
) -> Connection[Post]:
    """A page of posts."""
    return page(
        info,
        found,
        lambda r: Post(record=r),
        key=lambda r: "|".join((r.kind, r.person.id, r.organization.id, r.title or "")),
        first=first,
        after=after,
    )


def _id(record: Any) -> str:
    return str(record.id)


def _parts(info: Info, id_: str) -> list[neighbourhood.Tie]:
    """The PART_OF relations of a node, best documented first."""
    return [t for t in neighbourhood.ties(info.context.answers.index, id_) if t.kind == "PART_OF"]
