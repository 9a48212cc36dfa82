"""Prediction, what-if and trends over the API: the same as in Python."""

from __future__ import annotations

import pytest

from tests.api.conftest import Ask
from trihelix.api.context import Answers
from trihelix.graph.network import Network
from trihelix.graph.prediction import INDICES, candidates, predict
from trihelix.graph.removal import most_critical, what_if
from trihelix.graph.trend import seen, series, turnover
from trihelix.graph.view import View


@pytest.fixture
def network(shores: Answers) -> Network:
    """The network of every organization."""
    return Network.of(shores.snapshot)


@pytest.mark.parametrize("by", INDICES)
def test_links_are_predicted_with_the_reasons(measured: Ask, network: Network, by: str) -> None:
    query = """query ($by: PredictionIndex!) { predictedLinks(by: $by, first: 5) {
        rank score source { id } target { id } scores { by value } shared { id }
    } }"""
    found = measured(query, by=by)["predictedLinks"]
    rows = predict(network, by, top=5).to_dict("records")
    assert found == [
        {
            "rank": row["rank"],
            "score": row["score"],
            "source": {"id": row["source"]},
            "target": {"id": row["target"]},
            "scores": [{"by": index, "value": row[index]} for index in INDICES],
            "shared": [{"id": id_} for id_ in row["shared_ids"]],
        }
        for row in rows
    ]


def test_predicted_links_may_have_to_cross_groups(measured: Ask, network: Network) -> None:
    query = """{
        regions: predictedLinks(across: region) { source { id } target { id } }
        ends: predictedLinks(sectors: [firm, null], places: [null, "江苏"]) {
            source { id } target { id }
        }
    }"""
    found = measured(query)
    for name, options in (
        ("regions", {"across": "region"}),
        ("ends", {"sectors": ("firm", None), "places": (None, "江苏")}),
    ):
        table = predict(network, **options)
        pairs = [(p["source"]["id"], p["target"]["id"]) for p in found[name]]
        assert pairs == list(zip(table["source"], table["target"], strict=True))
        assert pairs


def test_partners_of_one_organization_are_predicted(measured: Ask, network: Network) -> None:
    query = """{ organization(name: "鞍钢集团") {
        predictedLinks { rank score source { id } target { id } shared { name } }
        near: predictedLinks(place: "南京", across: region, first: 1) { target { id } }
        outside: predictedLinks(view: {kinds: [University]}) { rank }
    } }"""
    found = measured(query)["organization"]
    table = candidates(network, "ansteel")
    assert [p["target"]["id"] for p in found["predictedLinks"]] == table["id"].tolist()
    assert [p["score"] for p in found["predictedLinks"]] == table["score"].tolist()
    assert {p["source"]["id"] for p in found["predictedLinks"]} == {"ansteel"}
    assert found["near"] == [
        {"target": {"id": candidates(network, "ansteel", place="南京", top=1)["id"][0]}}
    ]
    assert found["outside"] == []


def test_what_would_be_lost_without_the_institute(measured: Ask, network: Network) -> None:
    query = """{ whatIf(remove: ["联合研究院"]) {
        removed { name } remaining joinedPairs brokenPairs componentsBefore componentsAfter
        largestBefore largestAfter efficiency { before after loss error samples }
        pieceCount pieces { size nodes { id } } cutOff { source { id } target { id } }
        replacements(first: 3) {
            entity { id } similarity adamicAdar sharedCount shared { id } brokered reconnects
        }
    } }"""
    found, expected = measured(query)["whatIf"], what_if(network, "lab")
    assert found["removed"] == [{"name": "联合研究院"}]
    assert (found["joinedPairs"], found["brokenPairs"]) == (28, 16)
    assert (found["componentsBefore"], found["componentsAfter"]) == (2, 3)
    assert (found["largestBefore"], found["largestAfter"]) == (9, 4)
    efficiency = expected.efficiency
    assert found["efficiency"] == {
        "before": efficiency.before,
        "after": efficiency.after,
        "loss": efficiency.loss,
        "error": 0,
        "samples": 9,
    }
    assert [piece["size"] for piece in found["pieces"]] == [4, 4]
    assert [(c["source"]["id"], c["target"]["id"]) for c in found["cutOff"]] == [
        (a.id, b.id) for a, b in expected.cut_off
    ]
    assert found["replacements"] == [
        {
            "entity": {"id": r.node.id},
            "similarity": r.similarity,
            "adamicAdar": r.adamic_adar,
            "sharedCount": len(r.shared),
            "shared": [{"id": node.id} for node in r.shared],
            "brokered": r.brokered,
            "reconnects": r.reconnects,
        }
        for r in expected.replacements[:3]
    ]


