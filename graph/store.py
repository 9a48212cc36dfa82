"""One protocol for every store, and `open_store(url)`.

The graph in a store is a function of the documents in it: who they mention, what they say, and
which node each mention was linked to. Both stores show analysts the same model:

    (:Document {id, title, language, published, source, sources, text})
    (:Organization {id, kind, sector, name, aliases, place, key})
                                                        kind is a second label in Neo4j
    (:Person|Place|Project|Technology {id, kind, name, aliases, place, key})
    (:Event {id, kind, name, date, status, amount, currency, amount_text, confidence, document,
             starts, ends, quotes})
    (:Document)-[:MENTIONS {name, confidence, surfaces, starts, ends}]->(entity)
    (:Document)-[:REPORTS]->(:Event)
    (entity)-[:TOOK_PART {role}]->(:Event)
    (entity)-[:PART_OF|HOLDS_POST|... {title, confidence, document, date, starts, ends,
                                       quotes}]->(entity)

A relationship between entities is one document's statement: the same fact told by two documents
is two parallel relationships, so that weight is the number of documents and retracting one
document removes exactly its own. `quotes` are the evidence sentences; `starts` and `ends` their
half-open code-point offsets in the document's text. `date` on a relationship is the document's
date. `confidence` is the chance that the document says so: on MENTIONS, that it names an entity of
its own there; an entity is as sure as its surest mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from trihelix.graph.columns import Columns
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import LinkedDocument, Node

SCHEMA_VERSION = 2  # since 2, mentions say how sure they are


class GraphStore(Protocol):
    """What ingest, network and API need of a store. Every write is one transaction."""

    url: str

    def revision(self) -> int:
        """A number that grows with every committed change; 0 for a new store."""
        ...

    def load(
        self,
        documents: Iterable[LinkedDocument],
        nodes: Iterable[Node],
        *,
        retract: Sequence[str] = (),
    ) -> int:
        """Replace what these documents say, retract others by id, in one transaction.

        `nodes` describes every node that the documents link to, and any other whose description
        changed; known nodes are updated. Nodes that no document mentions any more are removed.
        Nothing to write leaves the revision as it is. Returns the revision.

        Raises:
            StoreError: when the store refuses; nothing was changed then.
        """
        ...

    def documents(self) -> Iterator[LinkedDocument]:
        """Every stored document as it was loaded, in the order of its id."""
        ...

    def sources(self) -> dict[str, str]:
        """The id of the stored document that each source is at."""
        ...

    def nodes(self) -> dict[str, Node]:
        """Every node (events and documents apart) by id."""
        ...

    def snapshot(self) -> Snapshot:
        """Everything but the documents' texts, read under one revision."""
        ...

    def columns(self) -> Columns:
        """What networks are made of, read under one revision: equal to `Columns.of(snapshot())`."""
        ...

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Run a read query; one dict a row."""
        ...

    def close(self) -> None:
        """Release the store. Closing twice is harmless."""
        ...

    def __enter__(self) -> GraphStore: ...

    def __exit__(self, *exception: object) -> None: ...


def open_store(url: str = "ladybug:trihelix.db", *, read_only: bool = False) -> GraphStore:
    """Open `ladybug:PATH`, `neo4j://HOST[:PORT]` or `bolt://HOST[:PORT]`.

    Neo4j's user, password and database come from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE
    or from the settings file (graph/neo4j_store.py).

    Raises:
        ConfigurationError: for any other URL.
        StoreError: when the store cannot be reached or opened.
        StoreVersionError: when another version of Trihelix wrote it.
    """
    scheme = url.partition(":")[0]
    if scheme == "ladybug":
        from trihelix.graph.ladybug_store import LadybugStore

        return LadybugStore(url, read_only=read_only)
    if scheme.partition("+")[0] in {"neo4j", "bolt"}:
        from trihelix.graph.neo4j_store import Neo4jStore

        return Neo4jStore(url)
    raise ConfigurationError(
        f"store URL {url!r}: unknown scheme {scheme!r}; use ladybug:PATH, neo4j://HOST or bolt://HOST"
    )
