"""Facts to links: which pairs of nodes the relations and events of a view connect.

Two tables come out: rows of weight (i, j, weight) and rows of support (i, j, fact). They are apart
because organizations that one person bridges are one weight on two facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation
from trihelix.graph.view import View

Fact = StoredRelation | StoredEvent
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_POSTS = frozenset({"HOLDS_POST", "MEMBER_OF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Weights on pairs of nodes, and the facts that support pairs. Order and repeats are free."""

    pairs: Ints  # shape (w, 2)
    weights: Floats  # shape (w,)
    supported: Ints  # shape (s, 2)
    facts: Ints  # shape (s,), index into the facts


def project(
    snapshot: Snapshot, view: View, position: Mapping[str, int]
) -> tuple[tuple[Fact, ...], Rows]:
    """The facts that a view shows, and the rows that they give.

    `position` is the index of each node of the network by its id.
    """
    relations = [r for r in snapshot.relations if _shows(r, snapshot, view)]
    events = [e for _, e in sorted(snapshot.events.items()) if view.shows_event(e)]
    parts = [
        _relation_rows(relations, position),
        _event_rows(events, position, view, first=len(relations)),
    ]
    if view.persons == "bridges":
        parts.append(_bridge_rows(relations, snapshot, position, view))
    return (*relations, *events), _joined(parts)


def pairs_within(sizes: Ints) -> tuple[Ints, Ints]:
    """All pairs of positions inside consecutive groups of these sizes.

    >>> left, right = pairs_within(np.array([2, 0, 3]))
    >>> list(zip(left.tolist(), right.tolist()))
    [(0, 1), (2, 3), (2, 4), (3, 4)]
    """
    at = np.arange(sizes.sum())
    following = np.repeat(np.cumsum(sizes), sizes) - at - 1
    left = np.repeat(at, following)
    start = np.repeat(np.cumsum(following) - following, following)
    return left, left + 1 + np.arange(left.size) - start


def _shows(relation: StoredRelation, snapshot: Snapshot, view: View) -> bool:
    date = snapshot.documents[relation.document].published
    return view.shows_relation(relation.kind, confidence=relation.confidence, date=date)


def _relation_rows(relations: Sequence[StoredRelation], position: Mapping[str, int]) -> Rows:
    rows = [
        (position[r.source], position[r.target], fact)
        for fact, r in enumerate(relations)
        if r.source in position and r.target in position and r.source != r.target
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Rows(
        pairs=table[:, :2],
        weights=np.ones(len(table)),
        supported=table[:, :2],
        facts=table[:, 2],
    )


def _event_rows(
    events: Sequence[StoredEvent], position: Mapping[str, int], view: View, *, first: int
) -> Rows:
    members = [_members(event, position, view) for event in events]
    sizes = np.fromiter(map(len, members), dtype=np.int64, count=len(members))
    node = np.fromiter(chain.from_iterable(members), dtype=np.int64, count=int(sizes.sum()))
    left, right = pairs_within(sizes)
    event = np.repeat(np.arange(len(events)), sizes)[left]
    pairs = np.stack([node[left], node[right]], axis=1)
    return Rows(
        pairs=pairs,
        weights=_weights(sizes[event], view),
        supported=pairs,
        facts=event + first,
    )


def _members(event: StoredEvent, position: Mapping[str, int], view: View) -> list[int]:
    found = {position[p.entity] for p in event.participants if p.entity in position}
    return sorted(found) if len(found) <= view.max_participants else []


def _weights(sizes: Ints, view: View) -> Floats:
    return np.ones(sizes.size) if view.weighting == "count" else 1.0 / (sizes - 1)


def _bridge_rows(
    relations: Sequence[StoredRelation],
    snapshot: Snapshot,
    position: Mapping[str, int],
    view: View,
) -> Rows:
    """Link the organizations at which one person holds posts; both posts support the link."""
    posts = sorted(
        (r.source, position[r.target], fact)
        for fact, r in enumerate(relations)
        if r.kind in _POSTS and r.target in position and snapshot.nodes[r.source].kind == "Person"
    )
    person = np.unique([p for p, _, _ in posts], return_inverse=True)[1].astype(np.int64)
    node = np.array([n for _, n, _ in posts], dtype=np.int64)
    fact = np.array([f for _, _, f in posts], dtype=np.int64)
    left, right = pairs_within(np.bincount(person).astype(np.int64))
    left, right = (side[node[left] != node[right]] for side in (left, right))
    held = np.unique(np.stack([person, node], axis=1), axis=0)[:, 0]
    bridges = np.unique(np.stack([person[left], node[left], node[right]], axis=1), axis=0)
    pairs = np.stack([node[left], node[right]], axis=1)
    return Rows(
        pairs=bridges[:, 1:],
        weights=_weights(np.bincount(held).astype(np.int64)[bridges[:, 0]], view),
        supported=np.concatenate([pairs, pairs]),
        facts=np.concatenate([fact[left], fact[right]]),
    )


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        pairs=np.concatenate([p.pairs for p in parts]),
        weights=np.concatenate([p.weights for p in parts]),
        supported=np.concatenate([p.supported for p in parts]),
        facts=np.concatenate([p.facts for p in parts]),
    )
