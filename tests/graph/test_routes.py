from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.graphs import graphs
from trihelix.graph.network import Network
from trihelix.graph.passage import Passage
from trihelix.graph.routes import (
    all_routes,
    cheapest_route,
    k_routes,
    shortest_route,
    widest_route,
)
from trihelix.graph.searches import Route
from trihelix.schema.errors import ConfigurationError


def plain(network: Network) -> nx.Graph[int]:
    """The same graph with indices for nodes, and a length for each link."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network)))
    for (i, j), weight in zip(network.ends.tolist(), network.weights.tolist(), strict=True):
        graph.add_edge(i, j, weight=weight, length=1.0 / weight)
    return graph


def length(graph: nx.Graph[int], route: Route) -> float:
    return math.fsum(graph[i][j]["length"] for i, j in pairwise(route))


def weakest(graph: nx.Graph[int], route: Route) -> float:
    return float(min(graph[i][j]["weight"] for i, j in pairwise(route)))


def simple_routes(graph: nx.Graph[int], *, most: int | None = None) -> list[Route]:
    last = len(graph) - 1
    return [tuple(path) for path in nx.all_simple_paths(graph, 0, last, cutoff=most)]


@settings(max_examples=150, deadline=None)
@given(graphs(least=2))
def test_shortest_is_the_first_of_the_shortest(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    a, b = 0, len(network) - 1
    route = shortest_route(network, a, b)
    if not nx.has_path(plain(network), a, b):
        assert route is None
    else:
        assert route == min(map(tuple, nx.all_shortest_paths(plain(network), a, b)))


@settings(max_examples=150, deadline=None)
@given(graphs(least=2), st.integers(1, 5))
def test_all_shortest_are_those_of_networkx_in_order(graph: nx.Graph[str], limit: int) -> None:
    network = Network.from_networkx(graph)
    a, b = 0, len(network) - 1
    found = all_routes(network, a, b)
    connected = nx.has_path(plain(network), a, b)
    expected = sorted(map(tuple, nx.all_shortest_paths(plain(network), a, b))) if connected else []
    assert list(found) == expected
    assert list(map(tuple, found.array().tolist())) == expected
    assert (found.total, len(found)) == (len(expected), len(expected))
    few = all_routes(network, a, b, limit=limit)
    assert list(few) == expected[:limit]
    assert [row for block in few.blocks(2) for row in map(tuple, block.tolist())] == list(few)


def test_the_number_of_all_shortest_is_told_though_few_are_written() -> None:
    layers = 12  # 10 nodes in each, all linked to all of the next: 10**12 routes
    links = [
        (1 + 10 * layer + i, 11 + 10 * layer + j)
        for layer in range(layers - 1)
        for i in range(10)
        for j in range(10)
    ]
    last = 1 + 10 * layers
    links += [(0, 1 + i) for i in range(10)] + [(last - 10 + i, last) for i in range(10)]
    network = Network.from_arrays(np.array(links))
    found = all_routes(network, 0, last, limit=3)
    assert (found.total, found.hops, len(list(found))) == (10**12, 13, 3)
    assert str(found) == (
        "the first 3 of 1,000,000,000,000 shortest paths of 13 hops; raise limit for more"
    )
    assert str(all_routes(network, 0, 11)) == "10 shortest paths of 2 hops"


@settings(max_examples=150, deadline=None)
@given(graphs(least=2))
def test_cheapest_by_strength_is_as_long_as_dijkstra_says(graph: nx.Graph[str]) -> None:
    network = Network.from_networkx(graph)
    a, b = 0, len(network) - 1
    route = cheapest_route(network, a, b)
    if not nx.has_path(plain(network), a, b):
        assert route is None
    else:
        assert route is not None
        expected = nx.dijkstra_path_length(plain(network), a, b, weight="length")
        assert length(plain(network), route) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(graphs(least=2, most=9), st.integers(1, 6))
def test_cheapest_of_few_hops_is_the_best_of_all_those(graph: nx.Graph[str], most: int) -> None:
    network = Network.from_networkx(graph)
    route = cheapest_route(network, 0, len(network) - 1, max_hops=most)
    found = [length(plain(network), r) for r in simple_routes(plain(network), most=most)]
    if not found:
        assert route is None
    else:
        assert route is not None and len(route) - 1 <= most
        assert length(plain(network), route) == pytest.approx(min(found), abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(graphs(least=2, most=9), st.integers(1, 8))
def test_widest_is_the_best_of_all_simple_paths(graph: nx.Graph[str], most: int) -> None:
    network = Network.from_networkx(graph)
    route = widest_route(network, 0, len(network) - 1, by="weakest_strength", max_hops=most)
    ranked = sorted(
        (-weakest(plain(network), r), len(r), r) for r in simple_routes(plain(network), most=most)
    )
    assert route == (ranked[0][2] if ranked else None)


Measure = Callable[[Any, Route], tuple[float, ...]]

ORDERS: dict[str, Measure] = {
    "hops": lambda _, route: (len(route),),
    "strength": lambda graph, route: (round(length(graph, route), 9),),
    "weakest_strength": lambda graph, route: (-weakest(graph, route), len(route)),
}


@pytest.mark.parametrize("by", ORDERS)
@settings(max_examples=80, deadline=None)
@given(graph=graphs(least=2, most=8), k=st.integers(1, 25), most=st.integers(1, 8))
def test_k_routes_are_the_first_of_all_simple_paths(
    by: str, graph: nx.Graph[str], k: int, most: int
) -> None:
    network = Network.from_networkx(graph)
    key = ORDERS[by]
    found = k_routes(network, 0, len(network) - 1, k, by=by, max_hops=most)  # type: ignore[arg-type]
    whole = plain(network)
    ranked = sorted(key(whole, route) for route in simple_routes(whole, most=most))
    assert [key(whole, route) for route in found] == ranked[:k]
    assert len(set(found)) == len(found)
    assert all(len(set(route)) == len(route) <= most + 1 for route in found)
    assert all(nx.is_path(whole, list(route)) for route in found)


def test_k_routes_are_as_long_as_those_of_networkx_on_a_larger_graph() -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=5)
    network = Network.from_arrays(
        np.array(graph.edges), np.random.default_rng(1).random(1191) + 0.1
    )
    whole = plain(network)
    found = k_routes(network, 0, 399, 30, by="strength")
    expected = islice(nx.shortest_simple_paths(whole, 0, 399, weight="length"), 30)
    lengths = [length(whole, tuple(path)) for path in expected]
    assert [length(whole, route) for route in found] == pytest.approx(lengths)


@settings(max_examples=100, deadline=None)
@given(graphs(least=3, most=12), st.sets(st.integers(1, 10)), st.booleans())
def test_closed_nodes_are_not_passed(graph: nx.Graph[str], avoid: set[int], by_hops: bool) -> None:
    network = Network.from_networkx(graph)
    last = len(network) - 1
    closed = {node for node in avoid if node < last}
    passage = Passage.of(network, avoiding=closed)
    find = shortest_route if by_hops else cheapest_route
    route = find(network, 0, last, passage=passage)
    open_ = plain(network)
    open_.remove_nodes_from(closed)
    if not nx.has_path(open_, 0, last):
        assert route is None
    else:
        weight = None if by_hops else "length"
        expected = nx.dijkstra_path_length(open_, 0, last, weight=weight or "none")
        assert route is not None and not closed & set(route)
        assert (len(route) - 1 if by_hops else length(open_, route)) == pytest.approx(expected)


def test_links_of_no_length_make_no_detour() -> None:
    network = Network.from_networkx(nx.cycle_graph(9))  # without facts every link is certain
    assert cheapest_route(network, 0, 2, by="confidence") == (0, 1, 2)
    assert [len(r) for r in k_routes(network, 0, 2, 3, by="confidence")] == [3, 8]


def test_a_spent_budget_is_told_with_its_remedy() -> None:
    network = Network.from_arrays(np.array(nx.barabasi_albert_graph(300, 3, seed=1).edges))
    for by in ("hops", "strength", "weakest_strength"):
        with pytest.raises(ConfigurationError, match=r"budget of 20 links .* 0 paths.* raise"):
            k_routes(network, 298, 299, 1, by=by, budget=20)
    with pytest.raises(ConfigurationError, match=r"spent with [1-9]\d* paths found"):
        k_routes(network, 298, 299, 1000, budget=20_000)
    with pytest.raises(ConfigurationError, match="budget 0 must be at least 1"):
        shortest_route(network, 298, 299, budget=0)


def test_threads_share_a_network() -> None:
    graph = nx.barabasi_albert_graph(2000, 3, seed=2)
    weights = np.random.default_rng(3).random(graph.number_of_edges()) + 0.1
    network = Network.from_arrays(np.array(graph.edges), weights)
    ends = np.random.default_rng(4).integers(0, 1000, (150, 2)) * [1, 1] + [0, 1000]

    def answer(pair: list[int]) -> object:
        a, b = pair
        return (
            shortest_route(network, a, b),
            cheapest_route(network, a, b),
            cheapest_route(network, a, b, max_hops=3),
            list(all_routes(network, a, b)),
        )

    alone = [answer(pair) for pair in ends.tolist()]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(answer, ends.tolist())) == alone


def test_an_unknown_order_and_a_negative_weight_are_refused() -> None:
    network = Network.from_arrays(np.array([[0, 1], [1, 2]]), np.array([1.0, -2.0]))
    with pytest.raises(ConfigurationError, match=r"cannot order by 'price'; choose from hops, "):
        k_routes(network, 0, 2, 1, by="price")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=r"link of 1 and 2 has the negative strength -2.0"):
        cheapest_route(network, 0, 2)
