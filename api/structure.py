"""How a network hangs together, as GraphQL types: its extent, brokers, communities and mixing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import strawberry
from numpy.typing import NDArray

from trihelix.api.choices import BigInt, BrokerRole
from trihelix.api.context import Info, field
from trihelix.api.measures import BrokerageOf, Holes, Row
from trihelix.api.pages import After, Connection, First, page
from trihelix.graph import network as networks
from trihelix.graph.roles import ROLES


def known(value: Any) -> float | None:
    """A number; None where there is none (not a number, not available).

    >>> known(0.5), known(float("nan")), known(None)
    (0.5, None, None)
    """
    try:
        found = float(value)
    except TypeError:  # None, and pandas' NA
        return None
    return None if math.isnan(found) else found


def entities_page(
    info: Info,
    network: networks.Network,
    chosen: NDArray[np.integer],
    first: int,
    after: str | None,
) -> Connection[types.Entity]:
    """A page of nodes of a network, given by their positions."""
    ids = network.nodes.ids
    return page(
        info,
        chosen.tolist(),
        lambda i: types.entity(network.nodes[i]),
        key=lambda i: ids[i],
        first=first,
        after=after,
    )


@strawberry.type(description="直径 Bounds of the largest distance in the largest component.")
class Diameter:
    """Bounds of the diameter."""

    lower: int = strawberry.field(description="It is at least this.")
    upper: int = strawberry.field(description="It is at most this.")
    exact: bool = strawberry.field(description="Whether the bounds have met.")


@strawberry.type(description="网络 What a view shows, and how it hangs together.")
class Network:
    """The summary of a network."""

    record: strawberry.Private[networks.Network]

    @field
    def nodes(self) -> int:
        """节点 How many there are, those without links too."""
        return len(self.record)

    @field
    def links(self) -> int:
        """链接 How many pairs are linked."""
        return self.record.size

    @field
    def isolated(self) -> int:
        """孤立节点 Nodes without links."""
        return int((self.record.degree == 0).sum())

    @field
    def mean_degree(self) -> float:
        """平均度 Neighbours of a node, on average."""
        return 2 * self.record.size / max(len(self.record), 1)

    @field
    def density(self) -> float:
        """密度 The share of the possible links that are there."""
        n = len(self.record)
        return 2 * self.record.size / (n * (n - 1)) if n > 1 else 0.0

    @field
    def components(self) -> int:
        """连通分量 How many connected parts there are, isolated nodes among them."""
        return int(self.record.components.max(initial=-1)) + 1

    @field
    def largest_component(self) -> int:
        """最大连通分量 Nodes of the largest connected part."""
        return int((self.record.components == 0).sum())

    @field
    def largest_share(self) -> float:
        """The share of the nodes that are in it."""
        return float((self.record.components == 0).mean()) if len(self.record) else 0.0

    @field
    def transitivity(self, info: Info) -> float:
        """传递性 The share of all paths over two links whose ends are linked."""
        measures = info.context.answers.measures
        return info.context.measure(1, measures.transitivity, self.record.view)

    @field
    def diameter(self, info: Info) -> Diameter | None:
        """直径 The largest distance in the largest component; null without nodes."""
        measures = info.context.answers.measures
        found = info.context.measure(1, measures.diameter, self.record.view)
        if found is None:
            return None
        return Diameter(lower=found.lower, upper=found.upper, exact=found.exact)

    @field
    def articulation_points(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[types.Entity]:
        """割点 Those without whom their component falls apart; see also mostCritical."""
        measures = info.context.answers.measures
        nodes, _ = info.context.measure(1, measures.cuts, self.record.view)
        return entities_page(info, self.record, nodes, first, after)

    @field
    def cut_links(self, info: Info) -> int:
        """割边 Links without which their component falls apart."""
        measures = info.context.answers.measures
        return info.context.measure(1, measures.cuts, self.record.view)[1].size


@strawberry.type(
    description="结构洞 How redundant its neighbours are (Burt 1992); null where it has none."
)
class StructuralHoles:
    """Burt's measures of one node."""

    record: strawberry.Private[Holes]
    index: strawberry.Private[int]

    @field
    def constraint(self) -> float | None:
        """约束 How far its links lead back to the same others; brokers have low values."""
        return known(self.record.constraint[self.index])

    @field
    def effective_size(self) -> float | None:
        """有效规模 Its neighbours less what they have in common."""
        return known(self.record.effective_size[self.index])

    @field
    def efficiency(self) -> float | None:
        """效率 The effective size over the number of neighbours; 1 when nothing is redundant."""
        return known(self.record.efficiency[self.index])

    @field
    def hierarchy(self) -> float | None:
        """等级度 How far the constraint comes from one neighbour (1) or all alike (0)."""
        return known(self.record.hierarchy[self.index])


@strawberry.type(description="中介计数 How often in one role.")
class BrokerageCount:
    """A role of a broker."""

    role: BrokerRole = strawberry.field(description="角色")
    raw: BigInt = strawberry.field(description="Ordered pairs of others that it brokers.")
    expected: float = strawberry.field(description="As many by random mixing.")
    z: float | None = strawberry.field(
        description="How many standard deviations above that; null where chance allows one value."
    )


