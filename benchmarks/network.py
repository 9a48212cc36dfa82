"""The network engine beside igraph, networkit, rustworkx, scikit-network and networkx.

    make bench                 # 10k nodes, 50k links; every measure, exact ones too
    make bench SIZE=100k       # 500k links; SIZE=1M: 5M links, without networkx
    make bench DATA=FOLDER     # the METIS and edge-list files of a folder as well

All answer the same questions on the same graphs in one run, in turn; kernels are compiled before.
Medians are printed with their ratio to Trihelix, and written to benchmarks/network.json: a list of
{graph, measure, trihelix_s, peers: {name: seconds}, gave_up: {name: seconds}}. Trihelix and
networkit use the same number of threads (all cores), rustworkx takes all cores where it can. A peer
that needs more than --limit seconds for a measure is stopped (networkx) or asked once only, and not
asked again on larger graphs. What a library keeps after a first answer counts as built.
Where networkx has the same definition and answers in time, `differs` is the largest difference.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import networkit
import numpy as np
import peers
from graphs import SIZES, Graph, real, synthetic
from own import Trihelix
from rich.console import Console
from rich.table import Table

from trihelix.graph.kernels.compiled import threads

OUT = Path(__file__).with_suffix(".json")
SLOW = ("betweenness", "edge betweenness", "closeness", "harmonic")  # exact: hours on 100k nodes
EXACT_LINKS = 150_000


class OutOfTimeError(Exception):
    """A measure takes too long."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop Python code after so many seconds; compiled code ends first."""

    def stop(*_: object) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def timed(answer: Callable[[], Any], limit: float) -> tuple[float, Any]:
    """Seconds of one call, and its answer.

    Raises:
        OutOfTimeError: when it was stopped.
    """
    with within(limit):
        start = time.perf_counter()
        found = answer()
        return time.perf_counter() - start, found


def race(answers: dict[str, Callable[[], Any]], *, runs: int, limit: float) -> dict[str, Any]:
    """The median seconds of each, called in turn; those that gave up apart."""
    times: dict[str, list[float]] = {name: [] for name in answers}
    values: dict[str, Any] = {}
    gave_up: dict[str, float] = {}
    for _ in range(runs):
        for name, answer in answers.items():
            if name in gave_up or sum(times[name]) > limit:
                continue
            try:
                patience = limit if name != Trihelix.name else 100 * limit
                seconds, values[name] = timed(answer, patience)
                times[name].append(seconds)
            except (OutOfTimeError, MemoryError):
                gave_up[name] = limit
    seconds = {name: median(found) for name, found in times.items() if found}
    return {"seconds": seconds, "gave_up": gave_up, "values": values}


