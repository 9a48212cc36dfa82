"""Train the linear role reader (extraction/zh/roles.py) on the annotated documents.

    python extraction/training/train_roles.py --data DATA                       models/zh-roles.npz
    python extraction/training/train_roles.py --data DATA --without 0 --out F   all but fold 0

Needs torch. A document says who plays which role, not where: the chance that some mention of an
entity says so is learnt (one minus the product of the mentions' misses).
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from fit_judges import document_of
from marks import LETTERS, Block, vocabulary
from split import fold_of, is_held_out
from torch import Tensor, nn
from zh_domain import domain_blocks

from trihelix.extraction.zh import roles as reading_roles
from trihelix.extraction.zh.fold import fold
from trihelix.extraction.zh.posts import read_posts
from trihelix.extraction.zh.reading import read
from trihelix.extraction.zh.sentences import sentences
from trihelix.schema.records import Annotation, Entity, Reference, Span

ROLES = [f"{kind}.{role}" for kind, event in vocabulary()[1].items() for role in event["roles"]]
FILE = Path(reading_roles.__file__).parents[1] / "models" / "zh-roles.npz"


def annotation_of(block: Block) -> Annotation:
    """A marked document as the pipeline would annotate it."""
    document = document_of(block)
    forms = block.surfaces()
    entities = tuple(
        Entity(
            id=i,
            kind=LETTERS[i[0]],
            name=max(names, key=len),
            mentions=tuple(
                Span(start=m.start, end=m.end)
                for m in sorted(block.mentions, key=_place)
                if m.id == i
            ),
        )
        for i, names in forms.items()
    )
    references = tuple(
        Reference(start=m.start, end=m.end, entities=(m.id,))
        for m in sorted(block.marks, key=_place)
        if m.generic and m.id in forms
    )
    return Annotation(
        document=document,
        sentences=sentences(document.text),
        entities=entities,
        references=references,
    )


def _place(mark) -> tuple[int, int]:
    return mark.start, -mark.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One document: features of its mentions, whose they are, and what is true of whom."""

    features: list[list[int]]
    owners: list[int]
    entities: int
    true: frozenset[tuple[int, int]]
    unknown: frozenset[tuple[int, int]]


def sample(block: Block) -> Sample:
    found = read(annotation_of(block))
    posts, introductions = read_posts(found)
    for post in posts:
        found.employers.setdefault(post.person, post.organization)
    for sentence in found.sentences:
        fold(sentence, introductions.get(sentence.index, []), found)
    number: dict[str, int] = {}
    features, owners = [], []
    for _, entity, words in reading_roles.instances(found):
        owners.append(number.setdefault(entity, len(number)))
        features.append(words)
    true, unknown = _facts(block, number)
    return Sample(
        features=features,
        owners=owners,
        entities=len(number),
        true=frozenset(true),
        unknown=frozenset(unknown - true),
    )


def _facts(block: Block, number: dict[str, int]) -> tuple[set, set]:
    true, unknown = set(), set()
    for event in block.events:
        kinds = [event.kind, *event.attributes.get("alt", "").split(",")]
        for role, name in event.participants:
            for kind in kinds:
                if name in number and f"{kind}.{role}" in ROLES:
                    fact = (number[name], ROLES.index(f"{kind}.{role}"))
                    sure = kind == event.kind and not event.optional
                    (true if sure else unknown).add(fact)
    return true, unknown


