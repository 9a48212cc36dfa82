"""Where Chinese sentences begin and end."""

from __future__ import annotations

import re

from trihelix.schema.records import Span

_END = "。！？!?；;…"
_CLOSERS = "”’」』）)》】\"'"
_OPEN = dict(zip("“‘「『（(《【", "”’」』）)》】", strict=True))
_LONGEST_QUOTE = 200  # an opening mark whose partner is farther away is taken for a slip
_BREAK = re.compile(rf"\n+|[{re.escape(_END)}]+[{re.escape(_CLOSERS)}]*|[{''.join(_OPEN)}]")


def sentences(text: str) -> tuple[Span, ...]:
    """Split at 。！？； and line ends, but not inside short quotes and brackets.

    Sentences are in order, do not overlap and carry no white space at their ends.

    >>> [s.of(t) for t in ["他说：“好。开始吧！”会议开始。"] for s in sentences(t)]
    ['他说：“好。开始吧！”会议开始。']
    """
    found: list[Span] = []
    start, position = 0, 0
    while match := _BREAK.search(text, position):
        position = match.end()
        if match.group() in _OPEN:
            position = _after_quote(text, match.start()) or position
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _after_quote(text: str, opening: int) -> int | None:
    """The position after the closing partner, when it is near and on the same line."""
    limit = min(len(text), opening + _LONGEST_QUOTE)
    closing = text.find(_OPEN[text[opening]], opening + 1, limit)
    if closing < 0 or "\n" in text[opening:closing]:
        return None
    closes_sentence = text[closing - 1] in _END and _starts_sentence(text, closing + 1)
    return closing if closes_sentence else closing + 1


def _starts_sentence(text: str, position: int) -> bool:
    """Whether a new line or the end follows, so that the quote ended its sentence."""
    return position >= len(text) or text[position] == "\n"


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        found.append(Span(start=start + left, end=start + right))
