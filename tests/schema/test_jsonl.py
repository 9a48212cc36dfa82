from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trihelix.schema import jsonl
from trihelix.schema.errors import InputError
from trihelix.schema.records import (
    Amount,
    Document,
    Entity,
    Event,
    Extraction,
    Participant,
    Relation,
    Span,
)

SENTENCE = Span(start=0, end=9)
EXTRACTION = Extraction(
    document=Document.of(source="a.txt", title="", body="沈河大学与星海公司签约", language="zh"),
    entities=(
        Entity(id="e1", kind="University", name="沈河大学", mentions=(Span(start=0, end=4),)),
        Entity(id="e2", kind="Firm", name="星海公司", aliases=("星海",)),
        Entity(id="e3", kind="Person", name="王一鸣"),
    ),
    relations=(
        Relation(
            kind="HOLDS_POST",
            source="e3",
            target="e1",
            title="校长",
            confidence=0.9,
            evidence=(SENTENCE,),
        ),
        Relation(kind="OWNS", source="e2", target="e1", confidence=0.2, evidence=(SENTENCE,)),
    ),
    events=(
        Event(
            id="v1",
            kind="Signing",
            date="XXXX-04-25",
            status="planned",
            amount=Amount(text="近2亿元", value=2e8, currency="CNY"),
            confidence=0.8,
            participants=(Participant(role="signatory", entity="e1"),),
            evidence=(SENTENCE,),
        ),
    ),
)


def test_a_record_comes_back_as_it_was() -> None:
    assert jsonl.loads(jsonl.dumps(EXTRACTION)) == EXTRACTION


def test_the_line_has_the_fields_of_the_public_format() -> None:
    data = json.loads(jsonl.dumps(EXTRACTION))
    assert list(data) == ["document", "entities", "relations", "events"]
    assert list(data["document"]) == ["id", "source", "title", "language", "published", "text"]
    assert data["entities"][0]["mentions"] == [{"start": 0, "end": 4}]
    assert data["relations"][0]["title"] == "校长"
    assert "title" not in data["relations"][1]
    assert data["events"][0]["amount"] == {"text": "近2亿元", "value": 2e8, "currency": "CNY"}


@given(st.text(min_size=1))
def test_any_text_survives(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode() or "x"
    record = Extraction(document=Document.of(source="s", title="", body=text, language="zh"))
    assert jsonl.loads(jsonl.dumps(record)) == record


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 3"),
        ('{"document": 1}', "document"),
        (jsonl.dumps(EXTRACTION).replace('"kind"', '"sort"', 1), "kind"),
        (jsonl.dumps(EXTRACTION).replace('"start":0', '"start":"0"', 1), "start"),
        (jsonl.dumps(EXTRACTION).replace('"name"', '"more":1,"name"', 1), "more"),
    ],
)
def test_a_misfit_is_named_with_its_place(line: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        list(jsonl.read(["", "", line], where="facts.jsonl"))


def test_facts_without_evidence_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Relation(kind="OWNS", source="e1", target="e2", confidence=1.0, evidence=())


def test_the_document_id_depends_on_what_it_says_not_on_where_it_is() -> None:
    one = Document.of(source="a", title="t", body="b", language="zh")
    other = Document.of(source="b", title="t", body="b", language="zh")
    changed = Document.of(source="a", title="t", body="c", language="zh")
    assert one.id == other.id != changed.id
