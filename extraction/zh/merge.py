"""One happening told in several sentences becomes one event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from trihelix.extraction.zh.events import Hit
from trihelix.extraction.zh.reading import Reading
from trihelix.schema.records import Amount, Event, Participant, Span, Status

# The roles that name what a happening is about: two tellings that share one are the same happening.
_ANCHORS = {
    "Founding": ("founded",),
    "Research": ("output",),
    "Release": ("output",),
    "Investment": ("investee",),
    "Acquisition": ("acquired",),
    "Grant": ("recipient", "project"),
    "Award": ("recipient",),
    "Transfer": ("provider", "recipient"),
    "Procurement": ("supplier", "buyer"),
    "Visit": ("visitor", "host"),
    "Signing": ("signatory",),
    "Collaboration": ("partner",),
}
_NEAR = {
    "Signing": 4,
    "Founding": 0,
    "Investment": 2,
    "Visit": 2,
    "Release": 0,
    "Award": 1,
    "Research": 1,
    "Grant": 40,
    "Procurement": 40,
}
_SPECIFIC = ("Signing", "Founding", "Investment", "Acquisition", "Procurement", "Transfer")


@dataclass(slots=True)
class _Group:
    kind: str
    hits: list[Hit] = field(default_factory=list)
    participants: set[tuple[str, str]] = field(default_factory=set)
    date: str | None = None

    def add(self, hit: Hit) -> None:
        self.hits.append(hit)
        self.participants |= hit.participants
        if hit.date and (self.date is None or hit.date.startswith(self.date)):
            self.date = hit.date


def merge(
    hits: list[Hit], reading: Reading, chances: Mapping[tuple[str, str, str], float]
) -> tuple[Event, ...]:
    """The events of a document, in text order, with deterministic ids.

    `chances` tell how surely each (kind, role, entity) holds: an event is as sure as its roles are
    on average. Without them the priors of its tellings decide.
    """
    groups: list[_Group] = []
    headline = bool(reading.annotation.document.title)
    for hit in _turned(hits):
        same = next((g for g in reversed(groups) if _same(g, hit, headline)), None)
        if same is None:
            groups.append(same := _Group(hit.kind))
        same.add(hit)
    for group in groups:
        _settle(group)
        _supply(group, groups, reading)
        _found(group, reading)
        _invest(group, groups, reading)
    left = [g for g in groups if g.participants and not _covered(g, groups)]
    left.sort(key=lambda g: (g.hits[0].sentence, g.kind, sorted(g.participants)))
    return tuple(_event(f"v{i}", g, reading, chances) for i, g in enumerate(left, 1))


def _turned(hits: list[Hit]) -> list[Hit]:
    """Who went somewhere stays the visitor, even when he is said to receive his hosts there."""
    travellers: set[str] = set()
    turned = []
    for hit in hits:
        if hit.kind == "Visit":
            if travellers & {e for r, e in hit.participants if r == "host"}:
                hit = replace(hit, participants=frozenset(map(_swapped, hit.participants)))
            travellers |= {e for r, e in hit.participants if r == "visitor"}
        turned.append(hit)
    return turned


def _swapped(participant: tuple[str, str]) -> tuple[str, str]:
    role, entity = participant
    return {"host": "visitor", "visitor": "host"}.get(role, role), entity


def _same(group: _Group, hit: Hit, headline: bool) -> bool:
    if group.kind != hit.kind or not _compatible(group.date, hit.date):
        return False
    if hit.kind == "Convening":
        return True
    anchors = _ANCHORS[hit.kind]
    mine = {e for r, e in group.participants if r in anchors}
    other = {e for r, e in hit.participants if r in anchors}
    if hit.kind == "Collaboration":
        return len(mine & other) >= 2
    near = hit.sentence - group.hits[-1].sentence <= _NEAR.get(hit.kind, -1)
    other_pair = len(mine) > 1 and len(other) > 1 and not mine & other
    told_again = near and headline and group.hits[-1].sentence == 0 < hit.sentence
    if hit.kind == "Signing" and told_again and not other_pair:
        return True  # the headline tells what the body tells again
    if hit.kind in _BILATERAL and len(mine) > 1 and len(other) > 1:
        return mine <= other or other <= mine or len(mine & other) > 1
    if mine & other:
        return True
    if hit.kind in _COMPLETING and not _roles(group.participants) & _roles(hit.participants):
        return True
    if hit.kind in _COMPLETING:
        return False
    return near and (not mine or not other)


# A pair that shares only one side with another pair concluded something else.
_BILATERAL = ("Signing", "Procurement")
_COMPLETING = ("Grant", "Procurement")  # notices that name each side on a line of its own


def _roles(participants: Collection[tuple[str, str]]) -> set[str]:
    return {role for role, _ in participants}


def _compatible(one: str | None, other: str | None) -> bool:
    return (
        one is None
        or other is None
        or one == other
        or one.startswith(other)
        or other.startswith(one)
    )


def _settle(group: _Group) -> None:
    """Whoever speaks attends; the more telling role is kept."""
    speakers = {e for r, e in group.participants if r == "speaker"}
    group.participants = {
        (r, e) for r, e in group.participants if r != "attendee" or e not in speakers
    }
    signatories = {e for r, e in group.participants if r == "signatory"}
    group.participants = {
        (r, e) for r, e in group.participants if r != "witness" or e not in signatories
    }


def _supply(group: _Group, groups: list[_Group], reading: Reading) -> None:
    """A buyer's supplier is the other side of the purchase contract that the buyer signed."""
    if group.kind != "Procurement" or _roles(group.participants) != {"buyer"}:
        return
    buyers = {e for _, e in group.participants}
    for signing in groups:
        sides = set(reading.organizations(e for r, e in signing.participants if r == "signatory"))
        told = any("采购" in reading.sentences[h.sentence].folded for h in signing.hits)
        if signing.kind == "Signing" and told and len(sides) == 2 and len(buyers & sides) == 1:
            group.participants |= {("supplier", e) for e in sides - buyers}


