"""The straight line of one document, over all cores: read -> clean -> annotate.

Output order is input order and does not depend on the number of workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from trihelix import __version__
from trihelix.extraction.clean import clean
from trihelix.extraction.read import Source, read
from trihelix.schema.errors import ConfigurationError, InputError
from trihelix.schema.records import Document, Event, Extraction

EXTRACTOR = f"trihelix {__version__}"  # what stored documents say they were read by

Outcome = Extraction | InputError
Cleaned = Document | InputError

_BATCH = 8  # documents that travel to a worker together
_FEW = 6  # so few documents are done here sooner than workers start


def extract(
    paths: Sequence[str | Path], *, published: str | None = None, workers: int | None = None
) -> Iterator[Outcome]:
    """Extract every document under `paths` (files, folders, `-`), in order.

    An unusable input is yielded as an InputError in its place; the rest goes on. `published` is
    the date of all these documents (ISO 8601). `workers` defaults to the number of cores.
    """
    return extract_sources(read(paths, published=published), workers=workers)


def at_least(extraction: Extraction, confidence: float) -> Extraction:
    """The extraction without entities, relations and events that are less sure than `confidence`.

    What is said of an entity that is left out goes with it, as does an event whose last
    participant goes.
    """
    sure = {e.id for e in extraction.entities if e.confidence >= confidence}
    return replace(
        extraction,
        entities=tuple(e for e in extraction.entities if e.id in sure),
        relations=tuple(
            r
            for r in extraction.relations
            if r.confidence >= confidence and {r.source, r.target} <= sure
        ),
        events=tuple(
            kept
            for e in extraction.events
            if e.confidence >= confidence
            and ((kept := _among(e, sure)).participants or not e.participants)
        ),
    )


def _among(event: Event, entities: Collection[str]) -> Event:
    """The event with only those of its participants that are among the entities."""
    kept = tuple(p for p in event.participants if p.entity in entities)
    return event if kept == event.participants else replace(event, participants=kept)


def extract_sources(
    sources: Iterable[Source | InputError],
    *,
    workers: int | None = None,
    known: frozenset[str] = frozenset(),
) -> Iterator[Outcome]:
    """Like `extract`, of what was read. A document whose id is `known` comes back without facts."""
    stream = iter(sources)
    count = workers or os.cpu_count() or 1
    first = list(islice(stream, _FEW)) if count > 1 else []
    if count == 1 or len(first) < _FEW:
        yield from (_outcome(source, known) for source in chain(first, stream))
        return
    yield from _parallel(chain(first, stream), count, known)


def _parallel(
    sources: Iterator[Source | InputError], workers: int, known: frozenset[str]
) -> Iterator[Outcome]:
    """A bounded window of batches in flight; results leave in order."""
    context = get_context("spawn")  # forking a process with onnxruntime's threads can hang
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start, initargs=(known,)
    ) as pool:
        window: deque[Future[list[Outcome]]] = deque()
        try:
            while batch := list(islice(sources, _BATCH)):
                window.append(pool.submit(_work, batch))
                if len(window) >= 2 * workers:
                    yield from window.popleft().result()
            while window:
                yield from window.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_known: frozenset[str] = frozenset()  # per worker process, set once by _start


def _start(known: frozenset[str]) -> None:
    global _known
    _known = known


def _work(batch: list[Source | InputError]) -> list[Outcome]:
    return [_outcome(source, _known) for source in batch]


def _outcome(source: Source | InputError, known: frozenset[str]) -> Outcome:
    if isinstance(source, InputError):
        return source
    try:
        return _extracted(source, known)
    except (ConfigurationError, ImportError):
        raise  # nothing could be read then
    except Exception as error:  # one odd article must not end the batch
        problem = f"could not be read ({type(error).__name__}: {error})"
        return InputError(source.source, problem, "please report it with the text")


def _extracted(source: Source, known: frozenset[str]) -> Outcome:
    document = clean(source)
    if isinstance(document, InputError):
        return document
    if document.id in known:
        return Extraction(document=document)
    from trihelix.extraction.annotate import annotate  # spaCy loads only where it works

    return annotate(document)
