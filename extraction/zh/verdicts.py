"""How surely relations and roles hold, by grammar and role model together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trihelix.extraction.judge import Features, judges, logit
from trihelix.extraction.zh.events import Hit
from trihelix.extraction.zh.relations import Link
from trihelix.extraction.zh.roles import Proposals

WORTH = 0.1
"""A proposal that the grammar does not share is considered from this chance on."""

ENOUGH = 0.5
"""It is reported when its judge gives it this chance: on real texts kept apart, less sure ones
were wrong too often."""

_FREQUENT = ("HOLDS_POST", "PART_OF")
Sure = Mapping[str, float]  # entity -> how sure it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A role that grammar (with its prior) or the role model, or both, suggest."""

    kind: str
    proposed: float
    prior: float | None = None
    entity: float = 1.0  # how sure its player is

    @property
    def features(self) -> Features:
        """What its judge looks at."""
        chance = logit(self.proposed)
        found = {"bias": 1.0, "proposed": chance, f"is {self.kind}": 1.0}
        if self.prior is not None:
            found |= {
                "told": 1.0,
                "told as proposed": chance,
                "prior": logit(self.prior),
                f"told {self.kind}": 1.0,
            }
        by = "new" if self.prior is None else "told"
        return found | {f"{by} entity": logit(self.entity)}


def judged_links(links: Iterable[Link], sure: Sure) -> list[Link]:
    """The relations with calibrated confidence, one for each kind and pair."""
    judge = judges()["zh relations"]
    found = link_features(best_links(links), sure)
    return [replace(link, confidence=judge.chance(features)) for link, features in found]


def best_links(links: Iterable[Link]) -> list[Link]:
    """Each relation once, as its surest pattern tells it."""
    told: dict[tuple[str, str, str], Link] = {}
    for link in links:
        key = (link.kind, link.source, link.target)
        if key not in told or link.confidence > told[key].confidence:
            told[key] = link
    return list(told.values())


def link_features(links: Sequence[Link], sure: Sure) -> list[tuple[Link, Features]]:
    """What the judge of relations looks at: each link itself, its ends and what is told beside it.

    That is another target of its source, another source of its target, another relation of both.
    """
    beside = {
        "source": Counter((x.kind, x.source) for x in links),
        "target": Counter((x.kind, x.target) for x in links),
        "pair": Counter(frozenset((x.source, x.target)) for x in links),
    }
    found: list[tuple[Link, Features]] = []
    for x in links:
        group = x.kind if x.kind in _FREQUENT else "rare"
        own = {
            "bias": 1.0,
            f"is {x.kind}": 1.0,
            "prior": logit(x.confidence),
            "least": logit(min(sure[x.source], sure[x.target])),
        }
        keys = (x.kind, x.source), (x.kind, x.target), frozenset((x.source, x.target))
        for (what, counts), key in zip(beside.items(), keys, strict=True):
            if counts[key] > 1:  # type: ignore[index]
                own[f"beside {what} {group}"] = 1.0
        found.append((x, own))
    return found


def role_candidates(
    hits: Iterable[Hit], proposals: Proposals, sure: Sure
) -> dict[tuple[str, str, str], Candidate]:
    """Every (kind, role, entity) that grammar or model suggests anywhere in the document."""
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
            entity=sure[key[2]],
        )
        for key in sorted(keys)
    }


def judged_roles(
    hits: Iterable[Hit], proposals: Proposals, sure: Sure
) -> dict[tuple[str, str, str], float]:
    """How surely each (kind, role, entity) holds: all that is told, and proposals sure enough."""
    judge = judges()["zh roles"]
    found: dict[tuple[str, str, str], float] = {}
    for key, candidate in role_candidates(hits, proposals, sure).items():
        chance = judge.chance(candidate.features)
        if candidate.prior is not None or chance >= ENOUGH:
            found[key] = chance
    return found
