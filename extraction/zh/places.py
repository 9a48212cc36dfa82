"""The place a document is about, and what 省, 市 and 区 stand for in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from trihelix.extraction.zh.gazetteer import Organ, known_scanner, organs, place_scanner, places
from trihelix.schema.records import Document
from trihelix.schema.registry import Entry, registry

_MUNICIPALITIES = {"北京市", "天津市", "上海市", "重庆市"}
_HAN = r"[\u4e00-\u9fff]"
_DATELINE = re.compile(
    rf"(?:新华社|中新[网社]|人民网|本报|{_HAN}{{2,6}}[网社报])({_HAN}{{2,4}})\d{{1,2}}月\d{{1,2}}日[电讯]"
)


@dataclass(frozen=True, slots=True)
class Home:
    """The province, city and district that a document is about; "" where unknown."""

    province: str = ""
    city: str = ""
    district: str = ""

    def resolve(self, prefix: str) -> str:
        """The full place that a prefix means here, or the prefix itself.

        >>> Home(province="辽宁省", city="沈阳市").resolve("省")
        '辽宁省'
        """
        bare = {
            "省": self.province,
            "自治区": self.province,
            "市": self.city,
            "区": self.district,
            "县": self.district,
        }
        if prefix in bare:
            return bare[prefix] or prefix
        found = {e.name for e in places().get(prefix, ())}
        if len(found) == 1:
            return found.pop()
        return prefix


def home_of(document: Document) -> Home:
    """Vote over the places that the document names, its title and dateline counting more."""
    text = document.text
    votes: Counter[Entry] = Counter()
    for start, end in place_scanner().scan(text):
        weight = 3 if start < len(document.title) else 1
        for entry in _unique(text[start:end]):
            votes[entry] += weight
    if match := _DATELINE.search(text):
        for entry in _unique(match.group(1)):
            votes[entry] += 5
    for entry in _homes_of_universities(text):
        votes[entry] += 1
    return _home(votes)


_LED = re.compile(rf"({_HAN}{{2,4}})(?:市委书记|市委副书记|市委常委|市长|副市长|市代市长)")


def near_home(text: str, position: int, home: Home) -> Home:
    """The home, or the city whose mayor or party secretary the sentence named before a position.

    清江市长张三率市经信委 ... means the council of 清江, wherever the meeting takes place.
    """
    start = max(text.rfind(mark, 0, position) for mark in "。！？\n") + 1
    cities = [e for m in _LED.finditer(text, start, position) for e in _city(m)]
    if not cities:
        return home
    chain = _chain(cities[-1])
    return Home(province=chain[-1].name, city=cities[-1].name)


def _city(match: re.Match[str]) -> tuple[Entry, ...]:
    """The one city that the words before a mayor's title end in."""
    led = match.group(1)
    for length in range(len(led), 1, -1):
        name = led[-length:]
        found = tuple(e for e in places().get(name, ()) if e.name == f"{name}市")
        if len(found) == 1:
            return found
    return ()


def _unique(name: str) -> tuple[Entry, ...]:
    found = places().get(name, ())
    if len(found) > 1:  # 吉林: the province before the city
        found = tuple(e for e in found if not e.parent) or ()
    return found if len(found) == 1 else ()


def _homes_of_universities(text: str) -> list[Entry]:
    found: list[Entry] = []
    for start, end in known_scanner().scan(text):
        for entry in registry().lookup(text[start:end])[:1]:
            found.extend(_unique(entry.place) if entry.place else ())
    return found


def _chain(entry: Entry) -> tuple[Entry, ...]:
    chain = [entry]
    while chain[-1].parent and (above := places().get(chain[-1].parent)):
        chain.append(above[0])
    return tuple(chain)


def _home(votes: Counter[Entry]) -> Home:
    provinces: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for entry, count in votes.items():
        chain = _chain(entry)
        provinces[chain[-1].name] += count
        if len(chain) >= 2:
            cities[chain[-2].name] += count
        if len(chain) >= 3:
            districts[chain[0].name] += count
    province = _first(provinces)
    inside = Counter({c: n for c, n in cities.items() if _province_of(c) == province})
    city = province if province in _MUNICIPALITIES else _first(inside)
    local = Counter({d: n for d, n in districts.items() if places()[d][0].parent == city})
    return Home(province=province, city=city, district=_first(local))


def _province_of(city: str) -> str:
    return _chain(places()[city][0])[-1].name


def _first(votes: Counter[str]) -> str:
    """The name with most votes; equal votes go to the first by spelling, so that it is stable."""
    return min(votes, key=lambda name: (-votes[name], name), default="")


def full_organ(place: str, organ: str, home: Home) -> str:
    """The full name of an organ: 省 + 工信厅 in Liaoning -> 辽宁省工业和信息化厅."""
    found: Organ | None = organs().get(organ)
    return home.resolve(place) + (found.full if found else organ)
