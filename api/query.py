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

from trihelix.api.arguments import (
    Confidence,
    Events,
    Id,
    Kinds,
    Name,
    Relations,
    Search,
    Since,
    Until,
    about,
)
from trihelix.api.context import Answers, Context, Info, field
from trihelix.api.enums import (
    DATE_SCALAR,
    Date,
    EventKind,
    Language,
    Measure,
    OrganizationKind,
    Sector,
    Status,
)
from trihelix.api.errors import error_answer, told
from trihelix.api.facts import Document, Event, chosen_events, documents_page, events_page
from trihelix.api.limits import (
    MAX_HOPS,
    MAX_PATHS,
    PreparedQueries,
)
from trihelix.api.pages import After, Connection, First, Node, checked, page
from trihelix.api.results import Bridge, Counts, Path, Ranking
from trihelix.api.types import (
    Entity,
    Organization,
    Person,
    Place,
    Project,
    Technology,
    distinct,
    entity,
    kinds_with,
    organizations_page,
    view_of,
)
from trihelix.graph.index import plain
from trihelix.graph.paths import k_shortest
from trihelix.graph.search import search as search_nodes
from trihelix.schema import records
from trihelix.schema.errors import (
    AmbiguousNameError,
    InputError,
    NotFoundError,
)
from trihelix.schema.vocabulary import vocabulary

LOG = logging.getLogger("trihelix.api")


@strawberry.type(description="创新生态知识图谱 Who works with whom, and the sentences that say so.")
class Query:
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
        return Organization(record=_one(info, id, name, label="Organization"))

    @field
    def person(
        self,
        info: Info,
        id: Id = None,
        name: Name = None,
    ) -> Person | None:
        """人物 One person, by its id or by its name."""
        return Person(record=_one(info, id, name, label="Person"))

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
    def path(
        self,
        info: Info,
        start: Annotated[str, strawberry.argument(name="from", description="A name, alias or id.")],
        to: Annotated[str, about("A name, alias or id.")],
        k: Annotated[int, about(f"How many paths at most, 1 to {MAX_PATHS}.")] = 1,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        max_hops: Annotated[int, about(f"The longest path, 1 to {MAX_HOPS} hops.")] = MAX_HOPS,
    ) -> list[Path] | None:
        """路径 The shortest ways between two entities, fewest hops first."""
        checked(k, least=1, most=MAX_PATHS, name="k")
        checked(max_hops, least=1, most=MAX_HOPS, name="maxHops")
        ends = (_named(info, start), _named(info, to))
        network = info.context.answers.network(
            view_of(
                kinds=kinds_with(kinds, ends),
                events=events,
                relations=relations,
                since=since,
                until=until,
                min_confidence=min_confidence,
                persons="nodes" if any(end.kind == "Person" for end in ends) else "none",
            )
        )
        found = k_shortest(network, ends[0].id, ends[1].id, k, max_hops=max_hops)
        info.context.budget.spend(sum(len(path.nodes) for path in found))
        return [Path(record=path, network=network) for path in found]

    @field
    def centrality(
        self,
        info: Info,
        measure: Measure,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
        sector: Annotated[
            list[Sector] | None, about("List these only; the whole network is measured.")
        ] = None,
        place: Annotated[str | None, about("List those in this place only.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Ranking] | None:
        """排名 Organizations by how central they are, the best first."""
        view = view_of(
            kinds=kinds,
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        found = info.context.answers.ranking(
            view, str(measure), None if sector is None else distinct(sector), place
        )
        return page(
            info,
            found,
            lambda r: Ranking(record=r),
            key=lambda r: r.node.id,
            first=first,
            after=after,
        )

    @field
    def bridges(
        self,
        info: Info,
        first: First = 10,
        kinds: Kinds = None,
        events: Events = None,
        relations: Relations = None,
        since: Since = None,
        until: Until = None,
        min_confidence: Confidence = 0.0,
    ) -> list[Bridge] | None:
        """桥梁 The organizations that connect most of the others, with a sentence of proof."""
        view = view_of(
            kinds=kinds,
            events=events,
            relations=relations,
            since=since,
            until=until,
            min_confidence=min_confidence,
        )
        found = info.context.answers.bridges(view, checked(first, least=1))
        info.context.budget.spend(len(found))
        return [Bridge(record=bridge) for bridge in found]

    @field
    def counts(self, info: Info) -> Counts:
        """统计 How much the graph holds."""
        return Counts(snapshot=info.context.answers.snapshot)

    @field
    def revision(self, info: Info) -> int:
        """版本 Grows with every change of the store that the answers come from."""
        return info.context.answers.snapshot.revision


def _one(info: Info, id_: str | None, name: str | None, *, label: str) -> records.Node:
    """The node of a label by id or by name, whichever is given."""
    if (id_ is None) == (name is None):
        raise InputError(label.lower(), "needs an id or a name", "give exactly one of them")
    if name is not None:
        return _named(info, name, label)
    node = info.context.answers.snapshot.nodes.get(id_ or "")
    if node is None or vocabulary().label(node.kind) != label:
        raise NotFoundError(f"{id_!r}: no {label} has this id; look it up by name")
    return node


def _named(info: Info, name: str, label: str | None = None) -> records.Node:
    """The node of a name. Errors carry the nodes that may have been meant."""
    answers = info.context.answers
    try:
        return answers.find(name, label)
    except (NotFoundError, AmbiguousNameError) as error:
        hits = search_nodes(answers.index, name, kinds=label and (label,)) if plain(name) else ()
        if isinstance(error, AmbiguousNameError):
            hits = tuple(hit for hit in hits if hit.fit == "exact")
        what = "candidates" if isinstance(error, AmbiguousNameError) else "suggestions"
        raise told(error, {what: [_described(hit.node) for hit in hits[:10]]}) from error


def _described(node: records.Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind, "place": node.place}


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
    config=StrawberryConfig(scalar_map={Date: DATE_SCALAR}),
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
