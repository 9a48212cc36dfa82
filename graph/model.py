"""The Cypher-visible model as data (graph/store.py shows it): tables and the types of properties.

Labels and relationship types come from the vocabulary only, so they are safe to put into Cypher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from trihelix.schema.vocabulary import vocabulary

Properties = Mapping[str, str]  # name to Ladybug type

ENTITY: Properties = {
    "id": "STRING",
    "kind": "STRING",
    "name": "STRING",
    "aliases": "STRING[]",
    "place": "STRING",
    "key": "STRING",
}
ORGANIZATION: Properties = {**ENTITY, "sector": "STRING"}

# extractor, record, identity and digest say what was loaded, so that it can be given back exactly
DOCUMENT: Properties = {
    "id": "STRING",
    "title": "STRING",
    "language": "STRING",
    "published": "STRING",
    "source": "STRING",
    "sources": "STRING[]",
    "text": "STRING",
    "extractor": "STRING",
    "record": "STRING",
    "identity": "STRING",
    "digest": "STRING",
}
_EVIDENCE: Properties = {"starts": "INT64[]", "ends": "INT64[]", "quotes": "STRING[]"}
EVENT: Properties = {
    "id": "STRING",
    "kind": "STRING",
    "name": "STRING",
    "date": "STRING",
    "status": "STRING",
    "amount": "DOUBLE",
    "currency": "STRING",
    "amount_text": "STRING",
    "confidence": "DOUBLE",
    "document": "STRING",
    **_EVIDENCE,
}
MENTIONS: Properties = {
    "name": "STRING",
    "confidence": "DOUBLE",
    "surfaces": "STRING[]",
    "starts": "INT64[]",
    "ends": "INT64[]",
}
RELATION: Properties = {
    "title": "STRING",
    "confidence": "DOUBLE",
    "document": "STRING",
    "date": "STRING",
    **_EVIDENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """A relationship type between two node labels."""

    type: str
    source: str
    target: str


@cache
def entity_labels() -> tuple[str, ...]:
    """Organization, Person, Place, ...: the labels that nodes of the world may have."""
    words = vocabulary()
    return tuple(dict.fromkeys(words.label(k) for k in words.entities))


@cache
def kinds_of(label: str) -> tuple[str, ...]:
    """The kinds that are a second label of this one."""
    words = vocabulary()
    return tuple(
        name for name, k in words.entities.items() if words.label(name) == label and not k.abstract
    )


@cache
def node_tables() -> Mapping[str, Properties]:
    """The properties of each node label."""
    entities = {x: ORGANIZATION if x == "Organization" else ENTITY for x in entity_labels()}
    return {**entities, "Event": EVENT, "Document": DOCUMENT}


@cache
def relation_edges() -> Mapping[str, tuple[Edge, ...]]:
    """What each kind of relation may join, by labels."""
    words = vocabulary()
    return {
        name: tuple(
            dict.fromkeys(
                Edge(type=name, source=words.label(source), target=words.label(target))
                for source in kind.source
                for target in kind.target
            )
        )
        for name, kind in words.relations.items()
    }


@cache
def edge_tables() -> Mapping[str, tuple[tuple[Edge, ...], Properties]]:
    """What each relationship type joins, and its properties."""
    labels = entity_labels()
    return {
        "MENTIONS": (
            tuple(Edge(type="MENTIONS", source="Document", target=x) for x in labels),
            MENTIONS,
        ),
        "REPORTS": ((Edge(type="REPORTS", source="Document", target="Event"),), {}),
        "TOOK_PART": (
            tuple(Edge(type="TOOK_PART", source=x, target="Event") for x in labels),
            {"role": "STRING"},
        ),
        **{name: (edges, RELATION) for name, edges in relation_edges().items()},
    }
