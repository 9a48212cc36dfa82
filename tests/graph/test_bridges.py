from __future__ import annotations

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.bridges import bridges
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError


def test_a_bridge_names_the_sectors_and_places_that_it_connects() -> None:
    (bridge,) = bridges(Network.of(northeast()))
    assert (bridge.rank, bridge.node.id, bridge.neighbours) == (1, "neu", 3)
    assert bridge.sectors == ("firm", "government", "university")
    assert bridge.places == ("辽宁省沈阳市", "辽宁省鞍山市")
    assert bridge.score == pytest.approx(2 / 10)  # two of the ten pairs of the other five


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


def test_a_top_below_one_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="top 0 is less than 1"):
        bridges(Network.of(northeast()), 0)
