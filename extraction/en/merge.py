"""One happening told in several English sentences becomes one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trihelix.schema.records import Event, Participant, Span

# The roles that say which happening it is: two tellings that share one tell of the same.
_ANCHORS = {
    "Founding": ("founded",),
    "Acquisition": ("acquired",),
    "Investment": ("investee",),
    "Grant": ("recipient",),
    "Transfer": ("provider", "recipient"),
    "Procurement": ("supplier", "buyer"),
    "Award": ("recipient",),
    "Release": ("output",),
    "Research": ("output",),
}
_NEAR = {"Founding": 6, "Investment": 2, "Grant": 3, "Visit": 1, "Release": 1}
_SPECIFIC = {"Signing", "Founding", "Transfer", "Acquisition", "Investment", "Procurement", "Grant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as one sentence tells it."""

    event: Event
    sentence: int
    said: bool  # the date is that of the announcement
    weak: bool


def merge(told: Sequence[Told]) -> list[Event]:
    """The events of a document in text order, with deterministic ids."""
    merged: list[Told] = []
    for one in sorted(told, key=lambda t: t.weak):
        index = next((i for i, old in enumerate(merged) if _same(old, one)), None)
        if index is not None:
            merged[index] = _joined(merged[index], one)
        elif not one.weak:
            merged.append(one)
    events = [t.event for t in merged if not _covered(t.event, [m.event for m in merged])]
    events.sort(key=lambda e: (e.evidence[0].start, e.kind, e.participants))
    return [replace(_settled(event), id=f"v{n}") for n, event in enumerate(events, start=1)]


def _same(one: Told, other: Told) -> bool:
    a, b = one.event, other.event
    if a.kind != b.kind or ("cancelled" in {a.status, b.status} and a.status != b.status):
        return False
    dated = not (one.said or other.said)
    if dated and not _compatible(a.date, b.date):
        return False
    if a.kind == "Convening":
        return a.status == b.status or not (a.date and b.date)
    mine, yours = _anchors(a), _anchors(b)
    if mine and yours and a.kind in _ANCHORS:
        return bool(mine & yours)
    if a.kind in _NEAR and other.sentence - one.sentence <= _NEAR[a.kind]:
        return (not mine or not yours) and _completes(a, b)
    who = {p.entity for p in a.participants}, {p.entity for p in b.participants}
    return len(who[0] & who[1]) >= min(2, len(who[0]), len(who[1]))


def _anchors(event: Event) -> set[str]:
    roles = _ANCHORS.get(event.kind, ())
    return {p.entity for p in event.participants if p.role in roles}


def _completes(one: Event, other: Event) -> bool:
    """Whether two tellings share someone's part or name different sides of what happened."""
    who = {*one.participants} & {*other.participants}
    roles = {p.role for p in one.participants} & {p.role for p in other.participants}
    return bool(who) or not roles


def _compatible(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _joined(one: Told, other: Told) -> Told:
    a, b = one.event, other.event
    later = one.said and b.date and not other.said
    date = b.date if later else max(filter(None, (a.date, b.date)), key=len, default=None)
    event = replace(
        a,
        date=date if later or not a.date or one.said == other.said else a.date,
        amount=a.amount or b.amount,
        confidence=max(a.confidence, b.confidence),
        participants=tuple(sorted({*a.participants, *b.participants})),
        evidence=tuple(sorted({*a.evidence, *b.evidence}, key=_start)),
    )
    said = one.said and (other.said or not b.date)
    return replace(one, event=event, sentence=max(one.sentence, other.sentence), said=said)


def _start(span: Span) -> int:
    return span.start


def _settled(event: Event) -> Event:
    """The more telling role is kept: an organizer who supports, a speaker who attends."""
    kept: set[Participant] = set(event.participants)
    for strong, weak in (
        ("organizer", "supporter"), ("undertaker", "supporter"), ("organizer", "undertaker"),
        ("organizer", "attendee"), ("speaker", "attendee"), ("supporter", "attendee"),
        ("founded", "founder"),
    ):  # fmt: skip
        holders = {p.entity for p in kept if p.role == strong}
        kept = {p for p in kept if p.role != weak or p.entity not in holders}
    return replace(event, participants=tuple(sorted(kept)))


def _covered(event: Event, events: Sequence[Event]) -> bool:
    """Whether a collaboration is the background of a more specific event of its partners."""
    partners = {p.entity for p in event.participants}
    return event.kind == "Collaboration" and any(
        e.kind in _SPECIFIC and partners <= {p.entity for p in e.participants} for e in events
    )
