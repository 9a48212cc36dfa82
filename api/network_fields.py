"""The fields of queries that measure a network."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import strawberry

from trihelix.api.arguments import (
    BridgeWeight,
    By,
    Confidence,
    Events,
    Kinds,
    MeasureOptions,
    Relations,
    Seed,
    Since,
    Until,
    View,
    Weighted,
    about,
    checked_seed,
    maybe,
    options_from,
    view_of,
    weights_from,
)
from trihelix.api.choices import BrokerRole, HelixDivision, HelixUnit
from trihelix.api.context import Info, field
from trihelix.api.enums import Measure, Sector
from trihelix.api.helix import TripleHelix
from trihelix.api.limits import MAX_RESAMPLES
from trihelix.api.pages import After, Connection, First, checked, page
from trihelix.api.results import Bridge, Ranking, Rankings, Sampling
from trihelix.api.structure import Brokerage, Communities, Community, Mixing, Network
from trihelix.graph.bridges import RESAMPLES, THRESHOLDS
from trihelix.graph.roles import ROLES

_RESAMPLED = 5_000
"""Nodes of the largest network that is resampled without being asked."""


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

    @field
    def network(self, info: Info, view: View = None) -> Network | None:
        """网络 The network of a view in figures: its size, how it hangs together, its extent."""
        return Network(record=info.context.answers.network(view_of(view)))

    @field
    def brokerage(
        self,
        info: Info,
        by: By = "sector",
        role: Annotated[BrokerRole, about("角色 Order them by this role.")] = "total",
        first: First = 20,
        after: After = None,
        view: View = None,
    ) -> Connection[Brokerage] | None:
        """中介 Who brokers between others, in five roles by the groups of the three."""
        measures, shown = info.context.answers.measures, view_of(view)
        found = info.context.measure(1, measures.brokerage, shown, by=str(by))
        raw = found.found.raw[:, ROLES.index(str(role))]
        order = np.lexsort((np.arange(raw.size), -raw))[: raw.size - found.found.left_out]
        ids = found.found.network.nodes.ids
        return page(
            info,
            order.tolist(),
            lambda i: Brokerage(record=found, index=i),
            key=lambda i: ids[i],
            first=first,
            after=after,
        )

    @field
    def communities(
        self,
        info: Info,
        resolution: Annotated[
            float, about("分辨率 Higher for more and smaller communities, 0.01 to 100.")
        ] = 1.0,
        weighted: Weighted = True,
        seed: Seed = 0,
        first: First = 20,
        after: After = None,
        view: View = None,
    ) -> Communities | None:
        """社群 Groups that links make, by the Leiden algorithm, the largest first."""
        shown = view_of(view)
        found = info.context.measure(
            1,
            info.context.answers.measures.communities,
            shown,
            resolution=checked(resolution, least=0.01, most=100, name="resolution"),
            weighted=weighted,
            seed=checked_seed(seed),
        )
        network = info.context.answers.network(shown)
        listed = page(
            info,
            range(len(found.members)),
            lambda i: Community(number=i, network=network, record=found.members[i]),
            key=str,
            first=first,
            after=after,
        )
        return Communities(**vars(listed), modularity=found.modularity)

    @field
    def mixing(self, info: Info, by: By = "sector", view: View = None) -> Mixing | None:
        """混合 Which groups link with which, beside what chance would give."""
        measures = info.context.answers.measures
        found = info.context.measure(1, measures.mixing, view_of(view), by=str(by))
        return Mixing(record=found)

    @field
    def triple_helix(
        self,
        info: Info,
        by: Annotated[
            list[HelixDivision] | None, about("划分 A row for each; default one row for all.")
        ] = None,
        unit: Annotated[HelixUnit, about("单位 Where sectors come together.")] = "event",
        first: First = 20,
        after: After = None,
        view: View = None,
    ) -> Connection[TripleHelix] | None:
        """三螺旋 The transmission T(u,i,g) between university, industry and government."""
        measures = info.context.answers.measures
        divisions = tuple(dict.fromkeys(str(name) for name in by or ()))
        found = info.context.measure(1, measures.helix, view_of(view), by=divisions, unit=str(unit))
        return page(
            info,
            found,
            lambda r: TripleHelix(record=r),
            key=lambda r: "|".join(str(r[name]) for name in divisions),
            first=first,
            after=after,
        )
