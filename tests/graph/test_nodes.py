from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trihelix.graph.nodes import Nodes, kind_names
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
records = st.lists(
    st.builds(
        Node,
        id=texts,
        kind=st.sampled_from(kind_names()),
        name=texts,
        aliases=st.lists(texts, max_size=2).map(tuple),
        place=st.none() | texts,
        key=st.none() | texts,
    ),
    max_size=5,
    unique_by=lambda node: node.id,
)


@settings(deadline=None)
@given(records)
def test_nodes_come_back_as_they_were(given_: list[Node]) -> None:
    nodes = Nodes.of(given_)
    assert list(nodes) == given_
    assert [nodes[i] for i in range(len(nodes))] == given_
    assert nodes == given_
    assert nodes[1:] == tuple(given_[1:])
    if given_:
        assert nodes[-1] == given_[-1]


@settings(deadline=None)
@given(records)
def test_columns_are_those_of_the_nodes(given_: list[Node]) -> None:
    nodes = Nodes.of(given_)
    assert nodes.ids == [node.id for node in given_]
    assert nodes.names == [node.name for node in given_]
    assert nodes.places == [node.place for node in given_]
    assert nodes.kind_list == [node.kind for node in given_]
    assert nodes.sectors == [vocabulary().sector(node.kind) for node in given_]
    assert nodes.position == {node.id: at for at, node in enumerate(given_)}


@settings(deadline=None)
@given(records)
def test_groups_by_a_column_name_it(given_: list[Node]) -> None:
    nodes = Nodes.of(given_)
    for groups, labels in (
        (nodes.by_kind(), nodes.kind_list),
        (nodes.by_sector(), nodes.sectors),
        (nodes.by_place(), nodes.places),
    ):
        found = [groups.names[code] if code >= 0 else None for code in groups.codes.tolist()]
        assert found == labels
        assert list(groups.names) == sorted({label for label in labels if label is not None})


def test_only_ids_need_to_be_known() -> None:
    nodes = Nodes.from_columns(["b", "a"])
    assert nodes[0] == Node(id="b", name="b", kind="OtherOrganization")
    assert nodes.take(np.array([1])).ids == ["a"]
    assert repr(nodes) == "Nodes(2)"


def test_there_is_no_node_past_the_last() -> None:
    with pytest.raises(IndexError):
        Nodes.of([])[0]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="unknown kind of node 'Starship'; known: Organ"):
        Nodes.from_columns(["a"], kinds=["Starship"])
