"""Extractions against gold: how much was found, how much of what was found is right.

Entities count once per article: a predicted one matches a gold one when they share a surface form;
a second one for the same gold entity is wrong (it was not merged). Relations are (kind, source,
target), event roles (kind, role, participant), links unordered pairs of organizations that share
an event, macro-averaged over articles. What the gold marks optional neither helps nor hurts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path, PurePath

from trihelix.extraction.gold import (
    Gold,
    GoldEntity,
    GoldEvent,
    GoldParticipant,
    GoldRelation,
    load_gold,
)
from trihelix.extraction.matching import match
from trihelix.schema.records import Entity, Event, Extraction, Relation
from trihelix.schema.vocabulary import vocabulary

_PLACED = "LOCATED_IN"  # places are optional in the gold

Fact = tuple[str, ...]
Resolve = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was right, wrong and missed.

    >>> Tally(right=3, wrong=1, missed=3).f1
    0.6
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 when nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 when there is none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures over all articles; `link_f1s` has one F1 for each article with links."""

    organizations: Tally = Tally()
    persons: Tally = Tally()
    relations: Tally = Tally()
    roles: Tally = Tally()
    link_f1s: tuple[float, ...] = ()
    kinds_right: int = 0
    sectors_right: int = 0
    kinds_all: int = 0
    dates_right: int = 0
    dates_all: int = 0
    missing: int = 0
    detail: tuple[str, ...] = field(default=(), repr=False)

    def __add__(self, other: Scores) -> Scores:
        return Scores(**{name: getattr(self, name) + getattr(other, name) for name in _FIGURES})

    @property
    def links(self) -> float:
        """The macro-averaged F1 of the links."""
        return sum(self.link_f1s) / max(1, len(self.link_f1s))


_FIGURES = tuple(Scores.__dataclass_fields__)


def evaluate(
    gold_dir: Path,
    outputs: Iterable[Extraction],
    *,
    detail: bool = False,
    language: str | None = None,
) -> Scores:
    """Score extractions, found by the stem of their source, against a folder of gold files.

    `detail` fills `Scores.detail` with what was missed and wrong; `language` (zh, en) restricts
    the articles. An article without an output counts as missed altogether.

    Raises:
        InputError: when the folder holds no gold, or a file is malformed.
    """
    found: dict[str, Extraction] = {}
    for output in outputs:
        found.setdefault(PurePath(output.document.source).stem, output)
    total = Scores()
    for gold in load_gold(gold_dir, language=language):
        scores = score(gold, next((found[stem] for stem in found if stem in gold.stems), None))
        total += scores if detail else replace(scores, detail=())
    return total


def score(gold: Gold, output: Extraction | None) -> Scores:
    """The figures of one article, with detail."""
    article = Article.of(gold, output)
    organizations, unfound = _entities(article, vocabulary().organizations, "organization")
    persons, unnamed = _entities(article, ("Person",), "person")
    relations, unrelated = _relations(article)
    roles, unfilled = _roles(article)
    links = _links(article)
    kinds, sectors, matched = _kinds(article)
    right, dated = _dates(article)
    return Scores(
        organizations=organizations,
        persons=persons,
        relations=relations,
        roles=roles,
        link_f1s=(links.f1,) if links != Tally() else (),
        kinds_right=kinds,
        sectors_right=sectors,
        kinds_all=matched,
        dates_right=right,
        dates_all=dated,
        missing=int(output is None),
        detail=(gold.stem, *unfound, *unnamed, *unrelated, *unfilled),
    )


