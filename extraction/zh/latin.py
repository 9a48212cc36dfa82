"""Latin words in Chinese text: which are names of organizations, which of people."""

from __future__ import annotations

import re

from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.names import is_strong, suffix_of
from trihelix.schema.registry import registry

_RUN = re.compile(r"[A-Za-z][A-Za-z,.'’ -]*[A-Za-z]|[A-Za-z]")
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_TITLE = alternatives("persons.txt", "title")
_SPEAKS = re.compile(rf"(?:{_TITLE}|表示|说|指出|介绍|认为|强调|称|透露|坦言)")
_POST = re.compile(rf"(?:{_TITLE})$")
_PRODUCT = re.compile(r"[a-z]{1,2}[A-Z]|\d+[GD]$|[A-Z]+-?\d+[A-Z]*$")  # iPhone, 3G, EC7
_LEAST_SCORE = 0.5
_BACK = 60


def is_latin_person(text: str, start: int, end: int) -> bool:
    """Capitalized words that speak, or follow a post or an organization's name.

    >>> is_latin_person("英特尔的Jane Smith表示", 4, 14)
    True
    """
    if not _PERSON.fullmatch(text[start:end]) or registry().lookup(text[start:end]):
        return False
    before = text[max(0, start - 8) : start]
    return bool(_SPEAKS.match(text, end) or _POST.search(before)) or is_strong(suffix_of(before))


def is_latin_name(text: str, start: int, end: int, *, score: float) -> bool:
    """Whether a Latin span can be an organization's name: no part of a phrase, known or sure."""
    if registry().lookup(text[start:end]):
        return True
    product = _PRODUCT.match(text[start:end])
    if product or score < _LEAST_SCORE or is_latin_person(text, start, end):
        return False
    runs = _RUN.finditer(text, max(0, start - _BACK))
    run = next((m for m in runs if m.end() > start), None)
    return run is None or not any(word.islower() for word in run.group().split())
