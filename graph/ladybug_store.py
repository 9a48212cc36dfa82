"""The embedded store: one Ladybug database in one file.

One process writes at a time. Ladybug itself lets a second store of the same process write the same
file, and lets others read it while its pages change, so two lock files stand beside it:
`PATH.lock` is held as long as a store is open for writing, `PATH.pages.lock` while pages are read
by others or written. A store opened read-only opens the file for each question only, so it always
answers from the last committed load and never keeps an ingest from writing for long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import Any

import ladybug
import pyarrow as pa

from trihelix.graph import reading, streaming
from trihelix.graph.change import Change, plan
from trihelix.graph.columns import Columns
from trihelix.graph.file_lock import locked
from trihelix.graph.model import Edge, Properties, edge_tables, node_tables, relation_edges
from trihelix.graph.reading import Run
from trihelix.graph.rows import Row
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import SCHEMA_VERSION
from trihelix.schema.errors import ConfigurationError, StoreError
from trihelix.schema.records import LinkedDocument, Node
from trihelix.schema.vocabulary import vocabulary

_WAIT = 60.0  # seconds for other processes' reads or a load to end
_ROWS = 20_000  # of one Arrow table
_TEXTS = 500
_ARROW = {
    "STRING": pa.string(),
    "DOUBLE": pa.float64(),
    "INT64[]": pa.list_(pa.int64()),
    "STRING[]": pa.list_(pa.string()),
}

Stamp = tuple[tuple[int, int], ...]


class LadybugStore:
    """`ladybug:PATH` (a `GraphStore`); safe to share between threads, which then take turns.

    Raises:
        ConfigurationError: for a URL without a path.
        StoreError: when the file is missing (read-only), not ours, or open for writing elsewhere.
        StoreVersionError: when another version of Trihelix wrote it.
    """

    def __init__(self, url: str, read_only: bool = False) -> None:
        self.url = url
        self._path = Path(url.partition(":")[2]).expanduser()
        if not self._path.name:
            raise ConfigurationError(f"store URL {url!r} has no path; write ladybug:PATH")
        self._read_only = read_only
        self._lock = RLock()
        self._held = ExitStack()
        self._database: Any = None
        self._closed = False
        self._seen: tuple[Stamp, int] | None = None  # saves opening an unchanged file again
        try:
            self._open()
        except BaseException:
            self._held.close()
            raise

    def revision(self) -> int:
        """A number that grows with every committed change; 0 for a new store."""
        if self._seen is not None and not self._closed and self._seen[0] == self._stamp():
            return self._seen[1]
        with self._reader() as run:
            found = reading.revision(run)
            if self._read_only:
                self._seen = (self._stamp(), found)
        return found

    def load(
        self,
        documents: Iterable[LinkedDocument],
        nodes: Iterable[Node],
        *,
        retract: Sequence[str] = (),
    ) -> int:
        """See `GraphStore.load`."""
        if self._read_only:
            raise StoreError(f"{self._path} is opened read-only; open it for writing to load")
        with self._lock, self._pages(), self._transaction() as run:
            change = plan(run, documents, nodes, retract=retract)
            if change:
                _write(run, change)
                run("MATCH (m:Meta) SET m.revision = m.revision + 1")
            return reading.revision(run)

    def documents(self) -> Iterator[LinkedDocument]:
        """Every stored document as it was loaded, in the order of its id."""
        with self._reader() as run:
            ids = iter(reading.document_ids(run))
        while page := list(islice(ids, _TEXTS)):
            with self._reader() as run:
                found = list(reading.documents(run, page))
            yield from found

    def sources(self) -> dict[str, str]:
        """The id of the stored document that each source is at."""
        with self._reader() as run:
            return reading.sources(run)

    def nodes(self) -> dict[str, Node]:
        """Every node by id."""
        with self._reader() as run:
            return reading.nodes(run)

    def snapshot(self) -> Snapshot:
        """Everything but the documents' texts, read under one revision."""
        with self._reader() as run:
            return reading.snapshot(run)

    def columns(self) -> Columns:
        """What networks are made of, read under one revision."""
        with self._reader() as run:
            return streaming.columns(run.table, reading.revision(run), self.snapshot)

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Run a read query; one dict a row.

        Nodes and relationships come as dicts of their properties, paths as dicts of both lists.
        """
        with self._reader() as run:
            return [
                {k: _plain(v) for k, v in row.items()} for row in run(cypher, **parameters or {})
            ]

    def close(self) -> None:
        """Release the file. Closing twice is harmless."""
        with self._lock:
            if self._database is not None:
                with self._pages():
                    self._database.close()  # writes the log into the file
            self._database, self._closed = None, True
            self._held.close()

    def __enter__(self) -> LadybugStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _open(self) -> None:
        if self._read_only:
            if not self._path.exists():
                raise StoreError(f"{self._path}: no such store; `trihelix ingest` makes one")
        else:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._held.enter_context(locked(self._beside(".lock"))):
                raise StoreError(
                    f"{self._path} is open for writing elsewhere; wait for that to end, close it, "
                    "or open the store read-only"
                )
            with self._pages():
                self._database = self._opened()
                with self._transaction() as run:
                    self._create(run)
        with self._reader() as run:
            self._check(run)

    def _opened(self) -> Any:
        try:
            return ladybug.Database(str(self._path), read_only=self._read_only)
        except RuntimeError as error:
            raise StoreError(
                f"{self._path} cannot be opened as a Ladybug database ({_line(error)}); "
                "name another file, or move this one away"
            ) from error

    def _create(self, run: Run) -> None:
        if _tables(run):
            return
        for label, properties in node_tables().items():
            run(f"CREATE NODE TABLE `{label}`({_typed(properties)}, PRIMARY KEY (`id`))")
        for name, (edges, properties) in edge_tables().items():
            ends = ", ".join(f"FROM `{e.source}` TO `{e.target}`" for e in edges)
            columns = f", {_typed(properties)}" if properties else ""
            run(f"CREATE REL TABLE `{name}`({ends}{columns})")
        run("CREATE NODE TABLE Meta(id INT64 PRIMARY KEY, version INT64, revision INT64)")
        run("CREATE (:Meta {id: 1, version: $version, revision: 0})", version=SCHEMA_VERSION)

    def _check(self, run: Run) -> None:
        if "Meta" not in _tables(run):
            raise StoreError(
                f"{self._path} is a Ladybug database, but not one of Trihelix; name another file"
            )
        reading.check_version(run, str(self._path))

    def _stamp(self) -> Stamp:
        """Differs after each commit, which writes to the file or to the log beside it."""
        files = (f.stat() for f in (self._path, self._beside(".wal")) if f.exists())
        return tuple((file.st_mtime_ns, file.st_size) for file in files)

    def _beside(self, suffix: str) -> Path:
        return self._path.with_name(self._path.name + suffix)

    @contextmanager
    def _pages(self, *, shared: bool = False) -> Iterator[None]:
        with locked(self._beside(".pages.lock"), shared=shared, wait=_WAIT) as had:
            if not had:
                raise StoreError(
                    f"{self._path} is being {'written' if shared else 'read'} by another process "
                    f"for more than {_WAIT:.0f} s; try again later"
                )
            yield

    @contextmanager
    def _reader(self) -> Iterator[_Session]:
        with ExitStack() as stack:
            stack.enter_context(self._lock)
            if self._closed:
                raise StoreError(f"{self._path} was closed; open it again")
            if self._read_only:
                stack.enter_context(self._pages(shared=True))
                self._database = self._opened()
                stack.callback(self._release)
            yield stack.enter_context(self._transaction(read_only=True))

    def _release(self) -> None:
        self._database.close()
        self._database = None

    @contextmanager
    def _transaction(self, *, read_only: bool = False) -> Iterator[_Session]:
        if self._database is None:
            raise StoreError(f"{self._path} was closed; open it again")
        connection = ladybug.Connection(self._database)
        run = _Session(connection)
        try:
            run("BEGIN TRANSACTION READ ONLY" if read_only else "BEGIN TRANSACTION")
            yield run
            run("COMMIT")
        except RuntimeError as error:
            raise StoreError(f"{self._path}: {_line(error)}") from error
        finally:
            with suppress(RuntimeError):  # nothing is left to roll back after a commit or an error
                connection.execute("ROLLBACK")
            connection.close()


class _Session:
    """Runs queries in one transaction and gives rows (a `Run`) or Arrow tables (a `Stream`)."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, cypher: str, **parameters: Any) -> Iterable[Mapping[str, Any]]:
        return _rows(self._connection.execute(cypher, parameters))

    def table(self, match: str, columns: Mapping[str, str]) -> pa.Table:
        wanted = ", ".join(f"{what} AS `{name}`" for name, what in columns.items())
        result = self._connection.execute(f"{match} RETURN {wanted}")
        try:
            return result.get_as_arrow().cast(streaming.schema_of(columns))
        finally:
            result.close()


