"""The tagger's label set, and how a source's own type becomes one of its labels.

A source that cannot tell two labels apart allows both: a label is learnt from the tokens where it
is certain, and never taught as `O` where a source simply does not annotate it.
"""

# mypy: ignore-errors
from __future__ import annotations

import re
from dataclasses import dataclass

ORG = ("ORG_UNI", "ORG_RES", "ORG_FIRM", "ORG_GOV", "ORG_OTHER")
"""What a source can say of an organization; `fine_kinds` tells which kinds that leaves open."""

ORGANIZATIONS = (
    "University",
    "Institute",
    "Laboratory",
    "Hospital",
    "Firm",
    "Investor",
    "Agency",
    "Intermediary",
    "Association",
    "OtherOrganization",
)
KINDS = (*ORGANIZATIONS, "PER", "LOC", "TITLE")
LABELS = ("O", *(f"{prefix}-{kind}" for kind in KINDS for prefix in "BIES"))
INDEX = {label: number for number, label in enumerate(LABELS)}
ASCII_MARKS = str.maketrans("，。：；（）！？", ",.:;()!?")
ANYTHING = (1 << len(LABELS)) - 1

# The kinds that a source's word leaves open, by the end of the name; the first that fits decides.
_CENTRE = ("Institute", "Laboratory", "Intermediary", "OtherOrganization")
_FINE: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "ORG_UNI": (("", ("University",)),),
    "ORG_RES": (
        ("医院|卫生院|卫生服务中心|妇幼保健院", ("Hospital",)),
        (
            "实验室|工作站|研究室|(?:工程|技术|研究|研发|创新|实验|科学)中心|研究基地",
            ("Laboratory", "Institute"),
        ),
        ("中心", _CENTRE),
        ("", ("Institute",)),
    ),
    "ORG_FIRM": (
        ("银行|支行|分行|科技|药业|汽车|证券|保险|电器|厂", ("Firm",)),
        (".*(?:投资|资本|创投|基金|资产).*", ("Firm", "Investor")),
        ("", ("Firm",)),
    ),
    "ORG_GOV": (
        ("法院|检察院|部队|军|军区|舰队", ("OtherOrganization",)),
        ("议会|国会", ("Agency", "OtherOrganization")),
        ("", ("Agency",)),
    ),
    "ORG_OTHER": (
        (
            "协会|学会|联盟|联合会|商会|基金会|促进会|研究会|联谊会|工商联|总商会|科协|商协会",
            ("Association",),
        ),
        ("交易所|孵化器|产业园|科技园|园区|开发区|高新区|交易中心", ("Intermediary",)),
        (
            "中学|小学|学校|附中|幼儿园|社|报|电视台|电台|馆|剧院|乐团|队|足|篮|俱乐部|法院|网",
            ("OtherOrganization",),
        ),
        ("", ("Intermediary", "Association", "OtherOrganization")),
    ),
}
_FINE_PATTERNS = {
    given: tuple((re.compile(f"(?:{end})$"), kinds) for end, kinds in rows)
    for given, rows in _FINE.items()
}

# The first pattern found at the end of a name decides. 科学院 must come before 学院.
_SUFFIXES: tuple[tuple[str, str], ...] = (
    (
        "ORG_FIRM",
        r"公司|集团|银行|证券|信托|保险|(?<!委)厂|股份|控股|实业|资本|创投|药业|事务所|支行|分行",
    ),
    ("ORG_OTHER", r"交易所"),
    (
        "ORG_RES",
        r"科学院|工程院|社科院|科研院|农科院|研究院|研究总院|研究所|设计院|实验室|医院|研究室|天文台|研究中心|研发中心|技术中心|创新中心|科学中心|工作站",
    ),
    ("ORG_UNI", r"大学|学院|党校|高专|职院|大学.*(系|学部|校区|分校|医学部|研究生部)"),
    (
        "ORG_OTHER",
        r"中学|小学|学校|附中|幼儿园|协会|学会|联盟|联合会|商会|基金会|促进会|研究会|联谊会|工商联|通讯社|日报|晚报|早报|时报|电视台|报社|杂志社|出版社|俱乐部|足球队|男足|女足|男篮|女篮|球队|队|乐团|剧院|博物馆|图书馆|工会|队$",
    ),
    (
        "ORG_GOV",
        r"政府|国务院|[省市区县州党国央]委|人大|人大常委会|政协|法院|检察院|委办局|管委会|管理委员会|[总分公安警务税工商育技政土源保利通]局|厅|署|海关|公安局|派出所|大使馆|使馆|领事馆|街道|街道办|街道办事处|办公厅|办公室|发改委|国资委|证监会|银监会|保监会|央行|国会|议会|白宫|[^干]部|委员会|局|支部|纪委|团委|党委",
    ),
    ("ORG_RES", r"中心|院所|[^事务派出厕]所"),
)
_PATTERNS = tuple((label, re.compile(rf"(?:{pattern})$")) for label, pattern in _SUFFIXES)
_EDGES = " 　\u00a0\t\n\r“”\"'‘’（）()【】[]《》<>「」『』、，。,.:：;；@#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start:end` carry one of `kinds`; no kinds at all: nothing is known of them."""

    start: int
    end: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, its spans, and the kinds its source leaves unannotated."""

    text: str
    spans: tuple[Span, ...]
    unannotated: tuple[str, ...] = ()
    source: str = ""


def organization_kind(name: str) -> str | None:
    """The kind that the end of an organization's name tells, or None."""
    for label, pattern in _PATTERNS:
        if pattern.search(name):
            return label
    return None


def fine_kinds(given: str, name: str) -> tuple[str, ...]:
    """The kinds that an organization called `name` may have when its source says `given`.

    >>> fine_kinds("ORG_RES", "启东市第二医院")
    ('Hospital',)
    """
    for pattern, kinds in _FINE_PATTERNS.get(given, ()):
        if pattern.search(name):
            return kinds
    return (given,)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotes, brackets and white space that lie unpaired at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        if text[end - 1] in ")）" and re.search(r"[(（]", text[start : end - 1]):
            break
        end -= 1
    return start, end


def allowed_masks(example: Example) -> list[int]:
    """One integer a character: bit k is set where label k agrees with the annotation."""
    outside = 1
    for kind in example.unannotated:
        outside |= _bits(kind, "BIES")
    masks = [outside] * len(example.text)
    for span in example.spans:
        if not span.kinds:
            masks[span.start : span.end] = [ANYTHING] * (span.end - span.start)
            continue
        length = span.end - span.start
        name = example.text[span.start : span.end]
        kinds = {fine for kind in span.kinds for fine in fine_kinds(kind, name)}
        shape = "S" if length == 1 else "B" + "I" * (length - 2) + "E"
        for offset, prefix in enumerate(shape):
            mask = 0
            for kind in kinds:
                mask |= _bits(kind, prefix)
            masks[span.start + offset] = mask
    return masks


def _bits(kind: str, prefixes: str) -> int:
    return sum(1 << INDEX[f"{prefix}-{kind}"] for prefix in prefixes)
