"""Plain-text copies of web pages: which lines are the article.

Every line is classed by its look (`lines`). The body is the run of lines with the greatest sum of
weights, prose counting for and junk against (maximum subsequence segmentation, Pasternack and
Roth, WWW 2009); the title is the headline above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trihelix.extraction.dateline import is_date_line, is_dated
from trihelix.extraction.lines import Kind, classify, is_count, is_crumb, width

_WEIGHT = {
    "short": -5.0,
    "link": -5.0,
    "links": -14.0,
    "junk": -14.0,
    "meta": -8.0,
    "credit": -12.0,
    "section": -160.0,
}
_LABEL = 6  # Han characters; a short line of no more is a button or the name of a section
_PROSE = 150.0  # no paragraph weighs more, so that one footer cannot outweigh an article
_LONG = 40  # Han characters; prose this long is no link and no coincidence when repeated
_WORTH = 40.0  # weight of the shortest article
_BRIEF = 120.0  # weight of a text that a list of headlines may outweigh
_UNDER_HEADLINE = 0.2  # of the best run's weight that an earlier one with a headline needs
_FAR = 30  # lines above the body where a date line may be
_NEAR = 12  # lines above the body (or date line) where the title may be
_SHOUT = re.compile(r"[！？!?]$")
_NOT_TITLE = re.compile(
    r"^[—–-]{1,2}|记者|通讯员|微信号|https?:|www\.|客户端|^(?:来源|来源于|作者|编者按|摘要|图\d|资料图)|[。；：:，,]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The parts of an article: one paragraph a line.

    `header` are the lines around the title, those under it first; `footer` those right under the
    body. Both may hold the date of publication.
    """

    title: str
    body: tuple[str, ...]
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


def looks_like_page(lines: Sequence[str]) -> bool:
    """Whether these lines (no blank ones) are a copy of a web page, not a bare article."""
    kinds = [classify(line) for line in lines]
    buttons = sum(
        kind in {"section", "junk"} and len(line) > 1 and not is_count(line)
        for line, kind in zip(lines, kinds, strict=True)
    )
    crumb = any(is_crumb(line) for line in lines[:15])
    return crumb or buttons >= 2 or _has_menu(lines, kinds) or _ends_in_links(kinds)


