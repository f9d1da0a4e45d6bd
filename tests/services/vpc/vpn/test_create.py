"""VPN gateways, from being made to being released, with their EIPs."""

from __future__ import annotations

from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.term import KEPT
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.services.eip.eip.addresses import eip, new_eip
from tests.services.vpc.vpn.gateways import (
    BUILT,
    NOBODY,
    POSTPAID,
    PREPAID,
    SERVER,
    USER,
    new_cgw,
    new_tunnel,
    new_vpn,
    vpn,
)


def test_a_gateway_is_built_and_shows_what_was_asked_for(cloud):
    address = new_eip(cloud)
    tags = [{"tagKey": "team", "tagValue": "red"}]
    order = {"vpcId": default_vpc(cloud), "subnetId": default_subnet(cloud), "vpnName": "made", "billing": PREPAID}
    order |= {"description": "of a test", "eip": address, "tags": tags, "deleteProtect": True}
    vpn_id = cloud.ok("POST", "/v1/vpn", order)["vpnId"]

    shown = {
        "vpnId": vpn_id,
        "vpnName": "made",
        "description": "of a test",
        "status": "building",
        "type": "IPSec",
        "vpcId": order["vpcId"],
        "eip": address,
        "bandwidthInMbps": 100,
        "maxConnection": 0,
        "paymentTiming": "Prepaid",
        "createTime": "2026-01-01 08:00:05",
        "expiredTime": "2026-02-01T00:00:05Z",
        "deleteProtect": True,
        "tags": tags,
        "vpnConnNum": 0,
        "vpnConns": [],
    }
    assert vpn(cloud, vpn_id) == shown
    cloud.clock.advance(BUILT)
    assert vpn(cloud, vpn_id) == shown | {"status": "unconfigured"}
    assert (eip(cloud, address)["instanceType"], eip(cloud, address)["instanceId"]) == ("VPN", vpn_id)
    ssl = new_vpn(cloud, type="SSL")
    assert vpn(cloud, ssl)["maxConnection"] == 5

    def found(query: str) -> list[str]:
        target = f"/v1/vpn?vpcId={order['vpcId']}&{query}"
        return [each["vpnId"] for each in cloud.ok("GET", target)["vpns"]]

    assert found("") == [ssl, vpn_id]
    assert found(f"eip={address}") == found("type=IPSec") == [vpn_id]
    assert found(f"eip={address}&type=SSL") == []
    assert cloud.ok("GET", f"/v1/vpn?vpcId={make_vpc(cloud)}")["vpns"] == []
    cloud.refused(BadRequest, "GET", f"/v1/vpn?vpcId={order['vpcId']}&type=GRE")


def test_a_gateway_is_refused_unless_it_can_be(cloud):
    order = {"vpcId": default_vpc(cloud), "vpnName": "made", "billing": POSTPAID}
    empty, instance = make_vpc(cloud), cloud.create()
    taken = new_eip(cloud)
    cloud.ok("PUT", f"/v1/eip/{taken}?bind", {"instanceType": "BCC", "instanceId": instance})
    for error, change in (
        (BadRequest, {"vpnName": "1st"}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"type": "GRE"}),
        (BadRequest, {"maxConnection": 5}),
        (BadRequest, {"type": "SSL", "maxConnection": 6}),
        (BadRequest, {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}}),
        (InappropriateJSON, {"billing": None}),
        (NoSuchObject, {"vpcId": "vpc-nobody00"}),
        (NoSuchObject, {"subnetId": "sbn-nobody00"}),
        (NoSuchObject, {"eip": "203.0.113.99"}),
        (OperationDenied, {"eip": taken}),
        (OperationDenied, {"vpcId": empty}),
    ):
        cloud.refused(error, "POST", "/v1/vpn", order | change)
    elsewhere = make_subnet(cloud, empty)
    cloud.refused(BadRequest, "POST", "/v1/vpn", order | {"subnetId": elsewhere})
    for _ in range(3):
        new_vpn(cloud)
    cloud.refused(LimitExceeded, "POST", "/v1/vpn", order)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/vpn", order)


def test_an_eip_is_bound_by_the_calls_of_either_product(cloud):
    vpn_id, address, other = new_vpn(cloud), new_eip(cloud), new_eip(cloud)
    target = f"/v1/vpn/{vpn_id}"
    cloud.refused(OperationDenied, "PUT", f"{target}?unbind")

    cloud.ok("PUT", f"{target}?bind", {"eip": address})
    assert (vpn(cloud, vpn_id)["status"], eip(cloud, address)["status"]) == ("configuring", "binding")
    cloud.refused(OperationDenied, "PUT", f"{target}?unbind")
    cloud.clock.advance(3)
    assert (vpn(cloud, vpn_id)["status"], vpn(cloud, vpn_id)["eip"]) == ("unconfigured", address)
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 7})
    cloud.clock.advance(5)
    assert vpn(cloud, vpn_id)["bandwidthInMbps"] == 7
    for error, each in ((OperationDenied, other), (OperationDenied, address), (NoSuchObject, "203.0.113.99")):
        cloud.refused(error, "PUT", f"{target}?bind", {"eip": each})

    new_tunnel(cloud, vpn_id)
    cloud.ok("PUT", f"{target}?unbind")
    assert (vpn(cloud, vpn_id)["status"], vpn(cloud, vpn_id)["eip"]) == ("configuring", address)
    cloud.clock.advance(3)
    assert (vpn(cloud, vpn_id)["status"], vpn(cloud, vpn_id)["eip"]) == ("active", "")
    cloud.ok("PUT", f"/v1/eip/{other}?bind", {"instanceType": "VPN", "instanceId": vpn_id})
    assert vpn(cloud, vpn_id)["eip"] == vpn(cloud, vpn_id)["vpnConns"][0]["localIp"] == other


