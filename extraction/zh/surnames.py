"""What a person's name looks like."""

from __future__ import annotations

import re

from trihelix.extraction.zh.lexicon import alternatives, word_lists

_LISTS = word_lists("persons.txt")
_SURNAMES = frozenset(_LISTS["surname"])
_RARE = frozenset(_LISTS["rare"])
_NOT_NAMES = frozenset(_LISTS["not"])
_PARTS = frozenset(_LISTS["part"])
_HAN = r"[\u4e00-\u9fff]"
_HAN_NAME = re.compile(rf"{_HAN}{{2,4}}")
ENDS_IN_TITLE = re.compile(rf"(?:{alternatives('persons.txt', 'title')})$")
FOREIGN = re.compile(rf"(?:{_HAN}|[A-Z]){_HAN}*(?:[·・•.．](?:{_HAN}|[A-Z]){_HAN}*)+")
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỹА-яё'’.-]*"
_PARTICLE = r"(?:van|von|der|den|de|da|dos|di|del|la|bin|binti|ibn|al|el)"
LATIN = re.compile(rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL})*")
# Parts that names of Tibetans, Mongols, Uygurs, Kazakhs, Yi and others are put together from.
_COMPOSED = re.compile(rf"(?:{alternatives('persons.txt', 'part')}){{1,4}}")


def is_personal_name(name: str, *, rare: bool = True) -> bool:
    """Whether the form is that of a person's full name. `rare` allows surnames like 和 or 全.

    >>> is_personal_name("冯知庭"), is_personal_name("约翰·肖普兰德"), is_personal_name("李校长")
    (True, True, False)
    """
    if FOREIGN.fullmatch(name) or LATIN.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name) or name in _NOT_NAMES or ENDS_IN_TITLE.search(name):
        return False
    if name[1:] in {"某", "姓", "氏", "某某"}:
        return False
    known = name[0] in _SURNAMES or (rare and name[0] in _RARE)
    return (name[:2] in _SURNAMES and len(name) >= 3) or (known and len(name) <= 3)


def is_composed_name(name: str) -> bool:
    """A name without a surname, put together from known parts.

    >>> is_composed_name("次仁多吉"), is_composed_name("乌兰图雅"), is_composed_name("机器人")
    (True, True, False)
    """
    return len(name) >= 3 and bool(_COMPOSED.fullmatch(name))


def surname_before(text: str, start: int) -> int:
    """The start of the surname (or first part) that ends at `start`, or `start` where none does.

    >>> surname_before("校长闻人月白", 4), surname_before("校长月白", 2)
    (2, 2)
    """
    for length in (3, 2, 1):
        before = text[max(0, start - length) : start]
        if before in _SURNAMES or before in _RARE or before in _PARTS:
            return start - len(before)
    return start


def is_plausible_name(name: str) -> bool:
    """A foreign name without a dot, or a surname that the list lacks."""
    if re.search(r"[\d\s，。、的某]", name) or name in _NOT_NAMES:
        return False
    return 2 <= len(name) <= 8 and not ENDS_IN_TITLE.search(name)
