"""Centralities that come from walks: PageRank, eigenvector, Katz. All solve a symmetric system."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels.compiled import spread
from trihelix.graph.kernels.walks import multiply
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError, TrihelixError

Floats = NDArray[np.float64]
Product = Callable[[Floats], Floats]

PASSES = 20_000  # collaboration networks need fewer than fifty; chains of thousands of nodes, many
_EXACT = 1e-14  # relative residual of a linear system
_STEADY = 1e-13  # relative residual of an eigenvector
_CHUNKS = 8
_WORTH = 200_000  # links from which two threads are worth starting


def pagerank(
    network: Network, *, normalized: bool = True, damping: float = 0.85, weighted: bool = True
) -> Floats:
    """The share of time that a random walk over links, with restarts, spends at a node, (n,).

    A walk takes a link in proportion to its weight (or evenly), and with probability 1 - damping
    starts again anywhere; so it does from a node without links. Sums to 1, or to n when not
    normalized. Solved to a relative residual of 1e-14 by conjugate gradients on the symmetric form
    of the equations, which needs far fewer passes than iterating them.

    Source: S. Brin, L. Page, The anatomy of a large-scale hypertextual web search engine, Computer
    Networks 30, 1998; on nodes without links: D. Gleich, PageRank beyond the web, SIAM Review 57,
    2015.

    Raises:
        ConfigurationError: when damping is not at least 0 and below 1.
    """
    if not 0 <= damping < 1:
        raise ConfigurationError(f"pagerank: damping {damping} is not at least 0 and below 1")
    n = len(network)
    times = _product(network, weighted=weighted)
    out = times(np.ones(n))
    root = np.sqrt(out)
    inverse = np.divide(1.0, root, out=np.zeros(n), where=root > 0)
    start = root * (np.count_nonzero(out) / (1 - damping) / max(out.sum(), 1e-300))
    found = root * _solve(lambda x: x - damping * inverse * times(inverse * x), inverse, start)
    found[out == 0] = 1.0  # only restarts reach them
    scale = (1.0 if normalized else n) / max(found.sum(), 1e-300)
    return np.asarray(found * scale)


def eigenvector(network: Network, *, normalized: bool = True, weighted: bool = True) -> Floats:
    """The leading eigenvector of the weights of the largest component; 0 elsewhere, (n,).

    An eigenvector says nothing about nodes that no link joins, so it is defined on the component
    with the most nodes (of equal ones, that of the smallest id). Length 1, or largest value 1 when
    not normalized. Source: P. Bonacich, Power and centrality, Am. J. Sociology 92, 1987.

    Raises:
        TrihelixError: when it does not converge, as on a chain of many thousands of nodes.
    """
    inside = network.components == 0
    if np.count_nonzero(inside) < 2:
        return np.zeros(len(network))
    times = _product(network, weighted=weighted)
    vector = np.abs(_leading(times, np.where(inside, times(np.ones(len(network))), 0.0))[1])
    return np.asarray(vector / (np.linalg.norm(vector) if normalized else vector.max()))


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
    n = len(network)
    times = _product(network, weighted=weighted)
    largest = _leading(times, times(np.ones(n)))[0] if network.size else 0.0
    if alpha is None:
        alpha = 0.85 / largest if largest else 0.0
    if alpha < 0 or alpha * largest >= 1:
        limit = 1 / largest if largest else np.inf
        raise ConfigurationError(
            f"katz: alpha {alpha} is not at least 0 and below {limit:.6g}, one over the largest "
            "eigenvalue of this network; leave it out for 0.85 of that"
        )
    found = _solve(lambda x: x - alpha * times(x), np.ones(n), np.ones(n))
    return found / np.linalg.norm(found) if normalized and n else found


def _product(network: Network, *, weighted: bool) -> Product:
    """The product of the matrix of weights with a vector, in threads when the network is large."""
    uneven = weighted and network.size and np.ptp(network.weights) > 0
    values = network.near_weights if uneven else _NONE
    scale = float(network.weights[0]) if weighted and network.size and not uneven else 1.0
    n, chunks = len(network), _CHUNKS if network.size > _WORTH else 1

    def times(vector: Floats) -> Floats:
        out = np.empty(n)

        def rows(start: int, stop: int) -> None:
            multiply(network.indptr, network.indices, values, vector, out, start, stop)

        for _ in spread(rows, n, chunks=chunks):
            pass
        if scale != 1.0:
            out *= scale
        return out

    return times


_NONE = np.empty(0)
_NONE.setflags(write=False)


def _solve(times: Product, right: Floats, start: Floats) -> Floats:
    """Conjugate gradients (Hestenes, Stiefel 1952): the x of which `times` gives `right`."""
    x = start.copy()
    residual = right - times(x)
    step, size = residual.copy(), float(residual @ residual)
    enough = (_EXACT * float(np.linalg.norm(right))) ** 2
    for _ in range(PASSES):
        if size <= enough:
            break
        image = times(step)
        along = size / float(step @ image)
        x += along * step
        residual -= along * image
        size, before = float(residual @ residual), size
        step *= size / before
        step += residual
    return x


def _leading(times: Product, start: Floats) -> tuple[float, Floats]:
    """The largest eigenvalue and its vector, of length 1, by locally optimal conjugate gradients.

    Every step takes the best vector in the span of the last one, its residual, and the last step.
    Source: A. Knyazev, Toward the optimal preconditioned eigensolver, SIAM J. Sci. Comput. 23,
    2001.
    """
    x = start / np.linalg.norm(start)
    image = times(x)
    step = image_step = np.zeros(0)
    for number in range(PASSES):
        value = float(x @ image)
        residual = image - value * x
        size = float(np.linalg.norm(residual))
        if size <= _STEADY * value:
            return value, x
        basis, images = [x, residual / size], [image]
        basis[1] -= (x @ basis[1]) * x
        basis[1] /= np.linalg.norm(basis[1])
        images.append(times(basis[1]))
        if step.size:
            _add_orthogonal(basis, images, step, image_step)
        small = np.array([[a @ b for b in images] for a in basis])
        best = np.linalg.eigh((small + small.T) / 2)[1][:, -1]
        step = sum((c * b for c, b in zip(best[1:], basis[1:], strict=True)), np.zeros(x.size))
        image_step = sum(
            (c * b for c, b in zip(best[1:], images[1:], strict=True)), np.zeros(x.size)
        )
        x = best[0] * x + step
        x /= np.linalg.norm(x)
        image = times(x) if number % 16 == 15 else best[0] * image + image_step
    raise TrihelixError(
        f"eigenvector: no convergence on {x.size} nodes within {PASSES} passes, which must be a "
        "very long chain; use pagerank or closeness instead"
    )


def _add_orthogonal(basis: list[Floats], images: list[Floats], step: Floats, image: Floats) -> None:
    """Add a vector to an orthonormal basis, unless it depends on the others; with its image."""
    length = float(np.linalg.norm(step))
    if length == 0:
        return
    step, image = step / length, image / length
    for _ in range(2):  # once more, for what rounding left
        for vector, other in zip(basis, list(images), strict=True):
            part = float(vector @ step)
            step, image = step - part * vector, image - part * other
    length = float(np.linalg.norm(step))
    if length > 1e-8:
        basis.append(step / length)
        images.append(image / length)
