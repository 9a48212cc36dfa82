"""Read the event frames: which mentions of a clause fill which roles of which happening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.amounts import find_amount
from trihelix.extraction.zh.binding import LIGHT, Argument, Filled, Topic, arguments_of, bind
from trihelix.extraction.zh.dates import Calendar, Dated, only_year, prevailing
from trihelix.extraction.zh.frame import Frame
from trihelix.extraction.zh.frames import CUES, EVENTS
from trihelix.extraction.zh.gatherings import CONVENES, CONVENING, GATHERING
from trihelix.extraction.zh.occasions import annual, date_of, status_in
from trihelix.extraction.zh.occasions import occasion as occasion
from trihelix.extraction.zh.occasions import status_of as status_of
from trihelix.extraction.zh.pairs import apart, pairs
from trihelix.extraction.zh.reading import (
    Reading,
    Sentence,
    Token,
    clauses,
    compile_pattern,
    is_kind,
)
from trihelix.schema.records import Amount, Status


@dataclass(frozen=True, slots=True)
class Hit:
    """One telling of a happening, in one clause."""

    kind: str
    participants: frozenset[tuple[str, str]]
    sentence: int
    paragraph: int
    date: str | None
    status: Status
    amount: Amount | None
    confidence: float


_RENAMED = compile_pattern(r"(?:变更|更名|改名)为([Ⓞ])")
_OWNED = compile_pattern(
    r"([Ⓞ])(?:厂商|厂家|制造商|巨头|旗下|下属|控股|全资)(?:的)?(?:全资)?(?:子公司|企业|公司)?([Ⓞ])"
)
_HELD = compile_pattern(
    r"(收购|购买|买下|并购)[^，。；Ⓐ]{0,8}[Ⓞ](?:等)?(?:所|直接|间接)*持有?的?([Ⓞ])"
)
_DENIED = re.compile(r"不会|并非|不是|不再|否认|无意|尚未|婉拒")
_WISH = re.compile(
    r"希望|期待|期望|呼吁|鼓励|旨在|愿意|愿与|应当|如果|欢迎|建议|致力于|为了|争取|可以|能够|将会"
)


def read_events(reading: Reading) -> list[Hit]:
    """All tellings of happenings in a document, in text order."""
    document = reading.annotation.document
    calendar = Calendar(document.published, only_year(document.text))
    reading.dates = dates = [calendar.read(s.folded or s.marked) for s in reading.sentences]
    reading.day = day = prevailing([s.marked for s in reading.sentences], dates) or annual(
        reading.annotation.document
    )
    convenes = bool(CONVENES.search(reading.annotation.document.text))
    topic = Topic()
    hits: list[Hit] = []
    for sentence, when in zip(reading.sentences, dates, strict=True):
        if sentence.tokens:
            hits += _sentence(reading, sentence, when, day, topic, convenes)
    return hits


def _sentence(
    reading: Reading,
    sentence: Sentence,
    when: list[Dated],
    day: str | None,
    topic: Topic,
    convenes: bool,
) -> Iterator[Hit]:
    if topic.sentence and topic.sentence.paragraph != sentence.paragraph:
        topic.token = None
    folded = _HELD.sub(r"\1\2", sentence.folded)
    for offset, clause in clauses(_OWNED.sub(lambda m: _owned(sentence, m), folded)):
        arguments = arguments_of(sentence, clause)
        frames: list[Frame] = []
        if CUES.search(clause):
            frames += EVENTS
        if convenes and GATHERING.search(clause):
            frames += CONVENING
        for frame in frames:
            yield from _hits(reading, sentence, frame, clause, offset, arguments, when, day, topic)
        if renamed := _RENAMED.search(clause):
            topic.token, topic.sentence = sentence.tokens[renamed[1]], sentence
            continue
        lead = next((a for a in arguments if a.marker in ("", "由") and _actor(a.token)), None)
        if lead and not lead.modifier and _leads(clause, lead):
            topic.token, topic.sentence = lead.token, sentence


def _owned(sentence: Sentence, m: re.Match[str]) -> str:
    """甲旗下的乙 is 乙; in a list (丙、甲旗下的乙), what comes before 甲 stays."""
    others = sentence.tokens[m[1]].entities[:-1]
    if others:
        sentence.replace(m[2], entities=(*others, *sentence.tokens[m[2]].entities))
    return m[2]


def _leads(clause: str, argument: Argument) -> bool:
    """Whether an argument heads its clause, so that later clauses may leave it out."""
    head = clause[: argument.at]
    return (
        argument.marker == "由"
        or head.endswith("—")
        or (len(LIGHT.sub("", head)) <= 6 and not CUES.search(LIGHT.sub("", head)))
    )


def _actor(token: Token) -> bool:
    return any(is_kind(token.letter, kind) for kind in ("Ⓞ", "Ⓟ", "Ⓜ"))


def _hits(
    reading: Reading,
    sentence: Sentence,
    frame: Frame,
    clause: str,
    offset: int,
    arguments: list[Argument],
    when: list[Dated],
    day: str | None,
    topic: Topic,
) -> Iterator[Hit]:
    if frame.unless and frame.unless.search(clause):
        return
    if frame.requires and not frame.requires.search(clause):
        return
    if frame.context and not frame.context.search(_setting(reading, sentence, frame)):
        return
    seen: set[frozenset[tuple[str, str]]] = set()
    for m in frame.cue.finditer(clause):
        head = clause[: m.start()]
        if frame.kind != "Convening" and (_WISH.search(head) or _DENIED.search(head[-8:])):
            continue
        filled = bind(frame, m, arguments, topic, sentence)
        found = _participants(reading, frame, filled, bool(_ACTS.search(sentence.marked)))
        if found in seen or not _enough(frame, found):
            continue
        seen.add(found)
        at, status = offset + m.start(), status_in(head, clause)
        for deed in apart(found, _contracts(frame, filled)):
            yield Hit(
                kind=frame.kind,
                participants=deed,
                sentence=sentence.index,
                paragraph=sentence.paragraph,
                date=date_of(frame.kind, sentence.folded, at, status, when, day),
                status=status,
                amount=find_amount(sentence.folded),
                confidence=frame.confidence,
            )


def _contracts(frame: Frame, filled: Filled) -> list[tuple[str, ...]]:
    if frame.kind != "Signing":
        return []
    return [pair for _, token, told in filled for pair in pairs(told, token)]


def _setting(reading: Reading, sentence: Sentence, frame: Frame) -> str:
    """Where a frame's context may stand: witnesses are often named a sentence after the signing."""
    if frame.kind != "Signing":
        return sentence.folded
    before = reading.sentences[max(0, sentence.index - 2) : sentence.index]
    return "".join(s.folded for s in (*before, sentence))


