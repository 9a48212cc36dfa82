"""Train the Chinese span tagger and export it as an int8 ONNX model.

    python extraction/training/train_zh_tagger.py --data DATA --encoder DIR --out DIR

`DATA` holds the public sets and name lists, `DIR` of the encoder the unpacked Maven artifact.
Needs torch, onnx and onnxruntime; one CPU core trains about 1,000 characters a second.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from zh_encoder import SpanTagger, load_weights, narrowed, read_pieces, restored
from zh_labels import LABELS, Example, allowed_masks
from zh_mixture import training_mixture

TOGETHER = 8  # steps that each process takes between averaging weights
STUDENT = {"heads": 4, "neurons": 512}  # in each layer; the teacher has 8 and 2,048
LIMIT = 160  # characters of one training text; longer ones are cut there
RANK, PROCESSES = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
BITS = torch.tensor([1 << k for k in range(len(LABELS))], dtype=torch.int64)


class Batches:
    """Shuffled batches of about `size` characters, texts of like length together."""

    def __init__(self, pieces: list[str], *, size: int, seed: int) -> None:
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self._size = size
        self._random = random.Random(seed)

    def encode(self, text: str) -> list[int]:
        unknown, space = self._ids["[UNK]"], self._ids["[unused1]"]
        return [space if char.isspace() else self._ids.get(char.lower(), unknown) for char in text]

    def epoch(self, examples: list[Example]) -> list[tuple[Tensor, Tensor, Tensor]]:
        order = sorted(examples, key=lambda e: min(len(e.text), LIMIT) + self._random.random() * 12)
        groups, group, longest = [], [], 0
        for example in order:
            longest = max(longest, min(len(example.text), LIMIT) + 2)
            if group and longest * (len(group) + 1) > self._size:
                groups.append(group)
                group, longest = [], min(len(example.text), LIMIT) + 2
            group.append(example)
        groups.append(group)
        self._random.shuffle(groups)
        return [self.batch(group) for group in groups]

    def batch(self, group: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
        """Ids, additive attention mask, and the allowed labels of each character as bits."""
        length = max(min(len(e.text), LIMIT) for e in group) + 2
        ids = np.zeros((len(group), length), np.int64)
        mask = np.full((len(group), 1, 1, length), -1e4, np.float32)
        allowed = np.zeros((len(group), length), np.int64)
        for row, example in enumerate(group):
            codes = self.encode(example.text[:LIMIT])
            end = len(codes) + 2
            ids[row, :end] = [self._ids["[CLS]"], *codes, self._ids["[SEP]"]]
            mask[row, :, :, :end] = 0
            allowed[row, 1 : end - 1] = allowed_masks(example)[:LIMIT]
        return torch.tensor(ids), torch.tensor(mask), torch.tensor(allowed)


def partial_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that the allowed labels hold together.

    The marginal likelihood of partial annotation (Cour, Sapp & Taskar, JMLR 2011): a source that
    does not annotate posts allows them outside its spans instead of denying them.
    """
    keep = allowed > 0
    scores, bits = scores[keep], (allowed[keep].unsqueeze(-1) & BITS) > 0
    chosen = scores.masked_fill(~bits, -1e9).logsumexp(-1)
    return (scores.logsumexp(-1) - chosen).mean()


class Distilled:
    """The loss of a student: its annotation, and what a teacher says of the same characters.

    The teacher's probabilities (Hinton et al., 2015) among the labels that the annotation allows
    count on every character, annotated or not, and the student's last hidden states are drawn to
    the teacher's (Jiao et al., TinyBERT, 2020). Without a teacher the annotation alone counts.
    """

    def __init__(self, teacher: SpanTagger | None, *, soft: float = 1.0) -> None:
        self._teacher, self._soft = teacher, soft

    def __call__(self, model: SpanTagger, ids: Tensor, mask: Tensor, allowed: Tensor) -> Tensor:
        hidden = model.encode(ids, mask)
        scores = model.head(hidden)
        loss = partial_loss(scores, allowed)
        if self._teacher is None:
            return loss
        keep = allowed > 0
        with torch.no_grad():
            taught = self._teacher.encode(ids, mask)
            open_ = (allowed[keep].unsqueeze(-1) & BITS) > 0
            right = self._teacher.head(taught)[keep].masked_fill(~open_, -30).log_softmax(-1)
        said = scores[keep].log_softmax(-1)
        soft = (right.exp() * (right - said)).sum(-1).mean()
        near = nn.functional.mse_loss(hidden[keep], taught[keep])
        return loss + self._soft * (soft + near / taught[keep].var())


def train(
    model: SpanTagger,
    batches: Iterator[list],
    *,
    steps: int,
    args: argparse.Namespace,
    loss_of: Distilled,
) -> None:
    """AdamW, warm-up, then linear decay to the last step or minute; word embeddings stay fixed."""
    model.words.weight.requires_grad = False
    body = [p for n, p in model.named_parameters() if not n.startswith(("head", "words"))]
    head = list(model.head.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "scale": 1}, {"params": head, "scale": 5}], weight_decay=0.01
    )
    model.train()
    log = _Log(args.out, steps)
    for step, batch in enumerate(batches):
        progress = max(step / steps, log.minutes() / args.minutes)
        if step % TOGETHER == 0:
            progress = _shared([*body, *head], progress)
            if progress >= 1:
                break
        progress = min(progress, 0.999)
        loss = loss_of(model, *batch)
        optimizer.zero_grad()
        loss.backward()
        for group in optimizer.param_groups:
            group["lr"] = args.rate * group["scale"] * min(progress / 0.05 + 0.01, 1 - progress)
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        log.step(model, loss.item(), int((batch[2] > 0).sum()))
    _shared([*body, *head], 1.0)


