"""Fit the judges of `extraction/judge.py`, and show how well their confidence is calibrated.

    python extraction/training/fit_judges.py --data DATA --folds F0 F1

Every document that is not held out is read with the role model that was trained without its fold
(F0, F1: train_roles.py --without 0 and 1). What a judge sees is what the pipeline finds before
judging; what it learns is whether the gold has it. The tagger knows those documents, so the
held-out ones, and those of `real/three.jsonl`, which it never trained on, then correct the weights,
which are kept near to what they were. The bins that are printed are those of these documents, each
judged with the correction that the other four fifths of them give.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
from marks import Block, gold
from scipy.optimize import minimize
from split import fifth_of, fold_of, is_for_judges, is_held_out
from zh_domain import domain_blocks

from trihelix.extraction import judge as judging
from trihelix.extraction.annotate import annotate
from trihelix.extraction.evaluate import Article, _facts, _fillers
from trihelix.extraction.gold import Gold, _adapter
from trihelix.extraction.judge import Judge
from trihelix.extraction.zh import entities as zh_entities
from trihelix.extraction.zh import roles as zh_roles
from trihelix.extraction.zh import verdicts
from trihelix.extraction.zh.certainty import sort_of
from trihelix.extraction.zh.roles import RoleModel
from trihelix.schema.records import Document, Extraction

FILE = Path(judging.__file__).parent / "models" / "judges.json"
REAL = 4  # times that a real text counts
KEEP = 30.0  # how strongly the judge of roles, of many features, stays as the first fit has it
Row = tuple[dict, bool]  # features, whether the gold has it


def document_of(block: Block) -> Document:
    """An annotated block as the pipeline reads it."""
    title, _, body = block.text.partition("\n\n")
    return Document.of(
        source=f"{block.name}.txt",
        title=title if body else "",
        body=body or title,
        language="zh",
        published=block.attributes.get("published"),
    )


def gold_of(block: Block) -> Gold:
    """The block's gold, as `trihelix evaluate` reads it."""
    return _adapter().validate_json(json.dumps(gold(block)))


