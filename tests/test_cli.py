"""The command line as its users meet it: what it prints, where it complains, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trihelix.cli import app

SIGNED = (
    "3月2日，沈阳工业大学与云帆机器人有限公司在沈阳签署战略合作协议。云帆机器人董事长王一鸣出席。"
)
LAB = "2024年5月6日，大连理工大学与云帆机器人有限公司共建的智能装备联合实验室揭牌成立。"


def trihelix(
    *arguments: str, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trihelix", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small store, made by the command itself."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "signed.txt").write_text(f"签约仪式举行\n\n{SIGNED}", encoding="utf-8")
    (folder / "lab.txt").write_text(f"实验室揭牌\n\n{LAB}", encoding="utf-8")
    url = f"ladybug:{folder / 'graph.db'}"
    done = trihelix("ingest", "signed.txt", "lab.txt", "--store", url, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 loaded" in done.stdout
    return url


def test_extract_prints_one_json_object_a_document() -> None:
    done = trihelix("extract", "-", "--published", "2024-03-03", stdin=f"签约\n\n{SIGNED}")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    facts = json.loads(line)
    names = {e["name"]: e["kind"] for e in facts["entities"]}
    assert names["沈阳工业大学"] == "University"
    assert names["王一鸣"] == "Person"
    assert "2024-03-02" in {e["date"] for e in facts["events"]}


def test_min_confidence_leaves_out_the_less_sure() -> None:
    all_of_it = json.loads(trihelix("extract", "-", stdin=SIGNED).stdout)
    some = json.loads(trihelix("extract", "-", "--min-confidence", "0.99", stdin=SIGNED).stdout)
    assert all_of_it["events"]
    assert some["events"] == []
    assert some["entities"] == [e for e in all_of_it["entities"] if e["confidence"] >= 0.99]


def test_the_output_is_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text(
            f"消息{n}\n\n{SIGNED if n % 2 else LAB}", encoding="utf-8"
        )
    one = trihelix("extract", str(tmp_path), "--workers", "1")
    two = trihelix("extract", str(tmp_path), "--workers", "2")
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 9


def test_a_bad_input_is_one_line_the_rest_goes_on_and_the_status_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "b.txt").write_text(SIGNED, encoding="utf-8")
    done = trihelix("extract", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    (complaint,) = done.stderr.splitlines()
    assert complaint.startswith("trihelix: ")
    assert "a.txt" in complaint


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("extract", "x.txt", "--published", "2024-13-01"), 2, "no date"),
        (("ingest", "x.txt", "--store", "mysql://x"), 2, "mysql"),
        (("show", "x", "--store", "ladybug:none.db"), 2, "no such store"),
        (("extract", "nowhere.txt"), 1, "nowhere.txt"),
    ],
)
def test_errors_are_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    done = trihelix(*arguments, cwd=tmp_path)
    assert done.returncode == status
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_neo4j_is_one_clear_line(tmp_path: Path) -> None:
    done = trihelix("show", "x", "--store", "bolt://127.0.0.1:9", cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "127.0.0.1:9 does not answer" in line


def test_questions_from_the_shell(store: str) -> None:
    path = trihelix("path", "沈阳工业大学", "大连理工大学", "--store", store).stdout
    assert path.startswith("沈阳工业大学 — 云帆机器人有限公司")
    assert "签署战略合作协议" in path.replace("\n", "").replace(" ", "")
    ranking = trihelix("rank", "--by", "degree", "--top", "1", "--store", store).stdout
    assert "云帆机器人有限公司" in ranking
    shown = trihelix("show", "云帆机器人", "--store", store).stdout
    assert "王一鸣" in shown
    assert "董事长" in shown
    assert "云帆机器人有限公司" in trihelix("search", "云帆", "--store", store).stdout
    counted = trihelix(
        "query", "MATCH (d:Document) RETURN count(d) AS documents", "--store", store
    ).stdout
    assert counted.split() == ["documents", "2"]
    assert "documents  2" in trihelix("overview", "--store", store).stdout


def test_every_question_takes_a_least_confidence(store: str) -> None:
    sure = ("--min-confidence", "0.99", "--store", store)
    path = trihelix("path", "沈阳工业大学", "大连理工大学", *sure)
    assert path.returncode == 1, path.stdout
    overview = trihelix("overview", *sure).stdout
    assert "documents  2" in overview
    assert "events     0" in overview
    assert trihelix("bridges", *sure).stdout.strip() == ""
    for question in (("rank", "--by", "degree"), ("search", "云帆"), ("show", "云帆机器人")):
        assert trihelix(*question, *sure).returncode in {0, 1}  # 1: the name itself is less sure
    shown = trihelix("show", "云帆机器人", "--min-confidence", "0.01", "--store", store).stdout
    assert "confidence " in shown
    assert "董事长" in shown


@pytest.mark.parametrize(
    "command",
    [
        "extract",
        "ingest",
        "serve",
        "evaluate",
        "overview",
        "bridges",
        "show",
        "search",
        "path",
        "rank",
    ],
)
def test_the_least_confidence_is_between_0_and_1(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--min-confidence", "1.5"])
    assert done.exit_code == 2
    assert "Invalid value for '--min-confidence'" in done.output


def test_a_cypher_query_takes_no_least_confidence_and_says_where_it_stands() -> None:
    shown = trihelix("query", "--help").stdout
    assert "--min-confidence" not in shown
    assert "MENTIONS" in shown
    assert "confidence" in shown


def test_ingest_stores_nothing_less_sure(tmp_path: Path) -> None:
    (tmp_path / "signed.txt").write_text(SIGNED, encoding="utf-8")
    url = f"ladybug:{tmp_path / 'graph.db'}"
    sure = ("--min-confidence", "0.99", "--store", url)
    assert "1 loaded" in trihelix("ingest", "signed.txt", *sure, cwd=tmp_path).stdout
    counted = "MATCH (e:Event) RETURN count(e) AS events"
    assert trihelix("query", counted, "--store", url).stdout.split() == ["events", "0"]
    assert "1 unchanged" in trihelix("ingest", "signed.txt", *sure, cwd=tmp_path).stdout
    assert "1 replaced" in trihelix("ingest", "signed.txt", "--store", url, cwd=tmp_path).stdout
    assert trihelix("query", counted, "--store", url).stdout.split() != ["events", "0"]


def test_an_unknown_name_and_a_missing_path_say_so(store: str) -> None:
    done = trihelix("path", "沈阳工业大学", "不存在大学", "--store", store)
    assert done.returncode == 1
    assert "不存在大学" in done.stderr


def test_evaluate_prints_the_figures_of_a_gold_set(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles" / "zh-a.txt").write_text(SIGNED, encoding="utf-8")
    gold = {
        "article": "zh-a.txt",
        "published": None,
        "entities": [
            {"name": "沈阳工业大学", "kind": "University", "surfaces": ["沈阳工业大学"]},
            {"name": "王一鸣", "kind": "Person", "surfaces": ["王一鸣"]},
        ],
        "relations": [],
        "events": [],
    }
    (tmp_path / "gold" / "zh-a.json").write_text(json.dumps(gold), encoding="utf-8")
    done = trihelix("evaluate", str(tmp_path / "gold"))
    assert done.returncode == 0, done.stderr
    assert "persons             1.000   1.000  1.000  (1 right, 0 wrong, 0 missed)" in done.stdout
    assert "persons             0.000   0.000  0.000  (0 right, 0 wrong, 1 missed)" in (
        trihelix("evaluate", str(tmp_path / "gold"), "--min-confidence", "1").stdout
    )


def test_version_and_help() -> None:
    assert trihelix("--version").stdout.startswith("trihelix 0.")
    assert "ingest" in trihelix("--help").stdout
