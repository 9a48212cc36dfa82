"""What the tagger is trained on, in which shares, and what is held out."""

# mypy: ignore-errors
from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from zh_domain import domain_examples
from zh_labels import ASCII_MARKS, ORG, Example
from zh_sources import public_examples, unlabelled_examples
from zh_synthetic import synthetic_examples

_HELD_OUT = 14  # one text in fourteen
_SHARES = {"resume": 0.4}


def training_mixture(
    data: Path, *, synthetic: int, seed: int, unlabelled: int = 0, repeat: int = 2
) -> tuple[list[Example], dict[str, list[Example]]]:
    """Training examples, and the held-out ones of each set.

    The project's own documents come `repeat` times, its real ones twice as often; `unlabelled`
    characters of real text without labels are added.
    """
    chance = random.Random(seed)
    training: list[Example] = []
    held_out: dict[str, list[Example]] = {}
    for name, examples in public_examples(data).items():
        order = list(examples)
        random.Random(1).shuffle(order)
        held_out[name] = order[: len(order) // _HELD_OUT]
        rest = [
            e for e in order[len(order) // _HELD_OUT :] if _telling(e) or chance.random() < 0.12
        ]
        training += rest[: int(len(rest) * _SHARES.get(name, 1.0))]
    own, own_held_out = domain_examples(data)
    training += own * repeat + [e for e in own if e.source == "real"] * repeat
    training = [_roughened(e) if chance.random() < 0.1 else e for e in training]
    if synthetic:
        training += synthetic_examples(data, count=synthetic, seed=seed)
    if unlabelled:
        training += _some(unlabelled_examples(data), unlabelled, chance)
    return training, held_out | own_held_out


def _some(examples: list[Example], characters: int, chance: random.Random) -> list[Example]:
    """Examples at random until so many characters are reached."""
    chance.shuffle(examples)
    taken = []
    for example in examples:
        if characters <= 0:
            break
        taken.append(example)
        characters -= len(example.text)
    return taken


def _roughened(example: Example) -> Example:
    """The same text with ASCII punctuation, as many news pages have it."""
    return replace(example, text=example.text.translate(ASCII_MARKS))


def _telling(example: Example) -> bool:
    """Whether the text has an organization or a person; of the others a few suffice."""
    return any(kind in (*ORG, "PER", "TITLE") for s in example.spans for kind in s.kinds)
