"""Trihelix: news text to a knowledge graph of the innovation ecosystem.

>>> import trihelix
>>> graph = trihelix.open("ladybug:trihelix.db")  # doctest: +SKIP
>>> graph.rank("betweenness", top=10)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trihelix.graph.graph import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(
    url: str = "ladybug:trihelix.db", *, read_only: bool = False, min_confidence: float = 0.0
) -> Graph:
    """Open a store for questions: `.network()`, `.paths()`, `.rank()`, `.show()`, `.query()` ...

    Nothing less sure than `min_confidence` is answered, but by `.query()`.

    Raises:
        ConfigurationError: for a URL of an unknown kind, or a confidence not between 0 and 1.
        StoreError: when the store cannot be reached or opened.
    """
    from trihelix.graph.graph import open_graph

    return open_graph(url, read_only=read_only, min_confidence=min_confidence)
