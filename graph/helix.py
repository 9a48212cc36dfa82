"""The triple helix: how much university, industry and government inform about each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trihelix.graph.columns import Columns
from trihelix.graph.network import Network
from trihelix.graph.projection import shown_facts, shown_nodes
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.vocabulary import vocabulary

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]
Unit = Literal["event", "document"]

HELICES: Mapping[str, Collection[str]] = {
    "university": ("university",),
    "industry": ("firm",),
    "government": ("government",),
}
DIVISIONS = ("year", "place", "region")

_LETTERS = "uig"


def transmission(
    university: ArrayLike,
    industry: ArrayLike,
    government: ArrayLike,
    *,
    labels: Sequence[object] | None = None,
) -> pd.DataFrame:
    """The entropies and transmissions of k units in which sectors take part or not.

    The arrays of shape (k,) say whether a unit (an event, a document) has a university, a firm, a
    government body. One row for each label in order, or one row; columns: label (when given), n,
    counts u to uig (units where these take part, whoever else does), H_u to H_uig and T_ui, T_ug,
    T_ig, T_uig in bits. T_ui = H_u + H_i - H_ui is never below 0. T_uig = H_u + H_i + H_g - H_ui -
    H_ug - H_ig + H_uig is below 0 when the three reduce uncertainty together that no two of them
    explain (synergy), above 0 when what they share is redundant, 0 when a sector is independent of
    both others.

    Raises:
        ConfigurationError: when the arrays differ in shape.

    Source: L. Leydesdorff, The mutual information of university-industry-government relations,
    Scientometrics 58, 2003; H. W. Park, H. D. Hong, L. Leydesdorff, Scientometrics 65, 2005.
    """
    import pandas as pd

    pattern = _patterns(university, industry, government)
    if labels is None:
        return _table(np.bincount(pattern, minlength=8)[None, :])
    if len(labels) != pattern.size:
        raise ConfigurationError(
            f"transmission: {len(labels)} labels for {pattern.size} units; give one for each"
        )
    names, row = _rows(labels)
    cells = np.bincount(row * 8 + pattern, minlength=8 * len(names)).reshape(-1, 8)
    table = _table(cells)
    table.insert(0, "label", pd.Series(names, dtype=object))
    return table


def triple_helix(
    content: Network | Columns | Snapshot,
    *,
    by: str | Sequence[str] = (),
    unit: Unit = "event",
    view: View | None = None,
    helices: Mapping[str, Collection[str]] = HELICES,
) -> pd.DataFrame:
    """The transmission between the three sectors in the events (or documents) of a store.

    A sector takes part in an event when an organization of it does, and in a document when one is
    mentioned, however many there are. Units in which none of the three takes part say nothing of
    the system and are left out, as in the source. The rows are divided `by` year, by place, by
    region (the province of a place), or several of them; places and regions count a unit for each
    of them that an organization in it comes from, with the organizations of that place alone. Units
    without a known year or place are then left out. Columns: those of `by`, then those of
    `transmission`; rows in order of `by`.

    `view` says which events and nodes count, that of a network unless given; `helices` maps each of
    university, industry and government to sectors of the vocabulary, so that, say, research
    institutes can be counted with one of them.

    Raises:
        ConfigurationError: for an unknown division, unit or sector.

    Source: as `transmission`; local counts as in L. Leydesdorff, Y. Sun, National and international
    dimensions of the triple helix in Japan, JASIST 60, 2009.
    """
    import pandas as pd

    divisions = _checked(by, unit)
    if isinstance(content, Network):
        view, content = view or content.view, content.columns
    columns = Columns.of(content) if isinstance(content, Snapshot) else content
    found = _present(columns, view or View(), unit, _sectors(helices))
    keys = [_division(columns, name, unit, found) for name in divisions]
    known = np.all([key != "" for key in keys], axis=0) if keys else slice(None)
    labels = list(zip(*(key[known] for key in keys), strict=True)) if keys else None
    units, helix = found.unit[known], found.helix[known]
    groups = _rows(labels)[1] if labels else np.zeros(units.size, dtype=np.int64)
    once, row = np.unique(groups * (int(units.max(initial=0)) + 1) + units, return_inverse=True)
    presence = np.zeros((once.size, 3), dtype=np.bool_)
    presence[row, helix] = True
    if labels is None:
        return transmission(*presence.T)
    first = np.unique(row, return_index=True)[1]
    table = transmission(*presence.T, labels=[labels[i] for i in first.tolist()])
    split = pd.DataFrame(table.pop("label").tolist(), columns=list(divisions))
    return pd.concat([split, table], axis=1)


class _Present(NamedTuple):
    """Organizations of the three sectors in units: the unit, the sector (0 to 2) and the node."""

    unit: Int32
    helix: Int32
    node: Int32


def _present(columns: Columns, view: View, unit: Unit, sectors: Mapping[str, int]) -> _Present:
    events, nodes = _events(columns, view) if unit == "event" else _mentions(columns, view)
    names = columns.nodes.by_sector()
    code = np.array([*(sectors.get(name, -1) for name in names.names), -1], dtype=np.int32)
    helix = code[names.codes[nodes]]
    counted = (helix >= 0) & shown_nodes(columns, view)[nodes]
    return _Present(events[counted], helix[counted], nodes[counted])


def _events(columns: Columns, view: View) -> tuple[Int32, Int32]:
    shown = shown_facts(columns, view)[columns.relations :][columns.event]
    return columns.event[shown], columns.participant[shown]


def _mentions(columns: Columns, view: View) -> tuple[Int32, Int32]:
    snapshot, position = columns.snapshot, columns.nodes.position
    rows = [
        (number, position[id_])
        for number, (document, data) in enumerate(snapshot.documents.items())
        if view.covers(data.published)
        for id_ in snapshot.mentions.get(document, ())
    ]
    pairs = np.array(rows, dtype=np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _division(columns: Columns, name: str, unit: Unit, found: _Present) -> Any:
    """The year, place or region of each organization in a unit; the empty string for none."""
    if name == "year":
        return _years(columns, unit)[found.unit]
    from trihelix.schema.regions import region

    places = columns.nodes.by_place()
    names = [(region(place) or "") if name == "region" else place for place in places.names]
    return np.array([*names, ""], dtype=object)[places.codes[found.node]]


def _years(columns: Columns, unit: Unit) -> Any:
    """The year of each unit where its date tells one."""
    days = columns.published if unit == "document" else columns.dated[columns.relations :]
    first, last = days.T // 10000
    return np.array(
        [a if a and a == b else "" for a, b in zip(first.tolist(), last.tolist(), strict=True)],
        dtype=object,
    )


def _patterns(*present: ArrayLike) -> Int64:
    """The sectors of each unit as a number below 8: 4 for u, 2 for i, 1 for g."""
    given = [np.asarray(array, dtype=np.bool_) for array in present]
    shapes = [array.shape for array in given]
    if len(set(shapes)) > 1 or len(shapes[0]) != 1:
        raise ConfigurationError(
            f"transmission: arrays of shapes {', '.join(map(str, shapes))}, expected three of one "
            "shape (k,)"
        )
    u, i, g = (array.astype(np.int64) for array in given)
    return 4 * u + 2 * i + g


def _table(cells: Int64) -> pd.DataFrame:
    """The measures of rows of counts, shape (rows, 8), one column a pattern."""
    import pandas as pd

    cube = cells.reshape(-1, 2, 2, 2)
    found: dict[str, Any] = {"n": cells.sum(axis=1)}
    subsets = [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]
    names = ["".join(_LETTERS[axis] for axis in subset) for subset in subsets]
    entropies: dict[str, Float64] = {}
    for name, subset in zip(names, subsets, strict=True):
        others = tuple(1 + axis for axis in range(3) if axis not in subset)
        margin = cube.sum(axis=others).reshape(-1, 2 ** len(subset))
        found[name] = margin[:, -1]
        entropies[name] = _entropy(margin)
    h = entropies
    found |= {f"H_{name}": value for name, value in h.items()}
    for a, b in ("ui", "ug", "ig"):
        found[f"T_{a}{b}"] = h[a] + h[b] - h[a + b]
    pairs = h["ui"] + h["ug"] + h["ig"]
    found["T_uig"] = h["u"] + h["i"] + h["g"] - pairs + h["uig"]
    return pd.DataFrame(found)


def _entropy(counts: Int64) -> Float64:
    """Shannon's entropy of each row of counts, in bits."""
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.zeros(counts.shape), where=total > 0)
    logarithm = np.log2(share, out=np.zeros(counts.shape), where=share > 0)
    found: Float64 = -(share * logarithm).sum(axis=1) + 0.0  # no negative zero
    return found


