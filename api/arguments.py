"""The arguments that fields share, each described once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeAlias

import strawberry

from trihelix.api.choices import (
    BridgePart,
    EntityKind,
    Grouping,
    NetworkPart,
    Persons,
    PredictionIndex,
    Weighting,
)
from trihelix.api.enums import Date, EventKind, OrganizationKind, RelationKind, Status
from trihelix.api.limits import (
    LEAST_ERROR,
    MAX_DAMPING,
    MAX_HALF_LIFE,
    MAX_SAMPLES,
    MAX_WEIGHT,
)
from trihelix.api.pages import checked
from trihelix.graph.view import HALF_LIFE
from trihelix.graph.view import View as GraphView
from trihelix.schema import records
from trihelix.schema.vocabulary import vocabulary


def about(text: str) -> Any:
    """An argument's description in the schema."""
    return strawberry.argument(description=text)


def given(default: Any, text: str) -> Any:
    """An input field's default and its description in the schema."""
    return strawberry.field(default=default, description=text)


@strawberry.input(
    name="View",
    description=(
        "视图 Which part of the graph a network shows: what becomes a node, what becomes a link, "
        "and what a link weighs."
    ),
)
class ViewInput:
    """A view as clients write it; graph/view.py tells what each field means."""

    kinds: list[EntityKind] | None = given(
        None, "类别 The nodes; default Organization, which stands for all its kinds."
    )
    relations: list[RelationKind] | None = given(
        None, "关系 Which relations make links; default all, [] for none."
    )
    events: list[EventKind] | None = given(
        None, "事件 Which events make links; default all, [] for none."
    )
    since: Date | None = given(
        None, "起始 No earlier than this date, inclusive; then nothing without a year."
    )
    until: Date | None = given(
        None, "截止 No later than this date, inclusive; then nothing without a year."
    )
    as_of: Date | None = given(
        None,
        "截至 Only what had happened by this date; what has no year has the date of its document.",
    )
    min_confidence: float = given(
        0.0, "最低置信度 Only nodes and facts that are at least this sure, 0 to 1."
    )
    min_sources: int = given(
        1, "最少来源 Only links that at least so many documents tell of, 1 or more."
    )
    persons: Persons = given("none", "人物 What persons do in the network.")
    statuses: list[Status] | None = given(
        None, "状态 Of events; default completed and planned. A cancelled event never links."
    )
    weighting: Weighting = given("newman", "权重 What a link weighs.")
    half_life: float | None = given(
        None, f"半衰期 In days, 1 to {MAX_HALF_LIFE}, for weighting recency; default {HALF_LIFE:g}."
    )
    max_participants: int = given(
        100, "规模上限 Events of more nodes than this are left out, 2 or more."
    )
    component: NetworkPart = given("all", "范围 The whole network, or its largest part only.")


View: TypeAlias = Annotated[
    ViewInput | None, about("视图 Which part of the graph the network shows; default all of it.")
]


@strawberry.input(
    description="选项 How a measure is computed. One that the measure does not have is an error."
)
class MeasureOptions:
    """Options of a measure as clients write them."""

    normalized: bool | None = given(
        None, "Whether the score is normalized, where that makes sense; default yes."
    )
    weighted: bool | None = given(None, "加权 Whether weights count; default as the measure says.")
    samples: int | None = given(
        None, f"How many source nodes betweenness is measured from, 1 to {MAX_SAMPLES}."
    )
    error: float | None = given(
        None, f"The largest error of betweenness, {LEAST_ERROR} or more; instead of samples."
    )
    confidence: float | None = given(
        None, "How sure the bound on betweenness's error is; default 0.9."
    )
    seed: int | None = given(None, "Of what betweenness draws, 0 or more.")
    damping: float | None = given(None, f"Of PageRank, 0 to {MAX_DAMPING}; default 0.85.")
    alpha: float | None = given(None, "Of Katz; default 0.85 over the largest eigenvalue.")


@strawberry.input(description="权重 How much each part of a bridge's score counts.")
class BridgeWeight:
    """A weight of bridges."""

    part: BridgePart = strawberry.field(description="Which part.")
    weight: float = strawberry.field(description=f"0 to {MAX_WEIGHT}.")