def test_several_may_be_removed_at_once_in_any_order(measured: Ask, network: Network) -> None:
    query = """{
        one: whatIf(remove: ["neu", "seu"]) { brokenPairs }
        other: whatIf(remove: ["seu", "neu", "neu"]) { brokenPairs removed { id } }
    }"""
    found = measured(query)
    assert found["one"]["brokenPairs"] == what_if(network, ["neu", "seu"]).broken_pairs
    assert found["one"]["brokenPairs"] == found["other"]["brokenPairs"]
    assert found["other"]["removed"] == [{"id": "neu"}, {"id": "seu"}]


def test_who_holds_the_network_together(measured: Ask, network: Network) -> None:
    query = "{ mostCritical { rank entity { id } brokenPairs pieces cutOff } }"
    (row,) = most_critical(network).to_dict("records")
    assert measured(query)["mostCritical"] == [
        {
            "rank": 1,
            "entity": {"id": "lab"},
            "brokenPairs": row["broken_pairs"],
            "pieces": row["pieces"],
            "cutOff": row["cut_off"],
        }
    ]


@pytest.mark.parametrize("span", ["growing", "each"])
def test_a_measure_year_by_year(measured: Ask, shores: Answers, span: str) -> None:
    query = """query ($span: TrendSpan!) { trend(measure: degree, span: $span, first: 3) {
        entity { id } points { year rank score nodes links }
    } }"""
    found = measured(query, span=span)["trend"]
    table = series(
        lambda view: Network.of(shores.snapshot, view),
        "degree",
        span=span,  # type: ignore[arg-type]
        top=3,
    )
    assert len(found) == 3
    for one in found:
        rows = table[table["id"] == one["entity"]["id"]]
        for name in ("year", "rank", "score", "nodes", "links"):
            assert [point[name] for point in one["points"]] == rows[name].tolist()
    assert [one["points"][-1]["rank"] for one in found] == sorted(
        one["points"][-1]["rank"] for one in found
    )


def test_some_organizations_may_be_followed_over_some_years(measured: Ask) -> None:
    query = """{ trend(measure: constraint, organizations: ["联合研究院", "孤岛公司"],
                       fromYear: 2020, toYear: 2022) { entity { id } points { year } } }"""
    assert measured(query)["trend"] == [
        {"entity": {"id": "lab"}, "points": [{"year": 2021}, {"year": 2022}]},
        {"entity": {"id": "island"}, "points": []},
    ]


def test_a_graph_without_dates_has_no_trend(measured: Ask) -> None:
    query = """{ trend(measure: degree, view: {events: [], relations: []}) { entity { id } }
                 turnover(view: {events: [], relations: []}) { year } }"""
    assert measured(query) == {"trend": [], "turnover": []}


def test_who_comes_and_who_goes(measured: Ask, network: Network) -> None:
    query = "{ turnover { year nodes links newcomers newLinks leavers lostLinks } }"
    found, table = measured(query)["turnover"], turnover(network)
    assert [row["year"] for row in found] == [2019, 2020, 2021, 2022, 2023]
    for name, column in (
        ("nodes", "nodes"),
        ("links", "links"),
        ("newcomers", "newcomers"),
        ("newLinks", "new_links"),
    ):
        assert [row[name] for row in found] == table[column].tolist()
    assert [row["leavers"] for row in found][:-1] == table["leavers"].tolist()[:-1]
    assert (found[-1]["leavers"], found[-1]["lostLinks"]) == (None, None)


