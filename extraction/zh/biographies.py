"""Posts in a life told without a subject.

Ⓟ，男，1965年出生于某省。某大学应用数学系主任，教授，另一大学讲座教授、第三大学兼职教授。
"""

from __future__ import annotations

from collections.abc import Iterator

from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern
from trihelix.extraction.zh.titles import HEAD, acts, titles_of

_BORN = compile_pattern(r"([Ⓟ])[，,]\s*(?:[男女][，,。]|[^，。；Ⓐ]{0,12}\d{4}年[^，。；]{0,8}生)")
_LISTED = compile_pattern(
    rf"(?:^|(?<=[，,、。；;\s]))([Ⓞ])((?:[^，。；：、！？的Ⓐ]{{0,14}}?{HEAD})(?:[、，]\s*{HEAD})*)"
    r"(?=\s*(?:$|[，,、。；;]))"
)
_PERSON = compile_pattern("[Ⓟ]")


def biographical_posts(reading: Reading) -> Iterator[tuple[str, str, str, int]]:
    """Person, organization, title and sentence of the posts listed after someone's birth.

    The list ends with the paragraph, or where another person is named.
    """
    person: str | None = None
    paragraph = -1
    for sentence in reading.sentences:
        start = 0
        if born := _BORN.search(sentence.marked):
            person, paragraph = sentence.tokens[born[1]].entities[0], sentence.paragraph
            start = born.end()
        elif paragraph != sentence.paragraph or _named(sentence, person):
            person = None
        if person is None:
            continue
        for m in _LISTED.finditer(sentence.marked, start):
            for title in _titles(m[2]):
                yield person, sentence.tokens[m[1]].entities[-1], title, sentence.index


def _titles(segment: str) -> list[str]:
    """The titles of an item; 特聘 is part of one in a list, where nobody is being hired."""
    plain = segment.replace("特聘", "")
    return [] if acts(plain) else titles_of(segment) or [segment]


def _named(sentence: Sentence, person: str | None) -> bool:
    """Whether a sentence names someone else."""
    found = (sentence.tokens[m[0]].entities for m in _PERSON.finditer(sentence.marked))
    return any(entities != (person,) for entities in found)
