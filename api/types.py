"""The things of the graph as GraphQL types, each a thin view of a record.

A type holds its record and answers every field from the request's snapshot (`info.context`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import strawberry

from trihelix.api import facts
from trihelix.api.arguments import (
    Across,
    By,
    Confidence,
    Index,
    View,
    Weighted,
    about,
    maybe,
    view_of,
)
from trihelix.api.context import Info, field
from trihelix.api.enums import (
    Date,
    EventKind,
    In,
    OrganizationKind,
    RelationKind,
    Sector,
    Status,
    labelled,
)
from trihelix.api.outlook import PredictedLink, Seen
from trihelix.api.pages import After, Connection, First, Node, checked, identity, page
from trihelix.api.structure import Brokerage, StructuralHoles
from trihelix.graph import neighbourhood
from trihelix.graph.network import Network
from trihelix.schema import records
from trihelix.schema.vocabulary import vocabulary


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
    def confidence(self, info: Info) -> float:
        """置信度 The chance that it is an entity of its own, by its surest mention, 0 to 1."""
        return info.context.answers.snapshot.confidence[self.record.id]

    @field
    def events(
        self,
        info: Info,
        kind: list[EventKind] | None = None,
        status: list[Status] | None = None,
        since: Date | None = None,
        until: Date | None = None,
        min_confidence: Confidence = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[facts.Event]:
        """事件 Events it took part in, newest first."""
        found = neighbourhood.events(info.context.answers.index, self.record.id)
        shown = facts.chosen_events(
            info,
            found,
            kind=kind,
            status=status,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        return facts.events_page(info, shown, first, after)

    @field
    def relations(
        self,
        info: Info,
        kind: list[RelationKind] | None = None,
        min_confidence: Confidence = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[facts.Relation]:
        """关系 Relations that start or end here, one for each document."""
        answers = info.context.answers
        found = answers.sure(answers.index.relations.get(self.record.id, ()), min_confidence)
        return facts.relations_page(
            info, [r for r in found if kind is None or r.kind in kind], first, after
        )

    @field
    def documents(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[facts.Document]:
        """文档 Documents that mention it, newest first."""
        found = info.context.answers.documents_of.get(self.record.id, ())
        return facts.documents_page(info, found, first, after)

    @field
    def evidence(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[facts.Evidence]:
        """原文 The sentences behind its events and relations, newest first."""
        found = neighbourhood.evidence(info.context.answers.index, self.record.id)
        return page(
            info,
            found,
            lambda sentence: facts.Evidence(record=sentence),
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
    def people(self, info: Info, first: First = 20, after: After = None) -> Connection[facts.Post]:
        """任职 People who hold posts here or are members."""
        found = neighbourhood.people(info.context.answers.index, self.record.id)
        return facts.posts_page(info, found, first, after)

    @field
    def collaborators(
        self,
        info: Info,
        kinds: list[OrganizationKind] | None = None,
        events: list[EventKind] | None = None,
        relations: list[RelationKind] | None = None,
        since: Date | None = None,
        until: Date | None = None,
        min_confidence: Confidence = 0.0,
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
        shown = self.record.id in network.position  # or it is less sure than was asked for
        found = neighbourhood.collaborators(network, self.record.id) if shown else ()
        return page(
            info,
            [c for c in found if kinds is None or c.node.kind in kinds],
            lambda c: Collaboration(record=c, network=network, center=self.record.id),
            key=lambda c: c.node.id,
            first=first,
            after=after,
        )

    @field
    def structural_holes(
        self, info: Info, weighted: Weighted = True, view: View = None
    ) -> StructuralHoles | None:
        """结构洞 How redundant its neighbours are; null when the view does not show it."""
        shown = view_of(view)
        at = info.context.answers.network(shown).position.get(self.record.id)
        if at is None:
            return None
        holes = info.context.answers.measures.holes
        found = info.context.measure(1, holes, shown, weighted=weighted)
        return StructuralHoles(record=found, index=at)

    @field
    def brokerage(self, info: Info, by: By = "sector", view: View = None) -> Brokerage | None:
        """中介 How it brokers between groups; null when it is in none, or not shown."""
        shown = view_of(view)
        at = info.context.answers.network(shown).position.get(self.record.id)
        if at is None:
            return None
        brokerage = info.context.answers.measures.brokerage
        found = info.context.measure(1, brokerage, shown, by=str(by))
        return Brokerage(record=found, index=at) if found.found.groups.codes[at] >= 0 else None

    @field
    def predicted_links(
        self,
        info: Info,
        by: Index = "adamic_adar",
        sector: Annotated[list[Sector] | None, about("Only to these sectors.")] = None,
        place: Annotated[str | None, about("Only to those in this place.")] = None,
        across: Across = None,
        first: First = 10,
        view: View = None,
    ) -> list[PredictedLink] | None:
        """预测 With whom it is likely to link next; none when the view does not show it."""
        shown = view_of(view)
        if self.record.id not in info.context.answers.network(shown).position:
            return []
        found = info.context.measure(
            1,
            info.context.answers.measures.candidates,
            shown,
            self.record.id,
            str(by),
            top=checked(first, least=1),
            sectors=maybe(sector),
            place=place,
            across=across and str(across),
        )
        info.context.budget.spend(len(found))
        own = self.record.id
        return [PredictedLink(record=row, source_id=own, target_id=row["id"]) for row in found]

    @field
    def seen(self, info: Info, view: View = None) -> Seen | None:
        """首末 When it was first and last seen with a link; null when it is not shown."""
        seen = info.context.answers.measures.seen
        row = info.context.measure(1, seen, view_of(view)).get(self.record.id)
        return Seen(record=row) if row else None


@strawberry.type(description="人物 A person.")
class Person(Entity):
    """A person."""

    @field
    def posts(self, info: Info, first: First = 20, after: After = None) -> Connection[facts.Post]:
        """任职 The posts held, best documented first."""
        found = neighbourhood.posts(info.context.answers.index, self.record.id)
        return facts.posts_page(info, found, first, after)


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


def organization(record: records.Node) -> Organization | None:
    """The organization of a node, if it is one."""
    found = entity(record)
    return found if isinstance(found, Organization) else None


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
    def events(self, info: Info, first: First = 20, after: After = None) -> Connection[facts.Event]:
        """The shared events, newest first."""
        return facts.shared_events(info, self.network, self._link(), first, after)

    @field
    def relations(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[facts.Relation]:
        """The relations between the two."""
        return facts.shared_relations(info, self.network, self._link(), first, after)

    def _link(self) -> int:
        index = self.network.index
        return self.network.link_between(index(self.center), index(self.record.node.id))


def organizations_page(
    info: Info, found: Sequence[records.Node], first: int, after: str | None
) -> Connection[Organization]:
    """A page of organizations."""
    return page(
        info, found, lambda r: Organization(record=r), key=identity, first=first, after=after
    )


def _parts(info: Info, id_: str) -> list[neighbourhood.Tie]:
    """The PART_OF relations of a node, best documented first."""
    return [t for t in neighbourhood.ties(info.context.answers.index, id_) if t.kind == "PART_OF"]
