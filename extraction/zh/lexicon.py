"""The word lists of Chinese, one file a topic: `[name]` opens a list, white space parts words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def word_lists(file: str) -> dict[str, tuple[str, ...]]:
    """All lists of a file, in order. Lines that start with # are comments."""
    lists: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = ()
        elif not line.startswith("#"):
            lists[name] = (*lists.get(name, ()), *line.split())
    return lists


def alternatives(file: str, name: str) -> str:
    """The words of a list as a regular expression, the longest first."""
    return "|".join(re.escape(w) for w in sorted(word_lists(file)[name], key=len, reverse=True))
