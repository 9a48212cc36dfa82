"""What a person's name looks like."""

from __future__ import annotations

import re

from trihelix.extraction.zh.lexicon import alternatives, word_lists

_LISTS = word_lists("persons.txt")
_SURNAMES = frozenset(_LISTS["surname"])
_RARE = frozenset(_LISTS["rare"])
_NOT_NAMES = frozenset(_LISTS["not"])
_HAN = r"[\u4e00-\u9fff]"
_HAN_NAME = re.compile(rf"{_HAN}{{2,4}}")
ENDS_IN_TITLE = re.compile(rf"(?:{alternatives('persons.txt', 'title')})$")
FOREIGN = re.compile(rf"(?:{_HAN}|[A-Z]){_HAN}*(?:[·・•.．](?:{_HAN}|[A-Z]){_HAN}*)+")
LATIN = re.compile(r"[A-Z][A-Za-z'’.-]*(?:\s[A-Z][A-Za-z'’.-]*)*")


def is_personal_name(name: str, *, rare: bool = True) -> bool:
    """Whether the form is that of a person's full name. `rare` allows surnames like 和 or 全.

    >>> is_personal_name("冯知庭"), is_personal_name("约翰·肖普兰德"), is_personal_name("李校长")
    (True, True, False)
    """
    if FOREIGN.fullmatch(name) or LATIN.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name) or name in _NOT_NAMES or ENDS_IN_TITLE.search(name):
        return False
    known = name[0] in _SURNAMES or (rare and name[0] in _RARE)
    return (name[:2] in _SURNAMES and len(name) >= 3) or (known and len(name) <= 3)


def is_plausible_name(name: str) -> bool:
    """A foreign name without a dot, or a surname that the list lacks."""
    if re.search(r"[\d\s，。、的]", name) or name in _NOT_NAMES:
        return False
    return 2 <= len(name) <= 8 and not ENDS_IN_TITLE.search(name)