def _rows(labels: Sequence[object]) -> tuple[list[object], Int64]:
    """The labels in order, and the position of each unit's."""
    names: list[object] = sorted(set(labels))  # type: ignore[type-var]
    at = {name: number for number, name in enumerate(names)}
    return names, np.fromiter((at[label] for label in labels), np.int64, len(labels))


def _sectors(helices: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The number of the helix that each sector belongs to."""
    known = {kind.sector for kind in vocabulary().entities.values() if kind.sector}
    given = {sector for sectors in helices.values() for sector in sectors}
    if set(helices) != set(HELICES) or given - known:
        raise ConfigurationError(
            f"triple_helix: helices {dict(helices)!r}, expected sectors "
            f"({', '.join(sorted(known))}) for each of {', '.join(HELICES)}"
        )
    return {sector: at for at, name in enumerate(HELICES) for sector in helices[name]}


def _checked(by: str | Sequence[str], unit: str) -> tuple[str, ...]:
    divisions = (by,) if isinstance(by, str) else tuple(by)
    for name in divisions:
        if name not in DIVISIONS:
            raise ConfigurationError(
                f"triple_helix: cannot divide by {name!r}; choose from {', '.join(DIVISIONS)}"
            )
    if unit not in ("event", "document"):
        raise ConfigurationError(f"triple_helix: unit {unit!r} is neither event nor document")
    return divisions
