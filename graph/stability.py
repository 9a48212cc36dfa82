"""How sure a ranking is: the ranks that resampled documents and other confidences would give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

Score = Callable[[Network], NDArray[np.float64]]

INTERVAL = 0.9  # of the resampled ranks lie between low and high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stability:
    """For each node the 5th and 95th percentile of its ranks, and its ranks by confidence.

    `low` and `high` have shape (n,), `by_confidence` (thresholds, n); rank 0 stands for a node
    that has no score there. Without resampling `low` and `high` are the rank itself.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    thresholds: tuple[float, ...]
    by_confidence: NDArray[np.int64]


def ranks(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """1 for the highest score; equal scores share the best rank, no number has rank 0.

    >>> ranks(np.array([0.5, 0.9, np.nan, 0.5])).tolist()
    [2, 1, 0, 2]
    """
    rounded = scores.round(12)  # a difference in the last digits is no difference in rank
    known = np.sort(-rounded[~np.isnan(rounded)])
    found = np.searchsorted(known, -rounded, side="left") + 1
    return np.where(np.isnan(rounded), 0, found)


def stability(
    network: Network,
    score: Score,
    *,
    resamples: int = 100,
    thresholds: Sequence[float] = (),
    seed: int = 0,
) -> Stability:
    """The ranks that `score` gives when other documents had been read, or less were believed.

    A resample draws as many documents as there are, with replacement. A link whose facts no drawn
    document tells is gone, and the weight of the others is multiplied by how often the documents
    of its facts were drawn, on average. A threshold keeps the links with a fact that is at least
    so sure. A node that loses all its links ranks behind all that have some. Source: B. Efron, R.
    Tibshirani, An introduction to the bootstrap, 1993; for networks: T. Snijders, S. Borgatti,
    Non-parametric standard errors and tests for network statistics, Connections 22, 1999.

    Raises:
        ConfigurationError: when `resamples` is negative or a threshold not between 0 and 1.
    """
    if resamples < 0:
        raise ConfigurationError(f"stability: resamples {resamples} is less than 0")
    for threshold in thresholds:
        if not 0 <= threshold <= 1:
            raise ConfigurationError(f"stability: threshold {threshold} is not between 0 and 1")
    random = np.random.default_rng(seed)
    drawn = [_all_ranked(score(_resampled(network, random))) for _ in range(resamples)]
    table = np.stack(drawn) if drawn else _all_ranked(score(network))[None]
    low, high = np.quantile(
        table, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2], axis=0, method="closest_observation"
    )
    kept = [ranks(score(network.part(links=network.confidences >= t))) for t in thresholds]
    return Stability(
        low=low.astype(np.int64),
        high=high.astype(np.int64),
        thresholds=tuple(thresholds),
        by_confidence=np.array(kept, dtype=np.int64).reshape(len(kept), len(network)),
    )


def _all_ranked(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Ranks where nodes without a score come last."""
    found = ranks(scores)
    return np.where(found == 0, (found > 0).sum() + 1, found)


def _resampled(network: Network, random: np.random.Generator) -> Network:
    """The network of as many documents, drawn with replacement."""
    documents = network.facts.document
    count = int(documents.max(initial=-1)) + 1
    often = np.bincount(random.integers(0, count, size=count), minlength=count) if count else None
    told = np.diff(network.support_indptr)
    if often is None or not network.size:
        return network
    times = np.concatenate([[0.0], np.cumsum(often[documents[network.support]])])
    drawn = times[network.support_indptr[1:]] - times[network.support_indptr[:-1]]
    mean = np.divide(drawn, told, out=np.ones(network.size), where=told > 0)
    part = network.part(links=mean > 0)
    weights = network.weights[mean > 0] * mean[mean > 0]
    weights.setflags(write=False)
    return replace(part, weights=weights)
