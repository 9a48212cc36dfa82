"""The Chinese tagger on sentences written for these tests."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trihelix.extraction.zh.tagger import LONGEST, WINDOW, Tagger, _Scheme, windows
from trihelix.schema.errors import ConfigurationError

VISIT = (
    "9月12日上午，湖北省教育厅副厅长张建国一行到武汉大学计算机学院调研，"
    "校长李明远、华为技术有限公司副总裁王芳等陪同。"
)
LISTS = "清华大学、北京大学和浙江大学与宁德时代、比亚迪共建新型储能联合实验室，科技部予以支持。"
GENERIC = "各高校要主动对接企业，学校有关部门负责人参加了会议，双方将加强合作。"
STRANGE = [
    "",
    " ",
    "\n\n",
    "\u3000",
    "😀😀",
    "，。！",
    "A",
    "\ud800",
    "𠮷野家",
    "\x00\x01",
    "ﬁﬁ①ｈ",
]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def names(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.label) for t in tagger.tag([text])[0]]


def test_finds_organizations_people_and_posts_with_their_labels(tagger: Tagger) -> None:
    assert names(tagger, VISIT) == [
        ("湖北省教育厅", "ORG_GOV"),
        ("副厅长", "TITLE"),
        ("张建国", "PER"),
        ("武汉大学计算机学院", "ORG_UNI"),
        ("校长", "TITLE"),
        ("李明远", "PER"),
        ("华为技术有限公司", "ORG_FIRM"),
        ("副总裁", "TITLE"),
        ("王芳", "PER"),
    ]


def test_takes_lists_apart_and_knows_bare_brands(tagger: Tagger) -> None:
    found = names(tagger, LISTS)
    assert [name for name, label in found if label == "ORG_UNI"] == [
        "清华大学",
        "北京大学",
        "浙江大学",
    ]
    assert [name for name, label in found if label == "ORG_FIRM"] == ["宁德时代", "比亚迪"]
    assert ("科技部", "ORG_GOV") in found


def test_tells_the_kind_that_context_and_name_give(tagger: Tagger) -> None:
    text = (
        "云岭资本领投、江州市第二人民医院与中国远帆工程学会共建的江州科技企业孵化器揭牌，"
        "江州日报社、精密制造全国重点实验室派员出席。"
    )
    kinds = {text[t.start : t.end]: t.kind for t in tagger.tag([text])[0] if t.kind}
    assert kinds == {
        "云岭资本": "Investor",
        "江州市第二人民医院": "Hospital",
        "中国远帆工程学会": "Association",
        "江州科技企业孵化器": "Intermediary",
        "江州日报社": "OtherOrganization",
        "精密制造全国重点实验室": "Laboratory",
    }


def test_a_kind_comes_with_its_probability_and_only_organizations_have_one(tagger: Tagger) -> None:
    spans = tagger.tag([VISIT])[0]
    assert all((t.kind is None) == (not t.label.startswith("ORG_")) for t in spans)
    assert all(0 <= t.sure <= 1 and (t.sure > 0) == (t.kind is not None) for t in spans)


def test_full_width_and_ascii_punctuation_give_the_same_names(tagger: Tagger) -> None:
    ascii_marks = VISIT.translate(str.maketrans("，。", ",."))
    assert names(tagger, ascii_marks) == names(tagger, VISIT)


def test_leaves_generic_words_alone(tagger: Tagger) -> None:
    assert [n for n in names(tagger, GENERIC) if n[1] != "TITLE"] == []


def test_scores_lie_between_0_and_1_and_obvious_names_score_high(tagger: Tagger) -> None:
    spans = tagger.tag([VISIT])[0]
    assert all(0 < span.score <= 1 for span in spans)
    assert min(span.score for span in spans if span.label == "PER") > 0.8


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_are_answered(tagger: Tagger, text: str) -> None:
    (spans,) = tagger.tag([text])
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_no_texts_give_no_answers(tagger: Tagger) -> None:
    assert tagger.tag([]) == []


def test_offsets_count_code_points_beyond_the_basic_plane(tagger: Tagger) -> None:
    text = "😀𠮷😀：" + VISIT
    assert ("张建国", "PER") in names(tagger, text)


def test_a_text_of_5000_characters_is_tagged_to_its_end(tagger: Tagger) -> None:
    text = (VISIT + LISTS) * 50
    assert len(text) >= 5000
    found = tagger.tag([text])[0]
    assert sum(text[t.start : t.end] == "张建国" for t in found) == 50
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_text_without_any_punctuation_is_cut_and_tagged(tagger: Tagger) -> None:
    assert len(tagger.tag(["清华大学" * 700])[0]) > 0


def test_a_text_is_tagged_alone_as_in_any_batch(tagger: Tagger) -> None:
    texts = [VISIT, LISTS, GENERIC, VISIT + LISTS, "", LISTS[:20]]
    alone = [tagger.tag([text])[0] for text in texts]
    assert tagger.tag(texts) == alone
    shuffled = random.Random(3).sample(range(len(texts)), len(texts))
    assert tagger.tag([texts[i] for i in shuffled]) == [alone[i] for i in shuffled]
    assert Tagger().tag(texts) == alone


def test_a_folder_without_a_model_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"model\.onnx"):
        Tagger(tmp_path)


@given(st.text(alphabet="大学公司，。！\n 、a😀”", max_size=3000))
def test_windows_cover_every_visible_character_once_and_fit_the_encoder(text: str) -> None:
    cut = windows(text)
    assert all(0 < end - start <= LONGEST for start, end in cut)
    assert all(a[1] <= b[0] for a, b in pairwise(cut))
    covered = "".join(text[start:end] for start, end in cut)
    assert "".join(covered.split()) == "".join(text.split())


def test_windows_end_at_sentences() -> None:
    sentence = "高校与企业签约。"
    text = sentence * 60
    cut = windows(text)
    assert all(text[start:end].endswith("。") and end - start <= WINDOW for start, end in cut)


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_best_path_is_the_best_of_all_legal_ones(length: int, seed: int) -> None:
    """Against trying every sequence: B I E S O over one kind."""
    labels = ["O", "B-PER", "I-PER", "E-PER", "S-PER"]
    scores = np.random.default_rng(seed).normal(size=(length, 5)).astype(np.float32)
    path = _Scheme(labels).best_path(scores)
    best = max(_legal_paths(length), key=lambda p: float(sum(scores[range(length), p])))
    assert path.tolist() == best


def _legal_paths(length: int) -> list[list[int]]:
    follows = {0: (0, 1, 4), 1: (2, 3), 2: (2, 3), 3: (0, 1, 4), 4: (0, 1, 4)}
    paths = [[first] for first in (0, 1, 4)]
    for _ in range(length - 1):
        paths = [[*path, following] for path in paths for following in follows[path[-1]]]
    return [path for path in paths if path[-1] in (0, 3, 4)]
