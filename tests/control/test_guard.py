"""Who may use the control API, and the form of what it refuses."""

from __future__ import annotations

import asyncio
import hmac
import sys

import httpx
import pytest

from bce_emulator.control.guard import is_expected
from bce_emulator.control.routes import MODULES
from bce_emulator.settings import SettingError, Settings, collect
from bce_emulator.testing import Server
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.raw import exchange, request_bytes

TOKEN = "the-admin-token"
CALLS = [
    ("GET", "journal"),
    ("POST", "reset"),
    ("POST", "faults"),
    ("GET", "live"),
    ("GET", "nothing"),
    ("GET", "openapi.json"),
]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "http://127.0.0.1", "http://["]
)
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_foreign_origin_is_refused(control, method, path, origin):
    reply = control(method, path, headers={"origin": origin})

    assert reply.status == 403
    assert "another origin" in reply.body["error"]


def test_its_own_origin_and_none_are_let_in(cloud, control):
    assert control("GET", "journal", headers={"origin": f"http://{cloud.host}"}).status == 200
    assert control("GET", "journal").status == 200


CLOSED = [(method, path) for method, path in CALLS if path != "live"]


@pytest.mark.parametrize(
    "given", [None, "Bearer wrong", "Basic the-admin-token", TOKEN, "Bearer ", "Bearer the-admin-token "]
)
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_without_the_token_nothing_is_let_in(method, path, given):
    control = control_of(Cloud(admin_token=TOKEN))

    reply = control(method, path, headers={"authorization": given} if given else None)

    assert reply.status == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert "Bearer" in reply.body["error"]
    assert TOKEN not in str(reply.body)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
@pytest.mark.parametrize("token", [TOKEN, "tökén"])
def test_the_token_lets_in_whatever_the_case_of_its_scheme(token, scheme):
    control = control_of(Cloud(admin_token=token))

    assert control("GET", "journal", headers={"authorization": f"{scheme} {token}".encode()}).status == 200


@pytest.mark.parametrize("given", [None, "Bearer wrong"])
@pytest.mark.parametrize("path", ["live", "ready"])
def test_probes_need_no_token(path, given):
    control = control_of(Cloud(admin_token=TOKEN))

    assert control("GET", path, headers={"authorization": given} if given else None).body == {path: True}


def test_a_token_is_compared_in_constant_time(monkeypatch):
    compared = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *pair: compared.append(pair) or True)
    control = control_of(Cloud(admin_token=TOKEN))

    control("GET", "journal", headers={"authorization": "Bearer almost"})

    assert compared == [(b"almost", TOKEN.encode())]


def test_the_token_is_not_asked_of_the_api_itself():
    assert Cloud(admin_token=TOKEN).call("GET", "/v2/zone").status == 200


def test_a_token_does_not_excuse_a_foreign_origin():
    control = control_of(Cloud(admin_token=TOKEN))

    headers = {"authorization": f"Bearer {TOKEN}", "origin": "http://evil.example"}

    assert control("GET", "journal", headers=headers).status == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "nothing", None, 404),
        ("GET", "faults/fault-1/x", None, 404),
        ("PUT", "faults", None, 405),
        ("DELETE", "journal", None, 405),
        ("PATCH", "accounts", None, 405),
        ("POST", "faults", [], 400),
        ("POST", "faults", "text", 400),
        ("POST", "faults", None, 400),
        ("POST", "clock/advance", {"seconds": "soon"}, 400),
        ("GET", "journal?limit=many", None, 400),
        ("PUT", "clock", {"now": "9999-12-31T23:59:59Z"}, 400),
    ],
)
def test_every_refusal_has_the_same_form(control, method, path, body, status):
    reply = control(method, path, body)

    assert reply.status == status
    assert list(reply.body) == ["error"]
    assert reply.body["error"]


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("faults", b"{", "the body is not JSON"),
        ("journal/verify", b'{"operation": "StopInstance", "body": {"a": "\\ud800"}}', "surrogate"),
    ],
)
def test_a_body_that_is_no_json_is_refused_in_the_same_form(cloud, path, content, said):
    cloud.call("PUT", "/v2/instance/i-nobody00?stop", {"a": "b"})

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            return await client.post(
                f"/_emulator/{path}", content=content, headers={"content-type": "application/json"}
            )

    response = asyncio.run(send())

    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert said in response.json()["error"]


def test_the_control_api_describes_itself(control):
    described = control("GET", "openapi.json").body["paths"]

    for path in (
        "faults",
        "journal",
        "journal/verify",
        "journal/stream",
        "accounts",
        "facts",
        "requests/{request_id}/explain",
    ):
        assert f"/_emulator/{path}" in described


