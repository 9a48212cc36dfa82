"""What a tagger finds: a typed span with a score, before entities are merged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """Half-open code-point offsets into the tagged text, a label, and a score in 0..1.

    `kind` is an organization's kind in the vocabulary where the tagger tells it, and `sure` the
    probability of that kind given that the span is an organization.
    """

    start: int
    end: int
    label: str
    score: float
    kind: str | None = None
    sure: float = 0.0
