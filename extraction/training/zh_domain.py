"""The project's own annotated documents as examples for the tagger: corpus and real text."""

# mypy: ignore-errors
from __future__ import annotations

from pathlib import Path

from marks import LETTERS, Block, MarkError, read_blocks
from real_text import stand_off_blocks
from split import is_for_judges, is_held_out
from zh_labels import ORGANIZATIONS, Example, Span

from trihelix.extraction.zh.tagger import windows

_HERE = Path(__file__).parent
_KINDS = {letter: (kind,) for letter, kind in LETTERS.items() if kind in ORGANIZATIONS}
_KINDS |= {"P": ("PER",), "t": ("TITLE",), "Z": ("LOC",)}


def domain_blocks(data: Path) -> list[Block]:
    """Every document of `corpus/` and `real/` that can be read; wrong ones are told and left."""
    found = []
    for path in sorted((_HERE / "corpus").glob("*.txt")):
        for block in read_blocks(path):
            if isinstance(block, MarkError):
                print(f"left out: {block}")
            else:
                found.append(block)
    for path in sorted((_HERE / "real").glob("*.jsonl")):
        for block in stand_off_blocks(data, path):
            block.attributes["labels"] = path.stem
            found.append(block)
    return found


def domain_examples(data: Path) -> tuple[list[Example], dict[str, list[Example]]]:
    """Windows of the documents as the tagger will read them: to train on, and held out by source.

    A mark inside another is no span of its own. Places are annotated only where something is, and
    a place inside a name of a project is nothing.
    """
    training: list[Example] = []
    held_out: dict[str, list[Example]] = {"domain": [], "real": []}
    for block in domain_blocks(data):
        real = "record" in block.attributes
        pieces = _windows(block, "real" if real else "domain")
        if block.attributes.get("source") == "boson_ner" and is_held_out(block):
            continue  # the public set has it with labels of its own
        if is_for_judges(block):
            continue
        if is_held_out(block):
            held_out["real" if real else "domain"] += pieces
        else:
            training += pieces
    return training, held_out


def _windows(block: Block, source: str) -> list[Example]:
    spans = _outer_spans(block)
    found = []
    for start, end in windows(block.text):
        inside = [s for s in spans if start <= s.start and s.end <= end]
        found.append(
            Example(
                text=block.text[start:end],
                spans=tuple(
                    Span(start=s.start - start, end=s.end - start, kinds=s.kinds) for s in inside
                ),
                unannotated=("LOC",),
                source=source,
            )
        )
    return found


def _outer_spans(block: Block) -> list[Span]:
    """The outermost marks that have a label, places last; joined where two names touch.

    A unit written right after its parent is one span with it (`{U1|江州大学}{U2|文学院}`), of the
    unit's kind. The kinds an annotator allows besides count too.
    """
    taken: list[Span] = []
    for mark in sorted(block.marks, key=lambda m: (m.id[0] == "Z", m.start, -m.end)):
        if mark.generic or mark.id[0] not in _KINDS:
            continue
        if any(mark.start < span.end and span.start < mark.end for span in taken):
            continue
        kinds = _KINDS[mark.id[0]]
        kinds += tuple(k for k in block.alternatives.get(mark.id, ()) if k in ORGANIZATIONS)
        start = mark.start
        if taken and taken[-1].end == start and _are_organizations(taken[-1].kinds, kinds):
            start = taken.pop().start
        taken.append(Span(start=start, end=mark.end, kinds=kinds))
    return sorted(taken, key=lambda span: span.start)


def _are_organizations(*kinds: tuple[str, ...]) -> bool:
    return all(k[0] in ORGANIZATIONS for k in kinds)
