"""An immutable, undirected, weighted network in compact arrays (CSR), made from a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.adjacency import adjacency, ends_of, offsets, pair_keys, summed
from trihelix.graph.groups import By, Groups, grouped, groups_of, labels_by
from trihelix.graph.projection import Fact, Rows, project
from trihelix.graph.snapshot import Snapshot, StoredEvent
from trihelix.graph.view import View, bounds
from trihelix.schema.errors import ConfigurationError, NotFoundError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Frames", "Network", "View"]

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
A = TypeVar("A", bound=NDArray[Any])


class Frames(NamedTuple):
    """A network as two tables."""

    nodes: pd.DataFrame
    links: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Network:
    """n nodes in order of their ids, and m links in order of their ends (i < j).

    The neighbours of node i are `indices[indptr[i]:indptr[i + 1]]`, ascending; `link` gives the
    number of the link at the same place. The facts that support link e are
    `facts[k] for k in support[support_indptr[e]:support_indptr[e + 1]]`. `sources[e]` is the number
    of documents that tell them. All arrays are read-only.
    """

    view: View
    snapshot: Snapshot
    nodes: tuple[Node, ...]
    ends: Int32  # shape (m, 2)
    weights: Float64  # shape (m,)
    sources: Int32  # shape (m,)
    indptr: Int32  # shape (n + 1,)
    indices: Int32  # shape (2 m,)
    link: Int32  # shape (2 m,)
    facts: tuple[Fact, ...]
    support_indptr: Int32  # shape (m + 1,)
    support: Int32

    @classmethod
    def of(cls, snapshot: Snapshot, view: View | None = None) -> Network:
        """The network that a view shows of a snapshot. Isolated nodes are part of it."""
        view = view or View()
        snapshot = snapshot.at_least(view.confidence)
        nodes = tuple(n for _, n in sorted(snapshot.nodes.items()) if view.shows_node(n))
        position = {node.id: index for index, node in enumerate(nodes)}
        facts, rows = project(snapshot, view, position)
        return cls._assembled(view, snapshot, nodes, facts=facts, rows=rows)

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any]) -> Network:
        """A network of an undirected networkx graph; its links have no supporting facts.

        Ids are the nodes as strings. The node attributes name, kind and place are used if present,
        as is the edge attribute weight (default 1). Self-loops are left out.

        Raises:
            ConfigurationError: for a directed graph or a multigraph, an unknown kind, or when two
                nodes have one id.
        """
        if graph.is_directed() or graph.is_multigraph():
            raise ConfigurationError(
                f"from_networkx: got a {type(graph).__name__}, expected an undirected Graph; "
                "convert it with networkx.Graph(graph)"
            )
        nodes = tuple(sorted((_node(n, d) for n, d in graph.nodes(data=True)), key=lambda n: n.id))
        position = {node.id: index for index, node in enumerate(nodes)}
        if len(position) < len(nodes):
            raise ConfigurationError("from_networkx: two nodes have the same id when made a string")
        edges = [
            (position[str(a)], position[str(b)], w)
            for a, b, w in graph.edges(data="weight", default=1.0)
            if a != b
        ]
        rows = _plain_rows(edges)
        return cls._assembled(View(), _empty(nodes), nodes, facts=(), rows=rows)

    @classmethod
    def from_arrays(
        cls,
        ends: Any,
        weights: Any = None,
        *,
        n: int | None = None,
        ids: Sequence[str] | None = None,
        names: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        places: Sequence[str | None] | None = None,
    ) -> Network:
        """A network of links given as an array of shape (m, 2) of node numbers.

        The nodes keep their numbers. Links given twice are one with the sum of the weights (1 each
        by default), self-loops are left out. There are n nodes, or as many as there are ids, or as
        the numbers need. An id is the number as a string by default, a name the id, and the kind
        OtherOrganization.

        Raises:
            ConfigurationError: when the arrays do not fit each other, a number is not that of a
                node, a weight is not finite, a kind is unknown, or two nodes have one id.
        """
        pairs = _checked_ends(ends)
        n = _node_count(pairs, n, ids)
        loops = pairs[:, 0] == pairs[:, 1]
        given = _checked_weights(weights, len(pairs))
        if loops.any():
            pairs, given = pairs[~loops], given[~loops]
        nodes = _made_nodes(n, ids=ids, names=names, kinds=kinds, places=places)
        keys, total = summed(pair_keys(pairs[:, 0], pairs[:, 1], n), given)
        return cls._plain(nodes, ends_of(keys, n), total)

    @classmethod
    def _plain(cls, nodes: tuple[Node, ...], ends: Int32, weights: Float64) -> Network:
        """A network without facts; the links are in order, and the arrays become its own."""
        m = len(ends)
        arrays: dict[str, Any] = {
            "ends": ends,
            "weights": weights,
            "sources": np.zeros(m, dtype=np.int32),
            "support_indptr": np.zeros(m + 1, dtype=np.int32),
            "support": np.zeros(0, dtype=np.int32),
            **adjacency(ends, len(nodes)),
        }
        return cls._sealed(View(), _empty(nodes), nodes, facts=(), arrays=arrays)

    @classmethod
    def _assembled(
        cls,
        view: View,
        snapshot: Snapshot,
        nodes: tuple[Node, ...],
        *,
        facts: tuple[Fact, ...],
        rows: Rows,
    ) -> Network:
        n = len(nodes)
        keys, at = np.unique(_keys(rows.pairs, n), return_inverse=True)
        ends = np.stack(np.divmod(keys, max(n, 1)), axis=1)
        support_link, support = _support(keys, rows, n=n, facts=len(facts))
        arrays: dict[str, Any] = {
            "ends": ends.astype(np.int32),
            "weights": np.bincount(at, weights=rows.weights, minlength=keys.size).astype(float),
            "sources": _sources(support_link, support, facts, links=keys.size),
            "support_indptr": offsets(support_link, keys.size),
            "support": support.astype(np.int32),
            **adjacency(ends.astype(np.int32), n),
        }
        return cls._sealed(view, snapshot, nodes, facts=facts, arrays=arrays)

    @classmethod
    def _sealed(
        cls,
        view: View,
        snapshot: Snapshot,
        nodes: tuple[Node, ...],
        *,
        facts: tuple[Fact, ...],
        arrays: dict[str, Any],
    ) -> Network:
        for array in arrays.values():
            array.setflags(write=False)
        return cls(view=view, snapshot=snapshot, nodes=nodes, facts=facts, **arrays)

    def __repr__(self) -> str:
        return f"Network({len(self)} nodes, {self.size} links)"

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    @property
    def size(self) -> int:
        """The number of links."""
        return len(self.ends)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of each node by its id."""
        return {node.id: index for index, node in enumerate(self.nodes)}

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """The number of neighbours of each node, shape (n,)."""
        return np.diff(self.indptr).astype(np.int64)

    @cached_property
    def components(self) -> Int32:
        """The number of the component of each node, shape (n,); 0 is the largest.

        Components of one size are in order of their first node.
        """
        from scipy.sparse.csgraph import connected_components

        _, label = connected_components(self.matrix(), directed=False)
        sizes = np.bincount(label, minlength=1)
        order = np.argsort(-sizes, kind="stable")  # scipy numbers them by their first node
        number = np.empty_like(order)
        number[order] = np.arange(order.size)
        found: Int32 = number[label].astype(np.int32)
        return found

    @cached_property
    def near_weights(self) -> Float64:
        """The weight of the link at each place of `indices`, shape (2 m,)."""
        return _read_only(self.weights[self.link])

    @cached_property
    def confidences(self) -> Float64:
        """The highest confidence of the facts behind each link, shape (m,); 1 without facts."""
        surest = np.array([fact.confidence for fact in self.facts], dtype=np.float64)
        found: Float64 = self._over(np.maximum, surest, none=1.0)
        return _read_only(found)

    @cached_property
    def span(self) -> Int32:
        """The first and the last day of the facts behind each link as yyyymmdd, shape (m, 2).

        A fact counts with all the days that its date may mean (those of `View`); without a known
        year it does not count. 0 when no fact counts.
        """
        days = [bounds(self.date_of(fact)) for fact in self.facts]
        first = np.array([int(d[0].replace("-", "")) if d else 99991231 for d in days], np.int32)
        last = np.array([int(d[1].replace("-", "")) if d else 0 for d in days], np.int32)
        found = np.empty((self.size, 2), dtype=np.int32)
        found[:, 0] = self._over(np.minimum, first, none=0)
        found[:, 1] = self._over(np.maximum, last, none=0)
        found[found[:, 1] == 0] = 0
        return _read_only(found)

    def groups(self, by: By) -> Groups:
        """The nodes by sector, kind, place or component, or by labels of your own.

        Labels are a mapping of node id to label, or one for each node; None is no group, as is an
        id that the mapping lacks. Components are named by their number.

        Raises:
            ConfigurationError: for an unknown grouping, or labels that are not one for each node.
        """
        if by == "component":
            codes = self.components.copy()
            return grouped(codes, [str(i) for i in range(int(codes.max(initial=-1)) + 1)])
        if by == "sector":
            return groups_of(vocabulary().sector(node.kind) for node in self.nodes)
        if by == "kind":
            return groups_of(node.kind for node in self.nodes)
        if by == "place":
            return groups_of(node.place for node in self.nodes)
        return groups_of(labels_by([node.id for node in self.nodes], by))

    def part(self, *, nodes: Any = None, links: Any = None) -> Network:
        """The network of some of the nodes and the links among them that are chosen.

        `nodes` and `links` are masks, shapes (n,) and (m,); None for all. Weights, facts and the
        snapshot stay as they are.

        Raises:
            ConfigurationError: when a mask has another shape.
        """
        inside = _mask("nodes", nodes, len(self))
        kept = _mask("links", links, self.size) & inside[self.ends].all(axis=1)
        number = np.cumsum(inside, dtype=np.int32) - np.int32(1)
        counts = np.diff(self.support_indptr)
        arrays: dict[str, Any] = {
            "ends": number[self.ends[kept]],
            "weights": self.weights[kept],
            "sources": self.sources[kept],
            "support_indptr": np.append(0, np.cumsum(counts[kept])).astype(np.int32),
            "support": self.support[np.repeat(kept, counts)],
        }
        chosen = tuple(self.nodes[i] for i in np.flatnonzero(inside).tolist())
        arrays |= adjacency(arrays["ends"], len(chosen))
        return self._sealed(self.view, self.snapshot, chosen, facts=self.facts, arrays=arrays)

    def _over(self, join: np.ufunc, values: Any, *, none: float) -> Any:
        """A value of the facts behind each link, joined; `none` for a link without facts."""
        found = np.full(self.size, none, dtype=values.dtype)
        some = np.flatnonzero(np.diff(self.support_indptr))
        if some.size:
            starts = self.support_indptr[:-1][some]
            found[some] = join.reduceat(values[self.support], starts)
        return found

    def index(self, id_: str) -> int:
        """Where a node is.

        Raises:
            NotFoundError: when the network has no such node; says why.
        """
        try:
            return self.position[id_]
        except KeyError:
            pass
        node = self.snapshot.nodes.get(id_)
        if node is None:
            least = self.view.confidence
            sure = f" of confidence {least} or more" if least else ""
            raise NotFoundError(f"{id_!r}: the network has no node with this id{sure}")
        shown = ", ".join(self.view.kinds)
        hint = "; use persons='nodes'" if node.kind == "Person" else ""
        raise NotFoundError(
            f"{node.name} is a {node.kind}; this network shows {shown} (persons: "
            f"{self.view.persons}){hint}"
        )

    def neighbours(self, index: int) -> Int32:
        """The indices of a node's neighbours, ascending."""
        return self.indices[self.indptr[index] : self.indptr[index + 1]]

    def links_of(self, index: int) -> Int32:
        """The numbers of a node's links, in the order of `neighbours`."""
        return self.link[self.indptr[index] : self.indptr[index + 1]]

    def link_between(self, a: int, b: int) -> int:
        """The number of the link between two nodes.

        Raises:
            NotFoundError: when they are not linked.
        """
        row = self.neighbours(a)
        at = int(np.searchsorted(row, b))
        if at == len(row) or row[at] != b:
            raise NotFoundError(f"{self.nodes[a].name} and {self.nodes[b].name} are not linked")
        return int(self.link[self.indptr[a] + at])

    def facts_of(self, link: int) -> tuple[Fact, ...]:
        """The relations and events that support a link."""
        found = self.support[self.support_indptr[link] : self.support_indptr[link + 1]]
        return tuple(self.facts[fact] for fact in found)

    def matrix(self) -> Any:
        """The weights as a new symmetric `scipy.sparse.csr_array` of shape (n, n)."""
        from scipy.sparse import csr_array

        return csr_array(
            (self.weights[self.link], self.indices.copy(), self.indptr.copy()),
            shape=(len(self), len(self)),
        )

    def to_networkx(self) -> nx.Graph[str]:
        """A networkx graph with ids as nodes; every attribute can be written to GraphML and GEXF.

        Nodes have name, kind, sector and place; edges weight, sources and kinds (joined by `|`).
        """
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from((node.id, _attributes(node)) for node in self.nodes)
        graph.add_edges_from(
            (
                self.nodes[i].id,
                self.nodes[j].id,
                {"weight": weight, "sources": sources, "kinds": "|".join(self._kinds(e))},
            )
            for e, ((i, j), weight, sources) in enumerate(
                zip(self.ends.tolist(), self.weights.tolist(), self.sources.tolist(), strict=True)
            )
        )
        return graph

    def to_pandas(self) -> Frames:
        """A table of nodes and a table of links, in the network's order."""
        import pandas as pd

        strength = np.bincount(self.ends.ravel(), np.repeat(self.weights, 2), minlength=len(self))
        nodes = pd.DataFrame(
            {
                "id": [n.id for n in self.nodes],
                "name": [n.name for n in self.nodes],
                "kind": [n.kind for n in self.nodes],
                "sector": [vocabulary().sector(n.kind) for n in self.nodes],
                "place": [n.place for n in self.nodes],
                "degree": self.degree,
                "strength": strength,
                "component": self.components,
            }
        )
        links = pd.DataFrame(
            {
                "source": nodes["id"].to_numpy()[self.ends[:, 0]],
                "target": nodes["id"].to_numpy()[self.ends[:, 1]],
                "source_name": nodes["name"].to_numpy()[self.ends[:, 0]],
                "target_name": nodes["name"].to_numpy()[self.ends[:, 1]],
                "weight": self.weights,
                "sources": self.sources,
                "facts": np.diff(self.support_indptr),
                "kinds": [", ".join(self._kinds(e)) for e in range(self.size)],
            }
        )
        return Frames(nodes, links)

    def date_of(self, fact: Fact) -> str | None:
        """An event's own date; for a relation that of the document that states it."""
        if isinstance(fact, StoredEvent):
            return fact.date
        return self.snapshot.documents[fact.document].published

    def _kinds(self, link: int) -> list[str]:
        return sorted({fact.kind for fact in self.facts_of(link)})


