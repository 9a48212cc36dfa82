"""What a query may cost: checked before it runs, and counted while it runs.

Parsed and validated queries are cached by their text, so that a repeated query pays for neither.
The limits are checked before the standard rules, some of which take quadratic time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    parse,
    validate,
)
from strawberry.extensions import SchemaExtension

from trihelix.schema.errors import TrihelixError

MAX_PAGE = 100
MAX_PATHS = 20
MAX_HOPS = 10
MAX_BODY = 100_000
"""Bytes of a request."""
MAX_QUERY = 20_000
"""Characters of a query."""
MAX_TOKENS = 2_000
MAX_DEPTH = 16
MAX_ALIASES = 30
MAX_FIELDS = 400
MAX_OBJECTS = 20_000
"""Objects that one answer may list."""
MAX_PASSES = 400
"""Passes over networks of up to 100,000 links that one answer may take; larger ones cost more."""
MAX_SAMPLES = 20_000
MAX_RESAMPLES = 100
LEAST_ERROR = 0.005
MAX_DAMPING = 0.99
MAX_YEARS = 100
MAX_HALF_LIFE = 100_000
MAX_WEIGHT = 1_000

_LINKS = 100_000
_CACHED_QUERIES = 256
_CACHED_LENGTH = 4_000


class TooExpensiveError(TrihelixError):
    """A query asks for more than one answer may hold."""


class Budget:
    """Counts the objects that one answer lists, and the passes over networks that it takes.

    >>> Budget(10).spend(11)
    Traceback (most recent call last):
    ...
    trihelix.api.limits.TooExpensiveError: the answer would list more than 10 objects; ask for \
smaller pages (first) or fewer nested lists
    """

    def __init__(self, objects: int = MAX_OBJECTS) -> None:
        self._allowed = objects
        self._left = objects
        self._passes: dict[Hashable, int] = {}

    def spend(self, objects: int) -> None:
        """Take `objects` from the budget.

        Raises:
            TooExpensiveError: when it is used up.
        """
        self._left -= objects
        if self._left < 0:
            raise TooExpensiveError(
                f"the answer would list more than {self._allowed} objects; "
                "ask for smaller pages (first) or fewer nested lists"
            )

    def measure(self, what: Hashable, links: int, passes: int = 1) -> None:
        """Pay for a measure of a network once, however often the query asks for it.

        Raises:
            TooExpensiveError: when the answer would take more passes than it may.
        """
        price = passes * max(1, -(-links // _LINKS))
        total = sum(self._passes.values()) - self._passes.get(what, 0) + price
        if total > MAX_PASSES:
            raise TooExpensiveError(
                f"the answer would take {total} passes over networks of {_LINKS:,} links; at most "
                f"{MAX_PASSES} are allowed: ask for fewer measures, views, years or resamples"
            )
        self._passes[what] = price


class Size(NamedTuple):
    """The size of a selection with its fragments spread out."""

    depth: int
    aliases: int
    fields: int


def check_size(document: DocumentNode) -> list[GraphQLError]:
    """Errors for every operation that is deeper or larger than allowed.

    Introspection counts like anything else; the standard introspection query passes.
    """
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    known: dict[str, Size] = {}
    return [
        error
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        for error in _excess(operation, _size(operation.selection_set, fragments, known))
    ]


def _excess(operation: OperationDefinitionNode, size: Size) -> Iterator[GraphQLError]:
    allowed = Size(depth=MAX_DEPTH, aliases=MAX_ALIASES, fields=MAX_FIELDS)
    for what, found, most in zip(Size._fields, size, allowed, strict=True):
        if found > most:
            yield GraphQLError(
                f"the query has {what} {found}; at most {most} is allowed",
                operation,
                extensions={"code": "QUERY_TOO_LARGE"},
            )


def _size(
    selection_set: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    known: dict[str, Size],
) -> Size:
    sizes = [_selected(node, fragments, known) for node in selection_set.selections]
    return Size(
        depth=max((s.depth for s in sizes), default=0),
        aliases=sum(s.aliases for s in sizes),
        fields=sum(s.fields for s in sizes),
    )


def _selected(
    node: SelectionNode, fragments: dict[str, FragmentDefinitionNode], known: dict[str, Size]
) -> Size:
    if isinstance(node, FieldNode):
        inner = _size(node.selection_set, fragments, known) if node.selection_set else Size(0, 0, 0)
        return Size(inner.depth + 1, inner.aliases + bool(node.alias), inner.fields + 1)
    if isinstance(node, InlineFragmentNode):
        return _size(node.selection_set, fragments, known)
    assert isinstance(node, FragmentSpreadNode)
    name = node.name.value
    if name not in known and name in fragments:
        known[name] = Size(0, 0, 0)  # ends a cycle, which the standard rules report
        known[name] = _size(fragments[name].selection_set, fragments, known)
    return known.get(name, Size(0, 0, 0))


def parse_query(query: str) -> DocumentNode:
    """The query's syntax tree.

    Raises:
        GraphQLError: when it is no GraphQL or too long.
    """
    if len(query) > MAX_QUERY:
        raise GraphQLError(
            f"the query has {len(query)} characters; at most {MAX_QUERY} is allowed",
            extensions={"code": "QUERY_TOO_LARGE"},
        )
    return _parse_once(query) if len(query) <= _CACHED_LENGTH else _parse(query)


def validate_query(schema: GraphQLSchema, query: str) -> list[GraphQLError]:
    """What is wrong with a query that parses; an empty list when nothing is."""
    check = _validate_once if len(query) <= _CACHED_LENGTH else _validate
    return check(schema, query)


def _parse(query: str) -> DocumentNode:
    try:
        return parse(query, max_tokens=MAX_TOKENS)
    except RecursionError:
        raise GraphQLError(
            f"the query is nested too deeply; at most {MAX_DEPTH} levels are allowed",
            extensions={"code": "QUERY_TOO_LARGE"},
        ) from None


def _validate(schema: GraphQLSchema, query: str) -> list[GraphQLError]:
    document = parse_query(query)
    return check_size(document) or validate(schema, document, max_errors=20)


_parse_once = lru_cache(_CACHED_QUERIES)(_parse)
_validate_once = lru_cache(_CACHED_QUERIES)(_validate)


class PreparedQueries(SchemaExtension):
    """Takes the parsed and validated query from the caches."""

    def on_parse(self) -> Iterator[None]:
        self.execution_context.graphql_document = parse_query(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        context.pre_execution_errors = validate_query(context.schema._schema, context.query or "")
        yield
