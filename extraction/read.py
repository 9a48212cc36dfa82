"""Files, folders and standard input to raw sources, one per document.

Limits, so that no input can exhaust memory: 20 MB per text or HTML file (and per line of a JSON
Lines file, which may itself be of any size, since it streams), 100 MB per PDF or Word file, and
2 million characters per document.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from trihelix.extraction.dateline import day
from trihelix.extraction.decode import decode
from trihelix.extraction.unpack import MAX_CHARACTERS, too_long, unpack_docx, unpack_pdf
from trihelix.schema.errors import ConfigurationError, InputError

Format = Literal["text", "markdown", "html", "pdf", "docx"]

_MAX_TEXT = 20_000_000
_MAX_PACKED = 100_000_000
_CHUNK = 65_536
_BLANK = 1_000

_SUFFIXES: Mapping[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_LINES = {".jsonl", ".ndjson"}
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls or .ppt)", "save it as .docx"),
    (b"{\\rtf", "an RTF file", "save it as .docx"),
    (b"\x89PNG", "a PNG image", "give the text"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text"),
    (b"GIF8", "a GIF image", "give the text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
)
_ADDRESS = re.compile(r"^\w[\w+.-]*:\S|[/\\]|^\S+\.\w{1,5}$")
_TEXT_KEYS = ("text", "content", "body", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document as it came in.

    `source` is the path as given with forward slashes (`-` for standard input), or what tells a
    record from all others: its URL, its id, or else the path and line. `published` was stated by
    the user or the record, so no dateline overrides it.
    """

    source: str
    format: Format
    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None


def read(
    paths: Sequence[str | Path], *, published: str | None = None
) -> Iterator[Source | InputError]:
    """Every document under `paths`, in order, read one at a time.

    Folders are walked in order of their names, without hidden entries; `-` is standard input.
    `published` (YYYY-MM-DD) dates them all. An unusable input is yielded, not raised, as an
    InputError in its place.

    Raises:
        ConfigurationError: `published` is not a date.
    """
    if published is not None and day(published) != published:
        raise ConfigurationError(f"--published {published!r}: expected a date such as 2023-04-25")
    return _read(paths, published)


def _read(paths: Sequence[str | Path], published: str | None) -> Iterator[Source | InputError]:
    for path in paths:
        if str(path) == "-":
            yield from _stream(sys.stdin.buffer, "-", "", published)
            continue
        for file in _files(Path(path)):
            if isinstance(file, InputError):
                yield file
            else:
                yield from _file(file, published)


