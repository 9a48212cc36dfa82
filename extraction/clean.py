"""Raw sources to documents: title, blank line, body, one paragraph a line.

Nothing in a line is changed but its white space, so that a quotation is true to the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from trihelix.extraction.dateline import dateline, day, states_date
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
    (re.compile(r"<!--.{0,2000}?-->", re.DOTALL), ""),
    (re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^\s*(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-+:?)?\s*$", re.MULTILINE), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]]{1,300})\]\([^)\s]{0,2000}(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]{1,300})`"), r"\1"),
)


def clean(source: Source) -> Document | InputError:
    """The document that a source holds, or an error when it holds no article.

    The date of publication is what the user or record stated, else what the page states or shows
    in the place of one, else unknown: dates in the body do not count.
    """
    stated = _line(_normal(source.title or ""))
    article, shown = _READERS[source.format](_normal(source.text), stated)
    title = _line(article.title)
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


Read = tuple[Article, str | None]  # and the date that it shows


def _from_text(text: str, title: str) -> Read:
    raw = text.replace("\f", "\n").split("\n")
    said = [line for line in map(_line, raw) if line]
    if looks_like_page(said):
        return _from_page(said, title)
    lines = [_line(line) for line in unwrap(raw)] if is_wrapped(raw) else said
    return _plain(lines, title or _first_line(lines, raw))


def _from_page(lines: Sequence[str], title: str) -> Read:
    article = find_article(lines, title=title)
    if not article.body:
        return _plain(lines, title)
    lead, last = article.body[0], article.body[-1]
    shown = dateline(article.header, lead, last, article.footer)
    return replace(article, title=title or article.title), shown


def _plain(lines: Sequence[str], title: str) -> Read:
    """An article as it is: nothing is lost but lines of fields (发布时间：…) under the title."""
    titled = bool(lines) and lines[0] == title
    fields = _count_fields(lines[1:]) if titled else 0
    body = lines[titled + fields :]
    lead, last = (body[0], body[-1]) if body else ("", "")
    header = list(lines[1 : 1 + fields]) if titled else []
    header += [line for line in body[:_HEADER] if states_date(line)]
    shown = dateline(header, lead, last)
    return Article(title=title, body=tuple(body)), shown


def _first_line(lines: Sequence[str], raw: Sequence[str] = ()) -> str:
    """The first line if it is the title: short and no sentence, or a sentence that is set apart
    from the text by the only blank line, or that opens the text again."""
    if len(lines) < 2 or width(lines[0]) > _TITLE:
        return ""
    again = lines[1].startswith(lines[0])
    return lines[0] if again or not _SENTENCE.search(lines[0]) or _is_apart(raw) else ""


def _is_apart(raw: Sequence[str]) -> bool:
    blocks = "\n".join(raw).strip().split("\n\n")
    return len(blocks) == 2 and "\n" not in blocks[0] and "\n" in blocks[1].strip()


def _count_fields(lines: Sequence[str]) -> int:
    """How many lines under the title are fields only; the last line is always body."""
    count = 0
    for line in lines[:_HEADER][: max(0, len(lines) - 1)]:
        if classify(line) != "meta":
            break
        count += 1
    return count


def _from_html(text: str, title: str) -> Read:
    from trihelix.extraction.markup import read_page  # trafilatura takes a third of a second

    page = read_page(text, title=title)
    return page.article, page.published


def _from_markdown(text: str, title: str) -> Read:
    front = _FRONT.match(text)
    fields = {k.lower(): v for k, v in _FIELD.findall(front.group(1))} if front else {}
    text = text[front.end() :] if front else text
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    lines = text.strip("\n").split("\n")
    heading = _HEADING.match(lines[0])
    title = title or fields.get("title") or (_line(heading[1]) if heading else "")
    article, shown = _from_text("\n".join(_HEADING.sub(r"\1", line) for line in lines), title)
    return article, day(fields.get("date") or fields.get("published") or "") or shown


def _from_pdf(text: str, title: str) -> Read:
    paragraphs = [_line(line) for line in unwrap(pages_to_lines(text.split("\f")))]
    said = [line for line in paragraphs if line]
    return (
        _from_page(said, title)
        if looks_like_page(said)
        else _plain(said, title or _first_line(said))
    )


_READERS: Mapping[str, Callable[[str, str], Read]] = {
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
