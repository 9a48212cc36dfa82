"""Working memory that a thread keeps from one part of its work to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerThread(Generic[T]):
    """What `make` gives, made once in each thread that asks."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._local = threading.local()

    def get(self) -> T:
        try:
            found: T = self._local.value
        except AttributeError:
            found = self._local.value = self._make()
        return found
