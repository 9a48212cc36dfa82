"""The entities of an English document: full and short names, acronyms and surnames merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trihelix.extraction.en.names import FIRST_NAMES, KIND_OF_HEAD, kind_of
from trihelix.extraction.en.references import references
from trihelix.extraction.en.tagger import COUNTRIES, is_organization
from trihelix.extraction.tagged import Tagged
from trihelix.schema.records import Annotation, Document, Entity, Span
from trihelix.schema.registry import registry

_SENTENCE = re.compile(
    r"[^\n]+?(?:[.!?]+[”\"’)]*(?=\s+[A-Z“\"«‘(]|\s*$|\s*\n)|(?=\n)|$)", re.MULTILINE
)
_ABBREVIATED = re.compile(r"\b(?:Dr|Prof|Mr|Ms|Mrs|Inc|Corp|Co|Ltd|St|vs|No|[A-Z])\.$")
_ACRONYM = re.compile(
    r"^ ?\((?:the |hereafter |hereinafter |or )?(?:[“\"]([A-Z][\w& -]{1,30})[”\"]"
    r"|([A-Z][A-Za-z0-9&-]{1,11})|([A-Z]\w+ [A-Z]{2,6}))\)"
)
_COMMON = frozenset(
    """Advanced American Applied Asia Bank Blue China Chinese Digital European First General Global
    Great Green Industrial International Modern National North Northern Open Pacific Red Smart
    South Southern State United Universal Western World Eastern East West Central Second
    Future Data Cloud High Deep Big New Joint Royal Standard""".split()
)
_CHINESE = re.compile(r"^ ?[(（]([\u4e00-\u9fff（）·]{2,30})[)）]")
_LEGAL = re.compile(
    r",? (?:Inc\.?|Corp\.?|Corporation|Co\.?,? Ltd\.?|Ltd\.?|LLC|Limited|Company|Group)$"
)


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences with offsets; an abbreviation's stop or an initial's does not end one.

    >>> [s.of("Dr. Li spoke. He left.") for s in sentences("Dr. Li spoke. He left.")]
    ['Dr. Li spoke.', 'He left.']
    """
    found: list[Span] = []
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        if start >= end:
            continue
        if (
            found
            and _ABBREVIATED.search(found[-1].of(text))
            and "\n" not in text[found[-1].end : start]
        ):
            found[-1] = Span(start=found[-1].start, end=end)
        else:
            found.append(Span(start=start, end=end))
    return tuple(found)


@dataclass(slots=True)
class _Draft:
    """An entity while its names are being gathered."""

    kind: str
    name: str
    names: set[str]
    mentions: list[Span] = field(default_factory=list)


def annotate(document: Document, tagged: Sequence[Tagged]) -> Annotation:
    """The entities of a document, merged and typed, with the generic references to them."""
    text = document.text
    drafts = _merge(text, tagged)
    drafts.sort(key=lambda d: min((m.start, m.end) for m in d.mentions))
    entities = tuple(_entity(f"e{n}", draft) for n, draft in enumerate(drafts, start=1))
    return Annotation(
        document=document,
        sentences=sentences(text),
        entities=entities,
        references=tuple(references(text, sentences(text), entities)),
    )


def _entity(id_: str, draft: _Draft) -> Entity:
    return Entity(
        id=id_,
        kind=draft.kind,
        name=draft.name,
        aliases=tuple(sorted(draft.names - {draft.name})),
        mentions=tuple(sorted(draft.mentions, key=lambda m: (m.start, m.end))),
    )


def _merge(text: str, tagged: Sequence[Tagged]) -> list[_Draft]:
    """Longest names first, so that a short form finds the full one."""
    drafts: list[_Draft] = []
    by_name: dict[str, _Draft] = {}
    for span in sorted(tagged, key=lambda t: (-(t.end - t.start), t.start)):
        name = text[span.start : span.end]
        draft = by_name.get(name) or _full_form(name, span.label, drafts)
        if draft is None:
            draft = _Draft(kind=span.label, name=name, names=set())
            drafts.append(draft)
        draft.names.add(name)
        by_name[name] = draft
        draft.mentions.append(Span(start=span.start, end=span.end))
        _add_bracketed(text, span, draft, by_name)
    _join_acronyms(drafts)
    _join_alike(drafts)
    _add_short_names(text, drafts)
    _add_surnames(text, drafts)
    return drafts


def _full_form(name: str, label: str, drafts: Sequence[_Draft]) -> _Draft | None:
    """The draft that this is a short form of: without its legal form, or its first words."""
    known = {e.key for e in registry().lookup(name)}
    seats = [d for d in drafts if d.name in _universities_of(name)]
    if len(seats) == 1:
        return seats[0]
    for draft in drafts:
        if (draft.kind == "Person") != (label == "Person"):
            continue
        if label in {"Firm", "Investor", draft.kind} and _LEGAL.sub("", draft.name) == name:
            return draft
        if known & {e.key for e in registry().lookup(draft.name)}:
            return draft
        alike = label == draft.kind or (kind_of(name) is None and is_organization(label))
        begins = draft.name.startswith(name + " ")
        within = draft.kind == "Firm" and " " in name and f" {name} " in f" {draft.name} "
        if label != "Person" and alike and (begins or within) and known == set():
            return draft
    return None


def _add_bracketed(text: str, span: Tagged, draft: _Draft, by_name: dict[str, _Draft]) -> None:
    """`Full Name (ABC)` and `Full Name (中文名)` name one thing twice."""
    for pattern in (_ACRONYM, _CHINESE):
        match = pattern.match(text, span.end) or pattern.match(text[span.end :])
        alias = next(filter(None, match.groups()), "") if match else ""
        if match and alias not in COUNTRIES and not _is_place(alias):
            draft.names.add(alias)
            by_name[alias] = draft
            at = text.index(alias, span.end)
            draft.mentions.append(Span(start=at, end=at + len(alias)))


