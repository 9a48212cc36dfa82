"""Brokerage between groups: the five roles of Gould and Fernandez, and part in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.groups import By, Groups
from trihelix.graph.kernels import grouping, triangles
from trihelix.graph.network import Network
from trihelix.graph.oriented import Float64, Oriented

if TYPE_CHECKING:
    import pandas as pd

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brokerage:
    """How often each node is the only link between two others, by role, and how often by chance.

    The arrays have a row for each node and a column for each of `ROLES`, and are not a number for
    the `left_out` nodes of no group: these, and their links, do not count at all.
    """

    network: Network
    groups: Groups
    raw: Float64  # ordered pairs of nodes brokered
    expected: Float64  # under random mixing
    deviation: Float64  # the standard deviation under random mixing

    @property
    def z(self) -> Float64:
        """(raw - expected) / deviation; not a number where chance allows one value only."""
        gap = self.raw - self.expected
        return np.divide(
            gap, self.deviation, out=np.full_like(gap, np.nan), where=self.deviation > 0
        )

    @property
    def left_out(self) -> int:
        """The number of nodes of no group."""
        return int((self.groups.codes < 0).sum())

    def frame(self) -> pd.DataFrame:
        """A row for each node of a group: id, name, group, the roles, and `<role>_z`."""
        import pandas as pd

        inside = np.flatnonzero(self.groups.codes >= 0)
        nodes = [self.network.nodes[i] for i in inside.tolist()]
        table = pd.DataFrame(
            {
                "id": [node.id for node in nodes],
                "name": [node.name for node in nodes],
                "group": [self.groups.names[code] for code in self.groups.codes[inside].tolist()],
            }
        )
        for at, role in enumerate(ROLES):
            table[role] = self.raw[inside, at].astype(np.int64)
        z = self.z
        for at, role in enumerate(ROLES):
            table[f"{role}_z"] = z[inside, at]
        return table


def brokerage(network: Network, by: By = "sector") -> Brokerage:
    """How often each node links two others that are not linked, by the groups of the three.

    A node b brokers the ordered pair (a, c) when a - b - c is a path and a, c are not linked:
    coordinator, all of one group; itinerant (consultant), a and c of one other group; gatekeeper,
    b and c of one group; representative, a and b of one group; liaison, three groups. Every link
    serves both ways, so gatekeeper and representative have equal counts.

    Expected values and deviations are those of a random directed network of the same groups in
    which each of the N (N - 1) arcs is there with one probability, the share that is there now (a
    link is two arcs). Weights do not count. Nodes of no group are left out with their links.

    Source: R. Gould, R. Fernandez, Structures of mediation: a formal approach to brokerage in
    transaction networks, Sociological Methodology 19, 1989; for undirected networks as brokerage()
    of the R package sna.

    Raises:
        ConfigurationError: for an unknown grouping.
    """
    groups = network.groups(by)
    codes = groups.codes
    raw = np.full((len(network), 6), np.nan)
    raw[codes >= 0] = _counted(network, groups)[codes >= 0]
    sizes = np.bincount(codes[codes >= 0], minlength=len(groups)).astype(np.float64)
    links = int((codes[network.ends] >= 0).all(axis=1).sum())
    mean, variance = _by_chance(sizes, links)
    outside = np.full((1, 6), np.nan)  # row -1 is that of no group
    return Brokerage(
        network=network,
        groups=groups,
        raw=raw,
        expected=np.concatenate([mean, outside])[codes],
        deviation=np.sqrt(np.concatenate([variance, outside]))[codes],
    )


def participation(network: Network, by: By = "sector", *, weighted: bool = False) -> Float64:
    """How evenly a node's links are spread over the groups, shape (n,): 0 for one group only.

    1 less the sum of the squared shares of its links in each group. Links to nodes of no group are
    left out; 0 for nodes without other links, and not a number for nodes of no group. Source: R.
    Guimera, L. Amaral, Functional cartography of complex metabolic networks, Nature 433, 2005.

    Raises:
        ConfigurationError: for an unknown grouping.
    """
    groups = network.groups(by)
    total, _, squares = _shares(network, groups, weighted=weighted)
    found = 1 - np.divide(squares, total**2, out=np.ones(len(network)), where=total > 0)
    return np.where(groups.codes >= 0, found, np.nan)


def within_group_z(network: Network, by: By = "sector", *, weighted: bool = False) -> Float64:
    """How far a node's links into its own group lie above its group's mean, shape (n,).

    In standard deviations of the group, 0 when these are 0; not a number for nodes of no group.
    Source: as `participation`.

    Raises:
        ConfigurationError: for an unknown grouping.
    """
    groups = network.groups(by)
    _, inside, _ = _shares(network, groups, weighted=weighted)
    member = groups.codes >= 0
    codes, own = groups.codes[member], inside[member]
    size = np.maximum(np.bincount(codes, minlength=len(groups)), 1)
    gap = own - (np.bincount(codes, own, minlength=len(groups)) / size)[codes]
    deviation = np.sqrt(np.bincount(codes, gap**2, minlength=len(groups)) / size)[codes]
    found = np.full(len(network), np.nan)
    found[member] = np.divide(gap, deviation, out=np.zeros(gap.size), where=deviation > 1e-12)
    return found


def _shares(network: Network, groups: Groups, *, weighted: bool) -> tuple[Float64, ...]:
    weights = network.near_weights if weighted else _ones(network.indices.size)
    return grouping.shares(network.indptr, network.indices, weights, groups.codes, len(groups))


def _ones(size: int) -> Float64:
    ones = np.ones(size)
    ones.setflags(write=False)  # as the network's own weights, or numba compiles twice
    return ones


def _counted(network: Network, groups: Groups) -> NDArray[np.int64]:
    """Ordered pairs that are brokered: pairs of neighbours less those that are linked, (n, 6)."""
    o = Oriented.of(network)
    codes = groups.codes[o.order]
    closed = o.sum(
        lambda first, last: triangles.role_triangles(o.starts, o.heads, codes, first, last)
    )
    pairs = grouping.neighbour_pairs(network.indptr, network.indices, groups.codes, len(groups))
    own, twins, mixed, apart = (pairs - 2 * closed).T
    return np.stack([own, twins, mixed // 2, mixed // 2, apart, own + twins + mixed + apart], 1)


def _by_chance(sizes: Float64, links: int) -> tuple[Float64, Float64]:
    """The mean and the variance of the roles of a broker of each group, each (groups, 6).

    Two pairs that a broker may broker are independent unless they share their first or their last
    node, hence one of the broker's arcs. A role whose pairs are `pairs` many, of which `alike`
    ordered couples share a node, has the mean pairs * q and the variance
    pairs * q (1 - q) + alike * d^3 (1 - d)^3, where d is the density and q = d^2 (1 - d).
    """
    n = sizes.sum()
    d = 2 * links / (n * (n - 1)) if n > 1 else 0.0
    q = d * d * (1 - d)
    own, others = sizes - 1, n - sizes
    twin_pairs, twin_triples = sizes * (sizes - 1), sizes * (sizes - 1) * (sizes - 2)
    itinerant = twin_pairs.sum() - twin_pairs
    alike_itinerant = 2 * (twin_triples.sum() - twin_triples)
    mixed, alike_mixed = own * others, own * others * (others - 1 + own - 1)
    liaison = others**2 - (np.square(sizes).sum() - sizes**2)
    alike_liaison = 2 * _couples_apart(sizes, others)
    total, alike_total = (n - 1) * (n - 2), 2 * (n - 1) * (n - 2) * (n - 3)
    every = np.ones_like(sizes)
    pairs = [own * (own - 1), itinerant, mixed, mixed, liaison, total * every]
    alike = [2 * own * (own - 1) * (own - 2), alike_itinerant, alike_mixed, alike_mixed]
    alike += [alike_liaison, alike_total * every]
    mean = q * np.stack(pairs, 1)
    return mean, mean * (1 - q) + (d * (1 - d)) ** 3 * np.stack(alike, 1)


def _couples_apart(sizes: Float64, others: Float64) -> Float64:
    """For each group: sum over nodes outside it of r (r - 1), r the nodes outside both groups.

    sum of s (o - s)(o - s - 1) over the other groups, in powers of s.
    """
    one, two, three = sizes, sizes**2, sizes**3
    rest = [power.sum() - power for power in (one, two, three)]
    found: Float64 = others * (others - 1) * rest[0] - (2 * others - 1) * rest[1] + rest[2]
    return found
