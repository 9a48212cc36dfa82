from __future__ import annotations

import pytest

from tests.graph.snapshots import Story, northeast
from trihelix.graph.neighbourhood import collaborators, events, evidence, people, posts, ties
from trihelix.graph.network import Network
from trihelix.graph.view import View
from trihelix.schema.errors import NotFoundError


def test_collaborators_share_facts_from_first_to_last() -> None:
    ansteel, school, office = collaborators(Network.of(northeast()), "neu")
    assert (ansteel.node.id, ansteel.weight) == ("ansteel", 2.5)
    assert (ansteel.events, ansteel.relations, ansteel.documents) == (3, 0, 2)
    assert ansteel.kinds == ("Collaboration", "Convening", "Signing")
    assert (ansteel.first, ansteel.last) == ("2021-02-03", "2023-04")
    assert (school.node.id, school.events, school.relations) == ("cs", 0, 2)
    assert (office.first, office.last) == (None, None)  # a forum of unknown year


def test_collaborators_follow_the_view() -> None:
    network = Network.of(northeast(), View(relations=(), since="2023"))
    assert [c.node.id for c in collaborators(network, "neu")] == ["ansteel"]
    with pytest.raises(NotFoundError):
        collaborators(network, "nobody")


def test_events_come_latest_first_and_those_of_unknown_year_last() -> None:
    assert [e.id for e in events(northeast(), "neu")] == ["signing", "deal", "research", "forum"]


def test_events_follow_view_and_role() -> None:
    assert [e.id for e in events(northeast(), "neu", view=View(until="2022"))] == ["research"]
    assert [e.id for e in events(northeast(), "neu", roles=["signatory"])] == ["signing"]
    assert events(northeast(), "office", roles=["attendee"]) == ()


def test_people_are_those_with_posts() -> None:
    (post,) = people(northeast(), "neu")
    assert (post.person.name, post.title, post.documents) == ("冯教授", "校长", 1)
    assert [s.quote for s in post.sentences] == ["feng HOLDS_POST neu"]
    assert people(northeast(), "ansteel") == ()


def test_the_same_post_in_two_documents_is_one() -> None:
    story = Story().node("p", "Person")
    for document in ("d1", "d2"):
        story.relation("HOLDS_POST", "p", "a", title="董事长", document=document)
    story.relation("HOLDS_POST", "p", "a", title="党委书记", document="d2")
    found = people(story.snapshot(), "a")
    assert [(post.title, post.documents) for post in found] == [("董事长", 2), ("党委书记", 1)]
    assert found == posts(story.snapshot(), "p")


def test_ties_are_the_relations_that_are_no_posts() -> None:
    (tie,) = ties(northeast(), "neu")
    assert (tie.kind, tie.source.id, tie.target.id, tie.documents) == ("PART_OF", "cs", "neu", 2)


def test_evidence_is_every_sentence_once_and_the_latest_document_first() -> None:
    found = evidence(northeast(), "neu")
    assert {s.quote for s in found} == {
        *("signing happened", "forum happened", "deal happened", "research happened"),
        *("cs PART_OF neu", "feng HOLDS_POST neu"),
    }
    assert [s.document for s in found] == ["d1"] * 5 + ["d2"] * 2
    assert len(set(found)) == len(found)
