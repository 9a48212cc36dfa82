"""Identity across documents. The names are invented unless the registry is under test."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trihelix.extraction.link import Links, link
from trihelix.extraction.naming import normal, without_legal_form
from trihelix.schema.records import Document, Entity, Extraction, Relation, Span


def document(
    text: str, *entities: tuple[str, str, tuple[str, ...]], posts: tuple[tuple[str, str], ...] = ()
) -> Extraction:
    """A document whose entities are (kind, name, aliases); posts are (person, organization)."""
    ids = {name: f"e{n}" for n, (_, name, _) in enumerate(entities, start=1)}
    return Extraction(
        document=Document.of(source=text, title="", body=text, language="zh"),
        entities=tuple(
            Entity(id=ids[name], kind=kind, name=name, aliases=aliases)
            for kind, name, aliases in entities
        ),
        relations=tuple(
            Relation(
                kind="HOLDS_POST",
                source=ids[person],
                target=ids[organization],
                confidence=1.0,
                evidence=(Span(start=0, end=1),),
            )
            for person, organization in posts
        ),
    )


def names(links: Links) -> list[str]:
    return sorted(node.name for node in links.nodes.values())


@pytest.mark.parametrize(
    ("full", "core"),
    [
        ("云帆智造（沈阳）股份有限公司", "云帆智造(沈阳)"),
        ("云帆智造集团有限公司", "云帆智造集团"),
        ("Harbor Robotics Co., Ltd.", "harbor robotics"),
        ("Harbor Robotics Inc.", "harbor robotics"),
        ("公司", "公司"),
    ],
)
def test_the_legal_form_says_nothing_about_identity(full: str, core: str) -> None:
    assert without_legal_form(full) == core


def test_names_are_compared_without_width_case_spaces_and_quotes() -> None:
    assert normal("“ＡＢＣ 创新”中心") == normal("abc创新中心")
    assert normal("Harbor  Robotics") == "harbor robotics"


def test_equal_names_are_one_node_and_others_are_not() -> None:
    links = link(
        [
            document("甲", ("Firm", "云帆智造有限公司", ())),
            document("乙", ("Firm", "云帆智造", ()), ("Firm", "远山科技", ())),
        ]
    )
    assert names(links) == ["云帆智造有限公司", "远山科技"]


def test_a_declared_alias_joins_the_short_name_in_another_document() -> None:
    full = document("甲", ("Firm", "沈阳浑河云帆机器人股份有限公司", ("云帆机器人",)))
    short = document("乙", ("Firm", "云帆机器人", ()))
    assert names(link([full, short])) == ["沈阳浑河云帆机器人股份有限公司"]


def test_a_declared_short_name_of_a_center_joins_but_the_end_of_a_name_does_not() -> None:
    links = link(
        [
            document("甲", ("Laboratory", "国家云海装备创新中心", ("云装中心",))),
            document("乙", ("Laboratory", "云装中心", ())),
            document("丙", ("Laboratory", "云装中心", ())),
            document("丁", ("University", "云海大学帆船学院", ("帆船学院",))),
            document("戊", ("University", "帆船学院", ())),
        ]
    )
    assert names(links) == ["云海大学帆船学院", "国家云海装备创新中心", "帆船学院"]


def test_an_alias_of_two_organizations_joins_neither() -> None:
    links = link(
        [
            document("甲", ("Firm", "沈阳云帆股份有限公司", ("云帆",))),
            document("乙", ("Firm", "武汉云帆船舶有限公司", ("云帆",))),
            document("丙", ("Firm", "云帆", ())),
        ]
    )
    assert len(links.nodes) == 3


def test_an_alias_goes_to_the_firm_before_what_is_named_after_it() -> None:
    links = link(
        [
            document("甲", ("Firm", "沈阳云帆股份有限公司", ("云帆机器人",))),
            document("乙", ("Institute", "沈阳云帆股份有限公司研究院", ("云帆机器人",))),
            document("丙", ("Firm", "云帆机器人", ())),
        ]
    )
    assert names(links) == ["沈阳云帆股份有限公司", "沈阳云帆股份有限公司研究院"]


def test_a_registry_name_an_alias_and_the_english_name_are_one_node() -> None:
    links = link(
        [
            document("甲", ("University", "大连理工大学", ())),
            document("乙", ("University", "Dalian University of Technology", ())),
        ]
    )
    (node,) = links.nodes.values()
    assert (node.name, node.key) == ("大连理工大学", "university:大连理工大学")
    assert "Dalian University of Technology" in node.aliases


def test_an_alias_joins_a_firm_in_another_legal_form() -> None:
    chinese = document("甲", ("Firm", "沈阳云帆机器人有限公司", ("Yunfan Robotics",)))
    english = document("乙", ("Firm", "Yunfan Robotics Co., Ltd.", ()))
    assert names(link([chinese, english])) == ["沈阳云帆机器人有限公司"]


@pytest.mark.parametrize(
    ("kind", "name", "known"),
    [
        ("Firm", "Dalian Shipbuilding Industry Company", "大连船舶重工集团有限公司"),
        ("Firm", "Ansteel Group Corporation", "鞍钢集团有限公司"),
        (
            "Institute",
            "Institute of Metal Research of the Chinese Academy of Sciences",
            "中国科学院金属研究所",
        ),
    ],
)
def test_the_registry_knows_a_name_in_other_forms(kind: str, name: str, known: str) -> None:
    assert names(link([document("甲", (kind, name, ()))])) == [known]


def test_an_organ_is_one_in_both_languages() -> None:
    links = link(
        [
            document("甲", ("Agency", "辽宁省科学技术厅", ())),
            document("乙", ("Agency", "Liaoning Department of Science and Technology", ())),
            document("丙", ("Agency", "Science and Technology Department of Jilin Province", ())),
        ]
    )
    assert len(links.nodes) == 2


def test_an_ambiguous_short_name_is_decided_by_its_document_or_stays_apart() -> None:
    told = document("沈阳消息：东大举行签约。东北大学校长出席。", ("University", "东大", ()))
    untold = document("东大举行签约。", ("University", "东大", ()))
    links = link([told, untold])
    assert links.nodes[links.identity[told.document.id]["e1"]].name == "东北大学"
    assert links.nodes[links.identity[untold.document.id]["e1"]].name == "东大"


@pytest.mark.parametrize("name", ["计算机学院", "省教育厅", "市政府", "该公司"])
def test_a_name_that_only_its_document_explains_stays_apart(name: str) -> None:
    links = link([document("甲", ("Agency", name, ())), document("乙", ("Agency", name, ()))])
    assert len(links.nodes) == 2


def test_a_bare_unit_is_the_unit_of_its_whole() -> None:
    def told(text: str, unit: str, whole: str) -> Extraction:
        base = document(text, ("University", unit, ()), ("University", whole, ()))
        part = Relation(
            kind="PART_OF",
            source="e1",
            target="e2",
            confidence=1.0,
            evidence=(Span(start=0, end=1),),
        )
        return replace(base, relations=(part,))

    links = link(
        [
            told("甲", "船舶工程学院", "大工"),
            told("乙", "大连理工大学船舶工程学院", "大连理工大学"),
            told("丙", "船舶工程学院", "武汉理工大学"),
        ]
    )
    units = {n.name for n in links.nodes.values() if n.key is None}
    assert units == {"大连理工大学船舶工程学院", "武汉理工大学船舶工程学院"}


def test_a_person_is_one_at_one_organization_and_two_at_two() -> None:
    def at(where: str, text: str) -> Extraction:
        return document(
            text, ("Person", "王一鸣", ()), ("Firm", where, ()), posts=(("王一鸣", where),)
        )

    links = link([at("云帆智造", "甲"), at("云帆智造", "乙"), at("远山科技", "丙")])
    assert names(links) == ["云帆智造", "王一鸣", "王一鸣", "远山科技"]


def test_a_person_without_a_post_joins_the_only_namesake_nearby() -> None:
    placed = document(
        "甲", ("Person", "王一鸣", ()), ("Firm", "云帆智造", ()), posts=(("王一鸣", "云帆智造"),)
    )
    near = document("乙", ("Person", "王一鸣", ()), ("Firm", "云帆智造", ()))
    far = document("丙", ("Person", "王一鸣", ()), ("Firm", "远山科技", ()))
    links = link([placed, near, far])
    who = [links.identity[x.document.id]["e1"] for x in (placed, near, far)]
    assert who[0] == who[1] != who[2]


def test_the_place_that_a_name_begins_with_is_the_place_of_its_node() -> None:
    links = link([document("甲", ("Firm", "武汉云帆光电有限公司", ()), ("Firm", "远山科技", ()))])
    assert {n.name: n.place for n in links.nodes.values()} == {
        "武汉云帆光电有限公司": "武汉市",
        "远山科技": None,
    }


def test_a_foreigner_is_one_under_both_names_at_one_organization() -> None:
    chinese = document(
        "甲",
        ("Person", "马丁·哈尔登", ("Martin Halden",)),
        ("Firm", "云帆智造", ()),
        posts=(("马丁·哈尔登", "云帆智造"),),
    )
    english = document("乙", ("Person", "Martin Halden", ()), ("Firm", "云帆智造", ()))
    elsewhere = document("丙", ("Person", "Martin Halden", ()))
    assert names(link([chinese, english, elsewhere])) == [
        "Martin Halden",
        "云帆智造",
        "马丁·哈尔登",
    ]


def test_a_latin_name_that_many_share_makes_no_identity() -> None:
    def at(name: str, *aliases: str) -> Extraction:
        return document(
            name, ("Person", name, aliases), ("Firm", "云帆智造", ()), posts=((name, "云帆智造"),)
        )

    assert names(link([at("王伟", "Wang Wei"), at("Wang Wei")])) == ["Wang Wei", "云帆智造", "王伟"]


def test_two_entities_of_one_document_can_be_one_node() -> None:
    links = link([document("甲", ("University", "清华大学", ()), ("University", "清华", ()))])
    assert len(links.nodes) == 1


def corpus() -> list[Extraction]:
    return [
        document("甲", ("Firm", "沈阳云帆股份有限公司", ("云帆",)), ("Person", "王一鸣", ())),
        document("乙", ("Firm", "云帆", ()), ("Person", "王一鸣", ()), posts=(("王一鸣", "云帆"),)),
        document("丙", ("University", "东大", ()), ("Firm", "沈阳云帆", ())),
        document("丁 东北大学", ("University", "东大", ()), ("Place", "沈阳", ())),
    ]


def test_the_order_of_documents_does_not_matter() -> None:
    expected = link(corpus())
    assert all(link(order) == expected for order in permutations(corpus()))


ENTITY = st.tuples(
    st.sampled_from(["Firm", "University", "Person", "Place", "Agency"]),
    st.text(alphabet="东大云帆省学院公司a ", min_size=1, max_size=6).filter(str.strip),
    st.just(()),
)


@given(st.lists(st.lists(ENTITY, max_size=4, unique_by=lambda e: e[1]), max_size=4))
def test_every_entity_gets_exactly_one_existing_node(
    found: list[list[tuple[str, str, tuple[()]]]],
) -> None:
    documents = [document(f"{n}", *entities) for n, entities in enumerate(found)]
    links = link(documents)
    for extraction in documents:
        identity = links.identity[extraction.document.id]
        assert set(identity) == {e.id for e in extraction.entities}
        assert set(identity.values()) <= set(links.nodes)
