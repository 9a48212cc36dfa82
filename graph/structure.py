"""How a network hangs together: cores, triangles, where it falls apart, and its extent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels import cutting, extent, peeling, triangles
from trihelix.graph.network import Network
from trihelix.graph.oriented import Oriented
from trihelix.schema.errors import ConfigurationError

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]

SEARCHES = 1_000  # of the diameter; collaboration networks need some tens


@dataclass(frozen=True, slots=True, kw_only=True)
class Diameter:
    """The largest distance lies between `lower` and `upper`, after so many searches."""

    lower: int
    upper: int
    searches: int

    @property
    def exact(self) -> bool:
        """Whether the bounds have met."""
        return self.lower == self.upper


def core_numbers(network: Network) -> Int32:
    """The largest k for which a node is in the k-core, shape (n,); links count 1 each.

    The k-core is what is left when nodes with fewer than k neighbours are taken away, again and
    again. Source: S. Seidman, Network structure and minimum degree, Social Networks 5, 1983.
    """
    return peeling.cores(network.indptr, network.indices)


def triangle_counts(network: Network) -> Int64:
    """The number of pairs of a node's neighbours that are linked themselves, shape (n,)."""
    o = Oriented.of(network)
    found: Int64 = o.sum(lambda first, last: triangles.corners(o.starts, o.heads, first, last))
    return found


def clustering(network: Network, *, weighted: bool = False) -> Floats:
    """The share of the pairs of a node's neighbours that are linked, shape (n,).

    0 for nodes with fewer than two neighbours. Weighted, a triangle counts as the geometric mean of
    its weights over the highest weight in the network. Sources: D. Watts, S. Strogatz, Collective
    dynamics of small-world networks, Nature 393, 1998; J.-P. Onnela et al., Intensity and coherence
    of motifs in weighted complex networks, Phys. Rev. E 71, 065103, 2005.
    """
    closed = _intensities(network) if weighted else triangle_counts(network).astype(np.float64)
    pairs = _pairs(network)
    return np.divide(closed, pairs, out=np.zeros(len(network)), where=pairs > 0)


def transitivity(network: Network) -> float:
    """The share of all paths over two links whose ends are linked; 0 when there are none.

    Source: M. Newman, S. Strogatz, D. Watts, Random graphs with arbitrary degree distributions and
    their applications, Phys. Rev. E 64, 026118, 2001.
    """
    pairs = _pairs(network).sum()
    return float(triangle_counts(network).sum() / pairs) if pairs else 0.0


def cut_nodes(network: Network) -> Int32:
    """The articulation points: nodes without which their component falls apart, ascending.

    Source: J. Hopcroft, R. Tarjan, Algorithm 447, Communications of the ACM 16, 1973.
    """
    nodes, _ = cutting.cuts(network.indptr, network.indices, network.link)
    return np.flatnonzero(nodes).astype(np.int32)


def cut_links(network: Network) -> Int32:
    """The links without which their component falls apart (bridges in graph theory), ascending.

    Source: as `cut_nodes`.
    """
    _, links = cutting.cuts(network.indptr, network.indices, network.link)
    return np.flatnonzero(links).astype(np.int32)


def blocks(network: Network) -> Int32:
    """The number of the biconnected component of each link, shape (m,), in order of its first link.

    Links of one block stay joined whichever node leaves; a cut link is a block of its own. Source:
    as `cut_nodes`.
    """
    found = cutting.blocks(network.indptr, network.indices, network.link)
    _, first, at = np.unique(found, return_index=True, return_inverse=True)
    number = np.empty(first.size, np.int32)
    number[np.argsort(first)] = np.arange(first.size)
    return number[at]


def diameter(network: Network, *, searches: int = SEARCHES) -> Diameter:
    """Bounds of the largest distance in the largest component, exact when they meet.

    Links count 1 each; at most `searches` breadth-first searches are made. Sources: P. Crescenzi et
    al., On computing the diameter of real-world undirected graphs, Theor. Comput. Sci. 514, 2013
    (searching from the outside in); F. Takes, W. Kosters, Determining the diameter of small world
    networks, CIKM 2011 (what a search says of other nodes).

    Raises:
        ConfigurationError: for a network without nodes, or less than one search.
    """
    if searches < 1:
        raise ConfigurationError(f"diameter: searches {searches} is less than 1")
    if not len(network):
        raise ConfigurationError("diameter: the network has no nodes, so it has no distances")
    start = int(np.where(network.components == 0, network.degree, -1).argmax())
    lower, upper, made = extent.extent(network.indptr, network.indices, start, searches)
    return Diameter(lower=int(lower), upper=int(upper), searches=int(made))


def _pairs(network: Network) -> Floats:
    degree = network.degree.astype(np.float64)
    return degree * (degree - 1) / 2


def _intensities(network: Network) -> Floats:
    o = Oriented.of(network)
    weights = network.weights[o.links]
    roots = np.cbrt(weights / weights.max(initial=0)) if weights.size else weights
    found: Floats = o.sum(
        lambda first, last: triangles.intensities(o.starts, o.heads, roots, first, last)
    )
    return found
