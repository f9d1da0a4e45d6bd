"""Customer gateways."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.services.vpc.vpn.gateways import new_cgw, new_tunnel, new_vpn


def test_a_customer_gateway_is_there_until_it_is_deleted(cloud):
    first, second = new_cgw(cloud, description="of a test"), new_cgw(cloud, ip="203.0.113.10")
    target = f"/v1/vpn/cgw/{first}"
    cloud.clock.advance(60)

    cloud.ok("PUT", target, {"name": "renamed"})
    cloud.ok("PUT", target, {"description": "another"})

    shown = cloud.ok("GET", target)
    assert shown == {
        "cgwId": first,
        "name": "renamed",
        "ip": "203.0.113.9",
        "description": "another",
        "createdTime": "2026-01-01 08:00:00",
        "updatedTime": "2026-01-01 08:01:00",
    }
    assert [each["cgwId"] for each in cloud.ok("GET", "/v1/vpn/cgw")["result"]] == [second, first]
    page = cloud.ok("GET", "/v1/vpn/cgw?maxKeys=1")
    assert cloud.ok("GET", f"/v1/vpn/cgw?marker={page['nextMarker']}")["result"] == [shown]

    tunnel = new_tunnel(cloud, new_vpn(cloud), cgwId=first)
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/vpn/vpnconn/{tunnel}")
    cloud.ok("DELETE", target)
    for method, body in (("GET", None), ("PUT", {"name": "renamed"}), ("DELETE", None)):
        cloud.refused(NoSuchObject, method, target, body)


def test_a_customer_gateway_has_a_name_and_an_address(cloud):
    body = {"name": "there", "ip": "203.0.113.9"}
    for change in ({"name": "1st"}, {"ip": "there"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "POST", "/v1/vpn/cgw", body | change)
    cgw = new_cgw(cloud)
    for body in ({}, {"name": "", "description": ""}, {"name": "1st"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", f"/v1/vpn/cgw/{cgw}", body)
