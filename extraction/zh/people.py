"""Which mentions mean the same person: full names, 贺院长, foreign names in several spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trihelix.extraction.zh.mentions import Mention
from trihelix.extraction.zh.surnames import is_personal_name

Person = tuple[str, tuple[str, ...], tuple[Mention, ...]]  # name, other forms, mentions

_NEAR = 12  # how far around a name its post is looked for


def merge_persons(text: str, mentions: Sequence[Mention]) -> list[Person]:
    """Each person once, in order of first mention."""
    by_form: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_form.setdefault(text[mention.start : mention.end], []).append(mention)
    owner = dict([*_owners(text, by_form), *_in_brackets(text, by_form)])
    people: dict[str, dict[str, list[Mention]]] = {}
    for form, found in by_form.items():
        people.setdefault(owner.get(form, form), {})[form] = found
    return [_person(name, forms) for name, forms in people.items()]


def _person(name: str, forms: dict[str, list[Mention]]) -> Person:
    mentions = tuple(sorted(m for found in forms.values() for m in found))
    return name, tuple(f for f in forms if f != name), mentions


def _owners(text: str, by_form: dict[str, list[Mention]]) -> Iterator[tuple[str, str]]:
    """(form, full name) of each form that is no full name of its own."""
    full = [f for f in by_form if is_personal_name(f)]
    named = frozenset(full)
    foreign = [f for f in full if len(f) >= 4]  # only those have several spellings
    for form, found in by_form.items():
        if form in named:
            same = [f for f in foreign if f != form and _same_foreign(form, f)]
            if same:
                best = max([form, *same], key=lambda f: (len(f), -by_form[f][0].start))
                if best != form:
                    yield form, best
        elif family := [f for f in foreign if _same_foreign(form, f)]:
            yield form, family[0]
        elif near := _bearer(text, form, found[0], [f for f in full if f[0] == form[0]], by_form):
            yield form, near


def _in_brackets(text: str, by_form: dict[str, list[Mention]]) -> Iterator[tuple[str, str]]:
    """约翰·肖普兰德教授（Jack W. Szostak）: the bracket repeats the name in Latin letters."""
    ends = {m.end: form for form, found in by_form.items() for m in found}
    for form, found in by_form.items():
        before = text[max(0, found[0].start - 6) : found[0].start]
        if form.isascii() and before.endswith(("（", "(")):
            near = (ends.get(found[0].start - gap) for gap in range(1, 6))
            if owner := next((f for f in near if f and not f.isascii()), None):
                yield form, owner


def _bearer(
    text: str,
    form: str,
    mention: Mention,
    bearers: Sequence[str],
    by_form: dict[str, list[Mention]],
) -> str | None:
    """The one of that surname with the same post near the name, else the last named."""
    post = form[1:]

    def rank(name: str) -> tuple[bool, int]:
        near = any(
            post in text[max(0, m.start - _NEAR) : m.end + _NEAR // 2] for m in by_form[name]
        )
        before = [mention.start - m.start for m in by_form[name] if m.start < mention.start]
        return not near, min(before, default=len(text))

    return min(bearers, key=rank, default=None)


def _same_foreign(one: str, other: str) -> bool:
    """约翰·肖普兰德, 约翰·邵普兰德 and 邵普兰德 are one person; 李明 and 李鸣 are two."""
    a, b = (re.split(r"[·・•.．\s]", x) for x in (one, other))
    if len(a) == 1 and len(b) == 1:
        return len(one) >= 4 and _differs_by_one(one, other)
    if min(len(a), len(b)) == 1:
        return _alike(a[-1], b[-1])
    return a[0] == b[0] and _alike(a[-1], b[-1])


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= 4 and _differs_by_one(one, other))


def _differs_by_one(one: str, other: str) -> bool:
    same_length = len(one) == len(other)
    return same_length and sum(x != y for x, y in zip(one, other, strict=True)) <= 1
