"""Pairs of nodes to the arrays of a network: links in order, and the neighbours of each node."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def pair_keys(one: NDArray[np.integer], other: NDArray[np.integer], n: int) -> Int64:
    """One number for each unordered pair of n nodes, in the order of (smaller, larger)."""
    keys: Int64 = np.minimum(one, other).astype(np.int64)
    keys *= n
    keys += np.maximum(one, other)
    return keys


def ends_of(keys: Int64, n: int) -> Int32:
    """The pairs back from their numbers, shape (m, 2)."""
    ends = np.empty((keys.size, 2), dtype=np.int32)
    np.floor_divide(keys, max(n, 1), out=ends[:, 0], casting="unsafe")
    ends[:, 1] = keys - ends[:, 0].astype(np.int64) * n
    return ends


def ascending(keys: Int64) -> bool:
    """Whether each key is greater than the one before."""
    return bool((keys[1:] > keys[:-1]).all())


def summed(keys: Int64, weights: Float64) -> tuple[Int64, Float64]:
    """Each key once, in order, with the sum of its weights (added in the order given)."""
    if ascending(keys):
        return keys, weights
    order = np.argsort(keys, kind="stable")
    found = keys[order]
    new = np.empty(found.size, dtype=bool)
    new[:1] = True
    np.not_equal(found[1:], found[:-1], out=new[1:])
    if new.all():
        return found, weights[order]
    at = np.cumsum(new) - 1
    total: Float64 = np.bincount(at, weights=weights[order]).astype(np.float64)
    return found[new], total


def offsets(rows: NDArray[np.integer], size: int) -> Int32:
    """Where each of `size` rows starts among sorted row numbers, and where the last one ends."""
    found = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=size), out=found[1:])
    return found


def adjacency(ends: Int32, n: int) -> dict[str, Int32]:
    """`indptr`, `indices` and `link` of links in order of their ends (smaller, larger).

    Below the node's own index, the neighbours come from the links that end in it, above it from
    those that start in it: both are in order already, so nothing is sorted by comparing.
    """
    from scipy.sparse import csr_array

    m = len(ends)
    first, second = ends[:, 0], np.ascontiguousarray(ends[:, 1])
    up = offsets(first, n)
    transposed = csr_array((np.arange(m, dtype=np.int32), second, up), shape=(n, n)).tocsc()
    down = transposed.indptr.astype(np.int32)
    indices, link = np.empty(2 * m, np.int32), np.empty(2 * m, np.int32)
    numbers = np.arange(m, dtype=np.int32)
    at = numbers + np.repeat(down[1:], np.diff(up))
    indices[at], link[at] = second, numbers
    at = numbers + np.repeat(up[:-1], np.diff(down))
    indices[at], link[at] = transposed.indices, transposed.data
    return {"indptr": up + down, "indices": indices, "link": link}
