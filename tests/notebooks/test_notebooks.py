"""Every notebook runs from top to bottom over the sample corpus, and equals its paired script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def run(*command: str, **environment: str) -> None:
    """Run a Python module with these arguments; its output is the message when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1", **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds the sample corpus, as `make demo` builds it."""
    url = f"ladybug:{tmp_path_factory.mktemp('demo') / 'trihelix.db'}"
    run("trihelix", "ingest", "notebooks/corpus", "--store", url)
    return url


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, store: str) -> None:
    run("pytest", "--nbmake", "-p", "no:cacheprovider", str(notebook), TRIHELIX_STORE=store)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_equals_its_script(notebook: Path) -> None:
    both = (jupytext.read(path) for path in (notebook, notebook.with_suffix(".py")))
    one, other = ([(c.cell_type, c.source) for c in book.cells] for book in both)
    assert one == other


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_pictures_load_nothing_from_elsewhere(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert "image/svg+xml" in text
    assert "<script" not in text
    assert not [word for word in ("src=", "cdn", "@import") if word in text]
