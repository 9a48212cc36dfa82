"""How to sign in to Neo4j: from the environment, a settings file, or the local server's run file.

    [neo4j]
    username = "neo4j"
    password = "..."
    database = "neo4j"

The settings file is the first of $TRIHELIX_SETTINGS, ./trihelix.toml and
~/.config/trihelix/settings.toml that there is. NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE
count more. What neither gives is taken from the server that `trihelix neo4j start` runs, when the
URL is its own.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from trihelix.schema.errors import ConfigurationError

BOLT_PORT = 7687
_NAMES = ("username", "password", "database")
_LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """`database` None is the user's home database; `password` None signs in without one."""

    username: str
    password: str | None = field(repr=False)
    database: str | None


def credentials(url: str) -> Credentials:
    """The credentials for a Neo4j URL.

    Raises:
        ConfigurationError: when the settings file is missing, no TOML, or has a wrong value.
    """
    environment = {n: v for n in _NAMES if (v := os.environ.get(f"NEO4J_{n.upper()}"))}
    found = {**_local(url), **_settings(), **environment}
    return Credentials(
        username=found.get("username", "neo4j"),
        password=found.get("password"),
        database=found.get("database"),
    )


def server_home() -> Path:
    """The folder of the local server: $TRIHELIX_NEO4J_HOME, or in the user's data folder."""
    if home := os.environ.get("TRIHELIX_NEO4J_HOME"):
        return Path(home).expanduser().resolve()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "trihelix" / "neo4j"


def run_file(home: Path) -> Path:
    """Where the local server says how to reach it."""
    return home / "run.toml"


def _settings() -> dict[str, str]:
    for path in _candidates():
        if path.exists():
            section = _read(path).get("neo4j", {})
            return _checked(section, path)
    return {}


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("TRIHELIX_SETTINGS"):
        path = Path(named).expanduser()
        if not path.exists():
            raise ConfigurationError(f"TRIHELIX_SETTINGS names {path}, which is no file")
        yield path
    yield Path("trihelix.toml")
    config = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    yield Path(config).expanduser() / "trihelix" / "settings.toml"


def _checked(section: Any, path: Path) -> dict[str, str]:
    if not isinstance(section, dict):
        raise ConfigurationError(f"{path}: neo4j must be a table: [neo4j]")
    for name, value in section.items():
        if name not in _NAMES:
            raise ConfigurationError(
                f"{path}: [neo4j] has no setting {name!r}; use {', '.join(_NAMES)}"
            )
        if not isinstance(value, str):
            raise ConfigurationError(f"{path}: [neo4j] {name} must be a string in quotes")
    return section


def _local(url: str) -> dict[str, str]:
    path = run_file(server_home())
    parts = urlsplit(url)
    if parts.hostname not in _LOCAL or not path.exists():
        return {}
    run: Mapping[str, Any] = _read(path).get("neo4j", {})
    if urlsplit(str(run.get("url"))).port != (parts.port or BOLT_PORT):
        return {}
    return {n: str(run[n]) for n in _NAMES if n in run}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: cannot be read as TOML ({error})") from error
