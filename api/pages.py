"""Relay connections over lists that are already in order.

A cursor names its item and where the item was, so that paging goes on at the same place after the
graph has changed: after the item, or, if it is gone, where it was.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

import strawberry

from trihelix.api.context import Info, field
from trihelix.api.limits import MAX_PAGE
from trihelix.schema.errors import InputError

T = TypeVar("T")
R = TypeVar("R")
N = TypeVar("N", int, float)

First: TypeAlias = Annotated[
    int, strawberry.argument(description=f"How many at most, 0 to {MAX_PAGE}.")
]
After: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Go on after this cursor (pageInfo.endCursor).")
]


@strawberry.interface(description="Anything with an id, found again by node(id).")
class Node:
    """Relay's Node."""

    record: strawberry.Private[Any]

    @field
    def id(self) -> strawberry.ID:
        """Stable for the same set of documents."""
        return strawberry.ID(self.record.id)


@strawberry.type(description="Where a page is in its list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="An item and its cursor.")
class Edge(Generic[T]):
    """An item of a page."""

    node: T
    cursor: str = strawberry.field(description="Stays valid when the graph changes.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]]
    page_info: PageInfo
    total_count: int = strawberry.field(description="Length of the whole list.")

    @field
    def nodes(self) -> list[T]:
        """The items without their cursors."""
        return [edge.node for edge in self.edges]


def page(
    info: Info,
    items: Sequence[R],
    wrap: Callable[[R], T],
    *,
    key: Callable[[R], str],
    first: int,
    after: str | None,
) -> Connection[T]:
    """The `first` items after a cursor, wrapped; `key` names an item uniquely in its list.

    Raises:
        InputError: for a `first` out of range or a cursor that this API did not make.
        TooExpensiveError: when the answer's budget is used up.
    """
    start = _start(items, key, after)
    stop = min(start + checked(first), len(items))
    info.context.budget.spend(stop - start)
    edges = [
        Edge(node=wrap(items[at]), cursor=_cursor(key(items[at]), at)) for at in range(start, stop)
    ]
    return Connection(
        edges=edges,
        total_count=len(items),
        page_info=PageInfo(
            has_next_page=stop < len(items),
            has_previous_page=start > 0,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )


def checked(number: N, *, least: float = 0, most: float = MAX_PAGE, name: str = "first") -> N:
    """The number, when it is in range.

    Raises:
        InputError: when it is not.
    """
    if not least <= number <= most:
        raise InputError(name, f"{number} is out of range", f"give {least} to {most}")
    return number


def _cursor(key: str, at: int) -> str:
    text = json.dumps([at, key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode("ascii")


def _start(items: Sequence[R], key: Callable[[R], str], after: str | None) -> int:
    if after is None:
        return 0
    at, name = _position(after)
    if at < len(items) and key(items[at]) == name:
        return at + 1
    for index, item in enumerate(items):
        if key(item) == name:
            return index + 1
    return min(at, len(items))


def _position(cursor: str) -> tuple[int, str]:
    try:
        at, name = json.loads(
            base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
        )
    except (ValueError, TypeError, binascii.Error, RecursionError):
        at, name = -1, None
    if not isinstance(at, int) or isinstance(at, bool) or at < 0 or not isinstance(name, str):
        raise InputError(
            "after", f"{cursor[:80]!r} is no cursor", "give the endCursor of a page of this list"
        )
    return at, name


def identity(record: Any) -> str:
    """The id of a record that has one: the usual key of a page."""
    return str(record.id)
