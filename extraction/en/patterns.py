"""What English sentences say, as patterns over masked sentences.

A masked sentence has each mention replaced by a mark: «O3» an organization, «P1» a person, «L0» a
place, «T2» a project or technology; the number is the mention's index in the sentence. In a
pattern, A stands for one or more organizations ("X, Y and the Z"), O for one, P for one person, N
for any one mention. The name of a group is the role of what it matches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = r"(?:, and |, as well as |, together with |, | and | & | or )(?:the |its |their )?"
_ONE = {"O": r"«O\d+»", "P": r"«P\d+»", "L": r"«[LO]\d+»", "T": r"«T\d+»", "N": r"«[OPT]\d+»"}
_MANY = {
    "A": rf"{_ONE['O']}(?:{_SEPARATOR}{_ONE['O']})*",
    "B": rf"«[OP]\d+»(?:{_SEPARATOR}«[OP]\d+»)*",
}
_GROUPS = {**_ONE, **_MANY}
APPOSITION = r"(?:the |an? |its )*(?P<title>[A-Za-z][^«».;]{2,60}?)"
_GAP = r"[^«»;]{0,60}?"  # what may stand between, without another mention
_LONG = r"[^;]{0,120}?"

TITLE = (
    r"(?:[A-Z][\w-]* |[a-z-]+ ){0,4}?(?:[Pp]rofessor|[Pp]resident|[Dd]irector|[Cc]hair(?:man|woman)?"
    r"|CEO|CTO|CFO|COO|[Ff]ounder|[Dd]ean|[Mm]anager|[Ss]cientist|[Ii]nvestigator|[Ee]ngineer"
    r"|[Rr]esearcher|[Ss]ecretary|[Mm]inister|[Mm]ayor|[Gg]overnor|[Aa]cademician|[Ff]ellow|[Hh]ead"
    r"|[Oo]fficer|[Ss]pokesperson|[Ll]ecturer|[Cc]hancellor)"
    r"(?:,? (?:and|&) (?:the )?(?:[A-Z][\w-]* |[a-z-]+ ){0,3}?(?:[Pp]resident|[Dd]irector|CEO|CTO"
    r"|[Ff]ounder|[Cc]hair(?:man)?|[Ss]ecretary|[Ii]nvestigator|[Ss]cientist|[Oo]fficer))?"
    r"(?: of [A-Z]?[a-z]+(?: [A-Z]?[a-z]+)?(?= (?:at|in|of|for)))?"
)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its shorthand written out: `{A:signatory}`, `{gap}`, `{title}`."""
    pattern = pattern.replace("{gap}", _GAP).replace("{long}", _LONG)
    pattern = pattern.replace("{title}", f"(?P<title>{TITLE})").replace("{apposition}", APPOSITION)
    return re.compile(re.sub(r"\{([A-Z]):(\w+)\}", _named, pattern))


def _named(match: re.Match[str]) -> str:
    return f"(?P<{match.group(2)}>{_GROUPS[match.group(1)]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One phrasing of one kind of event; groups ending in a digit share the role before it."""

    kind: str
    pattern: re.Pattern[str]
    confidence: float


