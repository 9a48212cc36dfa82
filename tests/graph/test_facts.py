from __future__ import annotations

from tests.graph.snapshots import Story, northeast
from trihelix.graph.columns import fact_kinds
from trihelix.graph.network import Network
from trihelix.graph.snapshot import StoredEvent, StoredRelation
from trihelix.graph.view import View, day_range


def test_facts_are_those_behind_links_relations_first() -> None:
    network = Network.of(northeast())
    names = [f.id if isinstance(f, StoredEvent) else f.kind for f in network.facts]
    assert names == ["PART_OF", "PART_OF", "forum", "research", "signing"]
    assert network.facts[2:] == tuple(network.facts)[2:]
    assert network.facts[-1] == network.snapshot.events["signing"]


def test_columns_of_facts_agree_with_their_records() -> None:
    network = Network.of(northeast(), View(persons="nodes"))
    facts, documents = network.facts, sorted(network.snapshot.documents)
    assert len(facts) > 5
    for at, fact in enumerate(facts):
        assert fact_kinds()[facts.kind[at]] == fact.kind
        assert facts.confidence[at] == fact.confidence
        assert documents[facts.document[at]] == fact.document
        assert tuple(facts.days[at].tolist()) == day_range(network.date_of(fact))
        published = day_range(network.snapshot.documents[fact.document].published)
        assert tuple(facts.dated[at].tolist()) in {tuple(facts.days[at].tolist()), published}


def test_an_event_has_its_sure_participants_only() -> None:
    story = Story().node("c", confidence=0.5).event("e", "a", "b", "c").relation("OWNS", "a", "b")
    network = Network.of(story.snapshot(), View(confidence=0.6))
    relation, event = network.facts_of(0)
    assert isinstance(relation, StoredRelation) and isinstance(event, StoredEvent)
    assert [p.entity for p in event.participants] == ["a", "b"]