def report(scores: Scores) -> str:
    """The detail, if any, and the figures as a table."""
    rows = (
        ("organizations", scores.organizations),
        ("persons", scores.persons),
        ("relations", scores.relations),
        ("event roles", scores.roles),
    )
    kinds, dates = max(1, scores.kinds_all), max(1, scores.dates_all)
    lines = [
        *scores.detail,
        f"{'':15}{'precision':>10}{'recall':>8}{'F1':>7}",
        *(_row(name, tally) for name, tally in rows),
        f"{'links':15}{'':18}{scores.links:7.3f}  (macro over {len(scores.link_f1s)} articles)",
        f"kind accuracy  {scores.kinds_right / kinds:.3f} fine, "
        f"{scores.sectors_right / kinds:.3f} sector, of {scores.kinds_all} matched organizations",
        f"event dates    {scores.dates_right / dates:.3f} of {scores.dates_all}",
    ]
    if scores.missing:
        lines.append(f"{scores.missing} articles have no output")
    return "\n".join(lines)


def _row(name: str, tally: Tally) -> str:
    figures = f"{tally.precision:10.3f}{tally.recall:8.3f}{tally.f1:7.3f}"
    return f"{name:15}{figures}  ({tally.right} right, {tally.wrong} wrong, {tally.missed} missed)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A gold article, what was predicted for it, and which predicted entity is which gold one."""

    gold: Gold
    named: Mapping[str, GoldEntity]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    events: tuple[Event, ...]
    matched: Mapping[str, str]
    unmerged: Mapping[str, str]

    @classmethod
    def of(cls, gold: Gold, output: Extraction | None) -> Article:
        entities = output.entities if output else ()
        text = output.document.text if output else ""
        matched, unmerged = match(entities, gold.entities, text)
        return cls(
            gold=gold,
            named={e.name: e for e in gold.entities},
            entities=entities,
            relations=output.relations if output else (),
            events=output.events if output else (),
            matched=matched,
            unmerged=unmerged,
        )

    @property
    def optional(self) -> frozenset[str]:
        return frozenset(e.name for e in self.gold.entities if e.optional)

    @property
    def required_events(self) -> tuple[GoldEvent, ...]:
        """The events that must be found, with the participants that must."""
        return tuple(
            replace(event, participants=tuple(p for p in event.participants if self._needs(p)))
            for event in self.gold.events
            if not event.optional
        )

    def _needs(self, participant: GoldParticipant) -> bool:
        return not participant.optional and not self.named[participant.entity].optional

    def resolve(self, entity: str) -> str:
        """The gold name of a predicted entity, merged or not; `?id` when it is none."""
        return self.matched.get(entity) or self.unmerged.get(entity) or f"?{entity}"


def _entities(
    article: Article, kinds: Collection[str], label: str
) -> tuple[Tally, tuple[str, ...]]:
    needed = {name for name, e in article.named.items() if e.kind in kinds and not e.optional}
    got: set[str] = set()
    wrong: list[str] = []
    for entity in article.entities:
        name = article.matched.get(entity.id)
        if entity.kind not in kinds or _is_beside(article, name, kinds):
            continue
        if name is None:
            wrong.append(entity.name)
        else:
            got.add(name)
    right = got & needed
    tally = Tally(
        right=len(right),
        wrong=len(wrong) + len(got - needed - article.optional),
        missed=len(needed - got),
    )
    return tally, (
        *(f"  missed {label}: {name}" for name in sorted(needed - got)),
        *(f"  wrong {label}: {name}" for name in sorted(wrong)),
    )


def _is_beside(article: Article, name: str | None, kinds: Collection[str]) -> bool:
    """Whether a prediction is an optional gold entity of another kind."""
    if name is None:
        return False
    return article.named[name].kind not in kinds and article.named[name].optional


def _kinds(article: Article) -> tuple[int, int, int]:
    """Of the matched organizations: right kinds, right sectors, all."""
    kind_of = {e.id: e.kind for e in article.entities}
    pairs = [
        (kind_of[id_], article.named[name])
        for id_, name in article.matched.items()
        if article.named[name].kind in vocabulary().organizations
    ]
    kinds = sum(kind in (g.kind, *g.alt_kinds) for kind, g in pairs)
    sectors = sum(_sector(kind) == _sector(g.kind) or kind in g.alt_kinds for kind, g in pairs)
    return kinds, sectors, len(pairs)


