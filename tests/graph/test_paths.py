from __future__ import annotations

from itertools import islice, pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from tests.graph.snapshots import Story, northeast
from trihelix.graph.network import Network
from trihelix.graph.paths import Path, all_shortest, find_paths, k_shortest, shortest
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError, NotFoundError


def ids(path: Path) -> list[str]:
    return [node.id for node in path.nodes]


def test_every_hop_explains_itself() -> None:
    path = shortest(Network.of(northeast()), "cs", "office")
    assert str(path) == "东北大学计算机学院 → 东北大学 → 辽宁省教育厅"
    assert len(path) == 2
    first, second = path.hops
    assert (first.source.id, first.target.id, first.sources) == ("cs", "neu", 2)
    assert [(s.type, s.kind, s.source_roles, s.target_roles) for s in first.supports] == [
        ("relation", "PART_OF", ("source",), ("target",)),
        ("relation", "PART_OF", ("source",), ("target",)),
    ]
    (forum,) = second.supports
    assert (forum.type, forum.kind, forum.id) == ("event", "Convening", "forum")
    assert (forum.date, forum.status) == ("XXXX-04-25", "completed")
    assert (forum.source_roles, forum.target_roles) == (("attendee",), ("organizer",))
    (sentence,) = forum.sentences
    assert (sentence.quote, sentence.title) == ("forum happened", "Title of d1")


def test_a_hop_walked_backwards_keeps_the_direction_of_its_relation() -> None:
    (hop,) = shortest(Network.of(northeast()), "neu", "cs").hops
    assert (hop.supports[0].source_roles, hop.supports[0].target_roles) == (
        ("target",),
        ("source",),
    )


def test_the_most_trustworthy_and_latest_fact_comes_first() -> None:
    story = (
        Story()
        .event("doubtful", "a", "b", confidence=0.5, date="2024")
        .event("older", "a", "b", confidence=0.9, date="2020")
        .event("newer", "a", "b", confidence=0.9, date="2023")
    )
    (hop,) = shortest(Network.of(story.snapshot()), "a", "b").hops
    assert [s.id for s in hop.supports] == ["newer", "older", "doubtful"]
    assert hop.sentence is not None
    assert hop.sentence.quote == "newer happened"


def test_the_sentence_that_names_both_ends_comes_before_the_title() -> None:
    story = Story().node("a", "University", "东北大学", "东大").node("b", "Firm", "鞍钢集团")
    story.event(
        "e", "a", "b", quotes=["校企合作再升级", "鞍钢集团迎来客人。", "东大与鞍钢集团签约。"]
    )
    (hop,) = shortest(Network.of(story.snapshot()), "a", "b").hops
    assert [s.quote for s in hop.supports[0].sentences] == [
        *("东大与鞍钢集团签约。", "鞍钢集团迎来客人。", "校企合作再升级")
    ]


def test_a_bridging_person_is_named() -> None:
    network = Network.of(northeast(), View(persons="bridges"))
    (hop,) = shortest(network, "neu", "neusoft").hops
    assert {(s.title, s.via.name if s.via else None) for s in hop.supports} == {
        ("校长", "冯教授"),
        ("独立董事", "冯教授"),
    }


def test_a_path_may_go_through_a_person() -> None:
    network = Network.of(northeast(), View(persons="nodes"))
    assert ids(shortest(network, "neu", "neusoft")) == ["neu", "feng", "neusoft"]


def test_equal_paths_come_in_the_order_of_ids() -> None:
    story = Story()
    for number, middle in enumerate(("m3", "m1", "m2")):
        story.event(f"e{number}", "a", middle).event(f"f{number}", middle, "z")
    network = Network.of(story.snapshot())
    assert ids(shortest(network, "a", "z")) == ["a", "m1", "z"]
    assert [ids(p)[1] for p in k_shortest(network, "a", "z", 9)] == ["m1", "m2", "m3"]


