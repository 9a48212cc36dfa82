"""What can be asked, and what is answered."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_required_argument,
)

from tests.api.conftest import Ask
from trihelix.api.context import Answers
from trihelix.api.query import execute, schema


@pytest.mark.parametrize(
    "name", ["neu", "东北大学", "Northeastern University", "northeastern  UNIVERSITY"]
)
def test_an_organization_by_id_name_alias_or_english_name(ask: Ask, name: str) -> None:
    found = ask("query ($name: String!) { organization(name: $name) { id name } }", name=name)
    assert found == {"organization": {"id": "neu", "name": "东北大学"}}


def test_what_an_organization_is(ask: Ask) -> None:
    found = ask(
        """{ organization(id: "neu") {
            name aliases kind kindLabel english: kindLabel(language: en) sector place key
            parent { name } units { nodes { name parent { name } } }
            people { totalCount nodes { person { name } organization { name } kind title } }
        } }"""
    )["organization"]
    assert found == {
        "name": "东北大学",
        "aliases": ["东大", "Northeastern University"],
        "kind": "University",
        "kindLabel": "高校",
        "english": "University",
        "sector": "university",
        "place": "辽宁省沈阳市",
        "key": None,
        "parent": None,
        "units": {"nodes": [{"name": "东北大学计算机学院", "parent": {"name": "东北大学"}}]},
        "people": {
            "totalCount": 1,
            "nodes": [
                {
                    "person": {"name": "冯教授"},
                    "organization": {"name": "东北大学"},
                    "kind": "HOLDS_POST",
                    "title": "校长",
                }
            ],
        },
    }


def test_collaborators_are_told_with_what_is_shared(ask: Ask) -> None:
    query = """{ organization(name: "东北大学") { collaborators { totalCount nodes {
        organization { name } weight documentCount firstDate lastDate
        events { totalCount nodes { kind } } relations { nodes { kind } }
    } } } }"""
    found = ask(query)["organization"]["collaborators"]
    assert [n["organization"]["name"] for n in found["nodes"]] == [
        "鞍钢集团",
        "东北大学计算机学院",
        "辽宁省教育厅",
    ]
    ansteel, school, _ = found["nodes"]
    assert ansteel["events"]["totalCount"] == 3
    assert [e["kind"] for e in ansteel["events"]["nodes"]] == [
        "Signing",
        "Collaboration",
        "Convening",
    ]
    assert (ansteel["firstDate"], ansteel["lastDate"]) == ("2021-02-03", "2023-04")
    assert ansteel["documentCount"] == 2
    assert school["relations"]["nodes"] == [{"kind": "PART_OF"}] * 2


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("kinds: [Agency]", ["辽宁省教育厅"]),
        ("events: [Signing], relations: []", ["鞍钢集团"]),
        ("events: [], relations: [PART_OF]", ["东北大学计算机学院"]),
        ('since: "2023-04", relations: []', ["鞍钢集团"]),
        ("minConfidence: 0.95", []),
    ],
)
def test_collaborators_can_be_filtered(ask: Ask, filters: str, names: list[str]) -> None:
    found = ask(
        f"""{{ organization(id: "neu") {{
            collaborators({filters}) {{ nodes {{ organization {{ name }} }} }}
        }} }}"""
    )["organization"]["collaborators"]["nodes"]
    assert [n["organization"]["name"] for n in found] == names


def test_an_event_has_dates_roles_and_sentences(ask: Ask) -> None:
    found = ask(
        """{ event(id: "forum") {
            kind kindLabel date status statusLabel confidence
            participants(role: [organizer, speaker]) { role roleLabel entity { __typename name } }
            evidence { quote start end document { id } }
        } }"""
    )["event"]
    assert found == {
        "kind": "Convening",
        "kindLabel": "会议活动",
        "date": "XXXX-04-25",
        "status": "completed",
        "statusLabel": "完成",
        "confidence": 0.9,
        "participants": [
            {
                "role": "organizer",
                "roleLabel": "主办方",
                "entity": {"__typename": "Organization", "name": "辽宁省教育厅"},
            },
            {
                "role": "speaker",
                "roleLabel": "发言者",
                "entity": {"__typename": "Person", "name": "冯教授"},
            },
        ],
        "evidence": [{"quote": "forum happened", "start": 0, "end": 14, "document": {"id": "d1"}}],
    }


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("", ["signing", "deal", "research", "forum"]),
        ("kind: Signing", ["signing"]),
        ("status: [planned, cancelled]", ["deal", "research"]),
        ('since: "2023"', ["signing", "deal"]),
        ('until: "2021-12"', ["research"]),
    ],
)
def test_events_newest_first_and_filtered(ask: Ask, filters: str, ids: list[str]) -> None:
    arguments = f"({filters})" if filters else ""
    found = ask(f"{{ events{arguments} {{ nodes {{ id }} }} }}")["events"]["nodes"]
    assert [e["id"] for e in found] == ids


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ('search: "东北"', ["东北大学", "东北大学计算机学院"]),
        ('search: "neusoft"', ["东软集团"]),
        ('search: "ansteel group"', ["鞍钢集团"]),
        ('sector: firm, place: "鞍山"', ["鞍钢集团"]),
        ("kind: [Agency]", ["辽宁省教育厅"]),
        ('search: "没有这个"', []),
    ],
)
def test_organizations_are_searched_and_filtered(ask: Ask, filters: str, names: list[str]) -> None:
    found = ask(f"{{ organizations({filters}) {{ totalCount nodes {{ name }} }} }}")
    assert [n["name"] for n in found["organizations"]["nodes"]] == names
    assert found["organizations"]["totalCount"] == len(names)


def test_people_and_their_posts(ask: Ask) -> None:
    found = ask("{ people { nodes { name posts { nodes { title organization { name } } } } } }")
    assert found["people"]["nodes"] == [
        {
            "name": "冯教授",
            "posts": {
                "nodes": [
                    {"title": "校长", "organization": {"name": "东北大学"}},
                    {"title": "独立董事", "organization": {"name": "东软集团"}},
                ]
            },
        }
    ]


def test_documents_newest_first(ask: Ask) -> None:
    assert ask("{ documents { nodes { id published } } }")["documents"]["nodes"] == [
        {"id": "d1", "published": "2023-05-01"},
        {"id": "d2", "published": "2021-03-01"},
    ]
    assert ask('{ documents(search: "OF D2", language: [zh]) { totalCount } }') == {
        "documents": {"totalCount": 1}
    }


def test_a_path_explains_every_hop(ask: Ask) -> None:
    (found,) = ask(
        """{ path(from: "冯教授", to: "东北大学计算机学院", relations: null) {
            length nodes { name }
            hops { from { name } to { name } documentCount
                   supports { kind kindLabel title fromRoles toRoles evidence { quote } } }
        } }"""
    )["path"]
    assert found["length"] == 2
    assert [n["name"] for n in found["nodes"]] == ["冯教授", "东北大学", "东北大学计算机学院"]
    last = found["hops"][1]
    assert (last["from"]["name"], last["to"]["name"]) == ("东北大学", "东北大学计算机学院")
    assert last["documentCount"] == 2
    assert last["supports"][0] == {
        "kind": "PART_OF",
        "kindLabel": "隶属",
        "title": None,
        "fromRoles": ["target"],
        "toRoles": ["source"],
        "evidence": [{"quote": "cs PART_OF neu"}],
    }


def test_k_shortest_paths_come_in_order(ask: Ask) -> None:
    found = ask('{ path(from: "辽宁省教育厅", to: "Ansteel Group Co., Ltd.", k: 5) { length } }')
    assert [p["length"] for p in found["path"]] == [1, 2]


def test_a_path_may_end_at_a_place(ask: Ask) -> None:
    (found,) = ask('{ path(from: "东软集团", to: "沈阳") { nodes { __typename name } } }')["path"]
    assert found["nodes"][-1] == {"__typename": "Place", "name": "沈阳"}


@pytest.mark.parametrize(
    "measure",
    ["degree", "strength", "pagerank", "betweenness", "closeness", "eigenvector", "constraint"],
)
def test_the_university_is_central_by_every_measure(ask: Ask, measure: str) -> None:
    query = """query ($m: Measure!) {
        centrality(measure: $m) { nodes { rank score organization { name } } }
    }"""
    rows = ask(query, m=measure)["centrality"]["nodes"]
    assert rows[0]["organization"]["name"] == "东北大学"
    assert [r["rank"] for r in rows] == sorted(r["rank"] for r in rows)
    scores = [r["score"] for r in rows]
    assert scores == sorted(scores, reverse=measure != "constraint")


def test_a_ranking_lists_some_and_measures_all(ask: Ask) -> None:
    (row,) = ask(
        """{ centrality(measure: degree, sector: [firm], place: "鞍山") {
            nodes { rank score organization { name } }
        } }"""
    )["centrality"]["nodes"]
    assert row == {"rank": 1, "score": 0.4, "organization": {"name": "鞍钢集团"}}


def test_a_ranking_follows_its_view(ask: Ask) -> None:
    rows = ask(
        """{ centrality(measure: degree, since: "2023-04", events: [Signing], relations: [],
                        kinds: [University, Firm]) {
            nodes { score organization { name } }
        } }"""
    )["centrality"]["nodes"]
    assert {r["organization"]["name"] for r in rows if r["score"] > 0} == {"东北大学", "鞍钢集团"}


def test_bridges_connect_sectors_and_show_it(ask: Ask) -> None:
    (bridge,) = ask(
        """{ bridges {
            rank score neighbours sectors places organization { name } evidence { quote }
        } }"""
    )["bridges"]
    assert bridge["organization"]["name"] == "东北大学"
    assert bridge["sectors"] == ["firm", "government", "university"]
    assert bridge["evidence"] == {"quote": "forum happened"}


def test_counts(ask: Ask) -> None:
    found = ask(
        """{ revision counts {
            documents organizations people entities events relations
            organizationsBySector { name label count }
            eventsByKind { name count } relationsByKind { name label count }
        } }"""
    )
    counts = found["counts"]
    assert found["revision"] == 1
    assert (counts["organizations"], counts["people"], counts["entities"]) == (6, 1, 8)
    assert counts["organizationsBySector"][0] == {"name": "university", "label": "高校", "count": 3}
    assert sum(k["count"] for k in counts["eventsByKind"]) == counts["events"] == 4
    assert {"name": "PART_OF", "label": "隶属", "count": 2} in counts["relationsByKind"]


@pytest.mark.parametrize(
    ("id_", "typename"),
    [
        ("neu", "Organization"),
        ("feng", "Person"),
        ("shenyang", "Place"),
        ("forum", "Event"),
        ("d1", "Document"),
    ],
)
def test_anything_is_found_by_its_id(ask: Ask, id_: str, typename: str) -> None:
    found = ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=id_)
    assert found["node"] == {"__typename": typename, "id": id_}


def _selection(kind: Any, depth: int) -> str:
    """Every field of a type that needs no argument, `depth` levels deep."""
    kind = get_named_type(kind)
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    if depth == 0:
        return "{ __typename }"
    return "{ __typename " + " ".join(_field(n, f, depth) for n, f in kind.fields.items()) + " }"


def _field(name: str, field: GraphQLField, depth: int) -> str:
    connection = get_named_type(field.type).name.endswith("Connection")
    return f"{name} {_selection(field.type, depth if connection else depth - 1)}"


CORE = schema._schema
ENTRIES = {
    "Organization": 'organization(id: "neu")',
    "Person": 'person(name: "冯教授")',
    "Place": 'node(id: "shenyang") { ... on Place',
    "Event": 'event(id: "signing")',
    "Document": 'document(id: "d1")',
    "Path": 'path(from: "东北大学计算机学院", to: "鞍钢集团", k: 3)',
    "RankingConnection": "centrality(measure: pagerank)",
    "ShortestPaths": 'allShortestPaths(from: "东北大学计算机学院", to: "鞍钢集团")',
    "Bridge": "bridges",
    "Network": "network",
    "BrokerageConnection": "brokerage",
    "CommunityConnection": "communities",
    "Mixing": "mixing",
    "TripleHelixConnection": "tripleHelix(by: [year, region])",
    "PredictedLink": "predictedLinks",
    "Removal": 'whatIf(remove: ["neu"])',
    "Critical": "mostCritical",
    "Trend": "trend(measure: degree)",
    "Turnover": "turnover",
    "SeenConnection": "seen",
    "Counts": "counts",
}


@pytest.mark.parametrize("name", ENTRIES)
def test_every_field_of_every_type_answers(answers: Answers, name: str) -> None:
    entry = ENTRIES[name]
    close = " }" if "{" in entry else ""
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    for field, definition in kind.fields.items():
        inner = _field(field, definition, 2)
        answer = execute(answers, f"{{ {entry} {{ {inner} }}{close} }}")
        assert "errors" not in answer, (field, answer["errors"])


def test_the_entries_reach_every_type() -> None:
    seen: set[str] = set()
    waiting = [*ENTRIES]
    while waiting:
        name = waiting.pop()
        kind = CORE.type_map[name]
        if name in seen or not isinstance(kind, GraphQLObjectType):
            continue
        seen.add(name)
        for field in kind.fields.values():
            assert not any(map(is_required_argument, field.args.values())), "would not be asked"
            waiting.append(get_named_type(field.type).name)
    connections = {"Connection", "Edge", "PageInfo"}
    unseen = {
        name
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLObjectType)
        and not name.startswith("__")
        and not name.endswith(tuple(connections))
    } - seen
    assert unseen == {"Query", "Project", "Technology"}  # the last two have the fields of Place
