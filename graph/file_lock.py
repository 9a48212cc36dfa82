"""Advisory locks between processes, and between stores of one process, on a file beside a store.

They are released by the operating system when their process ends, however it ends. On Windows,
where flock is missing, Ladybug's own lock is the only one.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.02  # seconds between two tries


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: float = 0.0) -> Iterator[bool]:
    """Hold the lock inside the `with` block; gives whether it was had within `wait` seconds."""
    file = _open(path)
    if file is None:
        yield True
        return
    try:
        yield _acquire(file, shared=shared, wait=wait)
    finally:
        os.close(file)


def _open(path: Path) -> int | None:
    """The lock file; None where none can exist, since then nobody can write the store either."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
    return None


def _acquire(file: int, *, shared: bool, wait: float) -> bool:
    deadline = time.monotonic() + wait
    while not _try(file, shared=shared):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE)
    return True


if sys.platform == "win32":

    def _try(file: int, *, shared: bool) -> bool:  # noqa: ARG001
        return True
else:
    import fcntl

    def _try(file: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
