"""Servers move to other subnets and VPCs."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.services.bbc.instance.test_addresses import card_of, subnet_beside
from tests.services.bbc.instance.test_release import with_eip
from tests.services.bbc.servers import NOBODY, elsewhere, new_server, server, status

SUBNET, VPC = "/v1/subnet/changeSubnet", "/v1/vpc/changeVpc"


def test_a_server_moves_with_its_eip(cloud):
    server_id = new_server(cloud)
    eip, beside = with_eip(cloud, server_id), subnet_beside(cloud, server_id)
    with elsewhere(cloud):
        vpc = cloud.ok("POST", "/v1/vpc", {"name": "there", "cidr": "10.0.0.0/16"})["vpcId"]
        order = {"name": "there", "cidr": "10.0.1.0/24", "vpcId": vpc, "zoneName": "cn-bj-a"}
        there = cloud.ok("POST", "/v1/subnet", order)["subnetId"]

    cloud.ok("PUT", SUBNET, {"instanceId": server_id, "subnetId": beside, "internalIp": "192.168.200.9"})

    shown = server(cloud, server_id)
    assert (shown["status"], shown["internalIp"], shown["publicIp"]) == ("ChangeVpc", "192.168.200.9", eip)
    cloud.clock.advance(60)
    assert status(cloud, server_id) == "Running"
    cloud.refused(BadRequest, "PUT", SUBNET, {"instanceId": server_id, "subnetId": there})
    cloud.refused(BadRequest, "PUT", VPC, {"instanceId": server_id, "subnetId": beside})
    cloud.ok("PUT", VPC, {"instanceId": server_id, "subnetId": there})
    cloud.clock.advance(60)
    assert (card_of(cloud, server_id)["vpcId"], server(cloud, server_id)["publicIp"]) == (vpc, eip)
    (network,) = cloud.ok("POST", "/v1/vpcSubnet", {"bbcIds": [server_id]})["networkInfo"]
    assert network == {
        "bbcId": server_id,
        "vpc": {
            "vpcId": vpc,
            "cidr": "10.0.0.0/16",
            "name": "there",
            "description": "",
            "isDefault": False,
            "default": False,
        },
        "subnet": {
            "vpcId": vpc,
            "name": "there",
            "subnetType": "BCC",
            "subnetId": there,
            "cidr": "10.0.1.0/24",
            "zoneName": "cn-bj-a",
        },
    }
    with elsewhere(cloud):
        (group,) = cloud.ok("GET", f"/v2/securityGroup?instanceId={server_id}")["securityGroups"]
    assert group["vpcId"] == vpc
    cloud.refused(NoSuchObject, "POST", "/v1/vpcSubnet", {"bbcIds": [server_id, NOBODY]})
    cloud.refused(BadRequest, "POST", "/v1/vpcSubnet", {"bbcIds": [server_id] * 101})
    cloud.refused(NoSuchObject, "GET", f"/v1/vpcPort/{NOBODY}")


def test_where_it_cannot_go_it_stays(cloud):
    server_id, taken = new_server(cloud), server(cloud, new_server(cloud))["internalIp"]
    home = card_of(cloud, server_id)["subnetId"]
    zone = subnet_beside(cloud, server_id, cidr="192.168.202.0/24", zoneName="cn-bj-b")
    with elsewhere(cloud):
        vpc = cloud.ok("POST", "/v1/vpc", {"name": "there", "cidr": "10.0.0.0/16"})["vpcId"]
    full = [subnet_beside(cloud, server_id, cidr="192.168.201.0/29")]
    full.append(subnet_beside(cloud, server_id, cidr="10.0.1.0/29", vpcId=vpc))
    for subnet in full:
        inside = new_server(cloud, subnetId=subnet, purchaseCount=5)
    for path, where, error in [
        (SUBNET, {"subnetId": full[0]}, SubnetHasNoMoreIp),
        (SUBNET, {"subnetId": home, "internalIp": taken}, PrivateIpInUse),
        (SUBNET, {"subnetId": home}, BadRequest),
        (SUBNET, {"subnetId": zone}, BadRequest),
        (SUBNET, {"subnetId": "sbn-nobody000000"}, NoSuchObject),
        (VPC, {"subnetId": full[1]}, SubnetHasNoMoreIp),
        (VPC, {"subnetId": full[1], "internalIp": server(cloud, inside)["internalIp"]}, PrivateIpInUse),
        (VPC, {"subnetId": "sbn-nobody000000"}, NoSuchObject),
    ]:
        cloud.refused(error, "PUT", path, {"instanceId": server_id} | where)
