"""An immutable, undirected, weighted network in compact arrays (CSR)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from trihelix.graph import exchange, given
from trihelix.graph.adjacency import adjacency, ends_of, offsets, pair_keys, summed
from trihelix.graph.columns import Columns, Fact
from trihelix.graph.exchange import Frames
from trihelix.graph.facts import Facts
from trihelix.graph.groups import GROUPINGS, By, Groups, groups_of, labels_by, numbered
from trihelix.graph.nodes import Nodes
from trihelix.graph.projection import Rows, project, shown_nodes
from trihelix.graph.questions import Questions
from trihelix.graph.snapshot import Snapshot, StoredEvent
from trihelix.graph.view import View
from trihelix.schema.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Frames", "Network", "View"]

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
A = TypeVar("A", bound=NDArray[Any])

_NEVER = 99991231  # later than any day


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Network(Questions):
    """n nodes, in order of their ids when they come from a store, and m links in order of their
    ends (i < j).

    The neighbours of node i are `indices[indptr[i]:indptr[i + 1]]`, ascending; `link` gives the
    number of the link at the same place. The facts that support link e are
    `facts[k] for k in support[support_indptr[e]:support_indptr[e + 1]]`. `sources[e]` is the number
    of documents that tell them. All arrays are read-only and contiguous.

    A network made from a store's columns reads the store again when a fact itself (a record of
    `facts`), or `snapshot`, is first asked for; when the store has changed by then, that is a
    StoreError.
    """

    view: View
    columns: Columns
    nodes: Nodes
    ends: Int32  # shape (m, 2)
    weights: Float64  # shape (m,)
    sources: Int32  # shape (m,)
    indptr: Int32  # shape (n + 1,)
    indices: Int32  # shape (2 m,)
    link: Int32  # shape (2 m,)
    facts: Facts
    support_indptr: Int32  # shape (m + 1,)
    support: Int32

    @classmethod
    def of(cls, content: Snapshot | Columns, view: View | None = None) -> Network:
        """The network that a view shows of a store's content. Isolated nodes are part of it."""
        view = view or View()
        columns = Columns.of(content) if isinstance(content, Snapshot) else content
        shown = shown_nodes(columns, view)
        position = np.where(shown, np.cumsum(shown) - 1, -1).astype(np.int32)
        nodes = columns.nodes if shown.all() else columns.nodes.take(np.flatnonzero(shown))
        found = cls._joined(columns, view, nodes, project(columns, view, position))
        if view.min_sources > 1:
            found = found.part(links=found.sources >= view.min_sources)
        return found if view.component == "all" else found.part(nodes=found.components == 0)

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any]) -> Network:
        """A network of an undirected networkx graph; its links have no supporting facts.

        Ids are the nodes as strings. The node attributes name, kind and place are used if present,
        as is the edge attribute weight (default 1). Self-loops are left out.

        Raises:
            ConfigurationError: for a directed graph or a multigraph, an unknown kind, a weight that
                is not finite, or when two nodes have one id.
        """
        nodes, pairs, weights = given.parts_of(graph)
        return cls._plain(nodes, pairs, weights)

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
        pairs = given.checked_ends(ends)
        n = given.node_count(pairs, n, ids)
        total = given.checked_weights(weights, len(pairs))
        nodes = given.made_nodes(n, ids, names=names, kinds=kinds, places=places)
        loops = pairs[:, 0] == pairs[:, 1]
        if loops.any():
            pairs, total = pairs[~loops], total[~loops]
        return cls._plain(nodes, pairs, total)

    @classmethod
    def _plain(cls, nodes: Nodes, pairs: NDArray[np.integer], weights: Float64) -> Network:
        """A network without facts of pairs of different nodes; `weights` becomes its own."""
        n = len(nodes)
        keys, weights = summed(pair_keys(pairs[:, 0], pairs[:, 1], n), weights)
        ends, columns = ends_of(keys, n), Columns.without_facts(nodes)
        return cls._sealed(
            View(),
            columns,
            nodes,
            Facts(columns, columns.source),
            ends=ends,
            weights=weights,
            sources=np.zeros(len(ends), dtype=np.int32),
            support_indptr=np.zeros(len(ends) + 1, dtype=np.int32),
            support=np.zeros(0, dtype=np.int32),
        )

    @classmethod
    def _joined(cls, columns: Columns, view: View, nodes: Nodes, rows: Rows) -> Network:
        """A network of rows: one link for each pair."""
        n = len(nodes)
        keys, weights = summed(pair_keys(rows.pairs[:, 0], rows.pairs[:, 1], n), rows.weights)
        told = pair_keys(rows.supported[:, 0], rows.supported[:, 1], n)
        link, fact = _once(np.searchsorted(keys, told), rows.facts, columns.kind.size)
        numbers, support = np.unique(fact, return_inverse=True)
        facts = Facts(columns, numbers, least=view.confidence)
        told_by, _ = _once(link, facts.document[support], len(columns.published))
        return cls._sealed(
            view,
            columns,
            nodes,
            facts,
            ends=ends_of(keys, n),
            weights=weights,
            sources=np.bincount(told_by, minlength=keys.size).astype(np.int32),
            support_indptr=offsets(link, keys.size),
            support=support.astype(np.int32),
        )

    @classmethod
    def _sealed(
        cls, view: View, columns: Columns, nodes: Nodes, facts: Facts, **arrays: Any
    ) -> Network:
        arrays |= adjacency(arrays["ends"], len(nodes))
        for array in arrays.values():
            array.setflags(write=False)
        return cls(view=view, columns=columns, nodes=nodes, facts=facts, **arrays)

    def __repr__(self) -> str:
        return f"Network({len(self)} nodes, {self.size} links)"

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    @property
    def size(self) -> int:
        """The number of links."""
        return len(self.ends)

    @property
    def position(self) -> Mapping[str, int]:
        """The index of each node by its id."""
        return self.nodes.position

    @property
    def snapshot(self) -> Snapshot:
        """The content of the store, without what is less sure than the view asks for."""
        return self.facts.snapshot

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """The number of neighbours of each node, shape (n,)."""
        return np.diff(self.indptr).astype(np.int64)

    @cached_property
    def components(self) -> Int32:
        """The number of the component of each node, shape (n,); 0 is the largest.

        Components of one size are in order of their first node.
        """
        from trihelix.graph.kernels.components import first_nodes

        first = first_nodes(self.indptr, self.indices)
        sizes = np.bincount(first, minlength=1)
        roots = np.flatnonzero(sizes)
        number = np.empty_like(first)
        number[roots[np.argsort(-sizes[roots], kind="stable")]] = np.arange(roots.size)
        return number[first]

    @cached_property
    def near_weights(self) -> Float64:
        """The weight of the link at each place of `indices`, shape (2 m,)."""
        return _read_only(self.weights[self.link])

    @cached_property
    def confidences(self) -> Float64:
        """The highest confidence of the facts behind each link, shape (m,); 1 without facts."""
        found: Float64 = self._over(np.maximum, self.facts.confidence, none=1.0)
        return _read_only(found)

    @cached_property
    def span(self) -> Int32:
        """The first and the last day of the facts behind each link as yyyymmdd, shape (m, 2).

        A fact counts with all the days that its date may mean (those of `View`); without a known
        year it does not count. 0 when no fact counts.
        """
        first, last = self.facts.days.T
        found = np.empty((self.size, 2), dtype=np.int32)
        found[:, 0] = self._over(np.minimum, np.where(first, first, np.int32(_NEVER)), none=0)
        found[:, 1] = self._over(np.maximum, last, none=0)
        found[found[:, 1] == 0] = 0
        return _read_only(found)

    def groups(self, by: By) -> Groups:
        """The nodes by sector, kind, place, region, component or community, or by your own labels.

        A region is a province of China; nodes of other places have none. Components and
        communities (Leiden's) are named by their number. Labels are a mapping of node id to label,
        or one for each node; None is no group, as is an id that the mapping lacks.

        Raises:
            ConfigurationError: for an unknown grouping, or labels that are not one for each node.
        """
        if not isinstance(by, str) or by not in GROUPINGS:
            return groups_of(labels_by(self.nodes.ids, by))
        if by == "component":
            return numbered(self.components)
        if by == "community":
            from trihelix.graph.communities import communities

            return numbered(communities(self))
        found: Groups = getattr(self.nodes, f"by_{by}")()
        return found

    def part(self, *, nodes: Any = None, links: Any = None) -> Network:
        """The network of some of the nodes and the links among them that are chosen.

        `nodes` and `links` are masks, shapes (n,) and (m,); None for all. Weights, facts and the
        snapshot stay as they are.

        Raises:
            ConfigurationError: when a mask has another shape.
        """
        inside = given.checked_mask("nodes", nodes, len(self))
        kept = given.checked_mask("links", links, self.size) & inside[self.ends].all(axis=1)
        number = np.cumsum(inside, dtype=np.int32) - np.int32(1)
        counts = np.diff(self.support_indptr)
        return self._sealed(
            self.view,
            self.columns,
            self.nodes if nodes is None else self.nodes.take(np.flatnonzero(inside)),
            self.facts,
            ends=number[self.ends[kept]],
            weights=self.weights[kept],
            sources=self.sources[kept],
            support_indptr=np.append(0, np.cumsum(counts[kept])).astype(np.int32),
            support=self.support[np.repeat(kept, counts)],
        )

    def index(self, id_: str) -> int:
        """Where a node is.

        Raises:
            NotFoundError: when the network has no such node; says why.
        """
        try:
            return self.position[id_]
        except KeyError:
            raise NotFoundError(self._why_not(id_)) from None

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
        return tuple(self.facts[fact] for fact in found.tolist())

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
        return exchange.to_networkx(self)

    def to_pandas(self) -> Frames:
        """A table of nodes and a table of links, in the network's order.

        `first` and `last` of a link are the first and the last day that its facts may be of.
        """
        return exchange.to_pandas(self)

    def date_of(self, fact: Fact) -> str | None:
        """An event's own date; for a relation that of the document that states it."""
        if isinstance(fact, StoredEvent):
            return fact.date
        return self.snapshot.documents[fact.document].published

    def _over(self, join: np.ufunc, values: Any, *, none: float) -> Any:
        """A value of the facts behind each link, joined; `none` for a link without facts."""
        found = np.full(self.size, none, dtype=values.dtype)
        some = np.flatnonzero(np.diff(self.support_indptr))
        if some.size:
            starts = self.support_indptr[:-1][some]
            found[some] = join.reduceat(values[self.support], starts)
        return found

    def _why_not(self, id_: str) -> str:
        """Why the network has no node with this id."""
        least, nodes = self.view.confidence, self.columns.nodes
        at = nodes.position.get(id_)
        if at is None or self.columns.sure[at] < least:
            sure = f" of confidence {least} or more" if least else ""
            return f"{id_!r}: the network has no node with this id{sure}"
        node = nodes[at]
        if self.view.shows_kind(node.kind):
            return f"{node.name} is outside the part of the network that is shown"
        hint = "; use persons='nodes'" if node.kind == "Person" else ""
        return (
            f"{node.name} is a {node.kind}; this network shows {', '.join(self.view.kinds)} "
            f"(persons: {self.view.persons}){hint}"
        )


def _once(
    rows: NDArray[np.integer], values: Int32, size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair of row and value (below `size`) once, in order."""
    pairs: NDArray[np.int64] = np.unique(rows.astype(np.int64) * max(size, 1) + values)
    return np.divmod(pairs, max(size, 1))


def _read_only(array: A) -> A:
    array.setflags(write=False)
    return array
