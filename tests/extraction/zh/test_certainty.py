from __future__ import annotations

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.certainty import certainty, features, seen, sort_of
from trihelix.extraction.zh.mentions import Mention

SPANS = [
    Tagged(start=0, end=4, label="ORG_UNI", score=0.9),
    Tagged(start=10, end=14, label="ORG_UNI", score=0.5),
]
TWICE = (Mention(0, 4), Mention(10, 14))


def test_a_mention_that_was_tagged_surely_counts_for_more() -> None:
    both = features("University", "江州大学", ("江州大学",), TWICE, seen(SPANS))
    none = features("University", "江州大学", ("江州大学",), TWICE, {})
    assert both["best score"] > both["mean score"] > none["best score"]
    assert (both["share tagged"], none["share tagged"]) == (1, 0)


def test_the_name_tells_too() -> None:
    found = features("Firm", "Yunfan", ("Yunfan", "云帆"), TWICE[:1], seen(SPANS))
    assert found["Latin"] == found["several forms"] == 1
    assert found["telling suffix"] == found["known"] == 0


def test_every_sort_of_entity_has_its_judge() -> None:
    for kind in ("Agency", "Person", "Technology"):
        sure = certainty(kind, features(kind, "江州大学", (), TWICE, seen(SPANS)))
        assert sure is None or 0 <= sure <= 1
    assert {sort_of(k) for k in ("Agency", "Person", "Project")} == {
        "zh organizations",
        "zh persons",
        "zh things",
    }
