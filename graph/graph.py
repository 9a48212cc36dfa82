"""What analysts hold: a store together with everything that can be asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING, Any

from trihelix.graph import neighbourhood, paths
from trihelix.graph import search as searching
from trihelix.graph.columns import Columns
from trihelix.graph.explain import Sentence
from trihelix.graph.index import Index
from trihelix.graph.neighbourhood import Collaborator, Post, Tie
from trihelix.graph.network import Network
from trihelix.graph.paths import MAX_HOPS, Order, Path, PathsBy, listed
from trihelix.graph.search import Hit
from trihelix.graph.snapshot import Snapshot, StoredEvent, checked_confidence
from trihelix.graph.store import GraphStore, open_store
from trihelix.graph.view import View
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from trihelix.graph.bridges import Bridge
    from trihelix.graph.groups import By

_VIEWS = 16  # networks kept of one revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All about one node. `posts` are held at an organization, or by a person."""

    node: Node
    confidence: float
    sector: str | None
    documents: int
    posts: tuple[Post, ...]
    ties: tuple[Tie, ...]
    collaborators: tuple[Collaborator, ...]
    events: tuple[StoredEvent, ...]
    evidence: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds; the mappings are by kind, the most frequent first."""

    documents: int
    entities: Mapping[str, int]
    relations: Mapping[str, int]
    events: Mapping[str, int]


class Graph:
    """The questions of researchers and planners, answered from the store's latest revision.

    Every name may be an id, a name or an alias, in Chinese or English. It is safe to share between
    threads. It takes over the store: closing one closes the other.

    Nothing less sure than `min_confidence` is answered (`Snapshot.at_least`); a view may ask for
    more. Only `query` sees all that is stored.

    Raises:
        ConfigurationError: when `min_confidence` is not between 0 and 1.
    """

    def __init__(self, store: GraphStore, *, min_confidence: float = 0.0) -> None:
        self.store = store
        self.min_confidence = checked_confidence(min_confidence)
        self._lock = RLock()
        self._revision: int | None = None  # of all that follows
        self._content: Snapshot | None = None
        self._index: Index | None = None
        self._columns: Columns | None = None
        self._networks: dict[View, Network] = {}

    @property
    def index(self) -> Index:
        """Look-ups over the latest snapshot; read again when the store has changed."""
        with self._lock:
            content = self._read()
            if self._index is None:
                self._index = Index.of(content.at_least(self.min_confidence))
            return self._index

    @property
    def snapshot(self) -> Snapshot:
        """What the store says surely enough, under its latest revision."""
        return self.index.snapshot

    @property
    def columns(self) -> Columns:
        """What networks are made of, under the latest revision, the doubtful too.

        Only the columns are read of a store, unless its snapshot was read before.
        """
        with self._lock:
            self._forget_if(self.store.revision())
            if self._columns is None:
                if self._content is None:
                    found = replace(self.store.columns(), read=self._read)
                    self._forget_if(found.revision)
                else:
                    found = Columns.of(self._content)
                self._columns = found
            return self._columns

    def network(self, view: View | None = None, **options: Any) -> Network:
        """The network of a view, or of the options of one: `network(since="2020", persons=True)`.

        The networks of the last views are kept until the store changes.

        Raises:
            ConfigurationError: when an option has a value that `View` does not take.
        """
        view = view or View(**options)
        if view.confidence < self.min_confidence:
            view = replace(view, confidence=self.min_confidence)
        with self._lock:
            columns = self.columns
            if view not in self._networks:
                while len(self._networks) >= _VIEWS:
                    del self._networks[next(iter(self._networks))]
                self._networks[view] = Network.of(columns, view)
            return self._networks[view]

    def _read(self) -> Snapshot:
        """All that the store says, under its latest revision."""
        with self._lock:
            self._forget_if(self.store.revision())
            if self._content is None:
                found = self.store.snapshot()
                self._forget_if(found.revision)
                self._content = found
            return self._content

    def _forget_if(self, revision: int) -> None:
        """Let go of what was read under another revision."""
        if revision != self._revision:
            self._revision, self._content, self._index, self._columns = revision, None, None, None
            self._networks.clear()

    def find(self, name: str, *, kinds: Collection[str] | None = None) -> Node:
        """The one node with this id, name or alias.

        Raises:
            NotFoundError: when there is none; suggests near names.
            AmbiguousNameError: when several nodes have it; lists them.
        """
        return searching.find(self.index, name, kinds=kinds)

    def search(
        self,
        text: str,
        *,
        kinds: Collection[str] | None = None,
        sectors: Collection[str] | None = None,
        place: str | None = None,
    ) -> tuple[Hit, ...]:
        """The nodes whose name or alias fits a text, the best first (graph/search.py)."""
        return searching.search(self.index, text, kinds=kinds, sectors=sectors, place=place)

    def paths(
        self,
        a: str,
        b: str,
        *,
        by: PathsBy = "hops",
        k: int = 1,
        via: Collection[str] = (),
        avoiding: Collection[str] = (),
        through: Collection[str] | None = None,
        sectors: Collection[str] | None = None,
        in_time: Order | None = None,
        max_hops: int | None = MAX_HOPS,
        **view: Any,
    ) -> tuple[Path, ...]:
        """Up to `k` best paths between two names, the best first (graph/paths.py, `find_paths`).

        `via` and `avoiding` are names, `through` and `sectors` the kinds and sectors of the nodes
        on the way. Persons are nodes when a name is that of one.

        Raises:
            NotFoundError: when a name is unknown or no path connects them.
            AmbiguousNameError: when a name fits several nodes.
            ConfigurationError: for a bad option, or a question that is too much work.
        """
        stops = [self.find(name) for name in (a, *listed(via), b)]
        shunned = [self.find(name) for name in listed(avoiding)]
        if any(node.kind == "Person" for node in stops):
            view.setdefault("persons", "nodes")
        network = self.network(**view)
        return paths.find_paths(
            network,
            stops[0].id,
            stops[-1].id,
            by=by,
            k=k,
            via=[node.id for node in stops[1:-1]],
            avoiding=[node.id for node in shunned if node.id in network.position],
            kinds=through,
            sectors=sectors,
            since=network.view.since if in_time or by == "arrival" else None,
            until=network.view.until if in_time or by == "arrival" else None,
            in_time=in_time,
            max_hops=max_hops,
        )

    def rank(
        self,
        by: str = "betweenness",
        *,
        top: int | None = 20,
        kinds: Collection[str] | None = None,
        sectors: Collection[str] | None = None,
        place: str | None = None,
        view: View | None = None,
        **options: Any,
    ) -> pd.DataFrame:
        """The most central nodes of a view as a table (graph/centrality.py); None for all.

        Raises:
            ConfigurationError: for an unknown measure or option.
        """
        return self.network(view).rank(
            by, top=top, kinds=kinds, sectors=sectors, place=place, **options
        )

    def bridges(
        self,
        top: int = 10,
        *,
        by: By = "sector",
        weights: Mapping[str, float] | None = None,
        resamples: int | None = None,
        **view: Any,
    ) -> tuple[Bridge, ...]:
        """The organizations that connect sectors, regions or communities (graph/bridges.py).

        Raises:
            ConfigurationError: for an unknown grouping, component or option of a view.
        """
        return self.network(**view).bridges(top, by=by, weights=weights, resamples=resamples)

    def show(self, name: str, **view: Any) -> Profile:
        """All about one node; the view chooses collaborators and events.

        Raises:
            NotFoundError: when the name is unknown.
            AmbiguousNameError: when it fits several nodes.
        """
        node, index = self.find(name), self.index
        filtered, person = bool(view), node.kind == "Person"
        if person:
            view.setdefault("persons", "nodes")
        network = self.network(**view)
        return Profile(
            node=node,
            confidence=index.snapshot.confidence[node.id],
            sector=vocabulary().sector(node.kind),
            documents=index.documents.get(node.id, 0),
            posts=(neighbourhood.posts if person else neighbourhood.people)(index, node.id),
            ties=neighbourhood.ties(index, node.id),
            collaborators=(
                neighbourhood.collaborators(network, node.id) if node.id in network.position else ()
            ),
            events=neighbourhood.events(index, node.id, view=network.view if filtered else None),
            evidence=neighbourhood.evidence(index, node.id),
        )

    def counts(self) -> Counts:
        """How many documents, entities, relations and events there are, by kind."""
        snapshot = self.snapshot
        return Counts(
            documents=len(snapshot.documents),
            entities=_tally(node.kind for node in snapshot.nodes.values()),
            relations=_tally(relation.kind for relation in snapshot.relations),
            events=_tally(event.kind for event in snapshot.events.values()),
        )

    def to_networkx(self, **view: Any) -> nx.Graph[str]:
        """The network of a view as a networkx graph, for Gephi or your own measures."""
        return self.network(**view).to_networkx()

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Run a read query in the store's Cypher over all that is stored; one row a match.

        Raises:
            StoreError: when the store refuses it.
        """
        import pandas as pd

        return pd.DataFrame(self.store.query(cypher, parameters))

    def close(self) -> None:
        """Close the store. Closing twice is harmless."""
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def open_graph(
    url: str = "ladybug:trihelix.db", *, read_only: bool = False, min_confidence: float = 0.0
) -> Graph:
    """Open a store for questions (`trihelix.open`).

    Raises:
        ConfigurationError: for a URL of an unknown kind, or a confidence not between 0 and 1.
        StoreError: when the store cannot be reached or opened.
    """
    least = checked_confidence(min_confidence)  # before the store is open
    return Graph(open_store(url, read_only=read_only), min_confidence=least)


def _tally(kinds: Any) -> dict[str, int]:
    return dict(sorted(Counter(kinds).items(), key=lambda item: (-item[1], item[0])))