@settings(max_examples=120, deadline=None)
@given(graphs(least=2, most=9), st.integers(1, 30))
def test_k_shortest_are_the_first_of_all_simple_paths(graph: nx.Graph[str], k: int) -> None:
    network = Network.from_networkx(graph)
    a, b = network.nodes[0].id, network.nodes[-1].id
    expected = sorted(nx.all_simple_paths(graph, a, b), key=lambda path: (len(path), path))[:k]
    if expected:
        assert [ids(path) for path in k_shortest(network, a, b, k)] == expected
    else:
        with pytest.raises(NotFoundError, match="no path between"):
            k_shortest(network, a, b, k)


def test_k_shortest_agrees_with_networkx_on_a_larger_graph() -> None:
    graph = nx.barabasi_albert_graph(400, 2, seed=5)
    graph = nx.relabel_nodes(graph, {i: f"n{i:03}" for i in graph})
    network = Network.from_networkx(graph)
    found = k_shortest(network, "n000", "n399", 25)
    expected = islice(nx.shortest_simple_paths(graph, "n000", "n399"), 25)
    assert [len(path.nodes) for path in found] == [len(path) for path in expected]
    assert len({tuple(ids(path)) for path in found}) == 25
    for path in found:
        assert all(graph.has_edge(a, b) for a, b in pairwise(ids(path)))


def test_paths_are_no_longer_than_allowed() -> None:
    network = Network.from_networkx(nx.cycle_graph(list("abcdef")))
    assert [ids(p) for p in k_shortest(network, "a", "c", 5, max_hops=2)] == [["a", "b", "c"]]
    assert len(k_shortest(network, "a", "c", 5, max_hops=4)) == 2
    with pytest.raises(NotFoundError, match=r"no path of at most 1 hops .* raise max_hops"):
        shortest(network, "a", "c", max_hops=1)


def test_without_a_path_the_message_tells_the_components() -> None:
    story = Story().event("e1", "a", "b").event("e2", "c", "d", "e")
    message = r"a \(in a component of 2 nodes\) and c \(3 nodes\); .* 2 components: 3, 2; widen"
    with pytest.raises(NotFoundError, match=message):
        shortest(Network.of(story.snapshot()), "a", "c")


def test_impossible_questions_are_refused() -> None:
    network = Network.of(northeast())
    with pytest.raises(ConfigurationError, match="东北大学 is both ends"):
        shortest(network, "neu", "neu")
    with pytest.raises(ConfigurationError, match="k 0 and max_hops 10 must be at least 1"):
        k_shortest(network, "neu", "cs", 0)
    with pytest.raises(NotFoundError, match="'nobody'"):
        shortest(network, "neu", "nobody")


def sectors() -> Network:
    """A university and a firm, linked by an agency, and by a laboratory and another firm."""
    story = (
        Story()
        .document("d2", published="2019-01-01")
        .document("d3", published="2021-01-01")
        .node("uni", "University")
        .node("agency", "Agency")
        .node("lab", "Laboratory")
        .node("firm", "Firm")
        .node("end", "Firm")
        .event("e1", "uni", "agency", kind="Convening", date="2018", confidence=0.5)
        .event("e2", "agency", "end", kind="Signing", date="2022", confidence=0.9)
        .event("e3", "uni", "lab", date="2020", confidence=0.9)
        .event("e4", "lab", "firm", date="2020", confidence=0.9, document="d2")
        .event("e5", "firm", "end", date="2021", confidence=0.9)
        .event("e6", "uni", "agency", date="2021", confidence=0.6, document="d2")
        .event("e7", "agency", "end", date="2021", confidence=0.7, document="d3")
        .event("e8", "uni", "lab", date="2021", confidence=0.3, document="d3")
    )
    return Network.of(story.snapshot())


