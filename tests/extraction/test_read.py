from __future__ import annotations

import io
import json
import pickle
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from tests.extraction.inputs import ARTICLE, BODY, TITLE, pdf, word
from trihelix.extraction.read import Source, read
from trihelix.schema.errors import ConfigurationError, InputError


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(path: Path | str) -> Source:
    (source,) = read([path])
    assert isinstance(source, Source), source
    return source


def problem(path: Path | str) -> str:
    (error,) = read([path])
    assert isinstance(error, InputError), error
    assert "\n" not in str(error), "an error is one line"
    assert str(error).startswith(str(path)), "an error says where"
    return str(error)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> object:
    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


class TestPaths:
    def test_a_folder_is_walked_in_order_and_hidden_entries_are_left_out(
        self, tmp_path: Path
    ) -> None:
        for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/config.txt"):
            put(tmp_path, name, ARTICLE)
        names = [
            source.source.removeprefix(f"{tmp_path.as_posix()}/") for source in read([tmp_path])
        ]
        assert names == ["b.txt", "a/10.txt", "a/2.txt"]

    def test_paths_keep_the_order_they_were_given_in(self, tmp_path: Path) -> None:
        first, second = put(tmp_path, "z.txt", ARTICLE), put(tmp_path, "a.txt", ARTICLE)
        assert [s.source for s in read([first, second])] == [str(first), str(second)]

    def test_a_missing_file_does_not_stop_the_rest(self, tmp_path: Path) -> None:
        missing, sound = tmp_path / "missing.txt", put(tmp_path, "sound.txt", ARTICLE)
        error, source = read([missing, sound])
        assert str(error) == f"{missing}: does not exist; check the path"
        assert isinstance(source, Source)

    def test_a_folder_without_files_is_an_error(self, tmp_path: Path) -> None:
        assert "holds no files" in problem(tmp_path)

    def test_reading_is_lazy(self, tmp_path: Path) -> None:
        path = put(tmp_path, "later.txt", ARTICLE)
        sources = read([path])
        path.write_text("换了内容")
        assert [s.text for s in sources if isinstance(s, Source)] == ["换了内容"]

    def test_the_date_must_be_a_date(self) -> None:
        with pytest.raises(ConfigurationError, match="expected a date such as"):
            list(read([], published="April 2023"))


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("a.txt", ARTICLE, "text"),
            ("a.md", "# 标题\n\n正文。", "markdown"),
            ("a.htm", "<p>正文。</p>", "html"),
            ("a", ARTICLE, "text"),
            ("a.page", "<!DOCTYPE html><title>标题</title>", "html"),
            ("a.txt", "\n<html><body>存成了文本的网页</body></html>", "html"),
        ],
    )
    def test_the_suffix_or_the_first_bytes_tell_the_format(
        self, tmp_path: Path, name: str, text: str, expected: str
    ) -> None:
        assert one(put(tmp_path, name, text)).format == expected

    def test_a_pdf_is_read_whatever_its_suffix(self, tmp_path: Path) -> None:
        source = one(put(tmp_path, "a.bin", pdf([[TITLE, *BODY[:1]], BODY[1:]])))
        assert source.format == "pdf"
        assert source.text.count("\f") == 1
        assert all(line in source.text for line in (TITLE, *BODY))

    def test_a_word_file_gives_title_paragraphs_and_tables_in_order(self, tmp_path: Path) -> None:
        table = (("单位", "负责人"), ("滨海大学", "林知远"))
        source = one(put(tmp_path, "a.docx", word(TITLE, BODY, table=table)))
        assert source.title == TITLE
        assert source.text.splitlines() == [TITLE, *BODY, "单位 | 负责人", "滨海大学 | 林知远"]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (ARTICLE.encode(), "text"),
            (b"<html><body>x</body></html>", "html"),
            (pdf([[TITLE]]), "pdf"),
            (word(TITLE, BODY), "docx"),
        ],
    )
    def test_standard_input_is_sniffed(self, stdin: object, data: bytes, expected: str) -> None:
        stdin(data)  # type: ignore[operator]
        source = one("-")
        assert (source.source, source.format) == ("-", expected)

    def test_json_lines_on_standard_input(self, stdin: object) -> None:
        stdin('{"text": "甲"}\n{"text": "乙"}\n'.encode())  # type: ignore[operator]
        assert [(s.source, s.text) for s in read(["-"]) if isinstance(s, Source)] == [
            ("-:1", "甲"),
            ("-:2", "乙"),
        ]


