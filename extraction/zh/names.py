"""What Chinese names of organizations end in, and what kind that makes them.

The suffix lexicon is data: each suffix with the kind it means. The longest suffix of a name counts;
a few suffixes (中心, 基地, 公司, 投资) say nothing alone, so the words before them decide.
"""

from __future__ import annotations

import re

from trihelix.extraction.zh.lexicon import alternatives, word_lists

_SUFFIXES = word_lists("suffixes.txt")
_KIND_OF_SUFFIX = {s: kind for kind, words in _SUFFIXES.items() if kind != "weak" for s in words}
_LONGEST = max(map(len, _KIND_OF_SUFFIX))
_WEAK = frozenset(_SUFFIXES["weak"])

_LEGAL_FORM = re.compile(
    r"(集团)?(股份|控股)?(有限责任公司|有限公司|股份公司|总公司|公司|（集团）|集团|控股集团|股份)+$"
)
_ENTERPRISE = re.compile(r"(公司|集团|控股|股份|企业（有限合伙）|合伙企业)$")
_BUILDER = re.compile(
    r"(建设|城市|城建|交通|文旅|旅游|水务|国有资产?|能源|发展|实业|轨道|高速|产业园|开发|农业)投资"
)
_INVESTING = re.compile(
    r"(投资|创投|基金管理|资本|基金|产投|资产管理)(管理|咨询|控股|中心|合伙企业|集团)?(（.{1,8}）)?$"
)

# 中心 and 基地 take their kind from the nearest of these words before them.
_CENTRE = [(kind, re.compile("|".join(words))) for kind, words in word_lists("centres.txt").items()]
_BRANCH = re.compile(r"(?<=中心).{0,6}分中心$")  # 交易中心 + 苏州分中心
_LAST_WORDS = 8  # how far before 中心 the deciding word may stand

# Endings that several kinds share: a department's, an investor's or a holding's.
_AMBIGUOUS = re.compile(
    r"(?:[处部科办组]|办公室|委员会"
    r"|(?:投资|资产|资本|基金)(?:管理|经营|控股|集团)?(?:有限责任公司|股份有限公司|有限公司|公司))$"
)
_UNITS = re.compile(rf"(?:{alternatives('generic.txt', 'unit')})$")
_COUNT = r"[一二两三四五六七八九十百千数\d]+[个家所批余多]*"
_MODIFIER = alternatives("generic.txt", "modifier")
_GENERIC = re.compile(
    rf"^(?:(?:{_MODIFIER}|{_COUNT})*(?:{alternatives('generic.txt', 'head')})"
    rf"|(?:{_MODIFIER}|{_COUNT}|{alternatives('generic.txt', 'trade')})*"
    rf"(?:{alternatives('generic.txt', 'trading')}))$"
)

# 中国航空学会, 全国电力行业协会, 中国石化集团有限公司: the one of its trade in the country
_OF_A_TRADE = re.compile(
    r"(?:中国|中华|全国)(?!国有|民营|中小|上市|各|高校)"
    rf"(?:{alternatives('generic.txt', 'trade')}|国际){{1,3}}"
    r"(?:学会|协会|商会|联合会|研究会|促进会|基金会|集团|集团公司|(?:集团)?(?:股份)?有限公司|银行)"
)
_TRADE_ONLY = re.compile(rf"^(?:{alternatives('suffixes.txt', 'weak')})+$")
_CLASS = re.compile(
    rf"(?:{alternatives('generic.txt', 'class')}"
    r"|[一二两三四五六七八九十几多数][家所个](?:医院|公司|研究院|研究所|大学|学院|机构|集团))$"
)


def suffix_of(name: str) -> str:
    """The longest known suffix that the name ends in, or "".

    >>> suffix_of("材料科学国家重点实验室"), suffix_of("滴滴")
    ('重点实验室', '')
    """
    name = name.rstrip("）)")
    for length in range(min(_LONGEST, len(name)), 0, -1):
        if name[-length:] in _KIND_OF_SUFFIX:
            return name[-length:]
    return ""


def is_strong(suffix: str) -> bool:
    """Whether a suffix alone shows that the name is an organization's."""
    return bool(suffix) and suffix not in _WEAK


def is_generic(name: str) -> bool:
    """Whether the words name no organization in particular: 各高校, 重点实验室, 上市公司.

    >>> is_generic("国家重点实验室"), is_generic("东北大学")
    (True, False)
    """
    if _OF_A_TRADE.fullmatch(name):
        return False
    return bool(_GENERIC.match(name) or _CLASS.search(name) or _TRADE_ONLY.match(name))


def is_unit(name: str) -> bool:
    """Whether a name is that of a part of an organization by its ending."""
    return bool(_UNITS.search(name))


def legal_core(name: str) -> str:
    """A firm's name without its legal form: 沈阳鼓风机集团股份有限公司 -> 沈阳鼓风机."""
    core = _LEGAL_FORM.sub("", name)
    return core if len(core) > 1 else name


def kind_of(name: str, *, hint: str | None = None, told: str | None = None) -> str | None:
    """The kind of organization that a name tells.

    `hint` decides where it tells nothing; `told`, what the context surely tells, where it may mean
    several.

    >>> kind_of("沈阳联合产权交易所集团"), kind_of("湖北省技术产权交易市场")
    ('Intermediary', 'Intermediary')
    >>> kind_of("海洋大数据国家重点实验室"), kind_of("江州机床研究院有限公司")
    ('Laboratory', 'Institute')
    """
    name = re.sub(r"[（(][^（）()]*[）)]$", "", name) or name
    if told and _AMBIGUOUS.search(name):
        return told
    if _ENTERPRISE.search(name):
        return _enterprise_kind(legal_core(name))
    if name.endswith(("中心", "基地")):
        return _centre_kind(name) or hint or "OtherOrganization"
    suffix = suffix_of(name)
    if suffix == "投资" or _INVESTING.search(name):
        return "Firm" if _BUILDER.search(name) else "Investor"
    if hint and suffix in _WEAK:
        return _weak_kind(suffix, hint)
    return _KIND_OF_SUFFIX.get(suffix) or hint


def _weak_kind(suffix: str, hint: str) -> str:
    """A word such as 教育 or 委员会 agrees with the hint, or leaves it as it is."""
    known = _KIND_OF_SUFFIX.get(suffix, hint)
    return known if known not in {"Firm"} or hint in {"Firm", "Investor"} else hint


def _enterprise_kind(core: str) -> str:
    """The kind of a company by the words before its legal form."""
    if re.search(r"(研究院|研究所|设计院|科学院|研究总院|设计总院|设计研究院)$", core):
        return "Institute"
    if re.search(r"(交易所|交易中心|孵化器|科技园|产业园|众创空间|技术转移)$", core):
        return "Intermediary"
    if re.search(r"(日报|报业|出版|广播电视|新闻网)$", core):
        return "OtherOrganization"
    if _INVESTING.search(core) and not _BUILDER.search(core):
        return "Investor"
    return "Firm"


def _centre_kind(name: str) -> str | None:
    """The kind of a 中心 or 基地 by the last deciding word before its end."""
    window = _BRANCH.sub("", name)[-_LAST_WORDS - 2 :]
    best: tuple[int, int, str] | None = None
    for rank, (kind, words) in enumerate(_CENTRE):
        for match in words.finditer(window):
            found = (match.end(), -rank, kind)
            best = max(best, found) if best else found
    return best[2] if best else None
