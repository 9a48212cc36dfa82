"""Pictures of a network as small SVG: no fonts, scripts or network needed, the browser draws.

Chinese names need no font of ours, since the reader's browser chooses one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from unicodedata import east_asian_width

import numpy as np

from trihelix.graph.network import Network
from trihelix.schema.errors import ConfigurationError
from trihelix.schema.records import Node
from trihelix.schema.vocabulary import vocabulary

# Okabe and Ito's palette, which the colour-blind can tell apart.
COLOURS = {
    "university": "#0072B2",
    "research": "#009E73",
    "firm": "#E69F00",
    "government": "#D55E00",
    "intermediary": "#CC79A7",
    "other": "#7F7F7F",
    "person": "#56B4E9",
}
_STYLE = (
    "text{font:12px 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',"
    "sans-serif;fill:#222;paint-order:stroke;stroke:#fff;stroke-width:3px}"
)
_MARGIN, _LEGEND = 70, 28

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """An SVG document that notebooks show inline; `str()` gives its source."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Picture({len(self.svg)} characters of SVG)"


def ego_svg(
    network: Network,
    node_id: str,
    *,
    radius: int = 1,
    most: int = 40,
    width: int = 860,
    height: int = 620,
    seed: int = 7,
) -> Picture:
    """Draw a node with those at most `radius` links away, coloured by sector, with a legend.

    Of more than `most` nodes the nearest and, of these, the most strongly linked are drawn. A disc
    grows with the node's degree in the whole network, a line with the link's weight. The same
    network and seed give the same picture.

    Raises:
        NotFoundError: when the network has no such node.
        ConfigurationError: when `radius` or `most` is below 1.
    """
    if radius < 1 or most < 1:
        raise ConfigurationError(f"drawing: radius {radius} and most {most} must be at least 1")
    chosen = _around(network, network.index(node_id), radius=radius, most=most)
    places = _layout(network, chosen, width=width, height=height - _LEGEND, seed=seed)
    nodes = [network.nodes[i] for i in chosen]
    body = [
        *_lines(network, chosen, places),
        *_discs(network, chosen, places),
        *_legend({_sector(node) for node in nodes}, height=height),
    ]
    title = f"{network.nodes[chosen[0]].name}: {len(chosen) - 1} neighbours"
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style>{''.join(body)}</svg>"
    )


def _around(network: Network, centre: int, *, radius: int, most: int) -> list[int]:
    """The centre, then ring after ring; in a ring the most strongly linked to the ones before."""
    chosen, ring = [centre], [centre]
    for _ in range(radius):
        pull: dict[int, float] = {}
        for i in ring:
            for j, link in zip(network.neighbours(i), network.links_of(i), strict=True):
                pull[int(j)] = pull.get(int(j), 0.0) + float(network.weights[link])
        ring = sorted(pull.keys() - set(chosen), key=lambda j: (-pull[j], j))
        chosen += ring
    return chosen[: most + 1]


def _layout(
    network: Network, chosen: Sequence[int], *, width: int, height: int, seed: int
) -> dict[int, Point]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(chosen)
    graph.add_edges_from((i, j) for i, j, _ in _links(network, chosen))
    spring = nx.spring_layout(graph, seed=seed, k=1.8 / np.sqrt(len(chosen)), iterations=200)
    at = np.array([spring[i] for i in chosen])
    low, span = at.min(axis=0), np.ptp(at, axis=0)
    unit = (at - low) / np.where(span > 0, span, 1) if len(chosen) > 1 else np.full((1, 2), 0.5)
    space = np.array([width, height]) - 2 * np.array([_MARGIN, _MARGIN / 2])
    points = unit * space + np.array([_MARGIN, _MARGIN / 2])
    return {i: (float(x), float(y)) for i, (x, y) in zip(chosen, points, strict=True)}


def _links(network: Network, chosen: Iterable[int]) -> list[tuple[int, int, int]]:
    """The links among these nodes, as (node, node, link)."""
    inside = np.zeros(len(network), dtype=bool)
    inside[list(chosen)] = True
    found = np.flatnonzero(inside[network.ends].all(axis=1))
    return [(int(i), int(j), int(e)) for e, (i, j) in zip(found, network.ends[found], strict=True)]


def _lines(network: Network, chosen: Sequence[int], places: dict[int, Point]) -> list[str]:
    links = _links(network, chosen)
    heaviest = max((network.weights[e] for _, _, e in links), default=1.0)
    return [
        f'<line x1="{places[i][0]:.1f}" y1="{places[i][1]:.1f}" x2="{places[j][0]:.1f}" '
        f'y2="{places[j][1]:.1f}" stroke="#999" stroke-opacity="0.6" '
        f'stroke-width="{1 + 4 * np.sqrt(network.weights[e] / heaviest):.1f}">'
        f"<title>{escape(_link_title(network, i, j, e))}</title></line>"
        for i, j, e in links
    ]


def _link_title(network: Network, i: int, j: int, link: int) -> str:
    kinds = ", ".join(sorted({fact.kind for fact in network.facts_of(link)}))
    return f"{network.nodes[i].name} – {network.nodes[j].name}: {kinds}"


def _discs(network: Network, chosen: Sequence[int], places: dict[int, Point]) -> list[str]:
    """The discs, then the labels, so that no disc covers a label."""
    most = max(int(network.degree[i]) for i in chosen) or 1
    discs, labels = [], []
    for i in chosen:
        (x, y), node = places[i], network.nodes[i]
        size = 5 + 10 * np.sqrt(network.degree[i] / most)
        ring = ' stroke="#222" stroke-width="2.5"' if i == chosen[0] else ""
        discs.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{COLOURS[_sector(node)]}"'
            f"{ring}><title>{escape(f'{node.name} ({node.kind})')}</title></circle>"
        )
        labels.append(
            f'<text x="{x:.1f}" y="{y - size - 3:.1f}" text-anchor="middle">'
            f"{escape(_short(node.name))}</text>"
        )
    return discs + labels


def _legend(sectors: set[str], *, height: int) -> list[str]:
    shown = [sector for sector in COLOURS if sector in sectors]
    return [
        f'<g><circle cx="{20 + 120 * k}" cy="{height - 14}" r="6" fill="{COLOURS[sector]}"/>'
        f'<text x="{31 + 120 * k}" y="{height - 10}">{sector}</text></g>'
        for k, sector in enumerate(shown)
    ]


def _sector(node: Node) -> str:
    """The colour key of a node: its sector, `person`, or `other` for places and the like."""
    return vocabulary().sector(node.kind) or ("person" if node.kind == "Person" else "other")


def _short(name: str, *, limit: int = 36) -> str:
    """A label of at most `limit` columns; a Chinese character takes two.

    >>> _short("School of Naval Architecture"), _short("大连理工大学", limit=8)
    ('School of Naval Architecture', '大连理…')
    """
    columns = list(accumulate(2 if east_asian_width(c) in "WF" else 1 for c in name))
    if not name or columns[-1] <= limit:
        return name
    return name[: bisect_right(columns, limit - 1)] + "…"
