"""What was and what may come, as GraphQL types: prediction, trends, comings and goings."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from trihelix.api.choices import PredictionIndex
from trihelix.api.context import Info, field
from trihelix.api.enums import Date
from trihelix.api.measures import Row
from trihelix.api.removal import entity_of
from trihelix.api.structure import known
from trihelix.graph.prediction import INDICES


@strawberry.type(description="指标 A value by an index of link prediction.")
class PredictionScore:
    """A value of an index."""

    by: PredictionIndex = strawberry.field(description="The index.")
    value: float = strawberry.field(description="Its value.")


@strawberry.type(description="预测 Two that have no link, and why they are likely to get one.")
class PredictedLink:
    """A predicted link."""

    record: strawberry.Private[Row]
    source_id: strawberry.Private[str]
    target_id: strawberry.Private[str]

    @field
    def rank(self) -> int:
        """1 for the likeliest; equal scores share a rank."""
        return int(self.record["rank"])

    @field
    def source(self, info: Info) -> types.Entity:
        """One of the two."""
        return entity_of(info, self.source_id)

    @field
    def target(self, info: Info) -> types.Entity:
        """The other."""
        return entity_of(info, self.target_id)

    @field
    def score(self) -> float:
        """得分 By the index that was asked for."""
        return float(self.record["score"])

    @field
    def scores(self) -> list[PredictionScore]:
        """By every index."""
        return [PredictionScore(by=by, value=float(self.record[by])) for by in INDICES]

    @field
    def shared(self, info: Info) -> list[types.Entity]:
        """共同邻居 Up to ten neighbours that the two share, those of fewest links first."""
        ids = self.record["shared_ids"]
        info.context.budget.spend(len(ids))
        return [entity_of(info, id_) for id_ in ids]


@strawberry.type(description="年度 A measure in one year.")
class TrendPoint:
    """A year of a series."""

    record: strawberry.Private[Row]

    @field
    def year(self) -> int:
        """年份"""
        return int(self.record["year"])

    @field
    def rank(self) -> int:
        """名次 Among all of that year's network."""
        return int(self.record["rank"])

    @field
    def score(self) -> float:
        """得分"""
        return float(self.record["score"])

    @field
    def nodes(self) -> int:
        """Nodes of that year's network."""
        return int(self.record["nodes"])

    @field
    def links(self) -> int:
        """Links of that year's network."""
        return int(self.record["links"])


@strawberry.type(description="趋势 A measure of one entity, year by year.")
class Trend:
    """A series."""

    id_: strawberry.Private[str]
    record: strawberry.Private[Sequence[Row]]

    @field
    def entity(self, info: Info) -> types.Entity:
        """Who it is."""
        return entity_of(info, self.id_)

    @field
    def points(self) -> list[TrendPoint]:
        """The years in which the measure has a value for it."""
        return [TrendPoint(record=row) for row in self.record]


@strawberry.type(description="进出 Who comes and who goes in a year.")
class Turnover:
    """A year's comings and goings."""

    record: strawberry.Private[Row]

    @field
    def year(self) -> int:
        """年份"""
        return int(self.record["year"])

    @field
    def nodes(self) -> int:
        """Active: first seen by then, and last seen then or later."""
        return int(self.record["nodes"])

    @field
    def links(self) -> int:
        """Active links."""
        return int(self.record["links"])

    @field
    def newcomers(self) -> int:
        """新来者 First seen in it."""
        return int(self.record["newcomers"])

    @field
    def new_links(self) -> int:
        """Links first seen in it."""
        return int(self.record["new_links"])

    @field
    def leavers(self) -> int | None:
        """离开者 Last seen in it; null for the last years, whose may come back."""
        return _count(self.record["leavers"])

    @field
    def lost_links(self) -> int | None:
        """Links last seen in it; null for the last years."""
        return _count(self.record["lost_links"])


@strawberry.type(description="首末 When an entity was first and last seen with a link.")
class Seen:
    """The first and the last day of a node's links."""

    record: strawberry.Private[Row]

    @field
    def entity(self, info: Info) -> types.Entity:
        """Who it is."""
        return entity_of(info, self.record["id"])

    @field
    def first(self) -> Date | None:
        """首次 The earliest day that its links may date from; null without dated ones."""
        return _date(self.record["first"])

    @field
    def last(self) -> Date | None:
        """末次 The latest day that its links may date from; null without dated ones."""
        return _date(self.record["last"])


def _date(value: object) -> str | None:
    return value if isinstance(value, str) else None  # pandas may give its NA


def _count(value: object) -> int | None:
    found = known(value)
    return None if found is None else int(found)


# Entities have fields of these types, and these have fields that are entities.
from trihelix.api import types  # noqa: E402
