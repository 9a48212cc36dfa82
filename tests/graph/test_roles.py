"""Brokerage between groups against definitions written out, and chance against all graphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.graph.graphs import graphs
from tests.graph.snapshots import northeast
from tests.graph.test_structure import large
from trihelix.graph.network import Network
from trihelix.graph.roles import ROLES, brokerage, participation, within_group_z
from trihelix.schema.errors import ConfigurationError

compare = settings(max_examples=60, deadline=None)
Labels = Sequence[str | None]
Floats = NDArray[np.float64]


def labels_for(size: int) -> st.SearchStrategy[list[str | None]]:
    return st.lists(st.sampled_from(["x", "y", "z", None]), min_size=size, max_size=size)


def role(first: object, broker: object, last: object) -> str:
    if first == broker == last:
        return "coordinator"
    if first == last:
        return "itinerant"
    if broker == last:
        return "gatekeeper"
    return "representative" if first == broker else "liaison"


def counted(graph: nx.Graph[int], labels: Labels) -> Floats:
    """The definition of Gould and Fernandez, triad by triad."""
    found = np.zeros((len(labels), 6))
    inside = [i for i, label in enumerate(labels) if label is not None]
    for a, b, c in permutations(inside, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            found[b, ROLES.index(role(labels[a], labels[b], labels[c]))] += 1
            found[b, 5] += 1
    found[[i for i, label in enumerate(labels) if label is None]] = np.nan
    return found


def all_graphs(labels: str, density: float) -> tuple[Floats, Floats]:
    """Mean and variance of the roles of node 0 over all directed graphs, each with its chance."""
    n = len(labels)
    arcs = {pair: at for at, pair in enumerate(permutations(range(n), 2))}
    graphs = np.arange(1 << len(arcs))
    has = {pair: (graphs >> at & 1).astype(bool) for pair, at in arcs.items()}
    present = sum(mask.astype(int) for mask in has.values())
    chance = density**present * (1 - density) ** (len(arcs) - present)
    found = np.zeros((6, graphs.size))
    for a, c in permutations(range(1, n), 2):
        brokered = has[a, 0] & has[0, c] & ~has[a, c]
        found[ROLES.index(role(labels[a], labels[0], labels[c]))] += brokered
        found[5] += brokered
    mean = found @ chance
    return mean, found**2 @ chance - mean**2


@compare
@given(st.data())
def test_roles_are_counted_by_their_definition(data: st.DataObject) -> None:
    graph = data.draw(graphs(most=12))
    network = Network.from_networkx(graph)
    labels = data.draw(labels_for(len(network)))
    plain: nx.Graph[int] = nx.Graph(network.ends.tolist())
    plain.add_nodes_from(range(len(network)))
    found = brokerage(network, labels)
    assert np.array_equal(found.raw, counted(plain, labels), equal_nan=True)
    assert found.left_out == labels.count(None)


@pytest.mark.parametrize("labels", ["xxxx", "xyyy", "xxyy", "xxxy", "xyz", "xyyz", "xyzw", "xxyyz"])
def test_chance_is_that_over_all_directed_graphs(labels: str) -> None:
    graph = nx.path_graph(len(labels))
    n, m = graph.order(), graph.size()
    found = brokerage(Network.from_networkx(graph), list(labels))
    mean, variance = all_graphs(labels, 2 * m / (n * (n - 1)))
    assert found.expected[0] == pytest.approx(mean, abs=1e-9)
    assert found.deviation[0] ** 2 == pytest.approx(variance, abs=1e-9)


def test_chance_in_five_nodes_of_three_groups() -> None:
    found = brokerage(Network.from_networkx(nx.cycle_graph(5)), list("xyyzz"))
    mean, variance = all_graphs("xyyzz", 0.5)
    assert found.expected[0] == pytest.approx(mean, abs=1e-9)
    assert found.deviation[0] ** 2 == pytest.approx(variance, abs=1e-9)


def test_a_hub_of_three_groups_worked_by_hand() -> None:
    """Node 0 of x joins x, y, y, z; the density is 0.4, so a pair is brokered by 0.096."""
    found = brokerage(Network.from_networkx(nx.star_graph(4)), list("xxyyz"))
    assert found.raw[0].tolist() == [0, 2, 3, 3, 4, 12]
    assert found.expected[0] == pytest.approx([0, 0.192, 0.288, 0.288, 0.384, 1.152])
    itinerant = 0.192 * (1 - 0.096)
    total = 1.152 * (1 - 0.096) + 2 * 4 * 3 * 2 * 0.4**3 * 0.6**3
    assert found.deviation[0, [1, 5]] ** 2 == pytest.approx([itinerant, total])
    assert np.isnan(found.z[0, 0])  # a group of two has no coordinator
    assert found.z[0, 5] == pytest.approx((12 - 1.152) / np.sqrt(total))


def test_nodes_of_no_group_are_as_if_they_were_not_there() -> None:
    graph = large()
    network = Network.from_networkx(graph)
    labels = [(None, "x", "y", "z")[i * 7 % 4] for i in range(len(network))]
    member = np.array([label is not None for label in labels])
    whole = brokerage(network, labels)
    part = brokerage(network.part(nodes=member), [label for label in labels if label is not None])
    for name in ("raw", "expected", "deviation"):
        assert np.isnan(getattr(whole, name)[~member]).all()
        assert np.array_equal(getattr(whole, name)[member], getattr(part, name))
    assert whole.left_out == (~member).sum()
    assert part.left_out == 0


def test_the_table_has_a_row_for_each_node_of_a_group() -> None:
    network = Network.of(northeast())
    table = brokerage(network).frame().set_index("id")
    assert list(table.columns) == ["name", "group", *ROLES, *(f"{name}_z" for name in ROLES)]
    assert table.loc["neu", "group"] == "university"
    assert table["total"].idxmax() == "neu"
    assert (table[list(ROLES[:5])].sum(axis=1) == table["total"]).all()
    chosen = brokerage(network, {"neu": "a", "ansteel": "b"})
    assert chosen.left_out == len(network) - 2
    assert len(chosen.frame()) == 2


@compare
@given(st.data())
def test_participation_and_place_within_the_group(data: st.DataObject) -> None:
    network = Network.from_networkx(data.draw(graphs(most=12)))
    labels = data.draw(labels_for(len(network)))
    for weighted in (False, True):
        linked = network.matrix().toarray()
        linked = linked if weighted else (linked > 0).astype(float)
        even, inside = np.full(len(network), np.nan), np.full(len(network), np.nan)
        for i, label in enumerate(labels):
            sums = [
                sum(linked[i, j] for j, other in enumerate(labels) if other == name)
                for name in "xyz"
            ]
            if label is not None:
                even[i] = 1 - sum((s / sum(sums)) ** 2 for s in sums) if sum(sums) else 0
                inside[i] = sums["xyz".index(label)]
        assert participation(network, labels, weighted=weighted) == pytest.approx(
            even, abs=1e-9, nan_ok=True
        )
        for name in "xyz":
            at = [i for i, label in enumerate(labels) if label == name]
            if at:
                gap, spread = inside[at] - inside[at].mean(), inside[at].std()
                expected = gap / spread if spread > 1e-9 else gap * 0
                found = within_group_z(network, labels, weighted=weighted)[at]
                assert found == pytest.approx(expected, abs=1e-6)


def test_participation_is_the_coefficient_of_guimera_and_amaral() -> None:
    """A hub with equal parts in four modules has 1 - 1/4; nodes with one partner have 0."""
    star = Network.from_networkx(nx.star_graph(4))
    assert participation(star, list("abcda")).tolist() == [0.75, 0, 0, 0, 0]


def test_groups_that_are_unknown_are_refused_and_none_is_no_trouble() -> None:
    network = Network.of(northeast())
    for measure in (brokerage, participation, within_group_z):
        with pytest.raises(ConfigurationError, match="'planet' is unknown"):
            measure(network, "planet")
    empty = Network.from_networkx(nx.Graph())
    assert brokerage(empty).raw.shape == (0, 6)
    assert participation(empty).shape == (0,)
    nobody = brokerage(network, {})
    assert nobody.left_out == len(network)
    assert np.isnan(nobody.z).all()
