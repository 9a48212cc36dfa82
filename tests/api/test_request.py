"""GraphQL over HTTP: methods, media types, statuses; and the pages of the explorer."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from tests.api.conftest import Client

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"{JSON};q=0.9, {GRAPHQL};charset=utf-8", GRAPHQL),
        ("text/html, */*;q=0.1", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
    ],
)
def test_the_answer_has_the_type_that_is_asked_for(
    client: Client, accept: str | None, media: str
) -> None:
    headers = {"accept": accept} if accept else {}
    response = client.post(json={"query": "{ revision }"}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.json() == {"data": {"revision": 1}}


@pytest.mark.parametrize(
    ("query", "status", "json_status"),
    [
        ("{ revision }", 200, 200),
        ('{ organization(name: "无此机构") { id } }', 200, 200),
        ("{ nonsense }", 400, 200),
        ("{ revision", 400, 200),
        ("query ($a: Int!) { organizations(first: $a) { totalCount } }", 400, 200),
    ],
)
def test_an_invalid_query_is_400_where_the_type_allows(
    client: Client, query: str, status: int, json_status: int
) -> None:
    for accept, expected in ((GRAPHQL, status), (JSON, json_status)):
        response = client.post(json={"query": query}, headers={"accept": accept})
        assert response.status_code == expected
        assert ("data" in response.json()) is (status == 200)


def test_a_query_in_the_url(client: Client) -> None:
    query = quote("query A($n: String!) { organization(name: $n) { id } } query B { revision }")
    variables = quote(json.dumps({"n": "东北大学"}))
    url = f"/graphql?query={query}&variables={variables}&operationName=A&extensions=%7B%7D"
    assert client.get(url).json() == {"data": {"organization": {"id": "neu"}}}


def test_the_api_is_also_at_the_root(client: Client) -> None:
    assert client.post("/", json={"query": "{ revision }"}).json() == {"data": {"revision": 1}}
    assert client.get("/?query={revision}").json() == {"data": {"revision": 1}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"query"', 400),
        (b"{}", 400),
        (b'{"query": 1}', 400),
        (b'{"query": "  "}', 400),
        (b'{"query": "{ revision }", "variables": []}', 400),
        (b'{"query": "{ revision }", "variables": "{}"}', 400),
        (b'{"query": "{ revision }", "operationName": 1}', 400),
        (b'{"query": "{ revision }", "extensions": 0}', 400),
        (b'{"query": "\xff"}', 400),
        (b"[" * 50_000, 400),
        (b'{"query": "{ revision } #' + b"x" * 100_000 + b'"}', 413),
        (b'{"query": "{ revision }", "variables": null, "operationName": null}', 200),
        (b'[{"query": "{ revision }"}]', 400),
    ],
)
def test_bodies(client: Client, body: bytes, status: int) -> None:
    response = client.post(content=body, headers={"content-type": JSON})
    assert response.status_code == status
    assert response.json()["errors" if status != 200 else "data"]


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        (JSON, 200),
        ("application/json; charset=utf-8", 200),
        ('application/json; charset="UTF-8"', 200),
        ("application/json; charset=gbk", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
def test_only_json_is_read_so_that_no_form_can_post(
    client: Client, content_type: str, status: int
) -> None:
    response = client.post(
        content=b'{"query": "{ revision }"}', headers={"content-type": content_type}
    )
    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/graphql", 400),
        ("GET", "/graphql?query=", 400),
        ("GET", "/graphql?query={revision}&variables=nonsense", 400),
        ("GET", "/graphql?query={revision}&variables=[]", 400),
        ("GET", "/graphql?query={revision}&variables=", 200),
        ("GET", "/graphql?query=%7Brevision%7D%FF", 400),
        ("GET", "/graphql?" + "&".join(f"a{i}=1" for i in range(30)), 400),
        ("PUT", "/graphql", 405),
        ("DELETE", "/", 405),
        ("POST", "/health", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/explorer/../app.py", 404),
        ("GET", "/explorer/%2e%2e/app.py", 404),
    ],
)
def test_other_requests(client: Client, method: str, url: str, status: int) -> None:
    response = client.request(method, url)
    assert response.status_code == status
    if status == 405:
        assert response.headers["allow"]


def test_a_type_that_is_not_served(client: Client) -> None:
    response = client.post(json={"query": "{ revision }"}, headers={"accept": "image/png"})
    assert response.status_code == 406
    assert GRAPHQL in response.json()["errors"][0]["message"]


def test_health(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok", "revision": 1, "problem": None}


FILES = {
    "/": "text/html",
    "/explorer/explorer.css": "text/css",
    "/explorer/explorer.js": "text/javascript",
    "/explorer/client.js": "text/javascript",
    "/explorer/editor.js": "text/javascript",
    "/explorer/examples.js": "text/javascript",
    "/explorer/panels.js": "text/javascript",
    "/explorer/logo.svg": "image/svg+xml",
    "/schema.graphql": "text/plain",
}


@pytest.mark.parametrize("path", FILES)
def test_files_are_served_and_cached(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(FILES[path])
    again = client.get(path, headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(response.content))


def test_the_explorer_asks_no_other_origin(client: Client) -> None:
    for path in FILES:
        text = client.get(path).text.replace("http://www.w3.org/2000/svg", "")
        text = text.replace("https://www.loc.gov/standards/datetime/", "")
        assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text), path


def test_every_file_that_a_page_names_is_served(client: Client) -> None:
    named = {
        name for path in FILES for name in re.findall(r'"(/explorer/[^"]+)"', client.get(path).text)
    }
    assert named <= set(FILES)
    assert {path for path in FILES if path.startswith("/explorer/")} <= named


@pytest.mark.parametrize("path", ["/", "/health", "/nowhere", "/graphql?query={revision}"])
def test_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
