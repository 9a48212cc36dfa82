"""Facts to links: which pairs of nodes the relations and events of a view connect.

Two tables come out: rows of weight (i, j, weight) and rows of support (i, j, fact). They are apart
because organizations that one person bridges are one weight on two facts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.columns import STATUSES, Columns, fact_kinds
from trihelix.graph.columns import Fact as Fact
from trihelix.graph.nodes import kind_names
from trihelix.graph.view import View, day_range
from trihelix.schema.vocabulary import vocabulary

Mask = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_POSTS = ("HOLDS_POST", "MEMBER_OF")
_OLDEST = 1000.0  # half-lives; what is older still weighs something, so that 1/weight is finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Weights on pairs of nodes, and the facts that support pairs. Order and repeats are free."""

    pairs: Int32  # shape (w, 2)
    weights: Floats  # shape (w,)
    supported: Int32  # shape (s, 2)
    facts: Int32  # shape (s,)


def shown_nodes(columns: Columns, view: View) -> Mask:
    """Which nodes are nodes of a view's network, shape (n,)."""
    shown = np.array([view.shows_kind(kind) for kind in kind_names()])
    return shown[columns.nodes.kinds] & (columns.sure >= view.confidence)


def shown_facts(columns: Columns, view: View) -> Mask:
    """Which facts may make links of a view's network, shape (r + e,)."""
    shown = _in_kinds(view)[columns.kind] & (columns.confidence >= view.confidence)
    status = np.array([name in view.statuses for name in STATUSES])
    shown[columns.relations :] &= status[columns.status]
    surest = columns.sure >= view.confidence
    shown[: columns.relations] &= surest[columns.source] & surest[columns.target]
    if view.since is not None:
        shown &= columns.days[:, 1] >= day_range(view.since)[0]
    if view.until is not None:
        shown &= (columns.days[:, 1] > 0) & (columns.days[:, 0] <= day_range(view.until)[1])
    if view.as_of is not None:
        shown &= columns.dated[:, 0] <= day_range(view.as_of)[1]
    if view.as_of is not None or view.weighting == "recency":
        shown &= columns.dated[:, 1] > 0
    return shown


def project(columns: Columns, view: View, position: Int32) -> Rows:
    """The rows that the facts of a view give.

    `position` is the index in the network of each node of the columns, -1 for none.
    """
    shown = shown_facts(columns, view)
    fresh = freshness(columns, view, shown)
    parts = [
        _relation_rows(columns, shown, position, fresh=fresh),
        _event_rows(columns, view, shown, position, fresh=fresh),
    ]
    if view.persons == "bridges":
        parts.append(_bridge_rows(columns, view, shown, position, fresh=fresh))
    return _joined(parts)


def freshness(columns: Columns, view: View, shown: Mask) -> Floats | None:
    """What is left of the weight of each fact, by its age, shape (r + e,); None for all of it."""
    if view.weighting != "recency" or view.half_life is None or not shown.any():
        return None
    last = day_numbers(columns.dated[:, 1])
    if view.as_of is None:
        today = last[shown].max()
    else:
        today = day_numbers(np.array([day_range(view.as_of)[1]]))[0]
    lives = np.maximum(today - last, 0) / view.half_life
    found: Floats = np.exp2(-np.minimum(lives, _OLDEST))
    return found


def day_numbers(days: NDArray[np.integer]) -> Ints:
    """Days yyyymmdd as days since 1970; a day that the month lacks is its last.

    >>> day_numbers(np.array([19700101, 19700229, 19700301])).tolist()
    [0, 58, 59]
    """
    months = days // 10000 * 12 + days // 100 % 100 - 1 - 1970 * 12
    start = months.astype("datetime64[M]")
    first, after = (m.astype("datetime64[D]").astype(np.int64) for m in (start, start + 1))
    return np.minimum(first + days % 100, after) - 1


def pairs_within(sizes: NDArray[np.integer]) -> tuple[Ints, Ints]:
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