_FRAMES: list[tuple[str, float, str]] = [
    (
        "Signing",
        0.85,
        r"{A:signatory1} (?:has |have |today |will |recently )*(?:signed?|signs|inked?|concluded?){gap}"
        r"(?:agreement|memorandum|MoU|MOU|contract|deal|letter){gap}with (?:the )?{A:signatory2}",
    ),
    (
        "Signing",
        0.8,
        r"{A:signatory} (?:has |have |today |will |jointly |formally |recently )*(?:signed?|signs|inked)\b",
    ),
    (
        "Signing",
        0.75,
        r"(?:agreement|memorandum|MoU|contract){gap} (?:between|with) (?:the )?{A:signatory}",
    ),
    ("Signing", 0.75, r"(?:agreement|memorandum){gap}signed by (?:the )?{A:signatory}"),
    (
        "Founding",
        0.8,
        r"{A:founder} (?:{gap} )?(?:established?|founded|launch(?:ed)?|set up|open(?:ed)?|inaugurated?"
        r"|unveiled?|create[ds]?|jointly build|co-found(?:ed)?|form(?:ed)?) {gap}{O:founded}",
    ),
    (
        "Founding",
        0.75,
        r"{O:founded}{gap}(?:was|were|will be|has been|is) (?:jointly |officially |formally )*"
        r"(?:established|founded|set up|inaugurated|unveiled|launched|created|built){gap}by (?:the )?{A:founder}",
    ),
    (
        "Founding",
        0.6,
        r"{O:founded}{gap}(?:was|were|will be|has been) (?:jointly |officially |formally )*"
        r"(?:established|founded|set up|inaugurated|unveiled)\b",
    ),
    ("Founding", 0.6, r"{P:founder}, (?:the )?(?:\w+ and )?[Ff]ounder of {O:founded}"),
    (
        "Acquisition",
        0.85,
        r"{O:acquirer} (?:has |will |to |agreed to |plans to |completed its |is to )*(?:acquire[ds]?"
        r"|acquiring|buys?|bought|take over|took over|acquisition of){gap}{O:acquired}",
    ),
    (
        "Acquisition",
        0.8,
        r"{O:acquired}{gap}(?:was|has been|will be|been) acquired by {O:acquirer}",
    ),
    (
        "Acquisition",
        0.75,
        r"{O:acquirer}[’']s (?:planned |proposed )?(?:acquisition|takeover) of {O:acquired}",
    ),
    (
        "Investment",
        0.85,
        r"{O:investee}{gap}(?:raised?|secured?|closed?|completed?|raises|closes)\b{long}"
        r"(?:led by|from|investors? includ\w+) (?:the )?{A:investor}(?:{gap}(?:participat\w+ (?:by|from)|joined by) {A:investor2})?",
    ),
    (
        "Investment",
        0.85,
        r"{A:investor} (?:{gap} )?(?:invest(?:ed|s)?|injected|put)\b{gap} in(?:to)? {O:investee}",
    ),
    (
        "Investment",
        0.6,
        r"{O:investee} (?:has |today |recently )*(?:raised|secured|closed|completed) {gap}(?:round|funding|financing|Series)",
    ),
    (
        "Grant",
        0.8,
        r"{O:recipient}{gap} (?:receive[ds]?|won|obtain(?:ed)?|secured?) {gap}(?:funding|grant|award|support)"
        r"s?{gap} from (?:the )?{A:funder}(?: at the {O:funder2})?",
    ),
    (
        "Grant",
        0.8,
        r"{A:funder}{gap} (?:award(?:ed|s)?|grant(?:ed|s)?|fund(?:ed|s)?|provid(?:ed|es)|allocat(?:ed|es)|support(?:ed|s)|sponsors?) "
        r"{gap}(?:to |the )?{A:recipient}",
    ),
    (
        "Grant",
        0.7,
        r"{A:recipient}{gap} (?:is|are|was|were) (?:\w+ )?(?:funded|supported|financed|sponsored) by (?:the )?{A:funder}",
    ),
    (
        "Grant",
        0.7,
        r"{A:funder}{gap} (?:is|became) (?:now )?an? (?:\w+ )?sponsor of (?:the )?{O:recipient}",
    ),
    (
        "Transfer",
        0.85,
        r"{O:provider}{gap} (?:licen[sc]ed?|transferr?(?:ed|s)?|sold|assigned)\b{gap}to {O:recipient}",
    ),
    (
        "Transfer",
        0.8,
        r"{O:recipient}{gap} (?:licen[sc]ed?|in-licensed|obtained a licen[sc]e){gap} from {O:provider}",
    ),
    (
        "Procurement",
        0.8,
        r"{O:supplier}{gap} (?:won|was awarded|secured) {gap}(?:contract|tender|bid|order)\w*{gap}(?:from|with|for|by) {O:buyer}",
    ),
    ("Procurement", 0.75, r"{O:supplier}{gap} (?:will )?suppl(?:y|ies|ied) {gap}to {O:buyer}"),
    (
        "Procurement",
        0.75,
        r"{O:buyer}{gap} (?:purchased?|ordered|procured?|commissioned) {gap}from {O:supplier}",
    ),
    (
        "Award",
        0.75,
        r"{O:grantor}{gap} (?:presented|conferred|bestowed) {gap}(?:award|prize|medal|title)\w*{gap}(?:on|to) {B:recipient}",
    ),
    (
        "Award",
        0.6,
        r"{B:recipient} (?:has |have )?(?:won|received|was awarded|were awarded|was named|were named)"
        r"\b[^«»;]{0,80}?(?:[Aa]ward|[Pp]rize|[Mm]edal|[Hh]onou?r)s?\b(?:{gap}by (?:the )?{O:grantor})?",
    ),
    (
        "Visit",
        0.8,
        r"{B:visitor}{gap} (?:visit(?:ed|s)?|toured?|paid a visit to) (?:the )?{A:host}",
    ),
    (
        "Visit",
        0.7,
        r"delegation {gap}(?:from|of) (?:the )?{A:visitor}{gap} visited (?:the )?{A:host}",
    ),
    (
        "Visit",
        0.7,
        r"{A:host} (?:hosted|welcomed|received) a delegation {gap}(?:from|of|led by) (?:the )?{B:visitor}",
    ),
    (
        "Convening",
        0.8,
        r"(?:[Hh]osted|[Oo]rgani[sz]ed|[Cc]onvened|[Ss]ponsored) (?:jointly )?by (?:the )?{A:organizer}",
    ),
    (
        "Convening",
        0.75,
        r"{A:organizer}{gap} (?:host(?:ed|s)?|organi[sz]e[ds]?|held|hold|convened?)\b[^«»;]{0,80}?"
        r"(?:[Cc]onference|[Ff]orum|[Ss]ummit|[Mm]eeting|[Ww]orkshop|[Ss]ymposium|[Cc]eremony|[Ss]eminar|[Ee]xpo|[Ff]air|event)",
    ),
    (
        "Convening",
        0.7,
        r"(?:[Cc]onference|[Ff]orum|[Ss]ummit|[Mm]eeting|[Ww]orkshop|[Ss]ymposium|[Cc]eremony|[Ss]eminar"
        r"|[Ss]chool){gap} (?:was held|held|took place|opened)?{gap}(?:at|in) (?:the )?{L:venue}",
    ),
    (
        "Convening",
        0.65,
        r"{B:attendee}{gap} (?:attended|took part in|participated in|joined) the [^«»;]{0,40}?"
        r"(?:conference|forum|summit|meeting|workshop|symposium|ceremony|seminar|event)",
    ),
    (
        "Convening",
        0.65,
        r"{B:speaker}{gap} (?:delivered|gave) (?:an? |the )?[^«»;]{0,30}?(?:speech|address|keynote|talk|report)",
    ),
    (
        "Release",
        0.65,
        r"{A:issuer} (?:has |have |today |recently |jointly |officially |will )*(?:released?|issued?|publish(?:ed)?"
        r"|unveiled?|launched?|introduced?|rolled out)\b(?! {gap}«O)(?:{gap}{T:output})?",
    ),
    (
        "Research",
        0.7,
        r"{A:performer}{gap} (?:(?:is|are) (?:currently )?)?(?:develop(?:ed|s|ing)?|invented|designed|built|discovered"
        r"|demonstrated|created)\b(?:{gap}{T:output})?",
    ),
    (
        "Research",
        0.7,
        r"{O:performer} (?:is|are) the (?:creators?|authors?|developers?|makers?){gap} of {T:output}",
    ),
    (
        "Research",
        0.7,
        r"{T:output}{gap} (?:was |were )?(?:developed|designed|invented|created|built){gap} by (?:the )?{A:performer}",
    ),
    (
        "Collaboration",
        0.8,
        r"{A:partner1}(?:{gap} )?(?:partner(?:ed|ing|s)?|collaborat(?:ed?|es|ing)|work(?:ed|ing|s)? (?:closely )?"
        r"(?:together )?|team(?:ed|s|ing)? up|cooperat(?:ed?|es|ing)|join(?:ed|s|ing)? (?:forces|hands)){gap} with (?:the )?{A:partner2}",
    ),
    (
        "Collaboration",
        0.75,
        r"(?:[Pp]artnership|[Cc]ollaboration|[Cc]ooperation|[Aa]lliance) (?:\w+ ){0,3}(?:between|of|among) (?:the )?{A:partner}",
    ),
    (
        "Collaboration",
        0.75,
        r"{A:partner} (?:{gap} )?(?:join(?:ed)? forces|partner(?:ed)? up|team(?:ed)? up|collaborat(?:ed?|e)|jointly|will cooperate)\b",
    ),
    (
        "Collaboration",
        0.7,
        r"{A:partner1}{gap}[Ii]n (?:partnership|collaboration|cooperation) with (?:the )?{A:partner2}",
    ),
    (
        "Collaboration",
        0.7,
        r"{O:partner1} (?:is|has been) an? (?:\w+ ){0,2}(?:partner|collaborator) of (?:the )?{A:partner2}",
    ),
    ("Collaboration", 0.7, r"collaborating institutions include (?:the )?{A:partner}"),
]

