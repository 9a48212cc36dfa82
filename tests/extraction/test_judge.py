from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trihelix.extraction import judge
from trihelix.extraction.judge import Judge, judges, logit
from trihelix.schema.errors import ConfigurationError


def test_weights_add_up_to_log_odds() -> None:
    judged = Judge(weights={"bias": -1.0, "seen": 2.0}).chance({"bias": 1, "seen": 1.5})
    assert judged == round(1 / (1 + math.exp(-2)), 2)


def test_an_unknown_feature_weighs_nothing() -> None:
    assert Judge(weights={}).chance({"anything": 100}) == 0.5


@given(st.floats(0, 1), st.dictionaries(st.text(max_size=3), st.floats(-1e6, 1e6)))
def test_a_chance_is_always_a_probability(weight: float, features: dict[str, float]) -> None:
    assert 0 <= Judge(weights=dict.fromkeys(features, weight)).chance(features) <= 1


@given(st.floats(0.01, 0.99))
def test_logit_undoes_the_chance(chance: float) -> None:
    assert Judge(weights={"x": 1.0}).chance({"x": logit(chance)}) == pytest.approx(chance, abs=0.01)


def test_the_shipped_judges_speak_of_everything_that_is_judged() -> None:
    assert set(judges()) == {
        "zh organizations",
        "zh persons",
        "zh things",
        "zh relations",
        "zh roles",
    }


def test_missing_weights_are_told_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(judge, "_FILE", tmp_path / "judges.json")
    judges.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match=r"judges\.json.*install Trihelix"):
            judges()
    finally:
        judges.cache_clear()
