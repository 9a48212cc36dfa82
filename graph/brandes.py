"""Shortest-path counting from many nodes at once over the arrays of a network.

Works on "cells", one for each (source, node) pair of a batch of sources, so that small networks
need few numpy calls and long paths cost no more than their links.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.network import Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_CELLS = 1 << 16  # of one batch: its three tables fit a second-level cache


def dependencies(network: Network, sources: Ints) -> Floats:
    """The sum over sources s of the dependency of s on each node, shape (n,).

    A link has no direction and no length. The sum over all nodes is twice the betweenness.

    Source: U. Brandes, A faster algorithm for betweenness centrality, J. Math. Sociology 25, 2001.
    """
    total = np.zeros(len(network))
    batch = max(1, _CELLS // max(len(network), 1))
    for start in range(0, sources.size, batch):
        total += _batch(network, sources[start : start + batch])
    return total


def _batch(network: Network, sources: Ints) -> Floats:
    n = len(network)
    cells = np.arange(sources.size) * n + sources
    paths = np.zeros(sources.size * n)
    paths[cells] = 1.0
    steps = _forward(network, cells, paths)
    depends = np.zeros(sources.size * n)
    for near, far in reversed(steps):
        share = paths[near] / paths[far] * (1.0 + depends[far])
        np.add.at(depends, near, share)
    depends[cells] = 0.0
    total: Floats = depends.reshape(sources.size, n).sum(axis=0)
    return total


def _forward(network: Network, frontier: Ints, paths: Floats) -> list[tuple[Ints, Ints]]:
    """Count shortest paths into `paths`; the steps (near cell, far cell) of each level."""
    unseen = np.ones(paths.size, dtype=bool)
    unseen[frontier] = False
    mark = np.empty(paths.size, dtype=np.int64)
    steps = []
    while frontier.size:
        near, far = _expand(network, frontier)
        new = unseen[far]
        near, far = near[new], far[new]
        np.add.at(paths, far, paths[near])
        steps.append((near, far))
        order = np.arange(far.size)
        mark[far] = order  # of equal cells the last one stays, which makes the frontier unique
        frontier = far[mark[far] == order]
        unseen[frontier] = False
    return steps


def _expand(network: Network, frontier: Ints) -> tuple[Ints, Ints]:
    """Every step from the frontier to a neighbour, as cells."""
    node = frontier % len(network)
    counts = network.degree[node]
    ends = np.cumsum(counts)
    place = np.arange(ends[-1]) + np.repeat(network.indptr[node] - (ends - counts), counts)
    far = network.indices[place] + np.repeat(frontier - node, counts)
    return np.repeat(frontier, counts), far


def distances(network: Network) -> tuple[Ints, Ints]:
    """For each node, the sum of its distances to the nodes it reaches, and their number.

    Every bit of a word is one source of a breadth-first search, so that 64 of them share each pass
    over the links. Source: M. Then et al., The more the merrier: efficient multi-source graph
    traversal, PVLDB 8, 2014.
    """
    n = len(network)
    total, reached = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    linked = np.flatnonzero(network.degree)
    for start in range(0, linked.size, 64):
        sources = linked[start : start + 64]
        seen = np.zeros(n, dtype=np.uint64)
        seen[sources] = np.uint64(1) << np.arange(sources.size, dtype=np.uint64)
        _spread(network, linked, seen, total, reached)
    return total, reached


def _spread(
    network: Network, linked: Ints, seen: NDArray[np.uint64], total: Ints, reached: Ints
) -> None:
    frontier, level = seen.copy(), 0
    first = network.indptr[linked]
    while frontier.any():
        level += 1
        heard = np.zeros_like(seen)
        heard[linked] = np.bitwise_or.reduceat(frontier[network.indices], first)
        frontier = heard & ~seen
        seen |= frontier
        new = np.bitwise_count(frontier).astype(np.int64)
        reached += new
        total += level * new
