"""Heads that read roles and relations from a tagger's states, and what they learn from.

A document says who plays which role, not where: the chance that some mention of an entity says so
is learnt (one minus the product of the mentions' misses), so that each mention need not be marked.
"""

# mypy: ignore-errors
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from marks import Block, vocabulary
from torch import Tensor, nn
from zh_encoder import SpanTagger
from zh_labels import Example

from trihelix.extraction.zh.tagger import windows

RELATIONS, EVENTS = vocabulary()
ROLES = [f"{kind}.{role}" for kind, event in EVENTS.items() for role in event["roles"]]
LINKS = [*RELATIONS, "TOGETHER"]
STATE, RANK = 256, 32  # features of a character's state, and of each end of a link


class FactTagger(nn.Module):
    """A tagger whose states also feed the heads of roles and links."""

    def __init__(self, tagger: SpanTagger) -> None:
        super().__init__()
        self.tagger = tagger
        self.state = nn.Linear(tagger.shape.hidden, STATE)
        self.role = nn.Linear(2 * STATE, len(ROLES))
        self.source = nn.Linear(2 * STATE, len(LINKS) * RANK)
        self.target = nn.Linear(2 * STATE, len(LINKS) * RANK)
        self.rarity = nn.Parameter(torch.full((len(LINKS),), -4.0))
        self.drop = nn.Dropout(0.2)
        nn.init.constant_(self.role.bias, -4.0)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Label scores and states, (batch, length, labels) and (batch, length, STATE)."""
        hidden = self.tagger.encode(ids, mask)
        return self.tagger.head(hidden), nn.functional.gelu(self.state(hidden))

    def heads(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """Role scores (mentions, roles) and link scores (mentions, mentions, links)."""
        shape = (len(vectors), len(LINKS), RANK)
        source, target = self.source(vectors).view(shape), self.target(vectors).view(shape)
        links = torch.einsum("ird,jrd->ijr", source, target) / RANK**0.5 + self.rarity
        return self.role(vectors), links


def save_heads(model: FactTagger, path: Path) -> None:
    """The heads as `extraction/zh/proposals.py` reads them, in half precision."""
    arrays = {"scale": np.float16(RANK**-0.5), "link_b": model.rarity}
    for name in ("role", "source", "target"):
        arrays[f"{name}_w"], arrays[f"{name}_b"] = (
            getattr(model, name).weight.T,
            getattr(model, name).bias,
        )
    numbers = {
        k: v if isinstance(v, np.float16) else v.detach().numpy().astype(np.float16)
        for k, v in arrays.items()
    }
    np.savez_compressed(path, roles=np.array(ROLES), links=np.array(LINKS), **numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One document to learn from: its windows, its mentions, and what holds of its entities.

    `mentions` are (entity, window, first, last) by position in the window. `unknown` roles and
    links may or may not hold.
    """

    windows: tuple[Example, ...]
    mentions: tuple[tuple[int, int, int, int], ...]
    entities: int
    roles: frozenset[tuple[int, int]]
    unknown_roles: frozenset[tuple[int, int]]
    links: frozenset[tuple[int, int, int]]
    unknown_links: frozenset[tuple[int, int, int]]

    @classmethod
    def of(cls, block: Block, examples: Iterable[Example]) -> Facts:
        """The facts of an annotated document; `examples` are its windows for the tagger."""
        number: dict[str, int] = {}
        mentions = []
        places = windows(block.text)
        for mark in block.marks:
            if mark.id == "t":
                continue
            for window, (start, end) in enumerate(places):
                if start <= mark.start and mark.end <= end:
                    entity = number.setdefault(mark.id, len(number))
                    mentions.append((entity, window, mark.start - start, mark.end - 1 - start))
        roles, maybe = _roles(block, number)
        links, perhaps = _links(block, number)
        return cls(
            windows=tuple(examples),
            mentions=tuple(mentions),
            entities=len(number),
            roles=frozenset(roles),
            unknown_roles=frozenset(maybe - roles),
            links=frozenset(links),
            unknown_links=frozenset(perhaps - links),
        )

    @property
    def size(self) -> int:
        """Characters."""
        return sum(len(w.text) for w in self.windows)


