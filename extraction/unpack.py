"""The text inside PDF and Word files."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from trihelix.schema.errors import InputError

MAX_CHARACTERS = 2_000_000  # of one document; a long book has a million
_MAX_UNPACKED = 60_000_000  # bytes of a Word file's parts when unpacked
_EOF = b"%%EOF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """Text, and the title where the file marks one."""

    text: str
    title: str | None = None


def unpack_pdf(data: bytes, source: str) -> Unpacked:
    """The text of a PDF, pages separated by form feeds. The file's own metadata is ignored: it
    names templates and scanners more often than articles.

    Raises:
        InputError: truncated, encrypted, damaged, or without text (scanned).
    """
    from pypdf.errors import DependencyError, FileNotDecryptedError

    truncated = _EOF not in data[-4096:]
    try:
        with _quiet("pypdf"):
            text = "\f".join(_pages(data, source))
    except InputError:
        raise
    except (DependencyError, FileNotDecryptedError) as e:
        raise _encrypted(source) from e
    except Exception as e:  # damaged files raise anything from KeyError to RecursionError
        problem = "is truncated" if truncated else f"is a damaged PDF ({_first_line(e)})"
        raise InputError(source, problem, "fetch the file again") from e
    if truncated:
        raise InputError(source, "is truncated (the PDF has no end mark)", "fetch the file again")
    if not text.strip():
        raise InputError(source, "is a PDF without text (scanned pages?)", "run OCR on it first")
    return Unpacked(text=text)


def _pages(data: bytes, source: str) -> Iterator[str]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _encrypted(source)
    left = MAX_CHARACTERS
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            raise too_long(source)
        yield text


def unpack_docx(data: bytes, source: str) -> Unpacked:
    """The paragraphs and tables of a Word file in order; a table row is one line, cells ` | `.

    The title is the paragraph in style Title. Core properties are ignored: `created` is when the
    file (or its template) was made, not when the news was published.

    Raises:
        InputError: damaged, encrypted, not a Word file, or without text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, source)
        unpacked = _docx(data)
    except InputError:
        raise
    except Exception as e:  # python-docx lets errors of zipfile, lxml and its own through
        raise InputError(
            source, f"is a damaged Word file ({_first_line(e)})", "fetch the file again"
        ) from e
    if not unpacked.text.strip():
        raise InputError(source, "is a Word file without text", "")
    if len(unpacked.text) > MAX_CHARACTERS:
        raise too_long(source)
    return unpacked


def _check(archive: zipfile.ZipFile, source: str) -> None:
    if "word/document.xml" not in archive.namelist():
        raise InputError(source, "is a zip archive, expected a Word file (.docx)", "unpack it")
    text = [i for i in archive.infolist() if not i.filename.startswith("word/media/")]
    if sum(i.file_size for i in text) > _MAX_UNPACKED:
        raise too_long(source)


def _docx(data: bytes) -> Unpacked:
    import docx
    from docx.table import Table

    title: str | None = None
    lines: list[str] = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            lines.extend(_rows(item))
            continue
        if title is None and item.style is not None and item.style.name == "Title":
            title = item.text.strip() or None
        lines.append(item.text)
    return Unpacked(text="\n".join(lines), title=title)


def _rows(table: object) -> Iterator[str]:
    for row in table.rows:  # type: ignore[attr-defined]  # python-docx has no types
        cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)
        yield " | ".join(cell for cell in cells if cell)


def too_long(source: str) -> InputError:
    """The error for a document beyond the limit."""
    return InputError(
        source,
        f"holds more than {MAX_CHARACTERS:,} characters in one document",
        "split it, or make it .jsonl with one article a line",
    )


def _encrypted(source: str) -> InputError:
    return InputError(source, "is an encrypted PDF", "save it without a password")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:80]


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """What a library would log is already in the one error that is raised."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
