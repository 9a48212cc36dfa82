"""Where the figures come from: precision, recall and F1 by kind of entity, relation and role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from trihelix.extraction.evaluate import Article, Fact, Tally, relation_facts, role_facts
from trihelix.extraction.gold import load_gold
from trihelix.schema.records import Extraction
from trihelix.schema.vocabulary import vocabulary

Sections = Mapping[str, Mapping[str, Tally]]


def breakdown(
    gold_dir: Path, outputs: Iterable[Extraction], *, language: str | None = None
) -> Sections:
    """Tallies by section (entities, relations, roles) and kind, summed over the articles.

    An entity counts for its kind when it is found with that kind (or one that the gold accepts);
    found with another it is wrong for the one and missed for the other. Relations and roles are
    compared as `evaluate` compares them.

    Raises:
        InputError: when the folder holds no gold, or a file is malformed.
    """
    found = {PurePath(o.document.source).stem: o for o in outputs}
    total: dict[str, dict[str, Tally]] = {
        name: defaultdict(Tally) for name in ("entities", "relations", "roles")
    }
    for gold in load_gold(gold_dir, language=language):
        output = next((found[stem] for stem in found if stem in gold.stems), None)
        article = Article.of(gold, output)
        for kind, tally in _entities(article):
            total["entities"][kind] += tally
        for section, facts in (("relations", relation_facts), ("roles", role_facts)):
            for kind, tally in _facts(facts(article), whole=section == "relations"):
                total[section][kind] += tally
    return {name: dict(sorted(kinds.items())) for name, kinds in total.items()}


def table(sections: Sections) -> str:
    """The tallies as text: one line a kind, with how many the gold has."""
    lines = [f"{'':24}{'precision':>10}{'recall':>8}{'F1':>7}{'gold':>7}"]
    for section, kinds in sections.items():
        lines.append(section)
        for kind, t in kinds.items():
            figures = f"{t.precision:10.3f}{t.recall:8.3f}{t.f1:7.3f}{t.right + t.missed:7}"
            lines.append(f"  {kind:22}{figures}")
    return "\n".join(lines)


def _entities(article: Article) -> Iterator[tuple[str, Tally]]:
    counted = {*vocabulary().organizations, "Person"}
    reached = set()
    for entity in article.entities:
        if entity.kind not in counted:
            continue
        name = article.matched.get(entity.id)
        gold = article.named[name] if name else None
        if gold and entity.kind in (gold.kind, *gold.alt_kinds):
            reached.add(gold.name)
            if not gold.optional:
                yield gold.kind, Tally(right=1)
        elif not (gold and gold.optional):
            yield entity.kind, Tally(wrong=1)
    for gold in article.gold.entities:
        if gold.kind in counted and not gold.optional and gold.name not in reached:
            yield gold.kind, Tally(missed=1)


def _facts(
    facts: tuple[set[Fact], set[Fact], set[Fact]], *, whole: bool
) -> Iterator[tuple[str, Tally]]:
    found, needed, accepted = facts
    for fact in sorted(found | needed):
        kind = fact[0] if whole else f"{fact[0]}.{fact[1]}"
        if fact in found and fact in needed:
            yield kind, Tally(right=1)
        elif fact in needed:
            yield kind, Tally(missed=1)
        elif fact not in accepted:
            yield kind, Tally(wrong=1)
