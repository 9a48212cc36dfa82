"""Lines of a fixed width (PDF pages, mails, old web pages) back to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from trihelix.extraction.lines import width

_ENDED = re.compile(r"[。！？!?；;：:.…][”’」』）)\]】\"']*$")
_ITEM = re.compile(
    r"^(?:[-*•●▪■◆]\s|[（(]?\d{1,2}[)）.、]\s?|[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|第.{1,3}[章节条])"
)
_PAGE_NUMBER = re.compile(
    r"^[-—–\s]*(?:第\s*|page\s*)?\d{1,4}(?:\s*页)?(?:\s*(?:/|of|共)\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–\s]*$",
    re.I,
)
_HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_LETTER = re.compile(r"[A-Za-z]")
_AROUND = 20  # characters around a line break that tell in which language it is
_FULL = 0.8  # of the widest lines: what is shorter ends a paragraph
_NEARLY = 0.97
_WIDEST = 60.0  # Han characters; text set wider is one paragraph a line
_LEAST = 16.0  # Han characters; text set narrower than this is a list, not a column


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines run to one right edge and break off in mid-sentence there."""
    said = [line for line in lines if line.strip()]
    if len(said) < 4:
        return False
    edge = _edge(said)
    if not _LEAST <= edge <= _WIDEST:
        return False
    full = [line for line in said if width(line) >= _FULL * edge]
    broken = [line for line in full if not _ENDED.search(line)]
    return len(full) >= 0.5 * len(said) and len(broken) >= 0.6 * len(full)


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines of each paragraph: Chinese without, English with a space or a lost hyphen.

    >>> unwrap(["东北大学与华为公司在沈阳签署战略合作协", "议。双方将共建实验室。"])
    ['东北大学与华为公司在沈阳签署战略合作协议。双方将共建实验室。']
    """
    edge = _edge([line for line in lines if line.strip()])
    paragraphs: list[str] = []
    fresh = True
    for line in lines:
        text = line.strip()
        if not text:
            fresh = True
            continue
        if fresh or _ITEM.match(text) or _is_indented(line):
            paragraphs.append(text)
        else:
            paragraphs[-1] = _join(paragraphs[-1], text)
        fresh = _ends_paragraph(line.rstrip(), edge)
    return paragraphs


def pages_to_lines(pages: Sequence[str]) -> list[str]:
    """The lines of pages in order, without page numbers and running headers or footers.

    A blank line between pages is not kept: a paragraph may run over.
    """
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(edge for lines in split for edge in {*lines[:1], *lines[-1:]})
    running = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    return [
        line
        for lines in split
        for i, line in enumerate(lines)
        if not (i in {0, len(lines) - 1} and (line in running or _PAGE_NUMBER.match(line.strip())))
    ]


def _edge(lines: Sequence[str]) -> float:
    """The right edge: nine lines in ten are not wider."""
    widths = sorted(width(line.rstrip()) for line in lines)
    return widths[round(0.9 * (len(widths) - 1))] if widths else 0.0


def _ends_paragraph(line: str, edge: float) -> bool:
    """A line that stops short of the right edge; a full stop need not leave much room."""
    if line.endswith("-"):
        return False
    return edge < _LEAST or width(line) < (_NEARLY if _ENDED.search(line) else _FULL) * edge


def _is_indented(line: str) -> bool:
    return line.startswith(("\u3000\u3000", "    ", "\t"))


def _join(before: str, after: str) -> str:
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return before[:-1] + after
    words = _LETTER.match(before[-1]) and _LETTER.match(after[0])
    chinese = _HAN.search(before[-_AROUND:]) or _HAN.search(after[:_AROUND])
    return before + after if chinese and not words else f"{before} {after}"
