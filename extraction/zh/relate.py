"""Chinese relate: from a document's entities to its relations and events.

read       mentions become letters                         reading.py
posts      who holds which post                            posts.py
fold       posts, lists and representatives become letters fold.py
relations                                                  relations.py
events     frames around cue words          frames.py, deeds.py, deals.py, gatherings.py
roles      what a linear model reads around each mention   roles.py
verdicts   grammar and model weighed together              verdicts.py, weigh.py
merge      one happening, one event                        merge.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trihelix.extraction.zh.events import read_events
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.merge import merge
from trihelix.extraction.zh.posts import Post, read_posts
from trihelix.extraction.zh.reading import Reading, read
from trihelix.extraction.zh.relations import Link, read_relations
from trihelix.extraction.zh.roles import Proposals, propose
from trihelix.extraction.zh.verdicts import judged_links, judged_roles
from trihelix.extraction.zh.weigh import weighed
from trihelix.schema.records import Annotation, Extraction, Relation, Span


def relate(
    annotation: Annotation, *, model: Callable[[Reading], Proposals] = propose
) -> Extraction:
    """The relations and events among a document's entities.

    Evidence is the sentences that say so; confidence is calibrated (extraction/judge.py). The same
    annotation always gives the same extraction. Entities pass through unchanged. `model` proposes
    roles beside the grammar.
    """
    reading = read(annotation)
    posts, introductions = read_posts(reading)
    for post in posts:
        reading.employers.setdefault(post.person, post.organization)
    for sentence in reading.sentences:
        fold(sentence, introductions.get(sentence.index, []), reading)
    links = [*map(_link, posts), *read_relations(reading)]
    hits = read_events(reading)
    proposals = model(reading)
    sure = {entity.id: entity.confidence for entity in annotation.entities}
    kept = judged_roles(hits, proposals, sure)
    hits = weighed(hits, kept, proposals, reading)
    return Extraction(
        document=annotation.document,
        entities=annotation.entities,
        relations=tuple(_relations(judged_links(links, sure), posts, reading)),
        events=merge(hits, reading, kept),
    )


def _link(post: Post) -> Link:
    return Link("HOLDS_POST", post.person, post.organization, post.sentence, post.confidence)


def _relations(links: Iterable[Link], posts: Iterable[Post], reading: Reading) -> list[Relation]:
    """As records, once each; a person has a relation for each title held."""
    titles: dict[tuple[str, str], list[Post]] = {}
    for post in posts:
        titles.setdefault((post.person, post.organization), []).append(post)
    found: dict[tuple[str | None, ...], Relation] = {}
    for link in links:
        held = link.kind == "HOLDS_POST" and titles.get((link.source, link.target))
        for title, sentence in _tellings(link, held or []):
            found.setdefault(
                (link.kind, link.source, link.target, title),
                Relation(
                    kind=link.kind,
                    source=link.source,
                    target=link.target,
                    title=title,
                    confidence=link.confidence,
                    evidence=(_evidence(reading, sentence),),
                ),
            )
    return list(found.values())


def _tellings(link: Link, held: list[Post]) -> list[tuple[str | None, int]]:
    """Each title and the sentence that gives it; a relation without one has its own sentence."""
    return [(post.title, post.sentence) for post in held] or [(None, link.sentence)]


def _evidence(reading: Reading, sentence: int) -> Span:
    return reading.sentences[sentence].span
