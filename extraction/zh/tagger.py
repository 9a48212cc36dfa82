"""Tag organizations, people, places and posts in Chinese text with a small encoder on one core.

The model (`extraction/models/zh-tagger`, see its card) scores every character for BIOES labels
(Ratinov & Roth, CoNLL 2009); the best legal sequence is found as in Viterbi, IEEE Trans. Inf.
Theory 1967. Each window of text is scored on its own: int8 inference scales its activations over
all that is scored together, so a batch would let one text change another's labels.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from trihelix.extraction.tagged import Tagged
from trihelix.schema.errors import ConfigurationError

__all__ = ["Tagged", "Tagger"]

WINDOW: Final = 160
"""Characters scored together; sentences are joined up to it. The model was trained on as many."""

LONGEST: Final = 510
"""Characters of the longest sentence scored whole (the encoder has 512 positions)."""

_FOLDER = Path(__file__).parents[1] / "models" / "zh-tagger"
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）)\s]*|[^。！？；\n]+$")
_CLAUSE = re.compile(r"[^，、,;:：\s]*[，、,;:：\s]+|[^，、,;:：\s]+$")
_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]")
_PLANE = 0x20000
"""Code points that the table of pieces covers; those above are unknown to the vocabulary."""

Scores = NDArray[np.float32]
Labels = NDArray[np.intp]


class Tagger:
    """Finds spans labelled ORG_UNI, ORG_RES, ORG_FIRM, ORG_GOV, ORG_OTHER, PER, LOC or TITLE.

    A unit written with its parent (武汉大学计算机学院) is one span. A span's score is the geometric
    mean of its characters' label probabilities. One tagger serves one thread.

    Raises:
        ConfigurationError: `folder` lacks `model.onnx`, `vocab.txt` or `labels.json`.

    >>> [(t.start, t.end, t.label) for t in Tagger().tag(["清华大学与华为签约。"])[0]]
    [(0, 4, 'ORG_UNI'), (5, 7, 'ORG_FIRM')]
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _FOLDER
        for name in ("model.onnx", "vocab.txt", "labels.json"):
            if not (self._folder / name).is_file():
                raise ConfigurationError(
                    f"no {name} in {self._folder}, expected a tagger's model.onnx, vocab.txt and "
                    "labels.json; install Trihelix with its model files"
                )
        labels: list[str] = json.loads((self._folder / "labels.json").read_text("utf-8"))
        self._scheme = _Scheme(labels)
        self._table = _piece_table((self._folder / "vocab.txt").read_text("utf-8").split("\n")[:-1])

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            self._folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )

    def tag(self, texts: Sequence[str]) -> list[list[Tagged]]:
        """The spans of each text in order, never overlapping; offsets are code points.

        A text of any length will do; what is found in it does not depend on the other texts.
        """
        return [self._tag_one(text) for text in texts]

    def _tag_one(self, text: str) -> list[Tagged]:
        found: list[Tagged] = []
        for start, end in windows(text):
            scores = self._scores(text[start:end])
            path = self._scheme.best_path(scores)
            found += self._scheme.spans(path, _log_softmax(scores), start)
        return found

    def _scores(self, text: str) -> Scores:
        """Label scores of each character: array (characters, labels)."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        pieces = self._table[np.minimum(codes, _PLANE)]
        ids = np.concatenate(([_PIECES.index("[CLS]")], pieces, [_PIECES.index("[SEP]")]))
        (scores,) = self._session.run(None, {"ids": ids[None].astype(np.int64)})
        return np.asarray(scores[0, 1:-1], dtype=np.float32)


def windows(text: str) -> list[tuple[int, int]]:
    """Cut a text at the ends of sentences into windows to be scored; blank ones are left out.

    Sentences are joined up to WINDOW characters, and one of more than LONGEST is cut at commas.

    >>> windows("一。" * 100)
    [(0, 160), (160, 200)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in _sentences(text):
        if joined and end - joined[-1][0] <= WINDOW:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if not text[start:end].isspace()]


