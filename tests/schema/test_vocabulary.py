from __future__ import annotations

import pytest

from trihelix.schema.errors import VocabularyError
from trihelix.schema.vocabulary import parse, vocabulary


def test_the_shipped_vocabulary_names_every_kind() -> None:
    known = vocabulary()
    assert len(known.organizations) == 10
    assert set(known.relations) >= {"PART_OF", "HOLDS_POST", "MEMBER_OF"}
    assert known.events["Convening"].roles[:2] == ("organizer", "undertaker")


def test_every_kind_has_a_chinese_label() -> None:
    known = vocabulary()
    assert all(kind.zh for kind in known.entities.values())
    assert all(kind.zh for kind in known.relations.values())
    assert all(kind.zh for kind in known.events.values())


def test_relations_join_only_what_they_may() -> None:
    known = vocabulary()
    assert known.allows("PART_OF", source="Laboratory", target="University")
    assert known.allows("MEMBER_OF", source="Person", target="Association")
    assert not known.allows("HOLDS_POST", source="Firm", target="Firm")
    assert not known.allows("LOCATED_IN", source="Firm", target="Firm")


def data(**changes: object) -> dict[str, object]:
    base = {
        "entity_kinds": {
            "Organization": {"abstract": True, "zh": "机构"},
            "Firm": {"parent": "Organization", "sector": "firm", "zh": "企业"},
        },
        "relation_kinds": {"OWNS": {"zh": "持股", "source": "Firm", "target": "Firm"}},
        "event_kinds": {"Visit": {"zh": "考察", "roles": ["visitor", "host"]}},
    }
    return base | changes


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            {"entity_kinds": {"Firm": {"parent": "Nothing", "zh": "企业"}}},
            "unknown parent 'Nothing'",
        ),
        ({"entity_kinds": {"Firm": {"color": "red", "zh": "企业"}}}, "color"),
        (
            {"relation_kinds": {"OWNS": {"zh": "持股", "source": "Ghost", "target": "Firm"}}},
            "unknown kind 'Ghost'",
        ),
        ({"event_kinds": {"Visit": {"zh": "考察", "roles": []}}}, "has no roles"),
        ({"event_kinds": None}, "vocabulary"),
    ],
)
def test_a_contradiction_stops_the_load(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(VocabularyError, match=complaint):
        parse(data(**changes))


def test_an_organization_needs_a_sector() -> None:
    kinds = {"Organization": {"zh": "机构"}, "Firm": {"parent": "Organization", "zh": "企业"}}
    with pytest.raises(VocabularyError, match="needs a sector"):
        parse(data(entity_kinds=kinds))
