"""Names to nodes: `find` one exactly, or `search` for those that fit best."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from trihelix.graph.index import Index, plain
from trihelix.graph.snapshot import Snapshot
from trihelix.schema.errors import AmbiguousNameError, NotFoundError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

Fit = Literal["exact", "prefix", "contains", "words", "abbreviation"]
FITS: tuple[Fit, ...] = ("exact", "prefix", "contains", "words", "abbreviation")

_WORD = re.compile(r"[a-z0-9]+")
_SHORT = 6  # characters of the longest Chinese short form (国科大, 省工信厅) to look for
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A node that fits a search; `matched` is the name or alias that fits, `fit` is how."""

    node: Node
    fit: Fit
    matched: str
    documents: int


def find(snapshot: Snapshot | Index, name: str, *, kinds: Collection[str] | None = None) -> Node:
    """The one node with this id, name or alias, whatever the case, width and punctuation.

    An id goes before a name, a name before an alias, and the same writing before a similar one.

    Raises:
        NotFoundError: when there is none; suggests near names.
        AmbiguousNameError: when several nodes have it; lists them.
    """
    index = Index.of(snapshot)
    nodes = index.snapshot.nodes
    if name in nodes:
        return nodes[name]
    for table in (index.names, index.aliases):
        found = [nodes[i] for i in table.get(plain(name), ()) if _is_kind(nodes[i], kinds)]
        same = [n for n in found if name in (n.name, *n.aliases)]
        found = same if same and len(same) < len(found) else found
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(name, [describe(n) for n in found])
    raise NotFoundError(_not_found(index, name, kinds))


def search(
    snapshot: Snapshot | Index,
    text: str,
    *,
    kinds: Collection[str] | None = None,
    sectors: Collection[str] | None = None,
    place: str | None = None,
) -> tuple[Hit, ...]:
    """The nodes whose name or alias fits, the best first; an empty text fits every node.

    In order: the same name; one that begins with the text; one that contains it; one with words
    that begin like each of its (Latin) words; one that it may abbreviate (东大 for 东北大学). Then
    those in more documents, with shorter names, and by id. `kinds` may name Organization; `place`
    is a part of the node's place.
    """
    index, wanted = Index.of(snapshot), _Wanted(text)
    hits = (
        hit
        for node in index.snapshot.nodes.values()
        if _is_kind(node, kinds) and _is_in(node, sectors, place)
        if (hit := _hit(index, node, wanted))
    )
    return tuple(sorted(hits, key=_order))


def describe(node: Node) -> str:
    """A node told apart from others of its name.

    >>> describe(Node(id="n1", kind="University", name="东北大学", place="辽宁省沈阳市"))
    '东北大学 (University, 辽宁省沈阳市, n1)'
    """
    return f"{node.name} ({', '.join(p for p in (node.kind, node.place, node.id) if p)})"


def _is_kind(node: Node, kinds: Collection[str] | None) -> bool:
    return kinds is None or node.kind in kinds or vocabulary().label(node.kind) in kinds


def _is_in(node: Node, sectors: Collection[str] | None, place: str | None) -> bool:
    if sectors is not None and vocabulary().sector(node.kind) not in sectors:
        return False
    return place is None or place in (node.place or "")


def _order(hit: Hit) -> tuple[int, int, int, str]:
    return FITS.index(hit.fit), -hit.documents, len(hit.node.name), hit.node.id


class _Wanted:
    """A searched text, folded once for all names."""

    __slots__ = ("plain", "short", "words")

    def __init__(self, text: str) -> None:
        self.plain = plain(text)
        self.words = _words(text) if self.plain.isascii() else []
        self.short = not self.plain.isascii() and 1 < len(self.plain) <= _SHORT


def _hit(index: Index, node: Node, wanted: _Wanted) -> Hit | None:
    spellings = index.spellings[node.id]
    fits = [(fit, name) for name, whole in spellings if (fit := _fit(name, whole, wanted))]
    if not fits:
        return None
    fit, matched = min(fits, key=lambda found: FITS.index(found[0]))
    documents = index.documents.get(node.id, 0)
    return Hit(node=node, fit=fit, matched=matched, documents=documents)


def _fit(name: str, whole: str, wanted: _Wanted) -> Fit | None:
    if wanted.plain in whole:
        if len(wanted.plain) == len(whole):
            return "exact"
        return "prefix" if whole.startswith(wanted.plain) else "contains"
    if wanted.words and _words_fit(name, whole, wanted.words):
        return "words"
    if wanted.short and whole[:1] == wanted.plain[0] and _abbreviates(wanted.plain, whole):
        return "abbreviation"
    return None


def _words_fit(name: str, whole: str, wanted: list[str]) -> bool:
    if not all(word in whole for word in wanted):
        return False
    words = _words(name)
    return all(any(w.startswith(x) for w in words) for x in wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _abbreviates(short: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in short)


def _not_found(index: Index, name: str, kinds: Collection[str] | None) -> str:
    what = f" ({', '.join(sorted(kinds))})" if kinds else ""
    near = _near(index, name, kinds)
    hint = f"did you mean {', '.join(near)}?" if near else "nothing near it either; try a search"
    return f"{name!r}: no entity{what} has this id, name or alias; {hint}"


def _near(index: Index, name: str, kinds: Collection[str] | None) -> list[str]:
    hits = search(index, name, kinds=kinds) if plain(name) else ()
    if hits:
        return [hit.node.name for hit in hits[:_NEAR]]
    wanted, nodes = _bigrams(plain(name)), index.snapshot.nodes
    scored = sorted(
        (-max(_dice(wanted, _bigrams(whole)) for _, whole in spellings), nodes[id_].name, id_)
        for id_, spellings in index.spellings.items()
        if _is_kind(nodes[id_], kinds)
    )
    return [found for score, found, _ in scored[:_NEAR] if score <= -0.3]


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    """How alike two sets are, from 0 to 1 (Dice, Ecology 26, 1945)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})
