"""The fields of queries that ask what was, what may come, and what may go."""

from __future__ import annotations

from typing import Annotated

import strawberry

from trihelix.api.arguments import (
    Across,
    Index,
    MeasureOptions,
    Seed,
    View,
    about,
    checked_seed,
    options_from,
    view_of,
)
from trihelix.api.choices import TrendSpan
from trihelix.api.context import Info, field
from trihelix.api.enums import Measure, Sector
from trihelix.api.limits import MAX_YEARS
from trihelix.api.measures import Row
from trihelix.api.naming import MAX_NAMES, all_named
from trihelix.api.outlook import PredictedLink, Seen, Trend, Turnover
from trihelix.api.pages import After, Connection, First, checked, page
from trihelix.api.removal import Critical, Removal
from trihelix.graph.trend import years_of
from trihelix.graph.view import View as GraphView
from trihelix.schema.errors import InputError

_LAST_YEAR = 9999


@strawberry.type
class OutlookFields:
    """What can be asked of the past and the future of networks."""

    @field
    def predicted_links(
        self,
        info: Info,
        by: Index = "adamic_adar",
        sectors: Annotated[
            list[Sector | None] | None, about("Two: that of one end, and that of the other.")
        ] = None,
        places: Annotated[
            list[str | None] | None, about("Two: part of the place of one end, of the other.")
        ] = None,
        across: Across = None,
        first: First = 20,
        view: View = None,
    ) -> list[PredictedLink] | None:
        """预测 Which two are likely to link next, and the neighbours that they share."""
        found = info.context.measure(
            1,
            info.context.answers.measures.predicted,
            view_of(view),
            str(by),
            top=checked(first, least=1),
            sectors=None if sectors is None else tuple(s and str(s) for s in sectors),
            places=None if places is None else tuple(places),
            across=across and str(across),
        )
        info.context.budget.spend(len(found))
        return [
            PredictedLink(record=row, source_id=row["source"], target_id=row["target"])
            for row in found
        ]

    @field
    def what_if(
        self,
        info: Info,
        remove: Annotated[list[str], about(f"移除 Without whom: 1 to {MAX_NAMES} names or ids.")],
        seed: Seed = 0,
        view: View = None,
    ) -> Removal | None:
        """假设 What the network would lose without some, and who could take their place."""
        gone = all_named(info, remove, argument="remove", least=1)
        found = info.context.measure(
            2,
            info.context.answers.measures.removal,
            view_of(view),
            tuple(sorted({node.id for node in gone})),
            seed=checked_seed(seed),
        )
        return Removal(record=found)

    @field
    def most_critical(
        self, info: Info, first: First = 10, view: View = None
    ) -> list[Critical] | None:
        """关键 Those without whom most pairs of others could not reach each other."""
        critical = info.context.answers.measures.critical
        found = info.context.measure(1, critical, view_of(view))[: checked(first)]
        info.context.budget.spend(len(found))
        return [Critical(record=row) for row in found]

    @field
    def trend(
        self,
        info: Info,
        measure: Measure,
        organizations: Annotated[
            list[str] | None,
            about(f"Whom to follow: up to {MAX_NAMES} names or ids; default the best of the end."),
        ] = None,
        from_year: Annotated[int | None, about("The first year; default that of the data.")] = None,
        to_year: Annotated[int | None, about("The last year; default that of the data.")] = None,
        span: Annotated[TrendSpan, about("时段 What the network of a year holds.")] = "growing",
        first: First = 10,
        view: View = None,
        options: Annotated[MeasureOptions | None, about("选项 How it is computed.")] = None,
    ) -> list[Trend] | None:
        """趋势 A measure year by year."""
        shown = view_of(view)
        years = _years(info, shown, from_year, to_year)
        named = all_named(info, organizations, argument="organizations")
        followed = tuple(node.id for node in named) or None
        found = info.context.measure(
            max(len(years), 1),
            info.context.answers.measures.trend,
            shown,
            str(measure),
            options_from(options),
            years=years,
            span=str(span),
            nodes=followed,
            top=checked(first, least=1),
        )
        info.context.budget.spend(len(found))
        return _series(found, followed)

    @field
    def turnover(
        self,
        info: Info,
        quiet: Annotated[
            int, about("Years at the end of which those who left may come back, 0 to 100.")
        ] = 1,
        view: View = None,
    ) -> list[Turnover] | None:
        """进出 Who comes and who goes, year by year."""
        checked(quiet, name="quiet")
        turnover = info.context.answers.measures.turnover
        found = info.context.measure(1, turnover, view_of(view), quiet=quiet)
        info.context.budget.spend(len(found))
        return [Turnover(record=row) for row in found]

    @field
    def seen(
        self, info: Info, first: First = 20, after: After = None, view: View = None
    ) -> Connection[Seen] | None:
        """首末 When each was first and last seen with a link, in the order of the first day."""
        seen = info.context.answers.measures.seen
        found = tuple(info.context.measure(1, seen, view_of(view)).values())
        return page(
            info,
            found,
            lambda r: Seen(record=r),
            key=lambda r: str(r["id"]),
            first=first,
            after=after,
        )


def _years(
    info: Info, view: GraphView, from_year: int | None, to_year: int | None
) -> tuple[int, ...]:
    """The years to measure: those given, and where not, those of the links of the view.

    Raises:
        InputError: when they are out of order or too many, or the view has a range of dates.
    """
    if view.since or view.until:
        raise InputError("view", "has since or until of its own", "give fromYear and toYear")
    for name, year in (("fromYear", from_year), ("toYear", to_year)):
        if year is not None:
            checked(year, least=1, most=_LAST_YEAR, name=name)
    known = years_of(info.context.answers.network(view))
    if not known and (from_year is None or to_year is None):
        return ()
    start = known.start if from_year is None else from_year
    stop = known.stop if to_year is None else to_year + 1
    if not 0 < stop - start <= MAX_YEARS:
        raise InputError(
            "fromYear, toYear",
            f"{start} to {stop - 1} are {max(stop - start, 0)} years",
            f"give 1 to {MAX_YEARS} years",
        )
    return tuple(range(start, stop))


def _series(rows: tuple[Row, ...], followed: tuple[str, ...] | None) -> list[Trend]:
    """The rows by entity: as named, or else in the order of the last year."""
    last = max((row["year"] for row in rows), default=0)
    best = [row["id"] for row in rows if row["year"] == last]
    points: dict[str, list[Row]] = {id_: [] for id_ in followed or best}
    for row in rows:
        points[row["id"]].append(row)
    return [Trend(id_=id_, record=found) for id_, found in points.items()]
