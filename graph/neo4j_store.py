"""The store in a real Neo4j server, over Bolt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

import neo4j
import pyarrow as pa
from neo4j import NotificationMinimumSeverity
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.graph import Node as GraphNode
from neo4j.graph import Path as GraphPath
from neo4j.graph import Relationship

from trihelix.graph import reading, streaming
from trihelix.graph.change import Change, plan
from trihelix.graph.columns import Columns
from trihelix.graph.model import Edge, kinds_of, node_tables, relation_edges
from trihelix.graph.neo4j_settings import BOLT_PORT, credentials
from trihelix.graph.reading import Run
from trihelix.graph.rows import Row, snapshot_of
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import SCHEMA_VERSION
from trihelix.schema.errors import ConfigurationError, StoreError
from trihelix.schema.records import LinkedDocument, Node
from trihelix.schema.vocabulary import vocabulary

_ROWS = 5_000  # of one statement
_TEXTS = 200
_CHUNK = 10_000  # rows that come as one record
_CONNECT = 4.0  # seconds
_RETRY = 10.0  # seconds that a transaction is tried again after errors that pass

T = TypeVar("T")


class Neo4jStore:
    """`neo4j://HOST[:PORT]` or `bolt://HOST[:PORT]` (a `GraphStore`); threads may share it.

    Raises:
        ConfigurationError: for a bad URL or settings file (graph/neo4j_settings.py).
        StoreError: when the server does not answer, or refuses the user.
        StoreVersionError: when another version of Trihelix wrote the database.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._access = credentials(url)
        self._ready = False
        user = self._access.username
        try:
            self._driver = neo4j.GraphDatabase.driver(
                _with_port(url),
                auth=(user, self._access.password) if self._access.password else None,
                connection_timeout=_CONNECT,
                connection_acquisition_timeout=_CONNECT + 1,
                max_transaction_retry_time=_RETRY,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
            )
        except (DriverError, ValueError) as error:
            raise ConfigurationError(f"store URL {url!r}: {_line(error)}") from error
        try:
            with self._explained():
                self._driver.verify_connectivity()
            self._read(lambda run: reading.check_version(run, self._place))
        except BaseException:
            self._driver.close()
            raise

    def revision(self) -> int:
        """A number that grows with every committed change; 0 for a new store."""
        return self._read(reading.revision)

    def load(
        self,
        documents: Iterable[LinkedDocument],
        nodes: Iterable[Node],
        *,
        retract: Sequence[str] = (),
    ) -> int:
        """See `GraphStore.load`."""
        given, described = list(documents), list(nodes)
        self._prepare()

        def work(run: Run) -> int:
            _lock(run)
            change = plan(run, given, described, retract=retract)
            if change:
                _write(run, change)
                run("MATCH (m:Meta) SET m.revision = m.revision + 1")
            return reading.revision(run)

        with self._session() as session:
            return session.execute_write(lambda tx: work(_runner(tx)))

    def documents(self) -> Iterator[LinkedDocument]:
        """Every stored document as it was loaded, in the order of its id."""
        ids = iter(self._read(reading.document_ids))
        while page := list(islice(ids, _TEXTS)):
            yield from self._read(partial(_documents, ids=page))

    def sources(self) -> dict[str, str]:
        """The id of the stored document that each source is at."""
        return self._read(reading.sources)

    def nodes(self) -> dict[str, Node]:
        """Every node by id."""
        return self._read(reading.nodes)

    def snapshot(self) -> Snapshot:
        """Everything but the documents' texts, read under one revision.

        Neo4j's queries see what others commit in between, so loads wait while this reads.
        """

        return self._at_rest(reading.snapshot) or snapshot_of([], [], revision=0)

    def columns(self) -> Columns:
        """What networks are made of, read under one revision; loads wait as for `snapshot`."""

        def work(run: Run) -> Columns:
            return streaming.columns(
                partial(_table, run), revision=reading.revision(run), read=self.snapshot
            )

        return self._at_rest(work) or Columns.of(snapshot_of([], [], revision=0))

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Run a read query; one dict a row.

        Nodes and relationships come as dicts of their properties, paths as dicts of both lists.
        """
        found = self._read(lambda run: run(cypher, **parameters or {}))
        return [{key: _plain(value) for key, value in row.items()} for row in found]

    def close(self) -> None:
        """Close the connections. Closing twice is harmless."""
        self._driver.close()

    def __enter__(self) -> Neo4jStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def _place(self) -> str:
        return f"{self.url} (database {self._access.database or 'of the user'})"

    def _read(self, work: Callable[[Run], T]) -> T:
        with self._session(access=neo4j.READ_ACCESS) as session:
            return session.execute_read(lambda tx: work(_runner(tx)))

    def _at_rest(self, work: Callable[[Run], T]) -> T | None:
        """Read while loads wait; None from a store into which nothing was ever loaded."""

        def locked(run: Run) -> T:
            _lock(run)
            return work(run)

        if not self.revision():
            return None
        with self._session() as session:
            return session.execute_write(lambda tx: locked(_runner(tx)))

    @contextmanager
    def _session(self, *, access: str = neo4j.WRITE_ACCESS) -> Iterator[neo4j.Session]:
        with (
            self._explained(),
            self._driver.session(
                database=self._access.database, default_access_mode=access
            ) as session,
        ):
            yield session

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Driver errors as one-line StoreErrors."""
        try:
            yield
        except AuthError as error:
            raise StoreError(
                f"{self.url} refuses user {self._access.username!r} with the password given; set "
                "NEO4J_USERNAME and NEO4J_PASSWORD, or [neo4j] in the settings file"
            ) from error
        except (ServiceUnavailable, OSError) as error:
            raise StoreError(
                f"{self.url} does not answer ({_line(error)}); is it running? "
                "`trihelix neo4j start` runs a local server"
            ) from error
        except (Neo4jError, DriverError) as error:
            raise StoreError(f"{self.url}: {_line(error)}") from error

    def _prepare(self) -> None:
        """Constraints, indexes and the Meta node; written once, looked for once by each store."""
        if self._ready:
            return
        with self._session() as session:
            there = session.execute_read(lambda tx: _schema_names(_runner(tx)))
            for name, statement in _schema().items():
                if name not in there:
                    session.execute_write(_execute, statement)
            session.execute_write(_execute, _META, version=SCHEMA_VERSION)
            session.execute_read(_execute, "CALL db.awaitIndexes(60)")
        self._ready = True


