"""Paths of every kind, asked over the API."""

from __future__ import annotations

import pytest

from tests.api.conftest import Ask
from trihelix.api.context import Answers
from trihelix.graph.network import Network
from trihelix.graph.paths import all_shortest, find_paths

ORDERS = [
    "hops",
    "strength",
    "confidence",
    "weakest_strength",
    "weakest_confidence",
    "weakest_sources",
    "arrival",
]


@pytest.mark.parametrize("by", ORDERS)
def test_paths_are_those_of_the_python_api(measured: Ask, shores: Answers, by: str) -> None:
    query = """query ($by: PathOrder!) {
        paths(from: "大连理工大学", to: "南京大学", by: $by, k: 3) {
            by value length dates loopless nodes { id }
        }
    }"""
    expected = find_paths(Network.of(shores.snapshot), "dut", "nju", by=by, k=3)  # type: ignore[arg-type]
    assert measured(query, by=by)["paths"] == [
        {
            "by": by,
            "value": path.value,
            "length": len(path),
            "dates": list(path.dates),
            "loopless": True,
            "nodes": [{"id": node.id} for node in path.nodes],
        }
        for path in expected
    ]


def ways(found: list[dict[str, list[dict[str, str]]]]) -> list[str]:
    """Paths by the ids of their nodes."""
    return ["-".join(node["id"] for node in path["nodes"]) for path in found]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ("", ["neu-lab-seu"]),
        ('via: ["南京大学"]', ["neu-lab-nju-seu"]),
        ('via: ["鞍钢集团", "南京大学"]', ["neu-ansteel-lab-nju-seu"]),
        ('since: "2019", until: "2022"', ["neu-lab-nju-seu"]),
        ("events: [Collaboration], relations: []", ["neu-lab-seu"]),
        ("inTime: certain", ["neu-lab-seu"]),
        ('by: arrival, inTime: certain, since: "2021"', ["neu-lab-seu"]),
        ("view: {minConfidence: 0.8}", ["neu-lab-nju-seu"]),
        ('view: {persons: nodes}, via: "lin"', ["neu-lab-lin-nju-seu"]),
        ("maxHops: 2, k: 5", ["neu-lab-seu"]),
    ],
)
def test_paths_meet_their_conditions(measured: Ask, conditions: str, expected: list[str]) -> None:
    found = measured(
        f'{{ paths(from: "东北大学", to: "东南大学" {conditions}) {{ nodes {{ id }} }} }}'
    )
    assert ways(found["paths"]) == expected


def test_a_path_may_avoid_nodes_kinds_and_sectors(measured: Ask) -> None:
    query = """{
        all: paths(from: "dut", to: "lab", k: 2) { nodes { id } }
        avoiding: paths(from: "dut", to: "lab", avoiding: ["东北大学"]) { nodes { id } }
        kinds: paths(from: "dut", to: "lab", kinds: [University]) { nodes { id } }
        sectors: paths(from: "dut", to: "lab", sectors: [firm]) { nodes { id } }
    }"""
    found = measured(query)
    assert ways(found["all"]) == ["dut-ansteel-lab", "dut-neu-lab"]
    assert ways(found["avoiding"]) == ways(found["sectors"]) == ["dut-ansteel-lab"]
    assert ways(found["kinds"]) == ["dut-neu-lab"]


def test_a_hop_is_explained_by_the_facts_that_were_allowed(measured: Ask) -> None:
    (path,) = measured(
        """{ paths(from: "lab", to: "nju", since: "2022", until: "2022") {
            hops { documentCount supports { event { id } evidence { quote } } }
        } }"""
    )["paths"]
    assert path["hops"] == [
        {
            "documentCount": 1,
            "supports": [{"event": {"id": "b2"}, "evidence": [{"quote": "b2 happened"}]}],
        }
    ]


def test_all_shortest_paths_and_how_many_they_are(measured: Ask, shores: Answers) -> None:
    query = """{ allShortestPaths(from: "大连理工大学", to: "熊猫电子", first: 2) {
        total length paths { nodes { id } hops { supports { kind } } }
    } }"""
    found = measured(query)["allShortestPaths"]
    expected = all_shortest(Network.of(shores.snapshot), "dut", "panda")
    assert found["total"] == expected.total == 4
    assert found["length"] == 4
    assert ways(found["paths"]) == ["-".join(n.id for n in path.nodes) for path in expected][:2]


def test_a_view_and_the_older_arguments_say_the_same(measured: Ask) -> None:
    query = """{
        old: path(from: "neu", to: "seu", minConfidence: 0.8, since: "2019") { nodes { id } }
        new: path(from: "neu", to: "seu", view: {minConfidence: 0.8, since: "2019"}) {
            nodes { id }
        }
        both: path(from: "neu", to: "seu", minConfidence: 0.8, view: {since: "2019"}) {
            nodes { id }
        }
    }"""
    found = measured(query)
    assert found["old"] == found["new"] == found["both"]
    assert ways(found["old"]) == ["neu-lab-nju-seu"]


def test_persons_link_the_organizations_where_they_hold_posts(measured: Ask) -> None:
    query = """{ paths(from: "lab", to: "nju", view: {events: [], persons: bridges}) {
        hops { supports { kind via { name } } }
    } }"""
    (path,) = measured(query)["paths"]
    assert path["hops"][0]["supports"][0] == {"kind": "HOLDS_POST", "via": {"name": "林院士"}}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ('from: "neu", to: "seu", k: 21', "BAD_USER_INPUT", "1 to 20"),
        ('from: "neu", to: "seu", maxHops: 0', "BAD_USER_INPUT", "1 to 100"),
        ('from: "neu", to: "seu", by: quickest', "BAD_USER_INPUT", "quickest"),
        ('from: "neu", to: "seu", by: strength, inTime: certain', "BAD_USER_INPUT", "in time"),
        ('from: "neu", to: "seu", via: "没有的机构"', "NOT_FOUND", "没有的机构"),
        ('from: "neu", to: "seu", via: "neu"', "BAD_USER_INPUT", "twice"),
        ('from: "neu", to: "seu", avoiding: "seu"', "BAD_USER_INPUT", "avoided"),
        ('from: "neu", to: "seu", since: "2023", until: "2020"', "BAD_USER_INPUT", "after"),
        ('from: "neu", to: "seu", relations: [], events: [Signing]', "NOT_FOUND", "no path"),
        ('from: "neu", to: "孤岛公司"', "NOT_FOUND", "components"),
        ('from: "东大", to: "neu"', "AMBIGUOUS_NAME", "东南大学"),
    ],
)
def test_mistakes_about_paths_are_told(misled: Ask, arguments: str, code: str, words: str) -> None:
    found, message = misled(f"{{ paths({arguments}) {{ length }} }}")
    assert found == code
    assert words in message


def test_at_most_twenty_names_are_looked_up(misled: Ask) -> None:
    names = ", ".join(['"neu"'] * 21)
    code, message = misled(f'{{ paths(from: "dut", to: "seu", avoiding: [{names}]) {{ length }} }}')
    assert (code, "0 to 20" in message) == ("BAD_USER_INPUT", True)
