"""The SSL server of a VPN gateway, and its users."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.services.vpc.vpn.gateways import SERVER, USER, new_vpn, vpn


@pytest.fixture
def gateway(cloud) -> str:
    return new_vpn(cloud, type="SSL", maxConnection=20)


@pytest.fixture
def server(cloud, gateway) -> str:
    server_id: str = cloud.ok("POST", f"/v1/vpn/{gateway}/sslVpnServer", SERVER)["sslVpnServerId"]
    return server_id


def users(cloud: Cloud, gateway: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/vpn/{gateway}/sslVpnUser?{query}")["sslVpnUsers"]
    return found


def test_a_gateway_has_one_server(cloud, gateway, server):
    target = f"/v1/vpn/{gateway}/sslVpnServer"
    shown = {
        "vpnId": gateway,
        "sslVpnServerId": server,
        "status": "active",
        "interfaceType": "tap",
        "clientDns": "",
        "maxConnection": 20,
    }
    assert cloud.ok("GET", target) == vpn(cloud, gateway)["sslVpnServer"] == SERVER | shown
    assert vpn(cloud, gateway)["status"] == "active"
    cloud.refused(OperationDenied, "POST", target, SERVER)

    changed = SERVER | {"sslVpnServerName": "renamed", "clientDns": "1.1.1.1", "remoteSubnet": "10.30.0.0/24"}
    cloud.ok("PUT", f"{target}/{server}", changed)
    assert cloud.ok("GET", target) == shown | changed

    for change in (
        {"sslVpnServerName": "1st"},
        {"localSubnets": []},
        {"remoteSubnet": "192.168.1.0/24"},
        {"clientDns": "there"},
    ):
        cloud.refused(BadRequest, "PUT", f"{target}/{server}", SERVER | change)
    cloud.refused(BadRequest, "POST", target, SERVER | {"interfaceType": "tip"})
    other = new_vpn(cloud, type="SSL")
    for method, body in (("PUT", SERVER), ("DELETE", None)):
        cloud.refused(NoSuchObject, method, f"/v1/vpn/{other}/sslVpnServer/{server}", body)
    cloud.ok("DELETE", f"{target}/{server}")
    assert vpn(cloud, gateway)["status"] == "unconfigured"
    cloud.refused(NoSuchObject, "GET", target)
    cloud.refused(OperationDenied, "POST", f"/v1/vpn/{new_vpn(cloud)}/sslVpnServer", SERVER)


def test_users_come_together_and_keep_their_server(cloud, gateway, server):
    target = f"/v1/vpn/{gateway}/sslVpnUser"
    two = {"sslVpnUsers": [USER | {"description": "of a test"}, USER | {"userName": "user-2"}]}
    first, second = cloud.ok("POST", target, two)["sslVpnUserIds"]

    assert users(cloud, gateway, "userName=user-1") == [
        {"userId": first, "userName": "user-1", "description": "of a test", "clientName": ""}
    ]
    assert [each["userId"] for each in users(cloud, gateway)] == [second, first]
    journal = str(control_of(cloud)("GET", "journal").body)
    assert "password" in journal
    assert "qwer" not in journal + str(control_of(cloud)("GET", "state").body)
    cloud.ok("PUT", f"{target}/{first}", {"password": "asdf#67890", "clientName": "laptop", "description": "another"})
    assert users(cloud, gateway)[1] == users(cloud, gateway)[1] | {"clientName": "laptop", "description": "another"}
    cloud.refused(OperationDenied, "DELETE", f"/v1/vpn/{gateway}/sslVpnServer/{server}")

    other = new_vpn(cloud, type="SSL")
    assert users(cloud, other) == []
    cloud.refused(OperationDenied, "POST", f"/v1/vpn/{other}/sslVpnUser", two)
    for error, names in ((OperationDenied, ["user-3", "user-1"]), (OperationDenied, ["user-3"] * 2), (BadRequest, [])):
        cloud.refused(error, "POST", target, {"sslVpnUsers": [USER | {"userName": name} for name in names]})
    for change in ({"userName": "1st"}, {"password": "qwer12345"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "POST", target, {"sslVpnUsers": [USER | {"userName": "user-3"} | change]})
    for change in ({"clientName": "1st"}, {"password": "qwer12345"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", f"{target}/{first}", change)
    for method, body in (("PUT", {"clientName": "laptop"}), ("DELETE", None)):
        cloud.refused(NoSuchObject, method, f"/v1/vpn/{other}/sslVpnUser/{first}", body)

    for user in (first, second):
        cloud.ok("DELETE", f"{target}/{user}")
    cloud.ok("DELETE", f"/v1/vpn/{gateway}/sslVpnServer/{server}")
