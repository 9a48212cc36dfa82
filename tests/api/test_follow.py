"""Answers follow the store, and outlive its troubles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.api.conftest import Client, Told
from trihelix.api.app import App
from trihelix.api.follow import Follower
from trihelix.schema.errors import StoreError


def until(true: Callable[[], bool], *, seconds: float = 5) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_a_new_revision_is_read_once(source: Told) -> None:
    follower = Follower(source)
    first = follower.answers
    assert follower.refresh() is False
    assert follower.answers is first
    source.now = replace(source.now, revision=2)
    assert follower.refresh() is True
    assert follower.answers.snapshot.revision == 2
    assert follower.refresh() is False


def test_the_old_answers_serve_while_the_store_cannot_be_read(
    source: Told, caplog: pytest.LogCaptureFixture
) -> None:
    follower = Follower(source)
    client = Client(App(follower))
    source.now, source.error = replace(source.now, revision=2), StoreError("locked")
    for _ in range(3):
        follower.refresh()
    assert client.get("/health").json() == {"status": "stale", "revision": 1, "problem": "locked"}
    assert client.post(json={"query": "{ revision }"}).json() == {"data": {"revision": 1}}
    assert caplog.text.count("locked") == 1, "one line for one problem"
    source.error = None
    follower.refresh()
    assert client.get("/health").json() == {"status": "ok", "revision": 2, "problem": None}


def test_a_store_that_cannot_be_read_at_the_start_is_an_error(source: Told) -> None:
    source.error = StoreError("gone")
    with pytest.raises(StoreError, match="gone"):
        Follower(source)


def test_the_thread_follows_until_it_is_closed(source: Told) -> None:
    follower = Follower(source, interval=0.01)
    follower.start()
    source.now = replace(source.now, revision=2)
    until(lambda: follower.answers.snapshot.revision == 2)
    follower.close()
    assert source.closed
    follower.close()


def test_the_thread_survives_a_bug(source: Told, caplog: pytest.LogCaptureFixture) -> None:
    with Follower(source, interval=0.01) as follower:
        source.now, source.error = replace(source.now, revision=2), RuntimeError("a bug")
        follower.start()
        until(lambda: "a bug" in caplog.text)
        source.error = None
        until(lambda: follower.answers.snapshot.revision == 2)
