"""Asking about the network from the shell, over a store of two documents."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from trihelix.cli import app
from trihelix.graph.store import open_store
from trihelix.ingest import ingest

SIGNED = """沈阳工业大学与云帆机器人有限公司签约
4月25日，沈阳工业大学与云帆机器人有限公司在沈阳签署战略合作协议。
"""
VISITED = """大连理工大学到云帆机器人有限公司考察
大连理工大学与云帆机器人有限公司签署合作协议。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("questions")
    for name, text in (("signed", SIGNED), ("visited", VISITED)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    url = f"ladybug:{folder / 'graph.db'}"
    with open_store(url) as opened:
        ingest([str(folder)], opened, published="2023-05-01", workers=1)
    return url


def ask(store: str, *command: str) -> Result:
    return CliRunner().invoke(app, [*command, "--store", store], catch_exceptions=False)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("path", "沈阳工业大学", "大连理工大学", "--by", "confidence"), "云帆机器人有限公司"),
        (("path", "沈阳工业大学", "大连理工大学", "--via", "云帆机器人有限公司"), "— 大连理工大学"),
        (("rank", "--by", "pagerank", "--sector", "firm"), "云帆机器人有限公司"),
        (("bridges", "--by", "kind", "--weight", "betweenness=1"), "connects University"),
        (("what-if", "云帆机器人有限公司"), "1 of 1"),
        (("trend", "云帆机器人有限公司", "--by", "degree"), "2023"),
        (("communities",), "best linked members"),
        (("predict", "沈阳工业大学"), "大连理工大学"),
        (("predict", "--by", "jaccard"), "1.000"),
        (("helix",), "2023 3 3 3 0 0"),
    ],
)
def test_questions(store: str, command: tuple[str, ...], expected: str) -> None:
    done = ask(store, *command)
    assert done.exit_code == 0, done.output
    assert expected in " ".join(done.output.split())


@pytest.mark.parametrize(
    "options",
    [
        ("--since", "2024"),
        ("--as-of", "2022-12-31"),
        ("--relation", "PART_OF"),
        ("--min-sources", "2"),
    ],
)
def test_a_view_that_shows_no_link_has_no_bridge(store: str, options: tuple[str, ...]) -> None:
    assert "云帆" in ask(store, "bridges").output
    assert ask(store, "bridges", *options).output.strip() == ""


def test_the_giant_part_alone_and_other_weights(store: str) -> None:
    done = ask(store, "rank", "--by", "strength", "--weighting", "count", "--giant")
    assert "云帆机器人有限公司" in done.output
    assert "2.0000" in done.output


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (("bridges", "--weight", "betweenness"), "such as betweenness=2"),
        (("bridges", "--by", "colour"), "grouping 'colour' is unknown"),
        (("rank", "--half-life", "30"), "half_life"),
        (("predict", "--by", "luck"), "luck"),
    ],
)
def test_what_makes_no_sense_is_refused(
    store: str, command: tuple[str, ...], complaint: str
) -> None:
    done = CliRunner().invoke(app, [*command, "--store", store])
    assert complaint in str(done.exception)
