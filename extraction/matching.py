"""Which predicted entity is which gold one: by the surface forms that they share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from trihelix.extraction.gold import GoldEntity
from trihelix.schema.records import Entity

_IGNORED = re.compile(r"[\s\"'“”‘’《》「」()（）·.,，、]")


def match(
    predicted: Sequence[Entity], gold: Sequence[GoldEntity], text: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Which predicted entity (by id) is which gold one (by name), and the unmerged duplicates.

    The one that shares most forms (the kind counts as a form) takes it, then the one mentioned
    most often.
    """
    forms = {p.id: _forms(p, text) for p in predicted}
    known = {g.name: {key(s) for s in g.surfaces} for g in gold}
    pairs = sorted(
        (-len(shared) - (p.kind == g.kind), -len(p.mentions), p.id, g.name)
        for p in predicted
        for g in gold
        if (shared := forms[p.id] & known[g.name])
    )
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, id_, name in pairs:
        if id_ not in matched and name not in taken:
            matched[id_] = name
            taken.add(name)
    unmerged: dict[str, str] = {}
    for _, _, id_, name in pairs:
        if id_ not in matched:
            unmerged.setdefault(id_, name)
    return matched, unmerged


def key(surface: str) -> str:
    """A surface form without case, width, spaces and quotation marks.

    >>> key("《Ａ Ｉ》 中心") == key("ai中心")
    True
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", surface)).casefold()


def _forms(entity: Entity, text: str) -> set[str]:
    surfaces = (entity.name, *entity.aliases, *(m.of(text) for m in entity.mentions))
    return {key(surface) for surface in surfaces} - {""}
