"""Who connects two nodes: shortest and k shortest paths whose every hop explains itself."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.explain import Hop, hop
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError, NotFoundError
from trihelix.schema.records import Node

MAX_HOPS = 10

Route = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The nodes of a path and its hops, one fewer."""

    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]

    def __len__(self) -> int:
        """The number of hops."""
        return len(self.hops)

    def __str__(self) -> str:
        """The names, joined by arrows."""
        return " → ".join(node.name for node in self.nodes)


def shortest(network: Network, a: str, b: str, *, max_hops: int = MAX_HOPS) -> Path:
    """A path of the fewest hops between two node ids; of several, the first in order of ids.

    Raises:
        NotFoundError: when the network has no such node, or no path of at most `max_hops`.
        ConfigurationError: when both ids are the same or `max_hops` is below 1.
    """
    return k_shortest(network, a, b, 1, max_hops=max_hops)[0]


def k_shortest(
    network: Network, a: str, b: str, k: int, *, max_hops: int = MAX_HOPS
) -> tuple[Path, ...]:
    """Up to `k` loopless paths, the fewest hops first, then in the order of their ids.

    Source: J. Yen, Finding the k shortest loopless paths in a network, Management Science 17, 1971,
    with the partition of E. Lawler, Management Science 18, 1972.

    Raises:
        NotFoundError: when the network has no such node, or no path of at most `max_hops`.
        ConfigurationError: when both ids are the same, or `k` or `max_hops` is below 1.
    """
    if k < 1 or max_hops < 1:
        raise ConfigurationError(f"paths: k {k} and max_hops {max_hops} must be at least 1")
    source, target = network.index(a), network.index(b)
    if source == target:
        raise ConfigurationError(
            f"paths: {network.nodes[source].name} is both ends; give two different nodes"
        )
    routes = _yen(network, source, target, k, max_hops)
    if not routes:
        raise NotFoundError(_no_path(network, source, target, max_hops))
    return tuple(_path(network, route) for route in routes)


def _yen(network: Network, source: int, target: int, k: int, max_hops: int) -> list[Route]:
    """Each heap entry is the best path of a part of all paths; parts do not overlap.

    A part is: paths that share the first `shared` nodes of `route` and whose next node is none of
    `banned`.
    """
    found: list[Route] = []
    heap: list[tuple[int, Route, int, frozenset[int]]] = []
    first = _search(network, (source,), target, frozenset(), max_hops)
    if first:
        heap.append((len(first), first, 1, frozenset()))
    while heap and len(found) < k:
        _, route, shared, banned = heapq.heappop(heap)
        found.append(route)
        if len(found) == k:
            break
        for at in range(shared, len(route)):
            taken = (banned if at == shared else frozenset()) | {route[at]}
            other = _search(network, route[:at], target, taken, max_hops)
            if other:
                heapq.heappush(heap, (len(other), other, at, taken))
    return found


def _search(
    network: Network, root: Route, target: int, banned: frozenset[int], max_hops: int
) -> Route | None:
    """The shortest way on from `root` to `target`, first in order of indices; None without one.

    It does not return to the root and does not begin with a banned node.
    """
    spur = root[-1]
    starts = [i for i in network.neighbours(spur).tolist() if i not in banned and i not in root]
    distance = _distances_to(network, target, root, starts, max_hops - len(root))
    reached = [i for i in starts if distance[i] >= 0]
    if not reached:
        return None
    node = min(reached, key=lambda i: (distance[i], i))
    route = [*root, node]
    while node != target:
        near = network.neighbours(node)
        node = int(near[distance[near] == distance[node] - 1][0])
        route.append(node)
    return tuple(route)


def _distances_to(
    network: Network, target: int, blocked: Sequence[int], starts: Sequence[int], limit: int
) -> NDArray[np.int32]:
    """Hops to `target` around blocked nodes, -1 where unknown; ends at the level of a start."""
    distance = np.full(len(network), -1, dtype=np.int32)
    distance[list(blocked)] = -2
    wanted = np.zeros(len(network), dtype=bool)
    wanted[list(starts)] = True
    frontier, level = np.array([target]), 0
    distance[target] = 0
    while frontier.size and level < limit and not wanted[frontier].any():
        level += 1
        near = _neighbours_of(network, frontier)
        frontier = np.unique(near[distance[near] == -1])
        distance[frontier] = level
    return distance


def _neighbours_of(network: Network, nodes: NDArray[np.int64]) -> NDArray[np.int32]:
    counts = network.degree[nodes]
    ends = np.cumsum(counts)
    start = np.repeat(network.indptr[nodes] - (ends - counts), counts)
    near: NDArray[np.int32] = network.indices[start + np.arange(ends[-1])]
    return near


def _path(network: Network, route: Route) -> Path:
    return Path(
        nodes=tuple(network.nodes[i] for i in route),
        hops=tuple(hop(network, i, j) for i, j in pairwise(route)),
    )


def _no_path(network: Network, source: int, target: int, max_hops: int) -> str:
    a, b = network.nodes[source], network.nodes[target]
    labels = network.components
    sizes = np.bincount(labels)
    if labels[source] == labels[target]:
        return (
            f"no path of at most {max_hops} hops between {a.name} and {b.name}, though a longer "
            f"one exists; raise max_hops"
        )
    largest = ", ".join(str(size) for size in sizes[:5]) + (", …" if len(sizes) > 5 else "")
    return (
        f"no path between {a.name} (in a component of {sizes[labels[source]]} nodes) and {b.name} "
        f"({sizes[labels[target]]} nodes); the network has {len(sizes)} components: {largest}; "
        "widen the view (kinds, dates, confidence, persons)"
    )
