"""Networks of random stories against a slow reading of what `View` says, fact by fact."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.graph.snapshots import Story
from trihelix.graph.columns import Fact
from trihelix.graph.network import Network
from trihelix.graph.projection import day_numbers
from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation
from trihelix.graph.view import View, bounds
from trihelix.schema.errors import ConfigurationError, NotFoundError
from trihelix.schema.vocabulary import vocabulary

KINDS = {"f": "Firm", "g": "Firm", "u": "University", "a": "Agency", "p": "Person", "q": "Person"}
DATES = (None, "2020", "2021-05", "2021-05-20", "2022-02-28", "XXXX-05-20")
VIEW_DATES = (None, "2021", "2021-05", "2021-05-25", "2022-03")


@dataclass
class Link:
    """What a pair of nodes shares."""

    weight: float = 0.0
    facts: set[int] = field(default_factory=set)


class Reading:
    """The network of a view as dicts, read off the definition."""

    def __init__(self, snapshot: Snapshot, view: View) -> None:
        self.snapshot, self.view = snapshot, view
        self.facts: list[Fact] = [*snapshot.relations, *snapshot.events.values()]
        sure = {i for i, c in snapshot.confidence.items() if c >= view.confidence}
        self.sure = sure
        self.nodes = {i for i in sure if self._is_node(snapshot.nodes[i].kind)}
        self.shown = [k for k, fact in enumerate(self.facts) if self._shows(fact)]
        self.links: defaultdict[tuple[str, str], Link] = defaultdict(Link)
        for k in self.shown:
            self._add(k)
        if view.persons == "bridges":
            self._bridge()
        self._select()

    def documents(self, link: Link) -> set[str]:
        """Those that tell of a link."""
        return {self.facts[k].document for k in link.facts}

    def _is_node(self, kind: str) -> bool:
        organization = vocabulary().label(kind) == "Organization"
        return (
            kind in self.view.kinds
            or (organization and "Organization" in self.view.kinds)
            or (kind == "Person" and self.view.persons == "nodes")
        )

    def _date(self, fact: Fact) -> str | None:
        return fact.date if isinstance(fact, StoredEvent) else self._published(fact)

    def _published(self, fact: Fact) -> str | None:
        return self.snapshot.documents[fact.document].published

    def _days(self, fact: Fact) -> tuple[str, str] | None:
        """The days of a fact, or of its document when its year is unknown."""
        return bounds(self._date(fact)) or bounds(self._published(fact))

    def _shows(self, fact: Fact) -> bool:
        view, days = self.view, bounds(self._date(fact))
        if fact.confidence < view.confidence:
            return False
        if isinstance(fact, StoredRelation):
            chosen = view.relations
            if not {fact.source, fact.target} <= self.sure:
                return False
        else:
            chosen = view.events
            if fact.status not in view.statuses:
                return False
        if chosen is not None and fact.kind not in chosen:
            return False
        since, until, as_of = (bounds(day) for day in (view.since, view.until, view.as_of))
        if since and (days is None or days[1] < since[0]):
            return False
        if until and (days is None or days[0] > until[1]):
            return False
        dated = self._days(fact)
        if as_of and (dated is None or dated[0] > as_of[1]):
            return False
        return view.weighting != "recency" or dated is not None

    def _age(self, k: int) -> int:
        latest = max(_day(days[1]) for k in self.shown if (days := self._days(self.facts[k])))
        as_of = bounds(self.view.as_of)
        days = self._days(self.facts[k])
        assert days is not None
        return max((_day(as_of[1]) if as_of else latest) - _day(days[1]), 0)

    def _left(self, *facts: int) -> float:
        """What age leaves of a weight that rests on all these facts."""
        if self.view.weighting != "recency":
            return 1.0
        assert self.view.half_life is not None
        lives = max(self._age(k) / self.view.half_life for k in facts)
        return float(0.5 ** min(lives, 1000.0))

    def _add(self, k: int) -> None:
        fact = self.facts[k]
        if isinstance(fact, StoredRelation):
            ends = {fact.source, fact.target} & self.nodes
        else:
            ends = {p.entity for p in fact.participants} & self.nodes
            if len(ends) > self.view.max_participants:
                return
        for pair in combinations(sorted(ends), 2):
            share = 1.0 if self.view.weighting == "count" else 1.0 / (len(ends) - 1)
            self.links[pair].weight += share * self._left(k)
            self.links[pair].facts.add(k)

    def _bridge(self) -> None:
        posts: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for k in self.shown:
            fact = self.facts[k]
            if isinstance(fact, StoredRelation) and fact.kind in {"HOLDS_POST", "MEMBER_OF"}:
                person = self.snapshot.nodes[fact.source].kind == "Person"
                if person and fact.target in self.nodes:
                    posts[fact.source][fact.target].append(k)
        for held in posts.values():
            for one, other in combinations(sorted(held), 2):
                share = 1.0 if self.view.weighting == "count" else 1.0 / (len(held) - 1)
                left = max(self._left(x, y) for x, y in product(held[one], held[other]))
                self.links[one, other].weight += share * left
                self.links[one, other].facts |= {*held[one], *held[other]}

    def _select(self) -> None:
        least = self.view.min_sources
        kept = {p: x for p, x in self.links.items() if len(self.documents(x)) >= least}
        if self.view.component == "giant":
            graph: nx.Graph[str] = nx.Graph()
            graph.add_nodes_from(self.nodes)
            graph.add_edges_from(kept)
            parts = sorted(nx.connected_components(graph), key=lambda c: (-len(c), min(c)))
            self.nodes = set(parts[0]) if parts else set()
        self.links = defaultdict(Link, {p: x for p, x in kept.items() if p[0] in self.nodes})


def _day(text: str) -> int:
    year, month, day = map(int, text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1])).toordinal()


def some(*values: Any) -> st.SearchStrategy[Any]:
    """One of them, mostly the first."""
    return st.sampled_from([values[0]] * len(values) + list(values))


@st.composite
def stories(draw: st.DrawFn) -> Snapshot:
    """Six nodes in up to seventeen facts of four documents."""
    story = Story()
    for number in range(4):
        story.document(f"d{number}", published=draw(st.sampled_from(DATES[:5])))
    for id_, kind in KINDS.items():
        story.node(id_, kind, confidence=draw(some(0.8, 0.4)))
    ids, document = st.sampled_from(sorted(KINDS)), st.sampled_from(["d0", "d1", "d2", "d3"])
    for number in range(draw(st.integers(2, 8))):
        story.event(
            f"e{number}",
            *draw(st.lists(ids, min_size=number % 4, max_size=4)),
            kind=draw(st.sampled_from(["Collaboration", "Signing"])),
            date=draw(st.sampled_from(DATES)),
            status=draw(some("completed", "planned", "cancelled")),
            document=draw(document),
            confidence=draw(st.sampled_from([0.5, 0.9])),
        )
    for _ in range(draw(st.integers(2, 9))):
        kind = draw(st.sampled_from(["HOLDS_POST", "HOLDS_POST", "MEMBER_OF", "OWNS"]))
        person = kind == "HOLDS_POST"
        story.relation(
            kind,
            draw(st.sampled_from("pq") if person else ids),
            draw(st.sampled_from("fgua") if person else ids),
            document=draw(document),
            confidence=draw(st.sampled_from([0.5, 0.9])),
        )
    return story.snapshot()


OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "kinds": some(("Organization",), ("Firm", "Person")),
    "relations": some(None, (), ("HOLDS_POST",)),
    "events": some(None, (), ("Signing",)),
    "since": some(*VIEW_DATES),
    "until": some(*VIEW_DATES),
    "as_of": some(*VIEW_DATES),
    "confidence": some(0.0, 0.6, 0.85),
    "statuses": some(("completed", "planned"), ("planned",)),
    "half_life": some(None, 30.0, 0.001),
    "max_participants": some(100, 2, 3),
    "min_sources": some(1, 2),
    "component": some("all", "giant"),
}


@pytest.mark.parametrize("weighting", ["count", "newman", "recency"])
@pytest.mark.parametrize("persons", ["none", "nodes", "bridges"])
@settings(max_examples=60, deadline=None)
@given(stories(), st.fixed_dictionaries(OPTIONS))
def test_a_network_is_what_its_view_says(
    weighting: Any, persons: Any, snapshot: Snapshot, options: dict[str, Any]
) -> None:
    if weighting != "recency":
        options["half_life"] = None
    try:
        view = View(weighting=weighting, persons=persons, **options)
    except ConfigurationError:
        reject()  # no day is in the range
    expected, network = Reading(snapshot, view), Network.of(snapshot, view)
    ids = network.nodes.ids
    assert ids == sorted(expected.nodes)
    pairs = [(ids[i], ids[j]) for i, j in network.ends.tolist()]
    assert pairs == sorted(expected.links)
    links = [expected.links[pair] for pair in pairs]
    assert network.weights == pytest.approx(np.array([link.weight for link in links]), rel=1e-12)
    assert network.sources.tolist() == [len(expected.documents(link)) for link in links]
    for number, link in enumerate(links):
        found = {id_of(fact) for fact in network.facts_of(number)}
        assert found == {id_of(expected.facts[k]) for k in link.facts}
        surest = max(expected.facts[k].confidence for k in link.facts)
        assert network.confidences[number] == surest
        days = [d for k in link.facts if (d := bounds(expected._date(expected.facts[k])))]
        first, last = min((d[0] for d in days), default="0"), max((d[1] for d in days), default="0")
        span = [int(first.replace("-", "")), int(last.replace("-", ""))]
        assert network.span[number].tolist() == span


def id_of(fact: Fact) -> object:
    """What tells facts apart; an event's participants depend on the least confidence."""
    return fact.id if isinstance(fact, StoredEvent) else replace(fact, evidence=())


