"""Every question can be asked of a network itself, and answers as its module does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph import (
    bridges,
    centrality,
    communities,
    helix,
    mixing,
    paths,
    prediction,
    removal,
    roles,
    trend,
)
from trihelix.graph.network import Network
from trihelix.schema.errors import AmbiguousNameError, NotFoundError

NETWORK = Network.of(northeast())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NETWORK.rank("degree"), centrality.rank(NETWORK, "degree")),
        (NETWORK.most_critical(), removal.most_critical(NETWORK)),
        (NETWORK.mixing("kind"), mixing.mixing(NETWORK, "kind")),
        (NETWORK.triple_helix(by="year"), helix.triple_helix(NETWORK, by="year")),
        (NETWORK.predict("jaccard"), prediction.predict(NETWORK, "jaccard")),
        (NETWORK.communities(seed=3), communities.community_table(NETWORK, seed=3)),
        (NETWORK.turnover(quiet=0), trend.turnover(NETWORK, quiet=0)),
        (NETWORK.seen(), trend.seen(NETWORK)),
        (NETWORK.brokerage().frame(), roles.brokerage(NETWORK).frame()),
        (NETWORK.candidates("鞍钢集团"), prediction.candidates(NETWORK, "ansteel")),
    ],
)
def test_tables(answer: Any, expected: Any) -> None:
    assert not answer.columns.empty
    assert answer.equals(expected)


def test_bridges_paths_and_removals() -> None:
    assert NETWORK.bridges(1) == bridges.bridges(NETWORK, 1)
    assert NETWORK.what_if("neu") == removal.what_if(NETWORK, ["neu"])
    expected = paths.find_paths(NETWORK, "cs", "office", via=["ansteel"])
    assert NETWORK.paths("东北大学计算机学院", "office", via=["鞍钢集团"]) == expected
    assert next(iter(NETWORK.all_shortest_paths("cs", "office"))).nodes[1].name == "东北大学"


def test_nodes_may_be_named() -> None:
    assert NETWORK.id_of("neu") == NETWORK.id_of("东北大学") == "neu"
    assert NETWORK.id_of("Southeast University") == "seu"


def test_a_name_that_several_have_or_none_says_so() -> None:
    with pytest.raises(AmbiguousNameError, match="neu, seu"):
        NETWORK.id_of("东大")
    with pytest.raises(NotFoundError, match="不存在"):
        NETWORK.id_of("不存在")


def test_nodes_are_grouped_by_province_and_by_community() -> None:
    regions = NETWORK.groups("region")
    assert regions.names == ("江苏省", "辽宁省")
    assert regions.codes[NETWORK.index("seu")] == 0
    story = Story().node("x", place="Boston")
    assert Network.of(story.snapshot()).groups("region").codes.tolist() == [-1]
    labels = communities.communities(NETWORK)
    assert NETWORK.groups("community").codes.tolist() == labels.tolist()


def test_the_table_of_communities_has_the_largest_and_best_linked_first() -> None:
    story = Story()
    for a, b in ("ab", "bc", "ca", "cd", "xy"):
        story.event(f"{a}{b}", a, b)
    table = Network.of(story.snapshot()).communities()
    assert table["size"].is_monotonic_decreasing
    assert table.loc[0, "id"] == "c"
    assert table.attrs["modularity"] == pytest.approx(
        communities.modularity(Network.of(story.snapshot()), [0, 0, 0, 0, 1, 1])
    )
