"""How much the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import strawberry

from trihelix.api.context import field
from trihelix.api.enums import In, labelled
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.vocabulary import vocabulary


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
