"""Finding known names in a text: organizations and places of the registry, organs of government."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trihelix.extraction.zh.lexicon import word_lists
from trihelix.schema.registry import Entry, registry

_HAN = re.compile(r"[\u4e00-\u9fff]")


class Scanner:
    """Finds the longest of many names at every position, one dictionary look-up a character."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in names:
            self._by_start.setdefault(name[:2], []).append(name)
        for found in self._by_start.values():
            found.sort(key=len, reverse=True)

    def scan(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each match, from left to right; a match may not begin inside another."""
        position, last = 0, len(text) - 1
        while position < last:
            end = self._match(text, position)
            if end:
                yield position, end
            position = end or position + 1

    def _match(self, text: str, start: int) -> int:
        for name in self._by_start.get(text[start : start + 2], ()):
            end = start + len(name)
            if text.startswith(name, start) and not _splits_word(text, start, end):
                return end
        return 0


def _splits_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is only a part of a longer word."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return (text[start].isascii() and before.isascii() and before.isalnum()) or (
        text[end - 1].isascii() and after.isascii() and after.isalnum()
    )


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ of government without its place: 工信厅, 工业和信息化厅, Agency."""

    short: str
    full: str
    kind: str


@cache
def organs() -> dict[str, Organ]:
    """Organs by short form."""
    text = Path(__file__).with_name("organs.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {
        short: Organ(short=short, full=short if full == "=" else full, kind=kind)
        for short, full, kind in rows
    }


@cache
def places() -> dict[str, tuple[Entry, ...]]:
    """Places by full and short name."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in registry():
        if entry.kind == "Place":
            for name in (entry.name, *entry.aliases):
                found[name] = (*found.get(name, ()), entry)
    return found


@cache
def place_scanner() -> Scanner:
    ordinary = set(word_lists("ordinary.txt")["places"])
    return Scanner(name for name in places() if name not in ordinary)


@cache
def _organ_pattern() -> re.Pattern[str]:
    words = {o for o in organs() if len(o) > 1} | {o.full for o in organs().values()}
    return re.compile("|".join(sorted(words - {"委"}, key=lambda w: (-len(w), w))))


@dataclass(frozen=True, slots=True)
class OrganMatch:
    """An organ in a text. `place` is the prefix as written: 辽宁省, 省, 沈阳市, 市 or nothing."""

    start: int
    end: int
    place: str
    organ: str
    kind: str


_LEVEL = "省市区县州盟旗"
_BEFORE_NAME = re.compile(
    r"([由与和及同向对在到被据经从为是按照的了给兼请合办责长任我委实彻报经助率]|带领|代表|以及|联合)$"
)
_LONGEST_PLACE = 11
_LIST = frozenset("、和与及")
_COMMITTEE = re.compile(r"(?<=[省市县区州])委(?![员托派副外会任屈])")


def find_organs(text: str) -> Iterator[OrganMatch]:
    """All organs of government that a place or 省, 市, 区, 县 introduces, or a list of such."""
    kinds = {name: o.kind for o in organs().values() for name in (o.full, o.short)}
    last_end = -1
    for match in _organ_pattern().finditer(text):
        place = places_before(text, match.start())
        listed = (
            match.start() - 1 == last_end and text[last_end] in _LIST and len(match.group()) > 2
        )
        if place or listed:
            start = match.start() - len(place)
            last_end = match.end()
            yield OrganMatch(start, match.end(), place, match.group(), kinds[match.group()])
    for match in _COMMITTEE.finditer(text):
        if place := places_before(text, match.start()):
            yield OrganMatch(match.start() - len(place), match.end(), place, "委", "Agency")


def places_before(text: str, end: int) -> str:
    """广州市天河区: a place and the one that it lies in."""
    inner = place_before(text, end)
    if len(inner) < 2:
        return inner
    outer = place_before(text, end - len(inner))
    return outer + inner if len(outer) > 2 else inner


def place_before(text: str, end: int) -> str:
    """The place name, or the bare level 省, 市, 区, 县, that ends at `end`."""
    known = places()
    for length in range(min(_LONGEST_PLACE, end), 1, -1):
        if text[end - length : end] in known:
            return text[end - length : end]
    if text[max(0, end - 3) : end] == "自治区":
        return "自治区"
    level = text[end - 1 : end]
    if level == "省" and text[max(0, end - 2) : end - 1] not in set("全各本外跨两多三"):
        return level
    return level if level and level in _LEVEL and _opens(text, end - 1) else ""


def _opens(text: str, position: int) -> bool:
    """Whether the word before `position` ends there, so that 市 begins a name."""
    before = text[max(0, position - 2) : position]
    return not _HAN.match(before[-1:]) or bool(_BEFORE_NAME.search(before))


@cache
def known_scanner() -> Scanner:
    """Registry names that are sure wherever they stand: long enough, and no places."""
    return Scanner(name for entry in registry() for name in _sure_names(entry))


_SHORTEST_SURE = {"University": 4, "Institute": 4, "Agency": 3, "Laboratory": 4}


def _sure_names(entry: Entry) -> Iterator[str]:
    if entry.kind == "Place":
        return
    shortest = _SHORTEST_SURE.get(entry.kind, 4)
    for name in (entry.name, *entry.aliases):
        if len(name) >= shortest or (len(name) == 3 and name[-1] in "大院航财师工电邮"):
            yield name
