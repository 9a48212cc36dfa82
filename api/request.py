"""HTTP to a GraphQL request, and an answer to HTTP.

Follows the GraphQL-over-HTTP draft: GET (queries only) and POST of JSON; answers as
`application/graphql-response+json` (an invalid query is 400) or `application/json` (it is 200),
whichever `Accept` prefers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from trihelix.api.limits import MAX_BODY

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"

BODY_TIMEOUT = 10.0
"""Seconds to wait for each part of a body."""

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
)


class HttpError(Exception):
    """A request that is answered with a status and a sentence instead of a result."""

    def __init__(
        self, status: int, message: str, *, headers: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = tuple(headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLRequest:
    """A query and what comes with it."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A complete HTTP response."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    async def send(self, send: Send, *, head: bool = False) -> None:
        """Send it over ASGI; without its body in answer to HEAD."""
        length = (b"content-length", str(len(self.body)).encode())
        headers = [*self.headers, length, *SECURITY_HEADERS]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head else self.body})


def json_response(
    status: int,
    data: object,
    *,
    media: str = JSON,
    headers: Iterable[tuple[bytes, bytes]] = (),
) -> Response:
    """Compact UTF-8 JSON that caches must ask about again."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    sent = (
        (b"content-type", f"{media}; charset=utf-8".encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept"),
        *headers,
    )
    return Response(status=status, body=body, headers=sent)


def error_response(error: HttpError, *, media: str = JSON) -> Response:
    """An HTTP error as a GraphQL answer without data."""
    answer = {"errors": [{"message": error.message, "extensions": {"code": "BAD_REQUEST"}}]}
    return json_response(error.status, answer, media=media, headers=error.headers)


def header(scope: Scope, name: bytes) -> str:
    """A request header's values joined by commas; empty when it is absent."""
    values = [value for key, value in scope["headers"] if key == name]
    return ",".join(value.decode("latin-1") for value in values)


def answer_media(scope: Scope) -> str:
    """The media type to answer with.

    Raises:
        HttpError: 406 when `Accept` allows neither.
    """
    accepted = header(scope, b"accept") or "*/*"
    weights = dict(_weight(part) for part in reversed(accepted.split(",")))
    ranked = max((JSON, GRAPHQL_JSON), key=lambda media: _quality(media, weights))
    if not any(_quality(ranked, weights)):
        raise HttpError(
            406, f"Accept is {accepted!r}; this server answers {GRAPHQL_JSON} and {JSON}"
        )
    return ranked


def _weight(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return media, float(parameter[2:])
            except ValueError:
                return media, 0.0
    return media, 1.0


def _quality(media: str, weights: Mapping[str, float]) -> tuple[float, int]:
    """A type's weight and how exactly it was named; of two equals the newer type wins."""
    exactly = 4 if media == GRAPHQL_JSON else 3
    for exactness, name in ((exactly, media), (2, "application/*"), (1, "*/*")):
        if name in weights:
            weight = weights[name]
            return (weight, exactness) if weight > 0 else (0.0, 0)
    return 0.0, 0


async def read_request(scope: Scope, receive: Receive) -> GraphQLRequest:
    """The GraphQL request in an HTTP request.

    Raises:
        HttpError: 400, 405, 408, 413 or 415 when there is none.
    """
    method = scope["method"]
    if method == "GET":
        return _from_url(scope["query_string"])
    if method != "POST":
        raise HttpError(
            405, f"{method} is not allowed; use GET or POST", headers=[(b"allow", b"GET, POST")]
        )
    _check_content_type(header(scope, b"content-type"))
    return _from_body(await _read_body(scope, receive))


def _check_content_type(value: str) -> None:
    media, *parameters = (piece.strip().lower() for piece in value.split(";"))
    if media != JSON:
        raise HttpError(415, f"Content-Type is {value or 'absent'}; send {JSON}")
    for parameter in parameters:
        name, _, charset = parameter.partition("=")
        if name == "charset" and charset.strip('"') not in {"utf-8", "utf8"}:
            raise HttpError(415, f"charset is {charset}; send utf-8")


async def _read_body(scope: Scope, receive: Receive) -> bytes:
    declared = header(scope, b"content-length")
    if declared.isdigit() and int(declared) > MAX_BODY:
        raise _too_large()
    body = bytearray()
    while True:
        try:
            message = await asyncio.wait_for(receive(), BODY_TIMEOUT)
        except TimeoutError:
            raise HttpError(408, "the request's body did not arrive in time") from None
        if message["type"] == "http.disconnect":
            raise HttpError(400, "the client went away")
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise _too_large()
        if not message.get("more_body"):
            return bytes(body)


def _too_large() -> HttpError:
    return HttpError(
        413, f"the request is larger than {MAX_BODY} bytes", headers=[(b"connection", b"close")]
    )


def _from_url(query_string: bytes) -> GraphQLRequest:
    if len(query_string) > MAX_BODY:
        raise HttpError(414, f"the URL is longer than {MAX_BODY} bytes")
    try:
        fields = parse_qs(
            query_string.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict"
        )
        parameters = {name: values[-1] for name, values in fields.items()}
    except ValueError as error:
        raise HttpError(400, f"the URL's query cannot be read: {error}") from error
    found: dict[str, Any] = dict(parameters)
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = _json(found[name], what=name) if found[name] else None
    return _checked(found)


def _from_body(body: bytes) -> GraphQLRequest:
    found = _json(body, what="the body")
    if isinstance(found, list):
        raise HttpError(400, "the body is a list; batches are not supported, send one request")
    if not isinstance(found, dict):
        raise HttpError(400, "the body must be a JSON object with a query")
    return _checked(found)


def _json(data: str | bytes, *, what: str) -> Any:
    try:
        return json.loads(data if isinstance(data, str) else data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise HttpError(400, f"{what} must be JSON in UTF-8: {error}") from error


def _checked(found: Mapping[str, Any]) -> GraphQLRequest:
    query = found.get("query")
    if not isinstance(query, str) or not query.strip():
        raise HttpError(400, "query must be a string with a GraphQL query")
    for name in ("variables", "extensions"):
        if not isinstance(found.get(name), dict | None):
            raise HttpError(400, f"{name} must be a JSON object")
    operation = found.get("operationName")
    if not isinstance(operation, str | None):
        raise HttpError(400, "operationName must be a string")
    return GraphQLRequest(
        query=query,
        variables=found.get("variables"),
        operation_name=operation or None,
    )
