"""The Chinese names of China's provincial and municipal organs from their English ones."""

from __future__ import annotations

import re
from functools import cache

from trihelix.schema.registry import Entry, registry

_FIELDS = {
    "agriculture and rural affairs": "农业农村",
    "civil affairs": "民政",
    "commerce": "商务",
    "culture and tourism": "文化和旅游",
    "development and reform": "发展和改革",
    "ecology and environment": "生态环境",
    "economy and informatization": "经济和信息化",
    "economy and information technology": "经济和信息化",
    "education": "教育",
    "emergency management": "应急管理",
    "finance": "财政",
    "health": "卫生健康",
    "housing and urban-rural development": "住房和城乡建设",
    "human resources and social security": "人力资源和社会保障",
    "industry and information technology": "工业和信息化",
    "intellectual property": "知识产权",
    "justice": "司法",
    "market regulation": "市场监督管理",
    "market supervision": "市场监督管理",
    "natural resources": "自然资源",
    "public security": "公安",
    "science and technology": "科学技术",
    "science, technology and innovation": "科技创新",
    "state-owned assets supervision and administration": "国有资产监督管理",
    "transport": "交通运输",
    "transportation": "交通运输",
    "water resources": "水利",
}
_FORM = r"department|bureau|commission|administration|office"
_FIELD = "|".join(sorted(map(re.escape, _FIELDS), key=len, reverse=True))
_ORGAN = re.compile(
    rf"(?P<form>{_FORM}) (?:of|for) (?P<field>{_FIELD})"
    rf"|(?P<field2>{_FIELD}) (?P<form2>{_FORM})|(?:people's )?government"
)
_LEVEL = re.compile(r"\s*(?:provincial|municipal|province|city|autonomous region)?$")


def chinese_organ(name: str) -> str | None:
    """The Chinese name of a province's or a city's organ, None for any other name.

    >>> chinese_organ("Liaoning Provincial Department of Science and Technology")
    '辽宁省科学技术厅'
    >>> chinese_organ("Education Bureau of Shenyang City"), chinese_organ("Department of Physics")
    ('沈阳市教育局', None)
    """
    plain = _plain(name)
    organ = _ORGAN.search(plain)
    if organ is None:
        return None
    rest = re.sub(r"^ ?of (?:the )?", "", plain[organ.end() :])
    place = _place(plain[: organ.start()] or rest)
    if place is None or (organ.start() and rest):
        return None
    field = organ["field"] or organ["field2"]
    form = organ["form"] or organ["form2"]
    return place.name + (_unit(_FIELDS[field], form, place) if field else "人民政府")


def _plain(name: str) -> str:
    folded = re.sub(r"\s+", " ", name.casefold().replace("’", "'").replace("&", "and"))
    return folded.removeprefix("the ").strip()


def _unit(field: str, form: str, place: Entry) -> str:
    """Provinces have 厅 where cities have 局; a commission is 委员会 everywhere."""
    if form in {"commission", "office"}:
        return field + {"commission": "委员会", "office": "办公室"}[form]
    bureau = field in {"市场监督管理", "知识产权"} or not place.name.endswith(("省", "自治区"))
    return field + ("局" if bureau or form == "administration" else "厅")


def _place(words: str) -> Entry | None:
    return _places().get(_LEVEL.sub("", words.strip()).strip())


@cache
def _places() -> dict[str, Entry]:
    """Provinces and cities by English name; a name that two share (Suzhou) is left out."""
    found: dict[str, list[Entry]] = {}
    for entry in registry():
        if entry.kind == "Place" and entry.english:
            found.setdefault(entry.english.casefold(), []).append(entry)
    return {english: entries[0] for english, entries in found.items() if len(entries) == 1}
