"""The schema as it is published."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
)

import trihelix.api
from trihelix.api import enums
from trihelix.api.query import schema
from trihelix.graph.bridges import COMPONENTS
from trihelix.graph.centrality import MEASURES
from trihelix.graph.groups import GROUPINGS
from trihelix.graph.helix import DIVISIONS
from trihelix.graph.prediction import INDICES
from trihelix.graph.roles import ROLES
from trihelix.graph.view import View
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


def test_every_choice_and_input_is_described() -> None:
    bare = {
        f"{name}.{part}"
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLEnumType | GraphQLInputObjectType) and not name.startswith("__")
        for part, definition in (
            kind.values if isinstance(kind, GraphQLEnumType) else kind.fields
        ).items()
        if not definition.description
    }
    assert not bare


def test_groupings_and_options_are_those_of_the_engine() -> None:
    assert values("Grouping") == list(GROUPINGS)
    assert values("PredictionIndex") == list(INDICES)
    assert values("BrokerRole") == list(ROLES)
    assert values("BridgePart") == list(COMPONENTS)
    assert values("HelixDivision") == list(DIVISIONS)
    assert values("EntityKind") == list(vocabulary().entities)
    fields = CORE.type_map["View"]
    assert isinstance(fields, GraphQLInputObjectType)
    named = {re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in fields.fields}
    assert named == {f.name for f in dataclasses.fields(View)} - {"confidence"} | {"min_confidence"}


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
