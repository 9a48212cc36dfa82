"""A network's links led from lower to higher degree: the form in which triangles are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.kernels import triangles
from trihelix.graph.kernels.compiled import spread
from trihelix.graph.network import Network

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]
T = TypeVar("T")
A = TypeVar("A", bound=NDArray[Any])

_CHUNKS = 4  # fixed, so that sums come out the same on every machine


class Oriented(NamedTuple):
    """Nodes numbered by degree, with an arc for each link from its lower to its higher end."""

    order: Int32  # the node that has each number, shape (n,)
    starts: Int32  # where the arcs of each number begin, shape (n + 1,)
    heads: Int32  # the number at the end of each arc, shape (m,)
    links: Int32  # the link of each arc, shape (m,)

    @classmethod
    def of(cls, network: Network) -> Oriented:
        """The links of a network led to the end of higher degree."""
        order, starts, heads, place = triangles.oriented(network.indptr, network.indices)
        return cls(order, starts, heads, network.link[place])

    def back(self, found: A) -> A:
        """Values by number as values by node."""
        placed: A = np.empty_like(found)
        placed[self.order] = found
        return placed

    def spread(self, task: Callable[[int, int], T], *, chunks: int = _CHUNKS) -> list[T]:
        """What a task gives for ranges of numbers with about equally many arcs."""

        def part(first: int, last: int) -> T:
            return task(self._number(first), self._number(last))

        return list(spread(part, self.heads.size, chunks=chunks))

    def sum(self, task: Callable[[int, int], A]) -> Any:
        """The sum of the arrays that a task gives, by node; 0 for a network without links."""
        parts = self.spread(task)
        if not parts:
            return task(0, 0)
        total = parts[0]
        for part in parts[1:]:
            total += part
        return self.back(total)

    def _number(self, arc: int) -> int:
        return int(np.searchsorted(self.starts, arc))
