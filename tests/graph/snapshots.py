"""Small snapshots, written as a story: who did what with whom, told by which document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from trihelix.graph.snapshot import (
    Evidence,
    Snapshot,
    StoredDocument,
    StoredEvent,
    StoredRelation,
)
from trihelix.schema.records import Node, Participant, Status


class Story:
    """Collects nodes and facts; ids are short words, so that tests can be read."""

    def __init__(self) -> None:
        self._documents: dict[str, StoredDocument] = {}
        self._nodes: dict[str, Node] = {}
        self._relations: list[StoredRelation] = []
        self._events: dict[str, StoredEvent] = {}
        self._mentions: dict[str, set[str]] = {}
        self._confidence: dict[str, float] = {}

    def document(self, id_: str, *, published: str | None = "2023-05-01") -> Story:
        """A document; those that facts name are made when first named."""
        self._documents[id_] = StoredDocument(
            id=id_, source=f"{id_}.txt", title=f"Title of {id_}", language="zh", published=published
        )
        return self

    def node(
        self,
        id_: str,
        kind: str = "Firm",
        name: str = "",
        *aliases: str,
        place: str | None = None,
        confidence: float = 1.0,
    ) -> Story:
        """A node; its name is its id unless given."""
        self._confidence[id_] = confidence
        self._nodes[id_] = Node(id=id_, kind=kind, name=name or id_, aliases=aliases, place=place)
        return self

    def relation(
        self,
        kind: str,
        source: str,
        target: str,
        *,
        title: str | None = None,
        document: str = "d1",
        confidence: float = 0.9,
    ) -> Story:
        """A relation stated by a document."""
        evidence = self._evidence(document, [f"{source} {kind} {target}"], source, target)
        self._relations.append(
            StoredRelation(
                kind=kind,
                source=source,
                target=target,
                title=title,
                confidence=confidence,
                document=document,
                evidence=evidence,
            )
        )
        return self

    def event(
        self,
        id_: str,
        *participants: str,
        kind: str = "Collaboration",
        date: str | None = "2023-04-25",
        status: Status = "completed",
        document: str = "d1",
        confidence: float = 0.9,
        quotes: Sequence[str] = (),
    ) -> Story:
        """An event; participants are `role:node`, or just `node` for a partner."""
        parts = [p.rpartition(":") for p in participants]
        found = sorted(Participant(role=role or "partner", entity=node) for role, _, node in parts)
        quotes = quotes or [f"{id_} happened"]
        evidence = self._evidence(document, quotes, *(p.entity for p in found))
        self._events[id_] = StoredEvent(
            id=id_,
            kind=kind,
            name=None,
            date=date,
            status=status,
            amount=None,
            currency=None,
            amount_text=None,
            confidence=confidence,
            document=document,
            participants=tuple(found),
            evidence=evidence,
        )
        return self

    def snapshot(self, *, revision: int = 1) -> Snapshot:
        """What was told."""
        return Snapshot(
            revision=revision,
            documents=dict(sorted(self._documents.items())),
            nodes=dict(sorted(self._nodes.items())),
            relations=tuple(
                sorted(self._relations, key=lambda r: (r.kind, r.source, r.target, r.document))
            ),
            events=dict(sorted(self._events.items())),
            mentions={d: tuple(sorted(ids)) for d, ids in sorted(self._mentions.items())},
            confidence=dict(sorted(self._confidence.items())),
        )

    def _evidence(self, document: str, quotes: Sequence[str], *ids: str) -> tuple[Evidence, ...]:
        if document not in self._documents:
            self.document(document)
        for id_ in ids:
            if id_ not in self._nodes:
                self.node(id_)
        self._mentions.setdefault(document, set()).update(ids)
        starts = accumulate(map(len, quotes), initial=0)
        return tuple(
            Evidence(document=document, start=start, end=start + len(quote), quote=quote)
            for start, quote in zip(starts, quotes, strict=False)
        )


def northeast() -> Snapshot:
    """A university, its school and president, two firms and an agency in two provinces."""
    return (
        Story()
        .document("d1", published="2023-05-01")
        .document("d2", published="2021-03-01")
        .node(
            "neu", "University", "东北大学", "东大", "Northeastern University", place="辽宁省沈阳市"
        )
        .node("seu", "University", "东南大学", "东大", "Southeast University", place="江苏省南京市")
        .node("cs", "University", "东北大学计算机学院", place="辽宁省沈阳市")
        .node("ansteel", "Firm", "鞍钢集团", "Ansteel Group Co., Ltd.", place="辽宁省鞍山市")
        .node("neusoft", "Firm", "东软集团", "Neusoft", place="辽宁省沈阳市")
        .node("office", "Agency", "辽宁省教育厅", "省教育厅", place="辽宁省沈阳市")
        .node("feng", "Person", "冯教授")
        .node("shenyang", "Place", "沈阳")
        .relation("PART_OF", "cs", "neu")
        .relation("PART_OF", "cs", "neu", document="d2")
        .relation("HOLDS_POST", "feng", "neu", title="校长")
        .relation("HOLDS_POST", "feng", "neusoft", title="独立董事", document="d2")
        .relation("LOCATED_IN", "neusoft", "shenyang")
        .event("signing", "signatory:neu", "signatory:ansteel", kind="Signing", date="2023-04")
        .event(
            "forum",
            *("organizer:office", "attendee:neu", "attendee:ansteel", "speaker:feng"),
            kind="Convening",
            date="XXXX-04-25",
        )
        .event("research", "neu", "ansteel", date="2021-02-03", document="d2", status="planned")
        .event("deal", "neu", "neusoft", status="cancelled")
        .snapshot()
    )
