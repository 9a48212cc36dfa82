from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from trihelix.graph.adjacency import adjacency, ascending, ends_of, pair_keys, summed

N = 9
pairs = st.lists(
    st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda p: p[0] != p[1]),
    max_size=30,
)


@settings(deadline=None)
@given(pairs)
def test_pairs_are_numbered_in_order_and_come_back(given_: list[tuple[int, int]]) -> None:
    table = np.array(given_, dtype=np.int32).reshape(-1, 2)
    keys = pair_keys(table[:, 0], table[:, 1], N)
    ends = [(min(p), max(p)) for p in given_]
    assert ends_of(keys, N).tolist() == [list(p) for p in ends]
    assert np.argsort(keys, kind="stable").tolist() == sorted(
        range(len(ends)), key=ends.__getitem__
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 8)), max_size=20))
def test_weights_of_one_key_are_added(given_: list[tuple[int, int]]) -> None:
    expected: Counter[int] = Counter()
    for key, weight in given_:
        expected[key] += weight
    keys = np.array([key for key, _ in given_], dtype=np.int64)
    found, weights = summed(keys, np.array([w for _, w in given_], dtype=np.float64))
    assert ascending(found)
    assert dict(zip(found.tolist(), weights.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(pairs)
def test_each_node_has_its_neighbours_in_order_with_their_links(
    given_: list[tuple[int, int]],
) -> None:
    links = sorted({(min(p), max(p)) for p in given_})
    found = adjacency(np.array(links, dtype=np.int32).reshape(-1, 2), N)
    for node in range(N):
        row = slice(found["indptr"][node], found["indptr"][node + 1])
        expected = sorted((i + j - node, e) for e, (i, j) in enumerate(links) if node in (i, j))
        assert found["indices"][row].tolist() == [near for near, _ in expected]
        assert found["link"][row].tolist() == [link for _, link in expected]
    assert {array.dtype for array in found.values()} == {np.dtype(np.int32)}
