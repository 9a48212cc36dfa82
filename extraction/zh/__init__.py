"""What is particular to Chinese: the tagger, the entities of a document, what joins them.

The three functions are what a language offers to the pipeline; each loads its part when called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trihelix.schema.records import Annotation, Document, Extraction

if TYPE_CHECKING:
    from trihelix.extraction.zh.tagger import Tagged


def tagger() -> Callable[[str], list[Tagged]]:
    """The shipped tagger, ready to run; loading its weights takes a moment."""
    from trihelix.extraction.zh.tagger import Tagger

    loaded = Tagger()
    return lambda text: loaded.tag([text])[0]


def annotate(document: Document, tagged: Sequence[Tagged]) -> Annotation:
    """The entities of a document, merged and typed, from its tagged spans."""
    from trihelix.extraction.zh import entities

    return entities.annotate(document, tagged)


def relate(annotation: Annotation) -> Extraction:
    """The relations and events among a document's entities."""
    from trihelix.extraction.zh import relate as stage

    return stage.relate(annotation)
