"""The nodes of a network as columns; a `Node` is made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from trihelix.graph.groups import Groups, grouped, groups_of
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

_OTHER = "OtherOrganization"


class Nodes(Sequence[Node]):
    """A sequence of n nodes.

    `kinds` are the positions of their kinds in `kind_names()`, shape (n,). The lists `ids`,
    `names`, `kind_list`, `sectors` and `places` are far quicker than asking every node.
    """

    def __init__(self, table: pa.Table, kinds: NDArray[np.int16]) -> None:
        """`table` has the columns id, name, place, key (strings) and aliases (lists of strings)."""
        self._table = table
        self.kinds = kinds
        kinds.setflags(write=False)

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> Nodes:
        """The columns of some nodes, in their order."""
        given = list(nodes)
        return cls.from_columns(
            [node.id for node in given],
            names=[node.name for node in given],
            kinds=[node.kind for node in given],
            places=[node.place for node in given],
            keys=[node.key for node in given],
            aliases=[node.aliases for node in given],
        )

    @classmethod
    def from_columns(
        cls,
        ids: Any,
        *,
        names: Any = None,
        kinds: Iterable[str] | None = None,
        places: Any = None,
        keys: Any = None,
        aliases: Any = None,
    ) -> Nodes:
        """Nodes from sequences of n strings, or of None for an unknown place or key.

        A name is the id unless given, a kind OtherOrganization.

        Raises:
            ConfigurationError: for an unknown kind.
        """
        import pyarrow as pa

        text = pa.string()
        id_ = pa.array(ids, text)
        given = {"place": places, "key": keys, "aliases": aliases}
        types = {"place": text, "key": text, "aliases": pa.list_(text)}
        columns = {
            "id": id_,
            "name": id_ if names is None else pa.array(names, text),
            **{
                name: pa.nulls(len(id_), types[name]) if some is None else pa.array(some, type_)
                for (name, some), type_ in zip(given.items(), types.values(), strict=True)
            },
        }
        codes = (
            np.full(len(id_), kind_names().index(_OTHER), np.int16)
            if kinds is None
            else kind_codes(kinds)
        )
        return cls(pa.table(columns), codes)

    @cached_property
    def ids(self) -> list[str]:
        """The id of each node."""
        return self._list("id")

    @cached_property
    def names(self) -> list[str]:
        """The name of each node."""
        return self._list("name")

    @cached_property
    def places(self) -> list[str | None]:
        """The place of each node; None when it is unknown."""
        return self._list("place")

    @property
    def kind_list(self) -> list[str]:
        """The kind of each node."""
        return [kind_names()[code] for code in self.kinds.tolist()]

    @property
    def sectors(self) -> list[str | None]:
        """The sector of each node; None for those that are no organizations."""
        return [_sectors()[code] for code in self.kinds.tolist()]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of each node by its id."""
        return dict(zip(self.ids, range(len(self)), strict=True))

    def by_kind(self) -> Groups:
        """The nodes grouped by kind."""
        return _coded(self.kinds, kind_names())

    def by_sector(self) -> Groups:
        """The nodes grouped by sector; those that are no organizations have none."""
        return _coded(self.kinds, _sectors())

    def by_place(self) -> Groups:
        """The nodes grouped by place."""
        encoded = self._column("place").dictionary_encode()
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return _coded(codes, encoded.dictionary.to_pylist())

    def by_region(self) -> Groups:
        """The nodes grouped by the province that their place lies in."""
        from trihelix.schema.regions import region

        places = self.by_place()
        regions = groups_of([*(region(place) for place in places.names), None])
        return grouped(regions.codes[places.codes], regions.names)

    def take(self, chosen: NDArray[np.int64]) -> Nodes:
        """These nodes, by their indices."""
        return Nodes(self._table.take(chosen).combine_chunks(), self.kinds[chosen])

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @overload
    def __getitem__(self, index: int) -> Node: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Node, ...]: ...
    def __getitem__(self, index: int | slice) -> Node | tuple[Node, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(len(self))[index])
        at = range(len(self))[index]
        name, place, key, aliases = (
            self._column(c)[at].as_py() for c in ("name", "place", "key", "aliases")
        )
        return Node(
            id=self._column("id")[at].as_py(),
            kind=kind_names()[self.kinds[at]],
            name=name,
            aliases=tuple(aliases or ()),
            place=place,
            key=key,
        )

    def __iter__(self) -> Iterator[Node]:
        columns = (self._list(name) for name in ("name", "aliases", "place", "key"))
        for id_, kind, name, aliases, place, key in zip(
            self.ids, self.kind_list, *columns, strict=True
        ):
            yield Node(
                id=id_, kind=kind, name=name, aliases=tuple(aliases or ()), place=place, key=key
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Nodes({len(self)})"

    def _column(self, name: str) -> Any:
        column = self._table.column(name)
        return column.chunk(0) if len(self) else column.combine_chunks()

    def _list(self, name: str) -> list[Any]:
        found: list[Any] = self._table.column(name).to_pylist()
        return found


@cache
def kind_names() -> tuple[str, ...]:
    """The kinds of node by their codes."""
    return tuple(vocabulary().entities)


def kind_codes(kinds: Iterable[str]) -> NDArray[np.int16]:
    """The codes of these kinds.

    Raises:
        ConfigurationError: for an unknown kind.
    """
    code = {name: at for at, name in enumerate(kind_names())}
    try:
        return np.array([code[kind] for kind in kinds], dtype=np.int16)
    except KeyError as error:
        raise ConfigurationError(
            f"unknown kind of node {error}; known: {', '.join(kind_names())}"
        ) from None


@cache
def _sectors() -> tuple[str | None, ...]:
    return tuple(vocabulary().sector(kind) for kind in kind_names())


def _coded(codes: NDArray[Any], labels: Sequence[str | None]) -> Groups:
    """Groups by the labels of codes, of those labels that some node has."""
    used = {labels[code] for code in np.unique(codes).tolist() if code >= 0}
    names = sorted(name for name in used if name is not None)
    number = {name: at for at, name in enumerate(names)}
    table = np.array(
        [*(-1 if x is None else number.get(x, -1) for x in labels), -1], dtype=np.int32
    )
    return grouped(table[codes], names)
