"""The nodes of a network sorted into groups: by sector, place, component, or labels of your own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trihelix.schema.errors import ConfigurationError

GROUPINGS = ("sector", "kind", "place", "region", "component", "community")

By = str | Mapping[str, object] | Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """`names[codes[i]]` is the group of node i; code -1 stands for no group. Names are in order."""

    codes: NDArray[np.int32]  # shape (n,), read-only
    names: tuple[str, ...]

    def __len__(self) -> int:
        """The number of groups."""
        return len(self.names)


def groups_of(labels: Iterable[object]) -> Groups:
    """Groups of the nodes with equal labels; None is no label.

    >>> found = groups_of(["b", None, "a", "b"])
    >>> found.codes.tolist(), found.names
    ([1, -1, 0, 1], ('a', 'b'))
    """
    texts = [None if label is None else str(label) for label in labels]
    names = tuple(sorted({text for text in texts if text is not None}))
    code: dict[str | None, int] = {name: at for at, name in enumerate(names)}
    codes = np.fromiter((code.get(text, -1) for text in texts), np.int32, len(texts))
    return grouped(codes, names)


def grouped(codes: NDArray[np.int32], names: Sequence[str]) -> Groups:
    """Groups by their codes."""
    codes.setflags(write=False)
    return Groups(codes=codes, names=tuple(names))


def numbered(codes: NDArray[np.int32]) -> Groups:
    """Groups that are named by their code."""
    return grouped(codes.copy(), [str(i) for i in range(int(codes.max(initial=-1)) + 1)])


def labels_by(ids: Sequence[str], by: Mapping[str, object] | Sequence[object]) -> list[object]:
    """The label of each node, from a mapping of ids or a sequence of one label a node.

    Raises:
        ConfigurationError: for an unknown grouping, or a sequence of another length.
    """
    if isinstance(by, str):
        raise ConfigurationError(
            f"grouping {by!r} is unknown; choose from {', '.join(GROUPINGS)}, or give a label for "
            "each node id, or one for each node"
        )
    if isinstance(by, Mapping):
        return [by.get(id_) for id_ in ids]
    if len(by) != len(ids):
        raise ConfigurationError(
            f"groups: {len(by)} labels for {len(ids)} nodes; give one for each, None for no group"
        )
    return list(by)
