"""Trihelix's side of the comparison: what a user would call, on a network made from arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphs import Graph

from trihelix.graph import brokerage, centrality, communities, routes, structure
from trihelix.graph.betweenness import edge_betweenness
from trihelix.graph.network import Network


class Trihelix:
    """The engine; measures have the names that the peers' have."""

    name = "trihelix"

    def __init__(self, graph: Graph) -> None:
        self.network = Network.from_arrays(graph.ends, graph.weights, n=graph.n)

    def measures(
        self, sample: list[int], pairs: list[tuple[int, int]]
    ) -> dict[str, Callable[[], Any]]:
        g = self.network
        few = [g.nodes[i].id for i in sample]
        return {
            "PageRank": lambda: centrality.pagerank(g),
            "eigenvector": lambda: centrality.eigenvector(g),
            "betweenness, 64 sources": lambda: centrality.betweenness(
                g, normalized=False, samples=len(sample)
            ),
            "betweenness": lambda: centrality.betweenness(g, normalized=False, samples=len(g)),
            "edge betweenness": lambda: edge_betweenness(g, normalized=False),
            "closeness, 64 nodes": lambda: centrality.closeness(g, nodes=few),
            "closeness": lambda: centrality.closeness(g),
            "harmonic": lambda: centrality.harmonic(g, normalized=False),
            "constraint": lambda: brokerage.constraint(g),
            "effective size": lambda: brokerage.effective_size(g, weighted=False),
            "k-core": lambda: structure.core_numbers(g),
            "components": lambda: Network.components.func(g),
            "articulation points": lambda: structure.cut_nodes(g),
            "clustering": lambda: structure.clustering(g),
            "shortest path": lambda: [routes.shortest_route(g, a, b) for a, b in pairs],
            "cheapest path": lambda: [routes.cheapest_route(g, a, b) for a, b in pairs],
            "all shortest paths": lambda: [list(routes.all_routes(g, a, b)) for a, b in pairs],
            "k shortest paths": lambda: [routes.k_routes(g, a, b, 5) for a, b in pairs[:5]],
            "communities": lambda: communities.communities(g),
        }
