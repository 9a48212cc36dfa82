"""The `trihelix` command: extract, ingest, retract, ask, serve, evaluate.

Exit status: 0 all done; 1 some inputs could not be used (each said why) or nothing was found;
2 the command, its settings or the store are wrong.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from trihelix import __version__, neo4j_cli, questions
from trihelix.questions import DEFAULT_STORE, Kinds, Place, Store, opened, out
from trihelix.schema.errors import ConfigurationError, InputError, NotFoundError, TrihelixError

if TYPE_CHECKING:
    from trihelix.graph.graph import Graph
    from trihelix.graph.paths import Path as GraphPath

app = typer.Typer(
    help="News text to a knowledge graph of the innovation ecosystem.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(questions.app)
app.add_typer(neo4j_cli.app, name="neo4j")

err = Console(stderr=True, highlight=False, soft_wrap=True)

Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")]
Published = Annotated[
    str | None, typer.Option(help="The date of these documents, YYYY-MM-DD, where they name none.")
]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; all cores if not given.")]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave out what is less sure.")
]


def main() -> None:
    """Run the command line; a TrihelixError becomes one line on standard error and status 2."""
    try:
        app()
    except NotFoundError as error:
        _complain(error)
        sys.exit(1)
    except TrihelixError as error:
        _complain(error)
        sys.exit(2)
    except KeyboardInterrupt:
        err.print("interrupted; what was stored stays, run again to go on")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output left; that is its right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(error: TrihelixError) -> None:
    err.print(f"trihelix: {error}", markup=False)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"trihelix {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say it and end.")
    ] = False,
) -> None:
    """News text to a knowledge graph of the innovation ecosystem."""


@app.command()
def extract(
    paths: Paths,
    published: Published = None,
    workers: Workers = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Print what documents say, one JSON object a document and line."""
    from trihelix.extraction import pipeline
    from trihelix.schema import jsonl

    failed = 0
    for outcome in pipeline.extract(paths, published=_day(published), workers=workers):
        if isinstance(outcome, InputError):
            _complain(outcome)
            failed += 1
        else:
            sys.stdout.write(jsonl.dumps(pipeline.at_least(outcome, min_confidence)) + "\n")
    sys.stdout.flush()
    raise typer.Exit(1 if failed else 0)


def _day(text: str | None) -> str | None:
    """Check a date given on the command line.

    Raises:
        ConfigurationError: when it is no day of the calendar.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        message = f"--published {text!r} is no date; write it as YYYY-MM-DD, such as 2023-04-25"
        raise ConfigurationError(message) from None


@app.command()
def ingest(
    paths: Paths,
    store: Store = DEFAULT_STORE,
    published: Published = None,
    workers: Workers = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Extract documents with all cores and load them. Repeating a run changes nothing.

    What is less sure than --min-confidence is not stored; a run with another one reads anew.
    """
    from trihelix import printing
    from trihelix.graph.store import open_store
    from trihelix.ingest import ingest as load

    day = _day(published)
    with open_store(store) as opened, printing.progress(err, paths) as advance:
        report = load(
            paths,
            opened,
            published=day,
            workers=workers,
            min_confidence=min_confidence,
            on_document=advance,
        )
    for error in report.failed:
        _complain(error)
    done = ("loaded", "replaced", "unchanged")
    tally = ", ".join(f"{getattr(report, what)} {what}" for what in done)
    out.print(f"{store}: {tally}, {len(report.failed)} failed; revision {report.revision}")
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def retract(
    document: Annotated[str, typer.Argument(help="The document's id (sha256:...) or its source.")],
    store: Store = DEFAULT_STORE,
) -> None:
    """Remove a document and exactly what no other document supports."""
    from trihelix.graph.store import open_store
    from trihelix.ingest import retract as remove

    with open_store(store) as opened:
        revision = remove(document, opened)
    out.print(f"{store}: {document} retracted; revision {revision}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name, alias or id, Chinese or English.")],
    min_confidence: MinConfidence = 0.0,
    store: Store = DEFAULT_STORE,
) -> None:
    """All about one organization, person or project."""
    from trihelix import printing

    with opened(store, min_confidence) as graph:
        printing.show(out, printing.profile(graph.show(name)))


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Part of a name.")],
    kinds: Kinds = None,
    place: Place = None,
    min_confidence: MinConfidence = 0.0,
    store: Store = DEFAULT_STORE,
) -> None:
    """The names that fit a text, the best first."""
    from trihelix import printing

    with opened(store, min_confidence) as graph:
        found = graph.search(text, kinds=kinds, place=place)[:20]
        if not found:
            raise NotFoundError(f"{text!r} fits no name in {store}; try fewer characters")
        printing.show(out, printing.hits(found))


@app.command()
def query(
    cypher: Annotated[str, typer.Argument(help="A read query; see graph/cypher.md.")],
    store: Store = DEFAULT_STORE,
) -> None:
    """Run a Cypher query over all that is stored and print its rows.

    Ask for what is sure in the query: MENTIONS, relations and Event nodes have a `confidence`.
    """
    from trihelix import printing

    with opened(store) as graph:
        printing.show(out, printing.frame(graph.query(cypher)))


@app.command()
def overview(min_confidence: MinConfidence = 0.0, store: Store = DEFAULT_STORE) -> None:
    """What a store holds: counts, the top bridges, and the longest way between two of them."""
    from trihelix import printing

    with opened(store, min_confidence) as graph:
        top = graph.bridges(15)
        parts = [printing.counts(graph.counts()), printing.bridges(top[:5])]
        if far := _farthest(graph, [b.node.id for b in top]):
            parts.append(printing.paths([far]))
        printing.show(out, *parts)


def _farthest(graph: Graph, ids: list[str]) -> GraphPath | None:
    """The longest of the shortest paths between the given nodes."""
    found: list[GraphPath] = []
    for a, b in combinations(ids, 2):
        with suppress(NotFoundError):
            found += graph.paths(a, b)
    return max(found, key=len, default=None)


@app.command()
def serve(
    store: Store = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = 8000,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Serve GraphQL over HTTP. Answers follow the store's revision.

    No answer has what is less sure than --min-confidence; queries may ask for more.
    """
    from trihelix.api.app import serve as run

    run(store, host=host, port=port, min_confidence=min_confidence)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of gold annotations (*.json).")],
    articles: Annotated[
        list[str] | None, typer.Argument(help="Their articles; GOLD/../articles if not given.")
    ] = None,
    detail: Annotated[bool, typer.Option(help="Show what was missed and what was wrong.")] = False,
    kinds: Annotated[bool, typer.Option("--kinds", help="F1 by kind as well.")] = False,
    language: Annotated[str | None, typer.Option(help="Only zh or en.")] = None,
    workers: Workers = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Score the pipeline against gold annotations: precision, recall and F1.

    Only what is at least as sure as --min-confidence counts as found.
    """
    from trihelix.extraction import breakdown, pipeline
    from trihelix.extraction import evaluate as scoring

    paths = articles or [str(gold.parent / "articles")]
    outcomes = list(pipeline.extract(paths, workers=workers))
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            _complain(outcome)
    read = [outcome for outcome in outcomes if not isinstance(outcome, InputError)]
    found = [pipeline.at_least(outcome, min_confidence) for outcome in read]
    typer.echo(scoring.report(scoring.evaluate(gold, found, detail=detail, language=language)))
    if kinds:
        typer.echo(breakdown.table(breakdown.breakdown(gold, found, language=language)))
