"""The arguments that fields share, each described once."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

from trihelix.api.enums import Date, EventKind, OrganizationKind, RelationKind


def about(text: str) -> Any:
    """An argument's description in the schema."""
    return strawberry.argument(description=text)


Id: TypeAlias = Annotated[strawberry.ID | None, about("An id.")]
Name: TypeAlias = Annotated[
    str | None, about("名称 A name or alias, Chinese or English, or an id.")
]
Search: TypeAlias = Annotated[
    str | None, about("搜索 Part of a name or alias, words of it, or a short form (东大).")
]
Kinds: TypeAlias = Annotated[
    list[OrganizationKind] | None, about("Which organizations the network has; default all.")
]
Events: TypeAlias = Annotated[
    list[EventKind] | None, about("Which events make links; default all, [] for none.")
]
Relations: TypeAlias = Annotated[
    list[RelationKind] | None, about("Which relations make links; default all, [] for none.")
]
Since: TypeAlias = Annotated[Date | None, about("No earlier than this date.")]
Until: TypeAlias = Annotated[Date | None, about("No later than this date.")]
Confidence: TypeAlias = Annotated[float, about("Only what is at least this sure, 0 to 1.")]
