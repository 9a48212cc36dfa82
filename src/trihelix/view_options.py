"""The options of a view, given to every command that asks about the network."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, TypeVar, cast

import typer

C = TypeVar("C", bound=Callable[..., Any])


class Weighting(StrEnum):
    """What a link weighs."""

    COUNT = "count"
    NEWMAN = "newman"
    RECENCY = "recency"


class Persons(StrEnum):
    """What persons are in a network."""

    NONE = "none"
    NODES = "nodes"
    BRIDGES = "bridges"


def _option(type_: Any, help_: str, *names: str, **limits: Any) -> Any:
    return Annotated[type_, typer.Option(*names, help=help_, rich_help_panel="View", **limits)]


_OPTIONS: dict[str, tuple[Any, Any]] = {
    "relations": (
        _option(list[str] | None, "Relation kinds that link; repeatable.", "--relation"),
        None,
    ),
    "events": (_option(list[str] | None, "Event kinds that link; repeatable.", "--event"), None),
    "since": (_option(str | None, "First date: 2023, 2023-04 or 2023-04-25."), None),
    "until": (_option(str | None, "Last date, inclusive."), None),
    "as_of": (_option(str | None, "Only what had happened by this date."), None),
    "min_confidence": (_option(float, "Leave out what is less sure.", min=0.0, max=1.0), 0.0),
    "min_sources": (_option(int, "Documents that must tell of a link.", min=1), 1),
    "weighting": (_option(Weighting, "What a link weighs."), Weighting.NEWMAN),
    "half_life": (_option(float | None, "Days, of --weighting recency."), None),
    "persons": (_option(Persons | None, "Persons as nodes, or as bridges between posts."), None),
    "giant": (_option(bool, "Only the largest connected part.", "--giant"), False),
}


def with_view(command: C) -> C:
    """The command with the options of a view, which it gets as `view`: a dict of `View`'s options.

    Naming relations leaves out events and the other way round; name both to have both. What was
    not given is not in the dict, so that a command may have defaults of its own.
    """
    own = inspect.signature(command, eval_str=True).parameters.values()
    kept = [p for p in own if p.name != "view"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=type_)
        for name, (type_, default) in _OPTIONS.items()
    ]

    @wraps(command)
    def wrapped(**given: Any) -> Any:
        options = {name: given.pop(name) for name in _OPTIONS}
        return command(**given, view=_view(**options))

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in kept] + added
    wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in parameters}
    del wrapped.__wrapped__
    return cast("C", wrapped)


def _view(
    *,
    relations: list[str] | None,
    events: list[str] | None,
    min_confidence: float,
    min_sources: int,
    weighting: Weighting,
    giant: bool,
    **others: Any,
) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: str(v) if isinstance(v, StrEnum) else v for name, v in others.items() if v is not None
    }
    if relations or events:
        found |= {"relations": tuple(relations or ()), "events": tuple(events or ())}
    if min_confidence:
        found["confidence"] = min_confidence
    if min_sources > 1:
        found["min_sources"] = min_sources
    if weighting is not Weighting.NEWMAN:
        found["weighting"] = str(weighting)
    if giant:
        found["component"] = "giant"
    return found
