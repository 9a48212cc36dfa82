"""Read the event frames: which mentions of a clause fill which roles of which happening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.amounts import find_amount
from trihelix.extraction.zh.dates import Calendar, Dated, prevailing
from trihelix.extraction.zh.frame import Frame
from trihelix.extraction.zh.frames import CUES, EVENTS
from trihelix.extraction.zh.gatherings import CONVENES, CONVENING, GATHERING
from trihelix.extraction.zh.occasions import date_of, status_in
from trihelix.extraction.zh.occasions import occasion as occasion
from trihelix.extraction.zh.occasions import status_of as status_of
from trihelix.extraction.zh.reading import (
    ANY,
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


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention of a clause with the preposition before it (由, 与, 在, …), if any."""

    token: Token
    at: int
    marker: str
    modifier: bool


@dataclass(slots=True)
class _Topic:
    """Who the running text is about: the subject that headless clauses take over."""

    token: Token | None = None
    sentence: Sentence | None = None


_MARKER = re.compile(
    r"(持有的|来到|前往|莅临|走进|深入|代表|获得|联合|携手|由|被|与|和|同|跟|及|向|对|在|"
    r"(?<!基)于|将|把|为|给|从|获|受|据|以|到|赴|至|来|经|"
    r"关于|助力|帮助|通过|根据|按照|围绕|依托|作为|包括|除|让|使|针对|支持|推动|"
    r"感谢|了解|成为)(?:了)?$"
)
_FAR = compile_pattern(
    r"(与|由|向|在|对|为(?=\d))([^，。；Ⓐ的]{1,10}|[^，。；Ⓐ]{1,22}(?:得主|获得者|企业|公司|"
    r"机构|高校|单位|组织))(?:——|—)?$"
)
_SOURCE = re.compile(
    r"^(?:获悉|消息|讯|报道|记者|电(?:$|[（(\s])|App|APP|数据显示|新闻网|官网|显示)"
)
_PASSIVE = ("由", "被", "获", "获得", "受")
_RENAMED = compile_pattern(r"(?:变更|更名|改名)为([Ⓞ])")
_OWNED = compile_pattern(
    r"([Ⓞ])(?:厂商|厂家|制造商|巨头|旗下|下属|控股|全资)(?:的)?(?:全资)?(?:子公司|企业|公司)?([Ⓞ])"
)
_SAID = re.compile(r"见证(?!下)了?|宣布|表示|介绍|透露|指出|认为|获悉|称(?=[^号])|说(?!明)")
_WISH = re.compile(
    r"希望|期待|期望|呼吁|鼓励|旨在|愿意|愿与|应当|如果|欢迎|建议|致力于|为了|争取|可以|能够|将会"
)


def read_events(reading: Reading) -> list[Hit]:
    """All tellings of happenings in a document, in text order."""
    calendar = Calendar(reading.annotation.document.published)
    reading.dates = dates = [calendar.read(s.folded or s.marked) for s in reading.sentences]
    reading.day = day = prevailing([s.marked for s in reading.sentences], dates)
    convenes = bool(CONVENES.search(reading.annotation.document.text))
    topic = _Topic()
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
    topic: _Topic,
    convenes: bool,
) -> Iterator[Hit]:
    if topic.sentence and topic.sentence.paragraph != sentence.paragraph:
        topic.token = None
    for offset, clause in clauses(_OWNED.sub(lambda m: _owned(sentence, m), sentence.folded)):
        arguments = _arguments(sentence, clause)
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
        or (len(_LIGHT.sub("", head)) <= 6 and not CUES.search(_LIGHT.sub("", head)))
    )


def _actor(token: Token) -> bool:
    return any(is_kind(token.letter, kind) for kind in ("Ⓞ", "Ⓟ", "Ⓜ"))


def _arguments(sentence: Sentence, clause: str) -> list[Argument]:
    found = []
    for m in ANY.finditer(clause):
        before, after = clause[: m.start()], clause[m.end() :]
        if _SOURCE.match(after):
            continue
        marker = _MARKER.search(before)
        far = None if marker else _FAR.search(before)
        word = marker[1] if marker else far[1] if far else ""
        found.append(Argument(sentence.tokens[m[0]], m.start(), word, after.startswith("的")))
    return found


