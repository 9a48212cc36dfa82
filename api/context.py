"""What resolvers answer from: one snapshot, indexed, and the budget of one request."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar, cast

import strawberry

from trihelix.api.limits import Budget
from trihelix.api.measures import Measures
from trihelix.api.memo import Memo
from trihelix.graph.columns import Columns
from trihelix.graph.index import Index, plain
from trihelix.graph.network import Network
from trihelix.graph.search import find, search
from trihelix.graph.snapshot import (
    Snapshot,
    StoredDocument,
    StoredEvent,
    StoredRelation,
    checked_confidence,
)
from trihelix.graph.view import View, bounds
from trihelix.schema.errors import NotFoundError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

P = ParamSpec("P")
T = TypeVar("T")
Known = TypeVar("Known", Node, StoredRelation, StoredEvent)

_NETWORKS = 8
"""Networks kept for each snapshot; each is as large as the links it shows."""
_SEARCHES = 64


class Answers:
    """A snapshot and everything that is computed from it at most once.

    Events and documents are in order of their dates, newest first; entities of their names.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.index = Index.of(snapshot)
        self.network = Memo(self._network, size=_NETWORKS)
        self.search = Memo(self._search, size=_SEARCHES)
        self.measures = Measures(self.network, lambda: self.columns)

    def find(self, name: str, label: str | None = None) -> Node:
        """The one node with this id, name or alias, of this label (Organization, Person, …).

        Raises:
            NotFoundError: when there is none; suggests near names.
            AmbiguousNameError: when several have it; lists them.
        """
        node = find(self.index, name, kinds=label and (label,))
        if label and vocabulary().label(node.kind) != label:
            raise NotFoundError(f"{name!r} is the {node.kind} {node.name}; expected {label}")
        return node

    def mentioned(self, document: str) -> list[Node]:
        """The entities that a document mentions, by name."""
        found = (self.snapshot.nodes[i] for i in self.snapshot.mentions.get(document, ()))
        return sorted(found, key=lambda n: (n.name, n.id))

    def sure(self, items: Iterable[Known], confidence: float) -> list[Known]:
        """The nodes, relations or events that are at least so sure, as are those they are about.

        Raises:
            ConfigurationError: when `confidence` is not between 0 and 1.
        """
        checked_confidence(confidence)
        return [item for item in items if self.snapshot.is_sure(item, confidence)]

    @cached_property
    def columns(self) -> Columns:
        """What networks are made of."""
        return Columns.of(self.snapshot)

    @cached_property
    def events(self) -> tuple[StoredEvent, ...]:
        """Every event."""
        return newest(self.snapshot.events.values(), lambda e: e.date)

    @cached_property
    def documents(self) -> tuple[StoredDocument, ...]:
        """Every document."""
        return newest(self.snapshot.documents.values(), lambda d: d.published)

    @cached_property
    def titles(self) -> tuple[tuple[str, StoredDocument], ...]:
        """Every document with its title as searches compare it."""
        return tuple((plain(document.title), document) for document in self.documents)

    @cached_property
    def documents_of(self) -> Mapping[str, tuple[StoredDocument, ...]]:
        """The documents that mention each node."""
        return _grouped(
            (node, document)
            for document in self.documents
            for node in self.snapshot.mentions.get(document.id, ())
        )

    @cached_property
    def events_in(self) -> Mapping[str, tuple[StoredEvent, ...]]:
        """The events that each document reports."""
        return _grouped((event.document, event) for event in self.events)

    @cached_property
    def relations_in(self) -> Mapping[str, tuple[StoredRelation, ...]]:
        """The relations that each document states."""
        return _grouped((relation.document, relation) for relation in self.snapshot.relations)

    def _network(self, view: View) -> Network:
        return Network.of(self.columns, view)

    def _search(
        self,
        text: str,
        kinds: tuple[str, ...],
        sectors: tuple[str, ...] | None = None,
        place: str | None = None,
    ) -> tuple[Node, ...]:
        """The nodes that fit a text, the best first."""
        hits = search(self.index, text, kinds=kinds, sectors=sectors, place=place)
        return tuple(hit.node for hit in hits)


@dataclass(slots=True, kw_only=True)
class Context:
    """What one request's resolvers share."""

    answers: Answers
    budget: Budget = dataclass_field(default_factory=Budget)

    def measure(
        self,
        passes: int,
        memo: Memo[Concatenate[View, P], T],
        view: View,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a memo of `Answers.measures` holds for a view, paid for as that many passes.

        Raises:
            TooExpensiveError: when the request's budget is used up.
        """
        what = (id(memo), view, args, tuple(sorted(kwargs.items())))
        self.budget.measure(what, self.answers.network(view).size, passes)
        return memo(view, *args, **kwargs)


Info: TypeAlias = strawberry.Info[Context, None]


def field(resolver: Callable[..., T]) -> T:
    """A field whose description in the schema is the resolver's docstring."""
    made: Any = strawberry.field(resolver, description=inspect.getdoc(resolver))
    return cast(T, made)


def field_named(name: str) -> Callable[[Callable[..., T]], T]:
    """Like `field`, for a name that Python does not allow."""

    def made(resolver: Callable[..., T]) -> T:
        found: Any = strawberry.field(resolver, name=name, description=inspect.getdoc(resolver))
        return cast(T, found)

    return made


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)


def newest(items: Iterable[Item], date: Callable[[Item], str | None]) -> tuple[Item, ...]:
    """Items by date, newest first; those whose year is unknown come last; equal dates by id."""
    by_id = sorted(items, key=lambda item: item.id)
    return tuple(sorted(by_id, key=lambda item: _known(date(item)), reverse=True))


def _known(date: str | None) -> str:
    days = bounds(date)
    return days[1] if days else ""


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return {key: tuple(items) for key, items in found.items()}
