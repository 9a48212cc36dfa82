"""What 该校, 我校, 公司 and 双方 stand for, by rules of discourse."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trihelix.extraction.zh.lexicon import alternatives, word_lists
from trihelix.extraction.zh.names import is_unit
from trihelix.schema.records import Document, Entity, Reference, Span
from trihelix.schema.registry import registry
from trihelix.schema.vocabulary import vocabulary

_LISTS = word_lists("references.txt")
_SINGULAR = re.compile(
    rf"(?:该|本|我|上述|这[一所家个])(?P<head>{alternatives('references.txt', 'head')})"
    r"(?![业政列动为程门位级])"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[为对和与在向由是的助入]))"
    rf"(?P<bare>{alternatives('references.txt', 'bare')})"
    r"(?![法章制人生区型级长名属友内外之城史化])"
)
_PLURAL = re.compile(
    rf"(?<![第另])(?:{alternatives('references.txt', 'plural')})(?![面位案向案法])"
)
_JOINED = re.compile(r"^(?:[”’）)]*)(?:与|和|同|及|联合|携手)(?:[“‘]*)$")
_KINDS = {
    word: kinds.split("+") for kinds in _LISTS if kinds[0].isupper() for word in _LISTS[kinds]
}
_SENTENCES_BACK = 4
_THREE = ("三方", "三家", "三校")


@dataclass(frozen=True, slots=True)
class _Named:
    """One top-level mention of an organization, in order of position."""

    start: int
    end: int
    entity: Entity


def references(
    document: Document, sentences: Sequence[Span], entities: Sequence[Entity]
) -> tuple[Reference, ...]:
    """Generic references in order, each with the ids of the entities that it stands for."""
    named = _top_level(entities)
    taken = [(m.start, m.end) for e in entities for m in e.mentions]
    taken.sort()
    found = [*_singular(document, named), *_plural(document, sentences, named)]
    free = [r for r in found if not _inside(r, taken)]
    return tuple(sorted(free, key=lambda r: (r.start, r.end)))


def _top_level(entities: Iterable[Entity]) -> list[_Named]:
    """Mentions of organizations that no other mention holds."""
    every = sorted(
        (_Named(m.start, m.end, e) for e in entities for m in e.mentions if _is_org(e)),
        key=lambda n: (n.start, -n.end),
    )
    outer: list[_Named] = []
    for named in every:
        if not outer or named.start >= outer[-1].end:
            outer.append(named)
    return outer


def _is_org(entity: Entity) -> bool:
    return vocabulary().is_organization(entity.kind)


def _inside(reference: Reference, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (reference.start + 1, 0))
    return any(end >= reference.end for start, end in taken[max(0, at - 4) : at])


def _singular(document: Document, named: Sequence[_Named]) -> Iterator[Reference]:
    for match in _SINGULAR.finditer(document.text):
        head = match.group("head") or match.group("bare")
        kinds = _KINDS.get(head, [])
        fitting = [n for n in named if n.entity.kind in kinds and _fits(head, n.entity)]
        own = match.group().startswith(("我", "本")) or (match.group("bare") or "").startswith(
            "学校"
        )
        chosen = _main(document, fitting) if own else _last_before(fitting, match.start())
        if chosen:
            yield Reference(start=match.start(), end=match.end(), entities=(chosen.id,))


def _fits(head: str, entity: Entity) -> bool:
    """校 is a university as a whole; 学院 and 中心 are named so."""
    name = entity.name
    if head in {"校", "学校", "高校", "大学"}:
        return bool(registry().lookup(name)) or not is_unit(name)
    if head in {"院", "所"}:  # a university is called 校
        return head in name
    if head in {"学院", "中心", "研究院", "实验室", "基地", "平台", "联盟", "协会", "学会", "医院"}:
        return head in name
    return True


def _main(document: Document, fitting: Sequence[_Named]) -> Entity | None:
    """Whose site it is: the one named most, in the title above all; the first of equals."""
    weight: dict[str, int] = {}
    by_id: dict[str, Entity] = {}
    for named in fitting:
        by_id[named.entity.id] = named.entity
        in_title = named.start < len(document.title)
        weight[named.entity.id] = weight.get(named.entity.id, 0) + (3 if in_title else 1)
    return by_id[max(weight, key=lambda i: weight[i])] if weight else None


def _last_before(fitting: Sequence[_Named], position: int) -> Entity | None:
    before = [n for n in fitting if n.end <= position]
    return before[-1].entity if before else None


def _plural(
    document: Document, sentences: Sequence[Span], named: Sequence[_Named]
) -> Iterator[Reference]:
    starts = [s.start for s in sentences]
    for match in _PLURAL.finditer(document.text):
        wanted = 3 if match.group().startswith(_THREE) else 2
        at = bisect_left(starts, match.end()) - 1
        partners = _partners(document.text, sentences[: at + 1], named, match.start(), wanted)
        if partners:
            ids = tuple(p.id for p in partners)
            yield Reference(start=match.start(), end=match.end(), entities=ids)


def _partners(
    text: str, sentences: Sequence[Span], named: Sequence[_Named], limit: int, wanted: int
) -> list[Entity]:
    """Those joined by 与 or 和 in one of the sentences before; else the nearest that has enough."""
    near = [
        [n for n in named if s.start <= n.start and n.end <= min(s.end, limit)]
        for s in [*reversed(sentences[-_SENTENCES_BACK:]), *sentences[:1]]
    ]
    if wanted == 2:
        for inside in near:
            if pair := _joined_pair(text, inside):
                return pair
    for inside in near:
        distinct = list({n.entity.id: n.entity for n in inside}.values())
        if len(distinct) >= wanted:
            return distinct[:wanted]
    return []


def _joined_pair(text: str, inside: Sequence[_Named]) -> list[Entity]:
    for one, other in pairwise(inside):
        different = one.entity.id != other.entity.id
        if different and _JOINED.match(text[one.end : other.start]):
            return [one.entity, other.entity]
    return []
