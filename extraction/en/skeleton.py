"""An English sentence reduced to what its patterns need: marks for mentions, lists as one mark.

`mask` replaces mentions by marks, `flat` takes out brackets, datelines and places after names and
joins lists, `bare` also takes out appositions, so that `X, a maker of Y, and Z signed` reads as
`«A0» signed`. Every step is one substitution with bounded gaps: linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trihelix.schema.records import Annotation, Entity, Span
from trihelix.schema.vocabulary import vocabulary

_MARK = re.compile(r"«[A-Z](\d+)»")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A sentence with marks for its mentions, and the entity ids behind each mark."""

    span: Span
    text: str
    plain: str
    ids: tuple[tuple[str, ...], ...]

    def entities(self, marks: str) -> list[str]:
        """The entity ids of every mark in a piece of the masked text."""
        return [id_ for m in _MARK.finditer(marks) for id_ in self.ids[int(m.group(1))]]


def mask(annotation: Annotation, sentence: Span) -> Masked:
    """Replace the sentence's mentions, the longest of nested ones, by their marks."""
    text = annotation.document.text
    pieces: list[str] = []
    ids: list[tuple[str, ...]] = []
    at = sentence.start
    for start, end, kind, entities in _places(annotation, sentence):
        if start < at:
            continue
        pieces += [text[at:start], f"«{kind}{len(ids)}»"]
        ids.append(entities)
        at = end
    masked = "".join(pieces) + text[at : sentence.end]
    return Masked(span=sentence, text=masked, plain=sentence.of(text), ids=tuple(ids))


def _places(
    annotation: Annotation, sentence: Span
) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for entity in annotation.entities:
        found += [(m.start, m.end, _letter(entity), (entity.id,)) for m in entity.mentions]
    kinds = {e.id: _letter(e) for e in annotation.entities}
    for r in annotation.references:
        letter = kinds[r.entities[0]] if len(r.entities) == 1 else "A"
        found.append((r.start, r.end, letter, r.entities))
    inside = [f for f in found if sentence.start <= f[0] and f[1] <= sentence.end]
    yield from sorted(inside, key=lambda f: (f[0], -f[1]))


def _letter(entity: Entity) -> str:
    return {"Organization": "O", "Person": "P", "Place": "L"}.get(
        vocabulary().label(entity.kind), "T"
    )


