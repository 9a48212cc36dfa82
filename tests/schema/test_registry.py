"""The registry: unique keys, kinds of the vocabulary, and names that mean one thing or say so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from trihelix.schema.errors import VocabularyError
from trihelix.schema.registry import load, registry
from trihelix.schema.vocabulary import vocabulary


def test_keys_are_unique_and_kinds_are_known() -> None:
    keys = Counter(entry.key for entry in registry())
    assert [key for key, count in keys.items() if count > 1] == []
    assert {entry.kind for entry in registry()} <= set(vocabulary().entities)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("北航", "北京航空航天大学"),
        ("工信部", "工业和信息化部"),
        ("中科院金属所", "中国科学院金属研究所"),
        ("Huawei", "华为技术有限公司"),
        ("辽宁", "辽宁省"),
    ],
)
def test_short_and_english_names(name: str, full: str) -> None:
    assert [entry.name for entry in registry().lookup(name)] == [full]


def test_an_ambiguous_name_gives_every_candidate() -> None:
    assert {e.name for e in registry().lookup("东大")} >= {"东北大学", "东南大学"}


def test_an_unknown_name_gives_none() -> None:
    assert registry().lookup("没有这样的大学") == ()


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    table = tmp_path / "bad.tsv"
    table.write_text("key\tkind\tname\taliases\tenglish\tplace\tparent\na\tb\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"bad\.tsv:2: expected 7 cells, found 2"):
        list(load(table))
