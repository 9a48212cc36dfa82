"""Grammar and proposals together: which roles and relations are reported."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import annotation
from trihelix.extraction.judge import Judge, judges
from trihelix.extraction.zh import verdicts
from trihelix.extraction.zh.events import Hit, read_events
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.proposals import Proposals, Proposed
from trihelix.extraction.zh.reading import Reading, read
from trihelix.extraction.zh.relations import Link
from trihelix.extraction.zh.verdicts import judged_links, judged_roles
from trihelix.extraction.zh.weigh import weighed

EVEN = Judge(weights={"proposed": 1.0, "told": 1.0}, threshold=0.5)
SPEAKER = ("Convening", "speaker")


def reading(marked: str) -> tuple[Reading, list[Hit]]:
    found = read(annotation(marked, published="2024-05-12"))
    for sentence in found.sentences:
        fold(sentence, [], found)
    return found, read_events(found)


def proposing(*roles: tuple[int, tuple[str, str], str, float]) -> Proposals:
    found = Proposals()
    for sentence, role, entity, chance in roles:
        found.roles[sentence, role, entity] = chance
        found.best[role, entity] = max(chance, found.best.get((role, entity), 0))
    return found


def test_what_grammar_and_encoder_both_say_is_surer_than_what_one_says() -> None:
    signing = Hit("Signing", frozenset({("signatory", "甲")}), 0, 0, None, "completed", None, 0.7)
    role = ("Signing", "signatory")
    proposals = proposing((0, role, "甲", 0.9), (0, role, "乙", 0.9))
    kept = judged_roles([signing], proposals, EVEN)
    assert kept[*role, "甲"] > kept[*role, "乙"] > 0.5


def test_a_role_that_is_not_kept_leaves_its_telling() -> None:
    hit = Hit(
        "Signing",
        frozenset({("signatory", "甲"), ("witness", "乙")}),
        0,
        0,
        None,
        "completed",
        None,
        0.7,
    )
    told, _ = reading("{F:甲}签约。")
    left = weighed([hit], {("Signing", "signatory", "甲"): 0.9}, Proposals(), told)
    assert [h.participants for h in left] == [frozenset({("signatory", "甲")})]
    assert weighed([hit], {}, Proposals(), told) == []


def test_a_role_that_only_the_encoder_sees_joins_the_telling_of_its_sentence() -> None:
    told, hits = reading("{U:江州大学}与{F:云帆科技}签约，{A:江州市科技局}到场。")
    proposals = proposing((0, ("Signing", "witness"), "江州市科技局", 0.8))
    proposals.together["江州大学", "江州市科技局"] = 0.7
    kept = {(h.kind, *p): 0.9 for h in hits for p in h.participants}
    kept["Signing", "witness", "江州市科技局"] = 0.8
    (signing,) = (h for h in weighed(hits, kept, proposals, told) if h.kind == "Signing")
    assert {e for _, e in signing.participants} == {"江州大学", "云帆科技", "江州市科技局"}


def test_what_is_told_apart_becomes_a_telling_of_its_own_with_its_date() -> None:
    told, _ = reading("5月12日，{P:方舟}主讲，{P:何一鸣}主讲。")
    proposals = proposing((0, SPEAKER, "方舟", 0.9), (0, SPEAKER, "何一鸣", 0.9))
    kept = {(*SPEAKER, "方舟"): 0.9, (*SPEAKER, "何一鸣"): 0.9}
    apart = weighed([], kept, proposals, told)
    assert [len(h.participants) for h in apart] == [1, 1]
    assert {h.date for h in apart} == {"2024-05-12"}
    proposals.together["何一鸣", "方舟"] = 0.9
    assert [len(h.participants) for h in weighed([], kept, proposals, told)] == [2]


def test_relations_of_grammar_and_encoder_are_judged_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "judges", lambda: {**judges(), "zh relations": EVEN})
    told = [Link("PART_OF", "a", "b", 0, 0.6), Link("PART_OF", "a", "b", 1, 0.8)]
    proposals = Proposals(
        relations={("PART_OF", "a", "b"): Proposed(0.6, 0), ("OWNS", "c", "d"): Proposed(0.7, 2)}
    )
    found = {(x.kind, x.source, x.target): x for x in judged_links(told, proposals)}
    assert set(found) == {("PART_OF", "a", "b"), ("OWNS", "c", "d")}
    assert found["OWNS", "c", "d"].sentence == 2
