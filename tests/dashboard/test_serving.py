"""How the page is served: to whom the root leads there, with which headers, and that nothing is loaded before."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest

from bce_emulator.dashboard.pages import STATIC, TYPES
from tests.cloud import Cloud

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
MAX_BYTES = 150_000


def ask(cloud: Cloud, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(send())


@pytest.mark.parametrize(
    ("accept", "leads"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("TEXT/HTML;q=0.5, application/json;q=0.4", True),
        ("text/html;q=0.4, application/json;q=0.5", False),
        ("text/html, application/json", False),
        ("text/html;q=0", False),
        ("*/*", False),
        ("application/json", False),
        ("text/html, */*", False),
        ("", False),
    ],
)
def test_the_root_leads_to_the_page_who_prefers_html(cloud, accept, leads):
    response = ask(cloud, "/", accept=accept)

    assert (response.status_code == 303) == leads
    assert response.headers.get("location") == ("/_emulator/" if leads else None)


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/", "GET", {"authorization": "bce-auth-v1/test"}),
        ("/", "POST", {}),
        ("/?action=list", "GET", {}),
        ("/v2/instance", "GET", {}),
    ],
)
def test_what_is_no_browsers_request_for_the_root_is_the_apis(cloud, path, method, headers):
    response = ask(cloud, path, method, accept=BROWSER, **headers)

    assert response.status_code >= 400
    assert response.json()["code"]


def test_a_client_of_the_api_gets_the_same_at_the_root_as_at_any_unknown_path(cloud):
    assert ask(cloud, "/", accept="*/*").json()["code"] == ask(cloud, "/nothing", accept="*/*").json()["code"]
    assert cloud.call("GET", "/").status >= 400


def test_every_file_is_served_under_a_strict_policy(cloud):
    names = [path.name for path in STATIC.iterdir()]

    for path in ["/_emulator", "/_emulator/", *(f"/_emulator/page/{name}" for name in names)]:
        response, head = ask(cloud, path), ask(cloud, path, "HEAD")

        assert response.status_code == head.status_code == 200, path
        assert head.content == b"", path
        assert response.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
        assert response.headers["x-content-type-options"] == "nosniff"
        again = ask(cloud, path, **{"if-none-match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert {path.suffix for path in STATIC.iterdir()} == set(TYPES)


def test_the_page_is_small_and_comes_from_nowhere_else():
    texts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.iterdir()}

    assert sum(len(text.encode()) for text in texts.values()) < MAX_BYTES
    for name, text in texts.items():
        addresses = set(re.findall(r"https?://[\w.]+", text))
        assert addresses <= {"http://www.w3.org"}, name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function", text), name
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", texts["index.html"])


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/_emulator/page/nothing.js", "GET", 404),
        ("/_emulator/page/..%2fpages.py", "GET", 404),
        ("/_emulator/page/%2e%2e/pages.py", "GET", 404),
        ("/_emulator/page/app.js", "POST", 405),
        ("/_emulator/", "DELETE", 405),
    ],
)
def test_nothing_else_is_served(cloud, path, method, status):
    response = ask(cloud, path, method)

    assert response.status_code == status
    assert response.json()["error"]


def test_without_the_control_api_there_is_no_page():
    cloud = Cloud(control="off")

    assert ask(cloud, "/", accept=BROWSER).status_code >= 400
    assert ask(cloud, "/_emulator/").status_code == 404
    assert ask(cloud, "/_emulator/page/app.js").status_code == 404


def test_the_files_need_no_token_but_an_expected_host():
    cloud = Cloud(admin_token="the-admin-token")

    assert ask(cloud, "/_emulator/").status_code == 200
    assert ask(cloud, "/_emulator/clock").status_code == 401
    assert ask(cloud, "/_emulator/", host="rebound.example").status_code == 403
    assert ask(cloud, "/_emulator/", origin="http://evil.example").status_code == 403


def test_the_page_of_a_name_that_was_let_in_may_change_things():
    cloud = Cloud(allowed_hosts="cloud.example")
    own = {"host": "cloud.example:8080", "origin": "http://cloud.example:8080"}

    assert ask(cloud, "/_emulator/reset", "POST", **own).status_code == 200
    assert ask(cloud, "/_emulator/reset", "POST", **own | {"origin": "http://evil.example"}).status_code == 403


def test_every_text_of_the_page_has_a_chinese_one():
    texts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}
    chinese = set(re.findall(r"'((?:[^'\\]|\\.)*)': '", texts.pop("zh.js")))
    said = {text for source in texts.values() for text in re.findall(r"\bt\('((?:[^'\\]|\\.)*)'", source)}

    assert said - chinese == set()
