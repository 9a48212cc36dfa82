"""How the network changes over the years: series of measures, newcomers and leavers.

A fact without a year belongs to no period. Source of the terms: P. Holme, J. Saramäki, Temporal
networks, Physics Reports 519, 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.centrality import rank
from trihelix.graph.network import Network, View
from trihelix.graph.view import iso_day
from trihelix.schema.errors import ConfigurationError

if TYPE_CHECKING:
    import pandas as pd

Span = Literal["growing", "each"]


def years_of(network: Network) -> range:
    """From the first year that a link is dated by to the last; empty without dated links."""
    dated = network.span[network.span[:, 0] > 0]
    if not len(dated):
        return range(0)
    return range(int(dated[:, 0].min()) // 10_000, int(dated[:, 1].max()) // 10_000 + 1)


def series(
    network_of: Callable[[View], Network],
    measure: str = "betweenness",
    *,
    view: View | None = None,
    years: Iterable[int] | None = None,
    span: Span = "growing",
    nodes: Iterable[str] | None = None,
    top: int = 10,
    **options: Any,
) -> pd.DataFrame:
    """A measure of some nodes year by year: year, rank, name, score, nodes, links, id.

    `network_of` gives the network of a view (`Graph.network`). `years` are those of the view's
    dated links unless given. With `span="growing"` the network of a year holds every fact until
    its end, with `"each"` those of the year alone. `nodes` are ids; without them the `top` nodes
    of the last year are followed. `rank` is the place among all nodes of that year, `nodes` and
    `links` the size of its network; a node that the network of a year does not rank (constraint
    of a node without links) is left out there. `options` go to the measure.

    Raises:
        ConfigurationError: for an unknown measure, option or span, or a view with a date range.
    """
    import pandas as pd

    view = _undated(view or View(), span)
    chosen = list(years_of(network_of(view)) if years is None else sorted(set(years)))
    tables = []
    for year in chosen:
        network = network_of(_during(view, year, span))
        table = rank(network, measure, **options)
        tables.append(table.assign(year=year, nodes=len(network), links=network.size))
    columns = ["year", "rank", "name", "score", "nodes", "links", "id"]
    if not tables:
        return pd.DataFrame(columns=columns)
    wanted = list(nodes) if nodes is not None else tables[-1]["id"].head(top).tolist()
    found = pd.concat(tables, ignore_index=True)
    found = found[found["id"].isin(wanted)].sort_values(["year", "rank", "id"])
    return found[columns].reset_index(drop=True)


def turnover(network: Network, *, quiet: int = 1) -> pd.DataFrame:
    """Who comes and who goes, year by year.

    Columns: year; nodes and links active in it (first link or before, latest link or after);
    newcomers, new_links (first seen in it); leavers, lost_links (last seen in it). Who was last
    seen less than `quiet` years before the end of the data may come back: leavers and lost links
    of those years are unknown (NA), never 0.

    Raises:
        ConfigurationError: when `quiet` is below 0.
    """
    import pandas as pd

    if quiet < 0:
        raise ConfigurationError(f"turnover: quiet {quiet} is below 0")
    years = np.array(years_of(network), dtype=np.int64)
    links, nodes = network.span // 10_000, _seen(network) // 10_000
    known = years[:, None]
    table = pd.DataFrame(
        {
            "year": years,
            "nodes": _active(nodes, known),
            "links": _active(links, known),
            "newcomers": (nodes[:, 0] == known).sum(axis=1),
            "new_links": (links[:, 0] == known).sum(axis=1),
            "leavers": pd.array((nodes[:, 1] == known).sum(axis=1), dtype="Int64"),
            "lost_links": pd.array((links[:, 1] == known).sum(axis=1), dtype="Int64"),
        }
    )
    if quiet and len(table):
        table.loc[table.index[-quiet:], ["leavers", "lost_links"]] = pd.NA
    return table


def seen(network: Network) -> pd.DataFrame:
    """When each node was first and last seen with a link: name, kind, place, first, last, id.

    Dates are days (YYYY-MM-DD), the earliest and the latest that a fact's date may mean; None for
    nodes without dated links. In order of the first day, then of the id.
    """
    import pandas as pd

    days = _seen(network)
    table = pd.DataFrame(
        {
            "name": network.nodes.names,
            "kind": network.nodes.kind_list,
            "place": network.nodes.places,
            "first": [iso_day(day) for day in days[:, 0].tolist()],
            "last": [iso_day(day) for day in days[:, 1].tolist()],
            "id": network.nodes.ids,
        }
    )
    return table.sort_values(["first", "id"], na_position="last").reset_index(drop=True)


def _undated(view: View, span: str) -> View:
    if span not in ("growing", "each"):
        raise ConfigurationError(f"series: span {span!r} is neither growing nor each")
    if view.since or view.until:
        raise ConfigurationError(
            "series: the view has a date range of its own; give years instead, such as "
            "years=range(2015, 2024)"
        )
    return view


def _during(view: View, year: int, span: str) -> View:
    return replace(view, since=f"{year:04}" if span == "each" else None, until=f"{year:04}")


def _seen(network: Network) -> NDArray[np.int32]:
    """The first and the last day of each node's dated links, shape (n, 2); 0 without one."""
    never = np.iinfo(np.int32).max
    found = np.zeros((len(network), 2), dtype=np.int32)
    found[:, 0] = never
    dated = network.span[:, 0] > 0
    for end in (0, 1):
        at = network.ends[dated, end]
        np.minimum.at(found[:, 0], at, network.span[dated, 0])
        np.maximum.at(found[:, 1], at, network.span[dated, 1])
    found[found[:, 1] == 0] = 0
    return found


def _active(years: NDArray[np.int32], known: NDArray[np.int64]) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = ((years[:, 0] <= known) & (known <= years[:, 1])).sum(axis=1)
    return counts
