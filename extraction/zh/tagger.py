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
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

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

COARSE: Final = {
    "University": "ORG_UNI",
    "Institute": "ORG_RES",
    "Laboratory": "ORG_RES",
    "Hospital": "ORG_RES",
    "Firm": "ORG_FIRM",
    "Investor": "ORG_FIRM",
    "Agency": "ORG_GOV",
    "Intermediary": "ORG_OTHER",
    "Association": "ORG_OTHER",
    "OtherOrganization": "ORG_OTHER",
    **{name: name for name in ("ORG_UNI", "ORG_RES", "ORG_FIRM", "ORG_GOV", "ORG_OTHER")},
}
"""The label that a span of each kind of organization carries."""

_TINY = 1e-9
_FIRST, _INSIDE, _LAST, _SINGLE = range(4)  # rows of B, I, E and S
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
    mean of its characters' probabilities to stand there in an organization of any kind (or in a
    person, place or post); its kind is the likeliest over all its characters. One tagger serves
    one thread.

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
        self._kinds = _Kinds(labels)
        self._scheme = _Scheme(self._kinds.classes)
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
        return [self.read(text) for text in texts]

    def read(self, text: str) -> list[Tagged]:
        """The spans of one text."""
        found: list[Tagged] = []
        for start, end in windows(text):
            found += self._spans(self._scores(text[start:end]), start)
        return found

    def _spans(self, scores: Scores, start: int) -> Iterator[Tagged]:
        chances = _softmax(scores)
        for first, last, name, score in self._scheme.spans(self._kinds.merged(chances)):
            yield Tagged(
                start=start + first,
                end=start + last,
                score=round(score, 4),
                **self._kinds.of(name, chances[first:last]),
            )

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


def _softmax(scores: Scores) -> Scores:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


class _Kinds:
    """The labels of a model: kinds of organization merged into one class, and told apart again."""

    def __init__(self, labels: list[str]) -> None:
        places = [(label[0], label[2:]) for label in labels]
        merged = [f"{p}-ORG" if k in COARSE else f"{p}-{k}".strip("-") for p, k in places]
        self.classes = list(dict.fromkeys(merged))
        self._columns = np.array([self.classes.index(name) for name in merged])
        self._sum = (self._columns[:, None] == np.arange(len(self.classes))).astype(np.float32)
        self._kinds = list(dict.fromkeys(k for _, k in places if k in COARSE))
        self._of_kind = np.array(
            [[labels.index(f"{prefix}-{kind}") for kind in self._kinds] for prefix in "BIES"]
        )

    def merged(self, chances: Scores) -> Scores:
        """Log probabilities of the classes, array (characters, classes)."""
        return np.asarray(np.log(chances @ self._sum + _TINY), np.float32)

    def of(self, name: str, chances: Scores) -> Any:
        """The label, kind and chance of the kind of a span, given its characters' chances."""
        if name != "ORG":
            return {"label": name}
        shape = np.full(len(chances), _INSIDE)
        shape[0], shape[-1] = _FIRST, _LAST
        if len(chances) == 1:
            shape[0] = _SINGLE
        seen = np.take_along_axis(chances, self._of_kind[shape], axis=1)
        likely = np.exp(np.log(seen + _TINY).mean(axis=0))
        best = int(likely.argmax())
        kind = self._kinds[best]
        label = COARSE[kind]
        sure = float(likely[best] / likely.sum())
        return {"label": label, "kind": kind if kind != label else None, "sure": round(sure, 4)}


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

    def best_path(self, chances: Scores) -> Labels:
        """The best legal labels of a window: each character's own best where those are legal."""
        path: Labels = chances.argmax(axis=1)
        legal = self._legal[path[:-1], path[1:]].all()
        if legal and self._first[path[0]] and not self._opens[path[-1]]:
            return path
        return self._viterbi(chances)

    def _viterbi(self, chances: Scores) -> Labels:
        best = chances[0] + np.where(self._first, 0, -1e9).astype(np.float32)
        back = np.zeros(chances.shape, dtype=np.intp)
        for row in range(1, len(chances)):
            through = best[:, None] + self._penalty
            back[row] = through.argmax(axis=0)
            best = through.max(axis=0) + chances[row]
        path = np.empty(len(chances), dtype=np.intp)
        path[-1] = np.where(self._opens, -np.inf, best).argmax()
        for row in range(len(chances) - 1, 0, -1):
            path[row - 1] = back[row, path[row]]
        return path

    def spans(self, chances: Scores) -> list[tuple[int, int, str, float]]:
        """Start, end, class and score of each span; `chances` are log probabilities of classes."""
        path = self.best_path(chances)
        chosen = chances[np.arange(len(path)), path]
        found = []
        start = 0
        for position, label in enumerate(path.tolist()):
            if self._opens[label]:
                continue
            if self._closes[label]:
                score = float(np.exp(chosen[start : position + 1].mean()))
                found.append((start, position + 1, self._kinds[label], score))
            start = position + 1
        return found
