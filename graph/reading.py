"""What stores are asked: Cypher that runs unchanged on both, and records from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from trihelix.graph import rows
from trihelix.graph.model import DOCUMENT, ENTITY, EVENT, RELATION, entity_labels, relation_edges
from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation, surest
from trihelix.graph.store import SCHEMA_VERSION
from trihelix.schema.errors import StoreVersionError
from trihelix.schema.records import LinkedDocument, Node, Participant

_MENTIONS = (
    "MATCH (d:Document)-[m:MENTIONS]->(n) "
    "RETURN d.id AS id, n.id AS node, m.confidence AS confidence"
)
_PAGE = 500  # documents with their texts that are in memory at once


class Run(Protocol):
    """Runs a query in one transaction and gives its rows."""

    def __call__(self, cypher: str, **parameters: Any) -> Iterable[Mapping[str, Any]]: ...


def revision(run: Run) -> int:
    """The store's revision; 0 before the first load."""
    return next((row["revision"] for row in run("MATCH (m:Meta) RETURN m.revision AS revision")), 0)


def check_version(run: Run, where: str) -> None:
    """Refuse a store that another version of Trihelix wrote.

    Raises:
        StoreVersionError: naming the store and what to do.
    """
    for row in run("MATCH (m:Meta) RETURN m.version AS version"):
        if row["version"] != SCHEMA_VERSION:
            raise StoreVersionError(
                f"{where} has store format {row['version']}, this version of Trihelix reads "
                f"{SCHEMA_VERSION}; ingest the documents into a new store or use the Trihelix "
                "that wrote it"
            )


def document_ids(run: Run) -> list[str]:
    """The ids of all documents, in order."""
    return [row["id"] for row in run("MATCH (d:Document) RETURN d.id AS id ORDER BY id")]


def documents(run: Run, ids: Iterable[str]) -> Iterator[LinkedDocument]:
    """These documents as they were loaded, in order of their ids, some at a time."""
    wanted = iter(sorted(ids))
    cypher = f"UNWIND $ids AS id MATCH (d:Document {{id: id}}) RETURN {_columns('d', DOCUMENT)}"
    while page := list(islice(wanted, _PAGE)):
        found = {row["id"]: row for row in run(cypher, ids=page)}
        yield from (rows.linked_document_of(found[id_]) for id_ in page if id_ in found)


def digests(run: Run, ids: Sequence[str]) -> dict[str, str]:
    """The digest of each of these documents that is stored."""
    cypher = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.digest AS digest"
    return {row["id"]: row["digest"] for row in run(cypher, ids=list(ids))} if ids else {}


def sources(run: Run) -> dict[str, str]:
    """The document at each source."""
    cypher = "MATCH (d:Document) RETURN d.id AS id, d.sources AS sources ORDER BY id"
    return {source: row["id"] for row in run(cypher) for source in row["sources"]}


def nodes(run: Run, ids: Sequence[str] | None = None) -> dict[str, Node]:
    """These nodes, or all, in order of their ids."""
    found: dict[str, Node] = {}
    for label in entity_labels():
        if ids is None:
            got = run(f"MATCH (n:{label}) RETURN {_columns('n', ENTITY)}")
        else:
            start = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})"
            got = run(f"{start} RETURN {_columns('n', ENTITY)}", ids=list(ids)) if ids else ()
        found.update((row["id"], rows.node_of(row)) for row in got)
    return dict(sorted(found.items()))


def mentioning(run: Run, label: str, ids: Sequence[str]) -> set[str]:
    """The ids of the documents that mention any of these nodes."""
    cypher = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:MENTIONS]-(d:Document)"
    return {row["id"] for row in run(f"{cypher} RETURN DISTINCT d.id AS id", ids=list(ids))}


def mentioned(run: Run, label: str, ids: Sequence[str]) -> set[str]:
    """The ids of the nodes of a label that any of these documents mentions."""
    cypher = f"UNWIND $ids AS id MATCH (d:Document {{id: id}})-[:MENTIONS]->(n:{label})"
    return {row["id"] for row in run(f"{cypher} RETURN DISTINCT n.id AS id", ids=list(ids))}


def snapshot(run: Run) -> Snapshot:
    """Everything but the texts."""
    columns = "d.id AS id, d.source AS source, d.title AS title, d.language AS language"
    documents = {
        row["id"]: rows.stored_document_of(row)
        for row in run(f"MATCH (d:Document) RETURN {columns}, d.published AS published ORDER BY id")
    }
    mentions = list(run(_MENTIONS))
    return Snapshot(
        revision=revision(run),
        documents=documents,
        nodes=nodes(run),
        relations=tuple(sorted(_relations(run), key=rows.relation_key)),
        events=dict(sorted((e.id, e) for e in _events(run))),
        mentions=_mentions(mentions, documents),
        confidence=surest((row["node"], row["confidence"]) for row in mentions),
    )


def _relations(run: Run) -> Iterator[StoredRelation]:
    columns = f"a.id AS `from`, b.id AS `to`, {_columns('r', RELATION)}"
    for kind in relation_edges():
        for row in run(f"MATCH (a)-[r:{kind}]->(b) RETURN {columns}"):
            yield rows.relation_of(kind, row)


def _events(run: Run) -> Iterator[StoredEvent]:
    took_part: defaultdict[str, list[Participant]] = defaultdict(list)
    columns = "e.id AS event, t.role AS role, n.id AS entity"
    for row in run(f"MATCH (n)-[t:TOOK_PART]->(e:Event) RETURN {columns}"):
        took_part[row["event"]].append(Participant(role=row["role"], entity=row["entity"]))
    for row in run(f"MATCH (e:Event) RETURN {_columns('e', EVENT)}"):
        yield rows.event_of(row, took_part[row["id"]])


def _mentions(
    mentions: Iterable[Mapping[str, Any]], documents: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {id_: [] for id_ in documents}
    for row in mentions:
        found[row["id"]].append(row["node"])
    return {id_: tuple(sorted(ids)) for id_, ids in found.items()}


def _columns(variable: str, names: Iterable[str]) -> str:
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in names)
