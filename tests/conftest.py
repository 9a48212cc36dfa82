"""Every store, for the contract tests; Neo4j is a real server, started once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from trihelix.graph import neo4j_server
from trihelix.graph.neo4j_server import Server
from trihelix.graph.store import GraphStore, open_store

QUICK = ("-XX:TieredStopAtLevel=1",)  # compile little: a third less work to start


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings and the server of whoever runs the tests play no part."""
    for name in ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "TRIHELIX_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    monkeypatch.setenv("TRIHELIX_NEO4J_HOME", str(tmp_path / "no-server"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A local Neo4j; where it cannot start, the tests that need it fail and say why."""
    with neo4j_server.start(
        tmp_path_factory.mktemp("neo4j"), port=0, heap="512m", options=QUICK, timeout=300
    ) as running:
        yield running


@pytest.fixture
def neo4j_url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of the server, emptied, with its password in the environment."""
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    auth = (server.username, server.password)
    with neo4j.GraphDatabase.driver(server.url, auth=auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return server.url


@pytest.fixture(params=["ladybug", "neo4j"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store of each kind."""
    if request.param == "neo4j":
        return str(request.getfixturevalue("neo4j_url"))
    return f"ladybug:{tmp_path / 'test.db'}"


@pytest.fixture
def store(url: str) -> Iterator[GraphStore]:
    """An empty store of each kind."""
    with open_store(url) as opened:
        yield opened
