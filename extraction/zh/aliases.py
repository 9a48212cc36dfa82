"""Which names of a document mean the same organization.

Evidence, strongest first: one entry of the registry, one organ of government, a definition in
brackets (以下简称“云豆科技”), a short form that aligns with one longer name (西安交大, 江州通导).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trihelix.extraction.naming import candidates
from trihelix.extraction.zh.definitions import definitions
from trihelix.extraction.zh.gazetteer import organs, places, places_before
from trihelix.extraction.zh.mentions import Mention
from trihelix.extraction.zh.names import kind_of, suffix_of
from trihelix.extraction.zh.places import Home, full_organ, near_home
from trihelix.extraction.zh.shortforms import (
    FIRMS,
    LONG,
    abbreviates,
    is_known_firm_in_full,
    is_region,
)
from trihelix.schema.vocabulary import vocabulary

_MARKS = re.compile(r"[\s“”‘’\"'《》「」『』·]")
_AMBIGUOUS = 3
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{0,4}[区县旗州镇](?=人民政府|委)")
_CLOSING = str.maketrans("(),", "（）,")


@dataclass(slots=True)
class Group:
    """One organization of a document: its forms in order, its mentions, what is known of it."""

    forms: list[str]
    mentions: list[Mention]
    canonical: str = ""
    kind: str | None = None
    told: bool = False  # the kind comes from the name itself, not from the tagger alone
    inside: set[str] = field(default_factory=set)  # longer names that this one opens

    @property
    def first(self) -> int:
        return min(m.start for m in self.mentions)

    @property
    def longest(self) -> str:
        """The longest form, a Chinese one before all English ones."""
        return max(self.forms, key=lambda f: (not f.isascii(), len(f), f))


def normal(surface: str) -> str:
    """A surface form without width, spaces and quotation marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", surface)).translate(_CLOSING)


def group(text: str, mentions: Sequence[Mention], home: Home) -> list[Group]:
    """Mentions of organizations, grouped by what they mean, in order of first mention."""
    groups = _by_form(text, mentions, home)
    groups = _joined(groups, _same_canonical(groups))
    groups = _joined(groups, _defined(text, groups))
    for _ in range(2):  # 云帆 with 清江云帆, then both with 云海云帆科技公司
        groups = _joined(groups, _aligned(groups))
    return sorted(groups, key=lambda g: g.first)


def _by_form(text: str, mentions: Sequence[Mention], home: Home) -> list[Group]:
    found: dict[str, Group] = {}
    for mention in mentions:
        form = text[mention.start : mention.end]
        entry = found.setdefault(normal(form), Group(forms=[], mentions=[]))
        entry.mentions.append(mention)
        if form not in entry.forms:
            entry.forms.append(form)
    for entry in found.values():
        first = min(m.start for m in entry.mentions)
        _describe(entry, near_home(text, first, home) if entry.longest.startswith("市") else home)
    _note_openings(text, found, mentions)
    return list(found.values())


def _describe(entry: Group, home: Home) -> None:
    """The canonical name by the grammar of organs or the registry; the kind by name and tagger."""
    name = normal(entry.longest)
    hint = _commonest([m.kind for m in entry.mentions if m.kind])
    told = _commonest([m.told for m in entry.mentions if m.told])
    known = candidates(name, firm=kind_of(name, hint=hint) in FIRMS)
    if organ := _as_organ(name.removeprefix("中共"), home):
        entry.canonical, entry.kind = organ
    elif len(known) == 1 and known[0].kind != "Place":
        entry.canonical, entry.kind = known[0].name, known[0].kind
    else:
        entry.kind = kind_of(name, hint=hint, told=told)
    own = kind_of(name) not in {None, "OtherOrganization"}
    entry.told = bool(known or entry.canonical or suffix_of(name) or own)


def _commonest(kinds: Sequence[str]) -> str | None:
    return max(sorted(set(kinds)), key=kinds.count) if kinds else None


def _as_organ(name: str, home: Home) -> tuple[str, str] | None:
    for cut in range(1, min(len(name), 12)):
        organ = organs().get(name[cut:])
        if organ and places_before(name, cut) == name[:cut]:
            return full_organ(name[:cut], name[cut:], home), organ.kind
    return None


