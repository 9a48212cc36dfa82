"""Centralities that come from walks: PageRank, eigenvector, Katz. All solve a symmetric system."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.closeness import by_degree
from trihelix.graph.kernels import walks
from trihelix.graph.kernels.compiled import spread
from trihelix.graph.kernels.order import renumber
from trihelix.graph.network import Network
from trihelix.graph.workshop import Workshop
from trihelix.schema.errors import ConfigurationError, TrihelixError

Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]
Product = Callable[[Floats], Floats]

PASSES = 20_000  # collaboration networks need fewer than fifty; chains of thousands of nodes, many
_EXACT = 1e-12  # relative residual of a linear system
_STEADY = 1e-13  # relative residual of an eigenvector
_ROUGH = 1e-7  # the same when only the eigenvalue is wanted, whose error is the square of that
_CHUNKS = 8
_WORTH = 200_000  # links from which two threads are worth starting
_KEPT = 2_000_000  # links up to which the renumbered matrix is kept with the network


def pagerank(
    network: Network, *, normalized: bool = True, damping: float = 0.85, weighted: bool = True
) -> Floats:
    """The share of time that a random walk over links, with restarts, spends at a node, (n,).

    A walk takes a link in proportion to its weight (or evenly), and with probability 1 - damping
    starts again anywhere; so it does from a node without links. Sums to 1, or to n when not
    normalized. Solved to a relative residual of 1e-12 by conjugate gradients on the symmetric form
    of the equations, which needs far fewer passes than iterating them.

    Source: S. Brin, L. Page, The anatomy of a large-scale hypertextual web search engine, Computer
    Networks 30, 1998; on nodes without links: D. Gleich, PageRank beyond the web, SIAM Review 57,
    2015.

    Raises:
        ConfigurationError: when damping is not at least 0 and below 1.
    """
    if not 0 <= damping < 1:
        raise ConfigurationError(f"pagerank: damping {damping} is not at least 0 and below 1")
    n, matrix = len(network), _Matrix.of(network, weighted=weighted)
    out = matrix.times(np.ones(matrix.size))
    root = np.sqrt(out)
    inverse = np.divide(1.0, root, out=np.zeros(root.size), where=root > 0)
    start = root * (np.count_nonzero(out) / (1 - damping) / max(out.sum(), 1e-300))
    scale = math.sqrt(damping) * inverse
    found = root * _solve(matrix.times, scale, right=inverse, start=start)
    found[out == 0] = 1.0  # only restarts reach them
    every = matrix.back(found, n, rest=1.0)
    every *= (1.0 if normalized else n) / max(every.sum(), 1e-300)
    return every


def eigenvector(network: Network, *, normalized: bool = True, weighted: bool = True) -> Floats:
    """The leading eigenvector of the weights of the largest component; 0 elsewhere, (n,).

    An eigenvector says nothing about nodes that no link joins, so it is defined on the component
    with the most nodes (of equal ones, that of the smallest id). Length 1, or largest value 1 when
    not normalized. Source: P. Bonacich, Power and centrality, Am. J. Sociology 92, 1987.

    Raises:
        TrihelixError: when it does not converge, as on a chain of many thousands of nodes.
    """
    matrix = _Matrix.of(network, weighted=weighted)
    inside = network.components[matrix.order] == 0
    if np.count_nonzero(inside) < 2:
        return np.zeros(len(network))
    start = np.where(inside, matrix.times(np.ones(matrix.size)), 0.0)
    vector = np.abs(_leading(matrix.times, start)[1])
    vector /= np.linalg.norm(vector) if normalized else vector.max()
    return matrix.back(vector, len(network), rest=0.0)


def katz(
    network: Network,
    *,
    normalized: bool = True,
    alpha: float | None = None,
    weighted: bool = True,
) -> Floats:
    """The number of walks that end at a node, each counted alpha to the power of its length, (n,).

    The walk of length 0 counts 1. Without `alpha` it is 0.85 divided by the largest eigenvalue of
    the network, the value from which the sum has no limit. Length 1 when normalized.

    Source: L. Katz, A new status index derived from sociometric analysis, Psychometrika 18, 1953.

    Raises:
        ConfigurationError: when alpha is negative or too large for the sum to have a limit.
    """
    n, matrix = len(network), _Matrix.of(network, weighted=weighted)
    one, times = np.ones(matrix.size), matrix.times
    largest = _leading(times, times(one), _ROUGH)[0] if network.size else 0.0
    if alpha is None:
        alpha = 0.85 / largest if largest else 0.0
    if alpha < 0 or alpha * largest >= 1:
        limit = 1 / largest if largest else np.inf
        raise ConfigurationError(
            f"katz: alpha {alpha} is not at least 0 and below {limit:.6g}, one over the largest "
            "eigenvalue of this network; leave it out for 0.85 of that"
        )
    found = matrix.back(_solve(times, math.sqrt(alpha) * one, right=one, start=one), n, rest=1.0)
    return found / np.linalg.norm(found) if normalized and n else found


class _Matrix(NamedTuple):
    """The weights among the nodes that have links, those with most links first.

    What is read often lies together then, which makes a product a third faster.
    """

    order: Int32  # the node that each row is of, shape (k,)
    indptr: Int32
    indices: NDArray[np.uint32]
    values: Floats  # none when every link counts `scale`
    scale: float

    @classmethod
    def of(cls, network: Network, *, weighted: bool) -> _Matrix:
        """The matrix of a network, kept with it; a very large one is used in its own order."""
        uneven = bool(weighted and network.size and np.ptp(network.weights) > 0)
        scale = float(network.weights[0]) if weighted and network.size and not uneven else 1.0
        if network.size > _KEPT:
            every = np.arange(len(network), dtype=np.int32)
            values = network.near_weights if uneven else np.empty(0)
            return cls(every, network.indptr, network.indices.view(np.uint32), values, scale)

        def made() -> _Matrix:
            order = by_degree(network)
            indptr, indices, link = renumber(network.indptr, network.indices, network.link, order)
            values = network.weights[link] if uneven else np.empty(0)
            return cls(order, indptr, indices, values, scale)

        found: _Matrix = Workshop.of(network).kept(f"walks, {weighted}", made)
        return found

    @property
    def size(self) -> int:
        """The number of rows."""
        return self.order.size

    def times(self, vector: Floats) -> Floats:
        """The product with a vector, in threads when the network is large."""
        out = np.empty(self.size)

        def rows(start: int, stop: int) -> None:
            walks.multiply(self.indptr, self.indices, self.values, vector, out, start, stop)

        chunks = _CHUNKS if self.indices.size > 2 * _WORTH else 1
        for _ in spread(rows, self.size, chunks=chunks):
            pass
        if self.scale != 1.0:
            out *= self.scale
        return out

    def back(self, found: Floats, n: int, *, rest: float) -> Floats:
        """Values of the rows as values of all n nodes, `rest` for those without links."""
        every = np.full(n, rest)
        every[self.order] = found
        return every


def _solve(times: Product, scale: Floats, *, right: Floats, start: Floats) -> Floats:
    """The x with x - scale A scale x = right, by conjugate gradients (Hestenes, Stiefel 1952)."""
    x = start.copy()
    residual, step, scaled = (np.empty(x.size) for _ in range(3))
    size, whole = walks.begin(right, scale, x, times(scale * x), residual, step, scaled)
    for _ in range(PASSES):
        if size <= _EXACT**2 * whole:
            break
        image = times(scaled)
        along = size / walks.curve(scale, step, image)
        before, size = size, walks.advance(along, x, residual, step, image)
        walks.turn(size / before, residual, step, scale, scaled)
    return x


def _leading(times: Product, start: Floats, enough: float = _STEADY) -> tuple[float, Floats]:
    """The largest eigenvalue and its vector, of length 1, by locally optimal conjugate gradients.

    Every step takes the best vector in the span of the last one, its residual, and the last step.
    Source: A. Knyazev, Toward the optimal preconditioned eigensolver, SIAM J. Sci. Comput. 23,
    2001.
    """
    x = start / math.sqrt(walks.advance(0.0, start.copy(), start.copy(), start, start))
    step, image_step, rest = np.zeros(x.size), np.zeros(x.size), np.empty(x.size)
    image = times(x)
    for number in range(PASSES):
        plain, bent = walks.products(x, x, x, image, image, image)
        value = float(bent[0, 0] / plain[0, 0])
        if walks.deviation(x, image, value, rest) <= (enough * value) ** 2 * plain[0, 0]:
            return value, x
        image_rest = times(rest)
        parts = _best(*walks.products(x, rest, step, image, image_rest, image_step))
        walks.combine(parts, x, rest, step)
        walks.combine(parts, image, image_rest, image_step)
        if number % 16 == 15:
            image = times(x)  # sums of images drift from the image of the sum
    raise TrihelixError(
        f"eigenvector: no convergence on {x.size} nodes within {PASSES} passes, which must be a "
        "very long chain; use pagerank or closeness instead"
    )


def _best(plain: Floats, bent: Floats) -> Floats:
    """The parts of three vectors whose sum, of length 1, the matrix stretches most.

    `plain` and `bent` are their products with each other and with their images, (3, 3). The third
    does not count while it is zero, or when it says no more than the others.
    """
    length = np.sqrt(np.diag(plain))
    for count in (3, 2):
        if length[count - 1] == 0:
            continue
        scale = 1 / length[:count]
        outer = np.outer(scale, scale)
        values, vectors = np.linalg.eigh(plain[:count, :count] * outer)
        if values[0] > 1e-10 or count == 2:
            break
    whiten = vectors / np.sqrt(np.maximum(values, 1e-300))
    turned = whiten.T @ (bent[:count, :count] * outer) @ whiten
    parts = np.zeros(3)
    parts[:count] = scale * (whiten @ np.linalg.eigh(turned)[1][:, -1])
    return parts if parts[0] >= 0 else -parts
