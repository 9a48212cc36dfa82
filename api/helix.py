"""The triple helix as GraphQL types."""

from __future__ import annotations

import strawberry

from trihelix.api.context import field
from trihelix.api.measures import Row


@strawberry.type(description="Values of university (u), industry (i), government (g) and together.")
class HelixCounts:
    """Numbers of units in which these take part, whoever else does."""

    u: int = strawberry.field(description="高校 University.")
    i: int = strawberry.field(description="企业 Industry.")
    g: int = strawberry.field(description="政府 Government.")
    ui: int = strawberry.field(description="University and industry.")
    ug: int = strawberry.field(description="University and government.")
    ig: int = strawberry.field(description="Industry and government.")
    uig: int = strawberry.field(description="All three.")


@strawberry.type(description="熵 Entropies, in bits.")
class HelixEntropies:
    """Entropies of one, two and three of them."""

    u: float = strawberry.field(description="Of university.")
    i: float = strawberry.field(description="Of industry.")
    g: float = strawberry.field(description="Of government.")
    ui: float = strawberry.field(description="Of university and industry.")
    ug: float = strawberry.field(description="Of university and government.")
    ig: float = strawberry.field(description="Of industry and government.")
    uig: float = strawberry.field(description="Of all three.")


@strawberry.type(description="互信息 Transmissions, in bits.")
class HelixTransmissions:
    """Mutual information of two and three of them."""

    ui: float = strawberry.field(description="Between university and industry, never below 0.")
    ug: float = strawberry.field(description="Between university and government, never below 0.")
    ig: float = strawberry.field(description="Between industry and government, never below 0.")
    uig: float = strawberry.field(
        description="三螺旋 T(u,i,g) of all three: below 0 for synergy, above 0 for redundancy."
    )


@strawberry.type(
    description="三螺旋 How much university, industry and government tell of each other."
)
class TripleHelix:
    """A row of the triple helix (Leydesdorff 2003)."""

    record: strawberry.Private[Row]

    @field
    def year(self) -> int | None:
        """年份 The year, when it was divided by it."""
        return self.record.get("year")

    @field
    def place(self) -> str | None:
        """地点 The place, when it was divided by it."""
        return self.record.get("place")

    @field
    def region(self) -> str | None:
        """省区 The province, when it was divided by it."""
        return self.record.get("region")

    @field
    def units(self) -> int:
        """How many events or documents there are in which one of the three takes part."""
        return int(self.record["n"])

    @field
    def counts(self) -> HelixCounts:
        """Units in which these take part, whoever else does."""
        return HelixCounts(**{name: int(self.record[name]) for name in _SUBSETS})

    @field
    def entropies(self) -> HelixEntropies:
        """熵 How uncertain it is which of them take part."""
        return HelixEntropies(**{name: float(self.record[f"H_{name}"]) for name in _SUBSETS})

    @field
    def transmissions(self) -> HelixTransmissions:
        """互信息 How much they tell of each other."""
        found = {name: float(self.record[f"T_{name}"]) for name in _SUBSETS[3:]}
        return HelixTransmissions(**found)


_SUBSETS = ("u", "i", "g", "ui", "ug", "ig", "uig")