Id: TypeAlias = Annotated[strawberry.ID | None, about("An id.")]
Name: TypeAlias = Annotated[
    str | None, about("名称 A name or alias, Chinese or English, or an id.")
]
Named: TypeAlias = Annotated[str, about("A name, alias or id.")]
Search: TypeAlias = Annotated[
    str | None, about("搜索 Part of a name or alias, words of it, or a short form (东大).")
]
Kinds: TypeAlias = Annotated[
    list[OrganizationKind] | None, about("Which organizations the network has; default all.")
]
Events: TypeAlias = Annotated[
    list[EventKind] | None, about("Which events make links; default all, [] for none.")
]
Relations: TypeAlias = Annotated[
    list[RelationKind] | None, about("Which relations make links; default all, [] for none.")
]
Since: TypeAlias = Annotated[Date | None, about("No earlier than this date.")]
Until: TypeAlias = Annotated[Date | None, about("No later than this date.")]
Confidence: TypeAlias = Annotated[float, about("Only what is at least this sure, 0 to 1.")]
By: TypeAlias = Annotated[Grouping, about("分组 How the nodes are grouped.")]
Index: TypeAlias = Annotated[PredictionIndex, about("指标 The index that ranks them.")]
Across: TypeAlias = Annotated[
    Grouping | None, about("跨组 Only between two of different known groups, by this grouping.")
]
Seed: TypeAlias = Annotated[int, about("种子 Of whatever is drawn by chance, 0 or more.")]
Weighted: TypeAlias = Annotated[bool, about("加权 Whether the weights of links count.")]


def view_of(
    view: ViewInput | None = None,
    *,
    kinds: Iterable[str] | None = None,
    events: Iterable[str] | None = None,
    relations: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float = 0.0,
    **options: Any,
) -> GraphView:
    """The view that a field's arguments ask for; each stands before the same field of `view`.

    Raises:
        ConfigurationError, InputError: when one is out of range.
    """
    v = view or ViewInput()
    if v.half_life is not None:
        checked(v.half_life, least=1, most=MAX_HALF_LIFE, name="halfLife")
    found: dict[str, Any] = {
        "kinds": _first(kinds, v.kinds, ("Organization",)),
        "events": _first(events, v.events, None),
        "relations": _first(relations, v.relations, None),
        "since": since or v.since,
        "until": until or v.until,
        "as_of": v.as_of,
        "confidence": min_confidence or v.min_confidence,
        "min_sources": v.min_sources,
        "persons": str(v.persons),
        "statuses": _first(v.statuses, None, ("completed", "planned")),
        "weighting": str(v.weighting),
        "half_life": v.half_life,
        "max_participants": v.max_participants,
        "component": str(v.component),
    }
    return GraphView(**found | options)


def view_between(
    view: ViewInput | None, ends: Sequence[records.Node], **arguments: Any
) -> GraphView:
    """The view for paths between nodes: it shows the kinds of the ends, persons among them."""
    kinds = arguments.pop("kinds", None) or (view.kinds if view else None)
    persons = str(view.persons) if view else "none"
    if persons == "none" and any(end.kind == "Person" for end in ends):
        persons = "nodes"
    return view_of(view, kinds=kinds_with(kinds, ends), persons=persons, **arguments)


def options_from(options: MeasureOptions | None) -> tuple[tuple[str, Any], ...]:
    """The options that were given, by name, in order.

    Raises:
        InputError: when one is out of the range that this API serves.
    """
    found = {} if options is None else {k: v for k, v in vars(options).items() if v is not None}
    for name, (least, most) in _RANGES.items():
        if name in found:
            checked(found[name], least=least, most=most, name=name)
    return tuple(sorted(found.items()))


def checked_seed(seed: int) -> int:
    """The seed.

    Raises:
        InputError: when it is negative.
    """
    return checked(seed, most=MAX_SEED, name="seed")


def weights_from(weights: Sequence[BridgeWeight] | None) -> tuple[tuple[str, float], ...] | None:
    """The weights of the parts of bridges, by name.

    Raises:
        InputError: when one is out of range.
    """
    if weights is None:
        return None
    for weight in weights:
        checked(weight.weight, most=MAX_WEIGHT, name="weight")
    return tuple(sorted((str(w.part), w.weight) for w in weights))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order."""
    return tuple(sorted({str(name) for name in names}))


def maybe(names: Iterable[str] | None) -> tuple[str, ...] | None:
    """Each name once, in order; None when none was given."""
    return None if names is None else distinct(names)


def kinds_with(kinds: Sequence[str] | None, ends: Sequence[records.Node]) -> tuple[str, ...] | None:
    """The kinds of node a path may pass, with those of ends that are no organizations."""
    labels = {vocabulary().label(end.kind) for end in ends} - {"Organization", "Person"}
    if not labels:
        return maybe(kinds)
    return (*(("Organization",) if kinds is None else distinct(kinds)), *sorted(labels))


MAX_SEED = 2**31 - 1

_RANGES: dict[str, tuple[float, float]] = {
    "samples": (1, MAX_SAMPLES),
    "error": (LEAST_ERROR, 0.5),
    "confidence": (0.5, 0.999),
    "seed": (0, MAX_SEED),
    "damping": (0, MAX_DAMPING),
}


def _first(*given: Iterable[str] | None) -> tuple[str, ...] | None:
    found = next((names for names in given if names is not None), None)
    return None if found is None else tuple(str(name) for name in found)
