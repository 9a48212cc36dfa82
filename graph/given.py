"""Arrays and networkx graphs as users give them, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.nodes import Nodes
from trihelix.schema.errors import ConfigurationError

if TYPE_CHECKING:
    import networkx as nx

Integers = NDArray[np.integer]
Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]


def checked_ends(ends: Any) -> Integers:
    """Node numbers of shape (m, 2).

    Raises:
        ConfigurationError: for another shape, or numbers that are not whole.
    """
    pairs = np.asarray(ends)
    if pairs.size == 0:
        return np.empty((0, 2), dtype=np.int32)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":
        raise ConfigurationError(
            f"from_arrays: ends have shape {pairs.shape} of {pairs.dtype}, expected (links, 2) "
            "of integers"
        )
    return pairs


def node_count(pairs: Integers, n: int | None, ids: Sequence[str] | None) -> int:
    """The number of nodes: as given, or as many as there are ids, or as the numbers need.

    Raises:
        ConfigurationError: when a number is not that of a node.
    """
    least, most = (int(pairs.min()), int(pairs.max())) if pairs.size else (0, -1)
    if n is None:
        n = most + 1 if ids is None else len(ids)
    if least < 0 or most >= n:
        raise ConfigurationError(
            f"from_arrays: ends hold numbers from {least} to {most}, expected 0 to {n - 1} for "
            f"{n} nodes"
        )
    return n


def checked_weights(weights: Any, links: int) -> Float64:
    """A copy of the weights, shape (links,); ones when there are none.

    Raises:
        ConfigurationError: for another shape, or when one is not finite.
    """
    if weights is None:
        return np.ones(links)
    found = np.array(weights, dtype=np.float64)
    if found.shape != (links,) or not np.isfinite(found).all():
        raise ConfigurationError(
            f"from_arrays: weights have shape {found.shape}, expected ({links},), all finite"
        )
    return found


def made_nodes(n: int, ids: Sequence[str] | None, **columns: Any) -> Nodes:
    """n nodes; ids are their numbers by default, the columns go to `Nodes.from_columns`.

    Raises:
        ConfigurationError: when a column has another length, two ids are one, or a kind is unknown.
    """
    for what, given in {"ids": ids, **columns}.items():
        if given is not None and len(given) != n:
            raise ConfigurationError(f"from_arrays: {len(given)} {what} for {n} nodes")
    if ids is not None and len(set(ids)) < n:
        raise ConfigurationError("from_arrays: two nodes have the same id")
    return Nodes.from_columns(_numbers(n) if ids is None else ids, **columns)


def _numbers(n: int) -> Any:
    import pyarrow as pa

    return pa.array(np.arange(n)).cast(pa.string())


def checked_mask(what: str, given: Any, size: int) -> Mask:
    """A mask of shape (size,); all when there is none.

    Raises:
        ConfigurationError: for another shape or type.
    """
    if given is None:
        return np.ones(size, dtype=bool)
    mask = np.asarray(given)
    if mask.shape != (size,) or mask.dtype != bool:
        raise ConfigurationError(
            f"part: {what} have shape {mask.shape} of {mask.dtype}, expected a mask ({size},)"
        )
    return mask


def parts_of(graph: nx.Graph[Any]) -> tuple[Nodes, Integers, Float64]:
    """The nodes of a networkx graph in order of their ids, and its links without self-loops.

    Raises:
        ConfigurationError: see `Network.from_networkx`.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise ConfigurationError(
            f"from_networkx: got a {type(graph).__name__}, expected an undirected Graph; "
            "convert it with networkx.Graph(graph)"
        )
    found = sorted(((str(name), name, data) for name, data in graph.nodes(data=True)), key=_id)
    ids = [id_ for id_, _, _ in found]
    if len(set(ids)) < len(ids):
        raise ConfigurationError("from_networkx: two nodes have the same id when made a string")
    nodes = Nodes.from_columns(
        ids,
        names=[str(data.get("name", id_)) for id_, _, data in found],
        kinds=[str(data.get("kind", "OtherOrganization")) for _, _, data in found],
        places=[data.get("place") for _, _, data in found],
    )
    position = {name: at for at, (_, name, _) in enumerate(found)}
    edges = np.fromiter(  # no edge becomes an object that lives on
        (
            (position[a], position[b], weight)
            for a, b, weight in graph.edges(data="weight", default=1.0)
            if a != b
        ),
        dtype=[("one", np.int32), ("other", np.int32), ("weight", np.float64)],
    )
    pairs = np.stack([edges["one"], edges["other"]], axis=1)
    return nodes, pairs, checked_weights(edges["weight"], len(edges))


def _id(found: tuple[str, object, object]) -> str:
    return found[0]
