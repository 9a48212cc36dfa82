"""Who links with whom: groups of nodes against groups, and like with like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.groups import By
from trihelix.graph.network import Network

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


def mixing(network: Network, by: By = "sector") -> pd.DataFrame:
    """The links between each two groups, beside what random mixing would give; one row a pair.

    Columns: source, target (groups, source not after target), links, expected_links, links_ratio,
    and the same for weights. Random mixing joins the ends of links at random: groups with K_a and
    K_b of the 2 m ends share K_a K_b / 2 m links, a group with itself half of that. A ratio is what
    was found over what was expected, not a number when nothing was. Only links between nodes that
    have a group count. `by` is that of `Network.groups`.

    Source: M. Newman, Mixing patterns in networks, Phys. Rev. E 67, 026126, 2003.
    """
    import pandas as pd

    found = _between(network, by)
    size = len(found.names)
    first, second = np.triu_indices(size)
    names = np.array([*found.names, ""], dtype=object)
    columns: dict[str, object] = {"source": names[first], "target": names[second]}
    for name, weights in (("links", np.ones(found.left.size)), ("weight", found.weights)):
        matrix = _matrix(found, weights)
        seen, chance = matrix * (2 - np.eye(size)), _expected(matrix) * (2 - np.eye(size))
        seen, chance = (m[first, second] / 2 for m in (seen, chance))
        columns[name] = seen.round().astype(int) if name == "links" else seen
        columns[f"expected_{name}"] = chance
        columns[f"{name}_ratio"] = np.divide(
            seen, chance, out=np.full(seen.size, np.nan), where=chance > 0
        )
    return pd.DataFrame(columns)


def assortativity(network: Network, by: By = "sector", *, weighted: bool = False) -> float:
    """How far links join nodes of one group: 1 for all of them, 0 as by chance, below 0 for fewer.

    Only links between nodes that have a group count, by their weights if asked. Not a number when
    there are none, or all are within one group. Source: M. Newman, Phys. Rev. E 67, 026126, 2003,
    eq. 2.
    """
    found = _between(network, by)
    matrix = _matrix(found, found.weights if weighted else np.ones(found.left.size))
    total = matrix.sum()
    if not total > 0:
        return float("nan")
    chance = float(_expected(matrix).trace() / total)
    return (float(matrix.trace() / total) - chance) / (1 - chance) if chance < 1 else float("nan")


def degree_assortativity(network: Network, *, weighted: bool = False) -> float:
    """How far nodes link with nodes of like degree (or strength), from -1 to 1.

    Pearson's correlation of the degrees at the two ends of the links, each link taken both ways.
    Not a number when all ends have one degree. Source: M. Newman, Assortative mixing in networks,
    Phys. Rev. Lett. 89, 208701, 2002.
    """
    if not network.size:
        return float("nan")
    degree = network.degree.astype(np.float64)
    if weighted:
        weights = np.repeat(network.weights, 2)
        degree = np.bincount(network.ends.ravel(), weights, len(network)).astype(np.float64)
    ends = degree[network.ends]
    ends = ends - ends.mean()
    spread = float(np.square(ends).mean())
    if spread <= 1e-18 * float(np.square(degree).max()):  # rounding alone
        return float("nan")
    return float((ends[:, 0] * ends[:, 1]).mean()) / spread


def ei_index(network: Network, by: By = "sector", *, weighted: bool = False) -> float:
    """External less internal links over all: -1 when all stay within groups, 1 when none does.

    Only links between nodes that have a group count; not a number without any. Source: D.
    Krackhardt, R. Stern, Informal networks and organizational crises, Social Psychology Quarterly
    51, 1988.
    """
    found = _between(network, by)
    matrix = _matrix(found, found.weights if weighted else np.ones(found.left.size))
    total = float(matrix.sum())
    return 1 - 2 * float(matrix.trace()) / total if total > 0 else float("nan")


def ei_groups(network: Network, by: By = "sector", *, weighted: bool = False) -> pd.DataFrame:
    """The E-I index of each group: group, nodes, internal, external, ei, expected.

    `internal` and `external` are the group's links (or weights) within it and to other groups, each
    link once. `expected` is the index of a network where every pair of nodes is linked with the
    same chance. Source: as `ei_index`.
    """
    import pandas as pd

    found = _between(network, by)
    matrix = _matrix(found, found.weights if weighted else np.ones(found.left.size))
    sizes = np.bincount(found.codes[found.codes >= 0], minlength=len(found.names))
    internal = matrix.diagonal() / 2
    external = matrix.sum(axis=1) - matrix.diagonal()
    inner, outer = sizes * (sizes - 1) / 2, sizes * (sizes.sum() - sizes)
    return pd.DataFrame(
        {
            "group": list(found.names),
            "nodes": sizes,
            "internal": internal,
            "external": external,
            "ei": _balance(external, internal),
            "expected": _balance(outer, inner),
        }
    )


class _Between(NamedTuple):
    """The links between nodes that have a group: the groups of their ends, and their weights."""

    codes: Int32
    names: tuple[str, ...]
    left: Int32
    right: Int32
    weights: Float64


def _between(network: Network, by: By) -> _Between:
    groups = network.groups(by)
    left, right = groups.codes[network.ends].T
    known = (left >= 0) & (right >= 0)
    return _Between(groups.codes, groups.names, left[known], right[known], network.weights[known])


def _matrix(found: _Between, weights: Float64) -> Float64:
    """The weights between groups, both ways: symmetric, the diagonal holds twice what is within."""
    size = len(found.names)
    cells = np.bincount(found.left.astype(np.int64) * size + found.right, weights, size * size)
    matrix = cells.reshape(size, size).astype(np.float64)
    both: Float64 = matrix + matrix.T
    return both


def _expected(matrix: Float64) -> Float64:
    ends = matrix.sum(axis=1)
    total = float(ends.sum())
    found: Float64 = np.outer(ends, ends) / total if total > 0 else np.zeros_like(matrix)
    return found


def _balance(external: Float64, internal: Float64) -> Float64:
    both = external + internal
    found: Float64 = np.divide(
        external - internal, both, out=np.full(both.size, np.nan), where=both > 0
    )
    return found
