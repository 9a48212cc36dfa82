"""Find names in English text by their shape and by what stands around them.

Capitalised words that belong together are candidates; head words, titles, verbs and the registry
say what they are. A candidate that nothing speaks for is left out: precision before recall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trihelix.extraction.en.names import (
    KIND_OF_HEAD,
    KNOWN,
    KNOWN_FIRMS,
    OPENING_HEADS,
    is_person,
    kind_of,
)
from trihelix.extraction.tagged import Tagged
from trihelix.schema.registry import registry
from trihelix.schema.vocabulary import vocabulary

_POSSESSIVE = r"(?:Lloyd|King|Queen|People|Children|Women|Moody|Saint|St)[’']s(?= [A-Z])"
_WORD = rf"(?:{_POSSESSIVE}|[A-Z]\.(?=\s)|(?:Dr|Prof|Mr|Ms|Mrs|St|Inc|Corp|Co|Ltd)\.|[A-Z][\w&-]*|[a-z]{{1,3}}[A-Z][\w-]*)"
_JOIN = r"(?:& |(?:of|for|on|de|and|in|at) (?:the )?|the )?"
_TAIL = r"(?: (?:foundation|consortium|alliance|federation|association|society)\b)?"
_CAPITALS = re.compile(
    rf"{_WORD}(?: {_JOIN}{_WORD})*{_TAIL}|\b[a-z]+-[a-z]+ (?:consortium|foundation)\b"
)
_JOINERS = {"of", "for", "on", "de", "and", "in", "at", "the", "&"}
_SUFFIX = re.compile(r",? (?:Inc\.?|Corp\.?|Co\.?,? Ltd\.?|Ltd\.?|LLC)(?=\W|$)")
_NOT_NAMES = frozenset(
    """A An The This That These Those In On At By For From With Without To Of And Or But If When While
    After Before Since Until As It Its We Our You Your They Their He She His Her I My Who What Which
    Where Why How Here There Today Yesterday Tomorrow Now Then Also However Meanwhile According Under
    Over Through During Between Both Each Every All Some Many Most Other Another New First Second-place
    Last Next Credit About Based Following Founded Learn Read More Photo Source Contact Dr Dr. Prof
    Prof. Professor Mr Mr. Ms Ms. Mrs President Chairman Chairwoman Director Vice Deputy CEO CTO CFO
    COO Founder Co-founder Dean Minister Governor Mayor Academician Engineer January February March
    April May June July August September October November December Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday Phase Series No Yes Not""".split()
)
_HEADLINE_VERBS = frozenset(
    """Joins Join Receives Receive Signs Sign Announces Announce Launches Launch Acquires Acquire Raises
    Raise Opens Open Wins Win Unveils Unveil Invests Invest Forms Partners Teams Releases Release
    Wins Establishes Establish Inaugurates Completes Secures Closes Hosts Visits Appoints Names Buys
    Terminates Cancels Plans Welcomes Develops Builds With To And""".split()
)
_GENERIC = frozenset(
    """Data Research Innovation New Joint National Technology Science International Global Advanced
    Provincial Municipal Vehicle Hardware Engineering Computing Executive Development Management Big
    Key State""".split()
)
COUNTRIES = frozenset(
    """China US USA UK EU America Europe Germany Japan
    France Britain Korea Singapore India Canada Australia Russia Italy Norway
    Spain Sweden Switzerland Netherlands Israel Brazil Colorado California Texas Wisconsin Asia
    Africa""".split()
)
_ADJECTIVES = frozenset(
    """Chinese American European German Japanese French British Korean Indian Russian Italian English
    Norwegian Canadian Australian Asian African Swedish Swiss Dutch""".split()
)
_TITLE_BEFORE = re.compile(
    r"(?:Dr|Prof|Mr|Ms|Mrs)\.? $|(?:Professor|President|Chairman|Chairwoman|Director|CEO|CTO|CFO"
    r"|COO|Founder|Dean|Minister|Governor|Mayor|Academician|Chancellor|Scientist|Engineer|director"
    r"|president|professor|chairman|chairwoman|founder|scientist|researcher|dean|engineer|manager"
    r"|secretary|minister|mayor|executive|academician|officer),? $"
)
_SAYS = (
    r"(?:said|says|explains?|explained|adds?|added|noted|notes|told|commented|remarked|stressed)"
)
_SPEECH_BEFORE = re.compile(rf"\b{_SAYS} $")
_SPEECH_AFTER = re.compile(rf"^,? (?:who )?{_SAYS}\b")
_POST_AFTER = re.compile(
    r"^(?:,|,? (?:who )?(?:is|was)) (?:the |a |an |its |our )?(?:[\w-]+ ){0,4}?(?:professor|president|director|chairman"
    r"|chairwoman|chair|CEO|CTO|CFO|COO|founder|Founder|co-founder|dean|Dean|manager|scientist"
    r"|investigator|engineer|researcher|Director|President|Professor|Chairman|secretary|academician)\b"
)
_FIRM_BEFORE = re.compile(
    r"\b(?:company|startup|start-up|firm|manufacturer|developer|maker|supplier|operator|giant|group"
    r"|bank|vendor|represents|acquire[ds]?|invested in|stake in|customers? (?:of|at)) $"
)
_FIRM_AFTER = re.compile(
    r"^(?:,? (?:which is |who is )?(?:an?|the) (?:[\w’'/-]+ ){0,6}?(?:company|startup|start-up|firm"
    r"|manufacturer|developer|maker|supplier|operator|vendor|unicorn|subsidiary|platform)\b"
    r"(?! (?:said|says|announced|also|has|will|plans))"
    r"|,? (?:has )?(?:acquired?s?|raised|invested|joins?|joined|announced|signed|partners?|partnered"
    r"|launched|unveiled|will (?:build|supply|invest|acquire|open|join))\b"
    r"|[’']s (?:CEO|CTO|chairman|founder|customers|products|chief)\b| is happy to| is pleased to)"
)
_PARTNER_BEFORE = re.compile(
    r"\b(?:partner(?:ed|ing|s|ship)?|work(?:ed|ing|s)?|collaborat(?:ed?|es|ing|ion)|together"
    r"|agreements?|signed|teamed up|forces) (?:\w+ ){0,3}with (?:the )?$"
    r"|\bbetween $|\b(?:at|joined?|joins|by) (?:the )?$"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|based in|headquartered in|from|near|of|at) $")
_PLACE_AFTER = re.compile(r"^(?: [Pp]rovince|, (?:China|US|USA|UK|Germany|Japan))\b")


_OPEN_NAME = re.compile(
    rf"(?:^|\s)(?:{'|'.join(sorted(OPENING_HEADS))}|Institutes) (?:of|for|on|de)\b"
)
_STUDIED = frozenset("Innovation Excellence Research Studies Training Education Science".split())
_TITLES = frozenset(
    """President Chairman Chairwoman CEO CTO CFO COO Director Professor Dean Founder Chancellor Minister
    Mayor Governor Provost Rector Academician""".split()
)
_PAIRS = re.compile(
    r"\b(?:Science and Technology|Development and Reform|Industry and Information"
    r"|Culture and Tourism|Economy and Information|Health and Family|Commerce and Industry)\b"
)
_NEXT_IN_LIST = re.compile(r",? and (?:the )?|, (?:the )?")
_ORDINAL = re.compile(r"(?:First|Second|Third) (?:Affiliated|People|Hospital|Institute)")
_BASED = re.compile(r"[\w-]+-(?:based|listed|owned|led|backed|funded)$")


def tag(text: str) -> list[Tagged]:
    """The names of a text, in order, not overlapping. Labels are entity kinds."""
    candidates = list(_candidates(text))
    mid_sentence = {text[a:b] for a, b, opens in candidates if not opens}
    found = []
    for start, end, opens in candidates:
        name = text[start:end]
        bare = " " not in name and name not in mid_sentence and kind_of(name) is None
        if opens and bare and name not in KNOWN_FIRMS:
            continue  # a capital at the start of a sentence says nothing
        label = _label(text, start, end)
        if label is not None:
            found.append(Tagged(start=start, end=end, label=label[0], score=label[1]))
    found += _paired_with_persons(text, candidates, found)
    found += _listed_with_organizations(text, candidates, found)
    known = {text[t.start : t.end]: t for t in found}
    taken = {t.start for t in found}
    again = [  # what is recognised once is recognised everywhere
        Tagged(start=a, end=b, label=known[text[a:b]].label, score=known[text[a:b]].score * 0.9)
        for a, b, _ in candidates
        if a not in taken and text[a:b] in known
    ]
    return sorted([*found, *again], key=lambda t: t.start)


def _listed_with_organizations(
    text: str, candidates: list[tuple[int, int, bool]], found: list[Tagged]
) -> list[Tagged]:
    """`X Ltd., Y and Z University`: what stands in a list between organizations is one too."""
    ends = {t.end for t in found if is_organization(t.label)}
    starts = {t.start for t in found if is_organization(t.label)}
    taken = {t.start for t in found}
    listed = []
    for start, end, _ in candidates:
        before = start - (2 if text[:start].endswith(", ") else 0)
        after = _NEXT_IN_LIST.match(text, end)
        if start not in taken and before in ends and after and after.end() in starts:
            listed.append(Tagged(start=start, end=end, label="Firm", score=0.6))
    return listed


def _paired_with_persons(
    text: str, candidates: list[tuple[int, int, bool]], found: list[Tagged]
) -> list[Tagged]:
    """`X Y and PERSON`: two unknown words that share a list with a person name one too."""
    at_start = {t.start for t in found if t.label == "Person"}
    at_end = {t.end for t in found if t.label == "Person"}
    taken = {t.start for t in found}
    return [
        Tagged(start=a, end=b, label="Person", score=0.7)
        for a, b, _ in candidates
        if a not in taken
        and len(text[a:b].split()) == 2
        and (
            (text[b : b + 5] == " and " and b + 5 in at_start)
            or (text[max(0, a - 5) : a] == " and " and a - 5 in at_end)
        )
    ]


def _candidates(text: str) -> Iterator[tuple[int, int, bool]]:
    """Runs of capitalised words, cut at joiners that join two names rather than one name's words."""
    for match in _CAPITALS.finditer(text):
        for start, end in _split(text, match.start(), match.end()):
            start, end = _trim(text, start, end)
            if end - start > 1 and not re.match(r"\.[a-z]", text[end : end + 2]):
                suffix = _SUFFIX.match(text, end)
                end = suffix.end() if suffix else end
                yield start, end, _opens_sentence(text, start)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where a joiner or a headline's verb joins two names rather than one name's words."""
    words = [
        (m.group(), start + m.start(), start + m.end())
        for m in re.finditer(r"\S+", text[start:end])
    ]
    begin, last = start, start
    for index, (word, _, b) in enumerate(words):
        verb = word in _HEADLINE_VERBS and word not in _JOINERS
        verb = verb and words[index - 1][0] != "The"
        verb = verb or word in _TITLES
        verb = verb and (word != "Partners" or index + 1 < len(words))
        joins = word in _JOINERS and _joins(words, index, text[begin:last])
        if index and (verb or (word in _JOINERS and not joins)):
            if begin < last:
                yield begin, last
            begin = last = b + 1
        elif word not in _JOINERS:
            last = b
            if word in {"Inc.", "Corp.", "Ltd.", "LLC"}:
                yield begin, last
                begin = last = b + 1
    if begin < last:
        yield begin, last


def _joins(words: list[tuple[str, int, int]], index: int, name: str) -> bool:
    """Whether the joiner at `index` goes on with the name that ends before it."""
    word = words[index][0]
    following = [w for w, _, _ in words[index + 1 :]]
    if not name or not following or name.split()[-1] in {"Inc.", "Ltd.", "LLC"}:
        return False
    if word == "the":
        return words[index - 1][0] in {"of", "for"}
    running = bool(_OPEN_NAME.search(name))
    if word == "of":
        return (running or name.split()[-1] in OPENING_HEADS) and not _unit_of(name, following)
    if word == "and":
        return _and_joins(name, following, running)
    if word == "in":
        return running and name.split()[-1] in _STUDIED
    if word == "at":
        return "University of" in name and not following[0].isupper()
    return word in {"&", "de"} or running or name.split()[-1] in OPENING_HEADS


def _unit_of(name: str, following: list[str]) -> bool:
    """`School of Optics` of a university: the unit is a name of its own."""
    rest = [w for w in following if w != "the"]
    whole = rest[0].isupper() or bool({"University", "Institute", "College"} & set(rest))
    return bool(re.match(r"(?:School|Department|College|Faculty) of ", name)) and whole


def _and_joins(name: str, following: list[str], running: bool) -> bool:
    rest = following[: next((i for i, w in enumerate(following) if w in _JOINERS), 99)]
    if following[0] == "the" or following[0] in OPENING_HEADS:
        return False
    if _PAIRS.search(f"{name.split()[-1]} and {following[0]}"):
        return True
    if running:
        whole = kind_of(" ".join(rest)) if len(rest) > 1 else None
        return " and " not in name and whole is None and name.split()[-1] != "University"
    open_ = re.search(
        r"^(?:The )?(?:International|National|European|American|Royal|World|Global) \w", name
    )
    open_ = open_ or re.search(r"\b(?:Provincial|Municipal|State) \w+$", name)
    return bool(open_) and kind_of(name) is None and kind_of(" ".join(rest)) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off words that start sentences or name posts, a possessive and a final stop."""
    name = text[start:end]
    while (first := name.split(" ", 1)[0]) and (
        (first in _NOT_NAMES and not _ORDINAL.match(name))
        or first.lower() in _JOINERS
        or _BASED.match(first)
    ):
        name = name[len(first) :].lstrip()
    start = end - len(name)
    name = re.sub(r"(?:[’']s|[’']|(?<!Inc)(?<!Corp)(?<!Co)(?<!Ltd)\.)$", "", name)
    while name and name.rsplit(" ", 1)[-1] in _NOT_NAMES | _JOINERS:
        name = name.rsplit(" ", 1)[0] if " " in name else ""
    return start, start + len(name)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \t")
    return not before or before[-1] in '.!?:\n“"«•-'