def _has_menu(lines: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Five labels on end before any prose; further down they are a list of the article's own."""
    run = 0
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "prose" or run >= 5:
            break
        run = run + 1 if kind in {"short", "junk", "links"} and width(line) <= _LABEL else 0
    return run >= 5


def _ends_in_links(kinds: Sequence[Kind]) -> bool:
    """A heading such as 相关阅读 with nothing but short lines below."""
    if "section" not in kinds:
        return False
    below = kinds[kinds.index("section") + 1 :]
    return len(below) >= 2 and "prose" not in below


def find_article(
    lines: Sequence[str], *, linked: frozenset[int] = frozenset(), title: str = ""
) -> Article:
    """The article among the lines of a page (blank lines left out).

    `linked` are the lines known to be links, `title` is the headline where it is known.
    """
    seen = Counter(lines)
    kinds = [
        _kind(line, linked=i in linked, repeated=seen[line] > 1) for i, line in enumerate(lines)
    ]
    weights = [_weigh(line, kind) for line, kind in zip(lines, kinds, strict=True)]
    start, end = _article_run(lines, weights, title)
    brief = sum(weights[start:end]) < _BRIEF and not _is_headed(lines, start, title)
    if brief and _is_list(lines, kinds, sum(weights[start:end])):
        weights = [_weigh_item(line, kind) for line, kind in zip(lines, kinds, strict=True)]
        start, end = _best_run(weights)
        kinds = ["junk" if is_date_line(line) else k for line, k in zip(lines, kinds, strict=True)]
    end = _after_list(lines, kinds, end)
    at = _headline(lines, kinds, start, title)
    first = start if at is None else _after_title(lines, kinds, at, start)
    above = start if at is None else at
    return Article(
        title=lines[at] if at is not None else "",
        body=_body(lines[first:end], kinds[first:end]),
        header=(*lines[above + 1 : start], *lines[max(0, above - _LABEL) : above]),
        footer=tuple(lines[end : end + 3]),
    )


def _kind(line: str, *, linked: bool, repeated: bool) -> Kind:
    kind = classify(line)
    if kind == "short" or (kind == "prose" and width(line) < _LONG):
        return "link" if linked else "junk" if repeated else kind
    return kind


def _weigh(line: str, kind: Kind) -> float:
    if kind == "prose":
        return min(width(line), _PROSE)
    if kind == "short" and width(line) <= _LABEL:
        return -8.0
    return _WEIGHT[kind]


def _weigh_item(line: str, kind: Kind) -> float:
    """The weight of a line on a page that is a list of headlines."""
    if kind in {"short", "link", "prose", "meta"}:
        return min(width(line), _LONG) if width(line) > _LABEL else -2.0
    return _WEIGHT[kind]


def _article_run(lines: Sequence[str], weights: Sequence[float], title: str) -> tuple[int, int]:
    """The best run, or an earlier one under the headline: comments outweigh a short article."""
    run = _best_run(weights)
    while True:
        earlier = _best_run(weights[: run[0]])
        said, most = (sum(weights[slice(*each)]) for each in (earlier, run))
        if (
            said < _WORTH
            or said < _UNDER_HEADLINE * most
            or not _is_headed(lines, earlier[0], title)
        ):
            return run
        run = earlier


def _is_headed(lines: Sequence[str], start: int, title: str) -> bool:
    """Whether the title, or else a byline with a date, stands right above."""
    above = lines[max(0, start - _NEAR) : start]
    return title in above if title else any(map(is_dated, above))


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """The half-open run with the greatest sum (Kadane); everything when none is positive."""
    best, where, total, start = 0.0, (0, len(weights)), 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best:
            best, where = total, (start, i + 1)
    return where


def _date_line(lines: Sequence[str], start: int) -> int | None:
    """The nearest line above the body that is dated."""
    near = range(max(0, start - _FAR), start)
    return next((i for i in reversed(near) if is_dated(lines[i])), None)


def _is_list(lines: Sequence[str], kinds: Sequence[Kind], said: float) -> bool:
    """Whether a page says more in lines as long as headlines than in its best prose."""
    items = [
        width(line)
        for line, kind in zip(lines, kinds, strict=True)
        if kind in {"short", "meta", "link"} and width(line) > _LABEL
    ]
    return len(items) >= 5 and sum(items) > 3 * said


def _headline(lines: Sequence[str], kinds: Sequence[Kind], start: int, title: str) -> int | None:
    """The index of the most headline-like line above the body: long, near, above the byline.

    It may be the first line of the body's run, since ！ and ？ make a headline look like prose.
    """
    known = [i for i, line in enumerate(lines[: start + 1]) if title and line == title]
    if known:
        return known[-1]
    dated = _date_line(lines, start)
    end = start if dated is None else dated
    scores = {
        i: min(width(lines[i]), 25.0) - 1.5 * (end - i)
        for i in range(max(0, end - _NEAR), end)
        if _may_be_headline(lines[i], kinds[i]) and width(lines[i]) > _LABEL
    }
    if start < len(lines) and _SHOUT.search(lines[start]) and width(lines[start]) < _LONG:
        scores[start] = min(width(lines[start]), 25.0) - 5.0 - 10.0 * (dated is not None)
    return max(scores, key=lambda i: scores[i], default=None)


def _may_be_headline(line: str, kind: Kind) -> bool:
    if _NOT_TITLE.search(line) or width(line) > 70:
        return False
    return kind in {"short", "prose"} or (
        kind in {"junk", "link"} and classify(line) in {"short", "prose"}
    )


def _after_title(lines: Sequence[str], kinds: Sequence[Kind], title: int, start: int) -> int:
    """Where the body starts: up to two lines right above its prose may be subheadings."""
    first = max(start, title + 1)
    while first > max(title + 1, start - 2):
        above = first - 1
        if kinds[above] != "short" or width(lines[above]) <= _LABEL:
            break
        first = above
    return first


def _after_list(lines: Sequence[str], kinds: Sequence[Kind], end: int) -> int:
    """Where the body ends: after a line that announces a list (名单如下：), with the list."""
    follows = [kind in {"short", "links"} for kind in kinds[end:]]
    last = end + (follows.index(False) if False in follows else len(follows))
    announced = any(line.endswith(("：", ":")) for line in lines[max(0, end - 1) : end + 1])
    return last if announced and follows[:1] == [True] else end


def _body(lines: Sequence[str], kinds: Sequence[Kind]) -> tuple[str, ...]:
    """The run without the junk inside it; an inset's links go with the inset's heading."""
    kept: dict[str, None] = {}
    inset = False
    for line, kind in zip(lines, kinds, strict=True):
        inset = kind == "section" or (inset and kind != "prose")
        if kind in {"prose", "short", "links", "meta"} and not inset:
            kept[line] = None
    return tuple(kept)
