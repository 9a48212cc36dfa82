"""GraphQL enums and the Date scalar, built from the vocabulary so that no kind is named twice.

Every enum is a `StrEnum` whose members are the vocabulary's own names: type checkers see a `str`,
GraphQL sees the enum, and a record's kind can be answered as it is.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from trihelix.graph.centrality import MEASURES
from trihelix.schema.errors import InputError
from trihelix.schema.vocabulary import EntityKind as EntityKindRecord
from trihelix.schema.vocabulary import EventKind as EventKindRecord
from trihelix.schema.vocabulary import RelationKind as RelationKindRecord
from trihelix.schema.vocabulary import vocabulary

SECTORS = {
    "university": "高校 Universities and colleges",
    "research": "科研 Institutes, laboratories, hospitals",
    "firm": "企业 Firms and investors",
    "government": "政府 Government and party bodies",
    "intermediary": "中介 Intermediaries and associations",
    "other": "其他 Any other organization",
}

ROLES = {
    "organizer": "主办方",
    "undertaker": "承办方",
    "supporter": "支持方",
    "venue": "会场",
    "speaker": "发言者",
    "attendee": "出席者",
    "signatory": "签约方",
    "witness": "见证者",
    "founder": "发起方",
    "founded": "新设机构",
    "partner": "合作方",
    "performer": "研发方",
    "output": "成果",
    "investor": "投资方",
    "investee": "被投资方",
    "acquirer": "收购方",
    "acquired": "被收购方",
    "funder": "资助方",
    "recipient": "接受方",
    "project": "项目",
    "provider": "提供方",
    "technology": "技术",
    "buyer": "采购方",
    "supplier": "供应方",
    "grantor": "授予方",
    "issuer": "发布方",
    "visitor": "来访方",
    "host": "接待方",
}

STATUSES = {
    "planned": "计划 Announced, not yet done (将, 拟, 计划)",
    "completed": "完成 Done",
    "cancelled": "取消 Called off or ended (未, 终止, 取消)",
}


MEASURES_ZH = {
    "degree": "度",
    "strength": "强度",
    "pagerank": "PageRank",
    "betweenness": "中介中心性",
    "closeness": "接近中心性",
    "harmonic": "调和中心性",
    "eigenvector": "特征向量中心性",
    "katz": "卡茨中心性",
    "constraint": "约束",
    "effective_size": "有效规模",
    "efficiency": "效率",
    "hierarchy": "等级度",
    "core": "核数",
    "clustering": "聚类系数",
    "participation": "参与系数",
}


def label(kind: str) -> str:
    """The Chinese label of any kind, sector, role or status.

    >>> label("University"), label("PART_OF"), label("organizer")
    ('高校', '隶属', '主办方')
    """
    words = vocabulary()
    for kinds in (words.entities, words.relations, words.events):
        if kind in kinds:
            return kinds[kind].zh
    return (ROLES.get(kind) or SECTORS.get(kind) or STATUSES.get(kind) or kind).split()[0]


def enum_of(name: str, members: Mapping[str, str], description: str) -> Any:
    """A GraphQL enum; `members` maps each value to its description."""
    enum: Any = StrEnum
    made = strawberry.enum(enum(name, {m: m for m in members}), description=description)
    for value in made.__strawberry_definition__.values:
        value.description = members[value.name]
    return made


def _entity(kind: EntityKindRecord) -> str:
    return f"{kind.zh} {kind.note}".strip()


def _relation(kind: RelationKindRecord) -> str:
    ends = f"{' or '.join(kind.source)} → {' or '.join(kind.target)}"
    return f"{kind.zh} {ends}" + (f": {kind.note}" if kind.note else "")


def _event(kind: EventKindRecord) -> str:
    return f"{kind.zh} roles: {', '.join(kind.roles)}" + (f"; {kind.note}" if kind.note else "")


def _roles() -> dict[str, str]:
    """Each role, its Chinese label and the kinds of event that have it."""
    users: dict[str, list[str]] = {}
    for kind in vocabulary().events.values():
        for role in kind.roles:
            users.setdefault(role, []).append(kind.name)
    return {role: f"{label(role)} of {', '.join(kinds)}" for role, kinds in users.items()}


def _first_line(measure: Callable[..., object]) -> str:
    first = (inspect.getdoc(measure) or "").partition("\n")[0]
    return re.sub(r", (shape )?\(n,\)", "", first)  # arrays have shapes, answers have none


if TYPE_CHECKING:
    OrganizationKind: TypeAlias = str
    RelationKind: TypeAlias = str
    EventKind: TypeAlias = str
    Role: TypeAlias = str
    Sector: TypeAlias = str
    Status: TypeAlias = str
    Language: TypeAlias = str
    Measure: TypeAlias = str
else:
    _WORDS = vocabulary()
    OrganizationKind = enum_of(
        "OrganizationKind",
        {k: _entity(_WORDS.entities[k]) for k in _WORDS.organizations},
        "机构类别 Kinds of organization.",
    )
    RelationKind = enum_of(
        "RelationKind",
        {k.name: _relation(k) for k in _WORDS.relations.values()},
        "关系类别 Kinds of relation: two-ended, state-like facts.",
    )
    EventKind = enum_of(
        "EventKind",
        {k.name: _event(k) for k in _WORDS.events.values()},
        "事件类别 Kinds of event: many-ended, dated happenings.",
    )
    Role = enum_of("Role", _roles(), "角色 What a participant was in an event.")
    Sector = enum_of(
        "Sector",
        {s: SECTORS[s] for s in dict.fromkeys(map(_WORDS.sector, _WORDS.organizations))},
        "部门 The helix that a kind of organization belongs to.",
    )
    Status = enum_of("Status", STATUSES, "状态 Whether an event has happened.")
    Measure = enum_of(
        "Measure",
        {m: f"{MEASURES_ZH.get(m, m)} {_first_line(f)}" for m, f in MEASURES.items()},
        "中心性指标 Measures of how central an organization is in the network.",
    )
    Language = enum_of("Language", {"zh": "中文 Chinese", "en": "English"}, "Language of a label.")


_DATE = re.compile(r"(\d{4}|XXXX)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _date(value: object) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value) and value != "XXXX":
        return value
    raise InputError(
        "Date", f"{value!r} is no date", "write 2023-04-25, 2023-04, 2023 or XXXX-04-25"
    )


if TYPE_CHECKING:
    Date: TypeAlias = str
else:

    class Date(str):
        """A date as precise as it is known."""

        __slots__ = ()


DATE_SCALAR = strawberry.scalar(
    name="Date",
    description=(
        "日期 As precise as it is known (EDTF, ISO 8601-2): 2023-04-25, 2023-04, 2023, "
        "or XXXX-04-25 when the year is unknown."
    ),
    specified_by_url="https://www.loc.gov/standards/datetime/",
    serialize=str,
    parse_value=_date,
)


In: TypeAlias = Annotated[
    Language, strawberry.argument(description="zh (default): the Chinese label; en: the name.")
]


def labelled(kind: str, language: str) -> str:
    """A kind's label in a language."""
    return label(kind) if language == "zh" else kind
