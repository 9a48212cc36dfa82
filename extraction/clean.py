"""Raw sources to documents: title, blank line, body, one paragraph a line.

Nothing in a line is changed but its white space, so that a quotation is true to the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from trihelix.extraction.dateline import dateline, day
from trihelix.extraction.lines import classify, width
from trihelix.extraction.page import Article, find_article, looks_like_page
from trihelix.extraction.read import Source
from trihelix.extraction.unwrap import is_wrapped, pages_to_lines, unwrap
from trihelix.schema.errors import InputError
from trihelix.schema.records import Document

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_LONE = re.compile(r"[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-z]+)*")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[。；;][”’」』）)\"']*$|[^.][.][”’\"')]*$|[，,、：:]$")
_TITLE = 80.0  # Han characters; a first line of more is a paragraph
_HEADER = 4  # lines under the title that may be fields (来源：…)

_FRONT = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_FIELD = re.compile(r"^(title|date|published)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE | re.I)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^\s*(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-+:?)?\s*$", re.MULTILINE), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


def clean(source: Source) -> Document | InputError:
    """The document that a source holds, or an error when it holds no article.

    The date of publication is what the user or record stated, else what the page states or shows
    in the place of one, else unknown: dates in the body do not count.
    """
    article, shown = _READERS[source.format](_normal(source.text))
    title = _line(source.title or "") or _line(article.title)
    body = "\n".join(_without_title(article.body, title))
    if not body and not title:
        return InputError(source.source, "holds no article text", "check that it is an article")
    language = source.language or _language(title + body)
    if language is None:
        return InputError(source.source, "is neither Chinese nor English", "")
    return Document.of(
        source=_LONE.sub("\ufffd", source.source),
        title=title,
        body=body,
        language=language,
        published=source.published or shown,
    )


def _normal(text: str) -> str:
    """Line ends, control and invisible characters; what is left is as the source has it."""
    return _LONE.sub("\ufffd", _INVISIBLE.sub("", _BREAK.sub("\n", text)))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\n", " ")).strip()


def _without_title(body: Sequence[str], title: str) -> Sequence[str]:
    """Pages repeat the title above the text."""
    return body[1:] if len(body) > 1 and body[0] == title else body


Read = tuple[Article, str | None]


def _from_text(text: str) -> Read:
    raw = text.replace("\f", "\n").split("\n")
    said = [line for line in map(_line, raw) if line]
    if looks_like_page(said):
        return _from_page(said)
    if is_wrapped(raw):
        said = [_line(line) for line in unwrap(raw)]
    return _plain(said, apart=_sets_title_apart(raw))


def _sets_title_apart(lines: Sequence[str]) -> bool:
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    return first + 1 < len(lines) and not lines[first + 1].strip()


def _from_page(lines: Sequence[str]) -> Read:
    article = find_article(lines)
    if not article.body:
        return _plain(lines, apart=False)
    lead, last = article.body[0], article.body[-1]
    return article, dateline(article.header, lead, last, article.footer)


def _plain(lines: Sequence[str], *, apart: bool) -> Read:
    """An article as it is: nothing is lost but lines of fields (发布时间：…) under the title."""
    if not lines:
        return Article(title="", body=()), None
    if not _is_title(lines[0], apart=apart and len(lines) > 1, alone=len(lines) == 1):
        return Article(title="", body=tuple(lines)), dateline([], lines[0], lines[-1])
    fields = _count_fields(lines[1:])
    body = lines[1 + fields :]
    lead, last = (body[0], body[-1]) if body else ("", "")
    return Article(title=lines[0], body=tuple(body)), dateline(lines[1 : 1 + fields], lead, last)


def _is_title(line: str, *, apart: bool, alone: bool) -> bool:
    """A first line that a blank line sets apart, or that is short and no sentence."""
    if alone or width(line) > _TITLE:
        return False
    return apart or not _SENTENCE.search(line)


def _count_fields(lines: Sequence[str]) -> int:
    """How many lines under the title are fields only; the last line is always body."""
    count = 0
    for line in lines[:_HEADER][: max(0, len(lines) - 1)]:
        if classify(line) != "meta":
            break
        count += 1
    return count


def _from_html(text: str) -> Read:
    from trihelix.extraction.markup import read_page  # trafilatura takes a third of a second

    page = read_page(text)
    return page.article, page.published


def _from_markdown(text: str) -> Read:
    front = _FRONT.match(text)
    fields = {k.lower(): v for k, v in _FIELD.findall(front.group(1))} if front else {}
    text = text[front.end() :] if front else text
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    lines = text.strip("\n").split("\n")
    if _HEADING.match(lines[0]):
        lines.insert(1, "")  # a heading is set apart whether or not a blank line follows
    article, shown = _from_text("\n".join(_HEADING.sub(r"\1", line) for line in lines))
    stated = fields.get("date") or fields.get("published") or ""
    title = fields.get("title") or article.title
    return Article(title=title, body=article.body), day(stated) or shown


def _from_pdf(text: str) -> Read:
    paragraphs = [_line(line) for line in unwrap(pages_to_lines(text.split("\f")))]
    said = [line for line in paragraphs if line]
    return _from_page(said) if looks_like_page(said) else _plain(said, apart=False)


_READERS: Mapping[str, Callable[[str], Read]] = {
    "text": _from_text,
    "docx": _from_text,
    "markdown": _from_markdown,
    "html": _from_html,
    "pdf": _from_pdf,
}


def _language(text: str) -> str | None:
    """`zh` or `en` by the larger share of Han characters or Latin words; None for other scripts."""
    han, words = len(_HAN.findall(text)), _WORD.findall(text)
    if 2 * (han + sum(map(len, words))) < len(_LETTER.findall(text)):
        return None
    return "zh" if han >= len(words) and han else "en"
