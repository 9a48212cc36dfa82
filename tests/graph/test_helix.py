"""Transmission by hand and by its definition; who takes part in which unit."""

from __future__ import annotations

from collections import Counter
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.snapshots import Story
from trihelix.graph.columns import Columns
from trihelix.graph.helix import transmission, triple_helix
from trihelix.graph.network import Network
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError

units = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=40)
compare = settings(max_examples=50, deadline=None)


def entropy(values: list[tuple[bool, ...]]) -> float:
    counts = Counter(values)
    return -sum(c / len(values) * log2(c / len(values)) for c in counts.values())


def arrays(rows: list[tuple[bool, bool, bool]]) -> tuple[list[bool], list[bool], list[bool]]:
    u, i, g = zip(*rows, strict=True)
    return list(u), list(i), list(g)


@compare
@given(units)
def test_the_definition(rows: list[tuple[bool, bool, bool]]) -> None:
    found = transmission(*arrays(rows)).iloc[0]
    h = {
        name: entropy([tuple(row["uig".index(letter)] for letter in name) for row in rows])
        for name in ("u", "i", "g", "ui", "ug", "ig", "uig")
    }
    for name, value in h.items():
        assert found[f"H_{name}"] == pytest.approx(value, abs=1e-9)
    expected = h["u"] + h["i"] + h["g"] - h["ui"] - h["ug"] - h["ig"] + h["uig"]
    assert found["T_uig"] == pytest.approx(expected, abs=1e-9)
    assert found["T_ui"] == pytest.approx(h["u"] + h["i"] - h["ui"], abs=1e-9)
    assert found["n"] == len(rows)
    assert found["ui"] == sum(u and i for u, i, _ in rows)
    assert found["uig"] == sum(map(all, rows))


@compare
@given(units, st.permutations([0, 1, 2]))
def test_the_order_of_the_sectors_does_not_matter(
    rows: list[tuple[bool, bool, bool]], order: list[int]
) -> None:
    three = arrays(rows)
    found = transmission(*(three[k] for k in order))["T_uig"][0]
    assert found == pytest.approx(transmission(*three)["T_uig"][0], abs=1e-9)


@compare
@given(units)
def test_bilateral_transmissions_are_never_negative_and_bound_the_third(
    rows: list[tuple[bool, bool, bool]],
) -> None:
    found = transmission(*arrays(rows)).iloc[0]
    pairs = [found["T_ui"], found["T_ug"], found["T_ig"]]
    assert min(pairs) >= -1e-9
    assert -1 - 1e-9 <= found["T_uig"] <= min(pairs) + 1e-9


@compare
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_independent_sectors_transmit_nothing(a: int, b: int, c: int) -> None:
    rows = [
        (u, i, g)
        for u in [True] + [False] * a
        for i in [True] + [False] * b
        for g in [True] + [False] * c
    ]
    found = transmission(*arrays(rows)).iloc[0]
    for name in ("T_ui", "T_ug", "T_ig", "T_uig"):
        assert found[name] == pytest.approx(0, abs=1e-9)


def test_pure_synergy_is_minus_one_bit_and_pure_redundancy_plus_one() -> None:
    """An even number of sectors: no two tell anything, all three do. All or none: one tells all."""
    even = [(False, False, False), (True, True, False), (True, False, True), (False, True, True)]
    assert transmission(*arrays(even))["T_uig"][0] == pytest.approx(-1.0)
    same = [(True, True, True), (False, False, False)]
    assert transmission(*arrays(same))["T_uig"][0] == pytest.approx(1.0)


def test_a_table_calculated_by_hand() -> None:
    """4 units u, 2 i, 1 ui, 1 g of 8. u: 5 of 8, i: 3, g: 1.

    H_u = H_i = 0.954434, H_g = 0.543564; H_ui (4, 2, 1, 1) = 1.75, H_ug (5, 2, 1) = 1.298795,
    H_ig (3, 1, 4) = 1.405639, H_uig (4, 2, 1, 1) = 1.75; T_uig = 2.452433 - 4.454434 + 1.75.
    """
    rows = 4 * [(True, False, False)] + 2 * [(False, True, False)]
    rows += [(True, True, False), (False, False, True)]
    found = transmission(*arrays(rows)).iloc[0]
    assert found["H_u"] == found["H_i"] == pytest.approx(0.954434, abs=1e-6)
    assert found["T_ui"] == pytest.approx(0.158868, abs=1e-6)
    assert found["T_ug"] == pytest.approx(0.199204, abs=1e-6)
    assert found["T_ig"] == pytest.approx(0.092359, abs=1e-6)
    assert found["T_uig"] == pytest.approx(-0.252001, abs=1e-6)