def questions(graph: Graph) -> tuple[list[int], peers.Pairs]:
    """64 nodes and 20 pairs of the largest component, the same for all."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(graph.ends), dtype=np.int8)
    matrix = coo_array((ones, tuple(graph.ends.T)), shape=(graph.n, graph.n))
    _, label = connected_components(matrix, directed=False)
    giant = np.flatnonzero(label == np.bincount(label).argmax())
    chosen = np.random.default_rng(7).choice(giant, size=peers.SAMPLE + 40, replace=False)
    sample, ends = chosen[: peers.SAMPLE].tolist(), chosen[peers.SAMPLE :]
    return sorted(sample), [(int(a), int(b)) for a, b in ends.reshape(-1, 2)]


def measured(graph: Graph, args: argparse.Namespace) -> list[dict[str, Any]]:
    """Every measure on one graph."""
    sample, pairs = questions(graph)
    engines: dict[str, dict[str, Callable[[], Any]]] = {}
    built: dict[str, Callable[[], Any]] = {}
    exact = args.exact or len(graph.ends) <= EXACT_LINKS
    for engine in (Trihelix, *(p for p in peers.PEERS if p.name not in args.without)):
        built[engine.name] = lambda engine=engine: engine(graph)
        found = engine(graph).measures(sample, pairs)
        engines[engine.name] = {m: f for m, f in found.items() if exact or m not in SLOW}
        if engine is Trihelix:
            alone(graph, engines[engine.name])
    rows = [row(graph, "build", race(built, runs=args.runs, limit=args.limit))]
    for measure in engines[Trihelix.name]:
        answers = {n: found[measure] for n, found in engines.items() if measure in found}
        rows.append(row(graph, measure, race(answers, runs=args.runs, limit=args.limit)))
        show(rows[-1])
    return rows


def alone(graph: Graph, answers: dict[str, Callable[[], Any]]) -> None:
    """Ask Trihelix everything once, which compiles what is not yet, and tell its memory so far."""
    for answer in answers.values():
        answer()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{graph.name}: peak memory with Trihelix alone {peak:,.0f} MB", flush=True)


def row(graph: Graph, measure: str, found: dict[str, Any]) -> dict[str, Any]:
    """A line of the report."""
    seconds = dict(found["seconds"])
    return {
        "graph": graph.name,
        "nodes": graph.n,
        "links": len(graph.ends),
        "measure": measure,
        "trihelix_s": seconds.pop(Trihelix.name),
        "peers": seconds,
        "gave_up": found["gave_up"],
        "differs": differs(found["values"]),
    }


def differs(values: dict[str, Any]) -> float | None:
    """How far the values of the nodes are from those of networkx, where both give some."""
    own, other = values.get(Trihelix.name), values.get(peers.Networkx.name)
    if not isinstance(own, np.ndarray) or not isinstance(other, dict):
        return None
    expected = np.array([other.get(node, 0.0) for node in range(own.size)])
    return float(np.nanmax(np.abs(own - expected), initial=0.0))


def show(found: dict[str, Any]) -> None:
    """Print a line as soon as it is known."""
    own = found["trihelix_s"]
    others = [f"{name} {_ratio(s / own)}" for name, s in sorted(found["peers"].items())]
    others += [f"{name} over {_ratio(s / own)}" for name, s in sorted(found["gave_up"].items())]
    print(
        f"{found['graph']:16} {found['measure']:26} {_time(own):>10}  {', '.join(others)}",
        flush=True,
    )


def summary(rows: list[dict[str, Any]]) -> Table:
    """Each measure with its best peer and networkx, as ratios to Trihelix."""
    table = Table(title="times as fast as the peer (below 1: slower)")
    for column in ("graph", "measure", "trihelix", "best peer", "ratio", "networkx", "differs"):
        table.add_column(column, justify="left" if column in ("graph", "measure") else "right")
    for found in rows:
        own, asked = found["trihelix_s"], dict(found["peers"])
        slow = asked.pop("networkx", None)
        best = min(asked, key=lambda name: asked[name], default=None)
        over = found["gave_up"].get("networkx")
        table.add_row(
            found["graph"],
            found["measure"],
            _time(own),
            best or "-",
            _ratio(asked[best] / own) if best else "-",
            _ratio(slow / own) if slow else f"over {_ratio(over / own)}" if over else "-",
            "" if found["differs"] is None else f"{found['differs']:.0e}",
        )
    return table


def _ratio(value: float) -> str:
    return f"x{value:.2f}" if value < 10 else f"x{value:,.0f}"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--size", default="10k", choices=SIZES)
    parser.add_argument("--data", type=Path, help="a folder of *.metis.graph and ca-*.txt files")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds a measure may take")
    parser.add_argument("--exact", action="store_true", help="exact ones on large graphs too")
    parser.add_argument("--without", nargs="*", default=[], help="peers to leave out")
    args = parser.parse_args()
    networkit.setNumberOfThreads(threads())
    if args.size == "1M":
        args.without += ["networkx"]  # 2 GB, and minutes for most measures
    rows = []
    for graph in [synthetic(args.size), *(real(args.data) if args.data else [])]:
        rows += measured(graph, args)
    Console(width=120).print(summary(rows))
    print(f"{threads()} threads")
    OUT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"{OUT.name} written")


if __name__ == "__main__":
    main()
