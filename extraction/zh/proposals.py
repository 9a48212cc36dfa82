"""Roles and relations that the encoder proposes: small learned heads over pairs of its states.

A mention's vector is the encoder's state at its first and its last character. One head scores the
roles that a mention plays (Convening.speaker, …), another the relations between two mentions that
were read together, and whether they take part in one event: a low-rank bilinear form each (Yang et
al., ICLR 2015). How they are trained, and how good they are: models/zh-tagger/MODEL_CARD.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trihelix.extraction.states import States
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Annotation
from trihelix.schema.vocabulary import vocabulary

LEAST: Final = 0.03
"""Proposals less likely than this are not worth keeping."""

_FILE = Path(__file__).parents[1] / "models" / "zh-tagger" / "facts.npz"
Matrix = NDArray[np.float32]
Role = tuple[str, str]  # kind of event, role


@dataclass(frozen=True, slots=True)
class Proposed:
    """How likely, and the sentence that says so most clearly."""

    chance: float
    sentence: int


@dataclass(slots=True)
class Proposals:
    """What the encoder proposes of a document; entities by id.

    `roles` has each sentence's own proposals; `relations` the best of all sentences; `together`
    how likely two entities take part in one event (ids in order).
    """

    roles: dict[tuple[int, Role, str], float] = field(default_factory=dict)
    relations: dict[tuple[str, str, str], Proposed] = field(default_factory=dict)
    together: dict[tuple[str, str], float] = field(default_factory=dict)
    best: dict[tuple[Role, str], float] = field(default_factory=dict)

    def role(self, kind: str, role: str, entity: str) -> float:
        """The chance that an entity plays a role in some event of the document."""
        return self.best.get(((kind, role), entity), LEAST / 2)

    def relation(self, kind: str, source: str, target: str) -> float:
        """The chance of a relation."""
        found = self.relations.get((kind, source, target))
        return found.chance if found else LEAST / 2


@dataclass(frozen=True, slots=True)
class _Mention:
    entities: tuple[str, ...]
    sentence: int
    vector: Matrix


class FactModel:
    """The heads, read from one file.

    Raises:
        ConfigurationError: when the file is missing.
    """

    def __init__(self, file: Path | None = None) -> None:
        path = file or _FILE
        if not path.is_file():
            raise ConfigurationError(
                f"no {path.name} in {path.parent}, expected the learned heads of the tagger; "
                "install Trihelix with its model files"
            )
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        self._arrays = {k: v.astype(np.float32) for k, v in arrays.items() if v.dtype.kind == "f"}
        self._roles: list[Role] = [
            (kind, role) for kind, role in (str(x).split(".") for x in arrays["roles"])
        ]
        self._links = [str(x) for x in arrays["links"]]

    def propose(self, annotation: Annotation, states: States) -> Proposals:
        """All proposals for the entities (and generic references) of a document."""
        found = Proposals()
        kinds = {e.id: e.kind for e in annotation.entities}
        for mentions in _by_window(annotation, states).values():
            vectors = np.stack([m.vector for m in mentions])
            self._propose_roles(mentions, vectors, kinds, found)
            if len(mentions) > 1:
                self._propose_links(mentions, vectors, kinds, found)
        return found

    def _propose_roles(
        self, mentions: list[_Mention], vectors: Matrix, kinds: Mapping[str, str], found: Proposals
    ) -> None:
        a = self._arrays
        chances = _sigmoid(vectors @ a["role_w"] + a["role_b"])
        for row, column in zip(*np.nonzero(chances > LEAST), strict=True):
            chance, role = float(chances[row, column]), self._roles[column]
            for entity in mentions[row].entities:
                if not _may_play(kinds[entity], role):
                    continue
                key = (mentions[row].sentence, role, entity)
                found.roles[key] = max(chance, found.roles.get(key, 0.0))
                found.best[role, entity] = max(chance, found.best.get((role, entity), 0.0))

    def _propose_links(
        self, mentions: list[_Mention], vectors: Matrix, kinds: Mapping[str, str], found: Proposals
    ) -> None:
        a, count = self._arrays, len(self._links)
        sources = (vectors @ a["source_w"] + a["source_b"]).reshape(len(mentions), count, -1)
        targets = (vectors @ a["target_w"] + a["target_b"]).reshape(len(mentions), count, -1)
        scores = np.einsum("ird,jrd->ijr", sources, targets) * a["scale"] + a["link_b"]
        chances = _sigmoid(scores)
        for i, j, k in zip(*np.nonzero(chances > LEAST), strict=True):
            for source in mentions[i].entities:
                for target in mentions[j].entities:
                    if source != target:
                        sentence = max(mentions[i].sentence, mentions[j].sentence)
                        told = Proposed(float(chances[i, j, k]), sentence)
                        _add_link(found, self._links[k], source, target, told, kinds)


def _add_link(
    found: Proposals,
    link: str,
    source: str,
    target: str,
    told: Proposed,
    kinds: Mapping[str, str],
) -> None:
    if link == "TOGETHER":
        pair = (min(source, target), max(source, target))
        found.together[pair] = max(told.chance, found.together.get(pair, 0.0))
    elif _may_relate(link, kinds[source], kinds[target]):
        key = (link, source, target)
        known = found.relations.get(key)
        if known is None or told.chance > known.chance:
            found.relations[key] = told


def _by_window(annotation: Annotation, states: States) -> dict[int, list[_Mention]]:
    starts = [s.start for s in annotation.sentences]
    windows: dict[int, list[_Mention]] = {}
    for start, end, entities in _spans(annotation):
        window = states.window(start, end)
        if window is not None:
            sentence = max(bisect_right(starts, start) - 1, 0)
            mention = _Mention(entities, sentence, states.of(window, start, end))
            windows.setdefault(window, []).append(mention)
    return windows


def _spans(annotation: Annotation) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for entity in annotation.entities:
        for mention in entity.mentions:
            yield mention.start, mention.end, (entity.id,)
    for reference in annotation.references:
        if reference.entities:
            yield reference.start, reference.end, reference.entities


@cache
def _may_relate(link: str, source: str, target: str) -> bool:
    return vocabulary().allows(link, source=source, target=target)


_THINGS = frozenset({"output", "project", "technology"})


@cache
def _may_play(kind: str, role: Role) -> bool:
    """Things are made, funded and transferred; whoever acts is an organization or a person."""
    thing = kind in ("Project", "Technology")
    if role[1] in _THINGS:
        return thing
    if kind == "Place":
        return role[1] == "venue"
    return not thing or role[1] == "recipient" or role == ("Founding", "founded")


def _sigmoid(x: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))
