"""A client whose HTTP proxy the emulator is: real host names arrive, and say product and region."""

from __future__ import annotations

import httpx
import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.cloud import NOW


@pytest.fixture(scope="module")
def server():
    with Server(wall=lambda: NOW) as server:
        yield server


@pytest.fixture(scope="module")
def through(server):
    with httpx.Client(proxy=server.endpoint) as client:
        yield client


def sent(through: httpx.Client, method: str, host: str, target: str, json: object = None) -> httpx.Response:
    path, _, query = target.partition("?")
    headers = {"x-bce-date": iso(NOW)}
    headers["Authorization"] = authorize(method, host, path, query, iso(NOW), "test", DEFAULT_SECRET_KEY)
    return through.request(method, f"http://{host}{target}", headers=headers, json=json)


@pytest.mark.parametrize(
    ("method", "host", "target", "operation", "region"),
    [
        ("GET", "bcc.bj.baidubce.com", "/v2/zone", "bcc.ListZones", "bj"),
        ("GET", "bcc.gz.baidubce.com", "/v1/subnet", "vpc.QuerySubnetList", "gz"),
        ("GET", "bcc.gz.baidubce.com", "/v1/instance?maxKeys=10", "bcc.ListInstances", "gz"),
        ("GET", "bbc.fwh.baidubce.com", "/v1/instance?maxKeys=10", "bbc.ListInstances", "fwh"),
        ("GET", "eip.su.baidubce.com", "/v1/eip", "eip.QueryEipList", "su"),
        ("GET", "blb.hkg.baidubce.com", "/v1/appblb", "blb.DescribeAppBlbs", "hkg"),
    ],
)
def test_the_host_says_product_and_region(server, through, method, host, target, operation, region):
    reply = sent(through, method, host, target)

    shown = httpx.get(
        f"{server.endpoint}/_emulator/requests/{reply.headers['x-bce-request-id']}", trust_env=False
    ).json()
    assert (shown["status"], f"{shown['product']}.{shown['operation']}", shown["region"]) == (200, operation, region)


def test_a_path_that_the_host_of_another_product_has_is_unknown(through):
    reply = sent(through, "GET", "eip.bj.baidubce.com", "/v2/zone")

    assert (reply.status_code, reply.json()["code"]) == (404, "InvalidURI")