class TestJsonLines:
    def test_a_record_may_name_its_fields_in_several_ways(self, tmp_path: Path) -> None:
        records = [
            {"text": "甲", "title": "题", "published": "2023年4月25日", "source": "http://a.cn/1"},
            {"content": "乙", "date": "2023-04-25 08:30", "url": "http://a.cn/2"},
            {"body": "丙", "id": 7, "language": "zh"},
            {"html": "<p>丁</p>", "date": "last week"},
        ]
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        path = put(tmp_path, "a.jsonl", lines)
        first, second, third, fourth = (s for s in read([path]) if isinstance(s, Source))
        assert (first.title, first.published) == ("题", "2023-04-25")
        assert (second.text, second.published) == ("乙", "2023-04-25")
        assert (third.source, third.language, third.published) == ("7", "zh", None)
        assert (fourth.source, fourth.format, fourth.published) == (f"{path}:4", "html", None)

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"source": "滨海日报"}, None),
            ({"source": "Harbor Daily"}, None),
            ({"source": "滨海日报", "url": "http://a.cn/1", "id": 7}, "http://a.cn/1"),
            ({"source": "滨海日报", "id": 7}, "7"),
            ({"source": "http://a.cn/feed", "id": 7}, "7"),
            ({"source": "http://a.cn/1"}, "http://a.cn/1"),
            ({"source": "news/2021/a.txt"}, "news/2021/a.txt"),
            ({"source": "a.txt"}, "a.txt"),
        ],
    )
    def test_an_outlet_that_many_records_share_names_none_of_them(
        self, tmp_path: Path, fields: dict[str, object], expected: str | None
    ) -> None:
        path = put(tmp_path, "a.jsonl", json.dumps({"text": "甲", **fields}, ensure_ascii=False))
        assert one(path).source == (expected or f"{path}:1")

    def test_a_bad_line_is_named_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        path = put(
            tmp_path, "a.jsonl", '\n{"text": "甲"}\n{"text": \n[1]\n{"n": 1}\n{"text": "乙"}\n'
        )
        sources = list(read([path]))
        assert [s.text for s in sources if isinstance(s, Source)] == ["甲", "乙"]
        errors = [str(e) for e in sources if isinstance(e, InputError)]
        assert errors[0].startswith(f"{path}:3: is not JSON")
        assert errors[1].startswith(f"{path}:4: is a JSON list, expected an object")
        assert errors[2].startswith(f"{path}:5: has no text")

    def test_the_option_overrides_the_record(self, tmp_path: Path) -> None:
        path = put(tmp_path, "a.jsonl", '{"text": "甲", "published": "2020-01-01"}')
        (source,) = read([path], published="2023-04-25")
        assert isinstance(source, Source)
        assert source.published == "2023-04-25"

    def test_lines_in_gbk_are_decoded(self, tmp_path: Path) -> None:
        record = json.dumps({"text": ARTICLE}, ensure_ascii=False)
        assert one(put(tmp_path, "a.jsonl", record.encode("gbk"))).text == ARTICLE

    def test_an_endless_line_is_skipped_without_being_held(self, tmp_path: Path) -> None:
        endless = b'{"text": "' + b"x" * 21_000_000 + b'"}\n{"text": "short"}\n'
        error, source = read([put(tmp_path, "a.jsonl", endless)])
        assert "line over 20 MB" in str(error)
        assert isinstance(source, Source)

    def test_json_that_is_not_json_lines_gets_a_remedy(self, tmp_path: Path) -> None:
        path = put(tmp_path, "a.json", json.dumps([{"text": "甲"}], indent=1))
        assert "expected JSON Lines" in problem(path)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
    def test_simplified_chinese(self, tmp_path: Path, encoding: str) -> None:
        assert one(put(tmp_path, "a.txt", ARTICLE.encode(encoding))).text == ARTICLE

    def test_traditional_chinese_in_big5(self, tmp_path: Path) -> None:
        text = "臺灣大學與聯發科技宣布成立聯合研究中心，雙方將在晶片設計領域展開合作。"
        assert one(put(tmp_path, "a.txt", text.encode("big5"))).text == text

    def test_english_with_windows_quotation_marks(self, tmp_path: Path) -> None:
        text = "The institute’s director said: “We will open a second laboratory in München.”"
        assert one(put(tmp_path, "a.txt", text.encode("cp1252"))).text == text

    def test_a_page_is_decoded_as_it_declares(self, tmp_path: Path) -> None:
        page = '<html><head><meta charset="gb2312"></head><body>短</body></html>'
        assert "短" in one(put(tmp_path, "a.html", page.encode("gbk"))).text

    def test_a_file_cut_in_mid_character_keeps_the_rest(self, tmp_path: Path) -> None:
        text = one(put(tmp_path, "a.txt", ARTICLE.encode()[:-3])).text
        assert text == ARTICLE[:-2] + "\ufffd"

    def test_bytes_in_no_known_encoding_are_refused(self, tmp_path: Path) -> None:
        noise = bytes(range(128, 256)) * 8
        assert "none of UTF-8, UTF-16, GB18030, Big5" in problem(put(tmp_path, "a.txt", noise))


