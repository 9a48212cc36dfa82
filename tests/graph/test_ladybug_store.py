"""What is particular to the embedded store: files, locks, and crashes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import ladybug
import pytest

from tests.graph.factory import Article, loadable, northeast
from trihelix.graph.ladybug_store import LadybugStore
from trihelix.graph.rows import snapshot_of
from trihelix.schema.errors import ConfigurationError, StoreError, StoreVersionError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "graph.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"ladybug:{path}"


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in another process that can import the factory."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(url: str, *, read_only: bool = False) -> str:
    """The one-line message that opening a store is refused with."""
    with pytest.raises(StoreError) as caught:
        LadybugStore(url, read_only=read_only)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_url_needs_a_path() -> None:
    with pytest.raises(ConfigurationError, match="write ladybug:PATH"):
        LadybugStore("ladybug:")


def test_a_missing_file_cannot_be_read(url: str, path: Path) -> None:
    assert refusal(url, read_only=True) == f"{path}: no such store; `trihelix ingest` makes one"
    assert not path.exists()


@pytest.mark.parametrize("read_only", [True, False])
def test_other_files_are_refused_and_left_alone(url: str, path: Path, read_only: bool) -> None:
    path.parent.mkdir()
    path.write_text("some text\n" * 1000)
    assert f"{path} cannot be opened as a Ladybug database" in refusal(url, read_only=read_only)
    assert path.read_text() == "some text\n" * 1000


def test_a_folder_is_refused(url: str, path: Path) -> None:
    path.mkdir(parents=True)
    assert "cannot be opened" in refusal(url)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_of_another_program_is_refused(url: str, path: Path, read_only: bool) -> None:
    path.parent.mkdir()
    execute(path, "CREATE NODE TABLE Person(name STRING PRIMARY KEY)")
    assert "not one of Trihelix; name another file" in refusal(url, read_only=read_only)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_another_version_is_refused(url: str, path: Path, read_only: bool) -> None:
    LadybugStore(url).close()
    execute(path, "MATCH (m:Meta) SET m.version = 99")
    with pytest.raises(StoreVersionError, match=r"graph.db has store format 99, .* ingest"):
        LadybugStore(url, read_only=read_only)


def test_a_store_from_before_mentions_had_a_confidence_is_refused(url: str, path: Path) -> None:
    LadybugStore(url).close()
    execute(path, "MATCH (m:Meta) SET m.version = 1")
    with pytest.raises(StoreVersionError, match=r"store format 1, this version .* reads 2; ingest"):
        LadybugStore(url)


def test_a_store_opened_to_be_read_cannot_be_loaded(url: str) -> None:
    LadybugStore(url).close()
    with LadybugStore(url, read_only=True) as store, pytest.raises(StoreError, match="read-only"):
        store.load(*loadable(*northeast()))


def test_a_closed_store_says_so(url: str) -> None:
    store = LadybugStore(url)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.revision()
    with pytest.raises(StoreError, match="was closed"):
        store.load([], [])


def test_a_second_writer_is_refused_until_the_first_closes(url: str, path: Path) -> None:
    other = (
        "import sys; from trihelix.graph.store import open_store; open_store(sys.argv[1]).close()"
    )
    with LadybugStore(url):
        with LadybugStore(url, read_only=True) as reader:
            reader.revision()
        assert f"{path} is open for writing elsewhere; wait" in refusal(url)
        assert f"StoreError: {path} is open for writing elsewhere" in python(other, url).stderr
    assert python(other, url).returncode == 0
    LadybugStore(url).close()


def test_readers_see_each_committed_load_while_the_writer_is_open(url: str) -> None:
    documents, nodes = loadable(*northeast())
    with LadybugStore(url) as writer, LadybugStore(url, read_only=True) as reader:
        assert reader.revision() == 0
        writer.load(documents[:2], nodes)
        assert reader.snapshot() == writer.snapshot()
        assert (reader.revision(), reader.revision()) == (1, 1)
        writer.load(documents, nodes)
        assert reader.revision() == 2
        assert list(reader.documents()) == documents


def test_threads_take_turns(url: str) -> None:
    articles = [Article(f"d{n}").relation("PART_OF", f"a{n % 3}", "b") for n in range(8)]
    with LadybugStore(url) as store:
        threads = [Thread(target=store.load, args=loadable(a)) for a in articles]
        threads += [Thread(target=store.snapshot) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.snapshot() == snapshot_of(*loadable(*articles), revision=8)


KILLED = """
import os, signal, sys
from tests.graph.factory import loadable, northeast
from trihelix.graph import ladybug_store
store = ladybug_store.LadybugStore(sys.argv[1])
documents, nodes = loadable(*northeast())
store.load(documents[:2], nodes)
connect, left = ladybug_store._connect, [int(sys.argv[2])]
def dies(*arguments):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    connect(*arguments)
ladybug_store._connect = dies
store.load(documents[2:], nodes, retract=["d1"])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("read_first", [True, False])
def test_a_process_killed_in_a_load_leaves_the_last_commit(url: str, read_first: bool) -> None:
    documents, nodes = loadable(*northeast())
    assert python(KILLED, url, "4").returncode == -signal.SIGKILL
    if read_first:
        with LadybugStore(url, read_only=True) as store:
            assert store.snapshot() == snapshot_of(documents[:2], nodes)
    with LadybugStore(url) as store:
        assert store.snapshot() == snapshot_of(documents[:2], nodes)
        store.load(documents[2:], nodes, retract=["d1"])
        assert store.snapshot() == snapshot_of(documents[1:], nodes, revision=2)


def test_a_process_killed_after_a_load_has_stored_it(url: str) -> None:
    documents, nodes = loadable(*northeast())
    assert python(KILLED, url, "1000").returncode == -signal.SIGKILL
    with LadybugStore(url) as store:
        assert store.snapshot() == snapshot_of(documents[1:], nodes, revision=2)


def execute(path: Path, cypher: str) -> None:
    """Change a file behind the store's back."""
    database = ladybug.Database(str(path))
    connection = ladybug.Connection(database)
    connection.execute(cypher)
    connection.close()
    database.close()
