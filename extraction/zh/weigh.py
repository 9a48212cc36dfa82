"""What the encoder adds to the grammar's tellings of happenings, and what it takes from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from trihelix.extraction.zh.amounts import find_amount
from trihelix.extraction.zh.events import Hit, occasion, status_of
from trihelix.extraction.zh.proposals import Proposals
from trihelix.extraction.zh.reading import Reading

Kept = Mapping[tuple[str, str, str], float]  # kind, role, entity -> how surely
_APART = 0.15  # two whose chance of sharing an event is below this were told of two events


def weighed(hits: Iterable[Hit], kept: Kept, proposals: Proposals, reading: Reading) -> list[Hit]:
    """The tellings with only the roles that are kept, and those that the encoder alone proposes.

    In text order; a telling nobody is left in goes.
    """
    left = [
        replace(hit, participants=frozenset(p for p in hit.participants if (hit.kind, *p) in kept))
        for hit in hits
    ]
    left = [hit for hit in left if hit.participants]
    told = {(hit.kind, *p) for hit in left for p in hit.participants}
    for (kind, sentence), added in sorted(_proposed(kept.keys() - told, proposals).items()):
        left = _with(left, kind, sentence, added, proposals, reading)
    return sorted(left, key=lambda hit: hit.sentence)


def _proposed(
    keys: Iterable[tuple[str, str, str]], proposals: Proposals
) -> dict[tuple[str, int], set[tuple[str, str]]]:
    """Roles that only the encoder proposes, by kind and the sentence that proposes them most."""
    where: dict[tuple[str, str, str], tuple[float, int]] = {}
    for (sentence, role, entity), chance in proposals.roles.items():
        key = (*role, entity)
        where[key] = max(where.get(key, (0.0, 0)), (chance, -sentence))
    found: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for kind, part, entity in keys:
        found[kind, -where[kind, part, entity][1]].add((part, entity))
    return found


def _with(
    hits: list[Hit],
    kind: str,
    sentence: int,
    added: set[tuple[str, str]],
    proposals: Proposals,
    reading: Reading,
) -> list[Hit]:
    """The tellings, one of that sentence joined by those it was told together with."""
    hits = list(hits)
    here = [i for i, hit in enumerate(hits) if hit.kind == kind and hit.sentence == sentence]
    alone: set[tuple[str, str]] = set()
    for participant in sorted(added):
        best = max(here, key=lambda i: _together(hits[i], participant[1], proposals), default=None)
        if best is None or _together(hits[best], participant[1], proposals) < _APART:
            alone.add(participant)
        else:
            joined = hits[best].participants | {participant}
            hits[best] = replace(hits[best], participants=joined)
    for group in _groups(alone, proposals):
        hits.append(_telling(kind, sentence, group, reading))
    return hits


def _together(hit: Hit, entity: str, proposals: Proposals) -> float:
    others = {e for _, e in hit.participants if e != entity}
    return max((_pair(entity, other, proposals) for other in others), default=1.0)


def _pair(one: str, other: str, proposals: Proposals) -> float:
    return proposals.together.get((min(one, other), max(one, other)), 0.0)


def _groups(
    participants: set[tuple[str, str]], proposals: Proposals
) -> Iterator[frozenset[tuple[str, str]]]:
    """Those that are told together, directly or through others."""
    left = sorted(participants)
    while left:
        group = [left.pop(0)]
        for one in group:
            near = [p for p in left if _pair(one[1], p[1], proposals) >= _APART or p[1] == one[1]]
            group += near
            left = [p for p in left if p not in near]
        yield frozenset(group)


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
