"""Facts about well-known names: who is called what. Read once from the tables in registry/.

Each table has the columns key, kind, name, aliases (separated by |), english, place, parent.
A name that several entries share (东大) is looked up as several: the caller decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trihelix.schema.errors import VocabularyError

_FOLDER = Path(__file__).with_name("registry")
_COLUMNS = ["key", "kind", "name", "aliases", "english", "place", "parent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One known organization or place. `place` and `parent` are names, or empty."""

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    english: str = ""
    place: str = ""
    parent: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the entry: full, short and English."""
        return tuple(n for n in (self.name, *self.aliases, self.english) if n)


class Registry:
    """Entries by any of their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._by_name: dict[str, tuple[Entry, ...]] = {}
        for entry in self._entries:
            for name in {_folded(n) for n in entry.names}:
                self._by_name[name] = (*self._by_name.get(name, ()), entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The entries called `name`: none, one, or several when the name is ambiguous.

        >>> [e.name for e in registry().lookup("西安交大")]
        ['西安交通大学']
        >>> [e.name for e in registry().lookup("东大")]
        ['东北大学', '东南大学', '东京大学']
        """
        return self._by_name.get(_folded(name), ())

    @property
    def names(self) -> Mapping[str, tuple[Entry, ...]]:
        """All folded names and what they stand for."""
        return self._by_name


_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def _folded(name: str) -> str:
    if name.isascii():
        return " ".join(name.split()).casefold()
    return _SPACES.sub("", unicodedata.normalize("NFKC", name)).casefold()


@cache
def registry() -> Registry:
    """The shipped registry.

    Raises:
        VocabularyError: when a table has a wrong header or row.
    """
    return Registry(entry for path in sorted(_FOLDER.glob("*.tsv")) for entry in load(path))


def load(path: Path) -> Iterator[Entry]:
    """The entries of one table.

    Raises:
        VocabularyError: naming the file and line that is wrong.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if header.split("\t") != _COLUMNS:
        raise VocabularyError(f"{path}: the header must be {_COLUMNS}, found {header!r}")
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS):
            raise VocabularyError(
                f"{path}:{number}: expected {len(_COLUMNS)} cells, found {len(cells)}"
            )
        key, kind, name, aliases, english, place, parent = cells
        yield Entry(
            key=key,
            kind=kind,
            name=name,
            aliases=tuple(aliases.split("|")) if aliases else (),
            english=english,
            place=place,
            parent=parent,
        )
