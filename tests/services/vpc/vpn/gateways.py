"""VPN gateways and what they have for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_vpc

NOBODY, BUILT = "vpn-nobody000000", 10
POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
TUNNEL = {
    "vpnConnName": "tunnel",
    "secretKey": "qwer@12345",
    "remoteIp": "203.0.113.7",
    "localSubnets": ["192.168.0.0/20"],
    "remoteSubnets": ["10.20.0.0/24"],
    "ikeConfig": {},
    "ipsecConfig": {},
}
SERVER = {"sslVpnServerName": "server", "localSubnets": ["192.168.0.0/20"], "remoteSubnet": "10.20.0.0/24"}
USER = {"userName": "user-1", "password": "qwer@12345"}


def new_vpn(cloud: Cloud, **members: Any) -> str:
    """The id of a gateway that is built."""
    order = {"vpcId": default_vpc(cloud), "vpnName": "gateway", "billing": POSTPAID}
    vpn_id: str = cloud.ok("POST", "/v1/vpn", order | members)["vpnId"]
    cloud.clock.advance(BUILT)
    return vpn_id


def vpn(cloud: Cloud, vpn_id: str) -> dict[str, Any]:
    """A gateway as a client sees it."""
    return cloud.ok("GET", f"/v1/vpn/{vpn_id}")


def new_tunnel(cloud: Cloud, vpn_id: str, **members: Any) -> str:
    """The id of a tunnel."""
    tunnel_id: str = cloud.ok("POST", f"/v1/vpn/{vpn_id}/vpnconn", TUNNEL | members)["vpnConnId"]
    return tunnel_id


def tunnels(cloud: Cloud, vpn_id: str) -> list[dict[str, Any]]:
    """The tunnels of a gateway as a client sees them."""
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/vpn/vpnconn/{vpn_id}")["vpnConns"]
    return found


def new_cgw(cloud: Cloud, **members: Any) -> str:
    """The id of a customer gateway."""
    cgw_id: str = cloud.ok("POST", "/v1/vpn/cgw", {"name": "there", "ip": "203.0.113.9"} | members)["cgwId"]
    return cgw_id
