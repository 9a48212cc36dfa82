"""Answers that follow a store.

An embedded store is opened only to be read and closed again, so that it never keeps an ingest from
writing; whether it changed is seen from its files. A server is asked for its revision.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Protocol

from trihelix.api.context import Answers
from trihelix.graph.snapshot import Snapshot, checked_confidence
from trihelix.graph.store import GraphStore, open_store
from trihelix.schema.errors import TrihelixError

LOG = logging.getLogger("trihelix.api")

INTERVAL = 1.0
"""Seconds between two looks at the store."""


_PATIENCE = 5.0
"""Seconds to wait for a read to end before closing without it."""


class Source(Protocol):
    """Where snapshots come from."""

    def version(self) -> Hashable:
        """Cheap to ask; differs when the content may differ."""
        ...

    def snapshot(self) -> Snapshot:
        """The content now.

        Raises:
            TrihelixError: when it cannot be read.
        """
        ...

    def close(self) -> None:
        """Release it."""
        ...


class FileSource:
    """A store in a file, which another process may be writing."""

    def __init__(self, url: str) -> None:
        self._url = url
        path = Path(url.partition(":")[2]).expanduser()
        self._files = (path, path.with_name(f"{path.name}.wal"))

    def version(self) -> Hashable:
        """Size and time of the database and of its write-ahead log."""
        return tuple(_stamp(file) for file in self._files)

    def snapshot(self) -> Snapshot:
        """Open, read, close."""
        with open_store(self._url, read_only=True) as store:
            return store.snapshot()

    def close(self) -> None:
        """Nothing is held open."""


class ServerSource:
    """A store that answers while others write."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def version(self) -> Hashable:
        """The store's revision."""
        return self._store.revision()

    def snapshot(self) -> Snapshot:
        """Read the store."""
        return self._store.snapshot()

    def close(self) -> None:
        """Close the store."""
        self._store.close()


def open_source(url: str) -> Source:
    """The source of a store URL.

    Raises:
        ConfigurationError: for an unknown kind of URL.
        StoreError: when the store cannot be reached.
    """
    return FileSource(url) if url.startswith("ladybug:") else ServerSource(open_store(url))


class Follower(AbstractContextManager["Follower"]):
    """Holds the latest answers; a thread reads the store again when it has changed.

    Until the new snapshot is ready, and while the store cannot be read, the old one answers.
    Answers have nothing less sure than `min_confidence`.

    Raises:
        ConfigurationError: when `min_confidence` is not between 0 and 1.
        TrihelixError: when the store cannot be read at the start.
    """

    def __init__(
        self, source: Source, *, interval: float = INTERVAL, min_confidence: float = 0.0
    ) -> None:
        self._source = source
        self._interval = interval
        self._least = checked_confidence(min_confidence)
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._version = source.version()
        self.answers = Answers(source.snapshot().at_least(self._least))
        self.problem: str | None = None

    def refresh(self) -> bool:
        """Look at the store once; whether it was read again."""
        with self._lock:
            try:
                version = self._source.version()
                if version == self._version:
                    return False
                snapshot = self._source.snapshot()
            except TrihelixError as error:
                self._tell(str(error))
                return False
            self._version, self.problem = version, None
            if snapshot.revision != self.answers.snapshot.revision:
                self.answers = Answers(snapshot.at_least(self._least))
            return True

    def start(self) -> None:
        """Follow the store until `close`."""
        self._thread = Thread(target=self._follow, name="trihelix-follow", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop following and release the store. Closing twice is harmless."""
        self._stop.set()
        if self._thread:
            self._thread.join(_PATIENCE)
        self._source.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _follow(self) -> None:
        while not self._stop.wait(self._interval):
            try:
                self.refresh()
            except Exception:
                LOG.exception("following the store failed; trying again")

    def _tell(self, problem: str) -> None:
        if problem != self.problem:
            LOG.warning("answering from revision %d: %s", self.answers.snapshot.revision, problem)
        self.problem = problem


def follow(url: str, *, min_confidence: float = 0.0) -> Follower:
    """Read a store and get ready to follow it.

    Raises:
        ConfigurationError: for an unknown kind of URL, or a confidence not between 0 and 1.
        StoreError: when the store cannot be reached or read.
    """
    with ExitStack() as on_failure:
        source = open_source(url)
        on_failure.callback(source.close)
        follower = Follower(source, min_confidence=min_confidence)
        on_failure.pop_all()
        return follower


def _stamp(file: Path) -> Hashable:
    try:
        stat = file.stat()
    except OSError:  # a write-ahead log comes and goes
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
