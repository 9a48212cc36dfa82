"""Random graphs for comparing with networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from trihelix.graph.network import Network


@st.composite
def graphs(draw: st.DrawFn, *, least: int = 1, most: int = 24) -> nx.Graph[str]:
    """An undirected weighted graph, often disconnected, with nodes that no link joins."""
    n = draw(st.integers(least, most))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1])
    weight = st.floats(0.05, 5.0)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"n{i:02}" for i in range(n))
    for a, b in draw(st.lists(pairs, max_size=3 * n)) if n > 1 else ():
        graph.add_edge(f"n{a:02}", f"n{b:02}", weight=draw(weight))
    return graph


def vector(network: Network, values: dict[str, float]) -> NDArray[np.float64]:
    """A networkx answer in the order of a network's nodes."""
    return np.array([values[node.id] for node in network.nodes])
