from __future__ import annotations

from typing import Any

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.bridges import bridge_table, bridges
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError


def test_a_bridge_names_the_sectors_and_places_that_it_connects() -> None:
    (bridge,) = bridges(Network.of(northeast()))
    assert (bridge.rank, bridge.node.id, bridge.neighbours) == (1, "neu", 3)
    assert bridge.sectors == bridge.groups == ("firm", "government", "university")
    assert bridge.places == ("辽宁省沈阳市", "辽宁省鞍山市")
    assert bridge.betweenness == pytest.approx(2 / 10)  # two of the ten pairs of the other five


def test_each_component_and_its_standing_are_shown() -> None:
    story = Story().node("u", "University").node("g", "Agency").node("h", "Hospital")
    story.event("e1", "hub", "u").event("e2", "hub", "g").event("e3", "hub", "h")
    story.event("e4", "u", "g").event("e5", "h", "f")
    hub, second = bridges(Network.of(story.snapshot()))
    assert (hub.node.id, second.node.id) == ("hub", "h")
    assert hub.brokerage == 2  # (u, h) and (g, h); u and g are linked
    assert hub.standings == {"betweenness": 1.0, "brokerage": 1.0, "constraint": 0.75}
    assert hub.score == pytest.approx(2.75 / 3)
    assert second.brokerage == 1  # two firms, joined by a hospital
    assert second.constraint == pytest.approx(0.5)  # its two neighbours are not linked
    assert second.standings["constraint"] == 1.0


def test_the_weights_of_the_components_decide() -> None:
    """a joins two firms to eight others; b joins an agency and a university."""
    story = Story().node("g", "Agency").node("u", "University")
    story.event("e1", "a", "f1").event("e2", "a", "f2").event("e3", "a", "b")
    story.event("e4", "b", "g").event("e5", "b", "u").event("e6", "g", "g2").event("e7", "a", "f3")
    network = Network.of(story.snapshot())
    by_paths = bridges(network, 1, weights={"betweenness": 1})
    by_sectors = bridges(network, 1, weights={"brokerage": 1})
    assert (by_paths[0].node.id, by_sectors[0].node.id) == ("a", "b")


def test_groups_may_be_any_labels() -> None:
    story = Story().event("e1", "hub", "x").event("e2", "hub", "y")
    network = Network.of(story.snapshot())
    (bridge,) = bridges(network, by={"x": "north", "y": "south", "hub": "north"})
    assert (bridge.groups, bridge.brokerage) == (("north", "south"), 1)
    (bridge,) = bridges(network, by={"x": "north", "y": "south"})
    assert bridge.brokerage is None  # the hub belongs to no group
    assert set(bridge.standings) == {"betweenness", "constraint"}


def test_ranks_come_with_their_interval() -> None:
    story = Story()
    for number in range(8):
        story.event(f"e{number}", "hub", f"x{number}", document=f"d{number}", confidence=0.8)
    (bridge,) = bridges(Network.of(story.snapshot()))
    assert (bridge.low, bridge.high) == (1, 1)
    assert bridge.by_confidence == {0.5: 1, 0.7: 1, 0.9: None}


def test_bridges_as_a_table() -> None:
    table = bridge_table(bridges(Network.of(northeast())))
    (row,) = table.to_dict("records")
    assert (row["rank"], row["id"]) == (1, "neu")
    assert row["groups"] == "firm, government, university"
    assert row["evidence"] == "forum happened"


def test_the_sentence_tells_of_neighbours_of_different_sectors() -> None:
    (bridge,) = bridges(Network.of(northeast()))
    assert bridge.sentence is not None
    assert bridge.sentence.quote == "forum happened"  # of the agency and the firm, not the signing


def test_a_completed_event_proves_more_than_a_planned_one() -> None:
    story = Story().node("u", "University").node("g", "Agency")
    story.event("a-plan", "hub", "u", "g", status="planned").event("deed", "hub", "u", "g")
    story.event("other", "hub", "f")
    (bridge,) = bridges(Network.of(story.snapshot()))
    assert bridge.sentence is not None
    assert bridge.sentence.quote == "deed happened"


def test_the_most_between_come_first_and_equals_by_id() -> None:
    story = Story()
    for a, b in ("ab", "bc", "cd", "de"):
        story.event(f"{a}{b}", a, b)
    network = Network.of(story.snapshot())
    assert [bridge.node.id for bridge in bridges(network)] == ["c", "b", "d"]
    assert [bridge.rank for bridge in bridges(network, 2)] == [1, 2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top": 0}, "top 0 is less than 1"),
        ({"weights": {"fame": 1}}, "component 'fame' is unknown; choose from betweenness"),
        ({"weights": {"betweenness": 0}}, "one above 0"),
        ({"by": "colour"}, "grouping 'colour' is unknown"),
    ],
)
def test_what_makes_no_sense_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        bridges(Network.of(northeast()), **options)
