"""The NICs of an instance, and its moves between subnets and VPCs."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.services.blb.balancer.balancers import FAMILIES, new_balancer
from tests.services.vpc.enterprise_security_group.esgs import new_esg
from tests.services.vpc.havip.havips import havip, new_havip

MOVES = {"change_subnet": "/v2/subnet/changeSubnet", "change_vpc": "/v2/vpc/changeVpc"}
EBC = "ebc.l5c.c128m256.1d"
ROWS = {row.action: row for row in LIFECYCLE.rows}


@pytest.fixture
def second(cloud) -> str:
    """Another subnet in the default VPC, in the zone of the running instance."""
    return make_subnet(cloud, default_vpc(cloud), cidr="192.168.128.0/24")


@pytest.fixture
def foreign(cloud) -> str:
    """A subnet in another VPC."""
    return make_subnet(cloud, make_vpc(cloud))


@pytest.fixture
def targets(second, foreign) -> dict[str, str]:
    return {"change_subnet": second, "change_vpc": foreign}


def move(instance: str, subnet: str, **members: Any) -> dict[str, Any]:
    return {"instanceId": instance, "subnetId": subnet} | members


def place(cloud, instance: str) -> tuple[str, str, str]:
    rendered = cloud.instance(instance)
    return rendered["vpcId"], rendered["subnetId"], rendered["internalIp"]


def test_the_main_nic_is_listed(cloud, running):
    rendered = cloud.instance(running)

    assert cloud.ok("GET", f"/v2/eni/{running}?clientToken=any")["enis"] == [
        {
            "eniId": rendered["nicInfo"]["eniId"],
            "name": "eth0",
            "zoneName": "cn-bj-a",
            "description": "",
            "instanceId": running,
            "macAddress": rendered["nicInfo"]["macAddress"],
            "vpcId": rendered["vpcId"],
            "subnetId": rendered["subnetId"],
            "status": "inuse",
            "createdTime": rendered["createTime"],
            "privateIpSet": [
                {
                    "publicIpAddress": "",
                    "primary": True,
                    "privateIpAddress": rendered["internalIp"],
                    "ipv6Address": "",
                }
            ],
            "securityGroupIds": rendered["nicInfo"]["securityGroups"],
        }
    ]


def test_the_nics_of_an_instance_that_is_not_there_are_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v2/eni/i-nothing")


@pytest.mark.parametrize("status", ["Running", "Stopped"])
@pytest.mark.parametrize(("action", "meanwhile"), [("change_subnet", "ChangeSubnet"), ("change_vpc", "ChangeVpc")])
def test_an_instance_moves_and_is_then_as_before(cloud, running, targets, action, meanwhile, status):
    if status == "Stopped":
        cloud.ok("PUT", f"/v2/instance/{running}?stop")
        cloud.clock.advance(20)

    cloud.ok("PUT", MOVES[action], move(running, targets[action], internalIp="", securityGroupIds=None, reboot=False))

    assert cloud.status(running) == meanwhile
    cloud.clock.advance(ROWS[action].seconds)
    assert cloud.status(running) == status
    assert cloud.instance(running)["subnetId"] == targets[action]
    assert cloud.ok("GET", f"/v2/eni/{running}")["enis"][0]["subnetId"] == targets[action]


def test_an_instance_moves_to_an_address_of_its_choice(cloud, running, second):
    cloud.ok("PUT", MOVES["change_subnet"], move(running, second, internalIp="192.168.128.77"))

    assert place(cloud, running) == (default_vpc(cloud), second, "192.168.128.77")


def test_an_instance_changes_its_address_within_its_subnet(cloud, running):
    subnet = default_subnet(cloud)
    left = cloud.instance(running)["internalIp"]

    cloud.ok("PUT", MOVES["change_subnet"], move(running, subnet, internalIp="192.168.0.200"))

    assert cloud.instance(running)["internalIp"] == "192.168.0.200"
    assert cloud.instance(cloud.create(internalIps=[left]))["internalIp"] == left


def test_in_another_vpc_an_instance_is_in_the_default_group_there(cloud, running, foreign):
    cloud.ok("PUT", MOVES["change_vpc"], move(running, foreign))

    vpc, subnet, address = place(cloud, running)
    group = next(group for group in cloud.account.where(SecurityGroup, "vpc_id", vpc) if group.is_default)
    assert cloud.instance(running)["nicInfo"]["securityGroups"] == [group.id]
    assert (subnet, address) == (foreign, "10.0.1.2")


def test_in_another_vpc_an_instance_is_behind_no_balancer_and_holds_no_havip_of_the_one_it_left(
    cloud, running, foreign
):
    blb, appblb = new_balancer(cloud), new_balancer(cloud, "appblb")
    cloud.clock.pace = 0
    havip_id = new_havip(cloud)
    cloud.ok("PUT", f"/v1/havip/{havip_id}?attach", {"instanceIds": [running], "instanceType": "SERVER"})
    cloud.ok("POST", f"/v1/blb/{blb}/backendserver", {"backendServerList": [{"instanceId": running}]})
    servers = {"backendServerList": [{"instanceId": running}]}
    group = cloud.ok("POST", f"/v1/appblb/{appblb}/appservergroup", servers)["id"]
    assert cloud.ok("GET", f"/v1/appblb/{appblb}/blbrs?sgId={group}")["backendServerList"]

    cloud.ok("PUT", MOVES["change_vpc"], move(running, foreign))

    assert havip(cloud, havip_id)["bindedInstances"] == []
    assert cloud.ok("GET", f"/v1/blb/{blb}/backendserver")["backendServerList"] == []
    assert cloud.ok("GET", f"/v1/appblb/{appblb}/blbrs?sgId={group}")["backendServerList"] == []
    assert [cloud.ok("GET", f"/v1/{family}?bccId={running}")["blbList"] for family in FAMILIES] == [[], []]


@pytest.mark.parametrize("action", MOVES)
def test_an_instance_takes_the_groups_that_are_named(cloud, running, targets, action):
    target = cloud.ok("GET", f"/v1/subnet/{targets[action]}")["subnet"]
    cloud.account.add(SecurityGroup(id="g-web", name="web", vpc_id=target["vpcId"]))

    cloud.ok("PUT", MOVES[action], move(running, targets[action], securityGroupIds=["g-web"]))

    assert cloud.instance(running)["nicInfo"]["securityGroups"] == ["g-web"]


@pytest.mark.parametrize("action", MOVES)
def test_enterprise_groups_are_there_and_go_along(cloud, running, targets, action):
    there = move(running, targets[action], enterpriseSecurityGroupIds=["esg-1"])
    cloud.refused(NoSuchObject, "PUT", MOVES[action], there)
    group = new_esg(cloud)

    cloud.ok("PUT", MOVES[action], there | {"enterpriseSecurityGroupIds": [group]})
    cloud.clock.advance(60)
    cloud.ok("PUT", MOVES["change_vpc"], move(running, make_subnet(cloud, make_vpc(cloud))))

    card = cloud.instance(running)["nicInfo"]
    assert (card["securityGroups"], card["enterpriseSecurityGroups"]) == ([], [group])


@pytest.mark.parametrize("action", MOVES)
@pytest.mark.parametrize(
    "members",
    [
        {"internalIp": "192.168.0.5"},
        {"internalIp": "here"},
        {"securityGroupIds": ["g-default"], "enterpriseSecurityGroupIds": ["esg-1"]},
        {"securityGroupIds": ["g-elsewhere"]},
        {"securityGroupIds": ["g-elsewhere"] * 11},
    ],
)
def test_a_move_that_cannot_be_is_refused(cloud, running, targets, action, members):
    cloud.account.add(SecurityGroup(id="g-elsewhere", name="web", vpc_id="vpc-elsewhere"))

    cloud.refused(BadRequest, "PUT", MOVES[action], move(running, targets[action], **members))


@pytest.mark.parametrize("action", MOVES)
def test_an_address_in_use_is_refused(cloud, running, targets, action):
    used = cloud.instance(cloud.create(subnetId=targets[action]))["internalIp"]

    cloud.refused(PrivateIpInUse, "PUT", MOVES[action], move(running, targets[action], internalIp=used))


def test_a_subnet_is_for_one_call_and_a_vpc_for_the_other(cloud, running, second, foreign):
    cloud.refused(BadRequest, "PUT", MOVES["change_subnet"], move(running, foreign))
    cloud.refused(BadRequest, "PUT", MOVES["change_vpc"], move(running, second))
    cloud.refused(BadRequest, "PUT", MOVES["change_subnet"], move(running, default_subnet(cloud)))


@pytest.mark.parametrize("action", MOVES)
def test_an_instance_stays_in_its_zone(cloud, running, action):
    vpc = default_vpc(cloud) if action == "change_subnet" else make_vpc(cloud, cidr="192.168.0.0/16")
    subnet = make_subnet(cloud, vpc, zoneName="cn-bj-b", cidr="192.168.200.0/24")

    cloud.refused(BadRequest, "PUT", MOVES[action], move(running, subnet))


@pytest.mark.parametrize("action", MOVES)
def test_secondary_addresses_are_to_be_released_first(cloud, running, targets, action):
    cloud.ok("PUT", "/v2/instance/batchAddIp", {"instanceId": running, "secondaryPrivateIpAddressCount": 1})

    cloud.refused(BadRequest, "PUT", MOVES[action], move(running, targets[action]))


@pytest.mark.parametrize("action", MOVES)
def test_a_full_subnet_takes_no_instance(cloud, running, action):
    vpc = default_vpc(cloud) if action == "change_subnet" else make_vpc(cloud, cidr="192.168.0.0/16")
    subnet = make_subnet(cloud, vpc, cidr="192.168.200.0/29")
    cloud.create(subnetId=subnet, purchaseCount=5)

    cloud.refused(SubnetHasNoMoreIp, "PUT", MOVES[action], move(running, subnet))


@pytest.mark.parametrize("action", MOVES)
def test_what_is_not_there_is_not_found(cloud, running, targets, action):
    cloud.refused(NoSuchObject, "PUT", MOVES[action], move("i-nothing", targets[action]))
    cloud.refused(NoSuchObject, "PUT", MOVES[action], move(running, "sbn-nothing"))
    cloud.refused(NoSuchObject, "PUT", MOVES[action], move(running, targets[action], securityGroupIds=["g-nothing"]))


@pytest.mark.parametrize(
    ("action", "state"), [(a, state) for a in MOVES for state in LIFECYCLE.states if state not in ROWS[a].allowed]
)
def test_only_a_running_or_stopped_instance_moves(cloud, running, targets, action, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(OperationDenied, "PUT", MOVES[action], move(running, targets[action]))


def test_an_elastic_bare_metal_instance_changes_its_vpc_only_while_it_runs(cloud, foreign):
    instance = cloud.create(spec=EBC)
    cloud.ok("PUT", f"/v2/instance/{instance}?stop")
    cloud.clock.advance(20)
    cloud.refused(OperationDenied, "PUT", MOVES["change_vpc"], move(instance, foreign))

    cloud.ok("PUT", f"/v2/instance/{instance}?start")
    cloud.clock.advance(30)

    cloud.ok("PUT", MOVES["change_vpc"], move(instance, foreign))
    assert cloud.status(instance) == "ChangeVpc"


def test_the_same_token_moves_once(cloud, running, foreign):
    target = MOVES["change_vpc"] + "?clientToken=once"

    for _ in range(2):
        assert cloud.ok("PUT", target, move(running, foreign)) == {}

    cloud.refused(IdempotentParameterMismatch, "PUT", target, move(running, default_subnet(cloud)))
