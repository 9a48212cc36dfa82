"""Which province, region or municipality of China a place lies in."""

from __future__ import annotations

from functools import cache

from trihelix.schema.registry import Entry, registry


@cache
def region(place: str) -> str | None:
    """The province-level region of a place; None when the registry does not know it.

    A district's name that several cities share (鼓楼区) belongs to no region on its own.

    >>> region("沈阳市"), region("辽宁省沈阳市"), region("北京市"), region("Boston")
    ('辽宁省', '辽宁省', '北京市', None)
    """
    for length in range(len(place), 1, -1):
        found = {_top(entry) for entry in _places().get(place[:length], ())}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


@cache
def _places() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in registry():
        if entry.kind == "Place":
            for name in entry.names:
                found[name] = (*found.get(name, ()), entry)
    return found


def _top(entry: Entry) -> str:
    """The name of what the entry lies in that lies in nothing itself."""
    while entry.parent:
        above = [e for e in _places().get(entry.parent, ()) if e.key[:8] == entry.key[:8]]
        if not above:
            return entry.parent
        entry = above[0]
    return entry.name