_META = "MERGE (m:Meta {id: 1}) ON CREATE SET m.version = $version, m.revision = 0"


def _execute(transaction: neo4j.ManagedTransaction, /, cypher: str, **parameters: Any) -> None:
    _runner(transaction)(cypher, **parameters)


def _schema() -> dict[str, str]:
    """The statements that make constraints and indexes, by their names."""
    constraints = {
        f"trihelix_{label.lower()}_id": f"FOR (n:`{label}`) REQUIRE n.id IS UNIQUE"
        for label in (*node_tables(), "Meta")
    }
    indexes = {
        f"trihelix_{name.lower()}_document": f"FOR ()-[r:`{name}`]-() ON (r.document)"
        for name in relation_edges()
    }
    return {
        **{n: f"CREATE CONSTRAINT {n} IF NOT EXISTS {what}" for n, what in constraints.items()},
        **{n: f"CREATE INDEX {n} IF NOT EXISTS {what}" for n, what in indexes.items()},
    }


def _schema_names(run: Run) -> set[str]:
    return {
        row["name"]
        for what in ("CONSTRAINTS", "INDEXES")
        for row in run(f"SHOW {what} YIELD name RETURN name")
    }


def _documents(run: Run, ids: Sequence[str]) -> list[LinkedDocument]:
    return list(reading.documents(run, ids))


