"""Named projects and technologies: programmes, policies, products in quotes or after 研发, 发布."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.zh.gazetteer import places
from trihelix.extraction.zh.lexicon import alternatives
from trihelix.extraction.zh.mentions import Mention, Occupied
from trihelix.extraction.zh.names import kind_of

_HAN = r"[\u4e00-\u9fff]"
_BOOK = re.compile(r"《([^《》\n]{2,60})》")
_QUOTE = re.compile(r"“([^“”\n。，；]{2,40})”")
_PLAN = re.compile(rf"(?:{alternatives('works.txt', 'plan')})(?:（[^（）]*）)?$")
_PAPER = re.compile(rf"(?:{alternatives('works.txt', 'paper')})(?:（[^（）]*）)?$")
_AGREEMENT = re.compile(r"(?:协议书?|合同书?|备忘录|意向书|聘书|责任书|倡议书?|框架)$")
_PRODUCT = re.compile(rf"(?:{alternatives('works.txt', 'product')})$")
_MAKES = re.compile(alternatives("works.txt", "makes"))
_MADE = re.compile(
    rf"(?:研发|研制|开发|打造|推出|发布)(?:的|了|出)?(?:的?(?:全球|全国|国内|世界|我国|国产|新一代|自主|首)[款个台套例枚颗]?)*"
    rf"((?:{_HAN}|[A-Za-z0-9-]){{2,18}}?(?:{alternatives('works.txt', 'product')}))"
    r"(?=在|正式|成功|首次|首发|亮相|问世|发布|，|。|、|投入|通过|实现|入选|获)"
)
_SCHEME = re.compile(
    rf"(?:\d{{4}}年?度?)?(?:国家|中央|{_HAN}{{2,3}}[省市])(?:{_HAN}|[“”]){{2,18}}?"
    rf"(?:{alternatives('works.txt', 'scheme')})"
)
_NO_NAME = re.compile(r"的|并|制定|相关|等|一[款种个]|新一代|多[种款项]|系列")
_COUNTED = re.compile(r"[一二三四五六七八九十百两\d]+[项个大条]")
_BROKEN = re.compile(r"[的了]|印发|制定|实施了|公布|参与|承担|获得|入选")


def works(text: str, taken: Sequence[Mention]) -> list[Mention]:
    """Mentions of projects and technologies that no other mention crosses."""
    room = Occupied(taken)
    found: list[Mention] = []
    candidates = [*_quoted(text), *_schemes(text), *_made(text)]
    forms = {text[m.start : m.end]: m.kind for m in candidates}
    for mention in [*candidates, *_repeats(text, forms)]:
        if room.is_free(mention.start, mention.end):
            room.add(mention)
            found.append(mention)
    return sorted(found)


def _quoted(text: str) -> Iterator[Mention]:
    for match in _BOOK.finditer(text):
        if kind := _kind_of_title(match.group(1)):
            yield Mention(match.start(1), match.end(1), kind, 1.0)
    for match in _QUOTE.finditer(text):
        name = match.group(1)
        around = text[max(0, match.start() - 12) : match.end() + 10]
        if _PLAN.search(name) and not _COUNTED.match(name):
            yield Mention(match.start(1), match.end(1), "Project", 1.0)
        elif name not in places() and _names_product(name, around):
            yield Mention(match.start(1), match.end(1), "Technology", 1.0)


def _kind_of_title(title: str) -> str | None:
    if _AGREEMENT.search(title):
        return None
    if "——" in title or _PLAN.search(title) or _PAPER.search(title):
        return "Project"
    return "Technology"


def _names_product(name: str, around: str) -> bool:
    if kind_of(name):
        return False
    return bool(_MAKES.search(around)) and (bool(_PRODUCT.search(name)) or len(name) <= 8)


def _schemes(text: str) -> Iterator[Mention]:
    """国家重点研发计划, 2021年度江苏省青年创业训练项目."""
    for match in _SCHEME.finditer(text):
        if not _BROKEN.search(match.group()):
            yield Mention(match.start(), match.end(), "Project", 0.8)


def _made(text: str) -> Iterator[Mention]:
    for match in _MADE.finditer(text):
        if not _NO_NAME.search(match.group(1)):
            yield Mention(match.start(1), match.end(1), "Technology", 0.7)


def _repeats(text: str, forms: dict[str, str | None]) -> Iterator[Mention]:
    """Every other place where the same work is named."""
    if not forms:
        return
    longest = sorted(forms, key=lambda n: (-len(n), n))
    for match in re.finditer("|".join(map(re.escape, longest)), text):
        yield Mention(match.start(), match.end(), forms[match.group()], 0.5)