def _sentences(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        if len(match.group()) <= LONGEST:
            found.append(match.span())
        else:
            found += _clauses(match.group(), match.start())
    return found


def _clauses(sentence: str, offset: int) -> list[tuple[int, int]]:
    """Clauses of a sentence, joined up to WINDOW and cut at LONGEST where there is no comma."""
    joined: list[tuple[int, int]] = []
    for match in _CLAUSE.finditer(sentence):
        start, end = match.span()
        if joined and end - joined[-1][0] <= WINDOW:
            joined[-1] = (joined[-1][0], end)
            continue
        joined += [(cut, min(cut + LONGEST, end)) for cut in range(start, end, LONGEST)]
    return [(start + offset, end + offset) for start, end in joined]


def _piece_table(pieces: list[str]) -> NDArray[np.int32]:
    """The piece of every code point: itself, its lower case, or its compatible form (ｈ as h)."""
    number = {piece: index for index, piece in enumerate(pieces)}
    if tuple(pieces[: len(_PIECES)]) != _PIECES:
        raise ConfigurationError(
            f"vocab.txt begins with {pieces[: len(_PIECES)]}, expected {list(_PIECES)}; "
            "take the vocabulary exported with the model"
        )
    table = np.full(_PLANE + 1, number["[UNK]"], dtype=np.int32)
    for code in range(_PLANE):
        char = chr(code)
        if char.isspace():
            table[code] = number["[unused1]"]
            continue
        lower = char.lower()
        piece = number.get(lower)
        if piece is None and not 0x3400 <= code < 0xF900:
            piece = number.get(unicodedata.normalize("NFKC", lower))
        if piece is not None:
            table[code] = piece
    return table


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


class _Scheme:
    """A BIOES label set: which label may follow which, and sequences to spans."""

    def __init__(self, labels: list[str]) -> None:
        self._kinds = [label.partition("-")[2] for label in labels]
        prefix = np.array([label[0] for label in labels])
        kind = np.array(self._kinds)
        self._opens = np.isin(prefix, ("B", "I"))  # a span that goes on
        self._closes = np.isin(prefix, ("S", "E"))
        goes_on = self._opens[:, None] & np.isin(prefix, ("I", "E"))[None]
        goes_on &= kind[:, None] == kind[None]
        starts = ~self._opens[:, None] & np.isin(prefix, ("O", "B", "S"))[None]
        self._legal = goes_on | starts
        self._first = np.isin(prefix, ("O", "B", "S"))
        self._penalty = np.where(self._legal, 0, -1e9).astype(np.float32)

    def best_path(self, scores: Scores) -> Labels:
        """The best legal labels of a window: each character's own best where those are legal."""
        path: Labels = scores.argmax(axis=1)
        legal = self._legal[path[:-1], path[1:]].all()
        if legal and self._first[path[0]] and not self._opens[path[-1]]:
            return path
        return self._viterbi(scores)

    def _viterbi(self, scores: Scores) -> Labels:
        best = scores[0] + np.where(self._first, 0, -1e9).astype(np.float32)
        back = np.zeros(scores.shape, dtype=np.intp)
        for row in range(1, len(scores)):
            through = best[:, None] + self._penalty
            back[row] = through.argmax(axis=0)
            best = through.max(axis=0) + scores[row]
        path = np.empty(len(scores), dtype=np.intp)
        path[-1] = np.where(self._opens, -np.inf, best).argmax()
        for row in range(len(scores) - 1, 0, -1):
            path[row - 1] = back[row, path[row]]
        return path

    def spans(self, path: Labels, chances: Scores, offset: int) -> list[Tagged]:
        """The spans of a legal path, shifted by `offset`; `chances` are log probabilities."""
        chosen = chances[np.arange(len(path)), path]
        found: list[Tagged] = []
        for end in np.flatnonzero(self._closes[path]) + 1:
            inside = self._opens[path[:end]]
            start = int(end) - 1
            while start and inside[start - 1]:
                start -= 1
            score = float(np.exp(chosen[start:end].mean()))
            label = self._kinds[path[end - 1]]
            found.append(
                Tagged(
                    start=offset + start, end=offset + int(end), label=label, score=round(score, 4)
                )
            )
        return found
