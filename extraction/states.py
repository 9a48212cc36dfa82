"""What the encoder makes of a document's characters, kept for the stages after the tagger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trihelix.extraction.tagged import Tagged

Array = NDArray[np.float16]


@dataclass(slots=True)
class States:
    """One vector a character, window by window: what was read together can be compared.

    Windows are in text order and do not overlap; a window's array has the shape
    (characters, features).
    """

    starts: list[int] = field(default_factory=list)
    arrays: list[Array] = field(default_factory=list)

    def add(self, start: int, array: Array) -> None:
        """The next window, from the character at `start`."""
        self.starts.append(start)
        self.arrays.append(array)

    def window(self, start: int, end: int) -> int | None:
        """The number of the window that holds the characters `start:end` whole, if one does."""
        number = bisect_right(self.starts, start) - 1
        if number < 0 or end > self.starts[number] + len(self.arrays[number]):
            return None
        return number

    def of(self, window: int, start: int, end: int) -> NDArray[np.float32]:
        """A span's vector: its first and its last character's, one after the other."""
        array, offset = self.arrays[window], self.starts[window]
        both = np.concatenate((array[start - offset], array[end - 1 - offset]))
        return both.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tagging:
    """A text's spans, and the states they were read from (none for a tagger without any)."""

    spans: tuple[Tagged, ...]
    states: States = field(default_factory=States)

    def __iter__(self) -> Iterator[Tagged]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)