class Collector:
    """Runs the pipeline, and notes what comes before each judge and whether it is right."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self._entities: list = []
        self._roles: dict = {}
        self._links: list = []

    def __enter__(self) -> Collector:
        self._own = zh_entities.certainty, verdicts.role_candidates, verdicts.link_features
        zh_entities.certainty = self._certainty
        verdicts.role_candidates = self._role_candidates
        verdicts.link_features = self._link_features
        return self

    def __exit__(self, *_: object) -> None:
        zh_entities.certainty, verdicts.role_candidates, verdicts.link_features = self._own

    def _certainty(self, kind: str, features: dict) -> float:
        self._entities.append((kind, features))
        return self._own[0](kind, features)

    def _role_candidates(self, *given: object) -> dict:
        self._roles = self._own[1](*given)
        return self._roles

    def _link_features(self, *given: object) -> list:
        self._links = self._own[2](*given)
        return self._links

    def read(self, block: Block) -> None:
        """Note a document."""
        self._entities, self._roles, self._links = [], {}, []
        output = annotate(document_of(block))
        article = Article.of(gold_of(block), output)
        self._note_entities(article, output)
        self._note_relations(article)
        self._note_roles(article)

    def _note(self, sort: str, features: dict, right: bool) -> None:
        self.rows[sort].append((features, right))

    def _note_entities(self, article: Article, output: Extraction) -> None:
        for (kind, features), entity in zip(self._entities, output.entities, strict=True):
            name = article.matched.get(entity.id)
            optional = name is not None and article.named[name].optional
            if sort_of(kind) == "zh things" or not optional:
                self._note(sort_of(kind), features, name is not None)

    def _note_relations(self, article: Article) -> None:
        relations = article.gold.relations
        sure = _facts([r for r in relations if not r.optional], str)
        maybe = _facts([r for r in relations if r.optional], str)
        for link, features in self._links:
            fact = (link.kind, article.resolve(link.source), article.resolve(link.target))
            if fact in sure or (fact not in maybe and not article.optional & {*fact[1:]}):
                self._note("zh relations", features, fact in sure)

    def _note_roles(self, article: Article) -> None:
        events = article.gold.events
        sure = {f for e in article.required_events for f in _fillers(e, [e.kind], str)}
        accepted = {f for e in events for f in _fillers(e, (e.kind, *e.alt_kinds), str)}
        for (kind, role, entity), candidate in self._roles.items():
            fact = (kind, role, article.resolve(entity))
            if fact in sure or (fact not in accepted and fact[2] not in article.optional):
                self._note("zh roles", candidate.features, fact in sure)


def fit(
    rows: list[Row], *, prior: dict[str, float] | None = None, keep: float = 1.0
) -> dict[str, float]:
    """The weights of a logistic regression, kept near to `prior` (L2, but for the bias)."""
    prior = prior or {}
    names = sorted({name for features, _ in rows for name in features} | prior.keys())
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = np.array([float(right) for _, right in rows])
    free = np.array([0.0 if name == "bias" else keep for name in names])
    near = np.array([prior.get(name, 0.0) for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z, far = x @ w, w - near
        value = (np.logaddexp(0, z) - y * z).sum() + 0.5 * (free * far * far).sum()
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + free * far

    best = minimize(loss, near, jac=True, method="L-BFGS-B")
    return {n: round(float(w), 3) for n, w in zip(names, best.x, strict=True) if abs(w) > 5e-4}


def collect(
    blocks: Iterable[Block], models: tuple[RoleModel, RoleModel] | None = None
) -> Collector:
    """What comes before the judges; with `models` each fold is read by the one without it."""
    own = zh_roles.role_model
    with Collector() as collector:
        for block in blocks:
            if models:
                zh_roles.role_model = partial(models.__getitem__, fold_of(block))
            collector.read(block)
    zh_roles.role_model = own
    return collector


def bins(chances: list[tuple[float, bool]]) -> str:
    """Stated and observed precision in ten bins; bins of 30 that are off by 0.1 are marked."""
    found = defaultdict(list)
    for chance, right in chances:
        found[min(9, int(chance * 10))].append((chance, right))
    lines = []
    for number, members in sorted(found.items()):
        stated = sum(c for c, _ in members) / len(members)
        observed = sum(r for _, r in members) / len(members)
        mark = "  <-- off" if len(members) >= 30 and abs(stated - observed) > 0.1 else ""
        lines.append(f"  {number / 10:.1f}  {len(members):5}  {stated:.2f}  {observed:.2f}{mark}")
    return "\n".join(lines)


def judged(
    weights: dict[str, float], fifths: list[list[Row]], *, keep: float, least: float
) -> list[tuple[float, bool]]:
    """The chance of each finding, by what the other fifths make of the weights."""
    found = []
    for number, rows in enumerate(fifths):
        others = [row for at, part in enumerate(fifths) if at != number for row in part]
        judge = Judge(weights=fit(others, prior=weights, keep=keep))
        chances = [(judge.chance(features), "told" in features, right) for features, right in rows]
        found += [(c, right) for c, told, right in chances if told or c >= least]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path, nargs=2, metavar="NPZ", required=True)
    args = parser.parse_args()
    every = domain_blocks(args.data)
    models = tuple(map(RoleModel, args.folds))
    fresh = [b for b in every if is_held_out(b) or is_for_judges(b)]
    known = [b for b in every if not (is_held_out(b) or is_for_judges(b)) for _ in range(_times(b))]
    rows = collect(known, models).rows
    parts = [collect([b for b in fresh if fifth_of(b) == n], models).rows for n in range(5)]
    fitted = {}
    for sort, found in sorted(rows.items()):
        weights, fifths = fit(found), [part[sort] for part in parts]
        keep, least = (KEEP, verdicts.ENOUGH) if sort == "zh roles" else (1.0, 0.0)
        every_row = [row for part in fifths for row in part]
        fitted[sort] = fit(every_row, prior=weights, keep=keep)
        print(f"{sort}: {len(found)} seen, {sum(right for _, right in found)} right")
        print("  bin  count, stated, observed")
        print(bins(judged(weights, fifths, keep=keep, least=least)))
    FILE.write_text(
        json.dumps(fitted, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )


def _times(block: Block) -> int:
    """How often a document counts: few are real, but those are what the judges are for."""
    return REAL if "record" in block.attributes else 1


if __name__ == "__main__":
    main()