def _in_kinds(view: View) -> Mask:
    relations = vocabulary().relations
    return np.array(
        [
            _among(kind, view.relations) if kind in relations else _among(kind, view.events)
            for kind in fact_kinds()
        ]
    )


def _among(kind: str, chosen: Collection[str] | None) -> bool:
    return chosen is None or kind in chosen


def _relation_rows(columns: Columns, shown: Mask, position: Int32, *, fresh: Floats | None) -> Rows:
    source, target = position[columns.source], position[columns.target]
    linking = shown[: columns.relations] & (source >= 0) & (target >= 0) & (source != target)
    facts = np.flatnonzero(linking).astype(np.int32)
    pairs = np.stack([source[facts], target[facts]], axis=1)
    weights = np.ones(facts.size) if fresh is None else fresh[facts]
    return Rows(pairs=pairs, weights=weights, supported=pairs, facts=facts)


def _event_rows(
    columns: Columns, view: View, shown: Mask, position: Int32, *, fresh: Floats | None
) -> Rows:
    node = position[columns.participant]
    there = (node >= 0) & shown[columns.relations :][columns.event]
    size = np.bincount(columns.event[there], minlength=columns.status.size)
    there &= size[columns.event] <= view.max_participants
    event, node = columns.event[there], node[there]
    left, right = pairs_within(np.bincount(event, minlength=columns.status.size))
    told = event[left]
    facts = told + np.int32(columns.relations)
    weights = _weights(size[told], view)
    pairs = np.stack([node[left], node[right]], axis=1)
    return Rows(
        pairs=pairs,
        weights=weights if fresh is None else weights * fresh[facts],
        supported=pairs,
        facts=facts,
    )


def _weights(sizes: Ints, view: View) -> Floats:
    return np.ones(sizes.size) if view.weighting == "count" else 1.0 / (sizes - 1)


def _bridge_rows(
    columns: Columns, view: View, shown: Mask, position: Int32, *, fresh: Floats | None
) -> Rows:
    """Link the organizations at which one person holds posts; both posts support the link."""
    fact = _posts(columns, shown, position)
    person = np.unique(columns.source[fact], return_inverse=True)[1]
    node = position[columns.target[fact]]
    left, right = pairs_within(np.bincount(person))
    left, right = (side[node[left] != node[right]] for side in (left, right))
    pairs = np.stack([node[left], node[right]], axis=1)
    ends = np.sort(pairs, axis=1)
    bridges, at = np.unique(np.column_stack([person[left], ends]), axis=0, return_inverse=True)
    held = np.unique(np.stack([person, node], axis=1), axis=0)[:, 0]
    weights = _weights(np.bincount(held)[bridges[:, 0]], view)
    if fresh is not None:
        left_over = np.zeros(len(bridges))
        np.maximum.at(left_over, at.ravel(), np.minimum(fresh[fact[left]], fresh[fact[right]]))
        weights *= left_over
    return Rows(
        pairs=bridges[:, 1:].astype(np.int32),
        weights=weights,
        supported=np.concatenate([pairs, pairs]),
        facts=np.concatenate([fact[left], fact[right]]),
    )


def _posts(columns: Columns, shown: Mask, position: Int32) -> Int32:
    """The posts that persons hold at nodes of the network, by person, then by node."""
    kinds = np.array([kind in _POSTS for kind in fact_kinds()])
    person = columns.nodes.kinds[columns.source] == kind_names().index("Person")
    relations = slice(0, columns.relations)
    held = shown[relations] & kinds[columns.kind[relations]] & person
    held &= position[columns.target] >= 0
    fact = np.flatnonzero(held).astype(np.int32)
    return fact[np.lexsort((columns.target[fact], columns.source[fact]))]


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        pairs=np.concatenate([p.pairs for p in parts]),
        weights=np.concatenate([p.weights for p in parts]),
        supported=np.concatenate([p.supported for p in parts]),
        facts=np.concatenate([p.facts for p in parts]),
    )
