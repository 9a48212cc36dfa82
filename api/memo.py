"""Results that are computed once and kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Memo(Generic[P, T]):
    """Keeps a function's latest results; two threads never compute the same one twice.

    Who asks for what another thread is computing waits for it, and for nothing else: different
    results are computed side by side. An error goes to all who wait, and is not kept.
    """

    def __init__(self, function: Callable[P, T], *, size: int) -> None:
        self._function = function
        self._size = size
        self._found: dict[Any, Future[T]] = {}
        self._lock = Lock()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result, known or computed now."""
        key = (args, tuple(sorted(kwargs.items())))
        with self._lock:
            kept = self._found.get(key)
            if kept is None:
                while len(self._found) >= self._size:
                    del self._found[next(iter(self._found))]
                made = self._found[key] = Future[T]()
        if kept is not None:
            return kept.result()
        try:
            made.set_result(self._function(*args, **kwargs))
        except BaseException as error:
            with self._lock:
                if self._found.get(key) is made:
                    del self._found[key]
            made.set_exception(error)
            raise
        return made.result()