def _sector(kind: str) -> str | None:
    known = vocabulary().entities.get(kind)
    return known.sector if known else None


def _relations(article: Article) -> tuple[Tally, tuple[str, ...]]:
    return _compare(*relation_facts(article), "relation")


def relation_facts(article: Article) -> tuple[set[Fact], set[Fact], set[Fact]]:
    """The relations that were found, those that are needed, and those that do no harm."""
    gold = article.gold.relations
    every = _facts(gold, str)
    needed = _facts([r for r in gold if not r.optional], str)
    found = {
        fact
        for fact in _facts(article.relations, article.resolve)
        if fact in every or not article.optional & {*fact[1:]}
    }
    needed, found = ({fact for fact in facts if fact[0] != _PLACED} for facts in (needed, found))
    return found, needed, _facts([r for r in gold if r.optional], str)


def _facts(relations: Iterable[Relation | GoldRelation], resolve: Resolve) -> set[Fact]:
    return {(r.kind, resolve(r.source), resolve(r.target)) for r in relations}


def _roles(article: Article) -> tuple[Tally, tuple[str, ...]]:
    return _compare(*role_facts(article), "role")


def role_facts(article: Article) -> tuple[set[Fact], set[Fact], set[Fact]]:
    """The event roles that were found, those that are needed, and those that do no harm."""
    required = article.required_events
    needed = {fact for event in required for fact in _fillers(event, [event.kind], str)}
    accepted = {
        fact
        for event in article.gold.events
        for fact in _fillers(event, (event.kind, *event.alt_kinds), str)
    }
    found = {
        fact
        for event in article.events
        for fact in _fillers(event, [event.kind], article.resolve)
        if fact[2] not in article.optional or fact in needed
    }
    return found, needed - set(_credited(required, found)), accepted


def _credited(events: Iterable[GoldEvent], found: Collection[Fact]) -> Iterator[Fact]:
    """What was found under an accepted alternative kind only."""
    for event in events:
        for p in event.participants:
            fact = (event.kind, p.role, p.entity)
            others = [(kind, p.role, p.entity) for kind in event.alt_kinds]
            if fact not in found and any(other in found for other in others):
                yield fact


def _fillers(event: Event | GoldEvent, kinds: Iterable[str], resolve: Resolve) -> Iterator[Fact]:
    for kind in kinds:
        for p in event.participants:
            yield kind, p.role, resolve(p.entity)


def _compare(
    found: set[Fact], needed: set[Fact], accepted: set[Fact], label: str
) -> tuple[Tally, tuple[str, ...]]:
    missed, wrong = needed - found, found - needed - accepted
    tally = Tally(right=len(found & needed), wrong=len(wrong), missed=len(missed))
    return tally, (
        *(f"  missed {label}: {' '.join(fact)}" for fact in sorted(missed)),
        *(f"  wrong {label}: {' '.join(fact)}" for fact in sorted(wrong)),
    )


def _links(article: Article) -> Tally:
    kinds = vocabulary().organizations
    known = {e.name for e in article.gold.entities if e.kind in kinds}
    unknown = {f"?{e.id}" for e in article.entities if e.kind in kinds}
    needed = _pairs(article.required_events, str, known)
    accepted = _pairs(article.gold.events, str, known)
    found = _pairs(article.events, article.resolve, known | unknown)
    return _compare(found, needed, accepted, "link")[0]


def _pairs(
    events: Iterable[Event | GoldEvent], resolve: Resolve, organizations: set[str]
) -> set[Fact]:
    return {
        pair
        for event in events
        for pair in combinations(
            sorted({resolve(p.entity) for p in event.participants} & organizations), 2
        )
    }


def _dates(article: Article) -> tuple[int, int]:
    """Of the dated events that must be found: kind and date right, all."""
    needed = {(e.kind, e.date) for e in article.gold.events if e.date and not e.optional}
    found = {(e.kind, e.date) for e in article.events}
    return len(needed & found), len(needed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
