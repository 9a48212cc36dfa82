"""How far two annotations of the same documents agree, as F1 of the second against the first.

    python extraction/training/agreement.py FIRST SECOND      two marked files, block by block

Mentions count by their characters and kind; entities, relations and event roles as in
`trihelix evaluate` (names joined by shared surface forms, optional items left out).
"""

# mypy: ignore-errors
from __future__ import annotations

import json
import sys
from pathlib import Path

from fit_judges import document_of, gold_of
from marks import LETTERS, Block, blocks

from trihelix.extraction.evaluate import Scores, Tally, score
from trihelix.schema.records import Entity, Event, Extraction, Participant, Relation, Span


def extraction_of(block: Block) -> Extraction:
    """A marked document as if the pipeline had said it, without what is optional."""
    forms = block.surfaces()
    everywhere = (Span(start=0, end=len(block.text)),)
    entities = tuple(
        Entity(
            id=i,
            kind=LETTERS[i[0]],
            name=max(names, key=len),
            aliases=tuple(names),
            mentions=tuple(Span(start=m.start, end=m.end) for m in block.mentions if m.id == i),
        )
        for i, names in forms.items()
        if i[0] not in "ZJT" and i not in block.optional
    )
    relations = tuple(
        Relation(kind=r.kind, source=r.source, target=r.target, confidence=1, evidence=everywhere)
        for r in block.relations
        if not r.optional
    )
    events = tuple(
        Event(
            id=f"v{n}",
            kind=e.kind,
            date=e.attributes.get("date"),
            confidence=1,
            participants=tuple(Participant(role=r, entity=i) for r, i in e.participants),
            evidence=everywhere,
        )
        for n, e in enumerate(block.events)
        if not e.optional
    )
    return Extraction(
        document=document_of(block), entities=entities, relations=relations, events=events
    )


def mentions(block: Block) -> set[tuple[int, int, str]]:
    """Organizations and persons as (start, end, kind)."""
    return {(m.start, m.end, m.id[0]) for m in block.mentions if m.id[0] not in "ZJT"}


def main() -> None:
    first, second = (blocks([Path(name)]) for name in sys.argv[1:3])
    total, spans, typed = Scores(), Tally(), Tally()
    for one, other in zip(first, second, strict=True):
        if one.text != other.text:
            sys.exit(f"{one.name}: the texts differ")
        total += score(gold_of(one), extraction_of(other))
        a, b = mentions(one), mentions(other)
        typed += Tally(right=len(a & b), wrong=len(b - a), missed=len(a - b))
        a, b = ({m[:2] for m in x} for x in (a, b))
        spans += Tally(right=len(a & b), wrong=len(b - a), missed=len(a - b))
    figures = {
        "documents": len(first),
        "mentions": spans.f1,
        "mentions with kind": typed.f1,
        "organizations": total.organizations.f1,
        "persons": total.persons.f1,
        "relations": total.relations.f1,
        "event roles": total.roles.f1,
        "links (macro)": total.links,
        "kinds": total.kinds_right / max(1, total.kinds_all),
        "dates": total.dates_right / max(1, total.dates_all),
    }
    print(json.dumps({k: round(v, 3) for k, v in figures.items()}, indent=1))


if __name__ == "__main__":
    main()
