"""Files made for the tests of reading and cleaning."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

TITLE = "滨海大学与远航重工共建海洋装备实验室"
BODY = (
    "3月8日，滨海大学与远航重工集团在滨海市签署战略合作协议，双方将共建海洋装备联合实验室。",
    "滨海大学校长林知远在致辞中表示，学校将以此为契机，推动科技成果在当地转化。",
    "根据协议，远航重工集团五年内投入5000万元，支持联合攻关和人才培养。",
)
ARTICLE = "\n".join((TITLE, "", *BODY)) + "\n"


def _names(**values: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{k}"): NameObject(f"/{v}") for k, v in values.items()})


def _font(writer: PdfWriter) -> DictionaryObject:
    inner = _names(Type="Font", Subtype="CIDFontType0", BaseFont="STSong-Light")
    inner[NameObject("/CIDSystemInfo")] = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("GB1"),
            NameObject("/Supplement"): NumberObject(2),
        }
    )
    inner[NameObject("/DW")] = NumberObject(1000)
    font = _names(Type="Font", Subtype="Type0", BaseFont="STSong-Light", Encoding="UniGB-UTF16-H")
    font[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(inner)])
    return font


def pdf(pages: Sequence[Sequence[str]], *, password: str | None = None) -> bytes:
    """A PDF of these lines. A page without lines has no text, like a scanned one."""
    writer = PdfWriter()
    font = writer._add_object(_font(writer))
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = (f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        content = DecodedStreamObject()
        content.set_data("\n".join(("BT /F1 12 Tf 14 TL 60 780 Td", *shown, "ET")).encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(title: str, paragraphs: Sequence[str], *, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file: a paragraph in style Title, paragraphs, a table."""
    document = docx.Document()
    document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
