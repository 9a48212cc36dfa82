"""Whose post a title is that names no organization: 副校长Ⓟ, 协会会长Ⓟ, Ⓟ任秘书长.

In this order: the house of the person named just before in a list; what the sentence is about;
what the document is about; what was named last. Only an organization that such a title fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern, is_kind
from trihelix.extraction.zh.titles import HEAD

_FITS = {
    "校长": ("大学", "学院", "学校", "中学", "小学", "党校"),
    "院长": ("院",),
    "所长": ("所",),
    "厅长": ("厅",),
    "局长": ("局",),
    "司长": ("司",),
    "部长": ("部",),
    "社长": ("社", "公社"),
    "台长": ("台",),
    "站长": ("站",),
    "馆长": ("馆",),
    "会长": ("会",),
    "理事长": ("会", "联盟"),
    "秘书长": ("会", "联盟"),
    "监事长": ("会", "联盟"),
    "主任委员": ("会",),
    "市长": ("市政府", "市人民政府"),
    "省长": ("省政府", "省人民政府"),
    "区长": ("区政府", "区人民政府"),
    "县长": ("县政府", "县人民政府"),
    "主任": ("中心", "实验室", "委", "委员会", "办公室", "基地"),
    "董事长": ("公司", "集团", "股份"),
    "总经理": ("公司", "集团", "股份"),
    "总裁": ("公司", "集团", "股份"),
    "行长": ("银行", "分行", "支行"),
}  # fmt: skip
_FIRM = ("公司", "集团", "股份")
CORPORATE = (
    "董事长", "总经理", "总裁", "CEO", "CTO", "CFO", "COO", "创始人", "创办人", "顾问",
    "首席执行官", "首席技术官", "首席财务官", "首席运营官",
    "董事", "监事", "董事会秘书", "董秘", "财务总监", "技术总监", "副总", "法定代表人",
    "财务负责人", "实际控制人", "首席科学家", "首席数据官", "首席产品官", "首席医学官",
    "研发负责人", "总工程师", "委派代表",
)  # fmt: skip
_LEARNED = ("教授", "院士", "研究员", "教师")
_EMPLOYS = compile_pattern(rf"[^，。；：Ⓐ]{{0,20}}?{HEAD}[^，。；：Ⓐ]{{0,6}}[Ⓟ]")
_BACK = 3
_SHORT = 2
_NO_NAME = ("集团", "公司", "学校", "大学", "学院", "中国")


def employer_of(
    reading: Reading, sentence: Sentence, at: int, title: str, near: tuple[str, ...]
) -> str | None:
    """The organization that a title at offset `at`, which names none, belongs to."""
    council = title.endswith(("理事长", "秘书长")) and "理事会" in sentence.marked[:at]
    fitting = None if council else _fitting(title)
    for organization in reversed(near):
        if fitting is None or _fits(reading, organization, fitting):
            return None if title.endswith(_LEARNED) else organization
    if title.endswith("校长") and reading.university:
        return _about(reading, sentence, at, fitting, reading.university) or reading.university
    if council and (found := _about(reading, sentence, at, None, reading.main)):
        return found
    if fitting is None:
        return None
    return _about(reading, sentence, at, fitting, reading.main) or _spoken_of(
        reading, sentence, fitting
    )


def _fitting(title: str) -> tuple[str, ...] | None:
    suffixes = next((s for head, s in _FITS.items() if title.endswith(head)), None)
    return suffixes or (_FIRM if title.endswith(CORPORATE) else None)


def _fits(reading: Reading, organization: str, suffixes: tuple[str, ...]) -> bool:
    name = reading.names[organization]
    corporate = "公司" in suffixes and reading.kinds[organization] in ("Firm", "Investor")
    return corporate or re.sub(r"（.*）$", "", name).endswith(suffixes)


def _about(
    reading: Reading,
    sentence: Sentence,
    at: int,
    fitting: tuple[str, ...] | None,
    main: str | None,
) -> str | None:
    """The first fitting organization before a title that is not another person's employer."""
    found = [
        entity
        for entity in _unemployed(sentence, at)
        if fitting is None or _fits(reading, entity, fitting)
    ]
    if main in found:
        return main
    return found[0] if found else None


def _unemployed(sentence: Sentence, at: int) -> Iterator[str]:
    text = sentence.marked
    start = text.rfind("；", 0, at) + 1
    for i in range(start, at):
        if is_kind(text[i], "Ⓞ") and not _EMPLOYS.match(text, i + 1, at):
            yield sentence.tokens[text[i]].entities[-1]


def _spoken_of(reading: Reading, sentence: Sentence, fitting: tuple[str, ...]) -> str | None:
    """What the document is about when it fits, else what fits and was named last."""
    if reading.main and _fits(reading, reading.main, fitting):
        return reading.main
    for index in range(sentence.index - 1, max(sentence.index - 1 - _BACK, -1), -1):
        before = reading.sentences[index]
        found = [
            entity
            for entity in _unemployed(before, len(before.marked))
            if _fits(reading, entity, fitting)
        ]
        if found:
            return found[-1]
    return None


def antecedent(sentence: Sentence, at: int, reading: Reading) -> str | None:
    """The organization that 其 stands for: the last before it, else the sentence before's first."""
    before = [c for c in sentence.marked[:at] if is_kind(c, "Ⓞ")]
    if before:
        return sentence.tokens[before[-1]].entities[-1]
    previous = reading.sentences[sentence.index - 1] if sentence.index else sentence
    found = [c for c in previous.marked if is_kind(c, "Ⓞ")]
    return previous.tokens[found[0]].entities[-1] if found else None


_CUT = re.compile(
    r".*(?:[是由与和同向对在了等为经请据随让给的，、：“（(]|会上|会后|期间|随后|现场|会见|陪同|听取|邀请|聘请|聘任|"
    r"选举|推选|来自|首任|首届|现任|时任|新任|原任?|任命|宣布|当天|当日|其中)"
)


def shortened(reading: Reading, sentence: Sentence, before: str) -> tuple[str, str | None]:
    """What stands between the last word of grammar and a title, and whom it is short for.

    均胜CTOⓅ, 协会会长Ⓟ, 管委会副主任Ⓟ: ends or is part of the name of an organization, of
    several the one named last before.
    """
    house = _CUT.sub("", before)
    if len(house) < _SHORT or house in _NO_NAME:
        return house, None
    found = [e.id for e in reading.annotation.entities if house in e.name]
    found = [e for e in found if reading.is_organization(e)]
    ending = [e for e in found if reading.names[e].endswith(house)]
    return house, _nearest(reading, sentence, ending or found)


def _nearest(reading: Reading, sentence: Sentence, entities: list[str]) -> str | None:
    """Of several entities, the one named last up to the end of a sentence."""
    end = sentence.span.end
    rows = [
        (max((m.start for m in e.mentions if m.start < end), default=-1), e.id)
        for e in reading.annotation.entities
        if e.id in entities
    ]
    return max(rows)[1] if rows else None
