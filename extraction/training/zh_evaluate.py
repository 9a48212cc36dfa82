"""Span precision, recall and F1 of a model in training, by label and held-out set."""

# mypy: ignore-errors
from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import torch
from zh_labels import LABELS, Example

if TYPE_CHECKING:
    from train_zh_tagger import Batches
    from zh_encoder import SpanTagger


def score(model: SpanTagger, batches: Batches, held_out: dict[str, list[Example]]) -> str:
    """A table; spans of unknown kind, and kinds a source does not annotate, are left out."""
    model.eval()
    rows = []
    for name, examples in held_out.items():
        counts: Counter[tuple[str, str]] = Counter()
        for example in examples:
            _count(example, _predict(model, batches, example), counts)
        for kind in sorted({kind for kind, _ in counts}):
            right, found, there = (counts[kind, what] for what in ("right", "found", "there"))
            precision, recall = right / max(1, found), right / max(1, there)
            f1 = 200 * right / max(1, found + there)
            rows.append(f"{name:14}{kind:10}P {precision:.3f} R {recall:.3f} F {f1:.1f} ({there})")
    return "\n".join(rows)


def _predict(model: SpanTagger, batches: Batches, example: Example) -> list[tuple[int, int, str]]:
    ids = torch.tensor([[2, *batches.encode(example.text[:500]), 3]])
    with torch.no_grad():
        best = model(ids)[0, 1:-1].argmax(-1).tolist()
    return spans_of([LABELS[k] for k in best])


def spans_of(labels: list[str]) -> list[tuple[int, int, str]]:
    """The well-formed spans of a BIOES sequence."""
    found, start, kind = [], -1, ""
    for position, label in enumerate(labels):
        prefix, _, name = label.partition("-")
        if prefix == "S":
            found.append((position, position + 1, name))
        elif prefix == "B":
            start, kind = position, name
        elif prefix == "E" and start >= 0 and kind == name:
            found.append((start, position + 1, name))
        if prefix in "OSE":
            start = -1
    return found


def _count(
    example: Example, found: list[tuple[int, int, str]], counts: Counter[tuple[str, str]]
) -> None:
    fuzzy = [s for s in example.spans if len(s.kinds) != 1]
    gold = {(s.start, s.end, s.kinds[0]) for s in example.spans if len(s.kinds) == 1}
    for span in fuzzy:
        if any(s == span.start and e == span.end and k in span.kinds for s, e, k in found):
            counts["ORG_ANY", "right"] += 1
        if span.kinds:
            counts["ORG_ANY", "there"] += 1
            counts["ORG_ANY", "found"] += 1
    for start, end, kind in found:
        if kind in example.unannotated or any(s.start < end and s.end > start for s in fuzzy):
            continue
        counts[kind, "found"] += 1
        counts[kind, "right"] += (start, end, kind) in gold
        group = "*ORG" if kind.startswith("ORG") else None
        if group:
            counts[group, "found"] += 1
            counts[group, "right"] += any(
                g[:2] == (start, end) and g[2].startswith("ORG") for g in gold
            )
    for _, _, kind in gold:
        counts[kind, "there"] += 1
        if kind.startswith("ORG"):
            counts["*ORG", "there"] += 1
