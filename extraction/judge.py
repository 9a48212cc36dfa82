"""How likely a finding is right: logistic regression over a few named features, calibrated.

The weights are fitted on annotated documents and corrected on some that nothing was trained on
(extraction/training/fit_judges.py), so that of the findings judged 0.8 about 80% are right;
models/ROLES_CARD.md shows how well that holds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trihelix.schema.errors import ConfigurationError

_FILE = Path(__file__).parent / "models" / "judges.json"
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges one sort of finding; an unknown feature weighs nothing."""

    weights: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """The probability that a finding with these features is right, to two decimals.

        From 0.01 to 0.99: finitely many documents teach no certainty.

        >>> Judge(weights={"bias": 0.0, "seen": 2.0}).chance({"bias": 1, "seen": 1})
        0.88
        """
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, self.odds(features)))))
        return min(0.99, max(0.01, round(chance, 2)))

    def odds(self, features: Features) -> float:
        """The log odds of that probability."""
        return sum(self.weights.get(name, 0.0) * value for name, value in features.items())


def logit(chance: float) -> float:
    """The log odds of a probability, kept away from certainty.

    >>> logit(0.5), round(logit(1.0), 1)
    (0.0, 6.9)
    """
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance))


@cache
def judges() -> Mapping[str, Judge]:
    """The judges by name (language and sort of finding: `zh roles`), as shipped.

    Raises:
        ConfigurationError: when their file is missing.
    """
    if not _FILE.is_file():
        raise ConfigurationError(
            f"no {_FILE.name} in {_FILE.parent}, expected the weights that calibrate confidence; "
            "install Trihelix with its model files"
        )
    stored = json.loads(_FILE.read_text("utf-8"))
    return {name: Judge(weights=weights) for name, weights in stored.items()}
