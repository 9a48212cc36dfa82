"""The same questions asked of other libraries, each in its own fastest documented way.

A peer is a class that takes a graph and offers measures by the names that `network.py` prints; what
it lacks is missing there. Traps that made earlier comparisons wrong are told where they lie.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import igraph
import networkit
import networkx
import numpy as np
import rustworkx
import sknetwork
from graphs import Graph
from scipy.sparse import coo_array, csr_matrix

TOLERANCE = 1e-10  # of PageRank, the sum over all nodes; networkx multiplies by their number
SAMPLE = 64  # sources of sampled betweenness, nodes of closeness

Pairs = list[tuple[int, int]]
Answer = Callable[[], Any]


class Networkx:
    """networkx 3, pure Python: the oracle."""

    name = "networkx"

    def __init__(self, graph: Graph) -> None:
        self.graph = networkx.Graph()
        self.graph.add_nodes_from(range(graph.n))
        rows = zip(*graph.ends.T.tolist(), graph.weights.tolist(), strict=True)
        self.graph.add_weighted_edges_from(rows)
        for _, _, data in self.graph.edges(data=True):
            data["length"] = 1.0 / data["weight"]

    def measures(self, sample: list[int], pairs: Pairs) -> dict[str, Answer]:
        g, few = self.graph, pairs[:5]
        return {
            "PageRank": lambda: networkx.pagerank(g, tol=TOLERANCE / len(g), max_iter=1000),
            "eigenvector": lambda: networkx.eigenvector_centrality(
                self._giant(), max_iter=10_000, tol=1e-10, weight="weight"
            ),
            "betweenness, 64 sources": lambda: networkx.betweenness_centrality_subset(
                g, sample, list(g)
            ),
            "betweenness": lambda: networkx.betweenness_centrality(g, normalized=False),
            "edge betweenness": lambda: networkx.edge_betweenness_centrality(g, normalized=False),
            "closeness, 64 nodes": lambda: [networkx.closeness_centrality(g, v) for v in sample],
            "closeness": lambda: networkx.closeness_centrality(g),
            "harmonic": lambda: networkx.harmonic_centrality(g),
            "constraint": lambda: networkx.constraint(g, weight="weight"),
            "effective size": lambda: networkx.effective_size(g, nodes=list(g)),
            "k-core": lambda: networkx.core_number(g),
            "components": lambda: list(networkx.connected_components(g)),
            "articulation points": lambda: list(networkx.articulation_points(g)),
            "clustering": lambda: networkx.clustering(g),
            "shortest path": lambda: [networkx.shortest_path(g, a, b) for a, b in pairs],
            "cheapest path": lambda: [
                networkx.bidirectional_dijkstra(g, a, b, weight="length") for a, b in pairs
            ],
            "all shortest paths": lambda: [
                list(networkx.all_shortest_paths(g, a, b)) for a, b in pairs
            ],
            "k shortest paths": lambda: [
                list(islice(networkx.shortest_simple_paths(g, a, b), 5)) for a, b in few
            ],
            "communities": lambda: networkx.community.louvain_communities(g, seed=1),
        }

    def _giant(self) -> Any:
        return self.graph.subgraph(max(networkx.connected_components(self.graph), key=len))


class Igraph:
    """igraph (C), GPL. Weights must be floats in a list; a numpy int array is ignored silently."""

    name = "igraph"

    def __init__(self, graph: Graph) -> None:
        self.graph = igraph.Graph(n=graph.n, edges=graph.ends)
        self.weights = graph.weights.astype(float).tolist()
        self.lengths = (1.0 / graph.weights).tolist()

    def measures(self, sample: list[int], pairs: Pairs) -> dict[str, Answer]:
        g, w = self.graph, self.weights
        return {
            "PageRank": lambda: g.pagerank(weights=w),
            "eigenvector": lambda: g.eigenvector_centrality(weights=w),
            "betweenness, 64 sources": lambda: g.betweenness(sources=sample, directed=False),
            "betweenness": lambda: g.betweenness(directed=False),
            "edge betweenness": lambda: g.edge_betweenness(directed=False),
            "closeness, 64 nodes": lambda: g.closeness(vertices=sample),
            "closeness": lambda: g.closeness(),
            "harmonic": lambda: g.harmonic_centrality(),
            "constraint": lambda: g.constraint(weights=w),
            "k-core": lambda: g.coreness(),
            "components": lambda: g.connected_components().membership,
            "articulation points": lambda: g.articulation_points(),
            "clustering": lambda: g.transitivity_local_undirected(mode="zero"),
            "shortest path": lambda: [g.get_shortest_paths(a, b) for a, b in pairs],
            "cheapest path": lambda: [
                g.get_shortest_paths(a, b, weights=self.lengths) for a, b in pairs
            ],
            "all shortest paths": lambda: [g.get_all_shortest_paths(a, b) for a, b in pairs],
            "k shortest paths": lambda: [g.get_k_shortest_paths(a, b, k=5) for a, b in pairs[:5]],
            "communities": lambda: g.community_leiden(
                objective_function="modularity", weights=w, n_iterations=2
            ),
        }


class Networkit:
    """networkit (C++, MIT), with as many threads as Trihelix. Its exact betweenness is doubled."""

    name = "networkit"

    def __init__(self, graph: Graph) -> None:
        rows, columns = graph.ends.T.astype(np.uint64)
        self.plain = networkit.GraphFromCoo((rows, columns), n=graph.n)
        self.strong = networkit.GraphFromCoo(
            (graph.weights.astype(float), (rows, columns)), n=graph.n, weighted=True
        )
        self.long = networkit.GraphFromCoo(
            (1.0 / graph.weights, (rows, columns)), n=graph.n, weighted=True
        )

    def measures(self, sample: list[int], pairs: Pairs) -> dict[str, Answer]:
        g, central, way = self.plain, networkit.centrality, networkit.distance
        return {
            "PageRank": lambda: central.PageRank(self.strong, 0.85, TOLERANCE).run().scores(),
            "eigenvector": lambda: central.EigenvectorCentrality(self.strong, 1e-9).run().scores(),
            "betweenness, 64 sources": lambda: (
                central.EstimateBetweenness(g, len(sample), parallel=True).run().scores()
            ),
            "betweenness": lambda: central.Betweenness(g).run().scores(),
            "closeness": lambda: (
                central.Closeness(g, True, central.ClosenessVariant.GENERALIZED).run().scores()
            ),
            "harmonic": lambda: central.HarmonicCloseness(g, False).run().scores(),
            "k-core": lambda: central.CoreDecomposition(g).run().scores(),
            "components": lambda: networkit.components.ConnectedComponents(g).run(),
            "articulation points": lambda: networkit.components.BiconnectedComponents(g).run(),
            "clustering": lambda: central.LocalClusteringCoefficient(g, True).run().scores(),
            "shortest path": lambda: [
                way.BidirectionalBFS(g, a, b).run().getPath() for a, b in pairs
            ],
            "cheapest path": lambda: [
                way.BidirectionalDijkstra(self.long, a, b).run().getPath() for a, b in pairs
            ],
            "all shortest paths": lambda: [
                way.BFS(g, a, True, False, b).run().getPaths(b) for a, b in pairs
            ],
            "communities": lambda: networkit.community.PLM(self.strong, True).run(),
        }


class Rustworkx:
    """rustworkx (Rust, Apache-2.0); it counts shortest paths with all cores."""

    name = "rustworkx"

    def __init__(self, graph: Graph) -> None:
        self.graph = rustworkx.PyGraph(multigraph=False)
        self.graph.add_nodes_from(range(graph.n))
        rows = zip(*graph.ends.T.tolist(), graph.weights.tolist(), strict=True)
        self.graph.add_edges_from(list(rows))
        self.twice = self.graph.to_directed()

    def measures(self, sample: list[int], pairs: Pairs) -> dict[str, Answer]:  # noqa: ARG002
        g = self.graph
        return {
            "PageRank": lambda: rustworkx.pagerank(
                self.twice, weight_fn=float, tol=TOLERANCE, max_iter=1000
            ),
            "eigenvector": lambda: rustworkx.eigenvector_centrality(
                g, weight_fn=float, max_iter=10_000, tol=1e-9
            ),
            "betweenness": lambda: rustworkx.betweenness_centrality(g, normalized=False),
            "edge betweenness": lambda: rustworkx.edge_betweenness_centrality(g, normalized=False),
            "closeness": lambda: rustworkx.closeness_centrality(g),
            "k-core": lambda: rustworkx.core_number(g),
            "components": lambda: rustworkx.connected_components(g),
            "articulation points": lambda: rustworkx.articulation_points(g),
            "shortest path": lambda: [rustworkx.dijkstra_shortest_paths(g, a, b) for a, b in pairs],
            "cheapest path": lambda: [
                rustworkx.dijkstra_shortest_paths(g, a, b, weight_fn=lambda w: 1.0 / w)
                for a, b in pairs
            ],
            "all shortest paths": lambda: [rustworkx.all_shortest_paths(g, a, b) for a, b in pairs],
        }


class ScikitNetwork:
    """scikit-network (Cython, BSD)."""

    name = "scikit-network"

    def __init__(self, graph: Graph) -> None:
        rows, columns = np.concatenate([graph.ends, graph.ends[:, ::-1]]).T
        values = np.tile(graph.weights.astype(float), 2)
        self.matrix = csr_matrix(coo_array((values, (rows, columns)), shape=(graph.n, graph.n)))

    def measures(self, sample: list[int], pairs: Pairs) -> dict[str, Answer]:  # noqa: ARG002
        a = self.matrix
        return {
            "PageRank": lambda: sknetwork.ranking.PageRank(
                solver="piteration", n_iter=200, tol=TOLERANCE
            ).fit_predict(a),
            "k-core": lambda: sknetwork.topology.get_core_decomposition(a),
            "components": lambda: sknetwork.topology.get_connected_components(a),
            "communities": lambda: sknetwork.clustering.Louvain(random_state=1).fit_predict(a),
        }


PEERS = (Igraph, Networkit, Rustworkx, ScikitNetwork, Networkx)
