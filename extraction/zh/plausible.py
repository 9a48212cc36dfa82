"""Which of the tagger's spans are names of organizations, and no phrases, products or people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.boundaries import is_other_word
from trihelix.extraction.zh.definitions import is_full_latin_name
from trihelix.extraction.zh.gazetteer import places
from trihelix.extraction.zh.latin import is_latin_name
from trihelix.extraction.zh.lexicon import alternatives, word_lists
from trihelix.extraction.zh.names import is_generic, is_strong, is_unit, suffix_of
from trihelix.extraction.zh.surnames import is_personal_name
from trihelix.schema.registry import registry

TAGGER_KINDS = {
    "ORG_UNI": "University",
    "ORG_RES": "Institute",
    "ORG_FIRM": "Firm",
    "ORG_GOV": "Agency",
    "ORG_OTHER": None,
    "ORG": None,
}
_SCHOOLS = re.compile("校(?![长友区园团党史办务训董])")  # 医学院 + 校, but 医学院 + 校长
_AFTER = re.compile(alternatives("grammar.txt", "after"))
_NOT_ORGANIZATIONS = frozenset(word_lists("grammar.txt")["notorg"])
_DESCRIBED = re.compile(r"(?:的|一家|作为|是家)$")
_LEAST_SCORE = 0.6
_POST = re.compile(rf"(?:{alternatives('persons.txt', 'title')})$")
_BUILDINGS = ("馆", "会展中心", "会议中心", "大厦", "校区", "酒店", "新区", "社区", "港区")
_COUNTRIES = frozenset(word_lists("ordinary.txt")["countries"])
_LATIN_END = re.compile(r"[A-Za-z0-9-]+$")
_NOT_ENDS = tuple(word_lists("grammar.txt")["notends"])
_CERTAIN = 0.9
_SURE_SCORE = 0.8
_LEAST_BELIEF = 0.35
_ACTS = re.compile(
    rf"[“”（(]?(?:{alternatives('persons.txt', 'title')}|宣布|表示|获悉|称|发布|签署|签约|推出|收购"
    r"|投资|入股|持有|持股|与|和|旗下|公司|集团|股份|成立于|创立于|总部)"
)
_FACES = re.compile(r"(?:与|和|由|向|同|收购|入股|持有|加入|联合|携手|控股)[“”]?$")


def plausible(text: str, tagged: Sequence[Tagged]) -> list[Tagged]:
    """The spans that are names of organizations by what stands around them and in them."""
    people = [t for t in tagged if t.label == "PER"]
    ends = {t.end for t in people}
    owners = {t.end for t in tagged if t.label in TAGGER_KINDS}
    seen = [
        t
        for t in tagged
        if _is_organization(text, t)
        and (_is_sound(text, t) or _is_part_of_chain(text, t, owners))
        and not _translates(text, t, ends)
    ]
    doubtful = set(_doubtful(text, seen, people))
    return [t for t in seen if text[t.start : t.end] not in doubtful]


def _is_part_of_chain(text: str, span: Tagged, owners: set[int]) -> bool:
    """A unit right after an organization: 国家发改委 + 远帆促进中心 + 饮用水专业委员会."""
    return span.start in owners and is_unit(text[span.start : span.end])


def _translates(text: str, span: Tagged, people: set[int]) -> bool:
    """A person's name in Latin letters after the Chinese one: 林德(Anna Lind)."""
    bracketed = text[span.start - 1 : span.start] in {"（", "("} and span.start - 1 in people
    return bracketed and is_full_latin_name(text[span.start : span.end])


def _doubtful(text: str, seen: Sequence[Tagged], people: Sequence[Tagged]) -> Iterator[str]:
    """Forms without an organization's ending that the tagger half sees, or sees in few places, and
    that do nothing an organization does."""
    beside = {t.start for t in people}
    beside |= {p for t in seen for p in (t.start - 1, t.end + 1) if "、" in text[p - 1 : p + 1]}
    forms: dict[str, list[Tagged]] = {}
    for span in seen:
        forms.setdefault(text[span.start : span.end], []).append(span)
    for form, spans in forms.items():
        if form.isascii() or registry().lookup(form) or _ends_well(form):
            continue
        longer = [f for f in forms if len(f) > len(form) and f.startswith(form)]
        free = text.count(form) - sum(text.count(f) for f in longer)
        belief = sum(t.score for t in spans) / max(free, len(spans))
        weak = belief < (_SURE_SCORE if len(spans) == 1 else _LEAST_BELIEF)
        weak &= max(t.score for t in spans) < _CERTAIN
        if weak and not longer and not any(_acts(text, t, beside) for t in spans):
            yield form


def _ends_well(form: str) -> bool:
    return is_strong(suffix_of(form)) or is_unit(form) or form.endswith("委员会")


def _acts(text: str, span: Tagged, beside: set[int]) -> bool:
    """A verb, a post or a preposition, or a person or another organization of a list beside it."""
    before = text[max(0, span.start - 3) : span.start]
    return bool({span.start, span.end} & beside) or bool(
        _ACTS.match(text, span.end) or _FACES.search(before)
    )


def _is_organization(text: str, span: Tagged) -> bool:
    """By its label, or a place by label whose suffix is an organization's: 四平市智慧城市办公室."""
    if span.label in TAGGER_KINDS:
        return True
    name = text[span.start : span.end]
    suffix = suffix_of(name)
    return (
        span.label == "LOC"
        and len(suffix) > 1
        and len(name) - len(suffix) >= 2
        and not name.endswith(_BUILDINGS)
        and not is_generic(name)
        and name not in places()
    )


def _is_sound(text: str, span: Tagged) -> bool:
    """Whether the words around leave a tagger's span a name: not 恒生科技指数, not CEO."""
    name = text[span.start : span.end]
    if {text[span.start - 1 : span.start], name[0]} & {"各", "每"} or _is_posted_person(text, span):
        return False
    if _AFTER.match(text, span.end) or is_other_word(text, span.end) or _is_no_organization(name):
        return False
    if name.endswith("院") and _SCHOOLS.match(text, span.end):
        return False
    if _DESCRIBED.search(text[max(0, span.start - 4) : span.start]) and name.endswith("公司"):
        return "有限" in name
    if name.isascii():
        return is_latin_name(text, span.start, span.end, score=span.score)
    return span.score >= _LEAST_SCORE or bool(suffix_of(name) or registry().lookup(name))


def _is_no_organization(name: str) -> bool:
    """AI, CEO, 中国LED, 培训班: what is no organization, alone or after a place."""
    bare = name
    latin = _LATIN_END.search(name)
    place = name[: latin.start()] if latin else ""
    if latin and (place in places() or place in _COUNTRIES):
        bare = latin.group()
    return bare in _NOT_ORGANIZATIONS or name.endswith(_NOT_ENDS)


def _is_posted_person(text: str, span: Tagged) -> bool:
    """A tagger's organization that is a person by the post before it: 副总经理闵新荷."""
    name = text[span.start : span.end]
    posted = _POST.search(text[max(0, span.start - 6) : span.start])
    return bool(posted) and not suffix_of(name) and is_personal_name(name, rare=False)
