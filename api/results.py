"""What the network answers: paths, rankings and bridges."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from trihelix.api.choices import BigInt, BridgePart, PathOrder
from trihelix.api.context import Info, field, field_named
from trihelix.api.enums import Date, In, Sector, Status, labelled
from trihelix.api.facts import (
    Event,
    Evidence,
    Relation,
    evidence_list,
    shared_events,
    shared_relations,
)
from trihelix.api.measures import Ranked, Sampled, Shortest
from trihelix.api.pages import After, Connection, First, checked
from trihelix.api.types import Entity, Organization, Person, entity, organization
from trihelix.graph import bridges, explain, paths
from trihelix.graph.network import Network


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
    def by(self) -> PathOrder:
        """What it was chosen by."""
        return self.record.by

    @field
    def value(self) -> float:
        """What it was chosen by as a number: its hops, the sum of 1/weight, the product of the
        confidences, that of its weakest link, or the day of arrival as yyyymmdd."""
        return self.record.value

    @field
    def dates(self) -> list[Date]:
        """日期 The days of its hops, when it is in the order of time."""
        return list(self.record.dates)

    @field
    def loopless(self) -> bool:
        """Whether no entity comes twice; only a path by way of others may not be."""
        return self.record.loopless

    @field
    def nodes(self) -> list[Entity]:
        """The entities on the way, both ends included."""
        return [entity(node) for node in self.record.nodes]

    @field
    def hops(self) -> list[Hop]:
        """The links on the way, one fewer than nodes."""
        return [Hop(record=hop, network=self.network) for hop in self.record.hops]


def paths_list(info: Info, found: Sequence[paths.Path], network: Network) -> list[Path]:
    """The paths, paid for from the request's budget."""
    info.context.budget.spend(sum(len(path.nodes) for path in found))
    return [Path(record=path, network=network) for path in found]


@strawberry.type(description="全部最短路径 All paths of the fewest hops between two entities.")
class ShortestPaths:
    """All shortest paths, of which some are listed."""

    record: strawberry.Private[Shortest]
    network: strawberry.Private[Network]

    @field
    def total(self) -> BigInt:
        """总数 How many there are, listed or not; above 2^53 about."""
        return self.record.total

    @field
    def length(self) -> int:
        """The number of hops of each."""
        return self.record.hops

    @field
    def paths(self, info: Info) -> list[Path]:
        """The first of them, in the order of their ids."""
        return paths_list(info, self.record.paths, self.network)


@strawberry.type(description="抽样 How a measure of a large network was sampled.")
class Sampling:
    """How scores were sampled, and the bound on their error."""

    record: strawberry.Private[Sampled]

    @field
    def method(self) -> str:
        """`sources` (nodes that shortest paths start from) or `paths` (single shortest paths)."""
        return self.record.method

    @field
    def samples(self) -> int:
        """How many were drawn."""
        return self.record.samples

    @field
    def seed(self) -> int:
        """What they were drawn with."""
        return self.record.seed

    @field
    def error(self) -> float:
        """误差 All scores together are within this of the truth, as surely as `confidence` says."""
        return self.record.error

    @field
    def confidence(self) -> float:
        """The probability of that."""
        return self.record.confidence


@strawberry.type(description="排名 An entity's place by a measure.")
class Ranking:
    """A row of a ranking."""

    record: strawberry.Private[Ranked]

    @field
    def rank(self) -> int:
        """1 for the best; equal scores share a rank. The lowest constraint is the best."""
        return self.record.rank

    @field
    def score(self) -> float:
        """得分 The value of the measure, normalized unless asked otherwise."""
        return self.record.score

    @field
    def plus_minus(self) -> float:
        """误差 The true score is within this of it; 0 when it is exact."""
        return self.record.plus_minus

    @field
    def entity(self) -> Entity:
        """Who it is."""
        return entity(self.record.node)

    @field
    def organization(self) -> Organization | None:
        """The organization, unless the view shows other entities and it is one of those."""
        return organization(self.record.node)


@strawberry.type(name="RankingConnection", description="A page of a ranking.")
class Rankings(Connection[Ranking]):
    """A page of a ranking, and how it was sampled."""

    sampling: Sampling | None = strawberry.field(
        description="抽样 How the scores were sampled; null when they are exact."
    )


@strawberry.type(description="区间 A range of ranks.")
class RankInterval:
    """A range of ranks."""

    low: int = strawberry.field(description="The best.")
    high: int = strawberry.field(description="The worst.")


@strawberry.type(description="门槛 A rank among links that are at least so sure.")
class RankAtConfidence:
    """A rank at a threshold."""

    confidence: float = strawberry.field(description="Links have a fact that is at least so sure.")
    rank: int | None = strawberry.field(description="Null when it has no such link.")


@strawberry.type(description="得分 A part of a bridge's score.")
class BridgeScore:
    """A part of a bridge's score."""

    part: BridgePart = strawberry.field(description="Which part.")
    value: float | None = strawberry.field(
        description="The measure itself; null for the brokerage of who is in no group."
    )
    standing: float | None = strawberry.field(
        description="The share of the linked organizations that do worse, of equals half."
    )


@strawberry.type(description="桥梁 An organization between others.")
class Bridge:
    """A bridging organization."""

    record: strawberry.Private[bridges.Bridge]

    @field
    def rank(self) -> int:
        """1 for the best bridge; equal scores share a rank."""
        return self.record.rank

    @field
    def score(self) -> float:
        """得分 The weighted mean of its standings in the parts, 0 to 1."""
        return self.record.score

    @field
    def parts(self) -> list[BridgeScore]:
        """What the score is made of."""
        r = self.record
        values = {
            "betweenness": r.betweenness,
            "brokerage": None if r.brokerage is None else float(r.brokerage),
            "constraint": r.constraint,
        }
        return [
            BridgeScore(part=part, value=values[part], standing=r.standings.get(part))
            for part in bridges.COMPONENTS
        ]

    @field
    def organization(self) -> Organization:
        """The organization."""
        return Organization(record=self.record.node)

    @field
    def neighbours(self) -> int:
        """How many organizations it is linked to."""
        return self.record.neighbours

    @field
    def groups(self) -> list[str]:
        """The groups of its neighbours, by what was asked for."""
        return list(self.record.groups)

    @field
    def sectors(self) -> list[Sector]:
        """The sectors that it connects."""
        return list(self.record.sectors)

    @field
    def places(self) -> list[str]:
        """The places that it connects."""
        return list(self.record.places)

    @field
    def rank_interval(self) -> RankInterval:
        """名次区间 Where 90% of the resampled sets of documents rank it."""
        return RankInterval(low=self.record.low, high=self.record.high)

    @field
    def rank_by_confidence(self) -> list[RankAtConfidence]:
        """Its rank when only surer links count."""
        found = self.record.by_confidence.items()
        return [RankAtConfidence(confidence=least, rank=rank) for least, rank in found]

    @field
    def evidence(self) -> Evidence | None:
        """原文 A sentence of an event or relation by which it connects them."""
        return Evidence(record=self.record.sentence) if self.record.sentence else None