def _files(path: Path) -> Iterator[Path | InputError]:
    if not path.is_dir():
        yield path
        return
    found = False
    denied: list[OSError] = []
    for folder, subfolders, names in os.walk(path, onerror=denied.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                found = True
                yield Path(folder) / name
    yield from (InputError(str(e.filename), f"cannot be read ({e.strerror})") for e in denied)
    if not found and not denied:
        yield InputError(_name(path), "holds no files")


def _name(path: Path) -> str:
    """The path with forward slashes, as valid Unicode whatever bytes the file system holds."""
    return os.fsencode(path.as_posix()).decode(errors="replace")


def _file(path: Path, published: str | None) -> Iterator[Source | InputError]:
    name = _name(path)
    try:
        if not path.exists():
            yield InputError(name, "does not exist", "check the path")
        elif not path.is_file() and not path.is_fifo():
            yield InputError(name, "is not a file")
        else:
            with path.open("rb") as stream:
                yield from _stream(stream, name, path.suffix.lower(), published)
    except OSError as e:
        yield InputError(name, f"cannot be read ({e.strerror or e})")


def _stream(
    stream: BinaryIO, name: str, suffix: str, published: str | None
) -> Iterator[Source | InputError]:
    head, skipped = stream.readline(_MAX_TEXT + 1), 0
    while head and not head.strip() and skipped < _BLANK:  # blank lines above decide nothing
        head, skipped = stream.readline(_MAX_TEXT + 1), skipped + 1
    if not head:
        problem = "holds nothing but white space" if skipped else "is empty"
        yield InputError(name, problem)
    elif suffix in _LINES or (suffix not in _SUFFIXES and _is_record(head)):
        yield from _records(enumerate(_lines(head, stream), skipped + 1), name, published)
    else:
        try:
            yield _whole(head, stream, name, suffix, published)
        except InputError as e:
            yield e


def _whole(head: bytes, stream: BinaryIO, name: str, suffix: str, published: str | None) -> Source:
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise InputError(name, f"is {what}, expected text, HTML, PDF or .docx", remedy)
    if head.lstrip().startswith(b"%PDF"):
        pdf = unpack_pdf(_rest(head, stream, name, _MAX_PACKED), name)
        return Source(source=name, format="pdf", text=pdf.text, published=published)
    if head.startswith(b"PK\x03\x04"):
        docx = unpack_docx(_rest(head, stream, name, _MAX_PACKED), name)
        return Source(
            source=name, format="docx", text=docx.text, title=docx.title, published=published
        )
    if suffix in {".pdf", ".docx"}:
        raise InputError(name, f"is not a {suffix} file (wrong first bytes)", "fetch it again")
    return _text(_rest(head, stream, name, _MAX_TEXT), name, suffix, published)


def _text(data: bytes, name: str, suffix: str, published: str | None) -> Source:
    kind = "html" if _MARKUP.match(data) else _SUFFIXES.get(suffix, "text")
    text = decode(data, name, markup=kind == "html")
    if kind == "text" and suffix != ".txt" and _is_json(text):
        raise InputError(
            name, "is JSON, expected JSON Lines", "write one object with a text a line"
        )
    return _checked(Source(source=name, format=kind, text=text, published=published))


def _checked(source: Source) -> Source:
    if not source.text.strip():
        raise InputError(source.source, "holds nothing but white space")
    if len(source.text) > MAX_CHARACTERS:
        raise too_long(source.source)
    return source


def _rest(head: bytes, stream: BinaryIO, name: str, limit: int) -> bytes:
    data = head + stream.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        raise InputError(
            name,
            f"is larger than {limit // 1_000_000} MB",
            "split it, or make it .jsonl with one article a line",
        )
    return data


def _is_record(line: bytes) -> bool:
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and any(key in record for key in _TEXT_KEYS)


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(head: bytes, stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None in place of one beyond the limit, which is never held."""
    line = head
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # its line ends are two bytes
        text = (line + stream.read(_MAX_TEXT)).decode("utf-16", "replace")
        yield from (each.encode() for each in text.splitlines())
        return
    while line:
        if len(line) > _MAX_TEXT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield None
        else:
            yield line
        line = stream.readline(_MAX_TEXT + 1)


def _records(
    lines: Iterator[tuple[int, bytes | None]], name: str, published: str | None
) -> Iterator[Source | InputError]:
    for number, line in lines:
        if line is not None and not line.strip():
            continue
        try:
            yield _record(line, f"{name}:{number}", published)
        except InputError as e:
            yield e


def _record(line: bytes | None, where: str, published: str | None) -> Source:
    if line is None:
        raise InputError(where, f"is a line over {_MAX_TEXT // 1_000_000} MB", "split it")
    try:
        record = json.loads(decode(line, where))
    except (ValueError, RecursionError) as e:
        raise InputError(where, f"is not JSON ({e})", "write one JSON object a line") from e
    if not isinstance(record, dict):
        raise InputError(where, f"is a JSON {type(record).__name__}, expected an object")
    return _checked(_source(record, where, published))


def _source(record: Mapping[str, object], where: str, published: str | None) -> Source:
    key = next((k for k in _TEXT_KEYS if isinstance(record.get(k), str)), None)
    if key is None:
        raise InputError(where, "has no text", 'expected {"text": "…", "title": "…", …}')
    text = str(record[key])
    stated = _string(record, "published", "date")
    language = _string(record, "language", "lang")
    return Source(
        source=_name_of(record) or where,
        format="html" if key == "html" or _MARKUP.match(text[:4096].encode()) else "text",
        text=text,
        title=_string(record, "title"),
        published=published or (day(stated) if stated else None),
        language=language if language in {"zh", "en"} else None,
    )


def _name_of(record: Mapping[str, object]) -> str | None:
    """What tells a record from all others: its URL or id; its source only where that is an
    address or a path, for an outlet's name is shared by all its articles."""
    source = _string(record, "source")
    return _string(record, "url", "id") or (source if source and _ADDRESS.search(source) else None)


def _string(record: Mapping[str, object], *keys: str) -> str | None:
    """The first of these keys that holds something, as one line of text."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return None
