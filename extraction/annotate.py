"""The language pipelines: spaCy components that find entities, relations and events.

`spacy.blank("zh")` (or "en") with three registered components, so that analysts can use the pieces
in spaCy as well:

    trihelix_tagger      text       -> doc._.tagged, doc.spans["tagged"]: typed spans
    trihelix_entities    spans      -> doc._.annotation, doc.ents: merged, typed entities
    trihelix_relations   annotation -> doc._.extraction: relations and events among them

spaCy objects never leave this package: `annotate(document)` takes and returns records.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from trihelix.extraction.languages import stages
from trihelix.schema.records import Annotation, Document, Extraction

COMPONENTS = ("trihelix_tagger", "trihelix_entities", "trihelix_relations")
MAX_LENGTH = 4_000_000  # characters; read.py refuses longer documents with a clear error

for _name in ("document", "tagged", "annotation", "extraction"):
    Doc.set_extension(_name, default=None, force=True)

Component = Callable[[Doc], Doc]


@Language.factory("trihelix_tagger", assigns=["doc._.tagged", "doc.spans"])
def _tagger(nlp: Language, name: str) -> Component:  # noqa: ARG001  spaCy passes both by name
    tag = stages(nlp.lang or "").tag

    def component(doc: Doc) -> Doc:
        doc._.tagged = tag(doc.text)
        found = (
            doc.char_span(t.start, t.end, label=t.label, alignment_mode="expand")
            for t in doc._.tagged
        )
        doc.spans["tagged"] = [span for span in found if span is not None]
        return doc

    return component


@Language.factory(
    "trihelix_entities", requires=["doc._.tagged"], assigns=["doc._.annotation", "doc.ents"]
)
def _entities(nlp: Language, name: str) -> Component:  # noqa: ARG001
    resolve = stages(nlp.lang or "").annotate

    def component(doc: Doc) -> Doc:
        doc._.annotation = resolve(_document(doc), doc._.tagged)
        doc.ents = filter_spans(_mention_spans(doc, doc._.annotation))
        return doc

    return component


@Language.factory("trihelix_relations", requires=["doc._.annotation"], assigns=["doc._.extraction"])
def _relations(nlp: Language, name: str) -> Component:  # noqa: ARG001
    relate = stages(nlp.lang or "").relate

    def component(doc: Doc) -> Doc:
        doc._.extraction = relate(doc._.annotation)
        return doc

    return component


def _document(doc: Doc) -> Document:
    """The record behind a spaCy doc; a bare string that an analyst passed becomes one."""
    if doc._.document is None:
        doc._.document = Document.of(source="", title="", body=doc.text, language=doc.lang_)
    record: Document = doc._.document
    return record


def _mention_spans(doc: Doc, annotation: Annotation) -> list[spacy.tokens.Span]:
    found = (
        doc.char_span(m.start, m.end, label=e.kind, span_id=e.id, alignment_mode="expand")
        for e in annotation.entities
        for m in e.mentions
    )
    return [span for span in found if span is not None]


@cache
def language_pipeline(language: str) -> Language:
    """The spaCy pipeline of a language, built once per process.

    Raises:
        ConfigurationError: for a language other than zh or en.
    """
    stages(language)  # refuses an unknown language before spaCy does
    nlp = spacy.blank(language)
    nlp.max_length = MAX_LENGTH
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotate(document: Document) -> Extraction:
    """All that one document says. Deterministic: the same document always gives the same record."""
    nlp = language_pipeline(document.language)
    doc = nlp.make_doc(document.text)
    doc._.document = document
    extraction: Extraction = nlp(doc)._.extraction
    return extraction
