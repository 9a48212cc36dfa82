"""A tagger that finds the names a test lists, so that these tests depend on the grammar only."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from trihelix.extraction.tagged import Tagged
from trihelix.extraction.zh.entities import annotate
from trihelix.schema.records import Annotation, Document, Entity

Annotate = Callable[..., Annotation]


@pytest.fixture
def read() -> Annotate:
    """`read(body, title="", FIRM="滴滴 华为", PER="张伟")`: annotate with those spans tagged."""

    def build(body: str, title: str = "", **names: str) -> Annotation:
        document = Document.of(source="test", title=title, body=body, language="zh")
        tags = [
            Tagged(
                start=m.start(),
                end=m.end(),
                label=label if label in {"PER", "LOC"} else f"ORG_{label}",
                score=0.95,
            )
            for label, words in names.items()
            for word in words.split()
            for m in re.finditer(re.escape(word), document.text)
        ]
        return annotate(document, sorted(tags, key=lambda t: t.start))

    return build


def entity(annotation: Annotation, form: str) -> Entity:
    """The one entity that is called `form` in the text or by name."""
    text = annotation.document.text
    found = [
        e
        for e in annotation.entities
        if form in {e.name, *e.aliases, *(m.of(text) for m in e.mentions)}
    ]
    assert len(found) == 1, (form, [(e.name, e.aliases) for e in annotation.entities])
    return found[0]


def names(annotation: Annotation, kind: str | None = None) -> set[str]:
    return {e.name for e in annotation.entities if kind in {None, e.kind}}
