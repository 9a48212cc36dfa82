"""How kernels are compiled, and how their work is spread over the cores.

numba keeps the machine code beside the source, so only the first call on a machine compiles. It
looks at the time stamp of a kernel's own file only: kernels that call each other share a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar, cast

import numba
from numba.core import config

# Without it, tables with a row of eight numbers for each node take three times as long.
config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")


def kernel(function: F) -> F:
    """A function compiled at its first call, which releases the interpreter while it runs."""
    compile_ = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast("F", compile_(function))


def threads() -> int:
    """The number of threads to work with: TRIHELIX_THREADS, or else the usable cores."""
    return int(os.environ.get("TRIHELIX_THREADS", "0")) or len(os.sched_getaffinity(0))


def spread(task: Callable[[int, int], T], size: int, *, chunks: int) -> Iterator[T]:
    """What `task(start, stop)` gives for consecutive parts of `range(size)`, in their order.

    The parts depend on `size` and `chunks` only, never on the number of threads, so that sums over
    them come out the same to the last bit on every machine.
    """
    bounds = [size * i // chunks for i in range(chunks + 1)]
    parts = [(a, b) for a, b in pairwise(bounds) if a < b]
    if threads() == 1 or len(parts) < 2:
        yield from (task(a, b) for a, b in parts)
        return
    with ThreadPoolExecutor(threads()) as pool:
        yield from pool.map(lambda part: task(*part), parts)
