"""Connected components by linking the trees of a forest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import kernel

Int32 = NDArray[np.int32]

_PROBES = 1024


@kernel
def _join(parent: Int32, a: int, b: int) -> None:
    """Put two nodes in one tree; the root of a tree is its first node."""
    while parent[a] != parent[parent[a]]:  # halve the way to the root
        parent[a] = parent[parent[a]]
    while parent[b] != parent[parent[b]]:
        parent[b] = parent[parent[b]]
    parent[max(parent[a], parent[b])] = min(parent[a], parent[b])


@kernel
def _flatten(parent: Int32) -> None:
    for u in range(parent.size):  # parents come first, so one step suffices
        parent[u] = parent[parent[u]]


@kernel
def _frequent(parent: Int32) -> int:
    """The root that most of some evenly spaced nodes have."""
    step = max(parent.size // _PROBES, 1)
    roots = np.sort(parent[::step].copy())
    best, most, run = roots[0], 0, 0
    for i in range(roots.size):
        run = run + 1 if i and roots[i] == roots[i - 1] else 1
        if run > most:
            best, most = roots[i], run
    return int(best)


@kernel
def first_nodes(indptr: Int32, indices: Int32) -> Int32:
    """The first node of the component of each node, shape (n,).

    Two links of each node already join most of the largest component; the other links of its nodes
    need no look, as those that lead out of it are met from their other end. Source: M. Sutton, T.
    Ben-Nun, A. Barak, Optimizing parallel graph connectivity computation via subgraph sampling,
    IPDPS 2018.
    """
    n = indptr.size - 1
    parent = np.empty(n, np.int32)
    for u in range(n):  # the first neighbour is the lowest: a forest without any searching
        lowest = indices[indptr[u]] if indptr[u] < indptr[u + 1] else u
        parent[u] = min(u, lowest)
    _flatten(parent)
    for u in range(n):
        if indptr[u] + 1 < indptr[u + 1]:
            v = indices[indptr[u] + 1]
            if parent[u] != parent[v]:
                _join(parent, u, v)
    _flatten(parent)
    large = _frequent(parent) if n else 0
    for u in range(n):
        if parent[u] != large:
            for at in range(indptr[u], indptr[u + 1]):
                _join(parent, u, indices[at])
    _flatten(parent)
    return parent