class _Log:
    """Prints loss and speed and saves the weights every 48 steps, in the first process."""

    def __init__(self, folder: Path, steps: int) -> None:
        self._folder, self._steps = folder, steps
        self._started, self._seen, self._losses = time.time(), 0, []

    def minutes(self) -> float:
        return (time.time() - self._started) / 60

    def step(self, model: SpanTagger, loss: float, characters: int) -> None:
        self._seen += characters
        self._losses.append(loss)
        if len(self._losses) % 48 == 0 and RANK == 0:
            rate = self._seen / self.minutes() / 60
            recent = sum(self._losses[-48:]) / 48
            print(f"{len(self._losses)}/{self._steps} loss {recent:.4f}, {rate:.0f}/s", flush=True)
            torch.save(model.state_dict(), self._folder / "last.pt")


def _shared(parameters: list[torch.nn.Parameter], progress: float) -> float:
    """Average weights and progress over the processes that torchrun started, if it did.

    Each process takes its own steps in between (local SGD, Stich, ICLR 2019).
    """
    if PROCESSES == 1:
        return progress
    flat = torch.cat([*(p.data.flatten() for p in parameters), torch.tensor([progress])])
    torch.distributed.all_reduce(flat)
    flat /= PROCESSES
    parts = flat[:-1].split([p.numel() for p in parameters])
    for parameter, part in zip(parameters, parts, strict=True):
        parameter.data.copy_(part.view_as(parameter))
    return float(flat[-1])


def export(
    model: nn.Module, pieces: list[str], folder: Path, *, outputs: tuple[str, ...] = ("scores",)
) -> None:
    """`model.onnx` with int8 weights (7 bits used: exact on CPUs without VNNI), labels, pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    full = folder / "model-fp32.onnx"
    sample = torch.ones(1, 20, dtype=torch.int64)
    torch.onnx.export(
        model,
        (sample,),
        str(full),
        input_names=["ids"],
        output_names=list(outputs),
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", *outputs)},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        full,
        folder / "model.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", "utf-8")
    (folder / "labels.json").write_text(json.dumps(list(LABELS)) + "\n", "utf-8")


def main() -> None:
    """Read, train, export."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if PROCESSES > 1:
        torch.distributed.init_process_group("gloo")
    torch.manual_seed(args.seed)
    pieces, rows = read_pieces(args.encoder / "bge-small-zh-v1.5-tokenizer.json")
    examples, _ = training_mixture(
        args.data,
        synthetic=args.synthetic,
        seed=args.seed,
        unlabelled=args.unlabelled,
        repeat=args.repeat,
    )
    batches = Batches(pieces, size=args.batch, seed=args.seed)
    teacher = None
    if args.teacher:
        teacher = restored(args.teacher).eval()
    if args.weights:
        model = restored(args.weights)
    elif teacher:
        model = _student(teacher, batches, examples)
    else:
        model = SpanTagger(len(pieces), len(LABELS))
        load_weights(model, args.encoder / "bge-small-zh-v1.5.onnx", rows)
    plan = _plan(batches, examples, characters=args.characters)
    print(f"{len(examples)} texts, {len(plan)} steps", flush=True)
    train(model, iter(plan), steps=len(plan), args=args, loss_of=Distilled(teacher))
    if RANK == 0:
        torch.save(model.state_dict(), args.out / "last.pt")
        export(model, pieces, args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--teacher", type=Path, help="train a smaller student of these weights")
    parser.add_argument("--characters", type=int, default=1_600_000)
    parser.add_argument("--batch", type=int, default=1300)
    parser.add_argument("--rate", type=float, default=2.0e-4)
    parser.add_argument("--minutes", type=float, default=math.inf, help="end after so many")
    parser.add_argument("--synthetic", type=int, default=5000)
    parser.add_argument("--unlabelled", type=int, default=0, help="characters of unlabelled text")
    parser.add_argument("--repeat", type=int, default=2, help="times the own documents come")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _student(teacher: SpanTagger, batches: Batches, examples: list[Example]) -> SpanTagger:
    """The smaller tagger, cut out of the teacher by what matters on 40 batches."""
    sample = batches.epoch([e for e in examples if e.source != "unlabelled"])[:40]
    losses = [
        lambda model, batch=batch: partial_loss(model(*batch[:2]), batch[2]) for batch in sample
    ]
    return narrowed(teacher, **STUDENT, losses=losses)


def _plan(batches: Batches, examples: list[Example], *, characters: int) -> list:
    """This process's batches: epochs over the examples until so many characters are read."""
    size = sum(min(len(e.text), LIMIT) for e in examples)
    epochs = math.ceil(characters / size)
    plan = [batch for _ in range(epochs) for batch in batches.epoch(examples)]
    plan = plan[: int(len(plan) * characters / (size * epochs))]
    return plan[RANK : len(plan) - len(plan) % PROCESSES : PROCESSES]


if __name__ == "__main__":
    main()
