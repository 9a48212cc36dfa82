"""What networks are made of, as arrays: the nodes and facts of a store under one revision.

Facts are numbered: the relations in the order of `Snapshot.relations`, then the events in the order
of their ids. Their sentences, names and roles stay in the store until they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.nodes import Nodes
from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation
from trihelix.graph.view import day_range
from trihelix.schema.errors import StoreError
from trihelix.schema.vocabulary import vocabulary

Fact = StoredRelation | StoredEvent
Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]

STATUSES = ("cancelled", "completed", "planned")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Columns:
    """n nodes in order of their ids, d documents likewise, r relations, and e events.

    Days are those that a date may mean, first and last as yyyymmdd; 0 when its year is unknown.
    `kind` is the position in `fact_kinds()`, `status` that in `STATUSES`. The nodes of event k are
    where `event` is k; each pair of event and node is there once, in order.
    """

    revision: int
    nodes: Nodes
    sure: Float64  # shape (n,), the confidence of the surest mention
    published: Int32  # shape (d, 2), days
    kind: Int16  # shape (r + e,)
    confidence: Float64  # shape (r + e,)
    document: Int32  # shape (r + e,)
    days: Int32  # shape (r + e, 2), of the event, or of the document that states the relation
    source: Int32  # shape (r,), nodes
    target: Int32  # shape (r,)
    status: Int8  # shape (e,)
    event: Int32  # shape (p,)
    participant: Int32  # shape (p,), nodes
    read: Callable[[], Snapshot]  # the rest of the store

    @classmethod
    def of(cls, snapshot: Snapshot) -> Columns:
        """The columns of a snapshot."""
        ids = sorted(snapshot.nodes)
        node = {id_: at for at, id_ in enumerate(ids)}
        document = {id_: at for at, id_ in enumerate(snapshot.documents)}
        relations = snapshot.relations
        events = [event for _, event in sorted(snapshot.events.items())]
        facts: list[Fact] = [*relations, *events]
        published = day_table(d.published for d in snapshot.documents.values())
        told_by = _integers(document[fact.document] for fact in facts)
        parts = sorted({(k, node[p.entity]) for k, e in enumerate(events) for p in e.participants})
        code = {kind: at for at, kind in enumerate(fact_kinds())}
        return cls(
            revision=snapshot.revision,
            nodes=Nodes.of(snapshot.nodes[id_] for id_ in ids),
            sure=np.array([snapshot.confidence[id_] for id_ in ids], dtype=np.float64),
            published=published,
            kind=np.array([code[fact.kind] for fact in facts], dtype=np.int16),
            confidence=np.array([fact.confidence for fact in facts], dtype=np.float64),
            document=told_by,
            days=np.concatenate(
                [published[told_by[: len(relations)]], day_table(e.date for e in events)]
            ),
            source=_integers(node[r.source] for r in relations),
            target=_integers(node[r.target] for r in relations),
            status=np.array([STATUSES.index(e.status) for e in events], dtype=np.int8),
            event=_integers(k for k, _ in parts),
            participant=_integers(n for _, n in parts),
            read=lambda: snapshot,
        )

    @classmethod
    def without_facts(cls, nodes: Nodes) -> Columns:
        """The columns of nodes that no store holds."""

        def read() -> Snapshot:
            found = {node.id: node for node in nodes}
            return Snapshot(
                revision=0,
                documents={},
                nodes=found,
                relations=(),
                events={},
                mentions={},
                confidence=dict.fromkeys(found, 1.0),
            )

        none, pairs = np.empty(0, dtype=np.int32), np.empty((0, 2), dtype=np.int32)
        return cls(
            revision=0,
            nodes=nodes,
            sure=np.broadcast_to(1.0, len(nodes)),
            published=pairs,
            kind=none.astype(np.int16),
            confidence=np.empty(0),
            document=none,
            days=pairs,
            source=none,
            target=none,
            status=none.astype(np.int8),
            event=none,
            participant=none,
            read=read,
        )

    def __repr__(self) -> str:
        return f"Columns({len(self.nodes)} nodes, {self.kind.size} facts)"

    @property
    def relations(self) -> int:
        """The number of relations; the facts from there on are events."""
        return self.source.size

    @cached_property
    def snapshot(self) -> Snapshot:
        """The rest of the store, read when first asked for.

        Raises:
            StoreError: when the store has changed since the columns were read.
        """
        found = self.read()
        if found.revision != self.revision:
            raise StoreError(
                f"the network shows revision {self.revision} of the store, which is at "
                f"{found.revision} by now; ask for the network again"
            )
        return found

    def surely(self, least: float) -> Snapshot:
        """`snapshot.at_least(least)`, made once.

        Raises:
            StoreError: when the store has changed since the columns were read.
        """
        return self._surely(least)

    @cached_property
    def _surely(self) -> Callable[[float], Snapshot]:
        return lru_cache(maxsize=4)(self.snapshot.at_least)

    @cached_property
    def event_ids(self) -> tuple[str, ...]:
        """The ids of the events, in order."""
        return tuple(sorted(self.snapshot.events))

    @cached_property
    def dated(self) -> Int32:
        """`days`, and where the year is unknown, those of the document that tells the fact."""
        if not self.published.size:
            return self.days
        unknown = self.days[:, 1:] == 0
        found: Int32 = np.where(unknown, self.published[self.document], self.days)
        return found


@cache
def fact_kinds() -> tuple[str, ...]:
    """The kinds of relations in order, then those of events in order."""
    words = vocabulary()
    return (*sorted(words.relations), *sorted(words.events))


def day_table(dates: Iterable[str | None]) -> Int32:
    """The days that each date may mean (`view.day_range`), shape (dates, 2)."""
    return np.array([day_range(date) for date in dates], dtype=np.int32).reshape(-1, 2)


def _integers(values: Iterable[int]) -> Int32:
    return np.fromiter(values, dtype=np.int32)
