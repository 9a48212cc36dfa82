"""Train the tagger and its heads of roles and relations together, and export them.

    python extraction/training/train_zh_facts.py --data DATA --encoder DIR --weights PT --out DIR

Goes on from a trained tagger (train_zh_tagger.py). Each step reads whole annotated documents for
labels, roles and relations, and as many characters of the public sets for their labels alone.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from split import is_held_out
from train_zh_tagger import (
    PROCESSES,
    RANK,
    Batches,
    _share,
    export,
    partial_loss,
)
from zh_domain import _windows, domain_blocks
from zh_encoder import Shape, SpanTagger, read_pieces
from zh_facts import LINKS, Facts, FactTagger, chances, fact_loss, save_heads
from zh_labels import LABELS
from zh_mixture import training_mixture


def documents(data: Path, *, everything: bool) -> tuple[list[Facts], list[Facts]]:
    """Annotated documents to learn from, and those held out (none of them with `everything`)."""
    training, held_out = [], []
    for block in domain_blocks(data):
        real = "record" in block.attributes
        facts = Facts.of(block, _windows(block, "real" if real else "domain"))
        if is_held_out(block) and not everything:
            held_out.append(facts)
        else:
            training.append(facts)
    return training, held_out


def groups(documents: list[Facts], *, size: int, chance: random.Random) -> list[list[Facts]]:
    """Documents of like length together, about `size` characters a group, in random order."""
    order = sorted(documents, key=lambda d: d.size + chance.random() * 150)
    found, group, characters = [], [], 0
    for document in order:
        group.append(document)
        characters += document.size
        if characters >= size:
            found.append(group)
            group, characters = [], 0
    found += [group] if group else []
    chance.shuffle(found)
    return found


def step_loss(model: FactTagger, batches: Batches, group: list[Facts], public: tuple | None):
    """Labels, roles and links of some documents, and labels of a batch of the public sets."""
    ids, mask, allowed = batches.batch([w for d in group for w in d.windows])
    scores, states = model(ids, mask)
    labels = partial_loss(scores, allowed)
    roles = links = 0
    first = 0
    for document in group:
        role, link = fact_loss(model, states, document, first)
        roles, links = roles + role, links + link
        first += len(document.windows)
    entities = max(1, sum(d.entities for d in group))
    parts = [labels, roles / entities, links / entities]
    total = 2 * labels + parts[1] + parts[2]
    if public is not None:
        total = total + 2 * partial_loss(model.tagger(*public[:2]), public[2])
    return total, [float(p) for p in parts]


def train(model: FactTagger, plan: list, batches: Batches, args: argparse.Namespace) -> None:
    """AdamW, warm-up, then linear decay to the last step or minute; word embeddings stay fixed."""
    model.tagger.words.weight.requires_grad = False
    body = [p for n, p in model.tagger.named_parameters() if not n.startswith("words")]
    heads = [p for n, p in model.named_parameters() if not n.startswith("tagger.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "scale": 1}, {"params": heads, "scale": 8}], weight_decay=0.01
    )
    model.train()
    started, seen = time.time(), []
    for step, (group, public) in enumerate(plan):
        loss, parts = step_loss(model, batches, group, public)
        optimizer.zero_grad()
        loss.backward()
        minutes = (time.time() - started) / 60
        progress = _share([*body, *heads], max(step / len(plan), minutes / args.minutes))
        if progress >= 1:
            break
        for part in optimizer.param_groups:
            part["lr"] = args.rate * part["scale"] * min(progress / 0.05 + 0.01, 1 - progress)
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        seen.append(parts)
        if step % 50 == 49 and RANK == 0:
            print(
                step + 1,
                len(plan),
                np.mean(seen[-50:], 0).round(3),
                f"{minutes:.1f} min",
                flush=True,
            )


def scores(model: FactTagger, batches: Batches, held_out: list[Facts]) -> str:
    """F1 of roles, relations and pairs of one event with gold mentions, at the best threshold."""
    model.eval()
    rows = {"roles": [], "relations": [], "together": []}
    with torch.no_grad():
        for document in held_out:
            ids, mask, _ = batches.batch(list(document.windows))
            roles, links = chances(model, model(ids, mask)[1], document)
            _collect(rows["roles"], roles, document.roles, document.unknown_roles)
            for name, keep in (("relations", False), ("together", True)):
                chosen = [
                    {k: v for k, v in facts.items() if (k[2] == len(LINKS) - 1) == keep}
                    for facts in (
                        links,
                        *(dict.fromkeys(f) for f in (document.links, document.unknown_links)),
                    )
                ]
                _collect(rows[name], chosen[0], set(chosen[1]), set(chosen[2]))
    return "\n".join(f"{name} {_best(found)}" for name, found in rows.items())


def _collect(rows: list, found: dict, true: set, unknown: set) -> None:
    for key in {*found, *true} - set(unknown):
        rows.append((found.get(key, 0.0), key in true))


def _best(rows: list[tuple[float, bool]]) -> str:
    best = (0.0, 0.0, 0.0, 0.0)
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6):
        right = sum(true for chance, true in rows if chance >= threshold)
        found = sum(chance >= threshold for chance, _ in rows)
        there = sum(true for _, true in rows)
        f1 = 2 * right / max(1, found + there)
        best = max(best, (f1, threshold, right / max(1, found), right / max(1, there)))
    return "F1 {:.3f} at {:.1f} (P {:.3f}, R {:.3f})".format(*best)


def main() -> None:
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if PROCESSES > 1:
        torch.distributed.init_process_group("gloo")
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    pieces, _ = read_pieces(args.encoder / "bge-small-zh-v1.5-tokenizer.json")
    model = FactTagger(_tagger(torch.load(args.weights)))
    if args.heads:
        model.load_state_dict(torch.load(args.heads))
    batches = Batches(pieces, size=args.batch, seed=args.seed)
    training, held_out = documents(args.data, everything=args.everything)
    examples, _ = training_mixture(args.data, synthetic=1000, seed=args.seed)
    public = batches.epoch([e for e in examples if e.source not in ("domain", "real")])
    plan = []
    for _ in range(math.ceil(args.epochs)):
        plan += groups(training, size=args.batch, chance=chance)
    plan = [
        (group, public[i % len(public)] if i % args.public == 0 else None)
        for i, group in enumerate(plan)
    ]
    plan = plan[RANK : len(plan) - len(plan) % PROCESSES : PROCESSES]
    print(
        len(training),
        "documents,",
        sum(d.size for d in training),
        "characters,",
        len(held_out),
        "held out",
        flush=True,
    )
    train(model, plan, batches, args)
    if RANK == 0:
        torch.save(model.state_dict(), args.out / "joint.pt")
        save_heads(model, args.out / "facts.npz")
        print(scores(model, batches, held_out))
        export(model, pieces, args.out, outputs=("scores", "states"))


def _tagger(state: dict) -> SpanTagger:
    """A tagger of the shape that its weights have."""
    tagger = SpanTagger(len(state["words.weight"]), len(LABELS), Shape.of(state))
    tagger.load_state_dict(state)
    return tagger


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="a trained tagger's last.pt")
    parser.add_argument("--heads", type=Path, help="joint.pt of an earlier run to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--public", type=int, default=2, help="public sets in every so many steps")
    parser.add_argument("--batch", type=int, default=1300)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--minutes", type=float, default=math.inf, help="end after so many")
    parser.add_argument("--everything", action="store_true", help="hold nothing out")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
