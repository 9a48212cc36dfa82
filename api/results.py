"""What the network answers: paths, rankings, bridges and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import strawberry

from trihelix.api.context import Info, Ranked, field, field_named
from trihelix.api.enums import Date, In, Sector, Status, labelled
from trihelix.api.facts import (
    Event,
    Evidence,
    Relation,
    evidence_list,
    shared_events,
    shared_relations,
)
from trihelix.api.pages import After, Connection, First, checked
from trihelix.api.types import Entity, Organization, Person, entity
from trihelix.graph import bridges, explain, paths
from trihelix.graph.network import Network
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.vocabulary import vocabulary


@strawberry.type(description="依据 One event or relation behind a hop.")
class Support:
    """A fact behind a link."""

    record: strawberry.Private[explain.Support]

    @field
    def kind(self) -> str:
        """The kind of event or relation (an EventKind or a RelationKind)."""
        return self.record.kind

    @field
    def kind_label(self, language: In = "zh") -> str:
        """The label of its kind."""
        return labelled(self.record.kind, language)

    @field
    def event(self, info: Info) -> Event | None:
        """The event, if it is one."""
        if self.record.id is None:
            return None
        return Event(record=info.context.answers.snapshot.events[self.record.id])

    @field
    def name(self) -> str | None:
        """The event's name."""
        return self.record.name

    @field
    def title(self) -> str | None:
        """职务 The title of a post."""
        return self.record.title

    @field
    def date(self) -> Date | None:
        """The event's date, or that of the document that states the relation."""
        return self.record.date

    @field
    def status(self) -> Status:
        """Whether it has happened."""
        return self.record.status

    @field
    def confidence(self) -> float:
        """置信度 How sure the extraction is, 0 to 1."""
        return self.record.confidence

    @field
    def from_roles(self) -> list[str]:
        """The roles of the hop's first end: Roles in an event; source or target of a relation."""
        return list(self.record.source_roles)

    @field
    def to_roles(self) -> list[str]:
        """The roles of the hop's second end."""
        return list(self.record.target_roles)

    @field
    def via(self) -> Person | None:
        """The person whose posts link the two."""
        return Person(record=self.record.via) if self.record.via else None

    @field
    def evidence(self, info: Info, first: First = 20) -> list[Evidence]:
        """原文 Its sentences."""
        return evidence_list(info, self.record.sentences, first)


@strawberry.type(description="一步 A link that a path walks, and why it is there.")
class Hop:
    """A link of a path."""

    record: strawberry.Private[explain.Hop]
    network: strawberry.Private[Network]

    @field_named("from")
    def start(self) -> Entity:
        """Where the hop starts."""
        return entity(self.record.source)

    @field_named("to")
    def end(self) -> Entity:
        """Where the hop ends."""
        return entity(self.record.target)

    @field
    def weight(self) -> float:
        """Each relation adds 1, each event of n organizations 1/(n-1)."""
        return self.record.weight

    @field
    def document_count(self) -> int:
        """How many documents tell of it."""
        return self.record.sources

    @field
    def supports(self, info: Info, first: First = 10) -> list[Support]:
        """依据 The events and relations behind it, the most trustworthy first."""
        shown = self.record.supports[: checked(first)]
        info.context.budget.spend(len(shown))
        return [Support(record=support) for support in shown]

    @field
    def events(self, info: Info, first: First = 20, after: After = None) -> Connection[Event]:
        """事件 The events among them, newest first."""
        return shared_events(info, self.network, self._link(), first, after)

    @field
    def relations(self, info: Info, first: First = 20, after: After = None) -> Connection[Relation]:
        """关系 The relations among them."""
        return shared_relations(info, self.network, self._link(), first, after)

    def _link(self) -> int:
        index = self.network.index
        return self.network.link_between(index(self.record.source.id), index(self.record.target.id))