def test_a_gateway_is_changed(cloud):
    vpn_id = new_vpn(cloud, description="of a test")
    target = f"/v1/vpn/{vpn_id}?modifyAttribute"

    cloud.ok("PUT", target, {"vpnName": "renamed"})
    cloud.ok("PUT", target, {"vpnName": "", "description": "another"})

    assert (vpn(cloud, vpn_id)["vpnName"], vpn(cloud, vpn_id)["description"]) == ("renamed", "another")
    for body in ({"vpnName": "1st"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", target, body)


def test_what_is_used_protected_or_paid_for_stays(cloud):
    vpc = make_vpc(cloud)
    place, address = make_subnet(cloud, vpc), new_eip(cloud)
    vpn_id = cloud.ok("POST", "/v1/vpn", {"vpcId": vpc, "vpnName": "made", "billing": POSTPAID, "subnetId": place})[
        "vpnId"
    ]
    target = f"/v1/vpn/{vpn_id}"
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.clock.advance(BUILT)
    cloud.ok("PUT", f"{target}?bind", {"eip": address})
    cloud.clock.advance(3)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{place}")
    tunnel = new_tunnel(cloud, vpn_id)
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/vpn/vpnconn/{tunnel}")
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "10.20.0.0/24"}
    rule_id = cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "vpn", "nexthopId": vpn_id})["routeRuleId"]
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/route/rule/{rule_id}")
    cloud.ok("PUT", f"{target}/deleteProtect", {"deleteProtect": True})
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("PUT", f"{target}/deleteProtect", {})
    cloud.refused(OperationDenied, "PUT", f"{target}?purchaseReserved", {"billing": PREPAID})

    cloud.ok("DELETE", target)

    assert eip(cloud, address)["status"] == "available"
    cloud.ok("DELETE", f"/v1/subnet/{place}")
    cloud.ok("DELETE", f"/v1/vpc/{vpc}")


def test_what_is_paid_ahead_expires_is_renewed_and_goes_with_what_it_has(cloud):
    vpn_id, ssl = (new_vpn(cloud, billing=PREPAID, type=each) for each in ("IPSec", "SSL"))
    new_tunnel(cloud, vpn_id, cgwId=new_cgw(cloud))
    cloud.ok("POST", f"/v1/vpn/{ssl}/sslVpnServer", SERVER)
    cloud.ok("POST", f"/v1/vpn/{ssl}/sslVpnUser", {"sslVpnUsers": [USER]})
    cloud.refused(OperationDenied, "DELETE", f"/v1/vpn/{vpn_id}")

    cloud.clock.advance(31 * DAY)
    assert vpn(cloud, vpn_id)["status"] == "down"
    cloud.refused(OperationDenied, "PUT", f"/v1/vpn/{vpn_id}?bind", {"eip": new_eip(cloud)})
    late = {"instanceType": "VPN", "instanceId": vpn_id}
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", late)
    cloud.ok("PUT", f"/v1/vpn/{vpn_id}?purchaseReserved", {"billing": PREPAID})
    assert (vpn(cloud, vpn_id)["status"], vpn(cloud, vpn_id)["expiredTime"]) == ("active", "2026-03-01T00:00:30Z")

    cloud.clock.advance(KEPT)
    cloud.refused(NoSuchObject, "GET", f"/v1/vpn/{ssl}")
    account = cloud.account
    assert [len(list(account.all(kind))) for kind in account.collections if kind.__name__.startswith("SslVpn")] == [
        0,
        0,
    ]


def test_a_gateway_that_is_not_there_is_not_found(cloud):
    target = f"/v1/vpn/{NOBODY}"
    for method, key, body in (
        ("GET", "", None),
        ("DELETE", "", None),
        ("PUT", "?bind", {"eip": "203.0.113.9"}),
        ("PUT", "?unbind", None),
        ("PUT", "?modifyAttribute", {"vpnName": "renamed"}),
        ("PUT", "?purchaseReserved", {"billing": PREPAID}),
        ("PUT", "/deleteProtect", {"deleteProtect": True}),
        ("GET", "/sslVpnServer", None),
        ("POST", "/sslVpnServer", SERVER),
        ("PUT", "/sslVpnServer/sslvpn-1", SERVER),
        ("DELETE", "/sslVpnServer/sslvpn-1", None),
        ("GET", "/sslVpnUser", None),
        ("POST", "/sslVpnUser", {"sslVpnUsers": [USER]}),
        ("PUT", "/sslVpnUser/ssluser-1", None),
        ("DELETE", "/sslVpnUser/ssluser-1", None),
    ):
        cloud.refused(NoSuchObject, method, target + key, body)
    cloud.refused(NoSuchObject, "GET", "/v1/vpn?vpcId=vpc-nobody00")
