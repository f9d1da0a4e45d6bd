"""Instances of HPAS move to other subnets and VPCs."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet, shown

MOVE = "/?action=ModifyInstanceVPC"


def test_instances_move_to_a_subnet_all_or_none(cloud):
    vpc = cloud.ok("POST", "/v1/vpc", {"name": "net", "cidr": "10.0.0.0/16"})["vpcId"]
    one, other = new_instances(cloud, new_subnet(cloud, vpc_id=vpc), purchaseNum=2)
    small, far = new_subnet(cloud, vpc_id=vpc, cidr="10.0.1.0/29"), new_subnet(cloud, "cn-bj-b", "10.0.2.0/24", vpc)
    move, both = "/?action=ModifyInstancesSubnet", [one, other]

    ask(cloud, "ModifyInstancesSubnet", {"hpasIds": [one], "subnetId": small, "privateIp": "10.0.1.3"})
    assert [shown(cloud, one)[each] for each in ("status", "subnetId", "internalIp")] == [
        "Reboot",
        small,
        "10.0.1.3",
    ]
    cloud.refused(OperationDenied, "POST", move, {"hpasIds": both, "subnetId": small})
    cloud.clock.advance(60)
    cloud.refused(PrivateIpInUse, "POST", move, {"hpasIds": [other], "subnetId": small, "privateIp": "10.0.1.3"})
    cloud.refused(BadRequest, "POST", move, {"hpasIds": both, "subnetId": small, "privateIp": "10.0.1.4"})
    for wrong in (far, new_subnet(cloud)):
        cloud.refused(BadRequest, "POST", move, {"hpasIds": [other], "subnetId": wrong})
    for members in ({"hpasIds": [NOBODY]}, {"subnetId": "sbn-nobody000000"}):
        cloud.refused(NoSuchObject, "POST", move, {"hpasIds": [other], "subnetId": small} | members)
    for _ in range(2):
        new_instances(cloud, small)
    many = new_instances(cloud, new_subnet(cloud, vpc_id=vpc, cidr="10.0.3.0/24"), purchaseNum=9)
    cloud.refused(SubnetHasNoMoreIp, "POST", move, {"hpasIds": many, "subnetId": small})


def test_a_stopped_instance_stays_stopped_while_it_moves_and_afterwards(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    near = new_subnet(cloud, vpc_id=shown(cloud, one)["vpcId"], cidr="10.0.1.0/24")
    ask(cloud, "StopInstances", {"hpasIds": [one]})
    cloud.clock.advance(30)

    ask(cloud, "ModifyInstancesSubnet", {"hpasIds": [one], "subnetId": near})

    assert shown(cloud, one)["status"] == "ChangeSubnet"
    cloud.clock.advance(40)
    assert [shown(cloud, one)[each] for each in ("status", "subnetId")] == ["Stopped", near]


def group_in(cloud, vpc_id):
    return cloud.ok("POST", "/v2/securityGroup", {"name": "other", "vpcId": vpc_id, "rules": []})["securityGroupId"]


def test_an_instance_moves_to_another_vpc_and_the_groups_there(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    before, far = shown(cloud, one), new_subnet(cloud)

    ask(cloud, "ModifyInstanceVPC", {"hpasId": one, "subnetId": far, "privateIp": "10.0.0.9"})

    after = shown(cloud, one)
    assert [after[each] for each in ("status", "subnetId", "internalIp")] == ["ChangeVpc", far, "10.0.0.9"]
    assert after["vpcId"] != before["vpcId"]
    (group,) = after["nicInfo"][0]["securityGroupIds"]
    assert cloud.ok("GET", f"/v2/securityGroup/{group}")["vpcId"] == after["vpcId"]
    cloud.clock.advance(40)
    assert shown(cloud, one)["status"] == "Active"


def test_an_instance_takes_the_groups_that_are_named(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    enterprise = cloud.ok("POST", "/v1/enterprise/security", {"name": "esg", "rules": []})["enterpriseSecurityGroupId"]
    home, far = shown(cloud, one)["subnetId"], new_subnet(cloud)
    group = group_in(cloud, cloud.ok("GET", f"/v1/subnet/{far}")["subnet"]["vpcId"])

    for subnet_id, members, groups in (
        (far, {"securityGroupIds": [group]}, [group]),
        (home, {"securityGroupIds": [enterprise], "securityGroupType": "enterprise"}, [enterprise]),
        (far, {}, [enterprise]),
    ):
        ask(cloud, "ModifyInstanceVPC", {"hpasId": one, "subnetId": subnet_id} | members)
        cloud.clock.advance(40)
        assert shown(cloud, one)["nicInfo"][0]["securityGroupIds"] == groups


def test_a_wrong_move_to_another_vpc_is_refused(cloud):
    subnet_id = new_subnet(cloud)
    (one,) = new_instances(cloud, subnet_id)
    far, full = new_subnet(cloud), new_subnet(cloud, cidr="10.0.0.0/29")
    new_instances(cloud, full, internalIps=["10.0.0.2"])
    wanted = {"hpasId": one, "subnetId": far}

    for error, members in (
        (NoSuchObject, {"hpasId": NOBODY}), (NoSuchObject, {"subnetId": "sbn-nobody000000"}),
        (BadRequest, {"subnetId": subnet_id}), (BadRequest, {"subnetId": new_subnet(cloud, "cn-bj-b")}),
        (BadRequest, {"privateIp": "10.1.0.1"}), (PrivateIpInUse, {"subnetId": full, "privateIp": "10.0.0.2"}),
        (BadRequest, {"securityGroupIds": [group_in(cloud, shown(cloud, one)["vpcId"])]}),
        (NoSuchObject, {"securityGroupIds": ["g-nobody000000"]}), (BadRequest, {"securityGroupType": "odd"}),
    ):  # fmt: skip
        cloud.refused(error, "POST", MOVE, wanted | members)
    for _ in range(4):
        new_instances(cloud, full)
    cloud.refused(SubnetHasNoMoreIp, "POST", MOVE, wanted | {"subnetId": full})
    ask(cloud, "RebootInstances", {"hpasIds": [one]})
    cloud.refused(OperationDenied, "POST", MOVE, wanted)
