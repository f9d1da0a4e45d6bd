"""VPN connections: the tunnels of gateways."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.vpn_conn.resource import VpnConn
from tests.control.conftest import control_of
from tests.services.vpc.vpn.gateways import NOBODY, TUNNEL, new_cgw, new_tunnel, new_vpn, tunnels, vpn

IKE = {
    "ikeVersion": "v2",
    "ikeMode": "aggressive",
    "ikeEncAlg": "aes256",
    "ikeAuthAlg": "md5",
    "ikePfs": "group14",
    "ikeLifeTime": "28800s",
}
IPSEC = {"ipsecEncAlg": "3des", "ipsecAuthAlg": "md5", "ipsecPfs": "group24", "ipsecLifetime": "180s"}
DEFAULTS = (
    {
        "ikeVersion": "v1",
        "ikeMode": "main",
        "ikeEncAlg": "aes",
        "ikeAuthAlg": "sha1",
        "ikePfs": "group2",
        "ikeLifeTime": "28800s",
    },
    {"ipsecEncAlg": "aes", "ipsecAuthAlg": "sha1", "ipsecPfs": "group2", "ipsecLifetime": "28800s"},
)


@pytest.fixture
def gateway(cloud) -> str:
    return new_vpn(cloud)


def test_a_tunnel_makes_its_gateway_active_and_shows_what_was_asked_for(cloud, gateway):
    cgw = new_cgw(cloud, ip="203.0.113.8")
    first = new_tunnel(cloud, gateway, description="of a test", remoteIp="", cgwId=cgw)
    second = new_tunnel(cloud, gateway, cgwId="")

    shown = {
        "vpnConnId": first,
        "vpnConnName": "tunnel",
        "description": "of a test",
        "vpnId": gateway,
        "cgwId": cgw,
        "status": "active",
        "healthStatus": "reachable",
        "localIp": "",
        "localSubnets": ["192.168.0.0/20"],
        "remoteIp": "203.0.113.8",
        "remoteSubnets": ["10.20.0.0/24"],
        "secretKey": "qwer@12345",
        "createdTime": "2026-01-01 08:00:10",
        "ikeConfig": DEFAULTS[0],
        "ipsecConfig": DEFAULTS[1],
    }
    assert tunnels(cloud, gateway)[1] == shown
    seen = vpn(cloud, gateway)
    assert (seen["status"], seen["vpnConnNum"], seen["vpnConns"][0]) == ("active", 2, shown)
    journal = str(control_of(cloud)("GET", "journal").body)
    assert "secretKey" in journal
    assert "qwer" not in journal + repr(cloud.account.get(VpnConn, first))

    for tunnel in (first, second):
        cloud.ok("DELETE", f"/v1/vpn/vpnconn/{tunnel}")
    assert (tunnels(cloud, gateway), vpn(cloud, gateway)["status"]) == ([], "unconfigured")
    cloud.refused(NoSuchObject, "DELETE", f"/v1/vpn/vpnconn/{first}")


@pytest.mark.parametrize(
    ("ike", "ipsec"),
    [
        (IKE, IPSEC),
        (IKE | {"ikeLifeTime": 28_800}, IPSEC | {"ipsecLifetime": 180}),
        (
            {
                "ike_version": "v2",
                "ike_mode": "aggressive",
                "ike_enc_alg": "aes256",
                "ike_auth_alg": "md5",
                "ike_pfs": "group14",
                "ike_lifeTime": "28800",
            },
            {"ipsec_enc_alg": "3des", "ipsec_auth_alg": "md5", "ipsec_pfs": "group24", "ipsec_lifetime": "180"},
        ),
    ],
    ids=["as answered", "numbers", "snake case"],
)
def test_each_client_writes_it_in_its_own_way_and_reads_the_same(cloud, gateway, ike, ipsec):
    tunnel = new_tunnel(cloud, gateway)
    changed = {"vpnId": gateway, "vpnConnName": "renamed", "remoteIp": "203.0.113.1", "description": "another"}

    cloud.ok("PUT", f"/v1/vpn/vpnconn/{tunnel}", TUNNEL | changed | {"ikeConfig": ike, "ipsecConfig": ipsec})

    assert control_of(cloud)("GET", "journal?operation=UpdateVpnTunnel").body["entries"][0]["unread"] == []
    shown = tunnels(cloud, gateway)[0]
    assert (shown["ikeConfig"], shown["ipsecConfig"]) == (IKE, IPSEC)
    assert shown == shown | changed


def test_a_tunnel_is_refused_unless_it_can_be(cloud, gateway):
    tunnel = new_tunnel(cloud, gateway)
    other, ssl = new_vpn(cloud), new_vpn(cloud, type="SSL")
    target, body = f"/v1/vpn/{gateway}/vpnconn", TUNNEL | {"remoteIp": "203.0.113.1"}
    for error, change in (
        (BadRequest, {"vpnConnName": "1st"}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"secretKey": "qwer12345"}),
        (BadRequest, {"secretKey": "q@1"}),
        (BadRequest, {"secretKey": "qwer@12345 "}),
        (BadRequest, {"remoteIp": ""}),
        (BadRequest, {"remoteIp": "there"}),
        (BadRequest, {"remoteIp": "203.0.113.7"}),
        (BadRequest, {"localSubnets": []}),
        (BadRequest, {"localSubnets": ["192.168.0.1/20"]}),
        (BadRequest, {"remoteSubnets": ["192.168.1.0/24"]}),
        (BadRequest, {"ikeConfig": {"ikeVersion": "v3"}}),
        (BadRequest, {"ikeConfig": {"ikeLifeTime": 59}}),
        (BadRequest, {"ipsecConfig": {"ipsecLifetime": "179s"}}),
        (NoSuchObject, {"cgwId": "cgw-nobody00"}),
    ):
        cloud.refused(error, "POST", target, body | change)
    cloud.refused(BadRequest, "PUT", f"/v1/vpn/vpnconn/{tunnel}", TUNNEL | {"vpnId": gateway, "secretKey": "short"})
    for tunnel_id, vpn_id in ((tunnel, other), ("vpnconn-nobody00", gateway)):
        cloud.refused(NoSuchObject, "PUT", f"/v1/vpn/vpnconn/{tunnel_id}", TUNNEL | {"vpnId": vpn_id})
    cloud.refused(OperationDenied, "POST", f"/v1/vpn/{ssl}/vpnconn", body)
    cloud.refused(NoSuchObject, "POST", f"/v1/vpn/{NOBODY}/vpnconn", body)
    cloud.refused(NoSuchObject, "GET", f"/v1/vpn/vpnconn/{NOBODY}")
