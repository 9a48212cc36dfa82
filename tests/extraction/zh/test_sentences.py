"""Sentences: where they end, and that nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trihelix.extraction.zh.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题\n\n第一句。第二句！", ["标题", "第一句。", "第二句！"]),
        ("他说：“好。开始吧！”会议开始。", ["他说：“好。开始吧！”会议开始。"]),
        ("他说：“开始吧！”\n会议开始。", ["他说：“开始吧！”", "会议开始。"]),
        ("甲方出资；乙方出力。", ["甲方出资；", "乙方出力。"]),
        ("引号“没有合上。下一句。", ["引号“没有合上。", "下一句。"]),
        ("《关于。的办法》印发。", ["《关于。的办法》印发。"]),
        ("", []),
    ],
)
def test_splits_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected


@given(st.text(alphabet="天地玄黄。！？；…“”（）《》\n 　a1", max_size=200))
def test_sentences_are_ordered_and_cover_all_but_white_space(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {p for s in found for p in range(s.start, s.end)}
    assert all(text[p].isspace() for p in range(len(text)) if p not in covered)
