"""The commands that ask about the network: path, rank, bridges, what-if, trend and more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from trihelix.schema.errors import ConfigurationError
from trihelix.view_options import with_view

if TYPE_CHECKING:
    from trihelix.graph.graph import Graph

DEFAULT_STORE = "ladybug:trihelix.db"

app = typer.Typer()
out = Console(highlight=False)

Store = Annotated[
    str, typer.Option("--store", envvar="TRIHELIX_STORE", help="ladybug:PATH, neo4j:// or bolt://")
]
Top = Annotated[int, typer.Option(min=1, help="How many.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Only these kinds; repeatable.")]
Sectors = Annotated[
    list[str] | None, typer.Option("--sector", help="Only these sectors; repeatable.")
]
Place = Annotated[str | None, typer.Option(help="Only organizations of this place.")]


class Span(StrEnum):
    """Which facts the network of a year has."""

    GROWING = "growing"
    EACH = "each"


@contextmanager
def opened(store: str, min_confidence: float = 0.0) -> Iterator[Graph]:
    """The graph of a store, to read."""
    import trihelix

    with trihelix.open(store, read_only=True, min_confidence=min_confidence) as graph:
        yield graph


@contextmanager
def _viewed(store: str, view: dict[str, Any]) -> Iterator[Graph]:
    """The graph without what the view's confidence leaves out, names included."""
    with opened(store, view.pop("confidence", 0.0)) as graph:
        yield graph


@app.command()
@with_view
def path(
    source: Annotated[str, typer.Argument(help="A name, alias or id.")],
    target: Annotated[str, typer.Argument(help="Another.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many paths, the best first.")] = 1,
    by: Annotated[
        str,
        typer.Option(
            help="hops, strength, confidence, weakest_strength, weakest_confidence, "
            "weakest_sources, arrival"
        ),
    ] = "hops",
    via: Annotated[
        list[str] | None, typer.Option(help="Names to pass, in this order; repeatable.")
    ] = None,
    avoiding: Annotated[
        list[str] | None, typer.Option(help="Names not to pass; repeatable.")
    ] = None,
    through: Annotated[
        list[str] | None, typer.Option(help="Kinds of the nodes on the way; repeatable.")
    ] = None,
    max_hops: Annotated[int, typer.Option(min=1, help="The longest path.")] = 10,
    in_time: Annotated[
        bool, typer.Option("--in-time", help="No hop before the one before it.")
    ] = False,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """How two organizations or persons are connected, with the sentences behind each step."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        found = graph.paths(
            source,
            target,
            k=k,
            by=by,  # type: ignore[arg-type]
            via=via or (),
            avoiding=avoiding or (),
            through=through,
            max_hops=max_hops,
            in_time="possible" if in_time else None,
            **view,
        )
        printing.show(out, printing.paths(found))


@app.command()
@with_view
def rank(
    by: Annotated[
        str, typer.Option(help="degree, pagerank, betweenness, closeness, constraint ...")
    ] = "betweenness",
    top: Top = 20,
    kinds: Kinds = None,
    sectors: Sectors = None,
    place: Place = None,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """The most central organizations by a measure."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        found = graph.network(**view).rank(by, top=top, kinds=kinds, sectors=sectors, place=place)
        printing.show(out, printing.ranking(found, by))


@app.command()
@with_view
def bridges(
    top: Top = 10,
    by: Annotated[
        str, typer.Option(help="What is bridged: sector, region, place, community, kind.")
    ] = "sector",
    weights: Annotated[
        list[str] | None,
        typer.Option(
            "--weight", help="betweenness=2, brokerage=1, constraint=0: what counts how much."
        ),
    ] = None,
    resamples: Annotated[
        int | None, typer.Option(min=0, help="Sets of documents drawn for the rank intervals.")
    ] = None,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """The organizations that connect sectors, regions or communities, with evidence."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        found = graph.network(**view).bridges(
            top, by=by, weights=_weights(weights), resamples=resamples
        )
        printing.show(out, printing.bridges(found))


@app.command("what-if")
@with_view
def what_if(
    names: Annotated[list[str], typer.Argument(help="Who leaves: names, aliases or ids.")],
    top: Annotated[int, typer.Option(min=1, help="How many replacements.")] = 5,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """What the network loses without some organizations, and who could replace them."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        ids = [graph.find(name).id for name in names]
        printing.show(out, *printing.removal(graph.network(**view).what_if(*ids, top=top)))


@app.command()
@with_view
def trend(
    names: Annotated[
        list[str] | None, typer.Argument(help="Whom to follow; the leaders if not given.")
    ] = None,
    by: Annotated[str, typer.Option(help="The measure.")] = "betweenness",
    span: Annotated[
        Span, typer.Option(help="All facts up to a year, or those of each year.")
    ] = Span.GROWING,
    top: Top = 5,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """A measure year by year, and who came and went."""
    from trihelix import printing
    from trihelix.graph.trend import series
    from trihelix.graph.view import View

    view = view or {}
    with _viewed(store, view) as graph:
        ids = [graph.find(name).id for name in names or ()]
        found = series(
            graph.network, by, view=View(**view), span=span.value, nodes=ids or None, top=top
        )
        turnover = graph.network(**view).turnover()
        printing.show(out, printing.series(found, by), printing.turnover(turnover))


@app.command()
@with_view
def communities(
    top: Annotated[int, typer.Option(min=1, help="How many communities.")] = 10,
    resolution: Annotated[float, typer.Option(help="Higher: more and smaller ones.")] = 1.0,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """Groups of organizations that work with each other more than with others."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        found = graph.network(**view).communities(resolution=resolution)
        printing.show(out, printing.communities(found, top))


@app.command()
@with_view
def predict(
    name: Annotated[str | None, typer.Argument(help="For whom; the whole network if not.")] = None,
    by: Annotated[
        str, typer.Option(help="adamic_adar, jaccard, resource_allocation, common_neighbours ...")
    ] = "adamic_adar",
    across: Annotated[
        str | None, typer.Option(help="Only between different: sector, region, community ...")
    ] = None,
    top: Top = 10,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """The links most likely to come, with the partners that speak for them."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        network = graph.network(**view)
        if name is None:
            found = network.predict(by, top=top, across=across)
        else:
            found = network.candidates(graph.find(name).id, by, top=top, across=across)
        printing.show(out, printing.predictions(found))


@app.command()
@with_view
def helix(
    by: Annotated[
        list[str] | None, typer.Option(help="Divide by year, place or region; repeatable.")
    ] = None,
    view: dict[str, Any] | None = None,
    store: Store = DEFAULT_STORE,
) -> None:
    """The transmission T(u,i,g) of university, industry and government; below 0 is synergy."""
    from trihelix import printing

    view = view or {}
    with _viewed(store, view) as graph:
        divisions = tuple(by or ("year",))
        found = graph.network(**view).triple_helix(by=divisions)
        printing.show(out, printing.helix(found, divisions))


def _weights(given: list[str] | None) -> dict[str, float] | None:
    """`betweenness=2` as numbers by name.

    Raises:
        ConfigurationError: for what is not written like that.
    """
    if not given:
        return None
    found = {}
    for text in given:
        name, _, number = text.partition("=")
        try:
            found[name] = float(number)
        except ValueError:
            raise ConfigurationError(
                f"--weight {text!r}: expected a component and a number, such as betweenness=2"
            ) from None
    return found