@pytest.mark.parametrize("host", ["evil.example:8080", "localhost.evil.example"])
def test_a_name_that_was_rebound_to_this_machine_is_refused(cloud, control, host):
    cloud.host = host

    assert control("POST", "reset", headers={"origin": f"http://{host}"}).status == 403


def test_the_control_api_can_be_switched_off():
    control = control_of(Cloud(control="off"))

    assert control("POST", "reset").status == 404
    assert control("GET", "journal").body == {"error": "the control API is switched off (--control off)"}
    assert (control("GET", "live").status, control("GET", "ready").status) == (200, 200)


def test_an_explanation_links_to_no_call_that_is_switched_off():
    cloud = Cloud(control="off")
    cloud.secret_key = "not-the-secret-key"

    assert cloud.call("GET", "/v2/zone").headers["x-bce-emulator-explain"] == "probably_the_secret_key"


HERE = [
    "localhost",
    "LOCALHOST:8080",
    "127.0.0.1:8080",
    "127.0.0.2",
    "[::1]:8080",
    "192.168.1.9:8080",
    "bcc.bj.localhost",
]
CLOUD = ["bcc.bj.baidubce.com", "bcc.gz.baidubce.com:8080", "BCC.bj.baidubce.com"]
ELSEWHERE = ["evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "baidubce.com.evil",
             "evilbaidubce.com", "x.baidubce.com", "local\xe9host", "localhost:80:80", "@localhost"]  # fmt: skip


@pytest.mark.parametrize(
    ("host", "expected"), [*((each, True) for each in HERE + CLOUD), *((each, False) for each in ELSEWHERE)]
)
def test_a_host_means_this_machine_or_the_cloud_or_neither(host, expected):
    assert is_expected(host.encode("latin-1"), Settings()) is expected


def test_a_name_that_may_have_been_led_here_reads_nothing_on_loopback(cloud, control):
    cloud.host = "evil.example:8080"

    for method, path in CLOSED:
        reply = control(method, path)
        assert (reply.status, "--allowed-hosts" in reply.body["error"]) == (403, True)
    assert control("GET", "live").status == 200


@pytest.mark.skipif(sys.platform == "win32", reason="an address has four numbers there")
def test_loopback_is_where_it_listens_however_that_was_written():
    with Server(host="127.1") as server:
        refused = exchange(server.port, request_bytes("GET", "/_emulator/state", [("Host", "evil.example")]))

    assert refused.status == 403


@pytest.mark.parametrize("settings", [{"allowed_hosts": "dev.example,Evil.example"}, {"host": "0.0.0.0"}])
def test_a_name_of_this_machine_can_be_given_and_is_not_asked_for_where_others_listen(settings):
    cloud = Cloud(**settings)
    cloud.host = "evil.example:8080"

    assert control_of(cloud)("GET", "clock").status == 200


@pytest.mark.parametrize("given", ["a b", "a,", "a:80", "http://a", "*", "a..b"])
def test_names_that_are_none_are_refused(given):
    with pytest.raises(SettingError, match="--allowed-hosts is names of hosts without ports, joined by commas"):
        collect({"allowed_hosts": given}, {})


def reads() -> list[str]:
    """Every control call that only reads, whatever it is about."""
    return [call.path for module in MODULES for call in module.CALLS if call.method == "GET"]


def test_a_read_opens_no_account(cloud, control):
    before = set(cloud.emulator.accounts.names())
    paths = [path for path in reads() if path != "journal/stream"]

    statuses = {
        path: control("GET", f"{path.format(request_id='x', resource_id='x')}?account=test-x").status for path in paths
    }

    assert len(paths) > 10
    assert {path for path, status in statuses.items() if status != 200} == {
        "requests/{request_id}", "requests/{request_id}/explain", "requests/{request_id}/code", "resources/{resource_id}", "metrics"
    }  # fmt: skip
    assert set(cloud.emulator.accounts.names()) == before


def test_what_is_read_of_an_account_that_was_never_used_is_what_a_new_one_is(control):
    paths = ("state", "facts", "faults", "journal", "lifecycles")
    unused = [control("GET", f"{path}?account=test-x").body for path in paths]

    control("PUT", "clock?account=test-x", {})

    assert unused == [control("GET", f"{path}?account=test-x").body for path in paths]


def test_nor_does_a_comparison_or_a_verification(cloud, control):
    document = control("GET", "state?account=test-x").body

    assert control("POST", "state/diff?account=test-x", {"before": document}).status == 200
    assert control("POST", "journal/verify?account=test-x", {"operation": "StopInstance", "count": 0}).status == 200
    assert "test-x" not in cloud.emulator.accounts
