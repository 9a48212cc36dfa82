"""What a network would lose without some, as GraphQL types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import strawberry

from trihelix.api.choices import BigInt
from trihelix.api.context import Info, field
from trihelix.api.measures import Row
from trihelix.api.pages import First, checked
from trihelix.graph import removal, replacement
from trihelix.schema.records import Node

T = TypeVar("T")


@strawberry.type(description="效率 The mean inverse distance between those that remain.")
class Efficiency:
    """Global efficiency before and after a removal."""

    before: float = strawberry.field(description="With them.")
    after: float = strawberry.field(description="Without them.")
    loss: float = strawberry.field(description="What the removal takes from it.")
    error: float = strawberry.field(description="Half of the 95% interval of the loss; 0: exact.")
    samples: int = strawberry.field(description="Nodes that distances were measured from.")


@strawberry.type(description="碎片 A part that a component falls into.")
class Piece:
    """A part of a component."""

    record: strawberry.Private[removal.Piece]

    @field
    def size(self) -> int:
        """How many nodes it has."""
        return self.record.size

    @field
    def nodes(self, info: Info, first: First = 20) -> list[types.Entity]:
        """Those with most links."""
        return entities_of(info, self.record.nodes, first)


@strawberry.type(description="断开 Two neighbours of the removed that reach each other no more.")
class CutOff:
    """Two that are cut off from each other."""

    record: strawberry.Private[tuple[Node, Node]]

    @field
    def source(self) -> types.Entity:
        """One of the two."""
        return types.entity(self.record[0])

    @field
    def target(self) -> types.Entity:
        """The other."""
        return types.entity(self.record[1])


@strawberry.type(description="替代者 Who could take over.")
class Replacement:
    """A candidate to replace what was removed."""

    record: strawberry.Private[replacement.Replacement]

    @field
    def entity(self) -> types.Entity:
        """Who it is."""
        return types.entity(self.record.node)

    @field
    def similarity(self) -> float:
        """相似度 The weighted Jaccard index of its links and those of the removed."""
        return self.record.similarity

    @field
    def adamic_adar(self) -> float:
        """The sum over the shared neighbours of 1 / ln(their degree)."""
        return self.record.adamic_adar

    @field
    def shared_count(self) -> int:
        """How many neighbours it shares with the removed."""
        return len(self.record.shared)

    @field
    def shared(self, info: Info, first: First = 20) -> list[types.Entity]:
        """共同邻居 These neighbours, those of most weight first."""
        return entities_of(info, self.record.shared, first)

    @field
    def brokered(self) -> BigInt:
        """Pairs without a link among the removed ones' neighbours that both are its neighbours."""
        return self.record.brokered

    @field
    def reconnects(self) -> BigInt:
        """Broken pairs that one new link of it would join again."""
        return self.record.reconnects


@strawberry.type(description="假设 What the network would lose without some of its entities.")
class Removal:
    """The answer to what-if."""

    record: strawberry.Private[removal.Removal]

    @field
    def removed(self) -> list[types.Entity]:
        """Without whom."""
        return [types.entity(node) for node in self.record.removed]

    @field
    def remaining(self) -> int:
        """How many remain."""
        return self.record.remaining

    @field
    def joined_pairs(self) -> BigInt:
        """Pairs of them that could reach each other."""
        return self.record.joined_pairs

    @field
    def broken_pairs(self) -> BigInt:
        """断开的对 Those of them that can no more."""
        return self.record.broken_pairs

    @field
    def components_before(self) -> int:
        """Connected parts with them."""
        return self.record.components_before

    @field
    def components_after(self) -> int:
        """Connected parts without them."""
        return self.record.components_after

    @field
    def largest_before(self) -> int:
        """Nodes of the largest component with them."""
        return self.record.largest_before

    @field
    def largest_after(self) -> int:
        """Nodes of the largest component without them."""
        return self.record.largest_after

    @field
    def efficiency(self) -> Efficiency:
        """效率 How near the remaining ones are to each other."""
        e = self.record.efficiency
        return Efficiency(
            before=e.before, after=e.after, loss=e.loss, error=e.error, samples=e.samples
        )

    @field
    def piece_count(self) -> int:
        """How many pieces the components of the removed fall into."""
        return self.record.piece_count

    @field
    def pieces(self, info: Info, first: First = 20) -> list[Piece]:
        """碎片 These pieces, the largest first."""
        return [Piece(record=piece) for piece in some_of(info, self.record.pieces, first)]

    @field
    def cut_off(self, info: Info, first: First = 20) -> list[CutOff]:
        """Neighbours of the removed that reach each other no more, the busiest first."""
        return [CutOff(record=pair) for pair in some_of(info, self.record.cut_off, first)]

    @field
    def replacements(self, info: Info, first: First = 10) -> list[Replacement]:
        """替代者 Who could take over, the most similar first."""
        return [Replacement(record=r) for r in some_of(info, self.record.replacements, first)]


@strawberry.type(description="关键 Who holds most others together.")
class Critical:
    """An articulation point, and what falls apart without it."""

    record: strawberry.Private[Row]

    @field
    def rank(self) -> int:
        """1 for who breaks most; equal numbers share a rank."""
        return int(self.record["rank"])

    @field
    def entity(self, info: Info) -> types.Entity:
        """Who it is."""
        return entity_of(info, self.record["id"])

    @field
    def broken_pairs(self) -> BigInt:
        """Pairs of others that its removal would break apart."""
        return int(self.record["broken_pairs"])

    @field
    def pieces(self) -> int:
        """How many pieces its component would fall into."""
        return int(self.record["pieces"])

    @field
    def cut_off(self) -> int:
        """Nodes outside the largest of them."""
        return int(self.record["cut_off"])


def entity_of(info: Info, id_: str) -> types.Entity:
    """The entity of an id."""
    return types.entity(info.context.answers.snapshot.nodes[id_])


def entities_of(info: Info, nodes: Sequence[Node], first: int) -> list[types.Entity]:
    """The first of these entities, paid for from the request's budget."""
    return [types.entity(node) for node in some_of(info, nodes, first)]


def some_of(info: Info, items: Sequence[T], first: int) -> Sequence[T]:
    """The first items, paid for from the request's budget."""
    shown = items[: checked(first)]
    info.context.budget.spend(len(shown))
    return shown


# Entities have fields of types that use these, and these have fields that are entities.
from trihelix.api import types  # noqa: E402
