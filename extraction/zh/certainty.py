"""How sure the entities of a document are, from what the tagger saw and what their names tell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from trihelix.extraction.judge import Features, judges, logit
from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.mentions import Mention
from trihelix.extraction.zh.names import suffix_of
from trihelix.schema.registry import registry
from trihelix.schema.vocabulary import vocabulary

_UNSEEN = 0.3  # the score of a mention that the tagger did not see as such
Seen = Mapping[tuple[int, int], float]


def seen(tagged: Iterable[Tagged]) -> Seen:
    """The tagger's score of each span that it found."""
    return {(t.start, t.end): t.score for t in tagged}


def features(
    kind: str, name: str, forms: Sequence[str], mentions: Sequence[Mention], scores: Seen
) -> Features:
    """What its judge looks at: how often and how surely it was tagged, and how its name is made."""
    found = [scores.get((m.start, m.end), _UNSEEN) for m in mentions]
    tagged = fmean((m.start, m.end) in scores for m in mentions)
    return {
        "bias": 1.0,
        f"is {kind}": 1.0,
        "best score": logit(max(found)),
        "mean score": logit(fmean(found)),
        "share tagged": tagged,
        "log mentions": math.log(len(mentions)),
        "known": float(bool(registry().lookup(name))),
        "telling suffix": float(bool(suffix_of(name))),
        "log length": math.log(len(name)),
        "several forms": float(len(forms) > 1),
        "Latin": float(name.isascii()),
    }


def sort_of(kind: str) -> str:
    """Which judge an entity comes before.

    >>> sort_of("Firm"), sort_of("Person"), sort_of("Place")
    ('zh organizations', 'zh persons', 'zh things')
    """
    if vocabulary().is_organization(kind):
        return "zh organizations"
    return "zh persons" if kind == "Person" else "zh things"


def certainty(kind: str, found: Features) -> float:
    """The calibrated chance that an entity is one, rightly bounded and merged."""
    return judges()[sort_of(kind)].chance(found)
