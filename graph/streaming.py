"""The columns of a store from its answers as Arrow tables; no fact becomes a Python object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trihelix.graph.columns import STATUSES, Columns, day_table, fact_kinds
from trihelix.graph.model import entity_labels, relation_edges
from trihelix.graph.nodes import Nodes, kind_names
from trihelix.graph.snapshot import Snapshot

Int32 = NDArray[np.int32]

_TYPES = {
    "aliases": pa.list_(pa.string()),
    "confidence": pa.float64(),
}  # of columns that are no strings
_NODE = {name: f"n.{name}" for name in ("id", "kind", "name", "aliases", "place", "key")}
_SURE = "MATCH (:Document)-[m:MENTIONS]->(n) WITH n.id AS id, max(m.confidence) AS sure"
_RELATION = {
    "source": "a.id",
    "target": "b.id",
    "title": "r.title",
    "confidence": "r.confidence",
    "document": "r.document",
}
_EVENT = {name: f"e.{name}" for name in ("id", "kind", "date", "status", "confidence", "document")}


class Stream(Protocol):
    """Runs a query in one transaction and gives its answers as columns."""

    def __call__(self, match: str, columns: Mapping[str, str]) -> pa.Table:
        """The answers of `match` as a table; `columns` are the expressions to return, by name."""
        ...


def schema_of(columns: Mapping[str, str]) -> pa.Schema:
    """The types of columns that a `Stream` gives."""
    return pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns])


def columns(stream: Stream, revision: int, read: Callable[[], Snapshot]) -> Columns:
    """What a store's networks are made of; in the order of its snapshot, which `read` gives."""
    nodes = _sorted(
        pa.concat_tables([stream(f"MATCH (n:{label})", _NODE) for label in entity_labels()])
    )
    documents = _sorted(stream("MATCH (d:Document)", {"id": "d.id", "published": "d.published"}))
    events = _sorted(stream("MATCH (e:Event)", _EVENT))
    ids, told = _only(nodes, "id"), _only(documents, "id")
    relations = _relations(stream, ids, told)
    published = _days(documents["published"])
    stated = _integers(relations["document"])
    event, participant = _participants(stream, _only(events, "id"), ids)
    return Columns(
        revision=revision,
        nodes=Nodes(nodes.drop_columns(["kind"]), _codes(nodes["kind"], kind_names())),
        sure=_sure(stream, ids),
        published=published,
        kind=_joined(relations["kind"], _codes(events["kind"], fact_kinds())),
        confidence=_joined(relations["confidence"], events["confidence"]),
        document=_joined(stated, _places(events["document"], told)),
        days=_joined(published[stated], _days(events["date"])),
        source=_integers(relations["source"]),
        target=_integers(relations["target"]),
        status=_codes(events["status"], STATUSES).astype(np.int8),
        event=event,
        participant=participant,
        read=read,
    )


def _relations(stream: Stream, ids: pa.Array, documents: pa.Array) -> pa.Table:
    """Kind, source, target, document (as numbers) and confidence in the order of snapshots."""
    parts = []
    for kind in relation_edges():
        found = stream(f"MATCH (a)-[r:{kind}]->(b)", _RELATION)
        title = pc.coalesce(pc.binary_join_element_wise("=", found["title"], ""), "")
        numbers = {
            "kind": pa.array(np.full(len(found), fact_kinds().index(kind), np.int16)),
            "source": pa.array(_places(found["source"], ids)),
            "target": pa.array(_places(found["target"], ids)),
            "document": pa.array(_places(found["document"], documents)),
        }
        parts.append(pa.table({**numbers, "title": title, "confidence": found["confidence"]}))
    order = ("kind", "source", "target", "document", "title")
    by = [(name, "ascending") for name in order]
    return pa.concat_tables(parts).sort_by(by).combine_chunks()


def _participants(stream: Stream, events: pa.Array, ids: pa.Array) -> tuple[Int32, Int32]:
    found = stream("MATCH (n)-[:TOOK_PART]->(e:Event)", {"event": "e.id", "node": "n.id"})
    event, node = _places(found["event"], events), _places(found["node"], ids)
    size = max(len(ids), 1)
    pairs = np.unique(event.astype(np.int64) * size + node)
    return (pairs // size).astype(np.int32), (pairs % size).astype(np.int32)


def _sure(stream: Stream, ids: pa.Array) -> NDArray[np.float64]:
    found = stream(_SURE, {"id": "id", "confidence": "sure"})
    sure = np.zeros(len(ids))
    sure[_places(found["id"], ids)] = found["confidence"].to_numpy()
    return sure


def _sorted(table: pa.Table) -> pa.Table:
    return table.sort_by("id").combine_chunks()


def _only(table: pa.Table, name: str) -> pa.Array:
    return table[name].combine_chunks()


def _places(values: pa.ChunkedArray, among: pa.Array) -> Int32:
    """The position of each value among others."""
    return _integers(pc.index_in(values, among))


def _integers(values: Any) -> Int32:
    found: Int32 = np.asarray(values, dtype=np.int32)
    return found


def _codes(values: pa.ChunkedArray, names: tuple[str, ...]) -> NDArray[np.int16]:
    return _places(values, pa.array(names)).astype(np.int16)


def _days(dates: pa.ChunkedArray) -> Int32:
    """The days that each date may mean, shape (dates, 2); each date is read once."""
    encoded = dates.combine_chunks().dictionary_encode()
    table = np.concatenate([day_table(encoded.dictionary.to_pylist()), [(0, 0)]])
    found: Int32 = table[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return found.astype(np.int32)


def _joined(*parts: Any) -> Any:
    return np.concatenate([np.asarray(part) for part in parts])
