"""Which roles a mention plays, from the words around it: a linear model over hashed features.

Works on folded sentences (fold.py), where posts, lists and representatives are single letters, so
that a few characters to the left and right say much. One score a role; a mention may play several.
Trained on documents that say who plays which role, not where (extraction/training/train_roles.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from trihelix.extraction.zh.reading import Reading, Sentence, Token, clauses, is_kind
from trihelix.schema.errors import ConfigurationError

BUCKETS: Final = 1 << 18
_LEFT, _RIGHT, _AROUND = 12, 18, 4
_CLASSES = "ⓄⓅⓂⓁⓉ"
_MARKERS = frozenset("由与和同向对在被获受给为于从及让使将把经据赴到至")
_FILE = Path(__file__).parents[1] / "models" / "zh-roles.npz"

LEAST: Final = 0.03
"""Chances below this are not worth keeping."""

Role = tuple[str, str]  # kind of event, role


@dataclass(slots=True)
class Proposals:
    """What the model proposes of a document; entities by id.

    `roles` has the chances of each sentence, `best` the highest over all sentences.
    """

    roles: dict[tuple[int, Role, str], float] = field(default_factory=dict)
    best: dict[tuple[Role, str], float] = field(default_factory=dict)

    def add(self, sentence: int, role: Role, entity: str, chance: float) -> None:
        """Note a chance; of several the highest stays."""
        key = (sentence, role, entity)
        self.roles[key] = max(chance, self.roles.get(key, 0.0))
        self.best[role, entity] = max(chance, self.best.get((role, entity), 0.0))

    def role(self, kind: str, role: str, entity: str) -> float:
        """The chance that an entity plays a role in some event of the document."""
        return self.best.get(((kind, role), entity), LEAST / 2)


def propose(reading: Reading) -> Proposals:
    """The roles that the shipped model reads in a folded document."""
    model = role_model()
    found = Proposals()
    for sentence, entity, features in instances(reading):
        chances = model.chances(features)
        for column in np.flatnonzero(chances > LEAST):
            role = model.roles[column]
            if _may_play(reading.kinds[entity], role):
                found.add(sentence, role, entity, float(chances[column]))
    return found


_THINGS = frozenset({"output", "project", "technology"})


def _may_play(kind: str, role: Role) -> bool:
    """Things are made, funded and transferred; whoever acts is an organization or a person."""
    thing = kind in ("Project", "Technology")
    if role[1] in _THINGS:
        return thing
    if kind == "Place":
        return role[1] == "venue"
    return not thing or role[1] == "recipient" or role == ("Founding", "founded")


def instances(reading: Reading) -> Iterator[tuple[int, str, list[int]]]:
    """Every (sentence, entity, features): each mention, and each organization spoken for."""
    for sentence in reading.sentences:
        if not sentence.tokens:
            continue
        shown = _shown(sentence)
        for offset, clause in clauses(sentence.folded):
            for at, letter in enumerate(clause, offset):
                token = sentence.tokens.get(letter)
                if token is None:
                    continue
                yield from _of_token(reading, sentence, token, shown, at, offset, len(clause))


def _of_token(
    reading: Reading,
    sentence: Sentence,
    token: Token,
    shown: str,
    at: int,
    offset: int,
    length: int,
) -> Iterator[tuple[int, str, list[int]]]:
    words = list(_words(shown, at, offset, offset + length))
    plain, lettered, employed = (_hashed(words, letter) for letter in ("", shown[at], "E"))
    first = f"first{sentence.index == 0}"
    for entity in token.entities:
        kind = reading.kinds[entity]
        own = [f"kind {kind}", f"{len(token.entities) > 1}{token.generic}{first}"]
        yield sentence.index, entity, _joint(own, plain, shown[at], lettered)
    for entity in token.employers:
        own = [f"kind {reading.kinds[entity]}", f"employer{first}"]
        yield sentence.index, entity, _joint(own, plain, "E", employed)


def _shown(sentence: Sentence) -> str:
    """The folded sentence with the class of each mention in place of its letter."""
    return "".join(
        next(c for c in _CLASSES if is_kind(x, c)) if x in sentence.tokens else x
        for x in sentence.folded
    )


def _words(shown: str, at: int, start: int, end: int) -> Iterator[str]:
    """What stands around: beside it, on either side of it in its clause, and in the sentence."""
    left, right = shown[max(start, at - _LEFT) : at], shown[at + 1 : min(end, at + _RIGHT)]
    marker = left[-1:] if left[-1:] in _MARKERS else ""
    for n in range(1, _AROUND + 1):
        yield f"l {shown[max(0, at - n) : at]}"
        yield f"r {shown[at + 1 : at + 1 + n]}"
    yield f"lr {left[-1:]} {right[:2]}"
    for n in (2, 3):
        for gram in _grams(left, n):
            yield f"L {gram}"
        for gram in _grams(right, n):
            yield f"R {gram}"
            yield f"M {marker} {gram}"
    before, after = shown[max(0, start - 16) : start], shown[end : end + 16]
    for gram in _grams(before, 2):
        yield f"B {gram}"
    for gram in _grams(after, 2):
        yield f"A {gram}"
    counted = sum(c in _CLASSES for c in left), sum(c in _CLASSES for c in right)
    yield f"n {counted}"


def _grams(text: str, n: int) -> Iterable[str]:
    """The runs of `n` characters, each once, in order: the order of a sum decides its last bit."""
    return dict.fromkeys(text[i : i + n] for i in range(len(text) - n + 1))


def _hashed(words: list[str], letter: str) -> list[int]:
    return [crc32(f"{letter}{word}".encode()) % BUCKETS for word in words]


def _joint(own: list[str], plain: list[int], letter: str, lettered: list[int]) -> list[int]:
    """Features alone and with the class of the mention, its own before those of its place."""
    return [*_hashed(own, ""), *plain, *_hashed(own, letter), *lettered]


class RoleModel:
    """The weights: of each known bucket a row, of each role a column.

    Raises:
        ConfigurationError: when the file is missing.
    """

    def __init__(self, file: Path | None = None) -> None:
        path = file or _FILE
        if not path.is_file():
            raise ConfigurationError(
                f"no {path.name} in {path.parent}, expected the weights that read roles; "
                "install Trihelix with its model files"
            )
        with np.load(path) as stored:
            self.roles: list[Role] = [
                (kind, role) for kind, role in (str(x).split(".") for x in stored["roles"])
            ]
            self._bias = stored["bias"].astype(np.float32)
            self._weights = stored["weights"].astype(np.float32)
            self._rows = np.zeros(BUCKETS, np.int32)
            self._rows[stored["buckets"]] = np.arange(1, len(stored["buckets"]) + 1)
        empty = np.zeros((1, len(self.roles)), np.float32)
        self._weights = np.concatenate((empty, self._weights))

    def chances(self, features: list[int]) -> NDArray[np.float32]:
        """The probability of each role."""
        total = self._bias + self._weights[self._rows[features]].sum(axis=0)
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))), np.float32)


@cache
def role_model() -> RoleModel:
    """The shipped model, read once."""
    return RoleModel()
