"""What documents say: events, relations, posts, the sentences, and the documents themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import strawberry

from trihelix.api.arguments import Confidence
from trihelix.api.context import Info, field, newest
from trihelix.api.enums import Date, EventKind, In, RelationKind, Role, Status, labelled
from trihelix.api.pages import After, Connection, First, Node, checked, identity, page
from trihelix.graph import neighbourhood
from trihelix.graph.network import Network
from trihelix.graph.snapshot import StoredDocument, StoredEvent, StoredRelation
from trihelix.graph.view import View
from trihelix.schema import records


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
    def entities(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[types.Entity]:
        """实体 What it mentions."""
        found = info.context.answers.mentioned(self.record.id)
        return page(info, found, types.entity, key=identity, first=first, after=after)

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
    def entity(self, info: Info) -> types.Entity:
        """The participant."""
        return types.entity(info.context.answers.snapshot.nodes[self.record.entity])


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
        """状态 Whether it has happened."""
        return self.record.status

    @field
    def status_label(self, language: In = "zh") -> str:
        """The label of the status."""
        return labelled(self.record.status, language)

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
    def participants(
        self, info: Info, role: list[Role] | None = None, min_confidence: Confidence = 0.0
    ) -> list[Participant]:
        """参与者 Who took part, by role."""
        answers = info.context.answers
        nodes = {p.entity: answers.snapshot.nodes[p.entity] for p in self.record.participants}
        sure = {node.id for node in answers.sure(nodes.values(), min_confidence)}
        found = [
            p
            for p in self.record.participants
            if p.entity in sure and (role is None or p.role in role)
        ]
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
    def source(self, info: Info) -> types.Entity:
        """Where it starts."""
        return types.entity(info.context.answers.snapshot.nodes[self.record.source])

    @field
    def target(self, info: Info) -> types.Entity:
        """Where it ends."""
        return types.entity(info.context.answers.snapshot.nodes[self.record.target])

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
    def person(self) -> types.Person:
        """Who holds it."""
        return types.Person(record=self.record.person)

    @field
    def organization(self) -> types.Organization:
        """Where."""
        return types.Organization(record=self.record.organization)

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


def chosen_events(
    info: Info,
    events: Iterable[StoredEvent],
    *,
    kind: Sequence[str] | None,
    status: Sequence[str] | None,
    since: str | None,
    until: str | None,
    min_confidence: float,
) -> list[StoredEvent]:
    """The events of these kinds, statuses, dates and confidences, cancelled ones too.

    Raises:
        ConfigurationError: when `since` is after `until`, or the confidence not between 0 and 1.
    """
    view = View(since=since, until=until)
    return [
        event
        for event in info.context.answers.sure(events, min_confidence)
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
    return page(info, found, lambda r: Event(record=r), key=identity, first=first, after=after)


def documents_page(
    info: Info, found: Sequence[StoredDocument], first: int, after: str | None
) -> Connection[Document]:
    """A page of documents."""
    return page(info, found, lambda r: Document(record=r), key=identity, first=first, after=after)


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


# Entities and facts name each other; strawberry looks the names up when the schema is built.
from trihelix.api import types  # noqa: E402
