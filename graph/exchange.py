"""A network as a networkx graph and as pandas tables."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.columns import fact_kinds
from trihelix.graph.view import iso_day

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from trihelix.graph.network import Network


class Frames(NamedTuple):
    """A network as two tables."""

    nodes: pd.DataFrame
    links: pd.DataFrame


def to_networkx(network: Network) -> nx.Graph[str]:
    """See `Network.to_networkx`."""
    import networkx as nx

    nodes, ids = network.nodes, network.nodes.ids
    graph: nx.Graph[str] = nx.Graph()
    columns = {
        "name": nodes.names,
        "kind": nodes.kind_list,
        "sector": nodes.sectors,
        "place": nodes.places,
    }
    for id_, values in zip(ids, zip(*columns.values(), strict=True), strict=True):
        known = {k: v for k, v in zip(columns, values, strict=True) if v is not None}
        graph.add_node(id_, **known)
    graph.add_edges_from(
        (ids[i], ids[j], {"weight": weight, "sources": sources, "kinds": kinds})
        for i, j, weight, sources, kinds in zip(
            *network.ends.T.tolist(),
            network.weights.tolist(),
            network.sources.tolist(),
            kinds_of_links(network, "|"),
            strict=True,
        )
    )
    return graph


def to_pandas(network: Network) -> Frames:
    """See `Network.to_pandas`."""
    import pandas as pd

    count = len(network)
    strength = np.bincount(network.ends.ravel(), np.repeat(network.weights, 2), minlength=count)
    nodes = pd.DataFrame(
        {
            "id": network.nodes.ids,
            "name": network.nodes.names,
            "kind": network.nodes.kind_list,
            "sector": network.nodes.sectors,
            "place": network.nodes.places,
            "degree": network.degree,
            "strength": strength,
            "component": network.components,
        }
    )
    one, other = network.ends.T
    ids, names = nodes["id"].array, nodes["name"].array
    links = pd.DataFrame(
        {
            "source": ids.take(one),
            "target": ids.take(other),
            "source_name": names.take(one),
            "target_name": names.take(other),
            "weight": network.weights,
            "sources": network.sources,
            "facts": np.diff(network.support_indptr),
            "kinds": kinds_of_links(network, ", "),
            "first": _dates(network.span[:, 0]),
            "last": _dates(network.span[:, 1]),
        }
    )
    return Frames(nodes, links)


def _dates(days: NDArray[np.int32]) -> list[str | None]:
    """Days yyyymmdd as dates, None for 0; each distinct day is written once."""
    distinct, at = np.unique(days, return_inverse=True)
    written = [iso_day(day) for day in distinct.tolist()]
    return [written[i] for i in at.tolist()]


def kinds_of_links(network: Network, joint: str) -> list[str]:
    """The kinds of the facts behind each link, in order of their names and joined."""
    names = fact_kinds()
    order = np.argsort(np.argsort(names))  # the place of each kind among all, by its name
    by_name = sorted(names)
    kind = order[network.facts.kind[network.support]]
    link = np.repeat(np.arange(network.size), np.diff(network.support_indptr))
    links, kinds = np.divmod(np.unique(link * len(names) + kind), len(names))
    ends = np.searchsorted(links, np.arange(network.size + 1)).tolist()
    told: list[Any] = [by_name[k] for k in kinds.tolist()]
    return [joint.join(told[a:b]) for a, b in pairwise(ends)]
