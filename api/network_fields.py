"""The fields of queries that measure a network."""

from __future__ import annotations

from typing import Annotated

import strawberry

from trihelix.api.arguments import (
    BridgeWeight,
    Confidence,
    Events,
    Kinds,
    MeasureOptions,
    Relations,
    Seed,
    Since,
    Until,
    View,
    about,
    checked_seed,
    maybe,
    options_from,
    view_of,
    weights_from,
)
from trihelix.api.choices import Grouping
from trihelix.api.context import Info, field
from trihelix.api.enums import Measure, Sector
from trihelix.api.limits import MAX_RESAMPLES
from trihelix.api.pages import After, First, checked, page
from trihelix.api.results import Bridge, Ranking, Rankings, Sampling
from trihelix.graph.bridges import RESAMPLES, THRESHOLDS

_RESAMPLED = 5_000
"""Nodes of the largest network that is resampled without being asked."""

By = Annotated[Grouping, about("分组 How the nodes are grouped.")]


@strawberry.type
class NetworkFields:
    """What can be asked of whole networks."""

    @field
    def centrality(
        self,
        info: Info,
        measure: Measure,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        sector: Annotated[
            list[Sector] | None, about("List these only; the whole network is measured.")
        ] = None,
        place: Annotated[str | None, about("List those in this place only.")] = None,
        first: First = 20,
        after: After = None,
        view: View = None,
        options: Annotated[MeasureOptions | None, about("选项 How it is computed.")] = None,
    ) -> Rankings | None:
        """排名 Organizations by how central they are, the best first."""
        shown = view_of(
            view,
            kinds=kinds,
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        found = info.context.measure(
            1,
            info.context.answers.measures.ranking,
            shown,
            str(measure),
            options_from(options),
            sectors=maybe(sector),
            place=place,
        )
        shown_page = page(
            info,
            found.rows,
            lambda r: Ranking(record=r),
            key=lambda r: r.node.id,
            first=first,
            after=after,
        )
        sampling = Sampling(record=found.sampled) if found.sampled else None
        return Rankings(**vars(shown_page), sampling=sampling)

    @field
    def bridges(
        self,
        info: Info,
        first: First = 10,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        by: By = "sector",
        weights: Annotated[
            list[BridgeWeight] | None,
            about("权重 How much each part of the score counts; default 1 each, 0 when left out."),
        ] = None,
        resamples: Annotated[
            int | None,
            about(
                f"重抽样 Sets of documents to tell how stable ranks are by, 0 to {MAX_RESAMPLES}; "
                f"default {RESAMPLES} on networks of up to {_RESAMPLED:,} nodes, else 0."
            ),
        ] = None,
        seed: Seed = 0,
        view: View = None,
    ) -> list[Bridge] | None:
        """桥梁 The organizations that connect the others best, with a sentence of proof."""
        checked(first, least=1)
        shown = view_of(
            view,
            kinds=kinds,
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        if resamples is None:
            small = len(info.context.answers.network(shown)) <= _RESAMPLED
            resamples = RESAMPLES if small else 0
        checked(resamples, most=MAX_RESAMPLES, name="resamples")
        found = info.context.measure(
            1 + resamples + len(THRESHOLDS),
            info.context.answers.measures.bridges,
            shown,
            first,
            by=str(by),
            weights=weights_from(weights),
            resamples=resamples,
            seed=checked_seed(seed),
        )
        info.context.budget.spend(len(found))
        return [Bridge(record=bridge) for bridge in found]
