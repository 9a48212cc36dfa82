"""A small graph to ask, and ways to ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest

from tests.api.shores import two_shores
from tests.graph.snapshots import northeast
from trihelix.api.app import App
from trihelix.api.context import Answers
from trihelix.api.follow import Follower
from trihelix.api.query import execute
from trihelix.graph.snapshot import Snapshot

Ask: TypeAlias = Callable[..., Any]


class Told:
    """A source of snapshots that tests set."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.now = snapshot
        self.error: Exception | None = None
        self.closed = False

    def version(self) -> int:
        """The revision."""
        return self.now.revision

    def snapshot(self) -> Snapshot:
        """What was set last."""
        if self.error:
            raise self.error
        return self.now

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True


class Client:
    """Requests to an ASGI application, without a socket."""

    def __init__(self, app: App) -> None:
        self._transport = httpx.ASGITransport(app=app)

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Send a request and wait for the response."""

        async def send() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://trihelix"
            ) as client:
                return await client.request(method, url, **options)

        return asyncio.run(send())

    def get(self, url: str, **options: Any) -> httpx.Response:
        """A GET request."""
        return self.request("GET", url, **options)

    def post(self, url: str = "/graphql", **options: Any) -> httpx.Response:
        """A POST request."""
        return self.request("POST", url, **options)


@pytest.fixture(scope="session")
def answers() -> Answers:
    """The story of the north-east (tests/graph/snapshots.py)."""
    return Answers(northeast())


@pytest.fixture
def ask(answers: Answers) -> Ask:
    """Ask for data; any error fails the test."""
    return _asked(answers)


def _asked(answers: Answers) -> Ask:
    def asked(query: str, **variables: Any) -> Any:
        answer = execute(answers, query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return asked


@pytest.fixture
def refuse(answers: Answers) -> Ask:
    """Ask for something that gives exactly one error, and get it."""

    def refused(query: str, **variables: Any) -> Any:
        (error,) = execute(answers, query, variables)["errors"]
        return error

    return refused


@pytest.fixture
def source() -> Told:
    """A source that tells the story of the north-east."""
    return Told(northeast())


@pytest.fixture
def client(source: Told) -> Iterator[Client]:
    """The application over that source."""
    app = App(Follower(source))
    yield Client(app)
    app.close()


@pytest.fixture(scope="session")
def shores() -> Answers:
    """The story of two provinces (tests/api/shores.py)."""
    return Answers(two_shores())


@pytest.fixture
def measured(shores: Answers) -> Ask:
    """Ask for data of that story; any error fails the test."""
    return _asked(shores)


@pytest.fixture
def misled(shores: Answers) -> Ask:
    """Ask that story for something that gives exactly one error, and get its code and message."""

    def refused(query: str, **variables: Any) -> Any:
        (error,) = execute(shores, query, variables)["errors"]
        return error["extensions"]["code"], error["message"]

    return refused
