from __future__ import annotations

from dataclasses import replace

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.columns import STATUSES, Columns, Fact, fact_kinds
from trihelix.graph.network import Network
from trihelix.graph.nodes import Nodes
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.view import View
from trihelix.schema.errors import StoreError


def test_columns_number_relations_then_events() -> None:
    snapshot = northeast()
    columns = Columns.of(snapshot)
    facts: list[Fact] = [*snapshot.relations, *(snapshot.events[id_] for id_ in columns.event_ids)]
    assert [fact_kinds()[code] for code in columns.kind] == [fact.kind for fact in facts]
    assert columns.confidence.tolist() == [fact.confidence for fact in facts]
    assert columns.relations == len(snapshot.relations)
    assert columns.event_ids == ("deal", "forum", "research", "signing")
    assert [STATUSES[code] for code in columns.status] == [
        "cancelled",
        "completed",
        "planned",
        "completed",
    ]


def test_ends_and_participants_are_numbers_of_nodes() -> None:
    columns = Columns.of(
        Story()
        .relation("OWNS", "c", "b")
        .event("e1", "organizer:a", "speaker:a", "b")
        .event("e2", "c")
        .snapshot()
    )
    assert columns.nodes.ids == ["a", "b", "c"]
    assert (columns.source.tolist(), columns.target.tolist()) == ([2], [1])
    assert list(zip(columns.event.tolist(), columns.participant.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 2),
    ]


def test_a_fact_of_unknown_year_is_dated_by_its_document() -> None:
    columns = Columns.of(
        Story()
        .document("d1", published="2023-05-01")
        .document("d2", published=None)
        .relation("OWNS", "a", "b")
        .event("e1", "a", "b", date="XXXX-04-25")
        .event("e2", "a", "b", date="2021", document="d2")
        .event("e3", "a", "b", date=None, document="d2")
        .snapshot()
    )
    day, year, none = [20230501] * 2, [20210101, 20211231], [0, 0]
    assert columns.days.tolist() == [day, none, year, none]
    assert columns.dated.tolist() == [day, day, year, none]


def test_nodes_alone_make_columns() -> None:
    columns = Columns.without_facts(Nodes.from_columns(["a", "b"]))
    assert len(Network.of(columns, View(as_of="2023", weighting="recency"))) == 2
    assert columns.snapshot.nodes.keys() == {"a", "b"}
    assert repr(columns) == "Columns(2 nodes, 0 facts)"


def test_the_store_is_read_once_and_only_at_the_same_revision() -> None:
    read: list[Snapshot] = []

    def reading(snapshot: Snapshot) -> Snapshot:
        read.append(snapshot)
        return snapshot

    held = northeast()
    columns = replace(Columns.of(held), read=lambda: reading(held))
    assert columns.snapshot is columns.snapshot is held
    assert columns.surely(0.5) is columns.surely(0.5)
    assert len(read) == 1
    later = replace(Columns.of(held), read=lambda: replace(held, revision=2))
    with pytest.raises(StoreError, match="shows revision 1 of the store, which is at 2 by now"):
        later.snapshot  # noqa: B018
