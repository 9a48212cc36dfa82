"""Names to nodes; errors carry the nodes that may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trihelix.api.context import Info
from trihelix.api.errors import told
from trihelix.graph.index import plain
from trihelix.graph.search import search
from trihelix.schema import records
from trihelix.schema.errors import AmbiguousNameError, InputError, NotFoundError
from trihelix.schema.vocabulary import vocabulary

MAX_NAMES = 20


def one(info: Info, id_: str | None, name: str | None, *, label: str) -> records.Node:
    """The node of a label by id or by name, whichever is given."""
    if (id_ is None) == (name is None):
        raise InputError(label.lower(), "needs an id or a name", "give exactly one of them")
    if name is not None:
        return named(info, name, label)
    node = info.context.answers.snapshot.nodes.get(id_ or "")
    if node is None or vocabulary().label(node.kind) != label:
        raise NotFoundError(f"{id_!r}: no {label} has this id; look it up by name")
    return node


def named(info: Info, name: str, label: str | None = None) -> records.Node:
    """The node of a name. Errors carry the nodes that may have been meant."""
    answers = info.context.answers
    try:
        return answers.find(name, label)
    except (NotFoundError, AmbiguousNameError) as error:
        hits = search(answers.index, name, kinds=label and (label,)) if plain(name) else ()
        if isinstance(error, AmbiguousNameError):
            hits = tuple(hit for hit in hits if hit.fit == "exact")
        what = "candidates" if isinstance(error, AmbiguousNameError) else "suggestions"
        raise told(error, {what: [_described(hit.node) for hit in hits[:10]]}) from error


def all_named(
    info: Info, names: Sequence[str] | None, *, argument: str, least: int = 0
) -> tuple[records.Node, ...]:
    """The nodes of several names, in their order.

    Raises:
        InputError: when there are too few or too many.
    """
    given = names or ()
    if not least <= len(given) <= MAX_NAMES:
        raise InputError(argument, f"{len(given)} names", f"give {least} to {MAX_NAMES}")
    return tuple(named(info, name) for name in given)


def _described(node: records.Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind, "place": node.place}