def _roles(block: Block, number: dict[str, int]) -> tuple[set, set]:
    sure, maybe = set(), set()
    for event in block.events:
        kinds = [event.kind, *event.attributes.get("alt", "").split(",")]
        for role, name in event.participants:
            if name not in number:
                continue
            for kind in kinds:
                if f"{kind}.{role}" in ROLES:
                    fact = (number[name], ROLES.index(f"{kind}.{role}"))
                    (sure if kind == event.kind and not event.optional else maybe).add(fact)
    return sure, maybe


def _links(block: Block, number: dict[str, int]) -> tuple[set, set]:
    sure, maybe = set(), set()
    for relation in block.relations:
        if relation.source in number and relation.target in number:
            fact = (number[relation.source], number[relation.target], LINKS.index(relation.kind))
            (maybe if relation.optional else sure).add(fact)
    for event in block.events:
        names = {number[name] for _, name in event.participants if name in number}
        pairs = {(a, b, len(LINKS) - 1) for a in names for b in names if a != b}
        (maybe if event.optional else sure).update(pairs)
    return sure, maybe


def fact_loss(model: FactTagger, states: Tensor, document: Facts, first: int) -> tuple:
    """Losses of roles and links for a document whose windows begin at row `first` of a batch.

    Position 0 of a row is [CLS]: characters are one further.
    """
    if not document.mentions:
        return states.sum() * 0, states.sum() * 0
    entity, window, start, end = torch.tensor(document.mentions).T
    vectors = torch.cat([states[first + window, start + 1], states[first + window, end + 1]], -1)
    roles, links = model.heads(model.drop(vectors))
    role_loss = _bag_loss(roles, entity, document.entities, document.roles, document.unknown_roles)
    one, other = ((window[:, None] == window) & (entity[:, None] != entity)).nonzero(as_tuple=True)
    if not len(one):
        return role_loss, states.sum() * 0
    n = document.entities
    link_loss = _bag_loss(
        links[one, other],
        entity[one] * n + entity[other],
        n * n,
        {(a * n + b, k) for a, b, k in document.links},
        {(a * n + b, k) for a, b, k in document.unknown_links},
    )
    return role_loss, link_loss


def _bag_loss(scores: Tensor, bag: Tensor, bags: int, true: Iterable, unknown: Iterable) -> Tensor:
    """Minus the log likelihood of the bags' labels, summed, by the bags that have members."""
    missed = torch.zeros(bags, scores.shape[1]).index_add(0, bag, nn.functional.logsigmoid(-scores))
    label, weight = torch.zeros_like(missed), torch.ones_like(missed)
    for row, column in true:
        label[row, column] = 1
    for row, column in unknown:
        weight[row, column] = 0
    found = torch.log(-torch.expm1(missed.clamp(max=-1e-6)) + 1e-9)
    there = torch.zeros(bags, dtype=torch.bool)
    there[bag] = True
    return -(weight * (label * found + (1 - label) * missed))[there].sum()


def chances(model: FactTagger, states: Tensor, document: Facts) -> tuple[dict, dict]:
    """The best chance of each role and link over the mentions, keyed as in `Facts`."""
    roles: dict = {}
    links: dict = {}
    if not document.mentions:
        return roles, links
    entity, window, start, end = torch.tensor(document.mentions).T
    vectors = torch.cat([states[window, start + 1], states[window, end + 1]], -1)
    role, link = (scores.sigmoid().numpy() for scores in model.heads(vectors))
    for row, column in zip(*np.nonzero(role > 0.05), strict=True):
        key = (int(entity[row]), int(column))
        roles[key] = max(float(role[row, column]), roles.get(key, 0.0))
    for i, j, k in zip(*np.nonzero(link > 0.05), strict=True):
        if window[i] == window[j] and entity[i] != entity[j]:
            key = (int(entity[i]), int(entity[j]), int(k))
            links[key] = max(float(link[i, j, k]), links.get(key, 0.0))
    return roles, links
