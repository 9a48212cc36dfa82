"""Documents into every store: repeatable, replaceable, retractable, safe to kill."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from trihelix import ingest as stage
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.store import GraphStore, open_store
from trihelix.ingest import ingest, retract
from trihelix.schema.errors import NotFoundError

SIGNED = (
    "3月2日，沈阳工业大学与云帆机器人有限公司在沈阳签署战略合作协议。"
    "云帆机器人董事长王一鸣出席签约仪式。"
)
BUILT = "2024年5月6日，沈阳工业大学与云帆机器人有限公司共建的智能装备联合实验室揭牌成立。"
VISIT = "2024年6月1日，大连理工大学副校长李思远一行到云帆机器人有限公司考察。"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {"signed": SIGNED, "built": BUILT, "visit": VISIT}.items():
        (folder / f"{name}.txt").write_text(f"{text[:12]}\n\n{text}\n", encoding="utf-8")
    return folder


def content(store: GraphStore) -> tuple[object, ...]:
    """All that a store says, without its revision."""
    s = store.snapshot()
    return (s.documents, s.nodes, s.relations, s.events, s.mentions, s.confidence)


def names(snapshot: Snapshot) -> set[str]:
    return {node.name for node in snapshot.nodes.values()}


def test_documents_become_nodes_relations_and_events(store: GraphStore, articles: Path) -> None:
    report = ingest([articles], store, workers=1)
    assert (report.loaded, report.failed) == (3, [])
    snapshot = store.snapshot()
    assert {"沈阳工业大学", "云帆机器人有限公司", "大连理工大学"} <= names(snapshot)
    assert len(snapshot.documents) == 3
    assert {e.kind for e in snapshot.events.values()} >= {"Signing", "Visit"}


def test_a_second_run_changes_nothing(store: GraphStore, articles: Path) -> None:
    first = ingest([articles], store, workers=1)
    before = content(store)
    second = ingest([articles], store, workers=1)
    assert (second.loaded, second.unchanged, second.revision) == (0, 3, first.revision)
    assert content(store) == before


def test_what_is_not_sure_enough_is_not_stored(store: GraphStore, articles: Path) -> None:
    ingest([articles], store, workers=1)
    everything = store.snapshot()
    sures = sorted({e.confidence for e in everything.events.values()})
    least = sures[-1]
    assert len(sures) > 1
    report = ingest([articles], store, workers=1, min_confidence=least)
    assert (report.replaced, report.unchanged) == (3, 0)
    snapshot = store.snapshot()
    assert {e.confidence for e in snapshot.events.values()} == {least}
    assert all(r.confidence >= least for r in snapshot.relations)
    assert all(sure >= least for sure in snapshot.confidence.values())


def test_the_least_confidence_is_kept_until_another_is_asked_for(
    store: GraphStore, articles: Path
) -> None:
    ingest([articles], store, workers=1)
    everything = content(store)
    first = ingest([articles], store, workers=1, min_confidence=1.0)
    assert store.snapshot().events == {}
    again = ingest([articles], store, workers=1, min_confidence=1.0)
    assert (again.unchanged, again.revision) == (3, first.revision)
    ingest([articles], store, workers=1)
    assert content(store) == everything


def test_a_changed_document_replaces_what_it_said(store: GraphStore, articles: Path) -> None:
    ingest([articles], store, workers=1)
    (articles / "visit.txt").write_text(f"快讯\n\n{SIGNED}", encoding="utf-8")
    report = ingest([articles], store, workers=1)
    assert (report.replaced, report.unchanged) == (1, 2)
    assert "大连理工大学" not in names(store.snapshot())
    assert len(store.snapshot().documents) == 3


def test_retracting_removes_what_no_other_document_supports(
    store: GraphStore, articles: Path
) -> None:
    ingest([articles / "signed.txt", articles / "built.txt"], store, workers=1)
    before = content(store)
    ingest([articles / "visit.txt"], store, workers=1)
    retract((articles / "visit.txt").as_posix(), store)
    assert content(store) == before


def test_retracting_what_is_not_there_says_so(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match=r"nothing\.txt"):
        retract("nothing.txt", store)


def test_one_text_at_two_places_is_one_document(store: GraphStore, articles: Path) -> None:
    shutil.copy(articles / "signed.txt", articles / "copy.txt")
    ingest([articles], store, workers=1)
    snapshot = store.snapshot()
    assert len(snapshot.documents) == 3
    before = content(store)
    retract((articles / "copy.txt").as_posix(), store)
    assert names(store.snapshot()) == names(snapshot)
    assert content(store) != before  # the document is now at its other place only


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, articles: Path) -> None:
    contents = []
    files = sorted(articles.iterdir())
    for turn in range(3):
        with open_store(f"ladybug:{tmp_path / f'{turn}.db'}") as store:
            for file in random.Random(turn).sample(files, len(files)):
                ingest([file], store, workers=1)
            contents.append(content(store))
    assert contents[0] == contents[1] == contents[2]


def test_unusable_inputs_are_reported_and_the_rest_is_stored(
    store: GraphStore, articles: Path
) -> None:
    (articles / "empty.txt").write_text("", encoding="utf-8")
    (articles / "lines.jsonl").write_text(
        json.dumps({"text": BUILT * 2}) + "\n{broken\n", encoding="utf-8"
    )
    report = ingest([articles], store, workers=1)
    assert report.loaded == 4
    assert sorted(Path(e.source).name for e in report.failed) == ["empty.txt", "lines.jsonl:2"]


def test_more_workers_give_the_same_graph(tmp_path: Path, articles: Path) -> None:
    for n in range(12):
        (articles / f"{n}.txt").write_text(f"消息{n}\n\n第{n}次。{SIGNED}", encoding="utf-8")
    contents = []
    for workers in (1, 2):
        with open_store(f"ladybug:{tmp_path / f'{workers}.db'}") as store:
            ingest([articles], store, workers=workers)
            contents.append(content(store))
    assert contents[0] == contents[1]


def test_an_interrupted_run_keeps_its_batches_and_the_next_one_goes_on(
    store: GraphStore, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[None] = []

    def interrupt() -> None:
        heard.append(None)
        if len(heard) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(stage, "_BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        ingest([articles], store, workers=1, on_document=interrupt)
    assert len(store.snapshot().documents) == 2
    report = ingest([articles], store, workers=1)
    assert (report.unchanged, report.loaded) == (2, 1)


KILLED = """
import sys
from trihelix import ingest as stage
from trihelix.graph.store import open_store
stage._BATCH = 2  # many small transactions, so that a kill falls between and inside them
with open_store(sys.argv[1]) as store:
    print("go", flush=True)
    stage.ingest(sys.argv[2:], store, workers=1)
"""


def test_a_killed_ingest_run_again_gives_the_undisturbed_graph(
    tmp_path: Path, articles: Path
) -> None:
    """kill -9 at several moments of one growing ingest; the last run goes through."""
    for n in range(24):
        (articles / f"{n:02d}.txt").write_text(f"消息{n}\n\n第{n}次。{SIGNED}", encoding="utf-8")
    url = f"ladybug:{tmp_path / 'killed.db'}"
    command = [sys.executable, "-c", KILLED, url, str(articles)]
    killed = 0
    for wait in (0.1, 0.3, 0.5, 0.7, 0.9, 1.2):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env=os.environ | {"OMP_NUM_THREADS": "1"}
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        killed += process.wait() == -signal.SIGKILL
    assert killed
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open_store(url) as store, open_store(f"ladybug:{tmp_path / 'calm.db'}") as calm:
        ingest([articles], calm, workers=1)
        assert content(store) == content(calm)
