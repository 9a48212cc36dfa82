"""Whether one name of an organization can be a short form of another: 西安交大, 深海所."""

from __future__ import annotations

import re

from trihelix.extraction.zh.gazetteer import places
from trihelix.extraction.zh.lexicon import word_lists
from trihelix.extraction.zh.names import is_unit, kind_of, legal_core, suffix_of
from trihelix.schema.registry import registry

FIRMS = frozenset(["Firm", "Investor"])
LONG = 9
_CONTRACTED = 4
_TELLING = re.compile(r"[\d一二三四五六七八九十东南西北省市]")  # 第一 and 第二 are two
_COUNTRIES = frozenset(word_lists("ordinary.txt")["countries"])
_LEVELS = frozenset("省市区县州")
_ORDINAL = re.compile(r"^第([一二三四五六七八九十]+)(.+)$")
_INSTITUTES = ("研究所", "研究院", "规划院", "设计院", "科学院")
_ABROAD = re.compile(r"（(?!中国|集团|控股|股份|有限合伙|筹)[\u4e00-\u9fff]{2,6}）")
_ATTACHED = re.compile(r"附属?([一二三四五六七八九])(?:医?院)?$")
_SHORTEST_UNIT = 4


def abbreviates(short: str, full: str, *, kind: str | None = None) -> bool:
    """Whether `short` can be a short form of `full`.

    >>> abbreviates("西安交大", "西安交通大学"), abbreviates("计算机学院", "武汉大学计算机学院")
    (True, True)
    >>> abbreviates("宁波港务集团", "宁波港务物流有限公司"), abbreviates("北京大学", "北京理工大学")
    (False, False)
    """
    full = re.sub(r"（[^（）]*）$", "", full)
    if short == full or _is_misspelling(short, full):
        return True
    if not 2 <= len(short) < len(full):
        return False
    named = is_unit(short) or short.endswith("管委会") or is_region(full.removesuffix(short))
    if full.endswith(short) and named:
        return True
    if short.endswith("公司") and full.endswith(short) and _is_firm(full.removesuffix(short)):
        return True  # 中石油 + 吉林石化公司
    tail = legal_core(short) if short.endswith("公司") else ""
    if len(tail) >= _SHORTEST_UNIT and legal_core(full).endswith(tail):
        return True  # 数字城市科技公司 of 云海集团数字城市科技有限公司
    if _is_part(short, full):
        return False
    core = _without_place(full)
    if (
        _is_institute(short, full, core)
        or _shares_unit(short, full)
        or _is_local(short, full, core)
    ):
        return True
    if kind == "University" and _is_university(short, full, core):
        return True
    if kind in {*FIRMS, "Institute"} and _is_brand(short, full, core):
        return True
    return _is_contraction(short, full) or (short[0] != full[0] and _is_contraction(short, core))


