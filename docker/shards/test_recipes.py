"""The recipes of this folder, with HAProxy and nginx of this machine and PyPI's Envoy: ``make shards-test``."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest
from running import ENVOY, SHARDS, emulators, envoy, haproxy, nginx, wait_for

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

SECRET = "bce-emulator-secret-key"
ACCOUNTS = [f"test-{number}" for number in range(24)]
VPC = {"name": "web", "cidr": "10.0.0.0/16"}


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    with emulators(SHARDS, tmp_path_factory.mktemp("state")) as running:
        yield running


NEEDS_ENVOY = pytest.mark.skipif(not ENVOY, reason="there is no Envoy")


@pytest.fixture(params=[haproxy, nginx, pytest.param(envoy, marks=NEEDS_ENVOY)], ids=["haproxy", "nginx", "envoy"])
def proxy(request, shards):
    with request.param(shards) as running:
        yield running.address
        for shard in shards:
            send(shard.address, "POST", "/_emulator/reset?account=*")


def send(address: str, method: str, target: str, body=None, headers=None) -> tuple[int, dict]:
    content = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"http://{address}{target}", content, headers or {}, method=method)
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith(b"{") else {}


def call(address: str, account: str, method: str, target: str, body=None) -> tuple[int, dict]:
    """A signed call, whose host is the proxy's."""
    path, _, query = target.partition("?")
    date = iso(time.time())
    string = authorize(method, address, path, query, date, account, SECRET)
    return send(address, method, target, body, {"x-bce-date": date, "Authorization": string})


def vpcs(address: str, account: str) -> int:
    status, body = call(address, account, "GET", "/v1/vpc")
    assert status == 200, body
    return len(body["vpcs"])


def accounts_of(shard) -> set[str]:
    shown = send(shard.address, "GET", "/_emulator/accounts")[1]["accounts"]
    return {each["account"] for each in shown if each["resources"]} - {"test"}


def test_an_account_is_on_one_shard_and_every_shard_has_some(proxy, shards):
    for account in ACCOUNTS:
        assert call(proxy, account, "POST", "/v1/vpc", VPC)[0] == 200

    found = [accounts_of(shard) for shard in shards]

    assert all(found)
    assert sorted(name for each in found for name in each) == sorted(ACCOUNTS)
    assert {vpcs(proxy, account) for account in ACCOUNTS} == {2}


def test_a_control_call_finds_the_account_that_it_names(proxy):
    for account in ACCOUNTS[:8]:
        call(proxy, account, "POST", "/v1/vpc", VPC)
        assert send(proxy, "POST", f"/_emulator/reset?account={account}") == (200, {"reset": [account]})
        assert vpcs(proxy, account) == 1

    assert send(proxy, "POST", "/_emulator/reset") == (200, {"reset": ["test"]})
    call(proxy, "test", "POST", "/v1/vpc", VPC)
    assert send(proxy, "POST", "/_emulator/reset")[0] == 200
    assert vpcs(proxy, "test") == 1
    made = send(
        proxy, "POST", "/_emulator/accounts?account=team-one", {"accessKeyId": "team-one", "secretAccessKey": SECRET}
    )
    assert made[0] == 200
    assert vpcs(proxy, "team-one") == 1
    assert send(proxy, "DELETE", "/_emulator/accounts/team-one?account=team-one")[0] == 200


def test_what_is_signed_arrives_as_it_was_sent(proxy):
    for account in ACCOUNTS[:4]:
        call(proxy, account, "POST", "/v1/vpc", VPC)
        for target in ("/v2/instance/a%2Fb%20c", "/v2/instance/i-%E4%BA%91", "/v2/nothing//else?b=%2F&a"):
            assert call(proxy, account, "GET", target)[1]["code"] in {"NoSuchObject", "InvalidURI"}
        date = iso(time.time())
        string = authorize("GET", proxy, "/v1/vpc", "", date, account, SECRET)
        status, body = send(
            proxy, "GET", f"/v1/vpc?authorization={quote(string, safe='')}", headers={"x-bce-date": date}
        )
        assert (status, len(body.get("vpcs", ()))) == (200, 2), body


def test_a_shard_that_is_down_costs_its_own_accounts_only_and_loses_nothing(proxy, shards):
    for account in ACCOUNTS:
        call(proxy, account, "POST", "/v1/vpc", VPC)
    lost = accounts_of(shards[1])

    shards[1].kill()
    try:
        for account in ACCOUNTS:
            status, _ = call(proxy, account, "GET", "/v1/vpc")
            assert status in ({502, 503} if account in lost else {200})
    finally:
        shards[1].start()
    for account in sorted(lost)[:1]:
        wait_for(f"http://{proxy}/_emulator/clock?account={account}")
    assert {vpcs(proxy, account) for account in ACCOUNTS} == {2}


def test_haproxy_says_whether_every_shard_is_ready(shards):
    with haproxy(shards) as proxy:
        shards[2].kill()
        try:
            wait_for(f"http://{proxy.address}/_shards/ready", 503)
        finally:
            shards[2].start()
        wait_for(f"http://{proxy.address}/_shards/ready", 200)
