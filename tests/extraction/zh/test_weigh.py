"""Grammar and proposals together: which roles and relations are reported."""

from __future__ import annotations

import pytest

from tests.extraction.zh.written import annotation
from trihelix.extraction.judge import Judge, judges
from trihelix.extraction.zh import verdicts
from trihelix.extraction.zh.events import Hit, read_events
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.reading import Reading, read
from trihelix.extraction.zh.relations import Link
from trihelix.extraction.zh.roles import Proposals
from trihelix.extraction.zh.verdicts import judged_links, judged_roles, link_features
from trihelix.extraction.zh.weigh import weighed

EVEN = Judge(weights={"proposed": 1.0, "told": 1.0})
SPEAKER = ("Convening", "speaker")
SURE = {"甲": 0.9, "乙": 0.9}


def reading(marked: str) -> tuple[Reading, list[Hit]]:
    found = read(annotation(marked, published="2024-05-12"))
    for sentence in found.sentences:
        fold(sentence, [], found)
    return found, read_events(found)


def proposing(*roles: tuple[int, tuple[str, str], str, float]) -> Proposals:
    found = Proposals()
    for role in roles:
        found.add(*role)
    return found


@pytest.fixture
def even(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judges that weigh a proposal by its chance, and a telling by one more."""
    sorts = ("zh roles", "zh relations")
    monkeypatch.setattr(verdicts, "judges", lambda: {**judges(), **dict.fromkeys(sorts, EVEN)})


@pytest.mark.usefixtures("even")
def test_what_grammar_and_model_both_say_is_surer_than_what_one_says() -> None:
    signing = Hit("Signing", frozenset({("signatory", "甲")}), 0, 0, None, "completed", None, 0.7)
    role = ("Signing", "signatory")
    proposals = proposing((0, role, "甲", 0.9), (0, role, "乙", 0.9))
    kept = judged_roles([signing], proposals, SURE)
    assert kept[*role, "甲"] > kept[*role, "乙"] > 0.5


@pytest.mark.usefixtures("even")
def test_what_is_told_stays_and_a_weak_proposal_goes() -> None:
    signing = Hit("Signing", frozenset({("signatory", "甲")}), 0, 0, None, "completed", None, 0.7)
    role = ("Signing", "signatory")
    kept = judged_roles([signing], proposing((0, role, "甲", 0.04), (0, role, "乙", 0.4)), SURE)
    assert set(kept) == {(*role, "甲")}
    assert kept[*role, "甲"] < 0.5


def test_a_role_that_only_the_model_sees_joins_the_telling_of_its_sentence() -> None:
    told, hits = reading("{U:江州大学}与{F:云帆科技}签约，{A:江州市科技局}到场。")
    proposals = proposing((0, ("Signing", "witness"), "江州市科技局", 0.8))
    kept = {(h.kind, *p): 0.9 for h in hits for p in h.participants}
    kept["Signing", "witness", "江州市科技局"] = 0.8
    (signing,) = (h for h in weighed(hits, kept, proposals, told) if h.kind == "Signing")
    assert {e for _, e in signing.participants} == {"江州大学", "云帆科技", "江州市科技局"}


def test_it_joins_the_nearest_of_several_tellings() -> None:
    told, _ = reading("{F:甲公司}投资{F:乙公司}，{F:丙公司}投资{F:丁公司}，{F:戊公司}跟投。")
    one, other = (
        Hit("Investment", frozenset(pair), 0, 0, None, "completed", None, 0.7)
        for pair in (
            {("investor", "甲公司"), ("investee", "乙公司")},
            {("investor", "丙公司"), ("investee", "丁公司")},
        )
    )
    kept = {(h.kind, *p): 0.9 for h in (one, other) for p in h.participants}
    kept["Investment", "investor", "戊公司"] = 0.8
    proposals = proposing((0, ("Investment", "investor"), "戊公司", 0.8))
    first, second = weighed([one, other], kept, proposals, told)
    assert ("investor", "戊公司") in second.participants
    assert first == one


def test_what_only_the_model_sees_becomes_a_telling_of_its_own_with_its_date() -> None:
    told, _ = reading("5月12日，{P:方舟}主讲，{P:何一鸣}主讲。")
    proposals = proposing((0, SPEAKER, "方舟", 0.9), (0, SPEAKER, "何一鸣", 0.9))
    kept = {(*SPEAKER, "方舟"): 0.9, (*SPEAKER, "何一鸣"): 0.9}
    (hit,) = weighed([], kept, proposals, told)
    assert hit.participants == {("speaker", "方舟"), ("speaker", "何一鸣")}
    assert (hit.date, hit.status) == ("2024-05-12", "completed")


@pytest.mark.usefixtures("even")
def test_a_relation_told_twice_is_judged_once() -> None:
    told = [Link("PART_OF", "a", "b", 0, 0.6), Link("PART_OF", "a", "b", 1, 0.8)]
    (link,) = judged_links(told, {"a": 0.9, "b": 0.9})
    assert link.sentence == 1
    assert 0 <= link.confidence <= 1


def test_a_relation_is_as_doubtful_as_the_less_sure_of_its_ends() -> None:
    link = Link("OWNS", "a", "b", 0, 0.8)
    ((_, sure),) = link_features([link], {"a": 0.99, "b": 0.98})
    ((_, doubtful),) = link_features([link], {"a": 0.99, "b": 0.4})
    assert sure["least"] > doubtful["least"]


def test_a_relation_is_judged_with_what_else_is_told_of_its_ends() -> None:
    told = [Link("HOLDS_POST", "p", x, 0, 0.8) for x in "ab"] + [Link("PART_OF", "a", "c", 0, 0.8)]
    found = [features for _, features in link_features(told, dict.fromkeys("pabc", 0.9))]
    assert ["beside source HOLDS_POST" in f for f in found] == [True, True, False]
    assert "beside source PART_OF" not in found[2]