def _write(run: Run, change: Change) -> None:
    _remove(run, change)
    for kind, some in change.nodes.items():
        label = vocabulary().label(kind)
        names = [name for name in node_tables()[label] if name != "id"]
        sets = ", ".join(f"n.`{name}` = `{name}`" for name in names)
        cypher = f"LOAD FROM $rows MERGE (n:`{label}` {{`id`: `id`}}) SET {sets}"
        _load(run, cypher, node_tables()[label], some)
    for label, rows in (("Document", change.documents), ("Event", change.events)):
        properties = node_tables()[label]
        cypher = f"LOAD FROM $rows CREATE (:`{label}` {{{_assigned(properties)}}})"
        _load(run, cypher, properties, rows, size=_TEXTS if label == "Document" else _ROWS)
    for edge, rows in change.edges.items():
        _connect(run, edge, rows)
    for label, ids in change.orphans.items():
        _with_ids(
            run,
            f"MATCH (n:`{label}` {{`id`: gone}}) "
            "WHERE NOT EXISTS { MATCH (:Document)-[:MENTIONS]->(n) } DETACH DELETE n",
            ids,
        )


def _remove(run: Run, change: Change) -> None:
    for edges in relation_edges().values():
        for edge in edges:
            match = f"MATCH (a:`{edge.source}`)-[r:`{edge.type}`]->(b:`{edge.target}`)"
            _with_ids(run, f"{match} WHERE r.document = gone DELETE r", change.removed)
    events = "MATCH (d:Document {id: gone})-[:REPORTS]->(e:Event) DETACH DELETE e"
    _with_ids(run, events, change.removed)
    _with_ids(run, "MATCH (d:Document {id: gone}) DETACH DELETE d", change.removed)
    for label, ids in change.misplaced.items():
        _with_ids(run, f"MATCH (n:`{label}` {{`id`: gone}}) DETACH DELETE n", ids)


