"""How long the links of a network are, when strong or sure ones are to be short."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.network import Network
from trihelix.graph.passage import NO_NODES, Passage, read_only
from trihelix.graph.workshop import Workshop
from trihelix.schema.errors import ConfigurationError

Float64 = NDArray[np.float64]
LengthBy = Literal["strength", "confidence"]

NO_LINKS: Float64 = read_only([], np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lengths:
    """How long links are.

    By strength 1/weight, so that strong links are short (Newman, Phys. Rev. E 64, 016132, 2001); by
    confidence -log(confidence), so that the shortest path has the highest product of confidences.
    A link of weight or confidence 0 is infinitely long. `near` is the length of the link at each
    place of `indices`, or is empty when all links are equally long.
    """

    by: LengthBy
    values: Float64  # shape (m,), weights or confidences
    near: Float64  # shape (2 m,) or (0,)

    @property
    def equal(self) -> bool:
        """Whether all links are equally long."""
        return self.near.size == 0

    def of(self, links: list[int]) -> Float64:
        """The lengths of some links."""
        return _length(self.values[links], self.by)

    def of_links(self) -> Float64:
        """The length of each link, shape (m,)."""
        found: Float64 = read_only(_length(self.values, self.by), np.float64)
        return found


def lengths(network: Network, by: LengthBy, passage: Passage | None) -> Lengths:
    """The lengths of the links that a passage leaves open; infinite for the others.

    Raises:
        ConfigurationError: when a weight is negative.
    """
    if passage is None or passage.links is None:
        whole = Passage(network=network, closed=NO_NODES, facts=None)
        found: Lengths = Workshop.of(network).kept(by, lambda: _lengths(whole, by))
        return found
    return _lengths(passage, by)


def _lengths(passage: Passage, by: LengthBy) -> Lengths:
    network = passage.network
    values = passage.weights() if by == "strength" else passage.confidences()
    least, most = values.min(initial=math.inf), values.max(initial=0.0)
    if least < 0.0:
        ends = network.ends[int(values.argmin())].tolist()
        raise ConfigurationError(
            f"paths: the link of {' and '.join(network.nodes[i].id for i in ends)} has the "
            f"negative {by} {least}; paths by {by} need 0 or more"
        )
    if least == most > 0.0:
        return Lengths(by=by, values=values, near=NO_LINKS)
    near = _length(values, by)[network.link]
    near.setflags(write=False)
    return Lengths(by=by, values=values, near=near)


def _length(values: Float64, by: LengthBy) -> Float64:
    with np.errstate(divide="ignore"):
        found: Float64 = 1.0 / values if by == "strength" else 0.0 - np.log(values)
    return found