def test_paths_by_confidence_have_the_highest_product() -> None:
    (path,) = find_paths(sectors(), "uni", "end", by="confidence")
    assert ids(path) == ["uni", "lab", "firm", "end"]  # 0.729; by the agency 0.54
    assert path.value == pytest.approx(0.9**3)
    both = find_paths(sectors(), "uni", "end", by="confidence", k=3)
    assert [path.value for path in both] == pytest.approx([0.729, 0.54])


def test_the_weakest_link_is_the_strongest_that_can_be() -> None:
    (sure,) = find_paths(sectors(), "uni", "end", by="weakest_confidence")
    assert (ids(sure), sure.value) == (["uni", "lab", "firm", "end"], 0.9)
    (told,) = find_paths(sectors(), "uni", "end", by="weakest_sources")
    assert (ids(told), told.value) == (["uni", "agency", "end"], 2.0)


def test_paths_by_strength_prefer_strong_links() -> None:
    story = Story().event("e", "a", "z")
    for number in range(5):
        story.event(f"f{number}", "a", "m").event(f"g{number}", "m", "z")
    paths = find_paths(Network.of(story.snapshot()), "a", "z", by="strength", k=2)
    assert [(ids(p), p.value) for p in paths] == [(["a", "m", "z"], 0.4), (["a", "z"], 1.0)]


def test_paths_through_kinds_and_sectors_only() -> None:
    network = sectors()
    (path,) = find_paths(network, "uni", "end", kinds=["Laboratory", "Firm"])
    assert ids(path) == ["uni", "lab", "firm", "end"]
    (path,) = find_paths(network, "uni", "end", sectors="government", k=5)
    assert ids(path) == ["uni", "agency", "end"]
    assert len(find_paths(network, "uni", "end", kinds="Organization", k=9)) == 2
    with pytest.raises(NotFoundError, match="between uni and end that meets all conditions, thou"):
        find_paths(network, "uni", "end", sectors=["university", "firm"])
    with pytest.raises(ConfigurationError, match="unknown sector 'army'; known: firm, gov"):
        find_paths(network, "uni", "end", sectors=["army"])
    with pytest.raises(ConfigurationError, match="unknown kind of node 'Club'"):
        find_paths(network, "uni", "end", kinds=["Club"])


def test_paths_avoid_nodes() -> None:
    (path,) = find_paths(sectors(), "uni", "end", avoiding="agency", k=5)
    assert ids(path) == ["uni", "lab", "firm", "end"]
    with pytest.raises(ConfigurationError, match="uni is to be passed and to be avoided"):
        find_paths(sectors(), "uni", "end", avoiding=["uni"])
    with pytest.raises(NotFoundError, match="'nobody'"):
        find_paths(sectors(), "uni", "end", avoiding=["nobody"])


def test_paths_over_facts_of_some_kinds_and_dates_are_explained_by_those() -> None:
    (path,) = find_paths(sectors(), "uni", "end", facts=["Convening", "Signing"])
    assert [[s.id for s in hop.supports] for hop in path.hops] == [["e1"], ["e2"]]
    assert [hop.sources for hop in path.hops] == [1, 1]
    (sure,) = find_paths(sectors(), "uni", "end", since="2021", until="2021", by="confidence")
    assert ids(sure) == ["uni", "agency", "end"]
    assert sure.value == pytest.approx(0.6 * 0.7)
    assert [hop.supports[0].id for hop in sure.hops] == ["e6", "e7"]
    (few,) = find_paths(sectors(), "uni", "end", until="2021", by="weakest_sources")
    assert (len(few), few.value) == (2, 1.0)
    with pytest.raises(ConfigurationError, match="unknown kind of fact 'Party'"):
        find_paths(sectors(), "uni", "end", facts=["Party"])


def test_a_path_by_way_of_a_node_has_no_loop_when_that_can_be() -> None:
    links = [("a", "m"), ("m", "v"), ("m", "z"), ("v", "x"), ("x", "y"), ("y", "z")]
    (path,) = find_paths(Network.from_networkx(nx.Graph(links)), "a", "z", via=["v"])
    assert ids(path) == ["a", "m", "v", "x", "y", "z"]  # a m v m z is shorter, with a loop
    assert path.loopless