def test_labels_divide_the_units() -> None:
    rows = [(True, True, False), (False, False, True), (True, True, True)]
    table = transmission(*arrays(rows), labels=["b", "a", "b"])
    assert table["label"].tolist() == ["a", "b"]
    assert table["n"].tolist() == [1, 2]
    assert table["H_g"].tolist() == [0.0, 1.0]
    assert transmission([], [], [])["n"].tolist() == [0]


@pytest.fixture
def story() -> Snapshot:
    found = Story()
    found.node("uni", "University", place="辽宁省沈阳市").node("lab", "Laboratory")
    found.node("firm", "Firm", place="辽宁省大连市").node("fund", "Investor", place="辽宁省沈阳市")
    found.node("office", "Agency", place="北京市").node("fair", "Association")
    found.event("e1", "uni", "firm", "fund", date="2021-03-01")
    found.event("e2", "uni", "firm", "office", date="2021")
    found.event("e3", "office", "lab", date="2022-01-01", confidence=0.4)
    found.event("e4", "lab", "fair", date="2022-05-01")
    found.event("e5", "uni", "fund", date="2022-05-01", status="cancelled")
    found.event("e6", "uni", "office", date=None, document="d2")
    found.document("d2", published="2023-06-30")
    return found.snapshot()


def test_events_count_each_sector_once_and_need_one(story: Snapshot) -> None:
    found = triple_helix(story).iloc[0]
    assert [found[c] for c in ("n", "u", "i", "g", "ui", "uig")] == [4, 3, 2, 3, 2, 1]
    same = triple_helix(Network.of(story)).iloc[0]
    assert same["T_uig"] == triple_helix(Columns.of(story))["T_uig"][0] == found["T_uig"]


def test_by_year_an_event_without_a_year_has_that_of_its_document(story: Snapshot) -> None:
    table = triple_helix(story, by="year")
    assert table[["year", "n", "uig"]].to_numpy().tolist() == [
        [2021, 2, 1],
        [2022, 1, 0],
        [2023, 1, 0],
    ]


def test_by_place_only_organizations_of_that_place_count(story: Snapshot) -> None:
    table = triple_helix(story, by="place").set_index("place")
    assert table["n"].to_dict() == {"北京市": 3, "辽宁省大连市": 2, "辽宁省沈阳市": 3}
    assert table["ui"].to_dict() == {"北京市": 0, "辽宁省大连市": 0, "辽宁省沈阳市": 1}


def test_by_region_and_year(story: Snapshot) -> None:
    table = triple_helix(story, by=("region", "year")).set_index(["region", "year"])
    assert table["n"].to_dict() == {
        ("北京市", 2021): 1,
        ("北京市", 2022): 1,
        ("北京市", 2023): 1,
        ("辽宁省", 2021): 2,
        ("辽宁省", 2023): 1,
    }
    assert table.loc[("辽宁省", 2021), "ui"] == 2


def test_a_view_and_other_helices_choose_what_counts(story: Snapshot) -> None:
    assert triple_helix(story, view=View(confidence=0.5))["n"][0] == 3
    assert triple_helix(story, view=View(since="2021", until="2021"))["n"][0] == 2
    helices = {
        "university": ("university", "research"),
        "industry": ["firm"],
        "government": ["government"],
    }
    found = triple_helix(story, helices=helices).iloc[0]
    assert (found["n"], found["u"], found["ug"]) == (5, 5, 3)


def test_documents_count_whom_they_mention(story: Snapshot) -> None:
    table = triple_helix(story, unit="document", by="year")
    assert table[["year", "n", "uig"]].to_numpy().tolist() == [[2023, 2, 1]]


def test_a_store_without_events_has_one_empty_row_or_none() -> None:
    empty = Story().snapshot()
    assert triple_helix(empty)["n"].tolist() == [0]
    table = triple_helix(empty, by=("year", "place"))
    assert len(table) == 0
    assert list(table.columns[:3]) == ["year", "place", "n"]


def test_bad_arguments_are_refused(story: Snapshot) -> None:
    with pytest.raises(ConfigurationError, match="cannot divide by 'month'"):
        triple_helix(story, by="month")
    with pytest.raises(ConfigurationError, match="unit"):
        triple_helix(story, unit="page")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="helices"):
        triple_helix(story, helices={"university": ("school",)})
    with pytest.raises(ConfigurationError, match="shape"):
        transmission([True], [True], np.array([True, False]))
    with pytest.raises(ConfigurationError, match="2 labels for 1 units"):
        transmission([True], [True], [True], labels=["a", "b"])
