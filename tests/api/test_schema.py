"""The schema as it is published."""

from __future__ import annotations

from pathlib import Path

from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLObjectType

import trihelix.api
from trihelix.api import enums
from trihelix.api.query import schema
from trihelix.graph.centrality import MEASURES
from trihelix.schema.vocabulary import vocabulary

CORE = schema._schema
PRINTED = Path(trihelix.api.__file__).with_name("schema.graphql")
REMEDY = (
    "the schema has changed; see that no client breaks, then write it again: python -c "
    '"from trihelix.api.query import schema; print(schema.as_str())" > api/schema.graphql'
)


def test_the_printed_schema_is_current() -> None:
    assert PRINTED.read_text(encoding="utf-8").rstrip() == schema.as_str().rstrip(), REMEDY


def values(name: str) -> list[str]:
    """The values of an enum in the schema."""
    found = CORE.type_map[name]
    assert isinstance(found, GraphQLEnumType)
    return list(found.values)


def test_enums_are_the_vocabulary() -> None:
    words = vocabulary()
    assert values("OrganizationKind") == list(words.organizations)
    assert values("EventKind") == list(words.events)
    assert values("RelationKind") == list(words.relations)
    assert set(values("Role")) == {r for kind in words.events.values() for r in kind.roles}
    assert values("Measure") == list(MEASURES)


def test_every_role_sector_status_and_measure_has_a_chinese_label() -> None:
    for name in ("Role", "Sector", "Status"):
        for value in values(name):
            assert enums.label(value) != value, f"{name} {value}: see api/enums.py"
    assert set(enums.MEASURES_ZH) == set(MEASURES)


def test_every_field_is_described() -> None:
    bare = {
        f"{name}.{field}"
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
        for field, definition in kind.fields.items()
        if not definition.description
    }
    plain = {"PageInfo", "Edge", "Connection", "KindCount"}
    assert not {field for field in bare if not any(p in field for p in plain)}


def test_relay_finds_its_interfaces() -> None:
    node = CORE.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    names = {t.name for t in CORE.get_possible_types(node)}
    assert names == {
        "Organization",
        "Person",
        "Place",
        "Project",
        "Technology",
        "Event",
        "Document",
    }
