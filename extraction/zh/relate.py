"""Chinese relate: from a document's entities to its relations and events, by grammar.

read     mentions become letters                         reading.py
posts    who holds which post                            posts.py
fold     posts, lists and representatives become letters fold.py
relations                                                relations.py
events   frames around cue words                         frames.py, deals.py, gatherings.py
merge    one happening, one event                        merge.py
"""

from __future__ import annotations

from trihelix.extraction.zh.events import read_events
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.merge import merge
from trihelix.extraction.zh.posts import read_posts
from trihelix.extraction.zh.reading import Reading, read
from trihelix.extraction.zh.relations import read_relations
from trihelix.schema.records import Annotation, Extraction, Relation, Span


def relate(annotation: Annotation) -> Extraction:
    """The relations and events among a document's entities.

    Evidence is the sentences that say so; confidence is the prior of the pattern that matched. The
    same annotation always gives the same extraction. Entities pass through unchanged.
    """
    reading = read(annotation)
    posts, introductions = read_posts(reading)
    for post in posts:
        reading.employers.setdefault(post.person, post.organization)
    for sentence in reading.sentences:
        fold(sentence, introductions.get(sentence.index, []), reading)
    relations = [
        Relation(
            kind="HOLDS_POST",
            source=post.person,
            target=post.organization,
            title=post.title,
            confidence=post.confidence,
            evidence=(_evidence(reading, post.sentence),),
        )
        for post in posts
    ]
    relations += [
        Relation(
            kind=link.kind,
            source=link.source,
            target=link.target,
            confidence=link.confidence,
            evidence=(_evidence(reading, link.sentence),),
        )
        for link in read_relations(reading)
    ]
    return Extraction(
        document=annotation.document,
        entities=annotation.entities,
        relations=tuple(relations),
        events=merge(read_events(reading), reading),
    )


def _evidence(reading: Reading, sentence: int) -> Span:
    return reading.sentences[sentence].span
