from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.graph.snapshots import Story
from trihelix.graph.centrality import strength
from trihelix.graph.network import Network
from trihelix.graph.stability import ranks, stability
from trihelix.schema.errors import ConfigurationError


def told(*documents: tuple[str, str, str]) -> Network:
    """A network of events, each told by a document."""
    story = Story()
    for number, (document, a, b) in enumerate(documents):
        story.event(f"e{number}", a, b, document=document)
    return Network.of(story.snapshot())


@given(st.lists(st.integers(0, 5), min_size=1))
def test_ranks_count_those_above(values: list[int]) -> None:
    expected = [1 + sum(other > value for other in values) for value in values]
    assert ranks(np.array(values, dtype=np.float64)).tolist() == expected


def test_a_lead_that_many_documents_support_is_stable() -> None:
    network = told(*((f"d{i}", "hub", f"x{i}") for i in range(12)))
    found = stability(network, strength)
    assert (found.low[network.index("hub")], found.high[network.index("hub")]) == (1, 1)


def test_a_lead_that_one_of_many_documents_tells_is_not() -> None:
    lead = [("d0", "one", f"y{i}") for i in range(3)]
    network = told(*lead, *((f"d{i}", f"a{i}", f"b{i}") for i in range(1, 10)))
    found = stability(network, strength)
    at = network.index("one")
    assert found.low[at] == 1
    assert found.high[at] > 9  # some draws miss the document, and the node has no link then


def test_a_document_drawn_twice_weighs_twice() -> None:
    network = told(("d1", "a", "b"), ("d2", "c", "d"))
    totals = []

    def score(of: Network) -> NDArray[np.float64]:
        totals.append(of.weights.sum())
        return strength(of)

    stability(network, score, resamples=20)
    assert set(totals) == {2.0}  # two documents each time, whichever they are


def test_the_same_seed_gives_the_same_interval() -> None:
    network = told(*((f"d{i}", f"a{i % 3}", f"b{i}") for i in range(9)))
    one, two, other = (stability(network, strength, seed=seed) for seed in (1, 1, 2))
    assert (one.low == two.low).all()
    assert (one.high == two.high).all()
    assert (one.high != other.high).any() or (one.low != other.low).any()


def test_a_threshold_keeps_links_with_a_fact_so_sure() -> None:
    story = Story().event("e1", "a", "b", confidence=0.9).event("e2", "b", "c", confidence=0.6)
    network = Network.of(story.event("e3", "b", "c", confidence=0.4).snapshot())
    found = stability(network, lambda of: of.degree / 1.0, resamples=0, thresholds=(0.5, 0.8))
    assert found.by_confidence[:, network.index("c")].tolist() == [2, 3]
    assert found.low.tolist() == found.high.tolist() == ranks(network.degree / 1.0).tolist()


@pytest.mark.parametrize(
    ("options", "message"),
    [({"resamples": -1}, "resamples -1"), ({"thresholds": (1.5,)}, "threshold 1.5")],
)
def test_impossible_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        stability(told(("d1", "a", "b")), strength, **options)
