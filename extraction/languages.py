"""What a language offers to the pipeline: a tagger, the entities of a document, what joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from trihelix.extraction.tagged import Tagged
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Annotation, Document, Extraction

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The three stages of one language."""

    tag: Callable[[str], list[Tagged]]
    annotate: Callable[[Document, Sequence[Tagged]], Annotation]
    relate: Callable[[Annotation], Extraction]


@cache
def stages(language: str) -> Stages:
    """The stages of a language, loaded once per process, and only when asked for.

    Raises:
        ConfigurationError: for a language that is not in LANGUAGES.
    """
    if language == "zh":
        from trihelix.extraction.zh.entities import annotate
        from trihelix.extraction.zh.relate import relate as relate_zh
        from trihelix.extraction.zh.tagger import Tagger

        return Stages(tag=Tagger().read, annotate=annotate, relate=relate_zh)
    if language == "en":
        from trihelix.extraction.en.entities import annotate
        from trihelix.extraction.en.relate import relate
        from trihelix.extraction.en.tagger import tag

        return Stages(tag=tag, annotate=annotate, relate=relate)
    known = ", ".join(LANGUAGES)
    raise ConfigurationError(f"language {language!r} is not supported; known are {known}")
