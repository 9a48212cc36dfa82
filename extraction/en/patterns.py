"""The shorthand in which the English phrasings of relations and events are written.

A masked sentence has each mention replaced by a mark: «O3» an organization, «A4» a list of them
("X, Y and the Z"), «P1» a person, «Q2» a list of persons, «L0» a place, «T2» a project or
technology; the number leads to the entities. In a pattern, `{O:role}` stands for one organization,
`{A:role}` for one or more, `{P:role}` and `{Q:role}` for persons likewise, `{B:role}` for
organizations or persons, `{L:role}` for a place or an organization, `{T:role}` for a technology.
Every gap is bounded, and none crosses a mark, so that matching stays linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_GROUPS = {
    "O": r"«O\d+»",
    "A": r"«[OA]\d+»",
    "P": r"«P\d+»",
    "Q": r"«[PQ]\d+»",
    "B": r"«[OAPQ]\d+»",
    "L": r"«[LO]\d+»",
    "T": r"«T\d+»",
}
TITLE = (
    r"(?:(?!(?:named|became|appointed|elected|said|says|has|was|is|and|who|will|been|joined) )"
    r"(?:[A-Z][\w-]*,? |[a-z-]+ )){0,4}?(?:[Cc]o-)?(?:[Pp]rofessor|[Pp]resident|[Dd]irector"
    r"|[Cc]hair(?:man|woman|person)?|CEO|CTO|CFO|COO|[Ff]ounder|[Dd]ean|[Mm]anager|[Ss]cientist"
    r"|[Ii]nvestigator|[Ee]ngineer|[Rr]esearcher|[Ss]ecretary|[Mm]inister|[Mm]ayor|[Gg]overnor"
    r"|[Aa]cademician|[Ff]ellow|[Hh]ead|[Oo]fficer|[Ss]pokes(?:person|man|woman)|[Ll]ecturer"
    r"|[Cc]hancellor|[Pp]hysicist|[Cc]hemist|[Bb]iologist|[Ee]conomist|[Bb]reeder|[Ll]eader|[Ll]ead"
    r"|[Aa]rchitect|[Pp]artner|[Aa]nalyst|[Pp]rovost|[Rr]ector|[Cc]ommissioner|[Aa]dvis[eo]r"
    r"|[Ee]xecutive|[Cc]oordinator|[Rr]epresentative|[Dd]eveloper|[Mm]aintainer|[Tt]echnologist"
    r"|[Ee]ditor|[Cc]onsultant|[Pp]rincipal|[Gg]eneral|[Dd]eputy|VP|[Cc]hief)s?\b"
    r"(?! (?:(?!and )\w+ ){0,2}?(?:officer|scientist|engineer|director|president|manager|investigator"
    r"|executive|economist|breeder|technologist|editor|architect)\b)"
    r"(?:,? (?:and|&) (?:the )?(?:[A-Z][\w-]* |[a-z-]+ ){0,3}?(?:[Cc]o-)?(?:[Pp]resident|[Dd]irector"
    r"|CEO|CTO|[Ff]ounder|[Cc]hair(?:man)?|[Ss]ecretary|[Ii]nvestigator|[Ss]cientist|[Oo]fficer"
    r"|[Mm]anager|[Mm]aintainer|[Ll]ead))?"
    r"(?: (?:of|for) [A-Z]?[a-z]+(?: [A-Z]?[a-z]+){0,3}(?= (?:at|in|of|for|with)))?"
)
_EVENT = (
    r"(?:[Cc]onference|[Ff]orum|[Ss]ummit|[Mm]eeting|[Ww]orkshop|[Ss]ymposium|[Cc]eremony"
    r"|[Ss]eminar|[Ee]xpo|[Ff]air|[Ee]xhibition|[Cc]ongress|[Ee]vent|[Hh]ackathon|[Rr]oundtable"
    r"|[Dd]ialogue|[Ss]ummer [Ss]chool|[Gg]athering|[Ll]ecture|[Cc]onvention)"
)
_NEW_BODY = (
    r"(?:laboratory|lab|cent(?:er|re)|institute|company|joint venture|venture|alliance|consortium"
    r"|base|academy|college|school|foundation|association|network|incubator|hub|spin-?off)"
)
_AUXILIARY = (
    r"has|have|had|today|will|would|to|also|already|recently|now|jointly|formally|officially"
    r"|together|both|plans?|agreed|intends?|aims?|expects?|announced|said|it|they|that|which|who"
    r"|currently|first|just|since|on|\w+day|yesterday|earlier|this|week|month|year|once|completed"
    r"|set|about|going|helped|in|(?:19|20)\d\d|then|proudly|successfully|further|actively"
    r"|continues?|began|started|proposed"
)
_WORDS = {
    "gap": r"(?:[^«»;]|«L\d+»){0,60}?",
    "object": r"(?:(?! (?:with|from|by|through|at|for|on|as|near) )(?:[^«»;,]|«L\d+»)){0,70}?",
    "long": r"[^;]{0,120}?",
    "have": rf"(?:,? )?(?:(?:{_AUXILIARY}|(?:is|are|was|were)(?= (?:\w+ )?\w+ing\b)) ){{0,7}}?",
    "been": rf"(?:,? )?(?:(?:{_AUXILIARY}|is|are|was|were|be|been|being|became|becomes) ){{0,7}}?",
    "deal": r"(?:agreement|memorandum|MoU|MOU|contract|deal|letter of intent|pact|accord|understanding)s?",
    "good": r"(?:licen[cs]e|patents?|technology|technologies|rights|process|drug|compound|design|software)",
    "the": r"(?:the |its |their |both |an? )?(?:(?:[\w’'-]+ ){0,4}(?:maker|company|firm|startup"
    r"|start-up|developer|supplier|producer|investor|university|partner|institute|bank|giant) )?",
    "of": r"(?:of|at|for|with|in|from|on behalf of) (?:the )?(?:«O\d+»[’']s )?",
    "event": _EVENT,
    "new": _NEW_BODY,
    "title": f"(?P<title>{TITLE})",
    "apposition": r"(?!who |which |said |says |and |where |when )(?:the |an? |its |now |currently )*"
    r"(?P<title>[A-Za-z][^«»;,.]{2,70}?)",
}


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its shorthand written out: `{A:signatory}`, `{gap}`, `{title}`."""
    for word, meaning in _WORDS.items():
        pattern = pattern.replace(f"{{{word}}}", meaning)
    return re.compile(re.sub(r"\{([A-Z]):(\w+)\}", _named, pattern))


