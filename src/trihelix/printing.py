"""Answers as text for a terminal: tables, paths with their sentences, one node at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

    from trihelix.graph.bridges import Bridge
    from trihelix.graph.explain import Hop, Sentence
    from trihelix.graph.graph import Counts, Profile
    from trihelix.graph.paths import Path
    from trihelix.graph.removal import Removal
    from trihelix.graph.search import Hit
    from trihelix.schema.records import Node

_MOST = 8  # rows of each part of a profile
_QUOTE = 160  # characters of a sentence that are shown
_WIDE_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff\d])")  # would break the line early


def counts(found: Counts) -> ConsoleRenderable:
    """Documents, entities, relations and events by kind."""
    rows = [
        ("documents", str(found.documents)),
        ("entities", _tally(found.entities)),
        ("relations", _tally(found.relations)),
        ("events", _tally(found.events)),
    ]
    return _table(("", "what was found"), rows)


def bridges(found: Sequence[Bridge]) -> ConsoleRenderable:
    """Each bridging organization with what it connects and one sentence of evidence."""
    parts: list[ConsoleRenderable] = []
    for bridge in found:
        head = Text(f"{bridge.rank:2}. ")
        head.append(bridge.node.name, style="bold")
        head.append(f"  {_kind(bridge.node)}, {_standing(bridge)}", style="dim")
        joins = f"connects {', '.join(bridge.groups)}; {bridge.neighbours} neighbours; "
        parts += [head, _indented(Text(joins + _components(bridge), style="dim"), 4)]
        parts += _quoted(bridge.sentence, indent=4)
    return Group(*parts)


def _named(nodes: Sequence[Node]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(nodes) - 4} more" if len(nodes) > 4 else ""
    return "、".join(node.name for node in nodes[:4]) + more


def _standing(bridge: Bridge) -> str:
    interval = f" (rank {bridge.low} to {bridge.high})" if bridge.high > bridge.low else ""
    return f"score {bridge.score:.3f}{interval}"


def _components(bridge: Bridge) -> str:
    pairs = "" if bridge.brokerage is None else f", brokers {bridge.brokerage} pairs"
    return f"betweenness {bridge.betweenness:.3f}{pairs}, constraint {bridge.constraint:.2f}"


def paths(found: Sequence[Path]) -> ConsoleRenderable:
    """Each path hop by hop, each hop with the fact and the sentence behind it."""
    parts: list[ConsoleRenderable] = []
    for number, path in enumerate(found, start=1):
        prefix = f"{number}. " if len(found) > 1 else ""
        parts.append(Text(prefix + " — ".join(n.name for n in path.nodes), style="bold"))
        for hop in path.hops:
            parts += [_hop(hop), *_quoted(hop.sentence, indent=6)]
    return Group(*parts)


def ranking(frame: pd.DataFrame, measure: str) -> ConsoleRenderable:
    """The rows of `Graph.rank`."""
    rows = [
        (str(r.rank), str(r.name_), str(r.kind), str(r.place), f"{r.score:.4f}")
        for r in frame.rename(columns={"name": "name_"}).fillna({"place": ""}).itertuples()
    ]
    return _table(("", "organization", "kind", "place", measure), rows)


def removal(found: Removal) -> tuple[ConsoleRenderable, ...]:
    """What a removal costs, what falls off, and who could take over."""
    loss = found.efficiency.loss / found.efficiency.before if found.efficiency.before else 0.0
    error = f" ± {found.efficiency.error:.4f}" if found.efficiency.error else ""
    rows = [
        ("removed", ", ".join(node.name for node in found.removed)),
        ("pairs that lose each other", f"{found.broken_pairs:,} of {found.joined_pairs:,}"),
        ("largest component", f"{found.largest_before:,} -> {found.largest_after:,} nodes"),
        ("components", f"{found.components_before:,} -> {found.components_after:,}"),
        (
            "global efficiency",
            f"{found.efficiency.before:.4f} -> {found.efficiency.after:.4f}{error} (-{loss:.1%})",
        ),
    ]
    pieces = [(str(p.size), _named(p.nodes)) for p in found.pieces if p.size > 0]
    heirs = [
        (r.node.name, r.node.kind, str(r.brokered), str(r.reconnects), _named(r.shared))
        for r in found.replacements
    ]
    head = ("could replace", "kind", "brokers already", "reconnects", "shares")
    parts: list[ConsoleRenderable] = [_table(("", "what is lost"), rows)]
    if len(pieces) > 1:
        more = found.piece_count - _MOST
        parts.append(_table(("nodes", "falls into"), pieces[:_MOST], more=more))
    return (*parts, _table(head, heirs)) if heirs else tuple(parts)


def series(found: pd.DataFrame, measure: str) -> ConsoleRenderable:
    """A measure by year, one column a node, with its rank of that year."""
    names = found.sort_values(["year", "rank"]).groupby("id", sort=False)["name"].last()
    cells = {
        (r.year, r.id): f"{r.score:.4f} ({r.place})"
        for r in found.rename(columns={"rank": "place"}).itertuples()
    }
    years = sorted(set(found["year"].tolist()))
    rows = [(str(y), *(cells.get((y, id_), "") for id_ in names.index)) for y in years]
    return _table((f"{measure} (rank)", *names.tolist()), rows)


def turnover(found: pd.DataFrame) -> ConsoleRenderable:
    """Who came and who went, by year."""
    return frame(found.astype("string").fillna("?"))


def communities(found: pd.DataFrame, top: int) -> ConsoleRenderable:
    """The largest communities with their best linked members."""
    rows = [
        (str(number), str(len(members)), ", ".join(members["name"].head(_MOST)))
        for number, members in found.groupby("community")
        if len(members) > 1
    ]
    head = ("", "size", f"best linked members (modularity {found.attrs['modularity']:.3f})")
    return _table(head, rows[:top], more=len(rows) - top)


def predictions(found: pd.DataFrame) -> ConsoleRenderable:
    """Likely links with the neighbours that both ends share."""
    pairs = "source_name" in found
    rows = [
        (
            str(row["rank"]),
            *((row["source_name"], row["target_name"]) if pairs else (row["name"], row["kind"])),
            f"{row['score']:.3f}",
            "、".join(row["shared"][:4]),
        )
        for row in found.to_dict("records")
    ]
    ends = ("organization", "with") if pairs else ("organization", "kind")
    return _table(("", *ends, "score", "shared partners"), rows)


def helix(found: pd.DataFrame, divisions: Sequence[str]) -> ConsoleRenderable:
    """Events of each sector and the transmissions in millibits."""
    rows = [
        (
            *(str(row[name]) for name in divisions),
            *(str(row[name]) for name in ("n", "u", "i", "g", "uig")),
            *(f"{1000 * row[name]:.0f}" for name in ("T_ui", "T_ug", "T_ig", "T_uig")),
        )
        for row in found.to_dict("records")
    ]
    head = (*divisions, "events", "u", "i", "g", "uig", "T(ui)", "T(ug)", "T(ig)", "T(uig)")
    legend = "events with a university (u), a firm (i), a government body (g), all; T in millibits"
    return Group(_table(head, rows), Text(legend, style="dim"))


def hits(found: Sequence[Hit]) -> ConsoleRenderable:
    """What a search found."""
    rows = [
        (h.node.name, h.node.kind, h.node.place or "", str(h.documents), h.node.id) for h in found
    ]
    return _table(("name", "kind", "place", "documents", "id"), rows)


def frame(rows: pd.DataFrame) -> ConsoleRenderable:
    """A Cypher answer as a table."""
    cells = [tuple(str(value) for value in row) for row in rows.itertuples(index=False)]
    return _table(tuple(map(str, rows.columns)), cells)


def profile(found: Profile) -> ConsoleRenderable:
    """All about one node, at a glance."""
    parts: list[ConsoleRenderable] = [_heading(found)]
    people = [(p.person.name, p.title or "", p.organization.name) for p in found.posts]
    ties = [(t.source.name, vocabulary().relations[t.kind].zh, t.target.name) for t in found.ties]
    collaborators = [
        (c.node.name, str(c.events), str(c.documents), _period(c.first, c.last))
        for c in found.collaborators
    ]
    events = [(e.date or "", e.kind, e.status, _short(e.evidence[0].quote)) for e in found.events]
    sections: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = [
        (("person", "post", "at"), [*people]),
        (("relation", "", ""), [*ties]),
        (("collaborator", "events", "documents", "when"), [*collaborators]),
        (("date", "event", "status", "sentence"), [*events]),
    ]
    parts += [_table(head, rows[:_MOST], more=len(rows) - _MOST) for head, rows in sections if rows]
    return Group(*parts)


def show(console: Console, *parts: ConsoleRenderable) -> None:
    """Print parts with a blank line between them."""
    for index, part in enumerate(parts):
        if index:
            console.print()
        console.print(part)


@contextmanager
def progress(console: Console, paths: Sequence[str]) -> Iterator[Callable[[], None]]:
    """A progress bar over the documents under paths; yields what to call after each."""
    columns = (
        TextColumn("reading and linking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=_expected(paths))
        yield lambda: bar.advance(task)


def _expected(paths: Sequence[str]) -> int | None:
    """How many documents lie under the paths: one a file, one a line of a JSON Lines file."""
    if "-" in paths:
        return None
    roots = [FilePath(p) for p in paths]
    files = [f for r in roots for f in (r.rglob("*") if r.is_dir() else [r]) if f.is_file()]
    lines = [f for f in files if f.suffix in {".jsonl", ".ndjson"}]
    return len(files) - len(lines) + sum(_lines(f) for f in lines)


def _lines(path: FilePath) -> int:
    with path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())


def _heading(found: Profile) -> Text:
    node = found.node
    text = Text(node.name, style="bold")
    text.append(f"  {_kind(node)}", style="dim")
    if node.place:
        text.append(f", {node.place}", style="dim")
    text.append(f", in {found.documents} documents, confidence {found.confidence:.2f}", style="dim")
    text.append(f"; id {node.id}", style="dim")
    if node.aliases:
        text.append("\nalso called " + ", ".join(node.aliases), style="dim")
    return text


def _kind(node: Node) -> str:
    return f"{node.kind} {vocabulary().entities[node.kind].zh}"


def _hop(hop: Hop) -> Padding:
    support = hop.supports[0]
    events, relations = vocabulary().events, vocabulary().relations
    label = events[support.kind].zh if support.type == "event" else relations[support.kind].zh
    text = Text(f"{hop.source.name} → {hop.target.name}")
    detail = [f"{support.kind} {label}", support.title, support.date]
    text.append("  " + ", ".join(filter(None, detail)), style="dim")
    if support.status != "completed":
        text.append(f", {support.status}", style="dim")
    if hop.sources > 1:
        text.append(f"; {hop.sources} documents", style="dim")
    return _indented(text, 3)


def _quoted(sentence: Sentence | None, *, indent: int) -> list[ConsoleRenderable]:
    if sentence is None:
        return []
    text = Text(f"“{_short(sentence.quote)}”", style="italic")
    text.append(f"  {sentence.source}", style="dim not italic")
    return [_indented(text, indent)]


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)


def _short(quote: str) -> str:
    quote = _WIDE_GAP.sub("", " ".join(quote.split()))
    return quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"


def _period(first: str | None, last: str | None) -> str:
    return first or "" if first == last else f"{first or '?'} – {last or '?'}"


def _tally(kinds: Mapping[str, int]) -> str:
    total = sum(kinds.values())
    return f"{total}: " + ", ".join(f"{kind} {n}" for kind, n in kinds.items())


def _table(
    head: Iterable[str], rows: Iterable[tuple[str, ...]], *, more: int = 0
) -> ConsoleRenderable:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for index, name in enumerate(head):
        options: dict[str, Any] = {"overflow": "fold"} if index == 0 else {}
        table.add_column(name, **options)
    for row in rows:
        table.add_row(*map(Text, row))
    return Group(table, Text(f"… and {more} more", style="dim")) if more > 0 else table
