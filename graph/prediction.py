"""Who is likely to link next: pairs without a link, scored by the neighbours that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trihelix.graph.groups import By
from trihelix.graph.kernels.compiled import spread
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
Flags = NDArray[np.bool_]

INDICES = (
    "common_neighbours",
    "jaccard",
    "adamic_adar",
    "resource_allocation",
    "preferential_attachment",
)
SHOWN = 10  # shared neighbours that a row names

_CHUNKS = 64


def scores(network: Network, pairs: ArrayLike, by: str = "adamic_adar") -> Float64:
    """An index of link prediction for pairs of node numbers, shapes (k, 2) and (k,).

    * `common_neighbours`: how many neighbours the two share; M. Newman, Phys. Rev. E 64, 025102,
      2001.
    * `jaccard`: these over all neighbours of either; P. Jaccard, 1901.
    * `adamic_adar`: 1 / ln(degree), summed over them; L. Adamic, E. Adar, Friends and neighbors on
      the web, Social Networks 25, 2003.
    * `resource_allocation`: 1 / degree, summed over them; T. Zhou, L. Lü, Y.-C. Zhang, Eur. Phys.
      J. B 71, 2009.
    * `preferential_attachment`: the product of the degrees; Newman, as above.

    Weights do not count. Whether the two are linked does not matter here.

    Raises:
        ConfigurationError: for an unknown index, or pairs of another shape or of unknown nodes.
    """
    _checked_index(by)
    given = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    if given.size and not (given.min() >= 0 and given.max() < len(network)):
        raise ConfigurationError(f"scores: pairs name nodes outside 0 to {len(network) - 1}")
    return _scores(network, given, by)


def predict(
    network: Network,
    by: str = "adamic_adar",
    *,
    top: int = 20,
    sectors: Sequence[str] | None = None,
    places: Sequence[str] | None = None,
    across: By | None = None,
) -> pd.DataFrame:
    """The pairs without a link that score highest by an index of `scores`, with the reasons.

    Only pairs that share a neighbour are looked at; for preferential attachment all pairs, of
    which only those of the largest degrees can win. `sectors` and `places` are pairs: one end has
    the first sector (and a place that contains the first text), the other the second. `across`
    asks for ends of different known groups: a grouping of `Network.groups`, or `"region"` for the
    provinces of their places.

    Columns: rank, source_name, target_name, their sectors and places, score, the five indices,
    shared (names of shared neighbours, those of fewest links first, ten at most), source, target
    and shared_ids. Equal scores share a rank and are in order of their nodes.

    Raises:
        ConfigurationError: for an unknown index or grouping, a `top` below 1, or a filter that is
            not a pair.
    """
    import pandas as pd

    _checked_index(by)
    _checked_top(top)
    pairs = _best(network, by, top, _filter(network, sectors, places, across))
    left, right = (_columns(network, pairs[:, side], p) for side, p in enumerate(_SIDES))
    table = pd.DataFrame(_interleaved(left, right) | _reasons(network, pairs, by))
    table["source"], table["target"] = left["source"], right["target"]
    return _ranked(table)


def candidates(
    network: Network,
    node: str,
    by: str = "adamic_adar",
    *,
    top: int = 10,
    sectors: Iterable[str] | None = None,
    place: str | None = None,
    across: By | None = None,
) -> pd.DataFrame:
    """With whom a node is likely to link next: nodes that it has no link with, with the reasons.

    `sectors` and `place` (a part of the place's name) choose the candidates, `across` those of
    another known group than the node's, as for `predict`. Columns: rank, name, kind, sector, place,
    score, the five indices, shared, id, shared_ids.

    Raises:
        NotFoundError: when the network has no such node.
        ConfigurationError: as for `predict`.
    """
    import pandas as pd

    _checked_index(by)
    _checked_top(top)
    index = network.index(node)
    allowed = _chosen(network, sectors, place) & _beyond(network, across, index)
    pool = np.flatnonzero(_reach(network, index, everyone=by == INDICES[-1]) & allowed)
    pairs = np.stack([np.full(pool.size, index), pool], axis=1).astype(np.int32)
    pairs = pairs[np.lexsort((pool, -_scores(network, pairs, by)))][:top]
    nodes = [network.nodes[i] for i in pairs[:, 1].tolist()]
    table = pd.DataFrame(
        {
            "name": [node.name for node in nodes],
            "kind": [node.kind for node in nodes],
            "sector": [vocabulary().sector(node.kind) for node in nodes],
            "place": [node.place for node in nodes],
            **_reasons(network, pairs, by),
            "id": [node.id for node in nodes],
        }
    )
    return _ranked(table)


_SIDES = ("source", "target")


class _Filter(NamedTuple):
    """Which nodes may be one end and the other, and the groups that must differ (-1: none)."""

    one: Flags
    two: Flags
    group: Int32


def _best(network: Network, by: str, top: int, chosen: _Filter) -> Int32:
    """The best pairs in order, shape (at most top, 2)."""
    from trihelix.graph.kernels.prediction import best_hubs, best_near

    if by == INDICES[-1]:
        order = np.argsort(-network.degree, kind="stable").astype(np.int32)
        found = [best_hubs(network.indptr, network.indices, order, *chosen, top)]
    else:
        worth, union = _worth(network, by), by == "jaccard"

        def part(start: int, stop: int) -> tuple[Float64, Int32]:
            return best_near(
                network.indptr, network.indices, worth, union, *chosen, start, stop, top
            )

        found = list(spread(part, len(network), chunks=_CHUNKS))
    values = np.concatenate([np.empty(0), *(f[0] for f in found)])
    pairs = np.concatenate([np.empty((0, 2), np.int32), *(f[1] for f in found)])
    best: Int32 = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], -values))][:top]
    return best


def _scores(network: Network, pairs: Int32, by: str) -> Float64:
    from trihelix.graph.kernels.prediction import shared

    ends = network.degree[pairs].astype(np.float64)
    if by == "preferential_attachment":
        product: Float64 = np.prod(ends, axis=1)
        return product
    found = shared(network.indptr, network.indices, _worth(network, by), pairs)
    if by != "jaccard":
        return found
    union = ends.sum(axis=1) - found
    share: Float64 = np.divide(found, union, out=np.zeros(found.size), where=union > 0)
    return share


def _worth(network: Network, by: str) -> Float64:
    """What a shared neighbour counts. One with a single link is shared by no pair."""
    degree = np.maximum(network.degree, 2).astype(np.float64)
    if by == "adamic_adar":
        return 1 / np.log(degree)
    return 1 / degree if by == "resource_allocation" else np.ones(len(network))


def _reasons(network: Network, pairs: Int32, by: str) -> dict[str, Any]:
    common = [_shared(network, a, b) for a, b in pairs.tolist()]
    ids, names = network.nodes.ids, network.nodes.names
    return {
        "score": _scores(network, pairs, by),
        **{index: _scores(network, pairs, index) for index in INDICES},
        "shared": [tuple(names[i] for i in some[:SHOWN]) for some in common],
        "shared_ids": [tuple(ids[i] for i in some[:SHOWN]) for some in common],
    }


def _shared(network: Network, a: int, b: int) -> list[int]:
    """The shared neighbours, those of fewest links first."""
    both = np.intersect1d(network.neighbours(a), network.neighbours(b), assume_unique=True)
    found: list[int] = both[np.lexsort((both, network.degree[both]))].tolist()
    return found


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    for name in ("common_neighbours", "preferential_attachment"):
        table[name] = table[name].round().astype(int)
    ranks = table["score"].round(12).rank(method="min", ascending=False)
    table.insert(0, "rank", ranks.astype(int))
    table["shared_ids"] = table.pop("shared_ids")  # last, being the widest
    return table


def _columns(network: Network, chosen: Int32, side: str) -> dict[str, Any]:
    nodes = [network.nodes[i] for i in chosen.tolist()]
    return {
        f"{side}_name": [node.name for node in nodes],
        f"{side}_sector": [vocabulary().sector(node.kind) for node in nodes],
        f"{side}_place": [node.place for node in nodes],
        side: [node.id for node in nodes],
    }


def _interleaved(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    both = left | right
    return {f"{side}_{what}": both[f"{side}_{what}"] for what in _WHAT for side in _SIDES}


_WHAT = ("name", "sector", "place")


def _reach(network: Network, index: int, *, everyone: bool) -> Flags:
    """The nodes at distance two, or all nodes that have links, but for neighbours and itself."""
    near = network.neighbours(index)
    found = network.degree > 0 if everyone else np.zeros(len(network), dtype=np.bool_)
    if not everyone:
        for i in near.tolist():
            found[network.neighbours(i)] = True
    found[near] = found[index] = False
    return found


def _filter(
    network: Network,
    sectors: Sequence[str] | None,
    places: Sequence[str] | None,
    across: By | None,
) -> _Filter:
    for name, pair in (("sectors", sectors), ("places", places)):
        if pair is not None and (isinstance(pair, str) or len(pair) != 2):
            raise ConfigurationError(f"predict: {name} {pair!r} is not a pair, one for each end")
    sector: Sequence[str | None] = sectors or (None, None)
    place: Sequence[str | None] = places or (None, None)
    one, two = (
        _chosen(network, None if sector[side] is None else {sector[side]}, place[side])
        for side in range(2)
    )
    if across is None:
        return _Filter(one, two, np.arange(len(network), dtype=np.int32))
    return _Filter(one, two, _codes(network, across).copy())  # kernels want it writable


def _chosen(network: Network, sectors: Iterable[str | None] | None, place: str | None) -> Flags:
    found = np.ones(len(network), dtype=np.bool_)
    if sectors is not None:
        found &= _in_names(network, "sector", set(sectors).__contains__)
    if place is not None:
        found &= _in_names(network, "place", lambda name: place in name)
    return found


def _in_names(network: Network, by: str, wanted: Any) -> Flags:
    groups = network.groups(by)
    found: Flags = np.array([*map(wanted, groups.names), False], dtype=np.bool_)[groups.codes]
    return found


def _beyond(network: Network, across: By | None, index: int) -> Flags:
    if across is None:
        return np.ones(len(network), dtype=np.bool_)
    codes = _codes(network, across)
    found: Flags = (codes >= 0) & (codes != codes[index])
    return found if codes[index] >= 0 else np.zeros_like(found)


def _codes(network: Network, across: By) -> Int32:
    if not isinstance(across, str) or across != "region":
        return network.groups(across).codes
    from trihelix.schema.regions import region

    places = network.groups("place")
    names = [region(place) for place in places.names] + [None]
    return network.groups([names[code] for code in places.codes.tolist()]).codes


def _checked_index(by: str) -> None:
    if by not in INDICES:
        raise ConfigurationError(f"index {by!r} is unknown; choose from {', '.join(INDICES)}")


def _checked_top(top: int) -> None:
    if top < 1:
        raise ConfigurationError(f"top {top} is less than 1")
