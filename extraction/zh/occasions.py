"""Whether what a clause tells has happened, and on which day."""

from __future__ import annotations

import re

from trihelix.extraction.zh.dates import Dated, nearest
from trihelix.extraction.zh.reading import Reading, clauses, compile_pattern
from trihelix.schema.records import Document, Status

_MAIN_ONLY = frozenset(
    {
        "Convening",
        "Signing",
        "Founding",
        "Award",
        "Release",
        "Visit",
        "Investment",
        "Acquisition",
        "Grant",
        "Transfer",
        "Procurement",
    }
)
_YEARLY = frozenset({"Award", "Grant", "Release"})
_ANNUAL = re.compile(r"(?<!\d)((?:19|20)\d\d)年度")
_HEAD = 300  # characters within which an article says which year's list it is about
_PLANNED = re.compile(
    r"即将|将(?:要|于|在|与|由|共同|联合|进一步|继续|陆续|正式|重点|分别|对|以|"
    r"通过|设立|建设|成立|组建|携手|开展|举[办行]|召开|"
    r"推出|投资|收购|合作|发布|打造|投入)|"
    r"拟(?!定)|计划(?=[^，。]{0,12}$)|有望|准备|预计|力争|未来(?=[^，。]*$)|下一步|"
    r"筹备|谋划|规划建设"
)
_AGENTLESS = compile_pattern(
    r"将(?![Ⓐ]|[^，。]{0,20}(?:打造成|建成|转化为|列为|纳入|带入|转让|许可|作为))"
)
_CANCELLED = re.compile(
    r"取消|终止|中止|解除|叫停|未能|尚未|没有|未(?!来|央|知)|流产|放弃|撤销|推迟"
)


def annual(document: Document) -> str | None:
    """The year of the list (2022年度…项目) that an article without any date is about."""
    found = None if document.published else _ANNUAL.search(document.text, 0, _HEAD)
    return found[1] if found else None


def occasion(reading: Reading, sentence: int, at: int, kind: str) -> str | None:
    """The date of a happening told at a place of a folded sentence, once events were read."""
    folded = reading.sentences[sentence].folded
    status = status_of(folded, at)
    return date_of(kind, folded, at, status, reading.dates[sentence], reading.day)


def status_of(folded: str, at: int) -> Status:
    """Whether what is told in the clause at a place of a folded sentence has happened."""
    offset, clause = max(
        ((o, c) for o, c in clauses(folded) if o <= at), default=(0, folded), key=lambda one: one[0]
    )
    return status_in(clause[: max(0, at - offset)], clause)


def date_of(
    kind: str, folded: str, at: int, status: Status, when: list[Dated], day: str | None
) -> str | None:
    """The date of what is told at a place: one said there, or the article's day where it may be."""
    inherits = kind in _MAIN_ONLY and not _beside(folded, at, kind, status)
    if day and len(day) == len("2022"):  # a list of that year, whose day is told nowhere
        return nearest(when, at, None) or (day if inherits and kind in _YEARLY else None)
    return nearest(when, at, day if inherits else None)


_AGREED = re.compile(r"(?:根据|按照?|依据|依照)[^，。]{0,12}(?:协议|合同|约定|规划)|约定")
_SO_FOUNDED = compile_pattern(r"[^，。；Ⓐ]{0,6}的[^，。；Ⓐ]{0,12}[Ⓞ]")


def _beside(folded: str, at: int, kind: str, status: Status) -> bool:
    """Whether what is told without a date need not be of the article's day.

    A plan has a day of its own, and so has a founding that an agreement promises or that only
    says which organization is meant (由甲与乙设立的丙).
    """
    if status == "planned":
        return True
    if kind != "Founding":
        return False
    return bool(_AGREED.search(folded, 0, at) or _SO_FOUNDED.match(folded, at))


def status_in(head: str, clause: str) -> Status:
    """Whether a cue with this head, in this clause, has happened."""
    if _CANCELLED.search(head[-8:]) or re.search(r"(?:被|宣告)?(?:取消|终止|流产|叫停)$", clause):
        return "cancelled"
    return "planned" if _PLANNED.search(head) or _AGENTLESS.search(head) else "completed"
