"""The Query type, the schema, and how errors are told."""

from __future__ import annotations

import logging
from typing import Annotated, Any

import strawberry
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext

from trihelix.api.arguments import Confidence, Id, Name, Search, Since, Until, about, distinct
from trihelix.api.choices import BIG_INT_SCALAR, BigInt
from trihelix.api.context import Answers, Context, Info, field
from trihelix.api.counts import Counts
from trihelix.api.enums import (
    DATE_SCALAR,
    Date,
    EventKind,
    Language,
    OrganizationKind,
    Sector,
    Status,
)
from trihelix.api.errors import error_answer
from trihelix.api.facts import Document, Event, chosen_events, documents_page, events_page
from trihelix.api.limits import PreparedQueries
from trihelix.api.naming import one
from trihelix.api.network_fields import NetworkFields
from trihelix.api.outlook_fields import OutlookFields
from trihelix.api.pages import After, Connection, First, Node, page
from trihelix.api.path_fields import PathFields
from trihelix.api.types import (
    Entity,
    Organization,
    Person,
    Place,
    Project,
    Technology,
    entity,
    organizations_page,
)
from trihelix.graph.index import plain
from trihelix.schema.errors import NotFoundError

LOG = logging.getLogger("trihelix.api")


@strawberry.type(description="创新生态知识图谱 Who works with whom, and the sentences that say so.")
class Query(PathFields, NetworkFields, OutlookFields):
    """Where every query starts. A field that fails is null and does not spoil the others."""

    @field
    def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """Anything by its id."""
        snapshot = info.context.answers.snapshot
        if id in snapshot.nodes:
            return entity(snapshot.nodes[id])
        if id in snapshot.events:
            return Event(record=snapshot.events[id])
        if id in snapshot.documents:
            return Document(record=snapshot.documents[id])
        raise NotFoundError(f"{id!r}: nothing has this id; ids come from other queries")

    @field
    def entity(self, info: Info, name: str) -> Entity | None:
        """实体 The one organization, person, place, project or technology with this name."""
        return entity(info.context.answers.find(name))

    @field
    def organization(
        self,
        info: Info,
        id: Id = None,
        name: Name = None,
    ) -> Organization | None:
        """机构 One organization, by its id or by its name."""
        return Organization(record=one(info, id, name, label="Organization"))

    @field
    def person(
        self,
        info: Info,
        id: Id = None,
        name: Name = None,
    ) -> Person | None:
        """人物 One person, by its id or by its name."""
        return Person(record=one(info, id, name, label="Person"))

    @field
    def event(self, info: Info, id: strawberry.ID) -> Event | None:
        """事件 One event."""
        found = info.context.answers.snapshot.events.get(id)
        if found is None:
            raise NotFoundError(f"{id!r}: no event has this id; see events")
        return Event(record=found)

    @field
    def document(self, info: Info, id: strawberry.ID) -> Document | None:
        """文档 One document."""
        found = info.context.answers.snapshot.documents.get(id)
        if found is None:
            raise NotFoundError(f"{id!r}: no document has this id; see documents")
        return Document(record=found)

    @field
    def organizations(
        self,
        info: Info,
        search: Search = None,
        kind: list[OrganizationKind] | None = None,
        sector: list[Sector] | None = None,
        place: Annotated[str | None, about("Part of its place: 辽宁, 沈阳.")] = None,
        min_confidence: Confidence = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[Organization] | None:
        """机构 Organizations: the best fit first, then those in most documents."""
        kinds = ("Organization",) if kind is None else distinct(kind)
        answers = info.context.answers
        found = answers.search(
            search or "", kinds, None if sector is None else distinct(sector), place
        )
        return organizations_page(info, answers.sure(found, min_confidence), first, after)

    @field
    def people(
        self,
        info: Info,
        search: Search = None,
        min_confidence: Confidence = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[Person] | None:
        """人物 People: the best fit first, then those in most documents."""
        answers = info.context.answers
        found = answers.sure(answers.search(search or "", ("Person",)), min_confidence)
        return page(
            info, found, lambda r: Person(record=r), key=lambda r: r.id, first=first, after=after
        )

    @field
    def events(
        self,
        info: Info,
        kind: list[EventKind] | None = None,
        status: list[Status] | None = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        first: First = 20,
        after: After = None,
    ) -> Connection[Event] | None:
        """事件 Events, newest first; those of an unknown year last."""
        found = chosen_events(
            info,
            info.context.answers.events,
            kind=kind,
            status=status,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        return events_page(info, found, first, after)

    @field
    def documents(
        self,
        info: Info,
        search: Annotated[str | None, about("Part of the title.")] = None,
        language: list[Language] | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Document] | None:
        """文档 Documents, newest first."""
        wanted = plain(search or "")
        found = [
            d
            for title, d in info.context.answers.titles
            if wanted in title and (language is None or d.language in language)
        ]
        return documents_page(info, found, first, after)

    @field
    def counts(self, info: Info) -> Counts:
        """统计 How much the graph holds."""
        return Counts(snapshot=info.context.answers.snapshot)

    @field
    def revision(self, info: Info) -> int:
        """版本 Grows with every change of the store that the answers come from."""
        return info.context.answers.snapshot.revision


class TrihelixSchema(strawberry.Schema):
    """Logs mistakes of the server only, not of those who ask."""

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002
    ) -> None:
        """Log what a client is told as INTERNAL."""
        for error in errors:
            if error_answer(error)["extensions"]["code"] == "INTERNAL":
                LOG.error("%s", error.message, exc_info=error.original_error)


schema = TrihelixSchema(
    query=Query,
    types=[Organization, Person, Place, Project, Technology, Event, Document],
    extensions=[PreparedQueries],
    config=StrawberryConfig(scalar_map={Date: DATE_SCALAR, BigInt: BIG_INT_SCALAR}),
)


def execute(
    answers: Answers,
    query: str,
    variables: dict[str, Any] | None = None,
    operation_name: str | None = None,
) -> dict[str, Any]:
    """A query's answer: `data`, and `errors` if any. A query that cannot run has no `data`."""
    try:
        result = schema.execute_sync(
            query,
            variable_values=variables,
            operation_name=operation_name,
            context_value=Context(answers=answers),
        )
    except (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError):
        problem = (
            f"no operation is named {operation_name!r}"
            if operation_name
            else "the query has no operation"
        )
        return {"errors": [{"message": problem, "extensions": {"code": "BAD_USER_INPUT"}}]}
    if not result.errors:
        return {"data": result.data}
    errors = [error_answer(error) for error in result.errors]
    if result.data is None and all(error.path is None for error in result.errors):
        return {"errors": errors}
    return {"errors": errors, "data": result.data}
