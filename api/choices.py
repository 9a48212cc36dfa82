"""The choices that measures of a network offer, as GraphQL enums, and whole numbers of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry

from trihelix.api.enums import enum_of
from trihelix.graph import groups
from trihelix.graph.bridges import COMPONENTS
from trihelix.graph.prediction import INDICES
from trihelix.graph.roles import ROLES
from trihelix.graph.routes import BY
from trihelix.schema.errors import InputError
from trihelix.schema.vocabulary import vocabulary

PERSONS = {
    "none": "无 Organizations only",
    "nodes": "节点 Persons are nodes too",
    "bridges": "桥接 Organizations where one person holds posts are linked",
}

WEIGHTINGS = {
    "count": "计数 Each event or relation adds 1",
    "newman": "纽曼 An event of n organizations adds 1/(n-1) (Newman 2001)",
    "recency": "近期 Newman's weight, halved for every halfLife days of age",
}

PARTS = {
    "all": "全部 The whole network",
    "giant": "最大连通分量 Only its largest connected part",
}

GROUPINGS = {
    "sector": "部门 Universities, research, firms, government, …",
    "kind": "类别 Kinds of organization",
    "place": "地点 Places as they are told (辽宁省沈阳市)",
    "region": "省区 The provinces of their places",
    "community": "社群 The communities that links make (see communities)",
    "component": "连通分量 The connected parts of the network",
}

PATH_ORDERS = {
    "hops": "步数 The fewest hops",
    "strength": "强度 The least sum of 1/weight (Newman 2001)",
    "confidence": "置信度 The highest product of the confidences of the links",
    "weakest_strength": "最弱强度 The strongest weakest link, by weight",
    "weakest_confidence": "最弱置信度 The strongest weakest link, by confidence",
    "weakest_sources": "最少来源 The strongest weakest link, by number of documents",
    "arrival": "时序 In the order of time, the soonest there",
}

IN_TIME = {
    "possible": "可能 Some choice of days within the dates is in order",
    "certain": "确定 Every choice of days within the dates is in order",
}

BROKER_ROLES = {
    "coordinator": "协调人 All three in one group",
    "itinerant": "中间人 Between two of one other group (consultant)",
    "gatekeeper": "守门人 From another group into its own",
    "representative": "代表 From its own group to another",
    "liaison": "联络人 All three in different groups",
    "total": "合计 All roles together",
}

BRIDGE_PARTS = {
    "betweenness": "中介中心性 Between all others",
    "brokerage": "中介角色 Joins pairs of different groups",
    "constraint": "约束 Fills structural holes",
}

PREDICTIONS = {
    "common_neighbours": "共同邻居 How many neighbours the two share",
    "jaccard": "杰卡德 These over all neighbours of either",
    "adamic_adar": "Adamic-Adar 1 / ln(degree), summed over them",
    "resource_allocation": "资源分配 1 / degree, summed over them",
    "preferential_attachment": "优先连接 The product of the two degrees",
}

HELIX_DIVISIONS = {
    "year": "年份 By the year of the event or document",
    "place": "地点 By the places that the organizations come from",
    "region": "省区 By the provinces that they come from",
}

HELIX_UNITS = {
    "event": "事件 Sectors meet in events",
    "document": "文档 Sectors are mentioned together in documents",
}

SPANS = {
    "growing": "累计 Everything until the end of the year",
    "each": "逐年 What happened in that year alone",
}


def _kinds() -> dict[str, str]:
    return {k.name: f"{k.zh} {k.note}".strip() for k in vocabulary().entities.values()}


if TYPE_CHECKING:
    EntityKind: TypeAlias = str
    Persons: TypeAlias = Any
    Weighting: TypeAlias = Any
    NetworkPart: TypeAlias = Any
    Grouping: TypeAlias = str
    PathOrder: TypeAlias = Any
    InTime: TypeAlias = Any
    BrokerRole: TypeAlias = str
    BridgePart: TypeAlias = str
    PredictionIndex: TypeAlias = str
    HelixDivision: TypeAlias = str
    HelixUnit: TypeAlias = Any
    TrendSpan: TypeAlias = Any
    BigInt: TypeAlias = int
else:
    EntityKind = enum_of(
        "EntityKind", _kinds(), "实体类别 Kinds of node; Organization stands for all its kinds."
    )
    Persons = enum_of("Persons", PERSONS, "人物 What persons do in a network.")
    Weighting = enum_of("Weighting", WEIGHTINGS, "权重 What a link of a network weighs.")
    NetworkPart = enum_of("NetworkPart", PARTS, "范围 How much of a network is shown.")
    Grouping = enum_of(
        "Grouping",
        {g: GROUPINGS.get(g, g) for g in groups.GROUPINGS},
        "分组 How the nodes of a network are grouped.",
    )
    PathOrder = enum_of(
        "PathOrder",
        {b: PATH_ORDERS.get(b, b) for b in (*BY, "arrival")},
        "路径次序 Which paths are best.",
    )
    InTime = enum_of("InTime", IN_TIME, "时序 How far the hops of a path are in order of time.")
    BrokerRole = enum_of(
        "BrokerRole",
        {r: BROKER_ROLES.get(r, r) for r in ROLES},
        "中介角色 What a broker is between two others that are not linked (Gould, Fernandez 1989).",
    )
    BridgePart = enum_of(
        "BridgePart",
        {c: BRIDGE_PARTS.get(c, c) for c in COMPONENTS},
        "桥梁指标 What makes a bridge.",
    )
    PredictionIndex = enum_of(
        "PredictionIndex",
        {i: PREDICTIONS.get(i, i) for i in INDICES},
        "预测指标 How likely two are to link next.",
    )
    HelixDivision = enum_of("HelixDivision", HELIX_DIVISIONS, "划分 How the system is divided.")
    HelixUnit = enum_of("HelixUnit", HELIX_UNITS, "单位 Where sectors come together.")
    TrendSpan = enum_of("TrendSpan", SPANS, "时段 What the network of a year holds.")

    class BigInt(int):
        """A whole number that may be larger than GraphQL's Int."""


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InputError("BigInt", f"{value!r} is no whole number", "write it without quotes")


BIG_INT_SCALAR = strawberry.scalar(
    name="BigInt",
    description="整数 A whole number that may be above 2^31, as a JSON number.",
    serialize=int,
    parse_value=_whole,
)