@strawberry.type(
    description="中介 How often it alone links two others that are not linked, by their groups."
)
class Brokerage:
    """The brokerage of one node (Gould and Fernandez 1989)."""

    record: strawberry.Private[BrokerageOf]
    index: strawberry.Private[int]

    @field
    def entity(self) -> types.Entity:
        """Who it is."""
        return types.entity(self.record.found.network.nodes[self.index])

    @field
    def group(self) -> str:
        """Its own group."""
        groups = self.record.found.groups
        return str(groups.names[groups.codes[self.index]])

    @field
    def roles(self) -> list[BrokerageCount]:
        """角色 The five roles, and all together."""
        found, z = self.record.found, self.record.z
        return [
            BrokerageCount(
                role=role,
                raw=int(found.raw[self.index, at]),
                expected=float(found.expected[self.index, at]) + 0.0,  # no negative zero
                z=known(z[self.index, at]),
            )
            for at, role in enumerate(ROLES)
        ]

    @field
    def participation(self) -> float:
        """参与系数 How evenly its links are spread over the groups, 0 for one group only."""
        return float(self.record.participation[self.index])

    @field
    def within_group_z(self) -> float:
        """How far its links into its own group lie above the group's mean, in deviations."""
        return float(self.record.within[self.index])


@strawberry.type(description="社群 Those that are linked more among themselves than with others.")
class Community:
    """A community."""

    number: int = strawberry.field(description="0 is the largest.")
    network: strawberry.Private[networks.Network]
    record: strawberry.Private[NDArray[np.int64]]

    @field
    def size(self) -> int:
        """规模 How many members it has."""
        return self.record.size

    @field
    def members(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[types.Entity]:
        """成员 Those of most links first."""
        return entities_page(info, self.network, self.record, first, after)


@strawberry.type(name="CommunityConnection", description="A page of communities.")
class Communities(Connection[Community]):
    """A page of communities; totalCount is their number."""

    modularity: float = strawberry.field(
        description="模块度 How much more weight lies within them than chance would put there."
    )


@strawberry.type(description="混合 What links two groups, beside what random mixing would give.")
class MixingPair:
    """Two groups."""

    record: strawberry.Private[Row]

    @field
    def source(self) -> str:
        """A group."""
        return str(self.record["source"])

    @field
    def target(self) -> str:
        """Another group, or the same."""
        return str(self.record["target"])

    @field
    def links(self) -> int:
        """Links between the two."""
        return int(self.record["links"])

    @field
    def expected_links(self) -> float:
        """As many by random mixing."""
        return float(self.record["expected_links"])

    @field
    def links_ratio(self) -> float | None:
        """Links over expected ones; null when none were expected."""
        return known(self.record["links_ratio"])

    @field
    def weight(self) -> float:
        """The weight of the links."""
        return float(self.record["weight"])

    @field
    def expected_weight(self) -> float:
        """As much by random mixing."""
        return float(self.record["expected_weight"])

    @field
    def weight_ratio(self) -> float | None:
        """Weight over expected weight; null when none was expected."""
        return known(self.record["weight_ratio"])


@strawberry.type(description="内外 How far a group links within itself or with others.")
class MixingGroup:
    """A group and its E-I index."""

    record: strawberry.Private[Row]

    @field
    def group(self) -> str:
        """The group."""
        return str(self.record["group"])

    @field
    def nodes(self) -> int:
        """Its nodes."""
        return int(self.record["nodes"])

    @field
    def internal(self) -> float:
        """Links within it."""
        return float(self.record["internal"])

    @field
    def external(self) -> float:
        """Links to other groups."""
        return float(self.record["external"])

    @field
    def ei_index(self) -> float | None:
        """External less internal links over all: -1 all within, 1 none within."""
        return known(self.record["ei"])

    @field
    def expected_ei_index(self) -> float | None:
        """The same if every pair were linked with the same chance."""
        return known(self.record["expected"])


@strawberry.type(description="混合矩阵 Who links with whom: groups against groups.")
class Mixing:
    """How groups mix."""

    record: strawberry.Private[Row]

    @field
    def pairs(self, info: Info, first: First = 20, after: After = None) -> Connection[MixingPair]:
        """Each two groups, those with most links first."""
        return page(
            info,
            self.record["pairs"],
            lambda r: MixingPair(record=r),
            key=lambda r: f"{r['source']}|{r['target']}",
            first=first,
            after=after,
        )

    @field
    def groups(self, info: Info, first: First = 20, after: After = None) -> Connection[MixingGroup]:
        """Each group alone."""
        return page(
            info,
            self.record["groups"],
            lambda r: MixingGroup(record=r),
            key=lambda r: str(r["group"]),
            first=first,
            after=after,
        )

    @field
    def assortativity(self) -> float | None:
        """同配性 How far links join one group: 1 for all, 0 by chance (Newman 2003)."""
        return known(self.record["assortativity"])

    @field
    def weighted_assortativity(self) -> float | None:
        """The same by the weights of links."""
        return known(self.record["weighted"])

    @field
    def degree_assortativity(self) -> float | None:
        """度同配性 How far nodes link with nodes of like degree, -1 to 1 (Newman 2002)."""
        return known(self.record["degree"])

    @field
    def ei_index(self) -> float | None:
        """External less internal links over all, -1 to 1 (Krackhardt, Stern 1988)."""
        return known(self.record["ei"])


# Entities have fields of these types, and these have fields that are entities.
from trihelix.api import types  # noqa: E402
