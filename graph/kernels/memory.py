"""Working memory that parts of a work take in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import LifoQueue
from typing import Generic, TypeVar

from trihelix.graph.kernels.compiled import threads

T = TypeVar("T")

ROOM = 400_000_000  # bytes that all threads may work in together; one may always have its part


class Pool(Generic[T]):
    """What `make` gives, of `size` bytes each: one for each thread, or fewer where they are large.

    A part that finds none free waits, so that memory stays within `ROOM`; results are the same.
    """

    def __init__(self, make: Callable[[], T], size: int) -> None:
        self._make = make
        self._free: LifoQueue[T | None] = LifoQueue()
        for _ in range(max(1, min(threads(), ROOM // max(size, 1)))):
            self._free.put(None)

    @contextmanager
    def lend(self) -> Iterator[T]:
        """One that nobody else uses meanwhile."""
        taken = self._free.get()
        found = self._make() if taken is None else taken
        try:
            yield found
        finally:
            self._free.put(found)
