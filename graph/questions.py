"""What can be asked of a network, as its methods; each module of measures explains its own.

Nodes may be given by id, or by a name or alias that only one node has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from trihelix.schema.errors import AmbiguousNameError, NotFoundError

if TYPE_CHECKING:
    import pandas as pd

    from trihelix.graph.bridges import Bridge
    from trihelix.graph.groups import By
    from trihelix.graph.network import Network
    from trihelix.graph.paths import Path, ShortestPaths
    from trihelix.graph.removal import Removal
    from trihelix.graph.roles import Brokerage


class Questions:
    """The methods; modules are imported when they are needed, as compiled kernels take a while."""

    @property
    def _network(self) -> Network:
        return cast("Network", self)

    def rank(self, by: str = "betweenness", **options: Any) -> pd.DataFrame:
        """The nodes by a measure, as a table (graph/centrality.py)."""
        from trihelix.graph import centrality

        return centrality.rank(self._network, by, **options)

    def bridges(self, top: int = 10, **options: Any) -> tuple[Bridge, ...]:
        """Who connects sectors, regions or communities (graph/bridges.py)."""
        from trihelix.graph.bridges import bridges

        return bridges(self._network, top, **options)

    def paths(self, source: str, target: str, **options: Any) -> tuple[Path, ...]:
        """The best paths between two nodes, by hops, strength, trust or time (graph/paths.py)."""
        from trihelix.graph.paths import find_paths, listed

        for name in ("via", "avoiding"):
            if name in options:
                options[name] = [self.id_of(node) for node in listed(options[name])]
        return find_paths(self._network, self.id_of(source), self.id_of(target), **options)

    def all_shortest_paths(self, source: str, target: str, **options: Any) -> ShortestPaths:
        """Every path of the fewest hops (graph/paths.py)."""
        from trihelix.graph.paths import all_shortest

        return all_shortest(self._network, self.id_of(source), self.id_of(target), **options)

    def what_if(self, *nodes: str, **options: Any) -> Removal:
        """What the network loses without some nodes, and who could replace them."""
        from trihelix.graph.removal import what_if

        return what_if(self._network, [self.id_of(node) for node in nodes], **options)

    def most_critical(self, top: int = 10) -> pd.DataFrame:
        """The nodes whose removal would break most pairs of others apart (graph/removal.py)."""
        from trihelix.graph.removal import most_critical

        return most_critical(self._network, top)

    def brokerage(self, by: By = "sector") -> Brokerage:
        """The five roles of Gould and Fernandez between groups (graph/roles.py)."""
        from trihelix.graph.roles import brokerage

        return brokerage(self._network, by)

    def communities(self, **options: Any) -> pd.DataFrame:
        """The nodes with their communities, by the Leiden algorithm (graph/communities.py)."""
        from trihelix.graph.communities import community_table

        return community_table(self._network, **options)

    def mixing(self, by: By = "sector") -> pd.DataFrame:
        """How many links run between groups, and how many chance would give (graph/mixing.py)."""
        from trihelix.graph.mixing import mixing

        return mixing(self._network, by)

    def triple_helix(self, **options: Any) -> pd.DataFrame:
        """The transmission between university, industry and government (graph/helix.py)."""
        from trihelix.graph.helix import triple_helix

        return triple_helix(self._network, **options)

    def predict(self, by: str = "adamic_adar", **options: Any) -> pd.DataFrame:
        """The links most likely to come, with their reasons (graph/prediction.py)."""
        from trihelix.graph.prediction import predict

        return predict(self._network, by, **options)

    def candidates(self, node: str, by: str = "adamic_adar", **options: Any) -> pd.DataFrame:
        """With whom a node is likely to link next (graph/prediction.py)."""
        from trihelix.graph.prediction import candidates

        return candidates(self._network, self.id_of(node), by, **options)

    def turnover(self, *, quiet: int = 1) -> pd.DataFrame:
        """Who comes and who goes, year by year (graph/trend.py)."""
        from trihelix.graph.trend import turnover

        return turnover(self._network, quiet=quiet)

    def seen(self) -> pd.DataFrame:
        """When each node was first and last seen with a link (graph/trend.py)."""
        from trihelix.graph.trend import seen

        return seen(self._network)

    def id_of(self, name: str) -> str:
        """The id of the node with this id, name or alias.

        Raises:
            NotFoundError: when the network has none.
            AmbiguousNameError: when several have it.
        """
        if name in self._network.position:
            return name
        found = self.called.get(name, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(name, found)
        self._network.index(name)  # says why there is none
        raise NotFoundError(f"{name!r}: the network has no node of this name")

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the nodes by each of their names and aliases."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for node in self._network.nodes:
            for name in {node.name, *node.aliases}:
                found[name].append(node.id)
        return {name: tuple(ids) for name, ids in found.items()}
