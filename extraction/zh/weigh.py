"""What the role model adds to the grammar's tellings of happenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from trihelix.extraction.zh.amounts import find_amount
from trihelix.extraction.zh.events import Hit, occasion, status_of
from trihelix.extraction.zh.reading import Reading
from trihelix.extraction.zh.roles import Proposals

ALONE = 0.65
"""A happening that grammar does not see at all is believed when one of its roles is so sure."""

_BESIDE = frozenset({"venue", "supporter", "witness", "project"})  # roles beside a happening
Kept = Mapping[tuple[str, str, str], float]  # kind, role, entity -> how surely


def weighed(hits: Iterable[Hit], kept: Kept, proposals: Proposals, reading: Reading) -> list[Hit]:
    """The tellings, with the roles among `kept` that the model alone proposes; in text order."""
    left = list(hits)
    told = {(hit.kind, *p) for hit in left for p in hit.participants}
    for (kind, sentence), added in sorted(_proposed(kept.keys() - told, proposals).items()):
        if any(hit.kind == kind and hit.sentence == sentence for hit in left):
            left = _joined(left, kind, sentence, added, reading)
        elif any(role not in _BESIDE and kept[kind, role, e] >= ALONE for role, e in added):
            left.append(_telling(kind, sentence, frozenset(added), reading))
    return sorted(left, key=lambda hit: hit.sentence)


def _proposed(
    keys: Iterable[tuple[str, str, str]], proposals: Proposals
) -> dict[tuple[str, int], set[tuple[str, str]]]:
    """Roles that only the model proposes, by kind and the sentence that proposes them most."""
    where: dict[tuple[str, str, str], tuple[float, int]] = {}
    for (sentence, role, entity), chance in proposals.roles.items():
        key = (*role, entity)
        where[key] = max(where.get(key, (0.0, 0)), (chance, -sentence))
    found: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for kind, part, entity in keys:
        found[kind, -where[kind, part, entity][1]].add((part, entity))
    return found


def _joined(
    hits: list[Hit], kind: str, sentence: int, added: set[tuple[str, str]], reading: Reading
) -> list[Hit]:
    """The tellings, the nearest one of that kind and sentence joined by who else was told there."""
    here = [i for i, hit in enumerate(hits) if hit.kind == kind and hit.sentence == sentence]
    hits = list(hits)
    for participant in sorted(added):
        near = min(here, key=lambda i: _distance(hits[i], participant[1], sentence, reading))
        joined = hits[near].participants | {participant}
        hits[near] = replace(hits[near], participants=joined)
    return hits


def _distance(hit: Hit, entity: str, sentence: int, reading: Reading) -> int:
    """Characters between an entity and the nearest participant of a telling, in one sentence."""
    tokens = reading.sentences[sentence].tokens.values()
    own = [t.start for t in tokens if entity in (*t.entities, *t.employers)]
    others = {e for _, e in hit.participants}
    there = [t.start for t in tokens if others & {*t.entities, *t.employers}]
    return min((abs(a - b) for a in own for b in there), default=1_000)


def _telling(
    kind: str, sentence: int, participants: frozenset[tuple[str, str]], reading: Reading
) -> Hit:
    told = reading.sentences[sentence]
    at = _position(told.tokens.values(), told.folded, participants)
    return Hit(
        kind=kind,
        participants=participants,
        sentence=sentence,
        paragraph=told.paragraph,
        date=occasion(reading, sentence, at, kind),
        status=status_of(told.folded, at),
        amount=find_amount(told.folded),
        confidence=0.5,
    )


def _position(
    tokens: Iterable[object], folded: str, participants: frozenset[tuple[str, str]]
) -> int:
    """Where the last of the participants stands in the folded sentence; its end if nowhere."""
    entities = {e for _, e in participants}
    letters = {t.letter for t in tokens if entities & set(t.entities)}  # type: ignore[attr-defined]
    return max((i for i, c in enumerate(folded) if c in letters), default=len(folded))