def _label(text: str, start: int, end: int) -> tuple[str, float] | None:
    name = text[start:end]
    before, after = text[max(0, start - 60) : start], text[end : end + 90]
    if len(name.split()) <= 2 and set(name.split()) <= _GENERIC | KIND_OF_HEAD.keys():
        return None
    if name in _ADJECTIVES:
        return None
    if name in COUNTRIES:
        return "Place", 0.8
    known = [e for e in registry().lookup(name) if len(name) > 2]
    if len(known) == 1:
        return known[0].kind, 0.95
    if name in KNOWN:
        return KNOWN[name], 0.95
    if name in KNOWN_FIRMS:
        return "Firm", 0.85
    if _TITLE_BEFORE.search(before) and " " in name and kind_of(name) is None:
        return "Person", 0.95
    if is_person(name):
        return "Person", 0.9
    kind = kind_of(name)
    if kind is not None and (" " in name or name not in KIND_OF_HEAD):
        return kind, 0.9
    return _label_by_context(name, before, after)


def _label_by_context(name: str, before: str, after: str) -> tuple[str, float] | None:
    spoken = _SPEECH_BEFORE.search(before) or _SPEECH_AFTER.match(after)
    if 2 <= len(name.split()) <= 4 and (spoken or _POST_AFTER.match(after)):
        return "Person", 0.8
    if _FIRM_BEFORE.search(before) or _FIRM_AFTER.match(after):
        return "Firm", 0.75
    if _PLACE_AFTER.match(after):
        return "Place", 0.7
    if re.fullmatch(r"[A-Z]{3,6}", name) and re.match(
        r" (?:projects?|grants?|funding|awards?|\/ )", after
    ):
        return "Agency", 0.6
    if _PARTNER_BEFORE.search(before) and len(name) > 2:
        return "Firm", 0.55
    return None


def is_organization(label: str) -> bool:
    """Whether a label of this tagger is a kind of organization."""
    return vocabulary().is_organization(label)
