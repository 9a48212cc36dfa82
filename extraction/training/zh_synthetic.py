"""Synthetic sentences: the grammar's templates filled with names, with ASCII marks now and then."""

# mypy: ignore-errors
from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from zh_labels import ASCII_MARKS, KINDS, ORG, Example, Span
from zh_names import real_names

_SLOT = re.compile(r"\{([^}]+)\}")  # {KIND}, {KIND:rule}, {KIND=literal name}, {part}
_QUOTED = ("ORG_RES", "ORG_FIRM", "ORG_OTHER")

Piece = tuple[str, str | None]


def synthetic_examples(data: Path, *, count: int, seed: int) -> list[Example]:
    """`count` texts of one or two sentences, fully annotated."""
    writer = _Writer(real_names(data), random.Random(seed))
    return [writer.example() for _ in range(count)]


class _Writer:
    """Expands the grammar's patterns at random."""

    def __init__(self, lists: dict[str, list[str]], chance: random.Random) -> None:
        grammar = tomllib.loads(Path(__file__).with_name("zh_grammar.toml").read_text("utf-8"))
        self._chance = chance
        self._sentences: list[str] = grammar["news"]["sentences"]
        self._parts: dict[str, list[str]] = grammar["parts"]
        self._lists = lists | {name: words.split() for name, words in grammar["words"].items()}
        self._names = {
            name: list(zip(*(_weighted(p) for p in patterns), strict=True))
            for name, patterns in grammar["names"].items()
        }

    def example(self) -> Example:
        pieces: list[Piece] = []
        for _ in range(self._chance.choices([1, 2], [4, 1])[0]):
            if pieces and pieces[-1][0][-1] not in "。”.":
                pieces.append(("\n", None))
            pieces += self._expand(self._chance.choice(self._sentences))
        if self._chance.random() < 0.2:
            pieces = [(text.translate(ASCII_MARKS), kind) for text, kind in pieces]
        return _assembled(list(self._quoted(pieces)))

    def _expand(self, template: str) -> Iterator[Piece]:
        for position, part in enumerate(_SLOT.split(template)):
            if position % 2 == 0:
                if part:
                    yield part, None
            elif part in self._parts:
                yield from self._expand(self._chance.choice(self._parts[part]))
            else:
                yield self._span(part)

    def _span(self, slot: str) -> Piece:
        kind, literal = slot.partition("=")[::2]
        if literal:
            return literal, kind
        kind, rule = slot.partition(":")[::2]
        return self._name(rule or kind), kind

    def _name(self, rule: str) -> str:
        if rule in self._lists:
            return self._chance.choice(self._lists[rule])
        weights, patterns = self._names[rule]
        pattern = self._chance.choices(patterns, weights)[0]
        return _SLOT.sub(lambda match: self._name(match[1]), pattern)

    def _quoted(self, pieces: list[Piece]) -> Iterator[Piece]:
        for text, kind in pieces:
            if kind in _QUOTED and self._chance.random() < 0.03:
                yield from (("“", None), (text, kind), ("”", None))
            else:
                yield text, kind


def _weighted(pattern: str) -> tuple[float, str]:
    weight, _, rest = pattern.partition(" ")
    return float(weight), rest


def _assembled(pieces: list[Piece]) -> Example:
    """Two organizations written without a gap are one nested name: 武汉大学 + 计算机学院."""
    text, spans = "", []
    for piece, kind in pieces:
        start, text = len(text), text + piece
        if kind not in (*KINDS, *ORG):
            continue
        nested = spans and spans[-1].end == start and spans[-1].kinds[0] in ORG
        if nested and kind in ORG:
            start = spans.pop().start
        spans.append(Span(start=start, end=len(text), kinds=(kind,)))
    return Example(text=text, spans=tuple(spans), source="synthetic")