_DATELINE = re.compile(
    r"^.{0,60}?\b(?:19|20)\d\d\s*(?:-{1,2}|[–—])\s+|^«L\d+»[^«»]{0,30} (?:-{1,2}|[–—]) "
)
_BRACKET = re.compile(r"(«[OLT]\d+») ?[(（][^()（）«»]{0,12}«[A-Z]\d+»[^()（）«»]{0,4}[)）]")
_DEGREE = re.compile(r"(?<=»),? (?:Ph\.?D\.?|M\.D\.|MD|FRS|MBE|OBE|CBE)(?=[, ])")
_TOWN = r"(?:«L\d+»|[A-Z][\w’'-]+)(?:, (?:«L\d+»|[A-Z][\w’'-]+))?"
_OF_TOWN = re.compile(rf"(«[OAP]\d+»),? (?:of|in|from) {_TOWN}(?=[ ,.;]|$)(?:,(?= and ))?")
_NOUN = (
    r"(?:(?:[\w’'/-]+ ){0,4}(?:maker|company|firm|startup|start-up|developer|producer|manufacturer"
    r"|supplier|giant|operator|investors?|shareholders?|bank|partners?|fund|group|university"
    r"|institute) )?"
)
_THE = rf"(?:the |its |their |both |by |from )?{_NOUN}"
_AND = rf"(?:,? and |,? as well as |,? together with | & | or ){_THE}"
_NAMES = re.compile(
    rf"(?<![’']s )«[OA]\d+»(?:(?:, {_THE}«[OA]\d+»){{0,200}}(?:{_AND}«[OA]\d+»){{1,9}}"
    rf"|(?:, {_THE}«[OA]\d+»){{2,200}})"
)
_HONORIFIC = (
    r"(?:(?:Professor|Prof\.?|Dr\.?|Mr\.?|Ms\.?|Mrs\.?|Academician|Chairman|President|Director) )?"
)
_PERSONS = re.compile(rf"«[PQ]\d+»(?:(?:, and |, | and ){_HONORIFIC}«[PQ]\d+»)+")
_VERB = (
    r"(?: (?:has|have|had|is|are|was|were|will|would|today|recently|also|said|says|plans?|agreed"
    r"|[a-z]+(?:ed|es)|signed|won|led|heads?|leads?|bought|built|gave|told|spoke|joins|makes|to)\b)"
)
_ABOUT = re.compile(
    r"(«[OA]\d+»), (?:an?|the|its|with|one of|which|whose|based|headquartered|now|formerly|also"
    rf"|led by|founded|part of|home|owned)\b[^;.]{{2,110}}?,(?={_VERB}| and (?:the )?«)"
)
_ABOUT_ONE_OF = re.compile(r"(«O\d+»), (?:an?|the) [^;.«»]{2,80}?, (?:the )?(«A\d+»)")
_WHO = re.compile(
    r"(«[PQ]\d+»), (?!and |said |says )[^;«»]{0,60}(?:«\w+»[^;«»]{0,40}?){0,2}?,"
    rf"(?={_VERB}| and {_HONORIFIC}«P)"
)
_AT_HOME = re.compile(r"(«[PQ]\d+»)(?: (?:of|from|at) (?:the )?«[OA]\d+»| \((?:the )?«[OA]\d+»\))")
_TITLED = re.compile(
    r"«O\d+»(?:[’']s)? (?:[\w-]+ ){0,3}(?:[Pp]resident|[Dd]irector|[Cc]hairman|CEO|CTO|[Dd]ean"
    r"|[Rr]ector|[Pp]rofessor|[Ff]ounder|[Ss]cientist|[Oo]fficer|[Mm]anager) (?=«P)"
)
_OWNED = re.compile(r"«O\d+»[’']s (?=«[OPQ]\d+»)")
_WITHIN = re.compile(r"(«O(\d+)») (?:of|at) (?:the )?«O\d+»")


def flat(masked: Masked) -> Masked:
    """The sentence without its dateline, brackets and towns, its lists of names joined."""
    return _listed(_trimmed(masked))


def _trimmed(masked: Masked) -> Masked:
    text = _DEGREE.sub("", _BRACKET.sub(r"\1", _DATELINE.sub("", masked.text, count=1)))
    return replace(masked, text=_OF_TOWN.sub(r"\1", text))


def _listed(masked: Masked) -> Masked:
    return _joined(_joined(masked, _NAMES, "A"), _PERSONS, "Q")


def bare(masked: Masked, units: frozenset[str]) -> Masked:
    """Besides, without appositions; a unit (an id of `units`) stands without its whole."""
    masked = _trimmed(masked)
    text = _WITHIN.sub(lambda m: m[1] if set(masked.ids[int(m[2])]) <= units else m[0], masked.text)
    masked = _listed(replace(masked, text=_OWNED.sub("", _TITLED.sub("", text))))
    text = _AT_HOME.sub(r"\1", _WHO.sub(r"\1", masked.text))
    text = _ABOUT_ONE_OF.sub(r"\1 and \2", _ABOUT.sub(r"\1", text))
    return _listed(replace(masked, text=text))


def _joined(masked: Masked, lists: re.Pattern[str], letter: str) -> Masked:
    """One mark for each list; `X, Y` alone is no list but an apposition."""
    ids = list(masked.ids)

    def join(match: re.Match[str]) -> str:
        marks = _MARK.findall(match[0])
        if len(marks) == 2 and not re.search(r"and|&|or|with|as well", _MARK.sub("", match[0])):
            return match[0]
        ids.append(tuple(dict.fromkeys(id_ for m in marks for id_ in ids[int(m)])))
        return f"«{letter}{len(ids) - 1}»"

    text = lists.sub(join, masked.text)
    return replace(masked, text=text, ids=tuple(ids))
