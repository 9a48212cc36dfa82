"""Gold annotations: what a careful reader finds in an article.

One JSON file an article: {"article": "name.txt", "entities": [{"name", "kind", "surfaces"}],
"relations": [{"kind", "source", "target"}], "events": [{"kind", "date", "participants":
[{"role", "entity"}]}]}. Entities are referred to by name; `optional` items neither help nor hurt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from trihelix.schema.errors import InputError

_LENIENT = ConfigDict(extra="ignore")  # annotators may keep notes of their own


@with_config(_LENIENT)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """An entity and every form it takes in the article."""

    name: str
    kind: str
    surfaces: tuple[str, ...]
    alt_kinds: tuple[str, ...] = ()
    optional: bool = False


@with_config(_LENIENT)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """A relation between two entities, by name."""

    kind: str
    source: str
    target: str
    optional: bool = False


@with_config(_LENIENT)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoldParticipant:
    """Who took part, by name, and as what."""

    role: str
    entity: str
    optional: bool = False


@with_config(_LENIENT)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """An event; any of `alt_kinds` is accepted in place of its kind."""

    kind: str
    participants: tuple[GoldParticipant, ...]
    alt_kinds: tuple[str, ...] = ()
    date: str | None = None
    optional: bool = False


@with_config(_LENIENT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All that a careful reader finds in one article."""

    article: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    language: str | None = None
    file_stem: str | None = None

    @property
    def stem(self) -> str:
        """The article's name without `.txt`."""
        return self.article.removesuffix(".txt")

    @property
    def stems(self) -> frozenset[str]:
        """The file stems that an output for this article may have."""
        return frozenset({self.stem, self.file_stem or self.stem})


def load_gold(folder: Path, *, language: str | None = None) -> tuple[Gold, ...]:
    """The gold of a folder by file name; with `language`, only articles whose name begins so.

    Raises:
        InputError: when the folder holds no gold, or a file is malformed.
    """
    golds = tuple(_parse(path) for path in sorted(folder.glob("*.json")))
    if not golds:
        raise InputError(str(folder), "holds no gold, expected <article>.json files")
    return tuple(g for g in golds if language in (None, g.language or g.article[:2]))


@cache
def _adapter() -> TypeAdapter[Gold]:
    return TypeAdapter(Gold)


def _parse(path: Path) -> Gold:
    try:
        return _adapter().validate_json(path.read_bytes())
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(str(path), f"is not a gold file: {where}: {first['msg']}") from e