def _enough(frame: Frame, found: frozenset[tuple[str, str]]) -> bool:
    roles = {role for role, _ in found}
    return len({e for _, e in found}) >= frame.least and all(
        r in roles for r in frame.needs or ("",) if r
    )


_ACTS = re.compile(r"代表(?!大会|会议)|率|带队|带领|一行|[察问研]团|[查研]组")
_HONOURS = re.compile(r"[省市区县州盟旗党]委$|^中国(?:科学|工程|社会科学)院$")
_BOTH = frozenset({"visitor"})
_OBJECTS = frozenset(
    {"founded", "output", "investee", "acquired", "recipient", "supplier", "host", "technology"}
)


def _participants(
    reading: Reading, frame: Frame, filled: Filled, represents: bool
) -> frozenset[tuple[str, str]]:
    """Roles and entities; a person who acts for an organization gives it the role."""
    found: set[tuple[str, str]] = set()
    for role, token, _ in filled:
        persons = [e for e in token.entities if reading.kinds[e] == "Person"]
        found |= {(role, e) for e in token.entities if e not in persons}
        employers = set(token.employers)
        acts = represents or frame.kind == "Release" or role in _BOTH
        if persons and not employers and acts:
            employers = {reading.employers[p] for p in persons if p in reading.employers}
        acted = bool(employers)
        if role != "issuer":
            employers = {e for e in employers if not _HONOURS.search(reading.names[e])}
        if not (frame.employers and acted):
            found |= {(role, e) for e in persons}
        if frame.employers or (role in _BOTH and represents):
            found |= {(role, e) for e in employers}
    objects = {e for role, e in found if role in _OBJECTS}
    return frozenset((role, e) for role, e in found if role in _OBJECTS or e not in objects)
