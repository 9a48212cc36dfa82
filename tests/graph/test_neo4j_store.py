"""What is particular to Neo4j: signing in, labels, constraints, other writers, crashes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import neo4j
import pytest

from tests.graph.factory import Article, loadable, northeast
from trihelix.graph.neo4j_server import Server
from trihelix.graph.neo4j_store import Neo4jStore
from trihelix.graph.rows import snapshot_of
from trihelix.schema.errors import ConfigurationError, StoreError, StoreVersionError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(neo4j_url: str) -> Iterator[Neo4jStore]:
    with Neo4jStore(neo4j_url) as opened:
        yield opened


def execute(server: Server, cypher: str) -> list[dict[str, Any]]:
    """Ask the server itself."""
    with neo4j.GraphDatabase.driver(server.url, auth=("neo4j", server.password)) as driver:
        return [record.data() for record in driver.execute_query(cypher).records]


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_is_not_there_is_told_soon(scheme: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"{scheme}://127.0.0.1:{unused.getsockname()[1]}"
        assert "does not answer" in refusal(url)
        assert "`trihelix neo4j start` runs a local server" in refusal(url)


def test_a_server_that_says_nothing_is_told_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "does not answer" in refusal(f"bolt://127.0.0.1:{silent.getsockname()[1]}")


def refusal(url: str) -> str:
    """The one-line message, given within seconds, that opening a store is refused with."""
    start = time.monotonic()
    with pytest.raises(StoreError) as caught:
        Neo4jStore(url)
    assert time.monotonic() - start < 8
    assert "\n" not in str(caught.value)
    assert url in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_is_refused(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    assert "refuses user 'neo4j'" in refusal(neo4j_url)
    assert "set NEO4J_USERNAME and NEO4J_PASSWORD" in refusal(neo4j_url)


def test_a_database_that_is_not_there_is_refused(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    assert "nowhere" in refusal(neo4j_url)


@pytest.mark.parametrize("url", ["bolt://", "neo4j+wrong://localhost", "bolt://localhost:port"])
def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="store URL"):
        Neo4jStore(url)


def test_opening_writes_nothing(store: Neo4jStore, server: Server) -> None:
    assert store.revision() == 0
    assert execute(server, "MATCH (n) RETURN count(n) AS nodes") == [{"nodes": 0}]


def test_a_store_of_another_version_is_refused(neo4j_url: str, server: Server) -> None:
    execute(server, "CREATE (:Meta {id: 1, version: 99, revision: 1})")
    with pytest.raises(StoreVersionError, match="has store format 99"):
        Neo4jStore(neo4j_url)


def test_the_kind_is_a_second_label(store: Neo4jStore) -> None:
    firm = Article("d1").entity("x", "Firm", "甲").entity("p", "Person", "乙")
    store.load(*loadable(firm))
    labels = "MATCH (n {id: $id}) RETURN labels(n) AS labels"
    assert set(store.query(labels, {"id": "x"})[0]["labels"]) == {"Organization", "Firm"}
    assert store.query(labels, {"id": "p"}) == [{"labels": ["Person"]}]
    store.load([], Article("d1").entity("x", "Hospital", "甲").nodes)
    assert set(store.query(labels, {"id": "x"})[0]["labels"]) == {"Organization", "Hospital"}


def test_ids_are_unique_by_constraint(store: Neo4jStore, server: Server) -> None:
    store.load(*loadable(*northeast()))
    found = {x["labelsOrTypes"][0] for x in execute(server, "SHOW CONSTRAINTS YIELD labelsOrTypes")}
    assert {"Organization", "Person", "Place", "Event", "Document", "Meta"} <= found


def test_two_writers_wait_for_each_other(neo4j_url: str) -> None:
    articles = [Article(f"d{n}").relation("PART_OF", f"a{n % 3}", "b") for n in range(8)]
    with Neo4jStore(neo4j_url) as one, Neo4jStore(neo4j_url) as other:
        threads = [
            Thread(target=(one, other)[n % 2].load, args=loadable(article))
            for n, article in enumerate(articles)
        ]
        threads += [Thread(target=one.snapshot) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert other.snapshot() == snapshot_of(*loadable(*articles), revision=8)


KILLED = """
import os, signal, sys
from tests.graph.factory import loadable, northeast
from trihelix.graph import neo4j_store
write = neo4j_store._write
def dies(*arguments):
    write(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
neo4j_store._write = dies
neo4j_store.Neo4jStore(sys.argv[1]).load(*loadable(*northeast()), retract=["d0"])
"""


def test_a_process_killed_in_a_load_leaves_the_last_commit(store: Neo4jStore) -> None:
    first = Article("d0").relation("PART_OF", "a", "b")
    store.load(*loadable(first))
    killed = subprocess.run([sys.executable, "-c", KILLED, store.url], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert store.snapshot() == snapshot_of(*loadable(first))
    documents, nodes = loadable(*northeast())
    store.load(documents, nodes, retract=["d0"])
    assert store.snapshot() == snapshot_of(documents, nodes, revision=2)


def test_a_closed_store_says_so(store: Neo4jStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="bolt://"):
        store.revision()
