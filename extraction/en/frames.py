"""How English sentences tell of events: the phrasings of `frames.txt`."""

from __future__ import annotations

from trihelix.extraction.en.patterns import Frame, compiled, table

FRAMES = [
    Frame(kind=row.name, confidence=row.prior, pattern=compiled(row.pattern), weak=row.weak)
    for row in table("frames.txt")
]