def _table(run: Run, match: str, columns: Mapping[str, str]) -> pa.Table:
    """The answers in chunks of rows: seven times as fast as a record for each."""
    (size,) = (row["size"] for row in run(f"{match} RETURN count(*) AS size"))
    wanted = ", ".join(columns.values())
    found = run(
        f"{match} WITH toInteger(rand() * $chunks) AS chunk, collect([{wanted}]) AS rows "
        "RETURN rows",
        chunks=1 + size // _CHUNK,
    )
    schema = streaming.schema_of(columns)
    tables = [
        pa.table(
            [pa.array(values, field.type) for values, field in zip(chunk, schema, strict=True)],
            schema=schema,
        )
        for chunk in (zip(*row["rows"], strict=True) for row in found)
    ]
    return pa.concat_tables(tables) if tables else schema.empty_table()


def _lock(run: Run) -> None:
    """Wait for the other transactions that hold this lock; ours is released at its end."""
    run("MATCH (m:Meta) SET m.lock = true REMOVE m.lock")


def _write(run: Run, change: Change) -> None:
    _remove(run, change)
    for kind, rows in change.nodes.items():
        label = vocabulary().label(kind)
        others = "".join(f":`{k}`" for k in kinds_of(label) if k not in {kind, label})
        labels = f" SET n:`{kind}`" if kind != label else ""
        _load(
            run,
            f"MERGE (n:`{label}` {{id: row.id}}) SET n = row"
            f"{f' REMOVE n{others}' if others else ''}{labels}",
            rows,
        )
    _load(run, "CREATE (d:Document) SET d = row", change.documents, size=_TEXTS)
    _load(run, "CREATE (e:Event) SET e = row", change.events)
    for edge, rows in change.edges.items():
        _connect(run, edge, rows)
    for label, ids in change.orphans.items():
        cypher = (
            f"MATCH (n:`{label}` {{id: row}}) WHERE NOT EXISTS {{ (:Document)-[:MENTIONS]->(n) }}"
        )
        _load(run, f"{cypher} DETACH DELETE n", ids)


def _remove(run: Run, change: Change) -> None:
    for kind in relation_edges():
        _load(run, f"MATCH ()-[r:`{kind}` {{document: row}}]->() DELETE r", change.removed)
    _load(
        run,
        "MATCH (:Document {id: row})-[:REPORTS]->(e:Event) DETACH DELETE e",
        change.removed,
    )
    _load(run, "MATCH (d:Document {id: row}) DETACH DELETE d", change.removed)
    for label, ids in change.misplaced.items():
        _load(run, f"MATCH (n:`{label}` {{id: row}}) DETACH DELETE n", ids)


def _connect(run: Run, edge: Edge, rows: Sequence[Row]) -> None:
    _load(
        run,
        f"MATCH (x:`{edge.source}` {{id: row.ends[0]}}) "
        f"MATCH (y:`{edge.target}` {{id: row.ends[1]}}) "
        f"CREATE (x)-[r:`{edge.type}`]->(y) SET r = row.properties",
        [
            {
                "ends": [row["from"], row["to"]],
                "properties": {k: v for k, v in row.items() if k not in {"from", "to"}},
            }
            for row in rows
        ],
    )


def _load(run: Run, cypher: str, rows: Sequence[Any], *, size: int = _ROWS) -> None:
    for start in range(0, len(rows), size):
        run(f"UNWIND $rows AS row {cypher}", rows=list(rows[start : start + size]))


def _runner(transaction: neo4j.ManagedTransaction) -> Run:
    def run(cypher: str, **parameters: Any) -> Iterable[Mapping[str, Any]]:
        result = transaction.run(cypher, parameters)
        names = result.keys()
        return [dict(zip(names, record.values(), strict=True)) for record in result]

    return run


def _plain(value: Any) -> Any:
    if isinstance(value, GraphNode | Relationship):
        return dict(value)
    if isinstance(value, GraphPath):
        return {
            "nodes": [dict(node) for node in value.nodes],
            "relationships": [dict(r) for r in value.relationships],
        }
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname:
        raise ConfigurationError(
            f"store URL {url!r} has no host; write neo4j://HOST or bolt://HOST"
        )
    return url if parts.port else f"{parts.scheme}://{parts.netloc}:{BOLT_PORT}"


def _line(error: BaseException) -> str:
    text = error.message if isinstance(error, Neo4jError) and error.message else str(error)
    return (text.strip() or type(error).__name__).partition("\n")[0]
