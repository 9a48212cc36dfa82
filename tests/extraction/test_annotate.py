"""The spaCy pipelines: what analysts see in spaCy, and the records that leave."""

from __future__ import annotations

import pytest
import spacy

from trihelix.extraction.annotate import COMPONENTS, annotate, language_pipeline
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Document

SIGNED = "3月2日，沈阳工业大学与云帆机器人有限公司在沈阳签署战略合作协议。"


def test_the_components_are_registered_factories() -> None:
    nlp = spacy.blank("zh")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    assert nlp.pipe_names == list(COMPONENTS)
    assert (nlp.analyze_pipes() or {})["problems"] == {name: [] for name in COMPONENTS}


def test_a_bare_string_works_in_spacy() -> None:
    doc = language_pipeline("zh")(SIGNED)
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("沈阳工业大学", "University"), ("云帆机器人有限公司", "Firm")} <= found
    assert [e.kind for e in doc._.extraction.events] == ["Signing"]


def test_records_hold_offsets_into_the_document() -> None:
    document = Document.of(source="a", title="签约", body=SIGNED, language="zh")
    extraction = annotate(document)
    assert extraction.document == document
    for entity in extraction.entities:
        surfaces = {m.of(document.text) for m in entity.mentions}
        assert surfaces <= {entity.name, *entity.aliases}


def test_every_fact_joins_entities_of_the_document_and_shows_a_sentence() -> None:
    document = Document.of(source="a", title="签约", body=SIGNED, language="zh")
    extraction = annotate(document)
    ids = {e.id for e in extraction.entities}
    for event in extraction.events:
        assert {p.entity for p in event.participants} <= ids
        assert all(span.of(document.text).strip() for span in event.evidence)
    for relation in extraction.relations:
        assert {relation.source, relation.target} <= ids


def test_one_document_after_another_gives_the_same_as_alone() -> None:
    one = Document.of(source="a", title="", body=SIGNED, language="zh")
    other = Document.of(source="b", title="", body="大连理工大学校长李思远致辞。", language="zh")
    alone = annotate(one)
    annotate(other)
    assert annotate(one) == alone


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'fr' is not supported; known are zh, en"):
        language_pipeline("fr")
