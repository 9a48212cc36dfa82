"""Who holds which post where, from English sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trihelix.extraction.en.skeleton import Masked
from trihelix.extraction.en.statements import (
    BARE_POST,
    LEADING_POST,
    NAMED_POST,
    POST_GOES_ON,
    POST_OPENS,
    SHARED_POST,
)
from trihelix.schema.records import Entity, Relation
from trihelix.schema.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One sentence in its two reduced forms."""

    flat: Masked
    bare: Masked


def posts(readings: Sequence[Reading]) -> Iterator[Relation]:
    """Posts in a row after a name, and one post that several persons share."""
    for reading in readings:
        yield from _in_a_row(reading.flat)
        for match in SHARED_POST.finditer(reading.bare.text):
            title = match["title"].strip().removesuffix("s")
            yield from _each(reading.bare, match["source"], match["target"], title, 0.75)


def _in_a_row(flat: Masked) -> Iterator[Relation]:
    """`P, TITLE of X and TITLE of Y`."""
    for person in POST_OPENS.finditer(flat.text):
        post = POST_GOES_ON.match(flat.text, person.end())
        for _ in range(4):
            if post is None:
                break
            yield from _each(flat, person["source"], post["target"], post["title"].strip(), 0.9)
            post = POST_GOES_ON.match(flat.text, post.end())


def posts_at_home(
    readings: Sequence[Reading], by_id: dict[str, Entity], placed: set[str]
) -> Iterator[Relation]:
    """`said Ann Lee, CTO.` without an organization: the one that the document is about."""
    organizations = [e for e in by_id.values() if vocabulary().is_organization(e.kind)]
    if not organizations:
        return
    home = max(organizations, key=lambda e: (len(e.mentions), -e.mentions[0].start))
    done = set(placed)
    for reading in readings:
        for pattern in (BARE_POST, NAMED_POST, LEADING_POST):
            for match in pattern.finditer(reading.flat.text):
                for person in reading.flat.entities(match["source"]):
                    if person not in done:
                        done.add(person)
                        yield _post(reading.flat, person, home.id, match["title"].strip(), 0.6)


def _each(
    masked: Masked, sources: str, targets: str, title: str, confidence: float
) -> Iterator[Relation]:
    for source in masked.entities(sources):
        for target in masked.entities(targets):
            yield _post(masked, source, target, title, confidence)


def _post(masked: Masked, person: str, target: str, title: str, confidence: float) -> Relation:
    return Relation(
        kind="HOLDS_POST",
        source=person,
        target=target,
        title=plain_title(title),
        confidence=confidence,
        evidence=(masked.span,),
    )


def plain_title(title: str) -> str:
    """A post without the words that lead up to it.

    >>> plain_title(" The new Vice President ")
    'Vice President'
    """
    return re.sub(r"^(?:(?:[Tt]he|[Aa]n?|[Ii]ts|new|[Cc]urrently|now) )+", "", title.strip())
