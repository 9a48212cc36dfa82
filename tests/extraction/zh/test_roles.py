"""The linear role model: words around a mention in, chances of its roles out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.extraction.zh.written import annotation
from trihelix.extraction.zh import roles
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.posts import read_posts
from trihelix.extraction.zh.reading import Reading, read
from trihelix.extraction.zh.roles import Proposals, RoleModel, instances, propose
from trihelix.schema.errors import ConfigurationError

ROLES = ("Convening.speaker", "Convening.venue", "Research.output")
YES, NO = 8.0, -8.0


def folded(marked: str) -> Reading:
    found = read(annotation(marked))
    _, introductions = read_posts(found)
    for sentence in found.sentences:
        fold(sentence, introductions.get(sentence.index, []), found)
    return found


def saved(folder: Path, bias: tuple[float, ...], weights: dict[int, float] | None = None) -> Path:
    """A model whose first role has weights at some features, and the rest only its bias."""
    rows = np.zeros((len(weights or {}), len(ROLES)), np.float16)
    rows[:, 0] = list((weights or {}).values())
    np.savez(
        folder / "zh-roles.npz",
        allow_pickle=False,
        roles=np.array(ROLES),
        bias=np.array(bias, np.float16),
        buckets=np.array(list(weights or {}), np.int32),
        weights=rows,
    )
    return folder / "zh-roles.npz"


@pytest.fixture
def talkative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that gives every role to everything."""
    model = RoleModel(saved(tmp_path, (YES, YES, YES)))
    monkeypatch.setattr(roles, "role_model", lambda: model)


def test_every_mention_is_looked_at_in_its_sentence() -> None:
    found = [(s, e) for s, e, _ in instances(folded("{P:方舟}来了。{U:江州大学}、{F:云帆}签约。"))]
    assert found == [(0, "方舟"), (1, "江州大学"), (1, "云帆")]


def test_an_organization_is_looked_at_where_its_head_stands_for_it() -> None:
    found = {e for _, e, _ in instances(folded("{U:江州大学}校长{P:方舟}致辞。"))}
    assert found == {"方舟", "江州大学"}


def test_the_words_around_a_mention_are_its_features() -> None:
    (_, _, here), (_, _, there) = instances(folded("{P:方舟}主持会议。{P:何一鸣}缺席。"))
    assert len(set(here) & set(there)) < len(set(here)) / 2
    assert all(0 <= f < roles.BUCKETS for f in here)


def test_the_same_text_always_has_the_same_features() -> None:
    marked = "{P:方舟}在{C:江州}向{U:江州大学}介绍了{T:云脑}。"
    assert list(instances(folded(marked))) == list(instances(folded(marked)))


def test_weights_of_known_features_add_up(tmp_path: Path) -> None:
    model = RoleModel(saved(tmp_path, (NO, NO, NO), {3: 5.0, 7: 3.0}))
    assert model.chances([3, 7]).round(2).tolist() == [0.5, 0.0, 0.0]
    assert model.chances([1, 2]).round(2).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.usefixtures("talkative")
def test_each_kind_may_play_only_its_roles() -> None:
    found = propose(folded("{P:方舟}在{C:江州}讲了{T:云脑}。"))
    assert set(found.best) == {
        (("Convening", "speaker"), "方舟"),
        (("Convening", "venue"), "方舟"),
        (("Convening", "venue"), "江州"),
        (("Research", "output"), "云脑"),
    }


def test_of_several_chances_the_highest_counts() -> None:
    found = Proposals()
    for sentence, chance in ((0, 0.4), (1, 0.8), (1, 0.6)):
        found.add(sentence, ("Convening", "speaker"), "方舟", chance)
    assert found.role("Convening", "speaker", "方舟") == 0.8
    assert found.roles[1, ("Convening", "speaker"), "方舟"] == 0.8
    assert found.role("Convening", "venue", "方舟") < roles.LEAST


def test_the_shipped_model_reads_roles() -> None:
    found = propose(folded("论坛由{U:江州大学}主办，{P:方舟}作主旨报告。"))
    assert found.role("Convening", "organizer", "江州大学") > 0.5
    assert found.role("Convening", "speaker", "方舟") > 0.5
    assert found.role("Convening", "speaker", "江州大学") < 0.5


def test_a_missing_model_is_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"zh-roles\.npz.*install Trihelix"):
        RoleModel(tmp_path / "zh-roles.npz")
