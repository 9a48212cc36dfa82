"""Which arguments of a clause fill the roles of a frame around its cue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trihelix.extraction.zh.frame import Frame
from trihelix.extraction.zh.reading import ANY, Sentence, Token, compile_pattern, is_kind


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention of a clause with the preposition before it (由, 与, 在, …), if any."""

    token: Token
    at: int
    marker: str
    modifier: bool


Filled = list[tuple[str, Token, Sentence]]  # role, who, told where


@dataclass(slots=True)
class Topic:
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
    r"(与|由|向|在|对|为(?=\d))([^，。；Ⓐ的]{1,13}|[^，。；Ⓐ]{1,22}(?:得主|获得者|企业|公司|"
    r"机构|高校|单位|组织))(?:——|—)?$"
)
_SOURCE = re.compile(
    r"^(?:获悉|消息|讯|报道|记者|电(?:$|[（(\s])|App|APP|数据显示|新闻网|官网|显示)"
)
_PASSIVE = ("由", "被", "获", "获得", "受")
_SAID = re.compile(r"见证(?!下)了?|宣布|表示|介绍|透露|指出|认为|获悉|称(?=[^号])|说(?!明)")


def arguments_of(sentence: Sentence, clause: str) -> list[Argument]:
    """The mentions of a clause, but for the sources of the news (据…消息)."""
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


LIGHT = compile_pattern(
    r"为\d+余?[名位家][^，]*|[与同和](?:当地|地方|该[市县区])(?:政府|方面|部门|企业|高校)?|随后|并|还|也|又|再|同时|此外|另外|当天|当日|会上|会后|期间|目前|现场|分别|"
    r"先后|共同|联合|将|正式|已经?|再次|首次|成功|计划|拟|"
    r"继续|进一步|日前|近日|此前|随即|最终|决定|终止|宣布|一起|携手|合作|近期|今年|"
    r"去年|明年|[\d—－\-]+[年月日]|下午|上午|晚|于|隆重|"
    r"积极|重点|特别|对外|即将|陆续|率先|牵头|组织|集中|主动|专程|参加会议|热情|"
    r"亲切|深入|详细|重要|就|起|共|一同|"
    r"以[^，]{1,20}(?:方式|价格|金额|代价)|"
    r"以[^，]{1,12}元|就[^，Ⓐ]{1,16}$|围绕[^，]*|针对[^，]*|结合[^，]*|就[^，]*(?:议题|话题|主题|"
    r"问题|方面)|通过[^，]*|(?:在|与|"
    r"同|向|对|为|由|于|和)[^，Ⓐ]{0,10}[Ⓐ]|\s"
)


_GATHERING = re.compile(r"(?:大会|会议|年会|峰会|论坛|活动|仪式|展会)$")


def _headless(head: str) -> bool:
    """Whether nothing but adverbs and prepositional phrases stands before a cue.

    A gathering (大会现场签约) is a subject of its own, not a clause that lacks one.
    """
    rest = LIGHT.sub("", head)
    return len(rest) <= 2 and not _GATHERING.search(rest)


def bind(
    frame: Frame, cue: re.Match[str], arguments: list[Argument], topic: Topic, here: Sentence
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
        if fitting and (passive or frame.kind != "Founding" or _befalls(fitting[-1], cue)):
            filled.append((frame.object, fitting[-1].token, here))
            plain = [a for a in plain if a is not fitting[-1]]
    if passive and not plain and not has_object:
        filled += _topical(frame, topic, cue)
    if frame.subject and not passive:
        filled += _subject(frame, plain, topic, here, cue)
    return filled


_OWN_WORK = re.compile(r"(?:项目|课题|工程|研究)(?:已|还|也)?(?:获得?|得到)")


_JOINT = re.compile(r"共同|联合|合作|携手|发起|分别")


def _befalls(argument: Argument, cue: re.Match[str]) -> bool:
    """Whether what is said can happen to a mention: many who act together are founders."""
    between = cue.string[argument.at + 1 : cue.start()]
    return len(argument.token.entities) == 1 or not _JOINT.search(between + cue[0])


def _topical(frame: Frame, topic: Topic, cue: re.Match[str]) -> Filled:
    """Whom a passive clause without a subject of its own (2018年由甲、乙组建) tells of."""
    if not (frame.object and topic.token and topic.sentence):
        return []
    if frame.kind == "Grant":
        told = bool(_OWN_WORK.search(cue.string, 0, cue.start()))
    else:
        told = frame.kind == "Founding" and _fits(topic.token, "Ⓞ") and _ends(cue)
        told = told and "由" in cue.string[: cue.start()]
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
            and not (
                a.marker in ("在", "由", "于", "向") and a.marker in cue.string[cue.end() : a.at]
            )
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
    frame: Frame, plain: list[Argument], topic: Topic, here: Sentence, cue: re.Match[str]
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
        own = frame.kind == "Signing" and _PARTNER.search(cue.string, 0, cue.start())
        token = _first(topic) if own else topic.token
        return [(frame.subject, token, topic.sentence)]
    return []


_PARTNER = compile_pattern(r"(?:与|同|和|跟)[^，。Ⓐ]{0,12}[Ⓞ]")


def _first(topic: Topic) -> Token:
    """Of 甲与乙, the one that goes on to sign with others (甲与乙签约，与丙签约)."""
    assert topic.token and topic.sentence
    members = [
        t
        for t in topic.sentence.tokens.values()
        if topic.token.start <= t.start and t.end <= topic.token.end and len(t.entities) == 1
    ]
    first = min(members, key=lambda t: t.start, default=topic.token)
    return first if len(topic.token.entities) == 2 else topic.token


def _fits(token: Token, kinds: str) -> bool:
    return any(is_kind(token.letter, kind) for kind in kinds)