def _named(match: re.Match[str]) -> str:
    return f"(?P<{match.group(2)}>{_GROUPS[match.group(1)]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table of phrasings."""

    name: str
    prior: float
    pattern: str
    weak: bool


def table(file: str) -> Iterator[Row]:
    """The phrasings of a file beside this one; # opens a comment, [weak] what only adds."""
    weak = False
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
        if line == "[weak]":
            weak = True
        elif line and not line.startswith("#"):
            name, prior, pattern = line.split(" ", 2)
            yield Row(name=name, prior=float(prior), pattern=pattern, weak=weak)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One phrasing of one kind of event; groups ending in a digit share the role before it.

    A `weak` phrasing (`Ann Lee presented ...`) only adds to an event that others tell of.
    """

    kind: str
    pattern: re.Pattern[str]
    confidence: float
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One phrasing of one kind of relation, from the group `source` to the group `target`."""

    kind: str
    pattern: re.Pattern[str]
    confidence: float
    title: str | None = None


PLANNED = re.compile(
    r"\b(?:will|plans? to|plan to|planned|intends? to|is to|are to|aims? to|agreed to"
    r"|expect(?:s|ed)? to|upcoming|proposed|looks? forward|about to|would)\b|» to [a-z]"
)
CANCELLED = re.compile(
    r"\b(?:cancel(?:l?ed|s)|terminated?|called off|calls off|scrapped|scraps|abandon(?:ed|s)"
    r"|withdr[ae]wn?|did not|won[’']t|dropped|drops|shelved|postponed indefinitely|fell through)\b"
)
