"""How errors are told to clients: a code, a sentence, and what may have been meant."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

from trihelix.api.limits import TooExpensiveError
from trihelix.schema.errors import (
    AmbiguousNameError,
    ConfigurationError,
    InputError,
    NotFoundError,
    TrihelixError,
)

_CODES: tuple[tuple[type[TrihelixError], str], ...] = (
    (NotFoundError, "NOT_FOUND"),
    (AmbiguousNameError, "AMBIGUOUS_NAME"),
    (InputError, "BAD_USER_INPUT"),
    (ConfigurationError, "BAD_USER_INPUT"),
    (TooExpensiveError, "TOO_EXPENSIVE"),
)


def told(error: TrihelixError, more: dict[str, Any]) -> GraphQLError:
    """An error with its code and more for the client to act on."""
    return GraphQLError(str(error), original_error=error, extensions={"code": _code(error), **more})


def _code(error: BaseException | None) -> str | None:
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def error_answer(error: GraphQLError) -> dict[str, Any]:
    """An error as a client sees it: with a code, and without the insides of a bug."""
    told = error.formatted
    extensions = dict(told.get("extensions") or {})
    if "code" not in extensions:
        cause = error.original_error
        code = _code(cause) or ("INTERNAL" if cause and error.path else "BAD_USER_INPUT")
        extensions["code"] = code
    answer: dict[str, Any] = {**told, "extensions": extensions}
    if extensions["code"] == "INTERNAL":
        answer["message"] = "a mistake in the server, which has logged it; the query may be fine"
    return answer