FRAMES = [Frame(kind=kind, confidence=prior, pattern=compiled(p)) for kind, prior, p in _FRAMES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One phrasing of one kind of relation, from the group `source` to the group `target`."""

    kind: str
    pattern: re.Pattern[str]
    confidence: float


_STATEMENTS: list[tuple[str, float, str]] = [
    ("HOLDS_POST", 0.9, r"{P:source}, (?:who is |the |an? |its )*{title} (?:of|at|for|with|in|from) (?:the )?{A:target}"),
    ("HOLDS_POST", 0.9, r"{P:source}, {title},? (?:of |at )?(?:the )?{O:target}"),
    ("HOLDS_POST", 0.85, r"{O:target}(?:[’']s)? {title},? {P:source}"),
    ("HOLDS_POST", 0.85, r"{title} (?:of|at) (?:the )?{O:target},? {P:source}"),
    ("HOLDS_POST", 0.85, r"{P:source} (?:is|was|became|serves as|has been named|was appointed|will serve as|was named) "
                         r"(?:the |an? |its )?{title} (?:of|at|for) (?:the )?{O:target}"),
    ("HOLDS_POST", 0.85, r"{O:target} (?:has )?(?:appointed|named|hired|appoints) {P:source} (?:as )?(?:its |the )?(?:new )?{title}"),
    ("HOLDS_POST", 0.8, r"{P:source}{gap} joined (?:the )?{O:target} as (?:an? |the |its )?{title}"),
    ("HOLDS_POST", 0.75, r"{P:source} represents {O:target}, where (?:he|she) (?:is|serves as) (?:an? |the |its )*{title}"),
    ("HOLDS_POST", 0.75, r"{P:source}, {apposition} (?:at|of|for|in|with) (?:the )?{O:target}"),
    ("HOLDS_POST", 0.75, r"{P:source}, [^«».;]{2,70} (?:at|of|for) (?:the )?«O\d+»,? and (?:the )?(?P<title>[^«».;]{2,60}?) (?:at|of|for) (?:the )?{O:target}"),
    ("HOLDS_POST", 0.75, r"{P:source}, [^«».;]{2,70} (?:at|of|for) (?:the )?«O\d+»,? who [^«».;]{0,30}joined {O:target} as (?:an? |the )?(?P<title>[^«».;,]{2,60})"),
    ("HOLDS_POST", 0.7, r"{P:source} represents {O:target}"),
    ("HOLDS_POST", 0.7, r"{P:source}, (?:from |of )?(?:the )?{O:target}"),
    ("MEMBER_OF", 0.85, r"{A:source}{gap} (?:joins?|joined|has joined|have joined|became a member of|joining) (?:the )?{O:target}"),
    ("MEMBER_OF", 0.85, r"{O:target}{gap} (?:welcomes?|welcomed|to welcome) {A:source}{gap} (?:as|to) [^«»]{0,30}?(?:[Mm]ember|foundation|alliance)"),
    ("MEMBER_OF", 0.75, r"{B:source} (?:is|are|was) (?:also )?(?:an? |the )?(?:\w+ )?members? of (?:the )?{O:target}"),
    ("MEMBER_OF", 0.75, r"[Mm]embers of (?:the )?{O:target} include (?:the )?{A:source}"),
    ("MEMBER_OF", 0.6, r"welcome {P:source} to (?:the )?{O:target}"),
    ("MEMBER_OF", 0.6, r"welcome «P\d+» and {P:source} to (?:the )?{O:target}"),
    ("PART_OF", 0.8, r"{A:source},? (?:at|of|within|in|under|hosted at|part of|affiliated (?:with|to)|a subsidiary of"
                     r"|a unit of|an affiliate of|an arm of) (?:the )?{O:target}"),
    ("PART_OF", 0.8, r"{O:target}[’']s {O:source}"),
    ("OWNS", 0.8, r"{O:source}{gap} (?:owns|holds|controls){gap}(?:stake|share|percent|%)\w*{gap} (?:in|of) {O:target}"),
    ("LOCATED_IN", 0.75, r"{O:source}{gap} (?:based|headquartered|located|situated) (?:in|at) (?P<target>«L\d+»)"),
    ("SPUN_OFF_FROM", 0.8, r"{O:source}{gap} (?:spun (?:off|out) (?:from|of)|a spin-?(?:off|out) (?:of|from)) (?:the )?{O:target}"),
    ("SUCCESSOR_OF", 0.75, r"{O:source},? (?:formerly(?: known as)?|previously) {O:target}"),
]  # fmt: skip

STATEMENTS = [Statement(kind=k, confidence=c, pattern=compiled(p)) for k, c, p in _STATEMENTS]

BARE_POST = compiled(r"{P:source}, (?:the |our |its )?{title}(?=[.,”\"]|$)")

PLANNED = re.compile(
    r"\b(?:will|plans? to|planned|intends? to|is to|are to|aims? to|agreed to|expects? to|upcoming"
    r"|proposed|looks? forward)\b"
)
CANCELLED = re.compile(
    r"\b(?:cancel(?:l?ed|s)|terminated?|called off|scrapped|abandoned|withdr[ae]wn?|did not|won[’']t"
    r"|postponed indefinitely|fell through)\b"
)
