from __future__ import annotations

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.index import Index
from trihelix.graph.search import find, search
from trihelix.schema.errors import AmbiguousNameError, NotFoundError


@pytest.mark.parametrize(
    "name",
    [
        "neu",
        "东北大学",
        "Northeastern University",
        "NORTHEASTERN　UNIVERSITY",
        "northeasternuniversity",
    ],
)
def test_find_takes_an_id_a_name_or_an_alias(name: str) -> None:
    assert find(northeast(), name).id == "neu"


def test_case_width_and_punctuation_make_no_difference() -> None:
    assert find(northeast(), "ansteel group co ltd").id == "ansteel"
    assert find(northeast(), "Ａｎｓｔｅｅｌ Group Co., Ltd").id == "ansteel"


def test_an_index_may_stand_for_its_snapshot() -> None:
    assert find(Index.of(northeast()), "东北大学").id == "neu"


def test_a_name_goes_before_an_alias() -> None:
    story = Story().node("a", "Firm", "华为").node("b", "Firm", "华为技术有限公司", "华为")
    assert find(story.snapshot(), "华为").id == "a"


def test_the_same_writing_goes_before_a_similar_one() -> None:
    story = Story().node("a", "Firm", "IT-AC").node("b", "Firm", "ITAC")
    assert find(story.snapshot(), "ITAC").id == "b"
    with pytest.raises(AmbiguousNameError):
        find(story.snapshot(), "itac")


def test_a_name_of_several_nodes_lists_them() -> None:
    with pytest.raises(AmbiguousNameError, match="'东大' fits 2 entities") as caught:
        find(northeast(), "东大")
    assert caught.value.candidates == (
        "东北大学 (University, 辽宁省沈阳市, neu)",
        "东南大学 (University, 江苏省南京市, seu)",
    )


def test_kinds_decide_between_namesakes() -> None:
    story = Story().node("city", "Place", "沈阳").node("firm", "Firm", "沈阳")
    assert find(story.snapshot(), "沈阳", kinds=["Organization"]).id == "firm"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("东北工业大学", "东北大学"),
        ("鞍钢集团公司", "鞍钢集团"),
        ("Northeastern Univercity", "东北大学"),
    ],
)
def test_an_unknown_name_suggests_near_ones(name: str, suggestion: str) -> None:
    with pytest.raises(NotFoundError, match=f"did you mean {suggestion}"):
        find(northeast(), name)


def test_a_name_like_no_other_suggests_nothing() -> None:
    with pytest.raises(NotFoundError, match="nothing near it either"):
        find(northeast(), "xyzzy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东北大学", [("neu", "exact"), ("cs", "prefix")]),
        ("计算机", [("cs", "contains")]),
        ("东软", [("neusoft", "prefix")]),
        ("univ north", [("neu", "words")]),
        ("省教厅", [("office", "abbreviation")]),
        ("neus", [("neusoft", "prefix")]),
        ("没有的名字", []),
    ],
)
def test_search_orders_by_how_well_a_name_fits(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.node.id, hit.fit) for hit in search(northeast(), text)] == expected


def test_of_equal_fits_the_better_documented_comes_first() -> None:
    found = search(northeast(), "东大", kinds=["University"])
    assert [(hit.node.id, hit.documents) for hit in found[:2]] == [("neu", 2), ("seu", 0)]


def test_search_filters_by_kind_sector_and_place() -> None:
    def found(**filters: object) -> list[str]:
        return sorted(hit.node.id for hit in search(northeast(), "", **filters))  # type: ignore[arg-type]

    assert found(kinds=["Firm", "Agency"]) == ["ansteel", "neusoft", "office"]
    assert found(kinds=["Organization"], place="沈阳") == ["cs", "neu", "neusoft", "office"]
    assert found(sectors=["university"], place="江苏") == ["seu"]
    assert found(sectors=["government"]) == ["office"]
    assert len(found()) == 8
