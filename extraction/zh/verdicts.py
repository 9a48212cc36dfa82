"""Grammar and proposals weighed together: which roles and relations hold, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trihelix.extraction.judge import Features, Judge, judges, logit
from trihelix.extraction.zh.events import Hit
from trihelix.extraction.zh.proposals import Proposals
from trihelix.extraction.zh.relations import Link

WORTH = 0.1
"""A proposal that the grammar does not share is considered from this chance on."""

Participants = Mapping[tuple[str, str], float]  # role, entity -> how surely


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A role or relation that grammar (with its prior) or encoder, or both, suggest."""

    kind: str
    proposed: float
    prior: float | None = None
    support: float = 0.0

    @property
    def features(self) -> Features:
        """What its judge looks at."""
        chance = logit(self.proposed)
        found = {"bias": 1.0, "proposed": chance, f"is {self.kind}": 1.0, "support": self.support}
        if self.prior is not None:
            found |= {
                "told": 1.0,
                "told as proposed": chance,
                "prior": logit(self.prior),
                f"told {self.kind}": 1.0,
            }
        return found


def judged_links(links: Iterable[Link], proposals: Proposals) -> list[Link]:
    """The relations that hold, with calibrated confidence; one for each kind and pair."""
    judge = judges()["zh relations"]
    found: dict[tuple[str, str, str], Link] = {}
    for link, candidate in link_candidates(links, proposals):
        chance = judge.chance(candidate.features)
        if judge.keeps(chance):
            found[link.kind, link.source, link.target] = replace(link, confidence=chance)
    return list(found.values())


def link_candidates(
    links: Iterable[Link], proposals: Proposals
) -> Iterator[tuple[Link, Candidate]]:
    """Each relation that grammar or encoder suggests, once."""
    told: dict[tuple[str, str, str], Link] = {}
    for link in links:
        key = (link.kind, link.source, link.target)
        if key not in told or link.confidence > told[key].confidence:
            told[key] = link
    for (kind, source, target), link in told.items():
        chance = proposals.relation(kind, source, target)
        yield link, Candidate(kind=kind, proposed=chance, prior=link.confidence)
    for (kind, source, target), proposed in proposals.relations.items():
        if (kind, source, target) not in told and proposed.chance >= WORTH:
            link = Link(kind, source, target, proposed.sentence, proposed.chance)
            yield link, Candidate(kind=kind, proposed=proposed.chance)


def role_candidates(
    hits: Iterable[Hit], proposals: Proposals
) -> dict[tuple[str, str, str], Candidate]:
    """Every (kind, role, entity) that grammar or encoder suggests anywhere in the document."""
    priors: dict[tuple[str, str, str], float] = {}
    for hit in hits:
        for role, entity in hit.participants:
            key = (hit.kind, role, entity)
            priors[key] = max(hit.confidence, priors.get(key, 0.0))
    keys = set(priors)
    keys |= {(*r, e) for (r, e), chance in proposals.best.items() if chance >= WORTH}
    return {
        key: Candidate(
            kind=f"{key[0]}.{key[1]}",
            proposed=proposals.role(*key),
            prior=priors.get(key),
        )
        for key in sorted(keys)
    }


def judged_roles(
    hits: Iterable[Hit], proposals: Proposals, judge: Judge | None = None
) -> dict[tuple[str, str, str], float]:
    """How surely each (kind, role, entity) holds that is sure enough to be kept."""
    judge = judge or judges()["zh roles"]
    chances = {
        key: judge.chance(candidate.features)
        for key, candidate in role_candidates(hits, proposals).items()
    }
    return {key: chance for key, chance in chances.items() if judge.keeps(chance)}
