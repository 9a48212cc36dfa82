"""What searches on one network share: the work they may do, scratch memory, and derived arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError

BUDGET = 100_000_000


class Work:
    """The links that a question may still look at.

    Raises:
        ConfigurationError: from `spend`, when they are used up.
    """

    def __init__(self, budget: int) -> None:
        if budget < 1:
            raise ConfigurationError(f"paths: budget {budget} must be at least 1 link")
        self.budget, self.left, self.found = budget, budget, 0

    def spend(self, hops: int, looked: int) -> None:
        """Take off what a kernel looked at; it gives -1 hops when that was not enough."""
        self.left -= looked
        if hops < 0 or self.left <= 0:
            raise ConfigurationError(
                f"paths: the budget of {self.budget:,} links to look at is spent with "
                f"{self.found} paths found; raise budget, or ask for less: a lower k or max_hops, "
                "a network of fewer kinds or years"
            )


class Hopping:
    """Scratch memory of the kernels in kernels/paths.py."""

    def __init__(self, n: int) -> None:
        seen, clock = np.zeros(n, np.int32), np.zeros(1, np.int32)
        self.scratch = (seen, clock, np.empty((2, n), np.int32))
        self.route = np.empty(n + 1, np.int32)
        self.cursor = np.zeros(n + 1, np.int32)


class Measuring:
    """Scratch memory of the kernel in kernels/cheapest.py."""

    def __init__(self, n: int) -> None:
        self.route = np.empty(n + 1, np.int32)
        two = (n, 2)
        self.arrays = (
            np.empty(two, np.float64),
            np.empty(two, np.int32),
            np.empty(two, np.int32),
            np.zeros(two, np.int32),
            np.zeros(1, np.int32),
            self.route,
        )


class Layering:
    """Scratch memory of the kernel in kernels/layers.py."""

    def __init__(self, n: int) -> None:
        self.route = np.empty(n + 1, np.int32)
        self.arrays = (
            np.empty(n, np.float64),
            np.empty(n, np.int32),
            np.zeros(n, np.int32),
            np.zeros(1, np.int32),
            self.route,
        )


class Workshop:
    """What searches on one network keep: scratch memory, and arrays made of the network's own.

    Threads share it: each takes memory that no other holds, and gives it back.
    """

    def __init__(self, network: Network) -> None:
        self._n = len(network)
        self._free: dict[type[Any], list[Any]] = {Hopping: [], Measuring: [], Layering: []}
        self._made: dict[object, Any] = {}

    @classmethod
    def of(cls, network: Network) -> Workshop:
        """The one of this network."""
        found = _WORKSHOPS.get(network)
        return _WORKSHOPS.setdefault(network, cls(network)) if found is None else found

    def take(self, kind: type[Any]) -> Any:
        """Memory of this kind."""
        try:
            return self._free[kind].pop()
        except IndexError:
            return kind(self._n)

    def give(self, memory: Any) -> None:
        """Take memory back."""
        self._free[type(memory)].append(memory)

    @contextmanager
    def lent(self, kind: type[Any]) -> Iterator[Any]:
        """Memory of this kind, given back at the end."""
        memory = self.take(kind)
        try:
            yield memory
        finally:
            self.give(memory)

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` gave when it was first asked for under this key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


_WORKSHOPS: WeakKeyDictionary[Network, Workshop] = WeakKeyDictionary()