def _join_acronyms(drafts: list[_Draft]) -> None:
    """An acronym that one full name of the document spells is that name."""
    for short in [d for d in drafts if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]", d.name)]:
        letters = short.name.upper()
        full = [
            d
            for d in drafts
            if d is not short and letters in {_initials(d.name), _initials(d.name, "&")}
        ]
        if len(full) == 1:
            full[0].names |= short.names
            full[0].mentions += short.mentions
            drafts.remove(short)


def _join_alike(drafts: list[_Draft]) -> None:
    """`TU Dresden` is the Technical University of Dresden; commas and `at` make no difference."""
    first: dict[str, _Draft] = {}
    for draft in [d for d in drafts if is_organization(d.kind)]:
        same = first.setdefault(_bare(draft.name), draft)
        towns = [d for d in drafts if d.name in _universities_of(draft.name)]
        same = towns[0] if draft.kind == "Firm" and len(towns) == 1 else same
        if same is not draft and same.kind in {draft.kind, "University"}:
            same.names |= draft.names
            same.mentions += draft.mentions
            drafts.remove(draft)


def _universities_of(town: str) -> set[str]:
    return {f"University of {town}", f"{town} University"}


def _bare(name: str) -> str:
    name = re.sub(r"^TU ", "Technical University of ", name)
    name = re.sub(r"^UC ", "University of California ", name)
    return re.sub(r",| at\b|\bthe\b", "", name.casefold()).replace("  ", " ").strip()


def _add_short_names(text: str, drafts: Sequence[_Draft]) -> None:
    """What stands for a full name in running text: a bracketed alias, a firm's first word."""
    people = [d for d in drafts if d.kind == "Person"]
    surnames = {w for d in people for w in d.name.split() if _is_spoken_of(text, w)}
    shorts: dict[str, list[_Draft]] = {}
    for draft in drafts:
        if not is_organization(draft.kind):
            continue
        known = draft.names - {draft.name}
        for short in {*known, *_first_words(draft), *_town(text, draft), *_acronym(draft)}:
            shorts.setdefault(short, []).append(draft)
    for short, owners in sorted(shorts.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(owners) == 1 and short not in surnames:
            _mention(text, short, owners[0], drafts)


def _is_spoken_of(text: str, surname: str) -> bool:
    """Whether a word of a person's name stands alone as a person: `Ms Stone`, `Stone said`."""
    word = re.escape(surname)
    said = rf"(?<![A-Z]\w )\b{word} (?:said|says|added|explained|told|noted)"
    return bool(re.search(rf"\b(?:Mr|Ms|Mrs|Dr|Prof)\.? {word}\b|{said}", text))


def _first_words(draft: _Draft) -> set[str]:
    """What a firm is called for short: its first word, or the one after its town."""
    words = draft.name.split()
    words = words[1:] if _is_place(words[0]) else words
    first = words[0].rstrip(",") if len(words) > 1 else ""
    common = _COMMON | COUNTRIES | KIND_OF_HEAD.keys() | FIRST_NAMES
    if draft.kind not in {"Firm", "Investor"} or len(first) < 4 or first in common:
        return set()
    vague = len(words) < len(draft.name.split()) and words[1] not in KIND_OF_HEAD
    return set() if _is_place(first) or vague else {first}


def _acronym(draft: _Draft) -> set[str]:
    initials = _initials(draft.name)
    return {initials} if len(initials) > 2 and draft.name.count(" ") > 1 else set()


def _town(text: str, draft: _Draft) -> set[str]:
    """`at Manchester` where the University of Manchester is spoken of."""
    of = re.fullmatch(r"University of ([A-Z]\w+)|([A-Z]\w+) University", draft.name)
    town = next(filter(None, of.groups()), "") if of else ""
    at = town and re.search(rf"\bat {town}(?=[,.;’']|\s+(?:and|who|which)\b)", text)
    return {town} if at else set()


def _mention(text: str, name: str, draft: _Draft, drafts: Sequence[_Draft]) -> None:
    """Add every further place of a name that no other mention covers."""
    taken = [(m.start, m.end) for d in drafts for m in d.mentions if d.kind != "Place"]
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-]|\.\w)", text):
        a, b = match.span()
        if re.match(r" [A-Z]\w", text[b : b + 3]) and name not in draft.names:
            continue  # the first word of yet another name
        if not any(s < b and a < e for s, e in taken):
            draft.names.add(name)
            draft.mentions.append(Span(start=a, end=b))


def _is_place(name: str) -> bool:
    return any(e.kind == "Place" for e in registry().lookup(name))


def _initials(name: str, joiners: str = "") -> str:
    words = re.findall(r"[A-Za-z&]+", name)
    return "".join(w[0] for w in words if w[0].isupper() or w in joiners).upper()


def _add_surnames(text: str, drafts: Sequence[_Draft]) -> None:
    """`Pike says` means Gordon Pike when no other person or name claims the word."""
    people = [d for d in drafts if d.kind == "Person" and " " in d.name]
    taken = {m.start for d in drafts for m in d.mentions}
    inside = [(m.start, m.end) for d in drafts for m in d.mentions]
    for person in people:
        for part in (person.name.split()[-1], person.name.split()[0]):
            if len(part) < 3 or sum(part in p.name.split() for p in people) != 1:
                continue
            for match in re.finditer(rf"\b{re.escape(part)}\b(?= \w|[,.’'])", text):
                a, b = match.span()
                if a not in taken and not any(s <= a < e for s, e in inside):
                    person.mentions.append(Span(start=a, end=b))
                    person.names.add(part)