@settings(deadline=None)
@given(st.dates(date(1600, 1, 1), date(9999, 12, 31)))
def test_days_are_counted_from_1970(day: date) -> None:
    number = day.year * 10000 + day.month * 100 + day.day
    expected = (day - date(1970, 1, 1)).days
    assert day_numbers(np.array([number, number])).tolist() == [expected, expected]


def test_the_weight_of_a_fact_halves_with_its_half_life() -> None:
    story = (
        Story()
        .event("old", "a", "b", date="2022-04-26")
        .event("late", "b", "c", date="2023-04-26")
        .event("undated", "c", "d", date=None, document="d2")
        .document("d2", published="2021-04-26")
        .event("unknown", "d", "e", date=None, document="d3")
        .document("d3", published=None)
    )
    weights = Network.of(story.snapshot(), View(weighting="recency", half_life=365)).weights
    assert weights.tolist() == [0.5, 1.0, 0.25]
    later = View(weighting="recency", half_life=365, as_of="2024-04-25")
    assert Network.of(story.snapshot(), later).weights.tolist() == [0.25, 0.5, 0.125]


@pytest.mark.parametrize(
    ("first", "second"), [("2022-04-26", "2023-04-26"), ("2023-04-26", "2022")]
)
def test_a_bridging_person_is_as_old_as_the_older_post(first: str, second: str) -> None:
    story = (
        Story()
        .document("d1", published=first)
        .document("d2", published=second)
        .node("p", "Person")
        .relation("HOLDS_POST", "p", "a")
        .relation("HOLDS_POST", "p", "b", document="d2")
    )
    view = View(weighting="recency", half_life=365, persons="bridges", as_of="2023-04-26")
    age = 365 if first < second else 116  # 2022 may be over
    assert Network.of(story.snapshot(), view).weights == pytest.approx([0.5 ** (age / 365)])


def test_as_of_a_day_only_what_had_happened_is_shown() -> None:
    story = (
        Story()
        .event("before", "a", "b", date="2022-01-01")
        .event("after", "b", "c", date="2023-06-02")
        .event("undated", "c", "d", date="XXXX-01-01", document="d2")
        .document("d2", published="2023-05-01")
        .event("later", "d", "e", date=None, document="d3")
        .document("d3", published="2023-07-01")
        .relation("OWNS", "e", "f", document="d3")
    )
    network = Network.of(story.snapshot(), View(as_of="2023-06-01"))
    assert [fact.id for fact in network.facts if isinstance(fact, StoredEvent)] == [
        "before",
        "undated",
    ]
    assert len(network) == 6


def test_a_node_outside_the_giant_component_says_so() -> None:
    story = Story().event("e1", "a", "b", "c").event("e2", "d", "e")
    network = Network.of(story.snapshot(), View(component="giant"))
    assert network.nodes.ids == ["a", "b", "c"]
    with pytest.raises(NotFoundError, match="d is outside the part of the network that is shown"):
        network.index("d")
    assert len(Network.of(Story().snapshot(), View(component="giant"))) == 0
