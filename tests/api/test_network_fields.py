"""Measures of whole networks, asked over the API: the same as in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.api.conftest import Ask
from trihelix.api.context import Answers
from trihelix.graph import brokerage, communities, mixing, roles, structure
from trihelix.graph.bridges import bridges
from trihelix.graph.centrality import MEASURES, rank
from trihelix.graph.helix import triple_helix
from trihelix.graph.network import Network
from trihelix.graph.view import View


@pytest.fixture
def network(shores: Answers) -> Network:
    """The network of every organization."""
    return Network.of(shores.snapshot)


def test_a_network_in_figures(measured: Ask, network: Network) -> None:
    found = measured(
        """{ network {
            nodes links isolated meanDegree density components largestComponent largestShare
            transitivity diameter { lower upper exact } cutLinks
            articulationPoints { totalCount nodes { name } }
        } }"""
    )["network"]
    assert found == {
        "nodes": 10,
        "links": 14,
        "isolated": 1,
        "meanDegree": 2.8,
        "density": 14 / 45,
        "components": 2,
        "largestComponent": 9,
        "largestShare": 0.9,
        "transitivity": structure.transitivity(network),
        "diameter": {"lower": 4, "upper": 4, "exact": True},
        "cutLinks": 0,
        "articulationPoints": {"totalCount": 1, "nodes": [{"name": "联合研究院"}]},
    }


def test_a_network_without_nodes_has_figures_too(measured: Ask) -> None:
    found = measured(
        """{ network(view: {kinds: [Hospital]}) {
            nodes density components largestShare diameter { lower }
            articulationPoints { totalCount }
        } communities(view: {kinds: [Hospital]}) { totalCount modularity } }"""
    )
    assert found == {
        "network": {
            "nodes": 0,
            "density": 0.0,
            "components": 0,
            "largestShare": 0.0,
            "diameter": None,
            "articulationPoints": {"totalCount": 0},
        },
        "communities": {"totalCount": 0, "modularity": 0.0},
    }


@pytest.mark.parametrize("measure", MEASURES)
def test_rankings_are_those_of_the_python_api(
    measured: Ask, network: Network, measure: str
) -> None:
    query = """query ($m: Measure!) { centrality(measure: $m) {
        sampling { method } nodes { rank score plusMinus entity { id } organization { id } }
    } }"""
    found = measured(query, m=measure)["centrality"]
    table = rank(network, measure)
    assert found["sampling"] is None
    assert found["nodes"] == [
        {"rank": at, "score": score, "plusMinus": 0, "entity": {"id": i}, "organization": {"id": i}}
        for at, score, i in zip(table["rank"], table["score"], table["id"], strict=True)
    ]


def test_a_sampled_ranking_tells_its_error(measured: Ask, network: Network) -> None:
    query = """{ centrality(measure: betweenness, options: {samples: 4, seed: 7}) {
        sampling { method samples seed confidence error } nodes { score plusMinus }
    } }"""
    found = measured(query)["centrality"]
    table = rank(network, "betweenness", samples=4, seed=7)
    assert found["sampling"] == table.attrs["sampled"]
    assert [n["plusMinus"] for n in found["nodes"]] == table["plus_minus"].tolist()
    assert max(n["plusMinus"] for n in found["nodes"]) == found["sampling"]["error"] > 0


def test_persons_can_be_ranked_too(measured: Ask) -> None:
    query = """{ centrality(measure: degree, view: {persons: nodes}) {
        nodes { entity { id } organization { id } }
    } }"""
    found = measured(query)["centrality"]["nodes"]
    assert {"entity": {"id": "lin"}, "organization": None} in found


@pytest.mark.parametrize(
    ("view", "options"),
    [
        ('asOf: "2021-02"', {"as_of": "2021-02"}),
        ('since: "2021", until: "2022"', {"since": "2021", "until": "2022"}),
        ("minConfidence: 0.8, component: giant", {"confidence": 0.8, "component": "giant"}),
        ("minSources: 2", {"min_sources": 2}),
        ("weighting: count, maxParticipants: 2", {"weighting": "count", "max_participants": 2}),
        ("weighting: recency, halfLife: 365", {"weighting": "recency", "half_life": 365.0}),
        ("events: [], persons: bridges", {"events": (), "persons": "bridges"}),
        (
            "relations: [HOLDS_POST], persons: nodes",
            {"relations": ("HOLDS_POST",), "persons": True},
        ),
        ("kinds: [University, Firm]", {"kinds": ("University", "Firm")}),
        ("statuses: [planned]", {"statuses": ("planned",)}),
    ],
)
def test_every_option_of_a_view(
    measured: Ask, shores: Answers, view: str, options: dict[str, Any]
) -> None:
    query = "{ centrality(measure: strength, view: {%s}) { nodes { score entity { id } } } }"
    table = rank(Network.of(shores.snapshot, View(**options)), "strength")
    found = measured(query % view)["centrality"]["nodes"]
    assert [n["entity"]["id"] for n in found] == table["id"].tolist()
    assert [n["score"] for n in found] == table["score"].tolist()


def test_bridges_show_what_their_score_is_made_of(measured: Ask, network: Network) -> None:
    query = """{ bridges(by: region, weights: [{part: betweenness, weight: 2},
                                               {part: brokerage, weight: 1}], resamples: 20) {
        rank score parts { part value standing } organization { id } groups neighbours
        rankInterval { low high } rankByConfidence { confidence rank } evidence { quote }
    } }"""
    weights = {"betweenness": 2.0, "brokerage": 1.0}
    expected = bridges(network, by="region", weights=weights, resamples=20)
    found = measured(query)["bridges"]
    assert found[0]["organization"] == {"id": "lab"}
    assert found[0]["groups"] == ["江苏省", "辽宁省"]
    for one, other in zip(found, expected, strict=True):
        parts = {p["part"]: (p["value"], p["standing"]) for p in one["parts"]}
        assert one["score"] == other.score
        assert parts["brokerage"] == (other.brokerage, other.standings["brokerage"])
        assert parts["constraint"][0] == other.constraint
        assert one["rankInterval"] == {"low": other.low, "high": other.high}
        by_confidence = {r["confidence"]: r["rank"] for r in one["rankByConfidence"]}
        assert by_confidence == other.by_confidence


@pytest.mark.parametrize("by", ["sector", "kind", "place", "region", "community", "component"])
def test_brokers_by_any_grouping(measured: Ask, network: Network, by: str) -> None:
    query = """query ($by: Grouping!) { brokerage(by: $by, role: liaison) { totalCount nodes {
        entity { id } group participation withinGroupZ roles { role raw expected z }
    } } }"""
    found = measured(query, by=by)["brokerage"]
    expected = roles.brokerage(network, by)
    z = expected.z
    share = roles.participation(network, by)
    liaisons = [
        next(r["raw"] for r in n["roles"] if r["role"] == "liaison") for n in found["nodes"]
    ]
    assert liaisons == sorted(liaisons, reverse=True)
    assert found["totalCount"] == len(network) - expected.left_out
    for node in found["nodes"]:
        at = network.position[node["entity"]["id"]]
        assert node["participation"] == share[at]
        assert node["group"] == expected.groups.names[expected.groups.codes[at]]
        assert [r["raw"] for r in node["roles"]] == expected.raw[at].tolist()
        assert [r["expected"] for r in node["roles"]] == expected.expected[at].tolist()
        assert [r["z"] for r in node["roles"]] == [None if np.isnan(v) else v for v in z[at]]


def test_the_structural_holes_of_an_organization(measured: Ask, network: Network) -> None:
    query = """{ organization(name: "联合研究院") {
        structuralHoles { constraint effectiveSize efficiency hierarchy }
        light: structuralHoles(weighted: false) { constraint }
        outside: structuralHoles(view: {kinds: [Firm]}) { constraint }
        brokerage(by: region) { group roles { role raw } }
    } island: organization(name: "孤岛公司") {
        structuralHoles { constraint hierarchy } brokerage(by: region) { group }
    } }"""
    found, at = measured(query), network.position["lab"]
    one = found["organization"]
    assert one["structuralHoles"] == {
        "constraint": brokerage.constraint(network)[at],
        "effectiveSize": brokerage.effective_size(network)[at],
        "efficiency": brokerage.efficiency(network)[at],
        "hierarchy": brokerage.hierarchy(network)[at],
    }
    assert one["light"] == {"constraint": brokerage.constraint(network, weighted=False)[at]}
    assert one["outside"] is None
    assert one["brokerage"]["group"] == "辽宁省"
    assert found["island"] == {
        "structuralHoles": {"constraint": None, "hierarchy": None},
        "brokerage": None,
    }


def test_communities_with_their_members(measured: Ask, network: Network) -> None:
    query = """{ communities(seed: 3) {
        totalCount modularity nodes { number size members { totalCount nodes { id } } }
    } }"""
    found = measured(query)["communities"]
    labels = communities.communities(network, seed=3)
    assert found["totalCount"] == labels.max() + 1
    assert found["modularity"] == communities.modularity(network, labels)
    for one in found["nodes"]:
        members = {node["id"] for node in one["members"]["nodes"]}
        assert members == {
            network.nodes[i].id for i in np.flatnonzero(labels == one["number"]).tolist()
        }
        assert one["size"] == one["members"]["totalCount"] == len(members)
    assert [one["size"] for one in found["nodes"]] == sorted(
        (one["size"] for one in found["nodes"]), reverse=True
    )


def test_communities_and_their_members_come_in_pages(measured: Ask) -> None:
    query = """query ($after: String) { communities(first: 1, after: $after) {
        nodes { number members(first: 2) { nodes { id } pageInfo { hasNextPage } } }
        pageInfo { hasNextPage endCursor }
    } }"""
    one = measured(query)["communities"]
    two = measured(query, after=one["pageInfo"]["endCursor"])["communities"]
    assert [c["nodes"][0]["number"] for c in (one, two)] == [0, 1]
    assert one["nodes"][0]["members"]["pageInfo"]["hasNextPage"]


def test_how_groups_mix(measured: Ask, network: Network) -> None:
    query = """{ mixing(by: region) {
        pairs { nodes { source target links expectedLinks linksRatio weight } }
        groups { nodes { group nodes internal external eiIndex } }
        assortativity weightedAssortativity degreeAssortativity eiIndex
    } }"""
    found = measured(query)["mixing"]
    table = mixing.mixing(network, "region").set_index(["source", "target"])
    for pair in found["pairs"]["nodes"]:
        row = table.loc[(pair["source"], pair["target"])]
        assert pair["links"] == row["links"]
        assert pair["expectedLinks"] == row["expected_links"]
        assert pair["linksRatio"] == row["links_ratio"]
    assert [p["links"] for p in found["pairs"]["nodes"]] == [7, 5, 2]
    assert found["assortativity"] == mixing.assortativity(network, "region")
    assert found["degreeAssortativity"] == mixing.degree_assortativity(network)
    assert found["eiIndex"] == mixing.ei_index(network, "region")
    assert {g["group"]: g["nodes"] for g in found["groups"]["nodes"]} == {"江苏省": 4, "辽宁省": 5}


def test_the_triple_helix_by_place_and_period(measured: Ask, shores: Answers) -> None:
    query = """{ tripleHelix(by: [region, year], view: {until: "2021"}) { nodes {
        region year place units counts { u i g ui ug ig uig } entropies { u uig }
        transmissions { ui ug ig uig }
    } } all: tripleHelix(unit: document) { totalCount nodes { units transmissions { uig } } } }"""
    found = measured(query)
    table = triple_helix(shores.snapshot, by=("region", "year"), view=View(until="2021"))
    rows = found["tripleHelix"]["nodes"]
    assert [(r["region"], r["year"]) for r in rows] == list(
        zip(table["region"], table["year"], strict=True)
    )
    assert [r["transmissions"]["uig"] for r in rows] == table["T_uig"].tolist()
    assert [r["counts"]["uig"] for r in rows] == table["uig"].tolist()
    assert {r["place"] for r in rows} == {None}
    documents = triple_helix(shores.snapshot, unit="document")
    assert found["all"] == {
        "totalCount": 1,
        "nodes": [{"units": documents["n"][0], "transmissions": {"uig": documents["T_uig"][0]}}],
    }


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("{ centrality(measure: fame) { totalCount } }", "BAD_USER_INPUT", "fame"),
        (
            "{ centrality(measure: degree, options: {damping: 0.5}) { totalCount } }",
            "BAD_USER_INPUT",
            "degree has no option damping",
        ),
        (
            "{ centrality(measure: betweenness, options: {samples: 0}) { totalCount } }",
            "BAD_USER_INPUT",
            "1 to 20000",
        ),
        (
            "{ centrality(measure: betweenness, options: {error: 0.0001}) { totalCount } }",
            "BAD_USER_INPUT",
            "0.005",
        ),
        (
            "{ centrality(measure: pagerank, options: {damping: 1.0}) { totalCount } }",
            "BAD_USER_INPUT",
            "0 to 0.99",
        ),
        ("{ bridges(resamples: 101) { rank } }", "BAD_USER_INPUT", "0 to 100"),
        ("{ bridges(seed: -1) { rank } }", "BAD_USER_INPUT", "seed"),
        (
            "{ bridges(weights: [{part: brokerage, weight: -1}]) { rank } }",
            "BAD_USER_INPUT",
            "0 to 1000",
        ),
        (
            "{ bridges(weights: [{part: brokerage, weight: 0}]) { rank } }",
            "BAD_USER_INPUT",
            "one above 0",
        ),
        (
            "{ network(view: {weighting: recency, halfLife: 0}) { nodes } }",
            "BAD_USER_INPUT",
            "1 to 100000",
        ),
        ("{ bridges(by: colour) { rank } }", "BAD_USER_INPUT", "colour"),
        ("{ communities(resolution: 0) { totalCount } }", "BAD_USER_INPUT", "0.01 to 100"),
        ("{ network(view: {minConfidence: 2}) { nodes } }", "BAD_USER_INPUT", "between 0 and 1"),
        ("{ network(view: {minSources: 0}) { nodes } }", "BAD_USER_INPUT", "min_sources"),
        ("{ network(view: {maxParticipants: 1}) { nodes } }", "BAD_USER_INPUT", "less than 2"),
        ("{ network(view: {halfLife: 10}) { nodes } }", "BAD_USER_INPUT", "recency"),
        ("{ network(view: {kinds: []}) { nodes } }", "BAD_USER_INPUT", "no kind of node"),
        ("{ network(view: {statuses: [cancelled]}) { nodes } }", "BAD_USER_INPUT", "cancelled"),
        ('{ network(view: {since: "2023", until: "2020"}) { nodes } }', "BAD_USER_INPUT", "after"),
        ('{ network(view: {asOf: "soon"}) { nodes } }', "BAD_USER_INPUT", "2023-04-25"),
        ("{ network(view: {colour: red}) { nodes } }", "BAD_USER_INPUT", "colour"),
        ("{ tripleHelix(by: [river]) { totalCount } }", "BAD_USER_INPUT", "river"),
        ("{ brokerage(first: 101) { totalCount } }", "BAD_USER_INPUT", "0 to 100"),
        ('{ mixing { pairs(after: "forged") { totalCount } } }', "BAD_USER_INPUT", "no cursor"),
    ],
)
def test_mistakes_about_measures_are_told(misled: Ask, query: str, code: str, words: str) -> None:
    found, message = misled(query)
    assert found == code
    assert words in message


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], list[str]]:
    """Count the calls of a function of a module."""

    def watch(module: object, name: str) -> list[str]:
        calls: list[str] = []
        function = getattr(module, name)

        def called(*args: Any, **kwargs: Any) -> Any:
            calls.append(name)
            return function(*args, **kwargs)

        monkeypatch.setattr(module, name, called)
        return calls

    return watch


def test_a_list_of_organizations_is_measured_once(
    shores: Answers, counted: Callable[[object, str], list[str]]
) -> None:
    from trihelix.api.query import execute

    fresh = Answers(shores.snapshot)
    networks = counted(Network, "of")
    measured = [
        counted(module, name)
        for module, name in (
            (brokerage, "constraint"),
            (brokerage, "hierarchy"),
            (roles, "brokerage"),
        )
    ]
    query = """{ organizations { nodes {
        structuralHoles { constraint effectiveSize hierarchy }
        brokerage { roles { raw } participation }
        again: structuralHoles { efficiency }
    } } brokerage { nodes { group } } }"""
    assert "errors" not in execute(fresh, query)
    assert "errors" not in execute(fresh, query)
    assert len(networks) == 1
    assert [len(calls) for calls in measured] == [1, 1, 1]