@strawberry.type(description="路径 A chain of links between two entities.")
class Path:
    """A path."""

    record: strawberry.Private[paths.Path]
    network: strawberry.Private[Network]

    @field
    def length(self) -> int:
        """The number of hops."""
        return len(self.record)

    @field
    def nodes(self) -> list[Entity]:
        """The entities on the way, both ends included."""
        return [entity(node) for node in self.record.nodes]

    @field
    def hops(self) -> list[Hop]:
        """The links on the way, one fewer than nodes."""
        return [Hop(record=hop, network=self.network) for hop in self.record.hops]


@strawberry.type(description="排名 An organization's place by a measure.")
class Ranking:
    """A row of a ranking."""

    record: strawberry.Private[Ranked]

    @field
    def rank(self) -> int:
        """1 for the best; equal scores share a rank. The lowest constraint is the best."""
        return self.record.rank

    @field
    def score(self) -> float:
        """得分 The normalized value of the measure."""
        return self.record.score

    @field
    def organization(self) -> Organization:
        """The organization."""
        return Organization(record=self.record.node)


@strawberry.type(description="桥梁 An organization between others.")
class Bridge:
    """A bridging organization."""

    record: strawberry.Private[bridges.Bridge]

    @field
    def rank(self) -> int:
        """1 for the one on most shortest paths."""
        return self.record.rank

    @field
    def score(self) -> float:
        """Its normalized betweenness."""
        return self.record.score

    @field
    def organization(self) -> Organization:
        """The organization."""
        return Organization(record=self.record.node)

    @field
    def neighbours(self) -> int:
        """How many organizations it is linked to."""
        return self.record.neighbours

    @field
    def sectors(self) -> list[Sector]:
        """The sectors that it connects."""
        return list(self.record.sectors)

    @field
    def places(self) -> list[str]:
        """The places that it connects."""
        return list(self.record.places)

    @field
    def evidence(self) -> Evidence | None:
        """原文 A sentence of an event or relation by which it connects them."""
        return Evidence(record=self.record.sentence) if self.record.sentence else None


@strawberry.type(description="数目 How many there are of a kind.")
class KindCount:
    """A kind and its number."""

    name: str
    count: int

    @field
    def label(self, language: In = "zh") -> str:
        """The label of the kind."""
        return labelled(self.name, language)


@strawberry.type(description="统计 How much the graph holds.")
class Counts:
    """Totals, and numbers by kind."""

    snapshot: strawberry.Private[Snapshot]

    @field
    def documents(self) -> int:
        """文档"""
        return len(self.snapshot.documents)

    @field
    def organizations(self) -> int:
        """机构"""
        return self._labelled("Organization")

    @field
    def people(self) -> int:
        """人物"""
        return self._labelled("Person")

    @field
    def entities(self) -> int:
        """实体 Organizations, people, places, projects and technologies."""
        return len(self.snapshot.nodes)

    @field
    def events(self) -> int:
        """事件"""
        return len(self.snapshot.events)

    @field
    def relations(self) -> int:
        """关系 Statements: the same relation told by two documents counts twice."""
        return len(self.snapshot.relations)

    @field
    def entities_by_kind(self) -> list[KindCount]:
        """The most frequent first."""
        return _tally(node.kind for node in self.snapshot.nodes.values())

    @field
    def organizations_by_sector(self) -> list[KindCount]:
        """The most frequent first."""
        sectors = (vocabulary().sector(node.kind) for node in self.snapshot.nodes.values())
        return _tally(sector for sector in sectors if sector)

    @field
    def events_by_kind(self) -> list[KindCount]:
        """The most frequent first."""
        return _tally(event.kind for event in self.snapshot.events.values())

    @field
    def relations_by_kind(self) -> list[KindCount]:
        """The most frequent first."""
        return _tally(relation.kind for relation in self.snapshot.relations)

    def _labelled(self, name: str) -> int:
        words = vocabulary()
        return sum(words.label(node.kind) == name for node in self.snapshot.nodes.values())


def _tally(kinds: Iterable[str]) -> list[KindCount]:
    ordered = sorted(Counter(kinds).items(), key=lambda item: (-item[1], item[0]))
    return [KindCount(name=name, count=count) for name, count in ordered]