class TestUnusable:
    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("a.txt", b"", "is empty"),
            ("a.txt", b" \n\t\n", "holds nothing but white space"),
            ("a.txt", "\u3000\u3000".encode(), "holds nothing but white space"),
            ("a.txt", b"MZ\x90\0\x03\0\0\0", "is binary, expected text"),
            ("a.txt", b"\x89PNG\r\n\x1a\n", "is a PNG image"),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office file (.doc, .xls or .ppt)"),
            ("a.pdf", b"<html>not found</html>", "is not a .pdf file"),
            ("a.docx", b"PK\x03\x04 torn", "is a damaged Word file"),
            ("a.pdf", pdf([[TITLE]])[:400], "is truncated"),
            ("a.pdf", pdf([[]]), "is a PDF without text"),
            ("a.pdf", pdf([[TITLE]], password="x"), "is an encrypted PDF"),
        ],
    )
    def test_each_has_a_clear_error(
        self, tmp_path: Path, name: str, data: bytes, message: str
    ) -> None:
        assert message in problem(put(tmp_path, name, data))

    def test_fifty_megabytes_of_text_are_refused_quickly_in_little_memory(
        self, tmp_path: Path
    ) -> None:
        path = put(tmp_path, "big.txt", BODY[0].encode() * 400_000)
        assert path.stat().st_size > 50_000_000
        tracemalloc.start()
        began = time.perf_counter()
        message = problem(path)
        took, peak = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert message.endswith(
            "is larger than 20 MB; split it, or make it .jsonl with one article a line"
        )
        assert took < 2
        assert peak < 100_000_000

    def test_a_document_of_too_many_characters_is_refused(self, tmp_path: Path) -> None:
        assert "2,000,000 characters" in problem(put(tmp_path, "a.txt", "a b\n" * 600_000))

    def test_errors_and_sources_cross_processes(self, tmp_path: Path) -> None:
        for result in read([put(tmp_path, "a.txt", b""), put(tmp_path, "b.txt", ARTICLE)]):
            copy = pickle.loads(pickle.dumps(result))
            assert str(copy) == str(result)
