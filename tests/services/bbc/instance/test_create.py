"""Servers are made of flavors, RAIDs and images, in subnets."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.errors import InsufficientBalance
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.cloud import PASSWORD, encrypted
from tests.services.bbc.servers import BUILT, LINUX, MONTH, ORDER, WINDOWS, elsewhere, new_server, server, status

TAGS = [{"tagKey": "team", "tagValue": "red"}]
ACCEPTED = {
    "requestToken": "once",
    "enableNuma": True,
    "enableHt": True,
    "rootPartitionType": "ext4",
    "dataPartitionType": "xfs",
}
BY_LABEL = {"labelConstraints": [{"labelKey": "rack", "operatorName": "exist"}]}


def make(cloud, what, path, **members):
    with elsewhere(cloud):
        return cloud.ok("POST", path, {"name": "made", **members})[what]


@pytest.mark.parametrize(("path", "more"), [("/v1/instance", {}), ("/v1/instanceByLabel", BY_LABEL)])
def test_a_server_is_built_and_runs(cloud, path, more):
    vpc = make(cloud, "vpcId", "/v1/vpc", cidr="10.0.0.0/16")
    subnet = make(cloud, "subnetId", "/v1/subnet", cidr="10.0.1.0/24", vpcId=vpc, zoneName="cn-bj-b", subnetType="BBC")
    group = make(cloud, "securityGroupId", "/v2/securityGroup", vpcId=vpc, rules=[])
    members = {"name": "web", "hostname": "web-1", "subnetId": subnet, "securityGroupId": group, "tags": TAGS}
    order = ORDER | members | ACCEPTED | more | {"adminPass": encrypted(PASSWORD), "zoneName": "cn-bj-b"}

    made = cloud.ok("POST", path, order | {"internalIps": ["10.0.1.9"], "billing": MONTH, "autoRenewTime": 2})

    (server_id,) = made["instanceIds"]
    assert re.fullmatch(r"i-\w{8}", server_id)
    shown = server(cloud, server_id)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", shown.pop("uuid"))
    blank = ("desc", "publicIp", "rdmaIp", "switchId", "hostId", "deploysetId", "rackId")
    assert shown == dict.fromkeys(blank, "") | {
        "id": server_id,
        "name": "web",
        "hostname": "web-1",
        "status": "Starting",
        "paymentTiming": "Prepaid",
        "createTime": "2026-01-01T00:00:00Z",
        "expireTime": "2026-02-01T00:00:00Z",
        "internalIp": "10.0.1.9",
        "imageId": LINUX,
        "flavorId": "BBC-I1-01",
        "zone": "cn-bj-b",
        "region": "bj",
        "hasAlive": 0,
        "autoRenew": True,
        "tags": TAGS,
        "networkCapacityInMbps": 0,
    }
    cloud.clock.advance(BUILT)
    assert (status(cloud, server_id), server(cloud, server_id)["hasAlive"]) == ("Running", 1)
    with elsewhere(cloud):
        cards = cloud.ok("GET", f"/v2/securityGroup?instanceId={server_id}")["securityGroups"]
        assert [each["id"] for each in cards] == [group]
        assert cloud.ok("GET", "/v2/instance")["instances"] == []


def test_several_are_told_apart_and_ids_are_those_of_no_instance(cloud):
    made = cloud.ok("POST", "/v1/instance", ORDER | {"purchaseCount": 2, "name": "web"})["instanceIds"]
    with elsewhere(cloud):
        other = cloud.create()

    assert len({*made, other}) == 3
    assert [server(cloud, each)["hostname"] for each in made] == ["web-1", "web-2"]
    again = ORDER | {"name": "once"}
    first = cloud.ok("POST", "/v1/instance?clientToken=t", again)
    assert cloud.ok("POST", "/v1/instance?clientToken=t", again) == first


def test_enterprise_groups_exclude_ordinary_ones(cloud):
    group = make(cloud, "enterpriseSecurityGroupId", "/v1/enterprise/security", rules=[])

    server_id = new_server(cloud, enterpriseSecurityGroupId=group)

    card = cloud.account.find_by(Nic, "device_id", server_id)
    assert (card.security_group_ids, card.enterprise_security_group_ids) == ((), (group,))


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (NoSuchObject, {"imageId": "m-nobody00"}),
        (NoSuchObject, {"subnetId": "sbn-nobody000000"}),
        (NoSuchObject, {"securityGroupId": "g-nobody000000"}),
        (NoSuchObject, {"enterpriseSecurityGroupId": "esg-nobody000000"}),
        (BadRequest, {"securityGroupId": "g-1", "enterpriseSecurityGroupId": "esg-1"}),
        (BadRequest, {"flavorId": "BBC-X"}),
        (BadRequest, {"raidId": "raid-n1Vb6XeA"}),
        (BadRequest, {"rootDiskSizeInGb": 93}),
        (BadRequest, {"rootDiskSizeInGb": 39, "imageId": WINDOWS}),
        (BadRequest, {"purchaseCount": 101}),
        (BadRequest, {"zoneName": "cn-gz-a"}),
        (BadRequest, {"name": "1st"}),
        (BadRequest, {"hostname": "Web"}),
        (BadRequest, {"adminPass": PASSWORD}),
        (BadRequest, {"billing": {"paymentTiming": "bidding"}}),
        (BadRequest, {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 11}}}),
        (BadRequest, {"autoRenewTime": 11}),
        (BadRequest, {"internalIps": ["192.168.0.9", "192.168.0.10"]}),
        (BadRequest, {"labelConstraints": [{"labelKey": "rack", "operatorName": "like"}]}),
        (InappropriateJSON, {"raidId": None}),
    ],
)
def test_what_is_not_on_offer_is_refused(cloud, error, members):
    cloud.refused(error, "POST", "/v1/instanceByLabel", ORDER | members)
    if "labelConstraints" not in members:
        cloud.refused(error, "POST", "/v1/instance", ORDER | members)


def test_what_the_account_or_the_subnet_does_not_have_is_refused(cloud):
    taken = server(cloud, new_server(cloud))["internalIp"]
    vpc = make(cloud, "vpcId", "/v1/vpc", cidr="10.0.0.0/16")
    small = make(cloud, "subnetId", "/v1/subnet", cidr="10.0.1.0/29", vpcId=vpc, zoneName="cn-bj-a")
    for path in ("/v1/instance", "/v1/instanceByLabel"):
        cloud.refused(PrivateIpInUse, "POST", path, ORDER | {"internalIps": [taken]})
        cloud.refused(SubnetHasNoMoreIp, "POST", path, ORDER | {"subnetId": small, "purchaseCount": 9})
        cloud.refused(BadRequest, "POST", path, ORDER | {"subnetId": small, "zoneName": "cn-bj-b"})
        cloud.set_facts(**{"bbc.serverStock": {"cn-bj-a/BBC-I1-01": 1}})
        cloud.refused(OperationDenied, "POST", path, ORDER | {"purchaseCount": 2})
        cloud.set_facts(**{"bbc.serverStock": {}, "balance": 100})
        cloud.refused(InsufficientBalance, "POST", path, ORDER)
        cloud.refused(InsufficientBalance, "POST", path, ORDER | {"billing": MONTH})
        cloud.set_facts(balance=1_000_000, realNameVerified=False)
        cloud.refused(QualifyNotPass, "POST", path, ORDER)
        cloud.set_facts(realNameVerified=True)
