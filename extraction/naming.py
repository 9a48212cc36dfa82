"""Forms of a name that mean the same: width, case, legal forms, and the registry behind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from trihelix.schema.registry import Entry, registry
from trihelix.schema.vocabulary import vocabulary

_LEGAL_FORM = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|公司|股份"
    r"|,?\s*\b(incorporated|inc|corporation|corp|company|co\.?,?\s*ltd|pte\.?,?\s*ltd|ltd|limited"
    r"|llc|plc|gmbh|s\.?a|s\.?r\.?l|as|ab|ag|bv|b\.v|nv|n\.v|oyj?)\.?)$"
)
_GROUP = re.compile(r"(集团| group| holdings)$")
_OF_ACADEMY = re.compile(
    r",? (?:of the |of )?(?:chinese academy of sciences|cas)$"
    r"|^(?:cas|chinese academy of sciences)(?:'s?)? ",
    re.IGNORECASE,
)
_ACADEMY = "中国科学院"
_MIN_CORE = 2


def normal(name: str) -> str:
    """A name without width, case, spaces and quotation marks.

    >>> normal("“滴滴 出行”（中国）")
    '滴滴出行(中国)'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if re.search(r"[\u4e00-\u9fff]", folded):
        folded = re.sub(r"\s", "", folded)
    return re.sub(r"[\"'“”‘’《》「」]", "", re.sub(r"\s+", " ", folded)).strip()


def without_legal_form(name: str) -> str:
    """A firm's name without its legal form.

    >>> without_legal_form("沈阳鼓风机集团股份有限公司"), without_legal_form("Nordic Sails AS")
    ('沈阳鼓风机集团', 'nordic sails')
    """
    short = normal(name)
    while (cut := _LEGAL_FORM.sub("", short).rstrip(" ,")) != short and len(cut) >= _MIN_CORE:
        short = cut
    return short


def candidates(name: str, *, firm: bool = False) -> tuple[Entry, ...]:
    """What the registry knows under a name, or under what it is without its legal form (of a
    firm) or its academy.

    >>> [e.name for e in candidates("Ansteel Group Corporation", firm=True)]
    ['鞍钢集团有限公司']
    >>> [e.name for e in candidates("Institute of Metal Research, Chinese Academy of Sciences")]
    ['中国科学院金属研究所']
    """
    if found := registry().lookup(name):
        return found
    if firm:
        return _firms().get(_core(name), ())
    bare = _OF_ACADEMY.sub("", name)
    if bare != name:
        return tuple(e for e in registry().lookup(bare) if e.parent == _ACADEMY)
    return ()


@cache
def _firms() -> dict[str, tuple[Entry, ...]]:
    """Firms of the registry by their names' cores."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry, core in _cores():
        if entry not in found.get(core, ()):
            found[core] = (*found.get(core, ()), entry)
    return found


def _cores() -> Iterator[tuple[Entry, str]]:
    for entry in registry():
        if vocabulary().sector(entry.kind) == "firm":
            yield from ((entry, _core(name)) for name in entry.names)


def _core(name: str) -> str:
    """A firm's name without legal form and 集团 or Group."""
    short = without_legal_form(name)
    cut = _GROUP.sub("", short)
    return without_legal_form(cut) if len(cut) > _MIN_CORE else short


_LONGEST_PLACE = 8
_OF_CITY_OR_ABOVE = "00"  # how the codes of provinces and prefectures end (GB/T 2260)


def place_of(name: str) -> str | None:
    """The province or prefecture that an organization's name begins with.

    >>> place_of("沈阳云帆机器人股份有限公司"), place_of("云帆机器人")
    ('沈阳市', None)
    """
    for length in range(min(_LONGEST_PLACE, len(name)), 1, -1):
        found = {
            e.name
            for e in registry().lookup(name[:length])
            if e.kind == "Place" and e.key.endswith(_OF_CITY_OR_ABOVE)
        }
        if len(found) == 1:
            return found.pop()
    return None


def fullness(name: str) -> tuple[bool, int, str]:
    """Chinese before English, then the longer name; the name itself decides a tie."""
    return (bool(re.search(r"[\u4e00-\u9fff]", name)), len(name), name)
