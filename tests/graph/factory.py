"""Linked documents for tests of stores, written fact by fact.

    article = (
        Article("d1", published="2023-05-01")
        .entity("neu", "University", "东北大学", "东大")
        .entity("feng", "Person", "冯知庭")
        .relation("HOLDS_POST", "feng", "neu", title="校长")
    )
    store.load([article.linked()], article.nodes)

Facts name entities by their local ids, which are node ids too unless `entity(..., node=...)` says
otherwise. Every fact adds the sentence that is its evidence to the document's text.
"""

from __future__ import annotations

from collections.abc import Iterable

from trihelix.schema.records import (
    Amount,
    Document,
    Entity,
    Event,
    Extraction,
    LinkedDocument,
    Node,
    Participant,
    Relation,
    Span,
    Status,
)


class Article:
    """One document; ids are short words, so that tests can be read."""

    def __init__(
        self,
        id_: str,
        *,
        published: str | None = "2023-05-01",
        title: str = "",
        language: str = "zh",
        source: str = "",
    ) -> None:
        self.id = id_
        self._published, self._language = published, language
        self._title = title or f"{id_}的标题"
        self._source = source or f"{id_}.txt"
        self._text = f"{self._title}\n\n"
        self._entities: dict[str, Entity] = {}
        self._nodes: dict[str, Node] = {}
        self._identity: dict[str, str] = {}
        self._relations: list[Relation] = []
        self._events: list[Event] = []

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that the document's entities are."""
        return tuple(self._nodes.values())

    def entity(
        self,
        id_: str,
        kind: str = "Firm",
        name: str = "",
        *aliases: str,
        node: str = "",
        place: str | None = None,
        key: str | None = None,
        confidence: float = 1.0,
    ) -> Article:
        """An entity and the node that it is; its name is its id unless given."""
        name = name or id_
        mentions = tuple(span for surface in (name, *aliases) for span in self._say(surface))
        self._entities[id_] = Entity(
            id=id_,
            kind=kind,
            name=name,
            aliases=aliases,
            mentions=mentions,
            confidence=confidence,
        )
        self._identity[id_] = node or id_
        self._nodes[node or id_] = Node(
            id=node or id_, kind=kind, name=name, aliases=aliases, place=place, key=key
        )
        return self

    def relation(
        self,
        kind: str,
        source: str,
        target: str,
        *,
        title: str | None = None,
        confidence: float = 0.9,
    ) -> Article:
        """A relation between two entities, told in a sentence of its own."""
        evidence = self._say(f"{self._name(source)} {kind} {self._name(target)}")
        self._relations.append(
            Relation(
                kind=kind,
                source=source,
                target=target,
                title=title,
                confidence=confidence,
                evidence=evidence,
            )
        )
        return self

    def event(
        self,
        id_: str,
        *participants: str,
        kind: str = "Collaboration",
        name: str | None = None,
        date: str | None = "2023-04-25",
        status: Status = "completed",
        amount: Amount | None = None,
        confidence: float = 0.9,
    ) -> Article:
        """An event; participants are `role:entity`, or just `entity` for a partner."""
        parts = [p.rpartition(":") for p in participants]
        found = tuple(
            Participant(role=role or "partner", entity=entity) for role, _, entity in parts
        )
        names = "、".join(self._name(p.entity) for p in found)
        self._events.append(
            Event(
                id=id_,
                kind=kind,
                name=name,
                date=date,
                status=status,
                amount=amount,
                confidence=confidence,
                participants=found,
                evidence=self._say(f"{names} {kind}"),
            )
        )
        return self

    def linked(
        self, *, sources: Iterable[str] | None = None, extractor: str = "test"
    ) -> LinkedDocument:
        """The record that stores load."""
        document = Document(
            id=self.id,
            source=self._source,
            title=self._title,
            language=self._language,
            published=self._published,
            text=self._text,
        )
        return LinkedDocument(
            extraction=Extraction(
                document=document,
                entities=tuple(self._entities.values()),
                relations=tuple(self._relations),
                events=tuple(self._events),
            ),
            identity=dict(self._identity),
            sources=(self._source,) if sources is None else tuple(sources),
            extractor=extractor,
        )

    def _name(self, id_: str) -> str:
        if id_ not in self._entities:
            self.entity(id_)
        return self._entities[id_].name

    def _say(self, sentence: str) -> tuple[Span, ...]:
        start = len(self._text)
        self._text += f"{sentence}。"
        return (Span(start=start, end=len(self._text) - 1),)


def loadable(*articles: Article) -> tuple[list[LinkedDocument], list[Node]]:
    """What `store.load(*loadable(...))` takes; a node is as the last article describes it."""
    nodes = {node.id: node for article in articles for node in article.nodes}
    return [article.linked() for article in articles], list(nodes.values())


def northeast() -> tuple[Article, ...]:
    """Four articles of Liaoning: a university, its school and president, firms, an agency."""
    neu, ansteel = (
        ("University", "东北大学", "东大"),
        ("Firm", "鞍钢集团", "Ansteel Group Co., Ltd."),
    )
    signing = (
        Article("d1", published="2023-05-01", title="东北大学与鞍钢集团签约")
        .entity("neu", *neu, place="辽宁省沈阳市", key="university:东北大学")
        .entity("ansteel", *ansteel, place="辽宁省鞍山市")
        .entity("feng", "Person", "冯知庭")
        .relation("HOLDS_POST", "feng", "neu", title="校长")
        .event(
            "v1",
            *("signatory:neu", "signatory:ansteel", "witness:feng"),
            kind="Signing",
            date="2023-04",
            amount=Amount(text="近2亿元", value=200_000_000.0, currency="CNY"),
        )
    )
    forum = (
        Article("d2", published="2023-06-10", title="产学研对接会在沈阳举行")
        .entity("neu", *neu, place="辽宁省沈阳市", key="university:东北大学")
        .entity("office", "Agency", "辽宁省教育厅", "省教育厅", place="辽宁省沈阳市")
        .entity("ansteel", *ansteel, place="辽宁省鞍山市")
        .entity("feng", "Person", "冯知庭")
        .relation("HOLDS_POST", "feng", "neu", title="校长", confidence=0.8)
        .event(
            "v1",
            *("organizer:office", "attendee:neu", "attendee:ansteel", "speaker:feng"),
            kind="Convening",
            name="校企协同创新大会",
            date="XXXX-06-08",
        )
    )
    school = (
        Article("d3", published="2021-03-01", title="东北大学计算机学院与东软集团合作")
        .entity("neu", *neu, place="辽宁省沈阳市", key="university:东北大学")
        .entity("cs", "University", "东北大学计算机学院", place="辽宁省沈阳市")
        .entity("neusoft", "Firm", "东软集团", "Neusoft", place="辽宁省沈阳市")
        .entity("shenyang", "Place", "沈阳")
        .relation("PART_OF", "cs", "neu")
        .relation("LOCATED_IN", "neusoft", "shenyang")
        .event("v1", "cs", "neusoft", date="2021")
        .event("v2", "neu", "neusoft", date=None, status="planned")
    )
    board = (
        Article("d4", published=None, title="Neusoft names a director", language="en")
        .entity("feng", "Person", "冯知庭")
        .entity("neusoft", "Firm", "东软集团", "Neusoft", place="辽宁省沈阳市")
        .relation("HOLDS_POST", "feng", "neusoft", title="独立董事")
    )
    return signing, forum, school, board
