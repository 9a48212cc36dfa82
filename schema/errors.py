"""The error tree.

TrihelixError                 anything Trihelix raises on purpose
├── InputError                one article, file or record is unusable; the rest of the batch goes on
├── VocabularyError           the vocabulary is inconsistent; nothing can run
├── ConfigurationError        an option, URL or setting is wrong; nothing can run
├── StoreError                the store cannot be reached, opened or written
│   └── StoreVersionError     the store was written by another version of Trihelix
├── NotFoundError             no such entity, document or path
└── AmbiguousNameError        a name fits several entities; the candidates are listed
"""

from __future__ import annotations

from collections.abc import Sequence


class TrihelixError(Exception):
    """Anything Trihelix raises on purpose; it says what was found, what was expected, where."""


class InputError(TrihelixError):
    """One input is unusable.

    >>> str(InputError("news.pdf", "is truncated", "fetch the file again"))
    'news.pdf: is truncated; fetch the file again'
    """

    def __init__(self, source: str, problem: str, remedy: str = "") -> None:
        super().__init__(f"{source}: {problem}" + (f"; {remedy}" if remedy else ""))
        self.source = source
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Errors cross process boundaries, so they must pickle with their parts."""
        return (type(self), (self.source, self.problem, self.remedy))


class VocabularyError(TrihelixError):
    """The vocabulary contradicts itself."""


class ConfigurationError(TrihelixError):
    """An option, a URL or a setting is wrong."""


class StoreError(TrihelixError):
    """The store cannot be reached, opened or written."""


class StoreVersionError(StoreError):
    """The store was written by another version of Trihelix."""


class NotFoundError(TrihelixError):
    """No such entity, document or path."""


class AmbiguousNameError(TrihelixError):
    """A name fits several entities.

    >>> str(AmbiguousNameError("东大", ["东北大学", "东南大学"]))
    "'东大' fits 2 entities: 东北大学, 东南大学; use the full name or an id"
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"{name!r} fits {len(candidates)} entities: {', '.join(candidates)}; "
            "use the full name or an id"
        )
        self.name = name
        self.candidates = tuple(candidates)
