"""The kinds of entity, relation and event, read from vocabulary.yaml and checked at load."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from trihelix.schema.errors import VocabularyError

_FILE = Path(__file__).with_name("vocabulary.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityKind:
    """A kind of entity. `sector` is set for kinds of organization only."""

    name: str
    zh: str
    parent: str | None = None
    sector: str | None = None
    abstract: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKind:
    """A kind of relation, and the entity kinds (abstract ones too) that it may join."""

    name: str
    zh: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    cues_zh: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of event and the roles its participants may have."""

    name: str
    zh: str
    roles: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    cues_zh: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All kinds by name. Iteration order is the order of the file."""

    entities: dict[str, EntityKind]
    relations: dict[str, RelationKind]
    events: dict[str, EventKind]

    @property
    def organizations(self) -> tuple[str, ...]:
        """The concrete kinds of organization.

        >>> vocabulary().organizations[:3]
        ('University', 'Institute', 'Laboratory')
        """
        return tuple(k.name for k in self.entities.values() if k.parent == "Organization")

    def is_organization(self, kind: str) -> bool:
        """Whether a kind of entity is a kind of organization."""
        return self.entities[kind].parent == "Organization"

    def label(self, kind: str) -> str:
        """The node label of a kind: Organization for its kinds, else the kind itself.

        >>> vocabulary().label("University"), vocabulary().label("Person")
        ('Organization', 'Person')
        """
        return self.entities[kind].parent or kind

    def sector(self, kind: str) -> str | None:
        """university, research, firm, government, intermediary or other; None for no organization.

        >>> vocabulary().sector("Laboratory")
        'research'
        """
        return self.entities[kind].sector

    def allows(self, relation: str, *, source: str, target: str) -> bool:
        """Whether a relation may run from one kind of entity to another.

        >>> vocabulary().allows("HOLDS_POST", source="Person", target="Firm")
        True
        """
        kind = self.relations[relation]
        return bool({source, self.label(source)} & set(kind.source)) and bool(
            {target, self.label(target)} & set(kind.target)
        )


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary.

    Raises:
        VocabularyError: when the file contradicts itself.
    """
    return parse(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def parse(data: dict[str, Any]) -> Vocabulary:
    """Build a vocabulary from its YAML data and check it.

    Raises:
        VocabularyError: on an unknown field, kind or parent, or an event without roles.
    """
    try:
        found = Vocabulary(
            entities={n: EntityKind(name=n, **v) for n, v in data["entity_kinds"].items()},
            relations={
                n: RelationKind(name=n, **_fields(v)) for n, v in data["relation_kinds"].items()
            },
            events={n: EventKind(name=n, **_fields(v)) for n, v in data["event_kinds"].items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise VocabularyError(f"vocabulary: {error}") from error
    _check(found)
    return found


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _fields(fields: dict[str, Any]) -> dict[str, Any]:
    return {k: v if k in {"zh", "note"} else _names(v) for k, v in fields.items()}


def _check(found: Vocabulary) -> None:
    for kind in found.entities.values():
        if kind.parent is not None and kind.parent not in found.entities:
            raise VocabularyError(f"entity kind {kind.name}: unknown parent {kind.parent!r}")
        if kind.parent == "Organization" and kind.sector is None:
            raise VocabularyError(f"entity kind {kind.name}: an organization needs a sector")
    for relation in found.relations.values():
        for end in (*relation.source, *relation.target):
            if end not in found.entities:
                raise VocabularyError(f"relation kind {relation.name}: unknown kind {end!r}")
    for event in found.events.values():
        if not event.roles:
            raise VocabularyError(f"event kind {event.name}: has no roles")
