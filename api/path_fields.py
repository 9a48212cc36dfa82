"""The fields of queries that ask for paths."""

from __future__ import annotations

from typing import Annotated

import strawberry

from trihelix.api.arguments import (
    Confidence,
    Events,
    Kinds,
    Named,
    Relations,
    Since,
    Until,
    View,
    about,
    maybe,
    view_between,
)
from trihelix.api.choices import EntityKind, InTime, PathOrder
from trihelix.api.context import Info, field
from trihelix.api.enums import Date, EventKind, RelationKind, Sector
from trihelix.api.limits import MAX_HOPS, MAX_PATHS
from trihelix.api.naming import MAX_NAMES, all_named, named
from trihelix.api.pages import First, checked
from trihelix.api.results import Path, ShortestPaths, paths_list
from trihelix.schema.vocabulary import vocabulary

_MOST_HOPS = 100

Start = Annotated[str, strawberry.argument(name="from", description="A name, alias or id.")]
MaxHops = Annotated[
    int | None, about(f"The longest path, 1 to {_MOST_HOPS} hops; default any length.")
]


@strawberry.type
class PathFields:
    """What can be asked of paths."""

    @field
    def path(
        self,
        info: Info,
        start: Start,
        to: Named,
        k: Annotated[int, about(f"How many paths at most, 1 to {MAX_PATHS}.")] = 1,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        max_hops: Annotated[int, about(f"The longest path, 1 to {MAX_HOPS} hops.")] = MAX_HOPS,
        view: View = None,
    ) -> list[Path] | None:
        """路径 The shortest ways between two entities, fewest hops first; see also paths."""
        checked(k, least=1, most=MAX_PATHS, name="k")
        checked(max_hops, least=1, most=MAX_HOPS, name="maxHops")
        ends = (named(info, start), named(info, to))
        shown = view_between(
            view,
            ends,
            kinds=kinds,
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        find = info.context.answers.measures.paths
        a, b = (end.id for end in ends)
        found = info.context.measure(1, find, shown, a, b, k=k, max_hops=max_hops)
        return paths_list(info, found, info.context.answers.network(shown))

    @field
    def paths(
        self,
        info: Info,
        start: Start,
        to: Named,
        by: Annotated[PathOrder, about("次序 Which paths are best.")] = "hops",
        k: Annotated[int, about(f"How many paths at most, 1 to {MAX_PATHS}.")] = 1,
        via: Annotated[
            list[str] | None, about(f"途经 To pass in this order: up to {MAX_NAMES} names or ids.")
        ] = None,
        avoiding: Annotated[
            list[str] | None, about(f"避开 Not to pass: up to {MAX_NAMES} names or ids.")
        ] = None,
        kinds: Annotated[
            list[EntityKind] | None, about("Pass these kinds only; the ends and via are free.")
        ] = None,
        sectors: Annotated[
            list[Sector] | None, about("Pass these sectors only; the ends and via are free.")
        ] = None,
        relations: Annotated[
            list[RelationKind] | None, about("Walk links told by these relations; [] for none.")
        ] = None,
        events: Annotated[
            list[EventKind] | None, about("Walk links told by these events; [] for none.")
        ] = None,
        since: Annotated[Date | None, about("Walk links told since this date.")] = None,
        until: Annotated[Date | None, about("Walk links told until this date.")] = None,
        in_time: Annotated[
            InTime | None, about("时序 Hops in the order of time; for by hops or arrival.")
        ] = None,
        max_hops: MaxHops = None,
        view: View = None,
    ) -> list[Path] | None:
        """路径 The best ways between two entities, by the order and on the conditions given.

        The conditions choose among the links of the view's network, whose weights stay those of
        all their facts.
        """
        checked(k, least=1, most=MAX_PATHS, name="k")
        if max_hops is not None:
            checked(max_hops, least=1, most=_MOST_HOPS, name="maxHops")
        ends = (named(info, start), named(info, to))
        passed = all_named(info, via, argument="via")
        avoided = all_named(info, avoiding, argument="avoiding")
        shown = view_between(view, (*ends, *passed))
        found = info.context.measure(
            1,
            info.context.answers.measures.paths,
            shown,
            *(end.id for end in ends),
            by=str(by),
            k=k,
            via=tuple(node.id for node in passed),
            avoiding=tuple(node.id for node in avoided),
            kinds=maybe(kinds),
            sectors=maybe(sectors),
            facts=_facts(relations, events),
            since=since,
            until=until,
            in_time=in_time and str(in_time),
            max_hops=max_hops,
        )
        return paths_list(info, found, info.context.answers.network(shown))

    @field
    def all_shortest_paths(
        self,
        info: Info,
        start: Start,
        to: Named,
        first: First = 20,
        max_hops: MaxHops = None,
        view: View = None,
    ) -> ShortestPaths | None:
        """全部最短路径 All ways of the fewest hops between two entities, and how many they are."""
        checked(first, least=1)
        if max_hops is not None:
            checked(max_hops, least=1, most=_MOST_HOPS, name="maxHops")
        ends = (named(info, start), named(info, to))
        shown = view_between(view, ends)
        find = info.context.answers.measures.all_shortest
        a, b = (end.id for end in ends)
        found = info.context.measure(1, find, shown, a, b, limit=first, max_hops=max_hops)
        return ShortestPaths(record=found, network=info.context.answers.network(shown))


def _facts(
    relations: list[RelationKind] | None, events: list[EventKind] | None
) -> tuple[str, ...] | None:
    """The kinds of fact that may tell a link; None for all."""
    if relations is None and events is None:
        return None
    words = vocabulary()
    told = words.relations if relations is None else relations
    done = words.events if events is None else events
    return tuple(sorted({*map(str, told), *map(str, done)}))
