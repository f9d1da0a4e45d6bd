"""Service cards, from being made to being deleted."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nic.errors import InstanceBindNotSameVpc, SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.security_group.errors import InstancesAssociated
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, ResourceNeedRelease, SubnetHasNoMoreIp
from tests.cloud import Cloud
from tests.network import default_vpc, make_subnet, make_vpc, subnet
from tests.services.vpc.enterprise_security_group.esgs import new_esg

NOBODY = "endpoint-nobody00"
POSTPAID = {"paymentTiming": "Postpaid"}


@pytest.fixture
def order(cloud) -> dict[str, Any]:
    vpc = make_vpc(cloud)
    place = make_subnet(cloud, vpc)
    return {"vpcId": vpc, "name": "card", "subnetId": place, "service": "bos.bj.baidubce.com", "billing": POSTPAID}


def make(cloud: Cloud, order: dict[str, Any], **members: Any) -> str:
    endpoint_id: str = cloud.ok("POST", "/v1/endpoint", order | members)["id"]
    return endpoint_id


def look(cloud: Cloud, endpoint_id: str) -> dict[str, Any]:
    return cloud.ok("GET", f"/v1/endpoint/{endpoint_id}")


def test_a_card_has_an_address_of_its_subnet_until_it_is_deleted(cloud, order):
    free = subnet(cloud, order["subnetId"])["availableIp"]
    tags = [{"tagKey": "team", "tagValue": "red"}]
    made = cloud.ok("POST", "/v1/endpoint", order | {"description": "of a test", "tags": tags, "bandwidth": 5})

    shown = {
        "endpointId": made["id"],
        "name": "card",
        "ipAddress": made["ipAddress"],
        "status": "unavailable",
        "service": order["service"],
        "subnetId": order["subnetId"],
        "description": "of a test",
        "createTime": "2026-01-01T00:00:00Z",
        "vpcId": order["vpcId"],
        "productType": "postpay",
        "tags": tags,
    }
    assert look(cloud, made["id"]) == shown
    cloud.clock.advance(5)
    assert look(cloud, made["id"]) == shown | {"status": "available"}
    assert subnet(cloud, order["subnetId"])["availableIp"] == free - 1
    other = cloud.ok("POST", "/v1/endpoint", order | {"ipAddress": "10.0.1.77"})
    assert other["ipAddress"] == "10.0.1.77"
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{order['subnetId']}")

    for endpoint_id in (made["id"], other["id"]):
        cloud.ok("DELETE", f"/v1/endpoint/{endpoint_id}")

    cloud.refused(NoSuchObject, "GET", f"/v1/endpoint/{made['id']}")
    assert subnet(cloud, order["subnetId"])["availableIp"] == free
    cloud.ok("DELETE", f"/v1/subnet/{order['subnetId']}")


def test_all_filters_hold_together(cloud, order):
    first = make(cloud, order, name="first", ipAddress="10.0.1.77")
    cloud.clock.advance(5)
    second = make(cloud, order, service="mine.uservice-a223vc00.bj.baidubce.com")

    def found(query: str) -> list[str]:
        target = f"/v1/endpoint?vpcId={order['vpcId']}&{query}"
        return [each["endpointId"] for each in cloud.ok("GET", target)["endpoints"]]

    assert found("") == found(f"subnetId={order['subnetId']}") == [second, first]
    assert found("name=first") == found("ipAddress=10.0.1.77") == found("status=available") == [first]
    assert found("status=unavailable") == found("status=dead") == [second]
    assert found("service=mine.uservice-a223vc00.bj.baidubce.com") == found("maxKeys=1") == [second]
    assert found("name=first&status=dead") == []
    assert cloud.ok("GET", f"/v1/endpoint?vpcId={default_vpc(cloud)}")["endpoints"] == []
    cloud.refused(BadRequest, "GET", f"/v1/endpoint?vpcId={order['vpcId']}&status=lost")
    cloud.refused(NoSuchObject, "GET", "/v1/endpoint?vpcId=vpc-nobody00")


def test_the_cloud_has_services_in_each_region(cloud):
    services = cloud.ok("GET", "/v1/endpoint/publicService")["services"]
    cloud.host = "bcc.gz.localhost:8080"

    assert "bos.bj.baidubce.com" in services
    assert "bos.gz.baidubce.com" in cloud.ok("GET", "/v1/endpoint/publicService")["services"]


def test_a_card_is_refused_unless_it_can_be(cloud, order):
    make(cloud, order, ipAddress="10.0.1.77", bandwidth=100)
    for error, change in (
        (BadRequest, {"name": "1st"}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"service": ""}),
        (BadRequest, {"service": "not a name"}),
        (BadRequest, {"bandwidth": 5_001}),
        (BadRequest, {"bandwidth": -1}),
        (BadRequest, {"ipAddress": "10.0.2.7"}),
        (BadRequest, {"vpcId": default_vpc(cloud)}),
        (InappropriateJSON, {"billing": None}),
        (NoSuchObject, {"vpcId": "vpc-nobody00"}),
        (NoSuchObject, {"subnetId": "sbn-nobody00"}),
        (OperationDenied, {"billing": {"paymentTiming": "Prepaid"}}),
        (PrivateIpInUse, {"ipAddress": "10.0.1.77"}),
    ):
        cloud.refused(error, "POST", "/v1/endpoint", order | change)
    small = make_subnet(cloud, order["vpcId"], cidr="10.0.2.0/29")
    for _ in range(5):
        make(cloud, order, subnetId=small)
    cloud.refused(SubnetHasNoMoreIp, "POST", "/v1/endpoint", order | {"subnetId": small})
    cloud.set_facts(endpointBandwidthQuota=700)
    cloud.refused(LimitExceeded, "POST", "/v1/endpoint", order | {"bandwidth": 101})
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/endpoint", order)


def test_a_card_is_renamed(cloud, order):
    endpoint_id = make(cloud, order, description="of a test")
    target = f"/v1/endpoint/{endpoint_id}"

    cloud.ok("PUT", target, {"name": "c 1"})
    cloud.ok("PUT", target, {"description": ""})

    assert (look(cloud, endpoint_id)["name"], look(cloud, endpoint_id)["description"]) == ("c 1", "")
    for body in ({}, {"name": ""}, {"name": "1st"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", target, body)


def test_a_card_is_in_groups_that_stay_meanwhile(cloud, order):
    endpoint_id = make(cloud, order)
    target, groups = f"/v1/endpoint/{endpoint_id}", "/v2/securityGroup"
    body = {"name": "web", "vpcId": order["vpcId"], "rules": []}
    ordinary = cloud.ok("POST", groups, body)["securityGroupId"]
    elsewhere = cloud.ok("POST", groups, body | {"vpcId": default_vpc(cloud)})["securityGroupId"]
    enterprise = [new_esg(cloud, name) for name in ("one", "two")]

    cloud.ok("PUT", f"{target}?bindSg", {"securityGroupIds": [ordinary]})
    cloud.refused(InstancesAssociated, "DELETE", f"{groups}/{ordinary}")
    for error, ids in ((SecurityGroupsNotSameVpc, [ordinary, elsewhere]), (InstanceBindNotSameVpc, [elsewhere])):
        cloud.refused(error, "PUT", f"{target}?bindSg", {"securityGroupIds": ids})
    cloud.refused(NoSuchObject, "PUT", f"{target}?bindSg", {"securityGroupIds": ["g-nobody00"]})
    cloud.refused(NoSuchObject, "PUT", f"{target}?bindEsg", {"enterpriseSecurityGroupIds": ["esg-nobody00"]})
    cloud.refused(BadRequest, "PUT", f"{target}?bindEsg", {"enterpriseSecurityGroupIds": enterprise})
    for action, member in (("bindSg", "securityGroupIds"), ("bindEsg", "enterpriseSecurityGroupIds")):
        cloud.refused(BadRequest, "PUT", f"{target}?{action}", {member: []})
        cloud.refused(NoSuchObject, "PUT", f"/v1/endpoint/{NOBODY}?{action}", {member: ["g-1"]})

    cloud.ok("PUT", f"{target}?bindEsg", {"enterpriseSecurityGroupIds": enterprise[:1]})
    cloud.ok("DELETE", f"{groups}/{ordinary}")
    assert cloud.call("DELETE", f"/v1/enterprise/security/{enterprise[0]}").status == 409


def test_a_card_that_is_not_there_is_not_found(cloud):
    for method, body in (("GET", None), ("PUT", {"name": "renamed"}), ("DELETE", None)):
        cloud.refused(NoSuchObject, method, f"/v1/endpoint/{NOBODY}", body)
