"""Making, changing and deleting HaVips."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, ResourceNeedRelease, SubnetHasNoMoreIp
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.services.vpc.havip.havips import NOBODY, body, havip, new_havip

MEMBERS = {"instanceIds": ["i-any"], "instanceType": "SERVER"}
ON_A_HAVIP = [
    ("GET", "", None),
    ("DELETE", "", None),
    ("PUT", "?modifyAttribute", {"name": "other"}),
    ("PUT", "?attach", MEMBERS),
    ("PUT", "?detach", MEMBERS),
    ("PUT", "?bindPublicIp", {"publicIpAddress": "203.0.113.1"}),
    ("PUT", "?unbindPublicIp", None),
]


def test_what_is_not_there_is_not_found(cloud):
    for method, query, asked in ON_A_HAVIP:
        cloud.refused(NoSuchObject, method, f"/v1/havip/{NOBODY}{query}", asked)


def test_a_new_one_is_available_with_an_address_that_nothing_else_has(cloud, running):
    taken = cloud.instance(running)["internalIp"]

    found = havip(cloud, new_havip(cloud, description="of mine"))

    assert re.fullmatch(r"havip-[a-z0-9]{12}", found.pop("haVipId"))
    address = found.pop("privateIpAddress")
    assert address != taken
    assert found == {
        "name": "floating",
        "description": "of mine",
        "vpcId": default_vpc(cloud),
        "subnetId": default_subnet(cloud),
        "status": "available",
        "publicIpAddress": "",
        "bindedInstances": [],
        "createdTime": "2026-01-01T00:01:00Z",
    }
    card = {"name": "card", "subnetId": default_subnet(cloud), "privateIpSet": [{"privateIpAddress": address}]}
    cloud.refused(PrivateIpInUse, "POST", "/v1/eni", card)
    cloud.refused(OperationDenied, "POST", "/v1/havip", body(cloud, privateIpAddress=address))
    cloud.refused(OperationDenied, "POST", "/v1/havip", body(cloud, privateIpAddress=taken))


def test_what_cannot_be_made_is_refused(cloud):
    full = make_subnet(cloud, make_vpc(cloud), cidr="10.0.1.0/29")
    for _ in range(5):
        new_havip(cloud, subnetId=full)
    for wrong, error in [
        ({"name": "1st"}, BadRequest),
        ({"name": ""}, BadRequest),
        ({"description": "d" * 201}, BadRequest),
        ({"privateIpAddress": "10.9.9.9"}, BadRequest),
        ({"privateIpAddress": "nine"}, BadRequest),
        ({"name": None}, InappropriateJSON),
        ({"subnetId": None}, InappropriateJSON),
        ({"subnetId": "sbn-nobody000000"}, NoSuchObject),
        ({"subnetId": full}, SubnetHasNoMoreIp),
    ]:
        cloud.refused(error, "POST", "/v1/havip", body(cloud) | wrong)
    cloud.set_facts(**{"vpc.havipQuota": 5})
    cloud.refused(LimitExceeded, "POST", "/v1/havip", body(cloud, subnetId=full))
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/havip", body(cloud))


def test_it_is_listed_and_renamed(cloud):
    first = new_havip(cloud, name="首", privateIpAddress="192.168.0.99")
    vpc = make_vpc(cloud)
    second = new_havip(cloud, subnetId=make_subnet(cloud, vpc))
    assert havip(cloud, first)["privateIpAddress"] == "192.168.0.99"

    cloud.ok("PUT", f"/v1/havip/{first}?modifyAttribute", {"name": "other"})
    cloud.ok("PUT", f"/v1/havip/{first}?modifyAttribute", {"description": "new"})

    found = havip(cloud, first)
    assert (found["name"], found["description"]) == ("other", "new")
    for query, ids in [("", [second, first]), (f"?vpcId={vpc}", [second]), ("?vpcId=vpc-none", [])]:
        assert [each["haVipId"] for each in cloud.ok("GET", f"/v1/havip{query}")["haVips"]] == ids
    for wrong in ({}, {"name": "1st"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", f"/v1/havip/{first}?modifyAttribute", wrong)


def test_a_deleted_one_leaves_its_subnet_which_it_kept(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud))
    havip_id = new_havip(cloud, subnetId=subnet)
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{subnet}")

    cloud.ok("DELETE", f"/v1/havip/{havip_id}")

    cloud.refused(NoSuchObject, "GET", f"/v1/havip/{havip_id}")
    cloud.ok("DELETE", f"/v1/subnet/{subnet}")


def test_a_route_keeps_what_it_leads_to(cloud):
    havip_id = new_havip(cloud)
    table = cloud.ok("GET", f"/v1/route?vpcId={default_vpc(cloud)}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "8.8.8.0/24"}
    cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "havip", "nexthopId": havip_id})

    cloud.refused(OperationDenied, "DELETE", f"/v1/havip/{havip_id}")
