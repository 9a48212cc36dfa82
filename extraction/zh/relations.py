"""The state-like relations of a document other than posts, from nested names and cue words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trihelix.extraction.zh.reading import (
    Reading,
    Sentence,
    compile_pattern,
    is_inner_school,
    is_kind,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of two entities, and the sentence that says so."""

    kind: str
    source: str
    target: str
    sentence: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation between the named groups `s` (source) and `t` (target)."""

    kind: str
    regex: re.Pattern[str]
    confidence: float


def _pattern(kind: str, source: str, confidence: float = 0.8) -> Pattern:
    return Pattern(kind, compile_pattern(source), confidence)


_ADVERB = r"(?:正式|已|已经|目前|现|均|也|原|成功|宣布|将|拟)*"
_DOWN = r"旗下|下属|下设|下辖|直属|附属|所属|麾下|属下|辖下"
PATTERNS = (
    _pattern(
        "PART_OF",
        r"(?P<s>[Ⓞ])(?:[^。；Ⓖ]{0,20}，)?(?:是|为|系|作为)?(?:隶属|直属|附属|从属)于?(?P<t>[Ⓞ])",
    ),
    _pattern(
        "PART_OF",
        rf"(?P<t>[Ⓞ])(?:的)?(?:{_DOWN})(?:的)?[^，。；：、和与及Ⓐ]{{0,8}}?(?:公司|机构|"
        rf"企业|单位|品牌|平台|"
        rf"部门|院)?(?:——|—|：|“)?(?P<s>[Ⓞ])",
    ),
    _pattern(
        "PART_OF",
        r"(?P<t>[Ⓞ])(?:的)?(?:全资|控股)?(?:子公司|分公司|孙公司|分支机构|分院|"
        r"下属企业|研发中心|科技平台)(?:——|—|“)?(?P<s>[Ⓞ])",
    ),
    _pattern(
        "PART_OF",
        rf"(?P<s>[Ⓞ])[，]?(?:是|为|系|"
        rf"作为)(?P<t>[Ⓞ])(?:的)?(?:{_DOWN})?(?:的)?[^，。；Ⓐ]{{0,6}}?(?:子公司|分公司|"
        rf"下属|二级单位|二级学院|"
        rf"分支机构|单位|机构|平台|研究院|企业)(?![^，。；]{{0,3}}之一)",
        0.7,
    ),
    _pattern("ADMINISTERS", r"(?P<s>[Ⓞ])(?:主管|归口管理|代管|负责管理)(?:的)?(?P<t>[Ⓞ])"),
    _pattern("ADMINISTERS", r"(?P<t>[Ⓞ])(?:是|系)?(?:由|归)(?P<s>[Ⓞ])(?:主管|归口管理|管理|代管)"),
    _pattern(
        "MEMBER_OF",
        rf"(?P<s>[Ⓖ]){_ADVERB}(?:加入|加盟)(?:了)?(?P<t>[Ⓞ])(?!的(?:建设|研究|合作))",
        0.75,
    ),
    _pattern(
        "MEMBER_OF",
        rf"(?P<s>[Ⓖ])[，]?{_ADVERB}(?:当选|成为|是|为|获批|系|作为|入选)(?:了|"
        rf"为)?(?P<t>[Ⓞ])(?:的)?(?:第[一二三四五六七八九十]+届)?(?:首批|新|发起|"
        rf"核心)*(?:副?理事长|常务理事|副?理事|会员|"
        rf"成员|副?会长|副?主席|轮值主席|秘书长|副?盟主|发起)(?:单位|机构|高校|企业)",
        0.8,
    ),
    _pattern(
        "LOCATED_IN",
        rf"(?P<s>[Ⓞ])[，]?{_ADVERB}(?:落户|坐落于?|位于|入驻|落地于?|地处|总部位于|"
        rf"设在|建在)(?:在)?(?P<t>[Ⓛ])",
    ),
    _pattern(
        "OWNS",
        r"(?P<s>[Ⓖ])(?:直接|间接|合计|共|目前|现)?(?:持有|持股|控股|全资持有|全资控股|"
        r"全资拥有|拥有)(?:了|的)?(?:子公司|"
        r"上市公司)?(?P<t>[Ⓞ])(?:[\d.]+[%％]|[^，。；Ⓐ]{0,8}(?:股份|股权|公司|权益))",
    ),
    _pattern(
        "OWNS",
        r"(?P<s>[Ⓞ])[^。；Ⓖ]{0,80}?，(?:并|还|现|目前|"
        r"已)*拥有(?P<t>[Ⓞ])[^，。；Ⓐ]{0,4}(?:家|个)?(?:上市公司|子公司)",
        0.7,
    ),
    _pattern(
        "OWNS",
        r"(?P<t>[Ⓞ])(?:是|为|系|由|[^，。；Ⓐ]{1,6}由)(?P<s>[Ⓖ])(?:的)?(?:各|分别|共同|绝对|"
        r"直接|间接)*(?:全资|控股|持有|(?:100%)?持股)",
        0.7,
    ),
    _pattern(
        "OWNS",
        r"(?P<s>[Ⓖ])持有[Ⓞ][^，。；Ⓐ]{0,12}(?:股[权份])?，(?:并|还|同时)?持有(?P<t>[Ⓞ])"
        r"[^，。；Ⓐ]{0,12}股[权份]",
    ),
    _pattern(
        "OWNS",
        r"(?P<s>[Ⓖ])(?:则|并|将|已)?通过[^，。；]{0,40}?持有(?P<t>[Ⓞ])[^，。；Ⓐ]{0,12}股[权份]",
        0.75,
    ),
    _pattern("OWNS", r"(?P<s>[Ⓖ])对(?P<t>[Ⓞ])(?:的)?(?:合计|直接|间接)?持股", 0.75),
    _pattern("OWNS", r"(?P<s>[Ⓞ])[^，。；Ⓖ]{0,8}其全资(?:子公司|拥有的)(?P<t>[Ⓞ])"),
    _pattern(
        "OWNS",
        r"(?P<t>[Ⓞ])的(?:共同|第一|控股|最大|单一|主要)*大?股东(?:是|为|——)?(?P<s>[Ⓞ])",
        0.75,
    ),
    _pattern("SPUN_OFF_FROM", r"(?P<s>[Ⓞ])[^。；Ⓖ]{0,24}?(?:脱胎于|孵化于|源自|衍生自)(?P<t>[Ⓞ])"),
    _pattern(
        "SPUN_OFF_FROM",
        r"(?P<t>[Ⓞ])(?:自主|成功)?(?:孵化|衍生)(?:的|出的|出|了)?(?:企业|公司|"
        r"科技企业)?(?:——|“)?(?P<s>[Ⓞ])",
    ),
    _pattern("SPUN_OFF_FROM", r"(?P<s>[Ⓞ])[，]?(?:是|为|系)(?:由)?(?P<t>[Ⓞ])(?:的)?(?:孵化|衍生)"),
    _pattern(
        "SUCCESSOR_OF",
        rf"(?P<t>[Ⓞ]){_ADVERB}(?:[^。；Ⓐ]{{0,18}}?)(?:更名|改名|变更|改制|改组|升格|"
        rf"转设|改建|升级)(?:成|"
        rf"为)(?:了)?(?P<s>[Ⓞ])",
    ),
    _pattern(
        "SUCCESSOR_OF",
        r"(?P<s>[Ⓞ])(?:的)?[，（(]?(?:其)?前身(?:是|为|系|可追溯至?|"
        r"即)?[^，。；Ⓐ]{0,8}?(?P<t>[Ⓞ])",
    ),
    _pattern(
        "SUCCESSOR_OF",
        r"(?:由)?(?P<t>[Ⓞ])(?:合并|合并组建|整合|重组|合并成立)(?:而)?(?:成|为|成立|"
        r"组建)(?:了|的)?(?P<s>[Ⓞ])",
    ),
    _pattern("SUCCESSOR_OF", r"(?P<s>[Ⓞ])(?:是|系)?由(?P<t>[Ⓞ])(?:合并|整合|重组|转设|改制|改组)"),
)
_CUES = re.compile(
    r"隶属|直属|附属|从属|旗下|下属|下设|下辖|所属|麾下|属下|辖下|子公司|分公司|"
    r"孙公司|分支|分院|研发中心|平台|主管|归口|代管|管理|"
    r"加入|加盟|单位|机构|落户|坐落|位于|入驻|落地|地处|设在|建在|持有|持股|控股|"
    r"股东|全资|拥有|脱胎|孵化|源于|源自|衍生|"
    r"更名|改名|变更|改制|改组|升格|转设|改建|升级|前身|合并|整合|重组"
)


def read_relations(reading: Reading) -> list[Link]:
    """The relations of a document, once each, the surest first for equal ones."""
    best: dict[tuple[str, str, str], Link] = {}
    for link in _all(reading):
        if link.source == link.target or _namesakes(reading, link):
            continue
        key = (link.kind, link.source, link.target)
        reverse = (link.kind, link.target, link.source)
        if reverse not in best and (key not in best or best[key].confidence < link.confidence):
            best[key] = link
    succeeded = {frozenset((s, t)) for kind, s, t in best if kind == "SUCCESSOR_OF"}
    kept = [
        link
        for link in best.values()
        if link.kind != "PART_OF" or frozenset((link.source, link.target)) not in succeeded
    ]
    closing = _closing(link for link in kept if link.kind == "PART_OF")
    return [link for link in kept if link not in closing]


_FORM = re.compile(r"股份|有限|责任|集团|总?公司|[（()）·\s]")


def _namesakes(reading: Reading, link: Link) -> bool:
    """Whether a part and its whole are one firm under two legal forms."""
    one, other = (_FORM.sub("", reading.names[e]) for e in (link.source, link.target))
    return link.kind == "PART_OF" and one == other


def _closing(links: Iterable[Link]) -> set[Link]:
    """The least sure links that would make something a part of itself, through whatever wholes."""
    wholes: dict[str, set[str]] = {}
    closing: set[Link] = set()
    for link in sorted(links, key=lambda x: (-x.confidence, x.sentence, x.source, x.target)):
        if link.source in _above(link.target, wholes):
            closing.add(link)
        else:
            wholes.setdefault(link.source, set()).add(link.target)
    return closing


def _above(entity: str, wholes: dict[str, set[str]]) -> set[str]:
    found = {entity}
    fresh = [entity]
    while fresh:
        more = wholes.get(fresh.pop(), set()) - found
        found |= more
        fresh += more
    return found


def _all(reading: Reading) -> Iterator[Link]:
    yield from _nested(reading)
    yield from _prefixed(reading)
    for sentence in reading.sentences:
        if sentence.tokens:
            yield from _cued(sentence)
            yield from _adjacent(reading, sentence)
    yield from _orphans(reading)


def _cued(sentence: Sentence) -> Iterator[Link]:
    if not _CUES.search(sentence.folded):
        return
    for pattern in PATTERNS:
        for m in pattern.regex.finditer(sentence.folded):
            for source in _parts(pattern, sentence, m):
                for target in _wholes(pattern, sentence.tokens[m["t"]].entities):
                    yield Link(pattern.kind, source, target, sentence.index, pattern.confidence)


_ALL_OF_THEM = re.compile(r"等?(?:共|多|近|[\d一二两三四五六七八九十几])+(?:大|余|多)?[家个所]")


def _parts(pattern: Pattern, sentence: Sentence, m: re.Match[str]) -> tuple[str, ...]:
    """甲旗下的乙、丙: only 乙 is surely a part of 甲, unless both are counted (乙、丙两家)."""
    sources = sentence.tokens[m["s"]].entities
    listed = m.end("t") < m.start("s") and not _ALL_OF_THEM.match(sentence.folded, m.end("s"))
    between = sentence.folded[m.end("t") : m.start("s")]
    open_list = listed and not re.search(r"[有括设辖]$", between)
    return sources[:1] if pattern.kind == "PART_OF" and open_list else sources


def _wholes(pattern: Pattern, targets: tuple[str, ...]) -> tuple[str, ...]:
    """甲、乙和丙旗下的丁: only the last of a list is the whole of a part."""
    return targets[-1:] if pattern.kind == "PART_OF" else targets


def _nested(reading: Reading) -> Iterator[Link]:
    """武汉大学计算机学院 is part of 武汉大学: the parent is the inner name reaching furthest."""
    longest: dict[tuple[str, int], tuple[int, int, str, int]] = {}
    for n in reading.nested:
        organizations = reading.is_organization(n.outer) and reading.is_organization(n.inner)
        head = n.inner_span.end >= n.outer_span.end
        if not organizations or head:
            continue
        if reading.annotation.document.text[n.inner_span.end] in "—－-–·":
            continue
        row = (n.inner_span.end, n.inner_span.end - n.inner_span.start, n.inner, n.sentence)
        key = (n.outer, n.outer_span.start)
        longest[key] = max(longest.get(key, row), row)
    for (outer, _), (_, _, inner, sentence) in longest.items():
        zone = _BOARD.search(reading.names[outer]) and not _GOVERNS.search(reading.names[inner])
        if not zone:  # a zone's committee is no part of the zone
            yield Link("PART_OF", outer, inner, sentence, 0.9)


_BOARD = re.compile(r"(?:管委会|管理委员会)$")
_GOVERNS = re.compile(r"(?:政府|委员会|委|局|厅|部|集团|公司)$")
_UNIT_KINDS = (
    "University",
    "Laboratory",
    "Institute",
    "Hospital",
    "Association",
    "Agency",
    "Intermediary",
)
_UNIT = re.compile(
    r"(?:系|学院|研究生院|书院|校区|学部|研究院|研究所|研究中心|实验室|中心|基地|"
    r"医院|基金会|校友会|分院|分校|司|处|办公室|部|党组|"
    r"研究室|图书馆|工作站|团委)(?:（.*）)?$"
)


def _prefixed(reading: Reading) -> Iterator[Link]:
    """A unit whose name begins with that of another organization of the document."""
    done = {n.outer for n in reading.nested if n.inner_span.end < n.outer_span.end}
    entities = [e for e in reading.annotation.entities if reading.is_organization(e.id)]
    starts: dict[str, list[tuple[str, str]]] = {}
    for e in entities:
        for form in {e.name, *e.aliases}:
            if len(form) >= 4:
                starts.setdefault(form[:4], []).append((form, e.id))
    for unit in entities:
        if unit.id in done or not _UNIT.search(unit.name) or not unit.mentions:
            continue
        forms = [
            (len(form), parent)
            for form, parent in starts.get(unit.name[:4], ())
            if parent != unit.id and unit.name.startswith(form) and len(unit.name) > len(form) + 1
        ]
        if forms:
            yield Link("PART_OF", unit.id, max(forms)[1], _sentence_of(reading, unit.id), 0.8)


_ADJACENT = compile_pattern(r"([Ⓞ])(?:的|所属|下属)?([Ⓞ])")


def _adjacent(reading: Reading, sentence: Sentence) -> Iterator[Link]:
    """我校生命科学学院: a unit named right after its parent."""
    for m in _ADJACENT.finditer(sentence.marked):
        parents = sentence.tokens[m[1]].entities
        units = sentence.tokens[m[2]].entities
        if len(parents) == 1 and len(units) == 1 and _is_unit(reading, units[0]):
            yield Link("PART_OF", units[0], parents[0], sentence.index, 0.75)


def _is_unit(reading: Reading, entity: str) -> bool:
    name = reading.names[entity]
    if reading.kinds[entity] == "University":
        return is_inner_school(name)
    return bool(_UNIT.search(name)) and reading.kinds[entity] in (*_UNIT_KINDS, "Firm")


def _orphans(reading: Reading) -> Iterator[Link]:
    """A school without a parent belongs to the university named before it, else to the main one."""
    for e in reading.annotation.entities:
        if e.kind != "University" or not is_inner_school(e.name) or not e.mentions:
            continue
        if any(n.outer == e.id for n in reading.nested):
            continue
        sentence = reading.sentences[_sentence_of(reading, e.id)]
        parent = _university_before(reading, sentence, e.mentions[0].start) or reading.university
        if parent and parent != e.id:
            yield Link("PART_OF", e.id, parent, sentence.index, 0.6)
            yield from _siblings(reading, sentence, e.id, parent)


def _siblings(reading: Reading, sentence: Sentence, school: str, parent: str) -> Iterator[Link]:
    """甲系教授和乙研究所所长: an institute listed with a school of a university that was named."""
    letters = [c for c in sentence.marked if c in sentence.tokens and is_kind(c, "Ⓞ")]
    entities = [sentence.tokens[c].entities[-1] for c in letters]
    if parent not in entities or school not in entities:
        return
    after = entities[entities.index(school) + 1 :][:1]
    text = sentence.marked
    for unit in after:
        at = text.index(letters[entities.index(unit)])
        listed = re.search(r"[和、及与]$", text[:at])
        if (
            listed
            and reading.kinds[unit] in ("Institute", "Laboratory")
            and not _placed(unit, reading)
        ):
            yield Link("PART_OF", unit, parent, sentence.index, 0.55)


def _placed(entity: str, reading: Reading) -> bool:
    return bool(re.match(r"中国|国家|.{2,3}[省市]|.{2,8}大学", reading.names[entity]))


def _university_before(reading: Reading, sentence: Sentence, start: int) -> str | None:
    found = [
        t
        for t in sentence.tokens.values()
        if t.end <= start
        and len(t.entities) == 1
        and reading.kinds[t.entities[0]] == "University"
        and not is_inner_school(reading.names[t.entities[0]])
    ]
    return max(found, key=lambda t: t.end).entities[0] if found else None


def _sentence_of(reading: Reading, entity: str) -> int:
    for e in reading.annotation.entities:
        if e.id == entity:
            start = e.mentions[0].start
            spans: Iterable[Sentence] = reading.sentences
            return max((s.index for s in spans if s.span.start <= start), default=0)
    return 0
