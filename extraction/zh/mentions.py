"""What the grammar works on: names in a text, and which of rivals to believe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from trihelix.extraction.tagged import Tagged


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A verbatim name. `kind` is a guess from the tagger or the registry; `trust` orders rivals;
    `told` is the kind that the tagger is sure of by context."""

    start: int
    end: int
    kind: str | None = None
    trust: float = 0.0
    told: str | None = field(default=None, compare=False)

    def contains(self, other: Mention) -> bool:
        return self.start <= other.start and other.end <= self.end


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """Choose among rivals so that no two overlap: trust first, then length, then position."""
    chosen = Occupied()
    for mention in sorted(mentions, key=lambda m: (-m.trust, m.start - m.end, m.start)):
        if chosen.is_free(mention.start, mention.end):
            chosen.add(mention)
    return sorted(chosen)


class Occupied:
    """Mentions that do not overlap, with a quick test for free room."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._at: dict[int, Mention] = {}
        for mention in mentions:
            self.add(mention)

    def __iter__(self) -> Iterator[Mention]:
        return iter(dict.fromkeys(self._at.values()))

    def add(self, mention: Mention) -> None:
        for position in range(mention.start, mention.end):
            self._at[position] = mention

    def at(self, position: int) -> Mention | None:
        return self._at.get(position)

    def is_free(self, start: int, end: int) -> bool:
        return not any(position in self._at for position in range(start, end))


def consistent(text: str, tagged: Iterable[Tagged]) -> list[Tagged]:
    """One label for one form: a name that is PER here and ORG there gets the likelier of both."""
    spans = list(tagged)
    weights: dict[str, dict[str, float]] = {}
    for span in spans:
        by_label = weights.setdefault(text[span.start : span.end], {})
        by_label[span.label] = by_label.get(span.label, 0.0) + span.score
    best = {form: max(sorted(w), key=lambda x: w[x]) for form, w in weights.items()}
    return [replace(span, label=best[text[span.start : span.end]]) for span in spans]
