"""Betweenness of nodes and links: exact, or sampled with a bound on the error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.closeness import by_degree, link_lengths
from trihelix.graph.kernels import betweenness as rows
from trihelix.graph.kernels import lengths, sampling
from trihelix.graph.kernels.compiled import spread
from trihelix.graph.kernels.memory import Pool
from trihelix.graph.kernels.order import renumber
from trihelix.graph.kernels.trees import fold
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

Floats = NDArray[np.float64]
Int32 = NDArray[np.int32]

EXACT_NODES = 20_000  # networks up to this size get exact betweenness unless told otherwise
SAMPLES = 512

_CHUNKS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Betweenness:
    """Scores (n,), and how far they may be from the truth.

    With probability `confidence`, every node's true score is within its `half_width` (n,) of its
    score; 0 when exact. `method` is "exact", "sources" (`samples` nodes drawn without repeating) or
    "paths" (`samples` shortest paths between random pairs).
    """

    scores: Floats
    half_width: Floats
    confidence: float
    method: str
    samples: int
    seed: int

    @property
    def error(self) -> float:
        """The largest half-width: the bound for all nodes."""
        return float(self.half_width.max(initial=0.0))


def betweenness(
    network: Network,
    *,
    normalized: bool = True,
    weighted: bool = False,
    samples: int | None = None,
    error: float | None = None,
    confidence: float = 0.9,
    seed: int = 0,
) -> Floats:
    """How many shortest paths between other nodes pass through a node, (n,).

    As a share of the pairs of other nodes when normalized. Exact up to 20,000 nodes and sampled
    above, unless told otherwise; `estimate` tells about the options and gives the error as well.

    Source: L. Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977.
    """
    return estimate(
        network,
        normalized=normalized,
        weighted=weighted,
        samples=samples,
        error=error,
        confidence=confidence,
        seed=seed,
    ).scores


def estimate(
    network: Network,
    *,
    normalized: bool = True,
    weighted: bool = False,
    samples: int | None = None,
    error: float | None = None,
    confidence: float = 0.9,
    seed: int = 0,
) -> Betweenness:
    """Betweenness and the bound on its error.

    * `samples`: the number of source nodes, drawn without repeating (n or more: exact). The score
      is unbiased. U. Brandes, C. Pich, Centrality estimation in large networks, Int. J. Bifurcation
      and Chaos 17, 2007. The half-width of a node is the smaller of Serfling's bound and the
      empirical Bernstein-Serfling bound, for all nodes together: R. Bardenet, O. Maillard,
      Concentration inequalities for sampling without replacement, Bernoulli 21, 2015.
    * `error`: the largest half-width wanted (of normalized scores). Draws shortest paths, as many
      as the vertex diameter asks for, which is far fewer than the sources that would be needed. M.
      Riondato, E. Kornaropoulos, Fast approximation of betweenness centrality through sampling,
      Data Mining and Knowledge Discovery 30, 2016 (with their constant 0.5). The half-width of a
      node is the smaller of that and the empirical Bernstein bound: A. Maurer, M. Pontil, Empirical
      Bernstein bounds and sample variance penalization, COLT 2009.
    * neither: exact up to 20,000 nodes, 512 sources above.

    Links count 1 each; weighted, their length is 1 / weight (Newman 2001), and ways whose lengths
    differ by less than one part in 10^12 are equally short.

    Raises:
        ConfigurationError: for samples below 1, an error or confidence not between 0 and 1, samples
            together with an error, or an error of weighted betweenness, which is not sampled so.
    """
    _check(samples, error, confidence, weighted=weighted)
    n, method = len(network), "exact"
    if error is not None:
        return _by_paths(network, error, confidence, seed=seed, normalized=normalized)
    wanted = samples or (n if n <= EXACT_NODES else SAMPLES)
    if wanted < n:
        drawn = np.random.default_rng(seed).choice(n, size=wanted, replace=False)
        method, sources = "sources", np.sort(drawn).astype(np.int32)
        total, square = _dependencies(network, sources, weighted=weighted)
        scores = total * (n / wanted)
        most = max(n - 2, 1)  # that one source can depend on one node
        width = _serfling(total / most, square / most**2, wanted, n, confidence) * n * most
        width[network.degree < 2] = 0.0  # nothing passes through the end of one link
    else:
        wanted, width = n, np.zeros(n)
        scores = _exact(network, weighted=weighted)
    scale = (1 / ((n - 1) * (n - 2)) if n > 2 else 0.5) if normalized else 0.5
    return Betweenness(
        scores=scores * scale,
        half_width=width * scale,
        confidence=confidence,
        method=method,
        samples=wanted,
        seed=seed,
    )


def edge_betweenness(
    network: Network,
    *,
    normalized: bool = True,
    weighted: bool = False,
    samples: int | None = None,
    seed: int = 0,
) -> Floats:
    """How many shortest paths between two nodes run over a link, (m,) in the order of the links.

    As a share of all pairs of nodes when normalized. Exact unless `samples` gives a number of
    source nodes below n; the sum over these is then scaled by n / samples. Lengths are those of
    `estimate`.

    Source: M. Girvan, M. Newman, Community structure in social and biological networks, PNAS 99,
    2002; U. Brandes, On variants of shortest-path betweenness, Social Networks 30, 2008.

    Raises:
        ConfigurationError: for samples below 1.
    """
    _check(samples, None, 0.5, weighted=weighted)
    n = len(network)
    if samples is not None and samples < n:
        drawn = np.random.default_rng(seed).choice(n, size=samples, replace=False)
        sources = np.sort(drawn).astype(np.int32)
        total = _flows_from(network, sources, weighted=weighted) * (n / samples)
    elif weighted:
        total = _flows_from(network, np.arange(n, dtype=np.int32), weighted=True)
    else:
        total = _exact_flows(network)
    return total / (n * (n - 1)) if normalized and n > 1 else total / 2


def _check(samples: int | None, error: float | None, confidence: float, *, weighted: bool) -> None:
    if samples is not None and samples < 1:
        raise ConfigurationError(f"betweenness: samples {samples} is less than 1")
    if error is not None and not 0 < error < 1:
        raise ConfigurationError(f"betweenness: error {error} is not between 0 and 1")
    if not 0 < confidence < 1:
        raise ConfigurationError(f"betweenness: confidence {confidence} is not between 0 and 1")
    if error is not None and (samples is not None or weighted):
        other = "samples" if samples is not None else "weighted"
        raise ConfigurationError(
            f"betweenness: got error together with {other}, expected one of them; leave out "
            f"{'one' if samples is not None else 'error and give samples'}"
        )


class _Part(NamedTuple):
    """The part of a network in which to search, its nodes in order of their degrees."""

    order: Int32
    indptr: Int32
    indices: NDArray[np.uint32]
    link: Int32
    mass: Floats

    @classmethod
    def of(cls, network: Network, order: Int32, mass: Floats) -> _Part:
        found = renumber(network.indptr, network.indices, network.link, order)
        return cls(order, *found, mass[order])


def _dependencies(network: Network, sources: Int32, *, weighted: bool) -> tuple[Floats, Floats]:
    """The sums over the sources of the dependencies on each node and of their squares, (n,)."""
    if weighted:
        return _over_lengths(network, sources)[:2]
    part = _Part.of(network, by_degree(network), np.ones(len(network)))
    place = np.full(len(network), -1, np.int32)
    place[part.order] = np.arange(part.order.size, dtype=np.int32)
    return _spread_out(network, part, np.sort(place[sources][place[sources] >= 0]))


def _spread_out(network: Network, part: _Part, sources: Int32) -> tuple[Floats, Floats]:
    work = Pool(lambda: rows.scratch(part.order.size), 245 * part.order.size)
    total, square = np.zeros(len(network)), np.zeros(len(network))

    def task(start: int, stop: int) -> tuple[Floats, Floats]:
        some = sources[start * rows.LANES : stop * rows.LANES]
        with work.lend() as own:
            return rows.dependencies(part.indptr, part.indices, part.mass, some, own)

    batches = -(-sources.size // rows.LANES)
    for found, squares in spread(task, batches, chunks=_CHUNKS):
        total[part.order] += found
        square[part.order] += squares
    return total, square


def _exact(network: Network, *, weighted: bool) -> Floats:
    """The sum of the dependencies of all nodes on each, (n,)."""
    if weighted:
        return _over_lengths(network, np.arange(len(network), dtype=np.int32))[0]
    left, mass, passing, _ = _folded(network)
    part = _Part.of(network, _kept(network, left), mass)
    total, _ = _spread_out(network, part, np.arange(part.order.size, dtype=np.int32))
    return total + passing


def _exact_flows(network: Network) -> Floats:
    left, mass, _, flow = _folded(network)
    part = _Part.of(network, _kept(network, left), mass)
    return flow + _flow(network, part, np.arange(part.order.size, dtype=np.int32))


def _flows_from(network: Network, sources: Int32, *, weighted: bool) -> Floats:
    if weighted:
        return _over_lengths(network, sources)[2]
    part = _Part.of(network, by_degree(network), np.ones(len(network)))
    place = np.full(len(network), -1, np.int32)
    place[part.order] = np.arange(part.order.size, dtype=np.int32)
    return _flow(network, part, np.sort(place[sources][place[sources] >= 0]))


def _flow(network: Network, part: _Part, sources: Int32) -> Floats:
    work = Pool(lambda: rows.scratch(part.order.size), 245 * part.order.size)
    total = np.zeros(network.size)

    def task(start: int, stop: int) -> Floats:
        some = sources[start * rows.LANES : stop * rows.LANES]
        with work.lend() as own:
            return rows.flows(
                *(part.indptr, part.indices, part.link, part.mass, some, own, network.size)
            )

    for found in spread(task, -(-sources.size // rows.LANES), chunks=_CHUNKS):
        total += found
    return total


def _folded(network: Network) -> tuple[NDArray[np.bool_], Floats, Floats, Floats]:
    sizes = np.bincount(network.components)[network.components].astype(np.int64)
    return fold(network.indptr, network.indices, network.link, sizes, network.size)


def _kept(network: Network, left: NDArray[np.bool_]) -> Int32:
    order = by_degree(network)
    return order[left[order]]


def _over_lengths(network: Network, sources: Int32) -> tuple[Floats, Floats, Floats]:
    of_link = link_lengths(network)
    work = Pool(lambda: lengths.scratch(len(network)), 36 * len(network))

    def task(start: int, stop: int) -> tuple[Floats, Floats, Floats]:
        with work.lend() as own:
            return lengths.dependencies(
                *(network.indptr, network.indices, network.link, of_link, sources[start:stop], own)
            )

    total = np.zeros(len(network)), np.zeros(len(network)), np.zeros(network.size)
    for found in spread(task, sources.size, chunks=_CHUNKS):
        for sum_, more in zip(total, found, strict=True):
            sum_ += more
    return total


def _by_paths(
    network: Network, error: float, confidence: float, *, seed: int, normalized: bool
) -> Betweenness:
    n = len(network)
    rest = (1 - confidence) / 2  # half of the doubt for either bound
    scale = n / (n - 2) if n > 2 else 1.0  # of the pairs, those that end at the node do not count
    longest = sampling.longest(network.indptr, network.indices, by_degree(network)) if n else 1
    terms = math.floor(math.log2(max(longest - 2, 1))) + 1 + math.log(1 / rest)
    samples = math.ceil(0.5 * terms / (error / scale) ** 2)
    work = Pool(lambda: sampling.scratch(n), 32 * n)
    found = np.zeros(n, np.int64)

    def task(start: int, stop: int) -> NDArray[np.int64]:
        with work.lend() as own:
            return sampling.visits(network.indptr, network.indices, seed, start, stop, own)

    for more in spread(task, samples if n > 1 else 0, chunks=_CHUNKS):
        found += more
    mean = found / samples
    width = np.minimum(_bernstein(mean, samples, n, rest), math.sqrt(0.5 * terms / samples))
    width[network.degree < 2] = 0.0
    unit = scale if normalized else n * (n - 1) / 2
    return Betweenness(
        scores=mean * unit,
        half_width=width * unit,
        confidence=confidence,
        method="paths",
        samples=samples,
        seed=seed,
    )


def _bernstein(mean: Floats, samples: int, n: int, doubt: float) -> Floats:
    """Half-widths for all of n means of zeros and ones, together wrong with chance `doubt`."""
    if samples < 2:
        return np.ones(n)
    terms = math.log(4 * max(n, 1) / doubt)
    variance = mean * (1 - mean) * samples / (samples - 1)
    return np.asarray(np.sqrt(2 * variance * terms / samples) + 7 * terms / (3 * (samples - 1)))


def _serfling(total: Floats, square: Floats, samples: int, n: int, confidence: float) -> Floats:
    """Half-widths of means of numbers in [0, 1], `samples` drawn of n without repeating.

    Half of the doubt goes to either bound; each is two-sided and holds for all nodes.
    """
    doubt = (1 - confidence) / 2 / n
    mean = total / samples
    variance = np.maximum(square / samples - mean**2, 0.0)
    half = samples <= n / 2
    left = 1 - (samples - 1) / n if half else (1 - samples / n) * (1 + 1 / samples)
    plain = math.sqrt(left * math.log(2 / doubt) / (2 * samples))
    terms = math.log(10 / doubt)
    kappa = 7 / 3 + 3 / math.sqrt(2)
    fine = np.sqrt(2 * left * variance * terms / samples) + kappa * terms / samples
    return np.asarray(np.minimum(plain, fine))
