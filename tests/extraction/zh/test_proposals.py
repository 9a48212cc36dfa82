"""The learned heads: arrays in, chances of roles and relations out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.extraction.zh.written import annotation
from trihelix.extraction.states import States
from trihelix.extraction.zh.proposals import FactModel, Proposals
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Annotation

ROLES = ("Convening.speaker", "Convening.venue", "Research.output")
LINKS = ("PART_OF", "HOLDS_POST", "TOGETHER")
YES, NO = 8.0, -8.0
Floats = NDArray[np.float16]


def model(folder: Path, *, roles: tuple[float, ...], links: tuple[float, ...]) -> FactModel:
    """Heads that say the same of everything: the chances are all in the biases."""
    size, rank = 4, 2
    zero = np.zeros((size, len(LINKS) * rank), np.float16)
    np.savez(
        folder / "facts.npz",
        allow_pickle=False,
        roles=np.array(ROLES),
        links=np.array(LINKS),
        role_w=np.zeros((size, len(ROLES)), np.float16),
        role_b=np.array(roles, np.float16),
        source_w=zero,
        source_b=zero[0],
        target_w=zero,
        target_b=zero[0],
        scale=np.float16(1),
        link_b=np.array(links, np.float16),
    )
    return FactModel(folder / "facts.npz")


def states(said: Annotation) -> States:
    """One window over the whole text."""
    found = States()
    found.add(0, np.zeros((len(said.document.text), 2), np.float16))
    return found


def propose(
    folder: Path,
    marked: str,
    roles: tuple[float, ...] = (NO,) * 3,
    links: tuple[float, ...] = (NO,) * 3,
) -> Proposals:
    said = annotation(marked)
    return model(folder, roles=roles, links=links).propose(said, states(said))


def test_each_mention_may_play_the_roles_of_its_kind(tmp_path: Path) -> None:
    found = propose(tmp_path, "{P:方舟}在{C:江州}讲了{T:云脑}。", roles=(YES, YES, YES))
    assert set(found.best) == {
        (("Convening", "speaker"), "方舟"),
        (("Convening", "venue"), "方舟"),
        (("Convening", "venue"), "江州"),
        (("Research", "output"), "云脑"),
    }


def test_a_role_is_known_by_sentence_and_for_the_document(tmp_path: Path) -> None:
    found = propose(tmp_path, "{P:方舟}来了。{P:方舟}讲话。", roles=(YES, NO, NO))
    assert {sentence for sentence, _, _ in found.roles} == {0, 1}
    assert found.role("Convening", "speaker", "方舟") > 0.99
    assert found.role("Convening", "venue", "方舟") < 0.05


def test_relations_join_only_what_the_vocabulary_lets_them_join(tmp_path: Path) -> None:
    found = propose(tmp_path, "{P:方舟}在{U:江州大学}。", links=(YES, YES, NO))
    assert set(found.relations) == {("HOLDS_POST", "方舟", "江州大学")}
    assert found.relation("HOLDS_POST", "方舟", "江州大学") > 0.99


def test_who_takes_part_together_has_no_direction(tmp_path: Path) -> None:
    found = propose(tmp_path, "{U:江州大学}与{F:云帆科技}。", links=(NO, NO, YES))
    assert list(found.together) == [("云帆科技", "江州大学")]


def test_a_generic_reference_speaks_for_what_it_stands_for(tmp_path: Path) -> None:
    found = propose(tmp_path, "{U:江州大学}成立。{=江州大学:该校}讲话。", roles=(YES, NO, NO))
    assert {s for s, _, e in found.roles if e == "江州大学"} == {0, 1}


def test_without_states_nothing_is_proposed(tmp_path: Path) -> None:
    heads = model(tmp_path, roles=(YES,) * 3, links=(YES,) * 3)
    assert heads.propose(annotation("{P:方舟}讲话。"), States()) == Proposals()


def test_missing_heads_are_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"facts\.npz.*install Trihelix"):
        FactModel(tmp_path / "facts.npz")
