"""`serve`: a real server over a real store, while another process writes to it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.graph.factory import loadable, northeast
from trihelix.api.app import serve
from trihelix.graph.store import open_store
from trihelix.schema.errors import ConfigurationError, StoreError

SERVE = """
import sys
from trihelix.api.app import serve
serve(sys.argv[1], port=0, min_confidence=float(sys.argv[2]))
"""
INGEST = """
import sys
from tests.graph.factory import loadable, northeast
from trihelix.graph.store import open_store
with open_store(sys.argv[1]) as store:
    print(store.load(*loadable(*northeast()), retract=sys.argv[2:]))
"""


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]

    def ask(self, query: str) -> Any:
        """The data of a query's answer."""
        response = httpx.post(f"{self.address}/graphql", json={"query": query}, timeout=10)
        assert "errors" not in response.json()
        return response.json()["data"]

    def health(self) -> Any:
        """What /health says."""
        return httpx.get(f"{self.address}/health", timeout=10).json()


@contextmanager
def serving(url: str, *, min_confidence: float = 0.0) -> Iterator[Server]:
    """`serve` in a process of its own, on a free port."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, url, str(min_confidence)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://[\d.]+:\d+", line)
        try:
            assert found, f"{line}{process.stderr.read() if process.stderr else ''}"
            yield Server(found[0], process)
        finally:
            process.kill()


def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store that holds one of the four articles of the north-east."""
    url = f"ladybug:{tmp_path / 'graph.db'}"
    with open_store(url) as store:
        store.load(*loadable(northeast()[0]))
    return url


def test_a_server_follows_what_another_process_ingests(url: str) -> None:
    with serving(url) as server:
        before = server.health()
        assert before["status"] == "ok"
        assert server.ask("{ counts { documents } }") == {"counts": {"documents": 1}}
        subprocess.run([sys.executable, "-c", INGEST, url], check=True, timeout=60)
        until(lambda: server.health()["revision"] > before["revision"])
        assert server.ask("{ counts { documents } }") == {"counts": {"documents": 4}}
        query = '{ path(from: "东软集团", to: "鞍钢集团") { nodes { name } } }'
        (path,) = server.ask(query)["path"]
        assert [n["name"] for n in path["nodes"]] == ["东软集团", "东北大学", "鞍钢集团"]


def test_a_server_answers_with_nothing_less_sure_than_its_floor(url: str) -> None:
    with serving(url, min_confidence=0.95) as server:
        counts = server.ask("{ counts { documents organizations events relations } }")["counts"]
    assert counts == {"documents": 1, "organizations": 2, "events": 0, "relations": 0}


def test_answers_are_sent_without_delay(url: str) -> None:
    with serving(url) as server, httpx.Client() as client:
        took = []
        for _ in range(10):
            begun = time.perf_counter()
            client.get(f"{server.address}/health", timeout=10)
            took.append(time.perf_counter() - begun)
    assert min(took[1:]) < 0.02, "each answer waits for the client's delayed acknowledgement"


def test_a_server_says_where_it_is_and_stops_quietly(url: str) -> None:
    with serving(url) as server:
        page = httpx.get(server.address, headers={"accept": "text/html"}, timeout=10)
        assert "<title>Trihelix" in page.text
        server.process.send_signal(signal.SIGINT)
        _, errors = server.process.communicate(timeout=20)
    assert errors == ""
    assert server.process.returncode == 0


def test_a_port_in_use_is_told_in_one_line(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port}: the port is in use"):
            serve(url, port=port)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 70_000)])
def test_an_address_that_is_none(url: str, host: str, port: int) -> None:
    with pytest.raises(ConfigurationError, match="cannot listen on"):
        serve(url, host=host, port=port)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        serve(f"ladybug:{tmp_path / 'none.db'}", port=0)
    assert not list(tmp_path.iterdir()), "serving must not make a store"


def test_a_store_of_no_known_kind() -> None:
    with pytest.raises(ConfigurationError, match="sqlite"):
        serve("sqlite:graph.db", port=0)
