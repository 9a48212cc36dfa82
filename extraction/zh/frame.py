"""What a frame is: how one kind of event is told around a cue word.

A frame is read within one clause of a folded sentence (see fold.py). `subject` is the role of the
unmarked actor before the cue, and of one after 由; `object` that of the first mention after the
cue, or after 将, 把. In a passive (被 获 由 before an actor, 被 before the cue) the unmarked
mention before the cue has the object's role. `markers` adds roles for other prepositions.

`confidence` is a prior set by judgement, not a measured frequency: about 0.8 where the words leave
little doubt, 0.5 where they often mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from trihelix.extraction.zh.reading import compile_pattern

COMITATIVE = ("与", "同", "和", "跟", "及", "联合", "携手")


@dataclass(frozen=True, slots=True)
class Frame:
    """How one kind of event is told. Kinds of mention are written as in reading.py."""

    kind: str
    cue: re.Pattern[str]
    subject: str | None = None
    object: str | None = None
    markers: Mapping[str, str] = field(default_factory=dict)
    subject_kinds: str = "ⓄⓅⓂ"
    object_kinds: str = "ⓄⓅⓂ"
    needs: tuple[str, ...] = ()
    least: int = 1
    reach: int = 30
    inherits: bool = True
    employers: bool = True
    unless: re.Pattern[str] | None = None
    requires: re.Pattern[str] | None = None
    context: re.Pattern[str] | None = None
    gap: int = 60
    object_before: bool = False
    thing: str | None = None
    confidence: float = 0.7


def frame(kind: str, cue: str, **more: object) -> Frame:
    for name in ("unless", "requires", "context"):
        if name in more:
            more[name] = compile_pattern(str(more[name]))
    if "with_" in more:
        role = more.pop("with_")
        more["markers"] = {**dict.fromkeys(COMITATIVE, role), **more.get("markers", {})}  # type: ignore[dict-item]
    return Frame(kind, compile_pattern(cue), **more)  # type: ignore[arg-type]
