"""What if an organization were not there: what falls apart, and who could take its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.closeness import harmonic
from trihelix.graph.network import Network
from trihelix.graph.replacement import Replacement, neighbours_of, replacements
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
Flags = NDArray[np.bool_]

EXACT_NODES = 20_000  # networks up to this size get an exact efficiency unless told otherwise
SAMPLES = 512

_TWO_SIGMA = 1.96  # of a normal distribution, within which 95 of 100 draws lie


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """The mean inverse distance between the remaining nodes, 0 for those out of reach.

    `error` is half the width of the 95 % confidence interval of `loss`, 0 when it is exact.
    `samples` is the number of nodes that distances were measured from.
    """

    before: float
    after: float
    error: float
    samples: int

    @property
    def loss(self) -> float:
        """What the removal takes from it; never below 0."""
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part that a component falls into: its size, and those of its nodes with most links."""

    size: int
    nodes: tuple[Node, ...]


class Tables(NamedTuple):
    """The answer as tables."""

    summary: pd.DataFrame
    pieces: pd.DataFrame
    cut_off: pd.DataFrame
    replacements: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What a network loses without some nodes.

    * `broken_pairs` of the `joined_pairs` of remaining nodes can reach each other no more.
    * `largest_before`, `largest_after`: nodes of the largest component; `components_before` and
      `components_after` their numbers.
    * `pieces`: what the components of the removed nodes fall into, the largest first; all of them
      are `piece_count`.
    * `cut_off`: neighbours of the removed nodes that can reach each other no more.
    * `replacements`: the best first.
    """

    removed: tuple[Node, ...]
    remaining: int
    joined_pairs: int
    broken_pairs: int
    components_before: int
    components_after: int
    largest_before: int
    largest_after: int
    efficiency: Efficiency
    piece_count: int
    pieces: tuple[Piece, ...]
    cut_off: tuple[tuple[Node, Node], ...]
    replacements: tuple[Replacement, ...]

    def to_pandas(self) -> Tables:
        """A summary (one row), and the pieces, cut-off pairs and replacements, one row each."""
        import pandas as pd

        return Tables(
            pd.DataFrame([self._summary()]),
            pd.DataFrame(
                [(p.size, _names(p.nodes), _ids(p.nodes)) for p in self.pieces],
                columns=["size", "nodes", "ids"],
            ),
            pd.DataFrame(
                [(a.name, b.name, a.id, b.id) for a, b in self.cut_off],
                columns=["source_name", "target_name", "source", "target"],
            ),
            pd.DataFrame(
                [(rank, *_row(r)) for rank, r in enumerate(self.replacements, start=1)],
                columns=_REPLACEMENT,
            ),
        )

    def _summary(self) -> dict[str, object]:
        return {
            "removed": _names(self.removed),
            "remaining": self.remaining,
            "joined_pairs": self.joined_pairs,
            "broken_pairs": self.broken_pairs,
            "components_before": self.components_before,
            "components_after": self.components_after,
            "largest_before": self.largest_before,
            "largest_after": self.largest_after,
            "efficiency_before": self.efficiency.before,
            "efficiency_after": self.efficiency.after,
            "efficiency_error": self.efficiency.error,
            "pieces": self.piece_count,
        }


def what_if(
    network: Network,
    nodes: str | Iterable[str],
    *,
    top: int = 10,
    listed: int = 20,
    samples: int | None = None,
    seed: int = 0,
) -> Removal:
    """What the network would lose without one or several nodes (ids), and who could replace them.

    `top` bounds the replacements, `listed` the pieces, the nodes of each and the cut-off pairs.
    Efficiency is exact up to 20,000 nodes, above it is measured from 512 nodes drawn with `seed`,
    the same before and after; `samples` sets another number.

    Source: V. Latora, M. Marchiori, Efficient behavior of small-world networks, Phys. Rev. Lett.
    87, 198701, 2001 (efficiency, here over the remaining nodes, so that no loss comes of the
    removed ones having been near or far); M. Girvan, M. Newman, PNAS 99, 2002, and S. Borgatti,
    Identifying sets of key players in a social network, CMOT 12, 2006 (broken pairs).

    Raises:
        NotFoundError: when the network has no such node.
        ConfigurationError: when no node is given, or a number is below 1.
    """
    gone = _given(network, nodes, top=top, listed=listed, samples=samples)
    kept = np.ones(len(network), dtype=np.bool_)
    kept[gone] = False
    after = network.part(nodes=kept)
    place = np.full(len(network), -1, dtype=np.int32)  # the component afterwards, -1 for removed
    place[kept] = after.components
    torn = kept & np.isin(network.components, np.unique(network.components[gone]))
    pieces = np.unique(place[torn])  # in order: the largest first
    joined = _pairs(np.bincount(network.components[kept]))
    sizes = np.bincount(after.components)
    return Removal(
        removed=tuple(network.nodes[i] for i in gone),
        remaining=len(after),
        joined_pairs=joined,
        broken_pairs=joined - _pairs(sizes),
        components_before=_number(network.components),
        components_after=_number(after.components),
        largest_before=int(np.bincount(network.components).max()),
        largest_after=int(sizes.max(initial=0)),
        efficiency=_efficiency(network, after, kept, gone, samples=samples, seed=seed),
        piece_count=pieces.size,
        pieces=tuple(_piece(network, place, int(p), listed) for p in pieces[:listed]),
        cut_off=tuple(_cut_off(network, place, gone, listed)),
        replacements=tuple(replacements(network, place, gone, top)),
    )


def most_critical(network: Network, top: int = 10) -> pd.DataFrame:
    """The nodes whose removal would break most pairs of others apart; those that break none not.

    Only an articulation point does; one depth-first search finds what each of them holds together.
    Columns: rank, name, kind, sector, place, broken_pairs, pieces (that its component would fall
    into), cut_off (nodes outside the largest of them), id. Equal numbers share a rank and are in
    order of their nodes. Source: J. Hopcroft, R. Tarjan, Algorithm 447, Communications of the ACM
    16, 1973.

    Raises:
        ConfigurationError: when `top` is below 1.
    """
    import pandas as pd

    from trihelix.graph.kernels.removal import pieces_without

    if top < 1:
        raise ConfigurationError(f"most_critical: top {top} is less than 1")
    pieces, largest, broken = pieces_without(network.indptr, network.indices)
    order = np.argsort(-broken, kind="stable")[:top]
    order = order[broken[order] > 0]
    nodes = [network.nodes[i] for i in order.tolist()]
    others = np.bincount(network.components)[network.components[order]] - 1
    table = pd.DataFrame(
        {
            "name": [node.name for node in nodes],
            "kind": [node.kind for node in nodes],
            "sector": [vocabulary().sector(node.kind) for node in nodes],
            "place": [node.place for node in nodes],
            "broken_pairs": broken[order],
            "pieces": pieces[order],
            "cut_off": others - largest[order],
            "id": [node.id for node in nodes],
        }
    )
    ranks = table["broken_pairs"].rank(method="min", ascending=False)
    table.insert(0, "rank", ranks.astype(int))
    return table


def _given(
    network: Network, nodes: str | Iterable[str], *, top: int, listed: int, samples: int | None
) -> list[int]:
    for name, number in (("top", top), ("listed", listed), ("samples", samples)):
        if number is not None and number < 1:
            raise ConfigurationError(f"what_if: {name} {number} is less than 1")
    found = sorted({network.index(i) for i in ([nodes] if isinstance(nodes, str) else nodes)})
    if not found:
        raise ConfigurationError("what_if: no node is given; name at least one id")
    return found


def _efficiency(
    network: Network,
    after: Network,
    kept: Flags,
    gone: list[int],
    *,
    samples: int | None,
    seed: int,
) -> Efficiency:
    """Over pairs of remaining nodes: from all of them, or from some, the same ones twice."""
    n = len(after)
    wanted = min(n, samples or (n if n <= EXACT_NODES else SAMPLES))
    some = np.arange(n)
    if wanted < n:
        some = np.sort(np.random.default_rng(seed).choice(n, size=wanted, replace=False))
    old = np.flatnonzero(kept)[some]
    ids = None if wanted == n else [after.nodes[i].id for i in some.tolist()]
    last = harmonic(after, normalized=False, nodes=ids)
    first = harmonic(network, normalized=False, nodes=ids)
    first = (first[old] if ids is None else first) - _nearness(network, gone)[old]
    scale = max(n - 1, 1)
    error = 0.0
    if 1 < wanted < n:
        spread = float(np.std(first - last, ddof=1))
        error = _TWO_SIGMA * spread * float(np.sqrt((1 - wanted / n) / wanted)) / scale
    before, left = (float(a.mean()) / scale if n else 0.0 for a in (first, last))
    return Efficiency(before=before, after=min(before, left), error=error, samples=wanted)


def _nearness(network: Network, gone: list[int]) -> Float64:
    """The summed inverse distance of each node to the removed ones, shape (n,)."""
    from trihelix.graph.kernels.removal import hops

    found = np.zeros(len(network))
    for index in gone:
        far = hops(network.indptr, network.indices, index)
        found += np.divide(1.0, far, out=np.zeros(far.size), where=far > 0)
    return found


def _piece(network: Network, place: Int32, number: int, listed: int) -> Piece:
    inside = np.flatnonzero(place == number)
    order = inside[np.argsort(-network.degree[inside], kind="stable")][:listed]
    return Piece(size=inside.size, nodes=tuple(network.nodes[i] for i in order.tolist()))


def _cut_off(
    network: Network, place: Int32, gone: list[int], listed: int
) -> Iterable[tuple[Node, Node]]:
    """Neighbours of the removed nodes that end up in different pieces, the busiest first."""
    near = neighbours_of(network, gone)
    order = near[np.argsort(-network.degree[near], kind="stable")].tolist()
    groups = {i: (int(network.components[i]), int(place[i])) for i in order}
    apart = (
        (a, b)
        for a, b in combinations(order, 2)
        if groups[a][0] == groups[b][0] and groups[a][1] != groups[b][1]
    )
    for a, b in islice(apart, listed):
        yield network.nodes[a], network.nodes[b]


def _pairs(sizes: NDArray[np.integer]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.tolist())


def _number(components: Int32) -> int:
    return int(components.max(initial=-1)) + 1


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(node.name for node in nodes)


def _ids(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


_REPLACEMENT = [
    *("rank", "name", "kind", "sector", "place", "similarity", "adamic_adar"),
    *("brokered", "reconnects", "shared", "id"),
]


def _row(found: Replacement) -> tuple[object, ...]:
    node = found.node
    return (
        *(node.name, node.kind, vocabulary().sector(node.kind), node.place),
        *(found.similarity, found.adamic_adar, found.brokered, found.reconnects),
        *(_names(found.shared), node.id),
    )
