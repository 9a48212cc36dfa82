"""From tagged spans to the entities of a document, one phenomenon a test."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.zh.conftest import Annotate, entity, names
from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.entities import annotate
from trihelix.schema.records import Document


def test_full_and_short_names_are_one(read: Annotate) -> None:
    found = read("西安交通大学举行开学典礼。西安交大研究院院长出席。", UNI="西安交大")
    assert entity(found, "西安交大").name == "西安交通大学"


def test_two_universities_that_share_characters_stay_two(read: Annotate) -> None:
    found = read("北京大学、北京理工大学和北京交通大学参加了活动。")
    assert names(found, "University") == {"北京大学", "北京理工大学", "北京交通大学"}


def test_a_declared_short_name_is_found_everywhere(read: Annotate) -> None:
    found = read(
        "云海启明新材料科技有限公司（以下简称“启明新材”）落户。启明新材将投资二期。",
        FIRM="云海启明新材料科技有限公司",
    )
    firm = entity(found, "启明新材")
    assert firm.name == "云海启明新材料科技有限公司"
    assert len(firm.mentions) == 3


def test_a_known_brand_with_its_place_but_not_its_subsidiary(read: Annotate) -> None:
    found = read("台湾鸿海投资。鸿海增资。鸿海精密公司表态。", FIRM="台湾鸿海 鸿海 鸿海精密公司")
    assert entity(found, "台湾鸿海") == entity(found, "鸿海")
    assert entity(found, "鸿海精密公司") != entity(found, "鸿海")


def test_a_latin_short_name_in_brackets(read: Annotate) -> None:
    found = read("国际数据公司（IDC）发布报告，IDC认为增长放缓。", FIRM="国际数据公司 IDC")
    assert entity(found, "IDC").name == "国际数据公司"


def test_unit_and_parent_nest(read: Annotate) -> None:
    found = read("武汉大学计算机学院与华为签约。", UNI="武汉大学计算机学院", FIRM="华为")
    whole, unit = entity(found, "武汉大学"), entity(found, "武汉大学计算机学院")
    assert whole.mentions[0].start == unit.mentions[0].start
    assert (whole.kind, unit.kind) == ("University", "University")


def test_a_unit_alone_joins_its_full_name(read: Annotate) -> None:
    found = read("武汉大学计算机学院成立。会后，专家参观了计算机学院。", UNI="武汉大学计算机学院")
    assert entity(found, "计算机学院").name == "武汉大学计算机学院"


def test_a_chain_of_units(read: Annotate) -> None:
    found = read(
        "来自住建部中国海洋科学研究会数字海洋工程研究中心的专家发言。",
        RES="住建部中国海洋科学研究会数字海洋工程研究中心",
    )
    assert {"住房和城乡建设部", "中国海洋科学研究会"} <= names(found)


def test_provincial_organs_by_the_place_of_the_document(read: Annotate) -> None:
    found = read(
        "4月25日，活动在沈阳举行。省教育厅、省发改委、省工信厅、省工商联联合主办。",
        title="辽宁举行成果对接活动",
    )
    assert {
        "辽宁省教育厅",
        "辽宁省发展和改革委员会",
        "辽宁省工业和信息化厅",
        "辽宁省工商业联合会",
    } <= names(found)
    assert entity(found, "省工信厅").aliases == ("省工信厅",)
    assert entity(found, "省工商联").kind == "Association"


def test_a_municipality_is_its_own_city(read: Annotate) -> None:
    found = read("天津市教委与南开大学共建平台，市教委主任出席。", title="天津推进产教融合")
    assert entity(found, "市教委").name == "天津市教育委员会"


def test_organs_in_a_list_share_their_place(read: Annotate) -> None:
    found = read("浙江省科技厅、教育厅、财政厅印发通知。")
    assert {"浙江省科技厅", "教育厅", "财政厅"} <= {
        m.of(found.document.text) for e in found.entities for m in e.mentions
    }


def test_each_of_many_is_nobody(read: Annotate) -> None:
    assert (
        names(read("各市教育局、各高校、有关企业参加会议。", GOV="各市教育局", UNI="各高校"))
        == set()
    )


def test_a_party_group_before_secretary_is_a_post(read: Annotate) -> None:
    found = read("省教育厅党组书记王明出席。", title="辽宁召开会议", PER="王明")
    assert names(found) == {"辽宁省教育厅", "王明"}


def test_spans_are_cut_at_verbs_and_stretched_to_the_suffix(read: Annotate) -> None:
    found = read(
        "云海重工旗下启明机床公司投产。启航半导体股份有限公司供货。",
        FIRM="云海重工旗下启明机床公司 启航半导体",
    )
    assert {"云海重工", "启明机床公司", "启航半导体股份有限公司"} <= names(found)


def test_a_name_that_no_tagger_saw(read: Annotate) -> None:
    found = read("由绿色冶金国家重点实验室主办，杭州启明软件有限公司协办。")
    assert {"绿色冶金国家重点实验室", "杭州启明软件有限公司"} <= names(found)


def test_university_students_are_no_university(read: Annotate) -> None:
    assert names(read("杭州市大学生创新大赛开幕。"), "University") == set()


def test_short_names_in_a_list_of_universities(read: Annotate) -> None:
    found = read("清华、浙大、北航等高校参与。")
    assert names(found) == {"清华大学", "浙江大学", "北京航空航天大学"}


def test_job_titles_and_indices_are_no_firms(read: Annotate) -> None:
    assert names(read("公司CEO发言，恒生科技指数上涨。", FIRM="CEO 恒生科技")) == set()


@pytest.mark.parametrize(
    ("text", "tagged", "form", "name"),
    [
        ("软件学院常务副院长贺明主持。贺院长表示欢迎。", "贺明", "贺院长", "贺明"),
        ("林远教授任教于此，林教授成果丰硕。", "林远", "林教授", "林远"),
        ("杰克·史密斯教授来访，史密斯介绍了情况。", "杰克·史密斯 史密斯", "史密斯", "杰克·史密斯"),
    ],
)
def test_persons_by_surname(read: Annotate, text: str, tagged: str, form: str, name: str) -> None:
    assert entity(read(text, PER=tagged), form).name == name


def test_persons_after_posts_need_no_tagger(read: Annotate) -> None:
    found = read("校长陈建华、副校长李文博出席，总经理周海涛先生致辞。")
    assert names(found, "Person") == {"陈建华", "李文博", "周海涛"}


def test_one_name_has_one_kind() -> None:
    text = "白为民指出问题。白为民强调创新。白为民赞成。"
    tags = [
        Tagged(start=start, end=end, label=label, score=score)
        for start, end, label, score in [
            (0, 3, "PER", 0.95),
            (8, 11, "PER", 0.95),
            (16, 19, "ORG_FIRM", 0.6),
        ]
    ]
    found = annotate(Document.of(source="t", title="", body=text, language="zh"), tags)
    assert [(e.kind, e.name, len(e.mentions)) for e in found.entities] == [("Person", "白为民", 3)]


def test_government_departments_are_no_ministry(read: Annotate) -> None:
    assert names(read("绍兴县教育部门牵线搭桥。")) == set()


def test_reporters_are_left_out(read: Annotate) -> None:
    found = read("本报讯（记者 张晓明 通讯员 刘岚）校长陈建华出席。", PER="张晓明 刘岚 陈建华")
    assert names(found, "Person") == {"陈建华"}


def test_prizes_and_theorems_are_not_their_eponyms(read: Annotate) -> None:
    assert names(read("他获得诺贝尔奖，采用冯诺依曼架构。", PER="诺贝尔 冯诺依曼")) == set()


def test_named_projects_and_products(read: Annotate) -> None:
    found = read(
        "“灯塔引航行动”启动，印发《科技强市三年行动计划》，并签署《战略合作协议》。"
        "公司自主研发的分布式电网调度系统正式上线。"
    )
    assert {"灯塔引航行动", "科技强市三年行动计划"} <= names(found, "Project")
    assert "分布式电网调度系统" in names(found, "Technology")
    assert "战略合作协议" not in names(found)


def test_a_venue_is_a_place(read: Annotate) -> None:
    found = read("论坛在云海国际会展中心举行。")
    assert names(found, "Place") == {"云海国际会展中心"}


def test_references_resolve(read: Annotate) -> None:
    found = read(
        "武汉大学与启明科技签约。双方将共建实验室。我校高度重视，该公司将出资。",
        title="武汉大学校企合作再结硕果",
        FIRM="启明科技",
    )
    by_id = {e.id: e.name for e in found.entities}
    resolved = {
        found.document.text[r.start : r.end]: [by_id[i] for i in r.entities]
        for r in found.references
    }
    assert resolved == {
        "双方": ["武汉大学", "启明科技"],
        "我校": ["武汉大学"],
        "该公司": ["启明科技"],
    }


def test_ids_follow_the_text(read: Annotate) -> None:
    found = read("清华大学、复旦大学和同济大学参加。")
    assert [(e.id, e.name) for e in found.entities] == [
        ("e1", "清华大学"),
        ("e2", "复旦大学"),
        ("e3", "同济大学"),
    ]


_PIECES = st.sampled_from(
    "武汉大学 计算机学院 省科技厅 （以下简称“启明”） 启明 与 、 。 校长 王伟 有限公司".split()
    + "在北京 我校 双方 “ ” IBM 中国 研究院 A.B 大学生 市政府 《计划》".split()
    + ["\n", " "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25))
def test_any_text_and_any_spans_give_sound_mentions(pieces: list[str]) -> None:
    """Mentions are verbatim, in order, and never cross; the same input gives the same output."""
    document = Document.of(source="t", title="", body="".join(pieces), language="zh")
    size = len(document.text)
    labels = ["ORG_UNI", "ORG_FIRM", "ORG_GOV", "PER", "LOC", "TITLE"]
    cuts = [(i, min(size, i + 2 + i % 7)) for i in range(0, size, 3)]
    tags = [
        Tagged(start=a, end=b, label=labels[a % 6], score=0.4 + (a % 6) / 10)
        for a, b in cuts
        if a < b
    ]
    found = annotate(document, tags)
    spans = sorted({(m.start, m.end) for e in found.entities for m in e.mentions})
    assert all(0 <= a < b <= size for a, b in spans)
    assert not any(a < c < b < d for a, b in spans for c, d in spans)
    assert json.dumps(repr(found)) == json.dumps(repr(annotate(document, tags)))


def test_what_a_firm_is_to_another_belongs_to_neither_name(read: Annotate) -> None:
    parent, child = "沈阳云帆机器人股份有限公司", "云帆医疗科技（沈阳）有限公司"
    found = read(f"{parent}控股子公司{child}获批。", FIRM=f"{parent}控股子公司{child}")
    assert names(found, "Firm") == {parent, child}


def test_a_board_of_the_exchange_is_no_part_of_a_name(read: Annotate) -> None:
    found = read("云帆机器人科创板上市。", FIRM="云帆机器人科创板")
    assert names(found) == {"云帆机器人"}


def test_a_branch_is_a_part_of_its_kind(read: Annotate) -> None:
    name = "渤海技术转移交易中心苏州分中心"
    found = read(f"{name}成立。", OTHER=name)
    assert names(found, "Intermediary") == {name, "渤海技术转移交易中心"}


def test_no_name_ends_inside_a_bracket(read: Annotate) -> None:
    firm = "云帆飞机工业（集团）有限责任公司"
    assert names(read(f"{firm}签约。", FIRM=firm)) == {firm}


def test_no_name_crosses_a_line() -> None:
    document = Document.of(source="", title="", body="渤海孵化基地\n渤海科普学会", language="zh")
    crossing = Tagged(start=0, end=len(document.text), label="ORG_OTHER", score=0.9)
    assert names(annotate(document, [crossing])) == {"渤海孵化基地", "渤海科普学会"}


def test_a_product_is_no_firm_but_its_maker_is(read: Annotate) -> None:
    found = read("苹果iPhone热销，iPad也是。", FIRM="苹果iPhone iPad")
    assert names(found) == {"苹果公司"}


@pytest.mark.parametrize("name", ["两家医院", "沈阳两家医院", "上海三级医院", "新疆上市公司"])
def test_a_class_of_organizations_is_no_name(read: Annotate, name: str) -> None:
    assert names(read(f"活动邀请了{name}。", OTHER=name)) == set()


def test_tongji_is_not_cut_at_tong(read: Annotate) -> None:
    found = read("华中科技大学同济医学院附属协和医院参加。")
    assert not any(n.startswith("济") for n in names(found))


def test_a_known_firm_under_another_legal_form(read: Annotate) -> None:
    found = read("鞍钢集团公司签约。鞍钢表示满意。", FIRM="鞍钢集团公司 鞍钢")
    assert entity(found, "鞍钢集团公司") == entity(found, "鞍钢")


def test_a_known_contraction_and_an_unknown_full_name(read: Annotate) -> None:
    found = read(
        "沈阳中联重科建厂。中联重型科技工程股份有限公司发展快。中联重科增资。",
        FIRM="沈阳中联重科 中联重型科技工程股份有限公司 中联重科",
    )
    assert entity(found, "中联重型科技工程股份有限公司") == entity(found, "中联重科")


def test_a_subsidiary_with_and_without_its_parent(read: Annotate) -> None:
    found = read(
        "鞍钢沈阳远帆公司扩产。远帆公司、沈阳远帆公司表示满意。",
        FIRM="鞍钢沈阳远帆公司 沈阳远帆公司",
    )
    assert entity(found, "沈阳远帆公司").name == "鞍钢沈阳远帆公司"


def test_organs_of_a_visiting_city(read: Annotate) -> None:
    found = read(
        "鞍山市长周远帆率市经信委到访沈阳。会后，市科技局介绍情况。",
        title="沈阳接待来访",
    )
    assert {"鞍山市经济和信息化委员会", "沈阳市科学技术局"} <= names(found)


def test_organs_of_an_autonomous_region(read: Annotate) -> None:
    found = read("活动在银川举行，自治区党委、自治区科技厅派员出席。")
    assert {"宁夏回族自治区党委", "宁夏回族自治区科学技术厅"} <= names(found)


def test_a_city_before_its_mayor_is_no_person(read: Annotate) -> None:
    assert not names(read("会上，江阴市长致辞。江阴地处长廊东端。"), "Person")
