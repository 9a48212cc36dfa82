"""Communities against networkx and against what their definition promises."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.graph.graphs import graphs
from trihelix.graph.communities import communities, modularity, ordered
from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

compare = settings(max_examples=50, deadline=None)
random_labels = st.randoms(use_true_random=False)


def groups(network: Network, labels: NDArray[np.int32]) -> list[set[str]]:
    ids = np.array([node.id for node in network.nodes])
    return [set(ids[labels == c].tolist()) for c in range(int(labels.max(initial=-1)) + 1)]


@compare
@given(graphs(), random_labels, st.booleans(), st.sampled_from([0.5, 1.0, 2.0]))
def test_modularity_is_that_of_networkx(
    graph: nx.Graph[str], random: Random, weighted: bool, resolution: float
) -> None:
    network = Network.from_networkx(graph)
    labels = np.array([random.randrange(4) for _ in network.nodes])
    found = modularity(network, labels, weighted=weighted, resolution=resolution)
    if not network.size:
        assert found == 0.0
        return
    parts = [part for part in groups(network, labels) if part]
    weight = "weight" if weighted else None
    expected = nx.community.modularity(graph, parts, weight=weight, resolution=resolution)
    assert found == pytest.approx(expected, abs=1e-9)


@compare
@given(graphs(most=30), st.integers(0, 3), st.booleans())
def test_communities_are_connected_and_numbered_by_size(
    graph: nx.Graph[str], seed: int, weighted: bool
) -> None:
    network = Network.from_networkx(graph)
    labels = communities(network, seed=seed, weighted=weighted)
    assert labels.dtype == np.int32
    parts = groups(network, labels)
    assert all(nx.is_connected(graph.subgraph(part)) for part in parts)
    keys = [(-len(part), min(part)) for part in parts]
    assert keys == sorted(keys)


@compare
@given(graphs(least=2, most=30), st.integers(0, 3))
def test_no_single_move_betters_the_division(graph: nx.Graph[str], seed: int) -> None:
    network = Network.from_networkx(graph)
    labels = communities(network, seed=seed, iterations=10)
    best = modularity(network, labels)
    for node in range(len(network)):
        for other in range(int(labels.max()) + 2):
            moved = labels.copy()
            moved[node] = other
            assert modularity(network, moved) <= best + 1e-8


def test_the_karate_club_has_its_best_known_division() -> None:
    network = Network.from_networkx(nx.karate_club_graph())
    labels = communities(network, weighted=False, iterations=5)
    assert modularity(network, labels, weighted=False) == pytest.approx(0.4197896, abs=1e-6)


def test_a_ring_of_cliques_falls_into_its_cliques() -> None:
    network = Network.from_networkx(nx.ring_of_cliques(8, 5))
    parts = groups(network, communities(network))
    cliques = [{str(5 * c + i) for i in range(5)} for c in range(8)]
    assert sorted(map(sorted, parts)) == sorted(map(sorted, cliques))


def test_a_higher_resolution_gives_more_communities() -> None:
    network = Network.from_networkx(nx.connected_watts_strogatz_graph(400, 6, 0.05, seed=1))
    counts = [communities(network, resolution=r).max() + 1 for r in (0.2, 1.0, 5.0)]
    assert counts == sorted(set(counts))


def test_modularity_is_as_good_as_that_of_networkx_on_a_larger_network() -> None:
    graph = nx.relaxed_caveman_graph(60, 12, 0.3, seed=3)
    network = Network.from_networkx(graph)
    peer = nx.community.louvain_communities(graph, seed=1)
    least = nx.community.modularity(graph, peer)
    assert modularity(network, communities(network)) >= least - 0.005


def test_weights_count_only_when_asked() -> None:
    graph = nx.path_graph(4)
    nx.set_edge_attributes(graph, {(0, 1): 1.0, (1, 2): 50.0, (2, 3): 1.0}, "weight")
    network = Network.from_networkx(graph)
    assert communities(network).tolist() == [0, 0, 0, 0]
    assert communities(network, weighted=False).tolist() == [0, 0, 1, 1]


def test_one_seed_gives_one_answer_whatever_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network.from_networkx(nx.barabasi_albert_graph(500, 3, seed=2))
    found = []
    for threads in ("1", "2", "4"):
        monkeypatch.setenv("TRIHELIX_THREADS", threads)
        found.append(communities(network, seed=5).tolist())
    assert found[0] == found[1] == found[2]


def test_more_iterations_are_no_worse() -> None:
    network = Network.from_networkx(nx.barabasi_albert_graph(800, 3, seed=2))
    quality = [modularity(network, communities(network, iterations=i)) for i in (1, 2, 3, 4)]
    assert all(b >= a - 1e-12 for a, b in pairwise(quality))


def test_networks_without_links_have_a_community_for_each_node() -> None:
    graph = nx.empty_graph(3)
    assert communities(Network.from_networkx(graph)).tolist() == [0, 1, 2]
    assert communities(Network.from_networkx(nx.empty_graph(0))).tolist() == []
    assert modularity(Network.from_networkx(graph), [0, 1, 2]) == 0.0


def test_ordered_numbers_by_size_and_then_by_first_node() -> None:
    assert ordered(np.array([5, 2, 2, 9, 9, 5, 4])).tolist() == [0, 1, 1, 2, 2, 0, 3]


@pytest.mark.parametrize("options", [{"resolution": 0}, {"iterations": 0}, {"resolution": -1.0}])
def test_bad_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="communities"):
        communities(Network.from_networkx(nx.path_graph(3)), **options)


def test_labels_must_fit_the_network_and_weights_must_be_positive() -> None:
    with pytest.raises(ConfigurationError, match="one for each of 3 nodes"):
        modularity(Network.from_networkx(nx.path_graph(3)), [0, 1])
    graph = nx.path_graph(3)
    graph[0][1]["weight"] = 0.0
    with pytest.raises(ConfigurationError, match="not above 0"):
        communities(Network.from_networkx(graph))
