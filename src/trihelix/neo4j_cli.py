"""`trihelix neo4j`: start and stop a local Neo4j."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from trihelix.schema.errors import NotFoundError

if TYPE_CHECKING:
    from trihelix.graph.neo4j_server import Server

app = typer.Typer(help="A local Neo4j, without Docker or an installed Java.", no_args_is_help=True)

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Home = Annotated[Path | None, typer.Option(help="Its folder; data and log lie there.")]


@app.command("start")
def start(
    home: Home = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The Bolt port.")] = 7687,
) -> None:
    """Start a local Neo4j, or say that it runs. The first start fetches it (135 MB)."""
    from trihelix.graph import neo4j_server

    if not neo4j_server.installed():
        err.print("fetching Neo4j, once ...")
    _say(neo4j_server.start(home, port=port))


@app.command("stop")
def stop(home: Home = None) -> None:
    """Stop the local Neo4j; its data stays."""
    from trihelix.graph import neo4j_server

    out.print("stopped" if neo4j_server.stop(home) else "was not running")


@app.command("status")
def status(home: Home = None) -> None:
    """Whether the local Neo4j runs, and where; status 1 when it does not."""
    from trihelix.graph import neo4j_server

    server = neo4j_server.status(home)
    if server is None:
        raise NotFoundError("no local Neo4j is running; `trihelix neo4j start` starts one")
    _say(server)


def _say(server: Server) -> None:
    out.print(f"Neo4j runs at {server.url} (process {server.pid}); its log is {server.log}")
    out.print(f"try: trihelix ingest PATH --store {server.url}")
