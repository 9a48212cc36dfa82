"""Which part of a snapshot a network shows."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from trihelix.graph.snapshot import StoredEvent, checked_confidence
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.vocabulary import vocabulary

Persons = Literal["none", "nodes", "bridges"]
Weighting = Literal["count", "newman", "recency"]
Component = Literal["all", "giant"]

HALF_LIFE = 730.0  # days

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


@lru_cache(maxsize=65536)
def day_range(date: str | None) -> tuple[int, int]:
    """`bounds` as numbers yyyymmdd; (0, 0) when the year is unknown.

    >>> day_range("2023-04"), day_range(None)
    ((20230401, 20230431), (0, 0))
    """
    days = bounds(date)
    return (int(days[0].replace("-", "")), int(days[1].replace("-", ""))) if days else (0, 0)


def iso_day(day: int) -> str | None:
    """A day yyyymmdd as a date, None for 0; the 31st of a shorter month is its last day.

    >>> iso_day(20230431), iso_day(0)
    ('2023-04-30', None)
    """
    if not day:
        return None
    year, month, of_month = day // 10_000, day // 100 % 100, day % 100
    last = monthrange(max(year, 1), month)[1]
    return f"{year:04}-{month:02}-{min(of_month, last):02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What becomes a node, what becomes a link, and what a link weighs.

    * `kinds`: the nodes; `Organization` stands for all its kinds.
    * `relations`, `events`: the kinds that make links; None for all, () for none.
    * `since`, `until`: EDTF dates, both inclusive. A fact is shown when its date may lie between
      them (2023-04 may lie after 2023-04-15). A fact without a year is then left out. A relation
      has the date of the document that states it.
    * `as_of`: an EDTF date; only what had happened by its last day. Like `until`, but a fact
      without a year has the date of the document that tells it, and is left out only when that has
      none either.
    * `confidence`: the least confidence of a node or a fact.
    * `min_sources`: the least number of documents that must tell of a link.
    * `persons`: `"none"`, `"nodes"` (persons are nodes too), or `"bridges"` (organizations where
      one person holds posts are linked). True means `"nodes"`.
    * `statuses`: of events; a cancelled event never links.
    * `weighting`: `"count"` adds 1 for each fact, `"newman"` adds 1/(n-1) for an event of n nodes,
      so that each event gives each of its nodes strength 1 (Newman, Phys. Rev. E 64, 016132, 2001).
      `"recency"` halves Newman's weight for every `half_life` days that the fact is older than
      `as_of`, or than the latest fact shown. A fact is as old as the last day that its date may
      mean, and not older than 1000 half-lives; without a year it has the date of its document, and
      is left out when that has none. Two posts of a bridging person are as old as the older.
    * `half_life`: in days, of `"recency"` only; 730 when not given.
    * `max_participants`: the event size cap. Events of more nodes than this are left out: they say
      little about who works with whom.
    * `component`: `"all"`, or `"giant"`: only the largest connected part, found last; of equal ones
      that with the first id.

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
    as_of: str | None = None
    min_sources: int = 1
    half_life: float | None = None
    component: Component = "all"

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
        _names("weighting", self.weighting, ("count", "newman", "recency"))
        _names("component", self.component, ("all", "giant"))
        self._check_half_life()
        self._check_numbers()
        self._check_dates()

    def shows_kind(self, kind: str) -> bool:
        """Whether nodes of this kind are nodes of the network."""
        if kind == "Person" and self.persons == "nodes":
            return True
        return kind in self.kinds or vocabulary().label(kind) in self.kinds

    def shows_event(self, event: StoredEvent, *, published: str | None = None) -> bool:
        """Whether an event may make links; `published` is the date of its document."""
        return (
            (self.events is None or event.kind in self.events)
            and event.status in self.statuses
            and event.confidence >= self.confidence
            and self.covers(event.date)
            and self._had_happened(event.date, published)
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

    def _had_happened(self, date: str | None, published: str | None) -> bool:
        if self.as_of is None:
            return True
        first = day_range(date)[0] or day_range(published)[0]
        return 0 < first <= day_range(self.as_of)[1]

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def _check_numbers(self) -> None:
        checked_confidence(self.confidence)
        if self.max_participants < 2:
            raise ConfigurationError(
                f"view: max_participants {self.max_participants} is less than 2: nothing would link"
            )
        if self.min_sources < 1:
            raise ConfigurationError(
                f"view: min_sources {self.min_sources} is less than 1: some document tells of "
                "every link"
            )

    def _check_half_life(self) -> None:
        if self.weighting == "recency" and self.half_life is None:
            self._set("half_life", HALF_LIFE)
        if self.half_life is None:
            return
        if self.weighting != "recency":
            raise ConfigurationError(
                f"view: half_life {self.half_life} is given for weighting {self.weighting!r}; "
                "only weighting 'recency' has one"
            )
        if not 0 < self.half_life < math.inf:
            raise ConfigurationError(
                f"view: half_life {self.half_life} is not a number of days above 0"
            )

    def _check_dates(self) -> None:
        given = {"since": self.since, "until": self.until, "as_of": self.as_of}
        days = {name: bounds(date) for name, date in given.items()}
        for name, date in given.items():
            if date is not None and days[name] is None:
                raise ConfigurationError(
                    f"view: {name} {date!r} is no date; write 2023, 2023-04 or 2023-04-25"
                )
        since = days["since"]
        for name in ("until", "as_of"):
            last = days[name]
            if since and last and since[0] > last[1]:
                raise ConfigurationError(f"view: since {self.since} is after {name} {given[name]}")


def _names(
    what: str, given: Iterable[str], known: Iterable[str], *, empty: bool = False
) -> tuple[str, ...]:
    names = {given} if isinstance(given, str) else set(given)
    for name in sorted(names - set(known), key=str):
        raise ConfigurationError(f"view: unknown {what} {name!r}; known: {', '.join(known)}")
    if not names and not empty:
        raise ConfigurationError(f"view: no {what} given; known: {', '.join(known)}")
    return tuple(sorted(names))
