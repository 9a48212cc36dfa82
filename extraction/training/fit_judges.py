"""Fit the judges of `extraction/judge.py`, and show how well their confidence is calibrated.

    python extraction/training/fit_judges.py --data DATA            fit, write models/judges.json
    python extraction/training/fit_judges.py --data DATA --report   bins on the held-out documents

The documents to fit on are those that `split.py` keeps from the tagger and its heads. What a judge
sees is what the pipeline finds before judging; what it learns is whether the gold has it. The
threshold of each is the one that gives the best F1, missed findings counted.
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from marks import Block, gold
from scipy.optimize import minimize
from split import is_for_judges, is_held_out
from zh_domain import domain_blocks

from trihelix.extraction import judge as judging
from trihelix.extraction.annotate import annotate
from trihelix.extraction.evaluate import Article, _facts, _fillers
from trihelix.extraction.gold import Gold, _adapter
from trihelix.extraction.judge import Judge, judges
from trihelix.extraction.zh import entities as zh_entities
from trihelix.extraction.zh import verdicts
from trihelix.schema.records import Document, Extraction

FILE = Path(judging.__file__).parent / "models" / "judges.json"
SORTS = {
    "entities": ("zh organizations", "zh persons", "zh things"),
    "facts": ("zh relations", "zh roles"),
}
_EVERYTHING = Judge(weights={"bias": 3.0}, threshold=0.0)
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
        self.missed: dict[str, int] = defaultdict(int)
        self._entities: list = []
        self._roles: dict = {}
        self._links: list = []

    def __enter__(self) -> Collector:
        self._kept = (
            zh_entities.certainty,
            verdicts.role_candidates,
            verdicts.link_candidates,
        )
        zh_entities.certainty = self._certainty
        verdicts.role_candidates = self._role_candidates
        verdicts.link_candidates = self._link_candidates
        return self

    def __exit__(self, *_: object) -> None:
        zh_entities.certainty, verdicts.role_candidates, verdicts.link_candidates = self._kept

    def _certainty(self, kind: str, features: dict) -> float | None:
        self._entities.append((kind, features))
        return self._kept[0](kind, features)

    def _role_candidates(self, hits: Iterable, proposals: object) -> dict:
        self._roles = self._kept[1](hits, proposals)
        return self._roles

    def _link_candidates(self, links: Iterable, proposals: object) -> list:
        self._links = list(self._kept[2](links, proposals))
        return self._links

    def read(self, block: Block, *, entities: bool) -> None:
        """Note a document; its entities (judged by no threshold then), or its facts."""
        self._entities, self._roles, self._links = [], {}, []
        output = annotate(document_of(block))
        article = Article.of(gold_of(block), output)
        if entities:
            self._note_entities(article, output)
        else:
            self._note_facts(article)

    def _note_entities(self, article: Article, output: Extraction) -> None:
        from trihelix.extraction.zh.certainty import sort_of

        found = set()
        by_features = [
            (kind, features, entity)
            for (kind, features), entity in zip(self._entities, output.entities, strict=True)
        ]
        for kind, features, entity in by_features:
            name = article.matched.get(entity.id)
            if sort_of(kind) != "zh things" and name and article.named[name].optional:
                continue
            found.add(name)
            self.rows[sort_of(kind)].append((features, name is not None))
        for name, entity in article.named.items():
            if name not in found and not entity.optional:
                self.missed[sort_of(entity.kind)] += 1

    def _note_facts(self, article: Article) -> None:
        relations = article.gold.relations
        sure = _facts([r for r in relations if not r.optional], str)
        maybe = _facts([r for r in relations if r.optional], str)
        found = set()
        for link, candidate in self._links:
            fact = (link.kind, article.resolve(link.source), article.resolve(link.target))
            if fact in maybe or (fact not in sure and article.optional & {*fact[1:]}):
                continue
            found.add(fact)
            self.rows["zh relations"].append((candidate.features, fact in sure))
        self.missed["zh relations"] += len(sure - found)
        self._note_roles(article)

    def _note_roles(self, article: Article) -> None:
        events = article.gold.events
        sure = {f for e in article.required_events for f in _fillers(e, [e.kind], str)}
        accepted = {f for e in events for f in _fillers(e, (e.kind, *e.alt_kinds), str)}
        found = set()
        for (kind, role, entity), candidate in self._roles.items():
            fact = (kind, role, article.resolve(entity))
            if fact not in sure and (fact in accepted or fact[2] in article.optional):
                continue
            found.add(fact)
            self.rows["zh roles"].append((candidate.features, fact in sure))
        self.missed["zh roles"] += len(sure - found)


def fit(rows: list[Row], missed: int, *, penalty: float = 1.0) -> dict:
    """Logistic regression (L2 but for the bias), and the threshold of the best F1."""
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = np.array([float(right) for _, right in rows])
    free = np.array([0.0 if name == "bias" else penalty for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        value = np.logaddexp(0, z).sum() - (y * z).sum() + 0.5 * (free * w * w).sum()
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + free * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    chances = 1 / (1 + np.exp(-(x @ best.x)))
    weights = {n: round(float(w), 3) for n, w in zip(names, best.x, strict=True) if abs(w) > 5e-4}
    return {"weights": weights, "threshold": _threshold(chances, y, missed)}


def _threshold(chances: np.ndarray, y: np.ndarray, missed: int) -> float:
    there = y.sum() + missed
    scored = [
        (2 * y[chances >= t].sum() / max(1.0, (chances >= t).sum() + there), t)
        for t in np.arange(0.2, 0.71, 0.02)
    ]
    return round(float(max(scored)[1]), 2)


def collect(blocks: list[Block], *, entities: bool) -> Collector:
    with Collector() as collector:
        for block in blocks:
            collector.read(block, entities=entities)
    return collector


def bins(rows: list[Row], judge: Judge) -> str:
    """Stated and observed precision of what is kept, in ten bins."""
    found = defaultdict(list)
    for features, right in rows:
        chance = judge.chance(features)
        if judge.keeps(chance):
            found[min(9, int(chance * 10))].append((chance, right))
    lines = []
    for number, members in sorted(found.items()):
        stated = sum(c for c, _ in members) / len(members)
        observed = sum(r for _, r in members) / len(members)
        mark = "  <-- off" if len(members) >= 30 and abs(stated - observed) > 0.1 else ""
        lines.append(f"  {number / 10:.1f}  {len(members):5}  {stated:.2f}  {observed:.2f}{mark}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    every = domain_blocks(args.data)
    if args.report:
        held_out = [b for b in every if is_held_out(b)]
        _report(held_out)
        return
    chosen = [b for b in every if is_for_judges(b)]
    print(len(chosen), "documents")
    _write(dict.fromkeys([*SORTS["entities"], *SORTS["facts"]], None), {})
    fitted: dict[str, dict] = {}
    for what, sorts in SORTS.items():
        collector = collect(chosen, entities=what == "entities")
        for sort in sorts:
            rows = collector.rows[sort]
            fitted[sort] = fit(rows, collector.missed[sort])
            print(
                sort,
                len(rows),
                "seen,",
                sum(r for _, r in rows),
                "right,",
                fitted[sort]["threshold"],
            )
        _write(dict.fromkeys(SORTS["facts"]), fitted)


def _write(open_sorts: Iterable[str], fitted: dict[str, dict]) -> None:
    """The fitted judges, and for the others one that keeps everything."""
    keep_all = {"weights": dict(_EVERYTHING.weights), "threshold": 0.0}
    stored = dict.fromkeys(open_sorts, keep_all) | fitted
    FILE.write_text(
        json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    judges.cache_clear()


def _report(blocks: list[Block]) -> None:
    for what, sorts in SORTS.items():
        thresholds = dict(judges())
        if what == "entities":
            _write(
                dict.fromkeys(sorts),
                {n: _stored(j) for n, j in thresholds.items() if n not in sorts},
            )
        collector = collect(blocks, entities=what == "entities")
        _write((), {n: _stored(j) for n, j in thresholds.items()})
        for sort in sorts:
            print(
                sort,
                "bin, count, stated, observed",
                bins(collector.rows[sort], judges()[sort]),
                sep="\n",
            )


def _stored(judge: Judge) -> dict:
    return {"weights": dict(judge.weights), "threshold": judge.threshold}


if __name__ == "__main__":
    main()
