"""What a load has to write: the difference between what a store holds and what it shall hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trihelix.graph import reading, rows
from trihelix.graph.model import Edge, entity_labels
from trihelix.graph.reading import Run
from trihelix.graph.rows import Row
from trihelix.schema.errors import StoreError
from trihelix.schema.records import LinkedDocument, Node
from trihelix.schema.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Rows to take out and to put in, in this order.

    1. `removed`: documents, with their events, mentions and relations (old forms of changed ones);
    2. `misplaced`: nodes by the label that they no longer have;
    3. `nodes`: rows to write, by kind; 4. `documents` and `events`; 5. `edges`;
    6. `orphans`: nodes by label, to be removed where no document mentions them any more.
    """

    removed: tuple[str, ...]
    misplaced: Mapping[str, tuple[str, ...]]
    nodes: Mapping[str, tuple[Row, ...]]
    documents: tuple[Row, ...]
    events: tuple[Row, ...]
    edges: Mapping[Edge, tuple[Row, ...]]
    orphans: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.removed or self.documents or self.nodes)


def plan(
    run: Run,
    documents: Iterable[LinkedDocument],
    nodes: Iterable[Node],
    *,
    retract: Sequence[str] = (),
) -> Change:
    """The change that makes a store hold these documents and no longer the retracted ones.

    False when there is nothing to write. Reads only what the documents and nodes touch.

    Raises:
        StoreError: when a document links to a node that is neither given nor stored.
    """
    given = {d.extraction.document.id: d for d in documents}
    described = {node.id: node for node in nodes}
    gone = set(retract) - given.keys()
    stored = reading.digests(run, sorted(given.keys() | gone))
    texts = {id_: rows.document_row(d) for id_, d in given.items()}
    changed = {id_: d for id_, d in given.items() if stored.get(id_) != texts[id_]["digest"]}
    linked = {n for d in changed.values() for n in d.identity.values()}
    known = reading.nodes(run, sorted(linked | described.keys()))
    misplaced = _misplaced(known, described)
    displaced = {
        d.extraction.document.id: d
        for d in _displaced(run, misplaced, without=gone | changed.keys())
    }
    return _change(
        run,
        {**changed, **displaced},
        described,
        texts=texts,
        known=known,
        removed=sorted((stored.keys() & (changed.keys() | gone)) | displaced.keys()),
        misplaced=misplaced,
    )


def _misplaced(
    known: Mapping[str, Node], described: Mapping[str, Node]
) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, node in known.items():
        if id_ in described and label(described[id_]) != label(node):
            found[label(node)].append(id_)
    return {name: tuple(ids) for name, ids in found.items()}


def _displaced(
    run: Run, misplaced: Mapping[str, Sequence[str]], *, without: set[str]
) -> Iterable[LinkedDocument]:
    """The documents to write again because a node that they mention gets another label."""
    ids = {d for name, nodes in misplaced.items() for d in reading.mentioning(run, name, nodes)}
    return reading.documents(run, ids - without)


def _change(
    run: Run,
    changed: Mapping[str, LinkedDocument],
    described: Mapping[str, Node],
    *,
    texts: Mapping[str, Row],
    known: Mapping[str, Node],
    removed: Sequence[str],
    misplaced: Mapping[str, tuple[str, ...]],
) -> Change:
    linked = {n for d in changed.values() for n in d.identity.values()}
    known = {**known, **reading.nodes(run, sorted(linked - known.keys()))}
    current = {**known, **described}
    said = [rows.statements(document, current) for document in changed.values()]
    mentioned = {m.node for s in said for m in s.mentions}
    moved = {id_ for ids in misplaced.values() for id_ in ids}
    wanted = (known.keys() | mentioned) - (moved - mentioned)
    return Change(
        removed=tuple(removed),
        misplaced=misplaced,
        nodes=_node_rows(
            node
            for id_, node in described.items()
            if id_ in wanted and (known.get(id_) != node or id_ in moved)
        ),
        documents=tuple(texts.get(id_) or rows.document_row(d) for id_, d in changed.items()),
        events=tuple(rows.event_row(event) for s in said for event in s.events),
        edges=_edge_rows(said, current),
        orphans=_candidates(run, removed, kept=mentioned | moved),
    )


def _node_rows(nodes: Iterable[Node]) -> dict[str, tuple[Row, ...]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for node in nodes:
        label(node)
        found[node.kind].append(rows.node_row(node))
    return {kind: tuple(some) for kind, some in found.items()}


def _edge_rows(
    said: Iterable[rows.Statements], nodes: Mapping[str, Node]
) -> dict[Edge, tuple[Row, ...]]:
    found: defaultdict[Edge, list[Row]] = defaultdict(list)
    for one in said:
        for edge, row in rows.edge_rows(one, lambda id_: label(nodes[id_])):
            found[edge].append(row)
    return {edge: tuple(some) for edge, some in sorted(found.items())}


def _candidates(run: Run, removed: Sequence[str], *, kept: set[str]) -> dict[str, tuple[str, ...]]:
    """The nodes that the removed documents mentioned and no written one does."""
    if not removed:
        return {}
    found = {name: reading.mentioned(run, name, removed) - kept for name in entity_labels()}
    return {name: tuple(sorted(ids)) for name, ids in found.items() if ids}


def label(node: Node) -> str:
    """The label of a node.

    Raises:
        StoreError: when the vocabulary does not have its kind.
    """
    kind = vocabulary().entities.get(node.kind)
    if kind is None or kind.abstract:
        raise StoreError(
            f"node {node.id}: kind {node.kind!r} is no kind of the vocabulary; nothing was stored"
        )
    return vocabulary().label(node.kind)
