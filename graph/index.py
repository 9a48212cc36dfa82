"""Look-ups over a snapshot, made once: names, and the facts of each node."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from trihelix.graph.snapshot import Snapshot, StoredEvent, StoredRelation

V = TypeVar("V")


def plain(name: str) -> str:
    """A name without regard to case, width, spaces and punctuation.

    >>> plain("Ａｎｓｔｅｅｌ Group Co., Ltd."), plain("东北大学（沈阳）")
    ('ansteelgroupcoltd', '东北大学沈阳')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded.strip()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Index:
    """`names` and `aliases` map plain names to node ids; the rest map node ids to what is theirs.

    `spellings` are a node's name and aliases, each with its plain form. `documents` counts the
    documents that mention a node.
    """

    snapshot: Snapshot
    names: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[tuple[str, str], ...]]
    events: Mapping[str, tuple[StoredEvent, ...]]
    relations: Mapping[str, tuple[StoredRelation, ...]]
    documents: Mapping[str, int]

    @classmethod
    def of(cls, snapshot: Snapshot | Index) -> Index:
        """The index of a snapshot; an index is its own."""
        if isinstance(snapshot, Index):
            return snapshot
        spellings = {
            id_: tuple((name, plain(name)) for name in (node.name, *node.aliases))
            for id_, node in sorted(snapshot.nodes.items())
        }
        return cls(
            snapshot=snapshot,
            names=_grouped((of[0][1], id_) for id_, of in spellings.items()),
            aliases=_grouped((short, id_) for id_, of in spellings.items() for _, short in of[1:]),
            spellings=spellings,
            events=_grouped(_parts(snapshot)),
            relations=_grouped((end, r) for r in snapshot.relations for end in _ends(r)),
            documents=_counts(snapshot),
        )


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    found: defaultdict[str, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items()}


def _parts(snapshot: Snapshot) -> Iterable[tuple[str, StoredEvent]]:
    for _, event in sorted(snapshot.events.items()):
        for id_ in sorted({p.entity for p in event.participants}):
            yield id_, event


def _ends(relation: StoredRelation) -> set[str]:
    return {relation.source, relation.target}


def _counts(snapshot: Snapshot) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for ids in snapshot.mentions.values():
        for id_ in ids:
            found[id_] += 1
    return dict(found)