def _connect(run: Run, edge: Edge, rows: Sequence[Row]) -> None:
    """Two MATCH clauses with a WITH between: one MATCH of both ends would be a cross product."""
    properties = edge_tables()[edge.type][1]
    columns = ", ".join(["x", "`to`", *(f"`{name}`" for name in properties)])
    _load(
        run,
        f"LOAD FROM $rows MATCH (x:`{edge.source}` {{`id`: `from`}}) WITH {columns} "
        f"MATCH (y:`{edge.target}` {{`id`: `to`}}) "
        f"CREATE (x)-[:`{edge.type}` {{{_assigned(properties)}}}]->(y)",
        {"from": "STRING", "to": "STRING", **properties},
        rows,
    )


def _with_ids(run: Run, cypher: str, ids: Sequence[str]) -> None:
    _load(run, f"LOAD FROM $rows {cypher}", {"gone": "STRING"}, [{"gone": id_} for id_ in ids])


def _load(
    run: Run, cypher: str, properties: Properties, rows: Sequence[Row], *, size: int = _ROWS
) -> None:
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in properties.items()])
    for start in range(0, len(rows), size):
        run(cypher, rows=pa.Table.from_pylist(rows[start : start + size], schema=schema))


def _rows(result: Any) -> list[dict[str, Any]]:
    try:
        names = result.get_column_names()
        return [dict(zip(names, row, strict=True)) for row in result.get_all()]
    finally:
        result.close()


def _tables(run: Run) -> set[str]:
    return {row["name"] for row in run("CALL show_tables() RETURN name")}


def _typed(properties: Properties) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in properties.items())


def _assigned(properties: Iterable[str]) -> str:
    return ", ".join(f"`{name}`: `{name}`" for name in properties)


def _plain(value: Any) -> Any:
    """Values as Neo4j gives them: no internal ids, no properties that are missing."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "_NODES" in value:
        return {"nodes": _plain(value["_NODES"]), "relationships": _plain(value["_RELS"])}
    if "_LABEL" in value:
        found = {k: v for k, v in value.items() if v is not None}
        return {k: v for k, v in found.items() if k not in {"_ID", "_LABEL", "_SRC", "_DST"}}
    return {k: _plain(v) for k, v in value.items()}


def _line(error: RuntimeError) -> str:
    return str(error).partition("\n")[0].strip()