def test_a_path_to_a_dead_end_and_back_has_a_loop_and_says_so() -> None:
    network = Network.from_networkx(nx.Graph([("a", "m"), ("m", "v"), ("m", "z")]))
    (path,) = find_paths(network, "a", "z", via=["v"], k=3)
    assert ids(path) == ["a", "m", "v", "m", "z"]
    assert not path.loopless
    with pytest.raises(NotFoundError):
        find_paths(network, "a", "z", via=["v"], max_hops=3)


def test_a_node_may_be_passed_out_of_its_turn_when_there_is_no_other_way() -> None:
    network = Network.from_networkx(nx.path_graph(list("avwz")))
    (path,) = find_paths(network, "a", "z", via=["w", "v"])
    assert ids(path) == list("avwvwz")


@settings(max_examples=100, deadline=None)
@given(graphs(least=4, most=8), st.integers(1, 2), st.sampled_from(["hops", "strength"]))
def test_loopless_paths_by_way_of_nodes_are_the_best_of_all(
    graph: nx.Graph[str], stops: int, by: Any
) -> None:
    network = Network.from_networkx(graph)
    a, *via, b = [node.id for node in (*network.nodes[: 1 + stops], network.nodes[-1])]
    expected = sorted(
        cost(graph, path, by)
        for path in nx.all_simple_paths(graph, a, b)
        if [node for node in path if node in via] == via
    )
    try:
        found = find_paths(network, a, b, via=via, by=by, k=4)
    except NotFoundError:
        assert not all(nx.has_path(graph, a, node) for node in (*via, b))
        return
    if expected:
        assert [path.value for path in found] == pytest.approx(expected[:4])
        assert all(path.loopless for path in found)
    else:
        (walk,) = found
        assert not walk.loopless


def cost(graph: nx.Graph[str], path: list[str], by: str) -> float:
    hops = pairwise(path)
    return sum(1.0 if by == "hops" else 1.0 / graph[a][b]["weight"] for a, b in hops)


def test_all_shortest_explains_each_and_tells_how_many() -> None:
    story = Story()
    for number, middle in enumerate(("m3", "m1", "m2")):
        story.event(f"e{number}", "a", middle).event(f"f{number}", middle, "z")
    network = Network.of(story.snapshot())
    paths = all_shortest(network, "a", "z")
    assert [ids(p) for p in paths] == [["a", m, "z"] for m in ("m1", "m2", "m3")]
    assert [p.hops[0].supports[0].id for p in paths] == ["e1", "e2", "e0"]
    few = all_shortest(network, "a", "z", limit=2)
    assert (len(few), few.total, len(list(few))) == (2, 3, 2)
    assert str(few) == "the first 2 of 3 shortest paths of 2 hops; raise limit for more"
    with pytest.raises(NotFoundError, match="no path of at most 1 hops"):
        all_shortest(network, "a", "z", max_hops=1)
    with pytest.raises(ConfigurationError, match="limit 0"):
        all_shortest(network, "a", "z", limit=0)


def test_contradicting_questions_are_refused() -> None:
    network = sectors()
    with pytest.raises(ConfigurationError, match="lab is to be passed twice"):
        find_paths(network, "uni", "end", via=["lab", "lab"])
    with pytest.raises(ConfigurationError, match="by 'price' is unknown"):
        find_paths(network, "uni", "end", by="price")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="since 2022 is after until 2020"):
        find_paths(network, "uni", "end", since="2022", until="2020")
    with pytest.raises(ConfigurationError, match="budget of 1 links"):
        find_paths(network, "uni", "end", budget=1)


def test_links_that_no_document_tells_of_are_no_path_by_sources() -> None:
    network = Network.from_arrays([[0, 1], [1, 2]])
    with pytest.raises(NotFoundError, match="choose the best by hops"):
        find_paths(network, "0", "2", by="weakest_sources")
