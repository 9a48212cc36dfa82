"""A story for measures: two provinces, each with its own circle, and one institute between them."""

from __future__ import annotations

from tests.graph.snapshots import Story
from trihelix.graph.snapshot import Snapshot


def two_shores() -> Snapshot:
    """Liaoning and Jiangsu, 2019 to 2023; the institute 联合研究院 works with both."""
    return (
        Story()
        .document("d19", published="2019-06-01")
        .document("d20", published="2020-06-01")
        .document("d21", published="2021-06-01")
        .document("d22", published="2022-06-01")
        .document("d23", published="2023-06-01")
        .node("dut", "University", "大连理工大学", place="辽宁省大连市")
        .node("neu", "University", "东北大学", "东大", place="辽宁省沈阳市")
        .node("ansteel", "Firm", "鞍钢集团", place="辽宁省鞍山市")
        .node("ln", "Agency", "辽宁省科技厅", place="辽宁省沈阳市")
        .node("nju", "University", "南京大学", place="江苏省南京市")
        .node("seu", "University", "东南大学", "东大", place="江苏省南京市")
        .node("panda", "Firm", "熊猫电子", place="江苏省南京市")
        .node("js", "Agency", "江苏省科技厅", place="江苏省南京市")
        .node("lab", "Institute", "联合研究院", place="辽宁省沈阳市")
        .node("island", "Firm", "孤岛公司")
        .node("lin", "Person", "林院士")
        .event("l1", "neu", "dut", "ansteel", date="2019-05-01", document="d19")
        .event("l2", "neu", "ln", date="2020-03", document="d20", confidence=0.8)
        .event("l3", "ansteel", "ln", date="2020-04-02", document="d20")
        .event("j1", "nju", "seu", "panda", date="2019-09-09", document="d19")
        .event("j2", "seu", "js", date="2021-01", document="d21")
        .event("j3", "panda", "js", date="2021-02-01", document="d21", confidence=0.6)
        .event("b1", "lab", "neu", date="2021-11-11", document="d21")
        .event("b2", "lab", "nju", date="2022-01-08", document="d22")
        .event("b3", "lab", "seu", date="2023-02-01", document="d23", confidence=0.7)
        .event("b4", "lab", "ansteel", date="2023-03-01", document="d23")
        .relation("HOLDS_POST", "lin", "lab", title="院长", document="d22")
        .relation("HOLDS_POST", "lin", "nju", title="教授", document="d22")
        .snapshot()
    )
