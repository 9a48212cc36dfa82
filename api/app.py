"""The ASGI application and `serve`.

POST /graphql   GET /graphql?query=…    the API, also at / for anything but a browser
GET  /                                  the explorer
GET  /schema.graphql                    the schema
GET  /health                            ok, and the revision that answers
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import uvicorn

from trihelix.api.follow import Follower, follow
from trihelix.api.query import execute, schema
from trihelix.api.request import (
    GRAPHQL_JSON,
    JSON,
    HttpError,
    Receive,
    Response,
    Scope,
    Send,
    answer_media,
    error_response,
    header,
    json_response,
    read_request,
)
from trihelix.schema.errors import ConfigurationError

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".graphql": "text/plain; charset=utf-8",
}
_WORKERS = 4


class App:
    """Answers HTTP from a follower's latest snapshot.

    Queries run in a few threads, so that a heavy measure does not hold up light ones.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._threads = ThreadPoolExecutor(_WORKERS, thread_name_prefix="trihelix-query")
        self._files = _explorer()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: http and lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            response = await self._answer(scope, receive)
            await response.send(send, head=scope["method"] == "HEAD")
        else:
            raise ValueError(f"ASGI scope {scope['type']!r} is not served here")

    def close(self) -> None:
        """Stop following and drop queries that wait. Closing twice is harmless."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._follower.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._follower.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self.close)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        path = scope["path"]
        try:
            if path == "/graphql" or (path == "/" and not _is_browsing(scope)):
                return await self._graphql(scope, receive)
            if scope["method"] not in {"GET", "HEAD"}:
                allow = [(b"allow", b"GET, HEAD")]
                raise HttpError(405, f"{scope['method']} {path} is not allowed", headers=allow)
            if path == "/health":
                return self._health()
            return self._file("/explorer/index.html" if path == "/" else path, scope)
        except HttpError as error:
            return error_response(error)

    async def _graphql(self, scope: Scope, receive: Receive) -> Response:
        media = answer_media(scope)
        try:
            request = await read_request(scope, receive)
        except HttpError as error:
            return error_response(error, media=media)
        run = partial(
            execute,
            self._follower.answers,
            request.query,
            request.variables,
            request.operation_name,
        )
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, run)
        status = 400 if media == GRAPHQL_JSON and "data" not in answer else 200
        return json_response(status, answer, media=media)

    def _health(self) -> Response:
        follower = self._follower
        state = {
            "status": "stale" if follower.problem else "ok",
            "revision": follower.answers.snapshot.revision,
            "problem": follower.problem,
        }
        return json_response(200, state)

    def _file(self, path: str, scope: Scope) -> Response:
        found = self._files.get(path)
        if found is None:
            raise HttpError(404, f"nothing is at {path}; the API is at /graphql, the explorer at /")
        tags = {
            tag.strip().removeprefix("W/") for tag in header(scope, b"if-none-match").split(",")
        }
        etag = next(value for name, value in found.headers if name == b"etag").decode()
        if etag in tags:
            return Response(status=304, body=b"", headers=found.headers)
        return found


def _is_browsing(scope: Scope) -> bool:
    """Whether a request for / wants the page rather than the API."""
    if scope["method"] == "HEAD":
        return True
    asks = b"query=" in scope["query_string"]
    accepted = header(scope, b"accept")
    wants_json = JSON in accepted or GRAPHQL_JSON in accepted
    return scope["method"] == "GET" and not asks and not wants_json


def _explorer() -> dict[str, Response]:
    folder = Path(__file__).with_name("explorer")
    files = {f"/explorer/{file.name}": file.read_bytes() for file in sorted(folder.iterdir())}
    files["/schema.graphql"] = schema.as_str().encode()
    return {path: _static(path, body) for path, body in files.items()}


def _static(path: str, body: bytes) -> Response:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = (
        (b"content-type", _TYPES[Path(path).suffix].encode()),
        (b"cache-control", b"no-cache"),
        (b"etag", etag.encode()),
    )
    return Response(status=200, body=body, headers=headers)


def serve(
    url: str, *, host: str = "127.0.0.1", port: int = 8000, min_confidence: float = 0.0
) -> None:
    """Serve a store until interrupted; `port` 0 takes any free one. Says where on one line.

    Answers have nothing less sure than `min_confidence`.

    Raises:
        ConfigurationError: when the address cannot be used, the URL is of an unknown kind, or the
            confidence is not between 0 and 1.
        StoreError: when the store cannot be reached or read.
    """
    with (
        _listen(host, port) as listening,
        follow(url, min_confidence=min_confidence) as follower,
    ):
        config = uvicorn.Config(
            App(follower), log_level="warning", access_log=False, server_header=False, lifespan="on"
        )
        documents = len(follower.answers.snapshot.documents)
        print(
            f"Serving {documents:,} documents at {_address(listening)} "
            "(GraphQL at /graphql); Ctrl+C stops it",
            flush=True,
        )
        with suppress(KeyboardInterrupt):  # uvicorn has stopped by then, and raises it again
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        ConfigurationError: when the address is taken, not ours, or no address.
    """
    if not 0 <= port <= 65535:
        raise ConfigurationError(f"cannot listen on {host}:{port}: a port is 0 to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return _bound(family, host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "the port is in use; choose another with --port" if taken else str(error)
        raise ConfigurationError(f"cannot listen on {host}:{port}: {why}") from error


def _bound(family: int, host: str, port: int) -> socket.socket:
    # asyncio sends without delay (40 ms an answer) only where the protocol is said to be TCP
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