def _note_openings(text: str, found: Mapping[str, Group], mentions: Sequence[Mention]) -> None:
    """Remember that 武汉大学 opens 武汉大学计算机学院: a part is never its whole."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    open_: list[Mention] = []
    for mention in ordered:
        open_ = [o for o in open_ if o.end > mention.start]
        for outer in open_:
            if outer.contains(mention) and outer != mention:
                inner = found[normal(text[mention.start : mention.end])]
                inner.inside.add(normal(text[outer.start : outer.end]))
        open_.append(mention)


def _joined(groups: list[Group], pairs: Iterable[tuple[Group, Group]]) -> list[Group]:
    """Merge each pair's first into its second."""
    target: dict[int, Group] = {id(g): g for g in groups}

    def find(g: Group) -> Group:
        while target[id(g)] is not g:
            g = target[id(g)]
        return g

    for one, other in pairs:
        a, b = find(one), find(other)
        if a is b:
            continue
        b.forms += [f for f in a.forms if f not in b.forms]
        b.mentions += a.mentions
        b.canonical = b.canonical or a.canonical
        b.inside |= a.inside
        if not b.told:
            b.kind, b.told = a.kind, a.told
        target[id(a)] = b
    return [g for g in groups if target[id(g)] is g]


def _same_canonical(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    first: dict[str, Group] = {}
    for g in groups:
        for name in filter(None, {g.canonical or normal(g.longest)}):
            if name in first:
                yield g, first[name]
            else:
                first[name] = g


def _defined(text: str, groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """A（以下简称“B”）, A（B）, B（A）, A（English Name，B）."""
    ends = {m.end: g for g in groups for m in g.mentions}
    by_form = {normal(f): g for g in groups for f in g.forms}
    for found in definitions(text):
        name = text[found.start : found.end]
        full = ends.get(found.bracket) or ends.get(found.bracket - 1)
        short = by_form.get(normal(name))
        if full and short and full is not short and name not in places():
            swapped = not found.sure and len(short.longest) > len(full.longest)
            yield (full, short) if swapped else (short, full)


def _aligned(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    index = _by_character(groups)
    for short in groups:
        near = _candidates(short, index)
        rivals = [full for full in near if full is not short and _is_short_form(short, full)]
        if rivals:
            yield short, min(rivals, key=lambda full: _distance(short, full))


def _by_character(groups: Sequence[Group]) -> dict[str, dict[int, Group]]:
    """Groups by each character of their names, so that only likely pairs are compared."""
    index: dict[str, dict[int, Group]] = {}
    for number, g in enumerate(groups):
        for char in set("".join(map(normal, g.forms))):
            index.setdefault(char, {})[number] = g
    return index


def _candidates(short: Group, index: Mapping[str, dict[int, Group]]) -> list[Group]:
    """Groups with a form's first two characters, or two of its middle (misspelt long names)."""
    found: dict[int, Group] = {}
    for form in map(normal, short.forms):
        for pair in (form[:2], form[4:6] if len(form) >= LONG else ""):
            if len(pair) == 2:
                both = index.get(pair[0], {}).keys() & index.get(pair[1], {}).keys()
                found |= {number: index[pair[0]][number] for number in both}
    return [found[number] for number in sorted(found)]


def _distance(short: Group, full: Group) -> tuple[bool, bool, int, str]:
    """Same kind first, then named before, then nearest."""
    before = [short.first - m.start for m in full.mentions if m.start <= short.first]
    gap = min(before) if before else full.first - short.first
    return short.kind != full.kind, not before, gap, full.longest


def _is_short_form(short: Group, full: Group) -> bool:
    if short.inside and short.inside & {normal(f) for f in full.forms}:
        return False
    if short.canonical and full.canonical and short.canonical != full.canonical:
        more = full.canonical.removesuffix(short.canonical)  # 清江市 + 云海区人民政府
        local = more != full.canonical and bool(_DISTRICT.match(short.canonical))
        return local or (_is_ambiguous(short) and _abbreviates(short, full))
    if short.told and short.kind and full.kind and not _compatible(short.kind, full.kind):
        return False
    if short.canonical and full.kind in FIRMS and not full.canonical:
        return any(is_known_firm_in_full(normal(s), normal(full.longest)) for s in short.forms)
    if short.canonical and not full.canonical and not _is_ambiguous(short):
        return any(_adds_place(normal(s), normal(f)) for s in short.forms for f in full.forms)
    return _abbreviates(short, full)


def _abbreviates(short: Group, full: Group) -> bool:
    return any(
        abbreviates(normal(s), normal(f), kind=full.kind) for s in short.forms for f in full.forms
    )


def _is_ambiguous(short: Group) -> bool:
    """A known university's short form, which may be another's here: 华农."""
    return short.kind == "University" and all(len(f) <= _AMBIGUOUS for f in short.forms)


def _adds_place(short: str, full: str) -> bool:
    """美国 + a known university is that university."""
    bare = re.sub(r"（[^（）]*）$", "", full)
    return bare.endswith(short) and (bare == short or is_region(bare.removesuffix(short)))


def _compatible(one: str, other: str) -> bool:
    sector = vocabulary().sector
    return sector(one) == sector(other) or "OtherOrganization" in {one, other}