def test_when_each_was_first_and_last_seen(measured: Ask, network: Network) -> None:
    query = """{ seen { totalCount nodes { entity { id } first last } }
                 organization(id: "lab") { seen { first last } early: seen(view: {until: "2021"}) {
                     first last } outside: seen(view: {kinds: [Firm]}) { first } } }"""
    found, table = measured(query), seen(network)
    assert [row["entity"]["id"] for row in found["seen"]["nodes"]] == table["id"].tolist()
    assert [row["first"] for row in found["seen"]["nodes"]][:-1] == table["first"].tolist()[:-1]
    assert found["seen"]["nodes"][-1] == {"entity": {"id": "island"}, "first": None, "last": None}
    assert found["organization"] == {
        "seen": {"first": "2021-11-11", "last": "2023-03-01"},
        "early": {"first": "2021-11-11", "last": "2021-11-11"},
        "outside": None,
    }


def test_one_query_combines_them(measured: Ask, shores: Answers) -> None:
    query = """query ($view: View) {
        network(view: $view) { links }
        bridges(view: $view, first: 1) { organization { name predictedLinks(first: 1, view: $view) {
            target { name } } } }
        whatIf(remove: "联合研究院", view: $view) { brokenPairs }
        paths(from: "neu", to: "nju", by: weakest_confidence, view: $view) { value }
    }"""
    found = measured(query, view={"minConfidence": 0.7, "component": "giant"})
    shown = Network.of(shores.snapshot, View(confidence=0.7, component="giant"))
    assert found["network"]["links"] == shown.size
    assert found["bridges"][0]["organization"]["name"] == "联合研究院"
    assert found["whatIf"]["brokenPairs"] == what_if(shown, "lab").broken_pairs
    assert found["paths"] == [{"value": 0.9}]


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("{ whatIf(remove: []) { remaining } }", "BAD_USER_INPUT", "1 to 20"),
        ('{ whatIf(remove: "不存在") { remaining } }', "NOT_FOUND", "不存在"),
        ('{ whatIf(remove: "东大") { remaining } }', "AMBIGUOUS_NAME", "东北大学"),
        ('{ whatIf(remove: "林院士") { remaining } }', "NOT_FOUND", "persons='nodes'"),
        ("{ predictedLinks(sectors: [firm]) { rank } }", "BAD_USER_INPUT", "pair"),
        ("{ predictedLinks(by: luck) { rank } }", "BAD_USER_INPUT", "luck"),
        ("{ predictedLinks(first: 0) { rank } }", "BAD_USER_INPUT", "1 to 100"),
        ("{ trend(measure: degree, fromYear: 0) { points { year } } }", "BAD_USER_INPUT", "1 to"),
        (
            "{ trend(measure: degree, fromYear: 1800, toYear: 2020) { points { year } } }",
            "BAD_USER_INPUT",
            "1 to 100 years",
        ),
        (
            "{ trend(measure: degree, fromYear: 2022, toYear: 2020) { points { year } } }",
            "BAD_USER_INPUT",
            "0 years",
        ),
        (
            '{ trend(measure: degree, view: {since: "2020"}) { points { year } } }',
            "BAD_USER_INPUT",
            "fromYear",
        ),
        (
            '{ trend(measure: degree, organizations: "不存在") { points { year } } }',
            "NOT_FOUND",
            "不存在",
        ),
        ("{ turnover(quiet: -1) { year } }", "BAD_USER_INPUT", "0 to 100"),
    ],
)
def test_mistakes_about_the_outlook_are_told(
    misled: Ask, query: str, code: str, words: str
) -> None:
    found, message = misled(query)
    assert found == code
    assert words in message
