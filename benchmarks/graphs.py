"""Graphs to measure on: synthetic collaboration networks, and published real ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIZES = {"10k": (10_000, 50_000), "100k": (100_000, 500_000), "1M": (1_000_000, 5_000_000)}

FOLDER = Path(__file__).with_name(".graphs")  # what is made is kept

_NEWCOMERS = 0.5  # of the places in a team; the others go to nodes by the teams they were in


@dataclass(frozen=True, kw_only=True)
class Graph:
    """An undirected graph without loops and parallel links; `ends` has shape (m, 2), i < j."""

    name: str
    n: int
    ends: NDArray[np.int32]
    weights: NDArray[np.float64]


def synthetic(size: str) -> Graph:
    """The graph of a size, made by a process of its own, so that its memory is not counted here."""
    kept = FOLDER / f"{size}.npz"
    if not kept.exists():
        subprocess.run([sys.executable, __file__, size], check=True)
    arrays = np.load(kept)
    n, _ = SIZES[size]
    return Graph(name=f"synthetic {size}", n=n, ends=arrays["ends"], weights=arrays["weights"])


def real(folder: Path) -> list[Graph]:
    """The METIS and edge-list files of a folder; every link weighs 1."""
    found = [_metis(path) for path in sorted(folder.glob("*.metis.graph"))]
    return found + [_edge_list(path) for path in sorted(folder.glob("ca-*.txt"))]


def teams(size: str, seed: int = 1) -> Graph:
    """Teams of 2 to 6 form one after the other; members are newcomers or drawn by their degree.

    Degrees are scale-free and triangles frequent, as in networks of organizations that sign and
    found together. Weights are small counts. Exactly the nodes and links of `SIZES`.
    """
    n, m = SIZES[size]
    random = np.random.default_rng(seed)
    keys = np.empty(0, dtype=np.int64)
    known, newest = np.arange(64), 64  # `known` has a node once for each team that it was in
    while keys.size < m:
        teams = max(16, min(known.size // 8, m // 8))
        sizes = random.choice(np.arange(2, 7), size=teams, p=[0.45, 0.25, 0.15, 0.1, 0.05])
        members = random.choice(known, size=(teams, 6))
        fresh = random.random((teams, 6)) < _NEWCOMERS
        newcomers = newest + np.arange(int(fresh.sum()))
        members[fresh] = np.where(newcomers < n, newcomers, random.integers(0, n, newcomers.size))
        newest += newcomers.size
        keys = np.union1d(keys, _pairs(members, sizes, n))
        known = np.concatenate([known, members[np.arange(6) < sizes[:, None]]])
    keys = np.sort(random.choice(keys, size=m, replace=False))
    left, right = np.divmod(keys, n)
    order = random.permutation(n)  # numbers say nothing about age
    ends = np.sort(np.stack([order[left], order[right]], axis=1), axis=1)
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))].astype(np.int32)
    weights = 1.0 + random.poisson(0.6, size=m)
    return Graph(name=f"synthetic {size}", n=n, ends=ends, weights=weights)


def _pairs(members: NDArray[np.int64], sizes: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    left, right = np.triu_indices(6, k=1)
    shown = right < sizes[:, None]
    a, b = members[:, left][shown], members[:, right][shown]
    return np.minimum(a, b)[a != b] * n + np.maximum(a, b)[a != b]


def _metis(path: Path) -> Graph:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("%")]
    n = int(lines[0].split()[0])
    pairs = [(i, int(j) - 1) for i, line in enumerate(lines[1 : n + 1]) for j in line.split()]
    return _plain(path.name.split(".")[0], n, np.array(pairs))


def _edge_list(path: Path) -> Graph:
    pairs = np.loadtxt(path, dtype=np.int64, comments="#")
    ids, at = np.unique(pairs, return_inverse=True)
    return _plain(path.stem, ids.size, at.reshape(-1, 2))


def _plain(name: str, n: int, pairs: NDArray[np.int64]) -> Graph:
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    ends = np.unique(pairs, axis=0).astype(np.int32)
    return Graph(name=name, n=n, ends=ends, weights=np.ones(len(ends)))


if __name__ == "__main__":
    made = teams(sys.argv[1])
    FOLDER.mkdir(exist_ok=True)
    np.savez(FOLDER / f"{sys.argv[1]}.npz", ends=made.ends, weights=made.weights)
