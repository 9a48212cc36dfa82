from __future__ import annotations

import numpy as np

from trihelix.extraction.states import States, Tagging
from trihelix.extraction.tagged import Tagged


def two_windows() -> States:
    states = States()
    states.add(0, np.arange(8, dtype=np.float16).reshape(4, 2))
    states.add(10, np.full((3, 2), 7, dtype=np.float16))
    return states


def test_a_span_belongs_to_the_window_that_holds_it_whole() -> None:
    states = two_windows()
    assert states.window(0, 4) == 0
    assert states.window(10, 13) == 1


def test_a_span_outside_or_across_windows_has_none() -> None:
    states = two_windows()
    assert states.window(2, 6) is None
    assert states.window(5, 6) is None
    assert States().window(0, 1) is None


def test_the_vector_of_a_span_is_its_first_and_last_character() -> None:
    assert two_windows().of(0, 1, 4).tolist() == [2.0, 3.0, 6.0, 7.0]
    assert two_windows().of(1, 11, 12).tolist() == [7.0] * 4


def test_a_tagging_is_read_like_its_spans() -> None:
    span = Tagged(start=0, end=2, label="PER", score=0.9)
    assert list(Tagging((span,))) == [span]
    assert len(Tagging(())) == 0
