"""Many documents over many processes: the same output in the same order, errors in their place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trihelix.extraction import pipeline
from trihelix.extraction.clean import clean
from trihelix.extraction.pipeline import at_least, extract, extract_sources
from trihelix.extraction.read import Source, read
from trihelix.schema.errors import InputError
from trihelix.schema.records import (
    Document,
    Entity,
    Event,
    Extraction,
    Participant,
    Relation,
    Span,
)

SIGNED = "3月2日，沈阳工业大学与云帆机器人有限公司在沈阳签署战略合作协议。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(20):
        text = "" if n == 7 else f"消息{n:02d}\n\n第{n}次签约。{SIGNED}"
        (tmp_path / f"{n:02d}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_order_of_hashed_strings_does_not_show() -> None:
    """Sets of strings iterate in another order in every process; no sum or choice may follow it."""
    corpus = Path(__file__).parents[2] / "notebooks" / "corpus" / "zh"
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "trihelix", "extract", *sorted(map(str, corpus.glob("202*")))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_number_of_workers_does_not_show(folder: Path) -> None:
    def seen(outcome: Extraction | InputError) -> object:
        return outcome if isinstance(outcome, Extraction) else str(outcome)

    one = [seen(o) for o in extract([folder], workers=1)]
    two = [seen(o) for o in extract([folder], workers=2)]
    assert one == two
    assert len(one) == 20


def test_an_unusable_input_stands_in_its_place(folder: Path) -> None:
    outcomes = list(extract([folder], workers=2))
    assert [i for i, o in enumerate(outcomes) if isinstance(o, InputError)] == [7]


def test_known_documents_are_not_read_again(folder: Path) -> None:
    first = next(iter(extract([folder / "00.txt"], workers=1)))
    assert isinstance(first, Extraction)
    known = frozenset({first.document.id})
    (again,) = extract_sources(read([folder / "00.txt"]), workers=1, known=known)
    assert again == Extraction(document=first.document)


def test_the_published_date_is_given_to_every_document(folder: Path) -> None:
    outcomes = extract([folder], published="2024-03-05", workers=1)
    dates = {e.date for o in outcomes if isinstance(o, Extraction) for e in o.events}
    assert dates == {"2024-03-02"}


def test_what_is_extracted_has_confidences_to_choose_by(folder: Path) -> None:
    found = next(iter(extract([folder / "00.txt"], workers=1)))
    assert isinstance(found, Extraction)
    assert found.events
    assert at_least(found, 0.0) == found
    highest = max(e.confidence for e in found.events)
    assert highest < 1
    assert at_least(found, highest + 1e-9).events == ()


def entity(id_: str, confidence: float) -> Entity:
    return Entity(id=id_, kind="Firm", name=id_, confidence=confidence)


def relation(source: str, target: str, confidence: float) -> Relation:
    return Relation(
        kind="OWNS", source=source, target=target, confidence=confidence, evidence=EVIDENCE
    )


def event(id_: str, confidence: float, *partners: str) -> Event:
    parts = tuple(Participant(role="partner", entity=partner) for partner in partners)
    return Event(
        id=id_,
        kind="Collaboration",
        confidence=confidence,
        participants=parts,
        evidence=EVIDENCE,
    )


EVIDENCE = (Span(start=0, end=4),)
DOCUMENT = Document.of(source="a.txt", title="", body="四个字。", language="zh")
SAID = Extraction(
    document=DOCUMENT,
    entities=(entity("sure", 0.9), entity("fair", 0.6), entity("doubtful", 0.3)),
    relations=(
        relation("sure", "fair", 0.8),
        relation("fair", "sure", 0.4),
        relation("sure", "doubtful", 0.95),
    ),
    events=(
        event("v1", 0.7, "sure", "doubtful"),
        event("v2", 0.7, "doubtful"),
        event("v3", 0.4, "sure", "fair"),
        event("v4", 0.7),
    ),
)


def test_at_least_drops_what_is_less_sure_and_what_is_said_of_it() -> None:
    assert at_least(SAID, 0.5) == Extraction(
        document=DOCUMENT,
        entities=(entity("sure", 0.9), entity("fair", 0.6)),
        relations=(relation("sure", "fair", 0.8),),
        events=(event("v1", 0.7, "sure"), event("v4", 0.7)),
    )


def test_at_least_keeps_what_is_just_so_sure() -> None:
    assert [e.id for e in at_least(SAID, 0.9).entities] == ["sure"]
    assert [e.id for e in at_least(SAID, 0.3).entities] == ["sure", "fair", "doubtful"]
    assert at_least(SAID, 0.7).events == (event("v1", 0.7, "sure"), event("v4", 0.7))


def test_at_least_nothing_is_everything() -> None:
    assert at_least(SAID, 0.0) == SAID
    assert at_least(SAID, 1.0) == Extraction(document=DOCUMENT)


def test_an_article_that_breaks_a_stage_is_reported_and_the_rest_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: Source) -> Document:
        if source.source.endswith("03.txt"):
            raise RuntimeError("odd")
        cleaned = clean(source)
        assert isinstance(cleaned, Document)
        return cleaned

    monkeypatch.setattr(pipeline, "clean", fail)
    outcomes = list(extract([folder / "03.txt", folder / "04.txt"], workers=1))
    assert "could not be read (RuntimeError: odd)" in str(outcomes[0])
    assert isinstance(outcomes[1], Extraction)


def test_leaving_early_ends_the_workers(folder: Path) -> None:
    outcomes = extract([folder], workers=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]  # a generator; closing must not hang
