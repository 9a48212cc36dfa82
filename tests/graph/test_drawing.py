from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.drawing import COLOURS, Picture, ego_svg
from trihelix.graph.network import Network
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError, NotFoundError

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: Picture) -> list[str]:
    return [t.text or "" for t in ElementTree.fromstring(str(picture)).iter(f"{SVG}text")]


def test_a_node_is_drawn_with_its_neighbours_and_a_legend() -> None:
    picture = ego_svg(Network.of(northeast()), "neu")
    assert set(texts(picture)) == {
        *("东北大学", "东北大学计算机学院", "鞍钢集团", "辽宁省教育厅"),
        *("university", "firm", "government"),
    }
    root = ElementTree.fromstring(str(picture))
    assert len(list(root.iter(f"{SVG}line"))) == 4
    fills = {c.get("fill") for c in root.iter(f"{SVG}circle")}
    assert fills == {COLOURS[s] for s in ("university", "firm", "government")}


def test_radius_and_most_bound_the_picture() -> None:
    story = Story().event("e1", "a", "b").event("e2", "b", "c").event("e3", "a", "d")
    story.event("e4", "a", "d")
    network = Network.of(story.snapshot())
    assert set(texts(ego_svg(network, "a"))) == {"a", "b", "d", "firm"}
    assert set(texts(ego_svg(network, "a", radius=2))) == {"a", "b", "c", "d", "firm"}
    assert set(texts(ego_svg(network, "a", most=1))) == {"a", "d", "firm"}  # the stronger link


def test_the_same_network_gives_the_same_picture() -> None:
    network = Network.of(northeast(), View(persons="nodes"))
    assert str(ego_svg(network, "neu")) == str(ego_svg(network, "neu"))


def test_names_cannot_break_the_picture() -> None:
    story = Story().node("a", "Firm", "<script>&\"'").event("e", "a", "b")
    assert "<script>&\"'" in texts(ego_svg(Network.of(story.snapshot()), "a"))


def test_a_picture_refers_to_nothing_outside_itself() -> None:
    picture = ego_svg(Network.of(northeast()), "neu")
    assert picture._repr_svg_() == str(picture)
    assert str(picture).count("http") == 1  # the name of the SVG namespace
    assert "url(" not in str(picture)


def test_a_node_alone_is_drawn_alone() -> None:
    assert texts(ego_svg(Network.of(northeast()), "seu")) == ["东南大学", "university"]


def test_what_cannot_be_drawn_is_refused() -> None:
    network = Network.of(northeast())
    with pytest.raises(NotFoundError):
        ego_svg(network, "nobody")
    with pytest.raises(ConfigurationError, match="radius 0 and most 40 must be at least 1"):
        ego_svg(network, "neu", radius=0)
