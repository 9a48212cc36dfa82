"""The facts behind the links of a network as columns; a record is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.columns import Columns, Fact
from trihelix.graph.snapshot import Snapshot

A = TypeVar("A", bound=NDArray[Any])


class Facts(Sequence[Fact]):
    """A sequence of f relations and events, relations first.

    Records come from the store's snapshot, which is read when the first one is asked for. An event
    has those of its participants that are at least as sure as `least`. The arrays are read-only.

    Raises:
        StoreError: for a record when the store has changed since the columns were read.
    """

    def __init__(self, columns: Columns, numbers: NDArray[np.integer], *, least: float = 0.0):
        """`numbers` are those of the facts in `columns`, ascending."""
        self._columns, self._numbers, self._least = columns, numbers, least
        self.kind = _picked(columns.kind, numbers)  # positions in columns.fact_kinds()
        self.confidence = _picked(columns.confidence, numbers)
        self.document = _picked(columns.document, numbers)  # numbers of documents
        self.days = _picked(columns.days, numbers)  # shape (f, 2), see columns.Columns

    @cached_property
    def dated(self) -> NDArray[np.int32]:
        """`days`, and where the year is unknown, those of the document; shape (f, 2)."""
        return _picked(self._columns.dated, self._numbers)

    @property
    def snapshot(self) -> Snapshot:
        """The content of the store, without what is less sure."""
        return self._columns.surely(self._least)

    def __len__(self) -> int:
        return self._numbers.size

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, index: int | slice) -> Fact | tuple[Fact, ...]:
        if isinstance(index, slice):
            return tuple(map(self._fact, self._numbers[index].tolist()))
        return self._fact(int(self._numbers[index]))

    def __iter__(self) -> Iterator[Fact]:
        return map(self._fact, self._numbers.tolist())

    def __repr__(self) -> str:
        return f"Facts({len(self)})"

    def _fact(self, number: int) -> Fact:
        columns = self._columns
        if number < columns.relations:
            return columns.snapshot.relations[number]
        return self.snapshot.events[columns.event_ids[number - columns.relations]]


def _picked(values: A, numbers: NDArray[np.integer]) -> A:
    found = cast("A", values[numbers])
    found.setflags(write=False)
    return found