class Linear(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.EmbeddingBag(reading_roles.BUCKETS, len(ROLES), mode="sum")
        self.bias = nn.Parameter(torch.full((len(ROLES),), -4.0))
        nn.init.zeros_(self.weights.weight)

    def forward(self, features: list[list[int]], *, drop: float = 0.0) -> Tensor:
        kept = [[f for f in row if random.random() >= drop] or row[:1] for row in features]
        flat = torch.tensor([f for row in kept for f in row])
        offsets = torch.tensor(np.cumsum([0, *map(len, kept)])[:-1])
        return self.weights(flat, offsets) + self.bias


def loss_of(model: Linear, batch: list[Sample], *, drop: float) -> Tensor:
    scores = model([f for s in batch for f in s.features], drop=drop)
    owners, base, true, unknown = [], 0, [], []
    for s in batch:
        owners += [base + o for o in s.owners]
        true += [(base + e, k) for e, k in s.true]
        unknown += [(base + e, k) for e, k in s.unknown]
        base += s.entities
    missed = torch.zeros(base, len(ROLES)).index_add(
        0, torch.tensor(owners), nn.functional.logsigmoid(-scores)
    )
    label, weight = torch.zeros_like(missed), torch.ones_like(missed)
    if true:
        label[tuple(torch.tensor(true).T)] = 1
    if unknown:
        weight[tuple(torch.tensor(unknown).T)] = 0
    found = torch.log(-torch.expm1(missed.clamp(max=-1e-6)) + 1e-9)
    return -(weight * (label * found + (1 - label) * missed)).sum() / base


def train(samples: list[Sample], *, epochs: int, rate: float, shrink: float, drop: float) -> Linear:
    torch.manual_seed(7)
    random.seed(7)
    model = Linear()
    optimizer = torch.optim.Adagrad(model.parameters(), lr=rate)
    for epoch in range(epochs):
        random.shuffle(samples)
        total = 0.0
        for start in range(0, len(samples), 32):
            loss = loss_of(model, samples[start : start + 32], drop=drop)
            penalty = shrink * model.weights.weight.pow(2).sum()
            optimizer.zero_grad()
            (loss + penalty).backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(samples) / 32):.3f}", flush=True)
    return model


def save(model: Linear, path: Path, *, least: float = 0.02) -> None:
    """The rows that matter, in half precision."""
    weights = model.weights.weight.detach().numpy()
    weights = np.where(np.abs(weights) < least, 0, weights)
    buckets = np.flatnonzero(np.abs(weights).max(axis=1) > 0)
    np.savez_compressed(
        path,
        roles=np.array(ROLES),
        bias=model.bias.detach().numpy().astype(np.float16),
        buckets=buckets.astype(np.int32),
        weights=weights[buckets].astype(np.float16),
    )


def figures(model: Linear, samples: list[Sample]) -> str:
    """F1 of roles by entity and document, with gold mentions, at the best threshold."""
    rows = []
    with torch.no_grad():
        for s in samples:
            if not s.features:
                continue
            chances = model(s.features).sigmoid().numpy()
            best = np.zeros((s.entities, len(ROLES)))
            np.maximum.at(best, s.owners, chances)
            keys = set(zip(*np.nonzero(best > 0.05), strict=True)) | s.true
            rows += [(best[k], k in s.true) for k in keys if k not in s.unknown]
    tries = []
    for threshold in np.arange(0.2, 0.7, 0.05):
        right = sum(t for c, t in rows if c >= threshold)
        found = sum(c >= threshold for c, _ in rows)
        there = sum(t for _, t in rows)
        tries.append(
            (2 * right / max(1, found + there), threshold, right / max(1, found), right / there)
        )
    return "F1 {:.3f} at {:.2f} (P {:.3f}, R {:.3f})".format(*max(tries))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--rate", type=float, default=0.15)
    parser.add_argument("--shrink", type=float, default=1e-5)
    parser.add_argument("--drop", type=float, default=0.5)
    parser.add_argument("--without", type=int, help="leave out a fold (see split.py)")
    parser.add_argument("--out", type=Path, default=FILE)
    args = parser.parse_args()
    training, held_out = [], {"corpus": [], "real": [], "left out": []}
    for block in domain_blocks(args.data):
        if is_held_out(block):
            held_out["real" if "record" in block.attributes else "corpus"].append(sample(block))
        elif fold_of(block) == args.without:
            held_out["left out"].append(sample(block))
        else:
            training.append(sample(block))
    training = [s for s in training if s.features]
    print(
        len(training), "documents,", sum(len(s.features) for s in training), "mentions", flush=True
    )
    model = train(training, epochs=args.epochs, rate=args.rate, shrink=args.shrink, drop=args.drop)
    for name, samples in held_out.items():
        if samples:
            print(name, figures(model, samples))
    save(model, args.out)


if __name__ == "__main__":
    main()
