"""Documents into a store: extract -> link -> load, in batches that can be interrupted and repeated.

What a store holds is a function of its documents. Every batch is linked together with all that the
store holds, and one transaction writes the difference; so a repeated, interrupted or reordered run
ends in the same graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from trihelix.extraction.link import link
from trihelix.extraction.pipeline import EXTRACTOR, at_least, extract_sources
from trihelix.extraction.read import read
from trihelix.graph.store import GraphStore
from trihelix.schema.errors import InputError, NotFoundError
from trihelix.schema.records import Extraction, LinkedDocument

_BATCH = 64  # documents per transaction; grows with the store so that linking stays linear overall


@dataclass(slots=True)
class Report:
    """What an ingest did, in documents, and the inputs it could not use."""

    loaded: int = 0
    unchanged: int = 0
    replaced: int = 0
    failed: list[InputError] = field(default_factory=list)
    revision: int = 0


class Ingest:
    """A store together with what it holds, ready to take documents in and out.

    What is less sure than `min_confidence` is not stored. A document that was stored with another
    least confidence is read again, as one of another version is.
    """

    def __init__(self, store: GraphStore, *, min_confidence: float = 0.0) -> None:
        self._store = store
        self._least = min_confidence
        self._extractor = EXTRACTOR + (f", confidence {min_confidence}" if min_confidence else "")
        self._held = {d.extraction.document.id: d for d in store.documents()}
        self._nodes = store.nodes()
        self._at = {source: id_ for id_, d in self._held.items() for source in d.sources}

    @property
    def known(self) -> frozenset[str]:
        """The ids of the documents that the store holds as this version would read them."""
        return frozenset(id_ for id_, d in self._held.items() if d.extractor == self._extractor)

    def put(self, extractions: Iterable[Extraction], report: Report) -> None:
        """Load extractions in one transaction; each source then holds just this document."""
        wanted, known = dict(self._held), self.known
        for extraction in extractions:
            self._place(extraction, wanted, known, report)
        report.revision = self._write(wanted)

    def remove(self, name: str) -> int:
        """Retract a document by id, or take it from one source. Returns the revision.

        Raises:
            NotFoundError: when the store holds no such document.
        """
        wanted = dict(self._held)
        if name in wanted:
            del wanted[name]
        elif name in self._at:
            self._detach(name, wanted)
        else:
            raise NotFoundError(f"{name}: the store holds no document with this id or source")
        return self._write(wanted)

    def _place(
        self,
        extraction: Extraction,
        wanted: dict[str, LinkedDocument],
        known: frozenset[str],
        report: Report,
    ) -> None:
        id_, source = extraction.document.id, extraction.document.source
        if id_ in known and self._at.get(source) == id_:
            report.unchanged += 1
            return
        if source in self._at:
            self._detach(source, wanted)
            report.replaced += 1
        else:
            report.loaded += 1
        held = wanted.get(id_)
        if held is None or held.extractor != self._extractor:
            held = LinkedDocument(
                extraction=at_least(extraction, self._least),
                identity={},
                sources=held.sources if held else (),
                extractor=self._extractor,
            )
        wanted[id_] = _at(held, {*held.sources, source})
        self._at[source] = id_

    def _detach(self, source: str, wanted: dict[str, LinkedDocument]) -> None:
        id_ = self._at.pop(source)
        left = {s for s in wanted[id_].sources if s != source}
        if left:
            wanted[id_] = _at(wanted[id_], left)
        else:
            del wanted[id_]

    def _write(self, wanted: dict[str, LinkedDocument]) -> int:
        links = link(d.extraction for d in wanted.values())
        linked = {id_: replace(d, identity=links.identity[id_]) for id_, d in wanted.items()}
        changed = [d for id_, d in linked.items() if self._held.get(id_) != d]
        touched = {node for d in changed for node in d.identity.values()}
        revision = self._store.load(
            changed,
            [n for id_, n in links.nodes.items() if id_ in touched or self._nodes.get(id_) != n],
            retract=sorted(self._held.keys() - linked.keys()),
        )
        self._held, self._nodes = linked, dict(links.nodes)
        self._at = {source: id_ for id_, d in linked.items() for source in d.sources}
        return revision


def _at(held: LinkedDocument, sources: set[str]) -> LinkedDocument:
    """The document at these sources; the first one names it, whatever came first."""
    document = replace(held.extraction.document, source=min(sources))
    return replace(
        held, extraction=replace(held.extraction, document=document), sources=tuple(sorted(sources))
    )


def ingest(
    paths: Sequence[str | Path],
    store: GraphStore,
    *,
    published: str | None = None,
    workers: int | None = None,
    min_confidence: float = 0.0,
    on_document: Callable[[], None] = lambda: None,
) -> Report:
    """Extract everything under `paths` with all cores and load what is at least so sure.

    Repeating a run changes nothing; a changed document replaces what it said; an interrupted run
    keeps its committed batches and, repeated, ends in the graph of an undisturbed one.
    Unusable inputs are listed in the report; the rest is loaded. `on_document` is called after
    each input, usable or not.
    """
    held = Ingest(store, min_confidence=min_confidence)
    report = Report(revision=store.revision())
    outcomes = extract_sources(read(paths, published=published), workers=workers, known=held.known)
    for batch in _batches(_heard(outcomes, on_document), held, report):
        held.put(batch, report)
    return report


def _heard(
    outcomes: Iterable[Extraction | InputError], on_document: Callable[[], None]
) -> Iterator[Extraction | InputError]:
    for outcome in outcomes:
        yield outcome
        on_document()


def _batches(
    outcomes: Iterable[Extraction | InputError], held: Ingest, report: Report
) -> Iterator[list[Extraction]]:
    batch: list[Extraction] = []
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            report.failed.append(outcome)
            continue
        batch.append(outcome)
        if len(batch) >= max(_BATCH, len(held.known) // 4):
            yield batch
            batch = []
    if batch:
        yield batch


def retract(name: str, store: GraphStore) -> int:
    """Remove what only this document (an id, or a source) supports. Returns the revision.

    Raises:
        NotFoundError: when the store holds no such document.
    """
    return Ingest(store).remove(name)
