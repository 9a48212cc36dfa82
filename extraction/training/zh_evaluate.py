"""Measure a Chinese tagger as it is shipped, on the held-out part of every set.

    python extraction/training/zh_evaluate.py --data DATA [--model FOLDER] [--card]

Strict spans: organizations of any kind, then their kinds among the spans found right (fine, and
the sector-like label), persons, posts and places; then how far scores can be believed.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from zh_labels import ORGANIZATIONS, Example, fine_kinds
from zh_mixture import training_mixture

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.tagger import COARSE, Tagger

_CLASSES = ("ORG", "PER", "TITLE", "LOC")


@dataclass(slots=True)
class Tally:
    """Counts of one set."""

    spans: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    bins: dict[int, list[float]] = field(default_factory=dict)
    sure: dict[int, list[float]] = field(default_factory=dict)

    def f1(self, name: str) -> tuple[float, float, float, int]:
        """Precision, recall, F1 (all in percent) and the number of spans there."""
        right, found, there = (self.spans[name, w] for w in ("right", "found", "there"))
        return (
            100 * right / max(1, found),
            100 * right / max(1, there),
            200 * right / max(1, found + there),
            there,
        )


def tally(tagger: Tagger, examples: list[Example]) -> Tally:
    """Spans of unknown kind, and classes that a source does not annotate, are left out."""
    counts = Tally()
    for example in examples:
        _count(example, tagger.tag([example.text])[0], counts)
    return counts


def _count(example: Example, found: list[Tagged], counts: Tally) -> None:
    unknown = [s for s in example.spans if not s.kinds]
    gold = {(s.start, s.end): s.kinds for s in example.spans if s.kinds}
    for kinds in gold.values():
        counts.spans[_class(kinds), "there"] += _class(kinds) not in example.unannotated
    for t in found:
        name = _class((t.label,))
        kinds = gold.get((t.start, t.end), ())
        if name in example.unannotated or any(s.start < t.end and s.end > t.start for s in unknown):
            continue
        if not kinds and any(
            len(gold[g]) > 1 and "LOC" in gold[g] and g[0] < t.end and g[1] > t.start for g in gold
        ):
            continue
        right = bool(kinds) and (_class(kinds) == name or name in kinds)
        counts.spans[name, "found"] += 1
        counts.spans[name, "right"] += right
        _into(counts.bins, t.score, right)
        if name == "ORG" and right:
            _count_kind(example.text[t.start : t.end], kinds, t, counts)


def _count_kind(name: str, kinds: tuple[str, ...], found: Tagged, counts: Tally) -> None:
    allowed = {fine for kind in kinds for fine in fine_kinds(kind, name)}
    if len(allowed) > 1 and not any(k in ORGANIZATIONS for k in kinds):
        return
    gold = next(k for k in kinds if k in ORGANIZATIONS) if len(allowed) > 1 else min(allowed)
    label = found.label in {COARSE[k] for k in allowed}
    counts.kinds[gold, "", "there"] += 1
    counts.kinds[gold, "", "label"] += label
    counts.kinds[gold, "", "fine"] += found.kind in allowed
    counts.kinds[gold, str(found.kind), "said"] += 1
    _into(counts.sure, found.sure, found.kind in allowed)


def _into(bins: dict[int, list[float]], score: float, right: bool) -> None:
    row = bins.setdefault(min(int(score * 10), 9), [0, 0, 0.0])
    row[0] += 1
    row[1] += right
    row[2] += score


def _class(kinds: tuple[str, ...]) -> str:
    return kinds[0] if kinds[0] in _CLASSES else "ORG"


def report(name: str, counts: Tally) -> str:
    """One line for the spans, one for the kinds."""
    cells = []
    for part in _CLASSES:
        precision, recall, f1, there = counts.f1(part)
        if there >= 10:
            cells.append(f"{part} {precision:.1f}/{recall:.1f} F {f1:.1f} ({there})")
    total = Counter()
    for (_, _, what), number in counts.kinds.items():
        total[what] += number
    kinds = ""
    if total["there"]:
        fine, label = (100 * total[w] / total["there"] for w in ("fine", "label"))
        kinds = f"; kind {fine:.1f}, label {label:.1f} of {total['there']}"
    return f"{name:14}{'  '.join(cells)}{kinds}"


def by_kind(counts: Tally) -> str:
    """Each kind: how many, how many with the right kind, what the others were taken for."""
    lines = []
    for kind in ORGANIZATIONS:
        there = counts.kinds[kind, "", "there"]
        said = {
            s: n for (k, s, w), n in counts.kinds.items() if k == kind and w == "said" and s != kind
        }
        if there:
            right = counts.kinds[kind, "", "fine"] / there
            lines.append(f"  {kind:18}{there:5} {right:.3f}  {said}")
    return "\n".join(lines)


def reliability(bins: dict[int, list[float]]) -> str:
    """In tenths of the score: how many spans, the mean score, how many of them are right."""
    return "  ".join(
        f"{total / number:.2f}:{right / number:.2f} ({int(number)})"
        for _, (number, right, total) in sorted(bins.items())
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--sets", nargs="*")
    args = parser.parse_args()
    tagger = Tagger(args.model)
    _, held_out = training_mixture(args.data, synthetic=0, seed=1)
    started, characters = time.process_time(), 0
    for name, examples in held_out.items():
        if not examples or (args.sets and name not in args.sets):
            continue
        counts = tally(tagger, examples)
        characters += sum(len(e.text) for e in examples)
        print(report(name, counts))
        if name in ("domain", "real"):
            print(by_kind(counts))
            print("  scores", reliability(counts.bins))
            print("  kinds ", reliability(counts.sure))
    print(f"{characters / (time.process_time() - started):.0f} characters per CPU second")


if __name__ == "__main__":
    main()