def _is_misspelling(one: str, other: str) -> bool:
    """Long names that differ in one character: 肖普兰德…研究院, 邵普兰德…研究院."""
    if len(one) != len(other) or len(one) < LONG:
        return False
    differing = [a + b for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and not _TELLING.search(differing[0])


def is_region(prefix: str) -> bool:
    return prefix in places() or prefix in _COUNTRIES


def _is_firm(name: str) -> bool:
    return any(e.kind in FIRMS for e in registry().lookup(name))


def _is_part(short: str, full: str) -> bool:
    """Whether the full name is the short one plus a unit: 联想 + 研究院."""
    rest = full.removeprefix(short)
    return rest != full and is_unit(rest) and not rest.endswith(("公司", "集团"))


def _without_place(name: str) -> str:
    for length in range(min(9, len(name) - 2), 1, -1):
        if name[:length] in places():
            return name[length:].removeprefix("市").removeprefix("省")
    return name


def _is_brand(short: str, full: str, core: str) -> bool:
    """云豆科技 of 北京云豆科技有限公司: the front, the rest being trade and legal form."""
    bare = legal_core(short) if short.endswith("公司") else short
    if len(bare) < 2 or bare in places():
        return False
    return full.startswith(bare) or core.startswith(bare) or _is_contraction(bare, core)


def _is_contraction(short: str, full: str) -> bool:
    """Same first character, all characters in order, ending in the full name's head.

    A short form with a whole head of its own (北京大学) shortens only a name with the same head
    that it is the very end or front of.
    """
    if short[0] != full[0] or not _is_subsequence(short, full):
        return False
    head = suffix_of(full) or full[-2:]
    own = suffix_of(short)
    if own and own == head and len(own) >= 2 and kind_of(short) == "University":
        return False
    return short[-1] in head or short[-1] in legal_core(full)[-2:]


def _is_institute(short: str, full: str, core: str) -> bool:
    """深海所 of 中国科学院深海科学与工程研究所, 海洋二所 of 自然资源部第二海洋研究所."""
    if short[-1] not in "所院" or len(short) < 3 or not full.endswith(_INSTITUTES):
        return False
    stem, bare = short[:-1], _without_parent(full)
    if ordinal := _ORDINAL.match(bare):
        bare = ordinal[2][:2] + ordinal[1] + ordinal[2][2:]
    return any(stem[0] == n[0] and _is_subsequence(stem, n[:-3]) for n in (bare, core) if n)


def _without_parent(full: str) -> str:
    """An institute's name without the known organization that it opens with."""
    for length in range(min(14, len(full) - 4), 3, -1):
        if registry().lookup(full[:length]) or full[:length].endswith(("部", "科学院")):
            return full[length:]
    return full


def _shares_unit(short: str, full: str) -> bool:
    """遵医大公共卫生学院 of 遵义医科大学公共卫生学院, 昆医大附一院 of its 第一附属医院."""
    if hospital := _ATTACHED.search(short):
        whole = full.removesuffix(f"第{hospital[1]}附属医院").removesuffix(
            f"附属第{hospital[1]}医院"
        )
        short, shared = short[: hospital.start()], whole != full
    else:
        size = next(
            (n for n in range(len(short) - 2, _SHORTEST_UNIT - 1, -1) if full.endswith(short[-n:])),
            0,
        )
        shared = size > 0 and is_unit(short[-size:])
        short, whole = short[: len(short) - size], full[: len(full) - size]
    return shared and len(short) >= 2 and abbreviates(short, whole, kind="University")


def _is_local(short: str, full: str, core: str) -> bool:
    """省留联会 of 云海省留学人员联谊会."""
    if short[0] not in _LEVELS or core == full or short[0] not in full[: len(full) - len(core)]:
        return False
    return len(short) >= 4 and _is_contraction(short[1:], core)


def _is_university(short: str, full: str, core: str) -> bool:
    """华农, 矿大, 川农大, 安理工: the first character, or the place's, and some more in order."""
    if len(short) > _CONTRACTED or short in places():
        return False
    if full.startswith("中国"):
        core = full[2:]
    front = full[: len(full) - len(core)]
    if len(short) >= 3 and short[0] in front and short[1] == core[0]:
        return _is_subsequence(short[1:], core)
    return any(short[0] == n[0] and _is_subsequence(short, n) for n in (full, core))


def _is_subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def is_known_firm_in_full(short: str, full: str) -> bool:
    """滴滴 is known, so 云帆自动驾驶公司 is another firm; 台湾鸿海 is 鸿海 with its place, and
    云帆重科 is contracted from 云帆重工科技有限公司."""
    if _ABROAD.search(full):
        return False  # 云帆（沈阳）有限公司
    core = _without_place(full)
    contracted = (
        len(short) >= _CONTRACTED
        and short[:2] == core[:2]
        and not core.startswith(short)
        and not is_region(short[:2])
        and _is_subsequence(short, legal_core(core))
    )
    return contracted or is_region(full.removesuffix(short))
