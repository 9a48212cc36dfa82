"""Several contracts told in one clause: 甲与乙、丙与丁签约."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from trihelix.extraction.zh.reading import Sentence, Token, is_kind

_WITH = re.compile(r"[与和同跟及—]|携手|联合")
_NEXT = re.compile(r"[、，；,;]|以及")

Participants = frozenset[tuple[str, str]]


def pairs(sentence: Sentence, token: Token) -> list[tuple[str, ...]]:
    """The pairs of a list such as 甲与乙、丙与丁; empty when it is a plain list.

    Only such a list is taken apart: every two members joined by 与, every pair by a comma.
    """
    if len(token.entities) < 4:
        return []
    places = [
        (at, sentence.tokens[c])
        for at, c in enumerate(sentence.marked)
        if c in sentence.tokens and is_kind(c, "Ⓞ") and _within(sentence.tokens[c], token)
    ]
    if len(places) < 4 or len(places) % 2:
        return []
    between = [sentence.marked[a + 1 : b] for (a, _), (b, _) in pairwise(places)]
    joined = all(_WITH.search(x) and not _NEXT.search(x) for x in between[::2])
    parted = all(_NEXT.search(x) and not _WITH.search(x) for x in between[1::2])
    if not (joined and parted):
        return []
    return [
        (*one.entities, *other.entities)
        for (_, one), (_, other) in zip(places[::2], places[1::2], strict=True)
    ]


def _within(part: Token, whole: Token) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def apart(found: Participants, listed: list[tuple[str, ...]]) -> Iterator[Participants]:
    """The contracts among those who sign in one telling: each pair signs one of its own."""
    if not listed:
        yield found
    for pair in listed:
        yield frozenset((r, e) for r, e in found if r != "signatory" or e in pair)