def _hits(
    reading: Reading,
    sentence: Sentence,
    frame: Frame,
    clause: str,
    offset: int,
    arguments: list[Argument],
    when: list[Dated],
    day: str | None,
    topic: _Topic,
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
        if frame.kind != "Convening" and _WISH.search(head):
            continue
        filled = _bind(frame, m, arguments, topic, sentence)
        found = _participants(reading, frame, filled, "代表" in head)
        if found in seen or not _enough(frame, found):
            continue
        seen.add(found)
        at, status = offset + m.start(), status_in(head, clause)
        yield Hit(
            kind=frame.kind,
            participants=found,
            sentence=sentence.index,
            paragraph=sentence.paragraph,
            date=date_of(frame.kind, sentence.folded, at, status, when, day),
            status=status,
            amount=find_amount(sentence.folded),
            confidence=frame.confidence,
        )


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


_LIGHT = compile_pattern(
    r"为\d+余?[名位家][^，]*|[与同和](?:当地|地方|该[市县区])(?:政府|方面|部门|企业|高校)?|随后|并|还|也|又|再|同时|此外|另外|当天|当日|会上|会后|期间|目前|现场|分别|"
    r"先后|共同|联合|将|正式|已经?|再次|首次|成功|计划|拟|"
    r"继续|进一步|日前|近日|此前|随即|最终|决定|终止|宣布|一起|携手|合作|近期|今年|"
    r"去年|明年|[\d—－\-]+[年月日]|下午|上午|晚|于|隆重|"
    r"积极|重点|特别|对外|即将|陆续|率先|牵头|组织|集中|主动|专程|参加会议|热情|"
    r"亲切|深入|详细|重要|就|起|共|一同|"
    r"以[^，]{1,20}(?:方式|价格|金额|代价)|"
    r"以[^，]{1,12}元|围绕[^，]*|针对[^，]*|结合[^，]*|就[^，]*(?:议题|话题|主题|"
    r"问题|方面)|通过[^，]*|(?:在|与|"
    r"同|向|对|为|由|于|和)[^，Ⓐ]{0,10}[Ⓐ]|\s"
)


_GATHERING = re.compile(r"(?:大会|会议|年会|峰会|论坛|活动|仪式|展会)$")


def _headless(head: str) -> bool:
    """Whether nothing but adverbs and prepositional phrases stands before a cue.

    A gathering (大会现场签约) is a subject of its own, not a clause that lacks one.
    """
    rest = _LIGHT.sub("", head)
    return len(rest) <= 2 and not _GATHERING.search(rest)


Filled = list[tuple[str, Token, Sentence]]


def _bind(
    frame: Frame, cue: re.Match[str], arguments: list[Argument], topic: _Topic, here: Sentence
) -> Filled:
    """The roles of a clause's arguments around a cue."""
    said = [m.end() for m in _SAID.finditer(cue.string, 0, cue.start())]
    floor = said[-1] if said and frame.kind != "Convening" else 0
    before = [a for a in arguments if floor <= a.at < cue.start()]
    after = [a for a in arguments if a.at >= cue.start()]
    passive = any(a.marker in _PASSIVE and _fits(a.token, frame.subject_kinds) for a in before)
    passive = passive or cue.string[: cue.start()].endswith(("被", "获"))
    filled: Filled = []
    for a in before:
        if a.marker in frame.markers and _fits(a.token, frame.subject_kinds + frame.object_kinds):
            filled.append((frame.markers[a.marker], a.token, here))
        elif a.marker in ("将", "把") and frame.thing and is_kind(a.token.letter, "Ⓣ"):
            filled.append((frame.thing, a.token, here))
        elif a.marker in ("将", "把") and frame.object and _fits(a.token, frame.object_kinds):
            filled.append((frame.object, a.token, here))
        elif a.marker in _PASSIVE and frame.subject and _fits(a.token, frame.subject_kinds):
            filled.append((frame.subject, a.token, here))
    if frame.object and (item := _object(frame, cue, after)):
        filled.append((frame.object, item, here))
    plain = _plain(before)
    has_object = any(role == frame.object for role, _, _ in filled)
    if frame.object and not has_object and (passive or frame.object_before):
        fitting = [a for a in plain if _fits(a.token, frame.object_kinds)]
        if fitting and (passive or frame.kind != "Founding" or _adjoins(fitting[-1], cue)):
            filled.append((frame.object, fitting[-1].token, here))
            plain = [a for a in plain if a is not fitting[-1]]
    if passive and not plain and not has_object:
        filled += _topical(frame, topic, cue)
    if frame.subject and not passive:
        filled += _subject(frame, plain, topic, here, cue)
    return filled


_OWN_WORK = re.compile(r"(?:项目|课题|工程|研究)(?:已|还|也)?(?:获得?|得到)")


_JOINT = re.compile(r"共同|联合|合作|携手|发起|分别")


def _adjoins(argument: Argument, cue: re.Match[str]) -> bool:
    """Whether only adverbs stand between a mention and what is said to happen to it."""
    between = cue.string[argument.at + 1 : cue.start()]
    alone = len(argument.token.entities) == 1 or not _JOINT.search(between + cue[0])
    return alone and _headless(between)


def _topical(frame: Frame, topic: _Topic, cue: re.Match[str]) -> Filled:
    """Whom a passive clause without a subject of its own (2018年由甲、乙组建) tells of."""
    if not (frame.object and topic.token and topic.sentence):
        return []
    if frame.kind == "Grant":
        told = bool(_OWN_WORK.search(cue.string, 0, cue.start()))
    else:
        told = frame.kind == "Founding" and _fits(topic.token, "Ⓞ") and _ends(cue)
        told = told and _headless(cue.string[: cue.start()])
    return [(frame.object, topic.token, topic.sentence)] if told else []


def _ends(cue: re.Match[str]) -> bool:
    """Whether nothing that is made follows a cue."""
    return not ANY.search(cue.string, cue.end()) and not cue.string.startswith("的", cue.end())


def _plain(before: list[Argument]) -> list[Argument]:
    """The unmarked arguments; those that only modify another (甲的乙) go when others are there."""
    plain = [a for a in before if a.marker == ""]
    return [a for a in plain if not a.modifier] or plain


def _object(frame: Frame, cue: re.Match[str], after: list[Argument]) -> Token | None:
    for a in after:
        near = a.at - cue.end() <= frame.reach
        dash = "Ⓣ" not in frame.object_kinds and "—" in cue.string[cue.end() : a.at]
        if (
            near
            and not dash
            and _fits(a.token, frame.object_kinds)
            and not (a.marker in ("在", "由", "于", "向") and a.marker in cue.string[cue.end() : a.at])
            and not (frame.kind == "Signing" and _MADE.search(cue.string, cue.end(), a.at))
            and not (frame.object == "founded" and _FUND.match(cue.string, a.at + 1))
        ):
            return a.token
    return None


_MADE = re.compile(r"[共建合]建|建设|成立|设立|组建|推进|打造")
_FUND = compile_pattern(
    r"[^，。；、：Ⓐ的]{0,16}(?:保证金|基金(?!会|管理)|专项资金|奖学金|账户|奖项|制度|机制)"
)


def _subject(
    frame: Frame, plain: list[Argument], topic: _Topic, here: Sentence, cue: re.Match[str]
) -> Filled:
    assert frame.subject is not None
    fitting = [a for a in plain if _fits(a.token, frame.subject_kinds)]
    if frame.least > 1:
        fitting.sort(key=lambda a: len(a.token.entities) < frame.least)
    if fitting:
        near = cue.start() - fitting[0].at <= frame.gap
        loose = frame.gap < 60 and "的" in cue.string[fitting[0].at : cue.start()]
        return [(frame.subject, fitting[0].token, here)] if near and not loose else []
    relative = cue.string.startswith("的", cue.end())
    headless = frame.inherits and not plain and not relative
    headless = headless and _headless(cue.string[: cue.start()])
    if headless and topic.token and topic.sentence and _fits(topic.token, frame.subject_kinds):
        return [(frame.subject, topic.token, topic.sentence)]
    return []


def _fits(token: Token, kinds: str) -> bool:
    return any(is_kind(token.letter, kind) for kind in kinds)


_BOTH = frozenset({"visitor"})
_CORPORATE = frozenset({"signatory"})  # who signs, signs for an organization
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
        acts = represents or frame.kind == "Release" or role in _CORPORATE or role in _BOTH
        if persons and not employers and acts:
            employers = {reading.employers[p] for p in persons if p in reading.employers}
        if role not in _CORPORATE and (not frame.employers or not employers):
            found |= {(role, e) for e in persons}
        if frame.employers or role in _BOTH:
            found |= {(role, e) for e in employers}
    objects = {e for role, e in found if role in _OBJECTS}
    return frozenset((role, e) for role, e in found if role in _OBJECTS or e not in objects)