def _keys(pairs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """One number for each unordered pair, in the order of (smaller, larger)."""
    return pairs.min(axis=1) * n + pairs.max(axis=1) if len(pairs) else np.empty(0, np.int64)


def _support(
    keys: NDArray[np.int64], rows: Rows, *, n: int, facts: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    link = np.searchsorted(keys, _keys(rows.supported, n))
    both = np.unique(link * max(facts, 1) + rows.facts)
    return np.divmod(both, max(facts, 1))


def _sources(
    link: NDArray[np.int64], support: NDArray[np.int64], facts: tuple[Fact, ...], *, links: int
) -> Int32:
    names, document = np.unique([f.document for f in facts], return_inverse=True)
    told = np.unique(link * max(names.size, 1) + document[support])
    return np.bincount(told // max(names.size, 1), minlength=links).astype(np.int32)


def _checked_ends(ends: Any) -> NDArray[np.integer]:
    pairs = np.asarray(ends)
    if pairs.size == 0:
        return np.empty((0, 2), dtype=np.int32)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":
        raise ConfigurationError(
            f"from_arrays: ends have shape {pairs.shape} of {pairs.dtype}, expected (links, 2) "
            "of integers"
        )
    return pairs


def _node_count(pairs: NDArray[np.integer], n: int | None, ids: Sequence[str] | None) -> int:
    if n is None:
        n = int(pairs.max(initial=-1)) + 1 if ids is None else len(ids)
    if pairs.size and (int(pairs.min()) < 0 or int(pairs.max()) >= n):
        raise ConfigurationError(
            f"from_arrays: ends hold numbers from {pairs.min()} to {pairs.max()}, expected 0 to "
            f"{n - 1} for {n} nodes"
        )
    return n


def _checked_weights(weights: Any, links: int) -> Float64:
    if weights is None:
        return np.ones(links)
    found = np.array(weights, dtype=np.float64)
    if found.shape != (links,) or not np.isfinite(found).all():
        raise ConfigurationError(
            f"from_arrays: weights have shape {found.shape}, expected ({links},), all finite"
        )
    return found


def _made_nodes(
    n: int,
    *,
    ids: Sequence[str] | None,
    names: Sequence[str] | None,
    kinds: Sequence[str] | None,
    places: Sequence[str | None] | None,
) -> tuple[Node, ...]:
    for what, given in (("ids", ids), ("names", names), ("kinds", kinds), ("places", places)):
        if given is not None and len(given) != n:
            raise ConfigurationError(f"from_arrays: {len(given)} {what} for {n} nodes")
    ids = [str(i) for i in range(n)] if ids is None else [str(i) for i in ids]
    if len(set(ids)) < n:
        raise ConfigurationError("from_arrays: two nodes have the same id")
    names = ids if names is None else names
    kinds = ["OtherOrganization"] * n if kinds is None else kinds
    for kind in set(kinds) - vocabulary().entities.keys():
        raise ConfigurationError(f"from_arrays: unknown kind of node {kind!r}")
    places = [None] * n if places is None else places
    return tuple(
        Node(id=id_, name=str(name), kind=str(kind), place=place)
        for id_, name, kind, place in zip(ids, names, kinds, places, strict=True)
    )


def _mask(what: str, given: Any, size: int) -> NDArray[np.bool_]:
    if given is None:
        return np.ones(size, dtype=bool)
    mask = np.asarray(given)
    if mask.shape != (size,) or mask.dtype != bool:
        raise ConfigurationError(
            f"part: {what} have shape {mask.shape} of {mask.dtype}, expected a mask ({size},)"
        )
    return mask


def _read_only(array: A) -> A:
    array.setflags(write=False)
    return array


def _plain_rows(edges: list[tuple[int, int, float]]) -> Rows:
    none = np.empty((0, 2), dtype=np.int64)
    return Rows(
        pairs=np.array([e[:2] for e in edges], dtype=np.int64).reshape(-1, 2),
        weights=np.array([e[2] for e in edges], dtype=np.float64),
        supported=none,
        facts=none[:, 0],
    )


def _node(name: object, data: Mapping[str, Any]) -> Node:
    id_ = str(name)
    if data.get("kind", "OtherOrganization") not in vocabulary().entities:
        raise ConfigurationError(f"from_networkx: node {id_} has the unknown kind {data['kind']!r}")
    return Node(
        id=id_,
        name=str(data.get("name", id_)),
        kind=str(data.get("kind", "OtherOrganization")),
        place=data.get("place"),
    )


def _attributes(node: Node) -> dict[str, str]:
    sector = vocabulary().sector(node.kind)
    found = {"name": node.name, "kind": node.kind, "sector": sector, "place": node.place}
    return {key: value for key, value in found.items() if value is not None}


def _empty(nodes: tuple[Node, ...]) -> Snapshot:
    return Snapshot(
        revision=0,
        documents={},
        nodes={node.id: node for node in nodes},
        relations=(),
        events={},
        mentions={},
        confidence={node.id: 1.0 for node in nodes},
    )
