"""Which part of a snapshot a network shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from trihelix.graph.snapshot import StoredEvent, checked_confidence
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

Persons = Literal["none", "nodes", "bridges"]
Weighting = Literal["count", "newman"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@lru_cache(maxsize=65536)
def bounds(date: str | None) -> tuple[str, str] | None:
    """The first and the last day that an EDTF date may mean; None when its year is unknown.

    The days compare as strings; a month is given 31 days, which no comparison can tell apart.

    >>> bounds("2023-04")
    ('2023-04-01', '2023-04-31')
    >>> bounds("XXXX-04-25") is None
    True
    """
    found = _DATE.fullmatch(date or "")
    if found is None:
        return None
    year, month, day = found.groups()
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What becomes a node, what becomes a link, and what a link weighs.

    * `kinds`: the nodes; `Organization` stands for all its kinds.
    * `relations`, `events`: the kinds that make links; None for all, () for none.
    * `since`, `until`: EDTF dates, both inclusive. A fact is shown when its date may lie between
      them (2023-04 may lie after 2023-04-15). A fact without a year is then left out. A relation
      has the date of the document that states it.
    * `confidence`: the least confidence of a node or a fact.
    * `persons`: `"none"`, `"nodes"` (persons are nodes too), or `"bridges"` (organizations where
      one person holds posts are linked). True means `"nodes"`.
    * `statuses`: of events; a cancelled event never links.
    * `weighting`: `"count"` adds 1 for each fact, `"newman"` adds 1/(n-1) for an event of n nodes,
      so that each event gives each of its nodes strength 1 (Newman, Phys. Rev. E 64, 016132, 2001).
    * `max_participants`: larger events are left out: they say little about who works with whom.

    Raises:
        ConfigurationError: on an unknown kind, a date that is no EDTF date, or a bad option.
    """

    kinds: tuple[str, ...] = ("Organization",)
    relations: tuple[str, ...] | None = None
    events: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    confidence: float = 0.0
    persons: Persons = "none"
    statuses: tuple[str, ...] = ("completed", "planned")
    weighting: Weighting = "newman"
    max_participants: int = 100

    def __post_init__(self) -> None:
        words = vocabulary()
        self._set("kinds", _names("kind of node", self.kinds, words.entities))
        if self.relations is not None:
            self._set(
                "relations", _names("kind of relation", self.relations, words.relations, empty=True)
            )
        if self.events is not None:
            self._set("events", _names("kind of event", self.events, words.events, empty=True))
        self._set("statuses", _names("status", self.statuses, ("completed", "planned")))
        if isinstance(self.persons, bool):
            self._set("persons", "nodes" if self.persons else "none")
        _names("value of persons", self.persons, ("none", "nodes", "bridges"))
        _names("weighting", self.weighting, ("count", "newman"))
        self._check_numbers()
        self._check_dates()

    def shows_node(self, node: Node) -> bool:
        """Whether this node is a node of the network."""
        if node.kind == "Person" and self.persons == "nodes":
            return True
        return node.kind in self.kinds or vocabulary().label(node.kind) in self.kinds

    def shows_event(self, event: StoredEvent) -> bool:
        """Whether this event may make links."""
        return (
            (self.events is None or event.kind in self.events)
            and event.status in self.statuses
            and event.confidence >= self.confidence
            and self.covers(event.date)
        )

    def shows_relation(self, kind: str, *, confidence: float, date: str | None) -> bool:
        """Whether a relation of this kind and confidence, stated on this date, may make a link."""
        return (
            (self.relations is None or kind in self.relations)
            and confidence >= self.confidence
            and self.covers(date)
        )

    def covers(self, date: str | None) -> bool:
        """Whether a date may lie in the view's range.

        >>> View(since="2023-04-15").covers("2023-04"), View(until="2022").covers("2023-04")
        (True, False)
        >>> View(since="2000").covers("XXXX-04-25"), View().covers("XXXX-04-25")
        (False, True)
        """
        if self.since is None and self.until is None:
            return True
        days, since, until = bounds(date), bounds(self.since), bounds(self.until)
        return (
            days is not None
            and (since is None or days[1] >= since[0])
            and (until is None or days[0] <= until[1])
        )

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def _check_numbers(self) -> None:
        checked_confidence(self.confidence)
        if self.max_participants < 2:
            raise ConfigurationError(
                f"view: max_participants {self.max_participants} is less than 2: nothing would link"
            )

    def _check_dates(self) -> None:
        since, until = bounds(self.since), bounds(self.until)
        for name, date, days in (("since", self.since, since), ("until", self.until, until)):
            if date is not None and days is None:
                raise ConfigurationError(
                    f"view: {name} {date!r} is no date; write 2023, 2023-04 or 2023-04-25"
                )
        if since and until and since[0] > until[1]:
            raise ConfigurationError(f"view: since {self.since} is after until {self.until}")


def _names(
    what: str, given: Iterable[str], known: Iterable[str], *, empty: bool = False
) -> tuple[str, ...]:
    names = {given} if isinstance(given, str) else set(given)
    for name in sorted(names - set(known), key=str):
        raise ConfigurationError(f"view: unknown {what} {name!r}; known: {', '.join(known)}")
    if not names and not empty:
        raise ConfigurationError(f"view: no {what} given; known: {', '.join(known)}")
    return tuple(sorted(names))