_HYPHENS = ("—", "–", "-", "－", "·")


def _found(group: _Group, reading: Reading) -> None:
    """Who heads a new organization's name (甲大学乙学院, 甲—乙联合实验室) founds it."""
    if group.kind != "Founding" or "founder" in _roles(group.participants):
        return
    founded = {e for _, e in group.participants}
    text = reading.annotation.document.text
    heads = {
        n.inner
        for n in reading.nested
        if n.outer in founded
        and n.inner not in founded
        and reading.is_organization(n.inner)
        and (n.inner_span.start == n.outer_span.start or text[n.inner_span.start - 1] in _HYPHENS)
    }
    group.participants |= {("founder", e) for e in heads}


def _invest(group: _Group, groups: list[_Group], reading: Reading) -> None:
    """Whoever invests in a story about one firm's capital (B轮由甲领投) invests in that firm."""
    if group.kind != "Investment" or _roles(group.participants) != {"investor"}:
        return
    others = {
        e for g in groups for r, e in g.participants if g.kind == "Investment" and r == "investee"
    }
    firm = reading.main
    if (
        firm
        and others == {firm}
        and reading.kinds[firm] == "Firm"
        and ("investor", firm) not in group.participants
    ):
        group.participants |= {("investee", firm)}


def _covered(group: _Group, groups: list[_Group]) -> bool:
    """Whether a collaboration is the background of a more specific event of its partners."""
    if group.kind != "Collaboration":
        return False
    partners = {e for _, e in group.participants}
    return any(
        partners <= {e for _, e in g.participants} and _compatible(group.date, g.date)
        for g in groups
        if g.kind in _SPECIFIC
    )


def _event(
    identifier: str,
    group: _Group,
    reading: Reading,
    chances: Mapping[tuple[str, str, str], float],
) -> Event:
    spans = sorted({h.sentence for h in group.hits})
    return Event(
        id=identifier,
        kind=group.kind,
        date=group.date,
        status=_status(group),
        amount=_amount(group),
        confidence=_mean(group, chances),
        participants=tuple(Participant(role=r, entity=e) for r, e in sorted(group.participants)),
        evidence=tuple(
            Span(start=reading.sentences[i].span.start, end=reading.sentences[i].span.end)
            for i in spans
        ),
    )


def _status(group: _Group) -> Status:
    """As first told; of a gathering, as told where it is said to take place."""
    placed = [h for h in group.hits if "venue" in _roles(h.participants)]
    return (placed or group.hits)[0].status


_PRICED = ("Signing", "Investment", "Acquisition", "Grant", "Transfer", "Procurement")


def _amount(group: _Group) -> Amount | None:
    if group.kind not in _PRICED:
        return None
    return next((h.amount for h in group.hits if h.amount), None)


def _mean(group: _Group, chances: Mapping[tuple[str, str, str], float]) -> float:
    """How sure its roles are on average; one that merging turned or supplied counts half."""
    each = [chances.get((group.kind, *p), 0.5) for p in sorted(group.participants)]
    return round(sum(each) / len(each), 2)
