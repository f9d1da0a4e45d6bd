"""Making, changing and deleting network interfaces."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nic.errors import EniIdInvalid, SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc
from tests.services.vpc.nic.nics import (
    MOVED,
    NOBODY,
    attached_eni,
    eni,
    new_eni,
    primary_eni,
    private_ips,
    status,
)

ON_AN_ENI = [
    ("GET", "/v1/eni/{}", None),
    ("GET", "/v1/eni/{}/status", None),
    ("GET", "/v1/eni/quota?eniId={}", None),
    ("DELETE", "/v1/eni/{}", None),
    ("PUT", "/v1/eni/{}?modifyAttribute", {"name": "other"}),
    ("PUT", "/v1/eni/{}?attach", {"instanceId": "i-any"}),
    ("PUT", "/v1/eni/{}?detach", {"instanceId": "i-any"}),
    ("PUT", "/v1/eni/{}?bind", {"privateIpAddress": "10.0.0.2", "publicIpAddress": "203.0.113.9"}),
    ("PUT", "/v1/eni/{}?unBind", {"publicIpAddress": "203.0.113.9"}),
    ("PUT", "/v1/eni/{}?bindSg", {"securityGroupIds": ["g-any"]}),
    ("POST", "/v1/eni/{}/privateIp", {"privateIpAddress": ""}),
    ("POST", "/v1/eni/{}/privateIp/batchAdd", {"privateIpAddressCount": 1}),
    ("POST", "/v1/eni/{}/privateIp/batchDel", {"privateIpAddresses": ["10.0.0.2"]}),
    ("DELETE", "/v1/eni/{}/privateIp/10.0.0.2", None),
]


def body(cloud, **members) -> dict:
    return {"name": "card", "subnetId": default_subnet(cloud), "privateIpSet": [{"primary": True}]} | members


@pytest.mark.parametrize(("method", "target", "asked"), ON_AN_ENI)
def test_what_is_not_there_is_not_found_and_what_cannot_be_an_id_is_refused(cloud, method, target, asked):
    cloud.refused(NoSuchObject, method, target.format(NOBODY), asked)
    cloud.refused(EniIdInvalid, method, target.format("eni-Nobody"), asked)


def test_a_new_card_is_available_at_once(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    subnet = cloud.account.get(Subnet, default_subnet(cloud))

    found = eni(cloud, new_eni(cloud, description="of mine", tags=tags))

    assert re.fullmatch(r"eni-[a-z0-9]{12}", found.pop("eniId"))
    assert re.fullmatch(r"fa:f6:00(:[0-9a-f]{2}){3}", found.pop("macAddress"))
    assert found.pop("securityGroupIds")
    (address,) = found.pop("privateIpSet")
    assert address.pop("privateIpAddress").startswith("192.168.")
    assert address == {"publicIpAddress": "", "primary": True}
    assert found == {
        "name": "card",
        "zoneName": "cn-bj-a",
        "description": "of mine",
        "instanceId": "",
        "vpcId": subnet.vpc_id,
        "subnetId": subnet.id,
        "status": "available",
        "ipv6PrivateIpSet": [],
        "enterpriseSecurityGroupIds": [],
        "createdTime": "2026-01-01T00:00:00Z",
        "tags": tags,
        "networkInterfaceTrafficMode": "standard",
    }


def test_the_primary_address_comes_first_and_others_are_assigned(cloud):
    wanted = [{"privateIpAddress": ""}, {"privateIpAddress": "192.168.0.9", "primary": True}, {}]

    found = private_ips(cloud, new_eni(cloud, privateIpSet=wanted))

    assert (found[0], len(set(found))) == ("192.168.0.9", 3)


def test_an_address_that_is_asked_for_is_not_assigned_too(cloud):
    free = private_ips(cloud, new_eni(cloud))[0]
    following = f"192.168.0.{int(free.rpartition('.')[2]) + 1}"

    found = private_ips(cloud, new_eni(cloud, privateIpSet=[{"privateIpAddress": following}, {}]))

    assert found[0] == following != found[1]


def test_no_address_is_on_a_card_and_an_instance(cloud, running):
    taken = [cloud.instance(running)["internalIp"], *private_ips(cloud, new_eni(cloud))]

    for address in taken:
        cloud.refused(PrivateIpInUse, "POST", "/v1/eni", body(cloud, privateIpSet=[{"privateIpAddress": address}]))
        order = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "internalIps": [address]}
        cloud.refused(PrivateIpInUse, "POST", "/v2/instanceBySpec", order)


def test_ipv6_addresses_are_given_where_the_subnet_has_some(cloud):
    cloud.refused(BadRequest, "POST", "/v1/eni", body(cloud, ipv6PrivateIpSet=[{}]))
    cloud.account.get(Subnet, default_subnet(cloud)).ipv6_cidr = "2001:db8:1::/64"

    found = eni(cloud, new_eni(cloud, ipv6PrivateIpSet=[{}, {"privateIpAddress": "2001:DB8:1::9"}]))

    given = [each["privateIpAddress"] for each in found["ipv6PrivateIpSet"]]
    assert (given[0], len(set(given))) == ("2001:db8:1::9", 2)
    assert {each["primary"] for each in found["ipv6PrivateIpSet"]} == {False}
    for wrong in ("2001:db8:2::9", "nine"):
        cloud.refused(BadRequest, "POST", "/v1/eni", body(cloud, ipv6PrivateIpSet=[{"privateIpAddress": wrong}]))
    taken = [{"privateIpAddress": "2001:db8:1::9"}]
    cloud.refused(PrivateIpInUse, "POST", "/v1/eni", body(cloud, ipv6PrivateIpSet=taken))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "1st"},
        {"name": ""},
        {"description": "d" * 201},
        {"privateIpSet": []},
        {"privateIpSet": [{}] * 41},
        {"privateIpSet": [{"primary": True}] * 2},
        {"privateIpSet": [{"privateIpAddress": "192.168.0.9"}] * 2},
        {"privateIpSet": [{"privateIpAddress": "10.9.9.9"}]},
        {"networkInterfaceTrafficMode": "slow"},
        {"securityGroupIds": ["g-any"], "enterpriseSecurityGroupIds": ["esg-any"]},
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(BadRequest, "POST", "/v1/eni", body(cloud) | wrong)


@pytest.mark.parametrize("missing", ["name", "subnetId", "privateIpSet"])
def test_name_subnet_and_addresses_are_required(cloud, missing):
    asked = {name: value for name, value in body(cloud).items() if name != missing}

    cloud.refused(InappropriateJSON, "POST", "/v1/eni", asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subnetId": "sbn-nobody000000"},
        {"securityGroupIds": ["g-nobody"]},
        {"enterpriseSecurityGroupIds": ["esg-nobody"]},
    ],
)
def test_subnet_and_groups_have_to_be_there(cloud, wrong):
    cloud.refused(NoSuchObject, "POST", "/v1/eni", body(cloud) | wrong)


def test_a_full_subnet_has_no_card(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud), cidr="10.0.1.0/29")

    cloud.refused(SubnetHasNoMoreIp, "POST", "/v1/eni", body(cloud, subnetId=subnet, privateIpSet=[{}] * 6))


def test_groups_are_of_the_vpc_and_few(cloud):
    groups = [cloud.ok("POST", "/v2/securityGroup", {"name": "g", "rules": []})["securityGroupId"] for _ in range(2)]
    found = eni(cloud, new_eni(cloud, securityGroupIds=[*groups, groups[0]]))
    assert found["securityGroupIds"] == groups

    foreign = {"name": "g", "rules": [], "vpcId": make_vpc(cloud)}
    other = cloud.ok("POST", "/v2/securityGroup", foreign)["securityGroupId"]
    cloud.refused(SecurityGroupsNotSameVpc, "POST", "/v1/eni", body(cloud, securityGroupIds=[other]))

    cloud.set_facts(**{"vpc.securityGroupQuotaOfInstance": 1})
    cloud.refused(BindInstanceExceededLimit, "POST", "/v1/eni", body(cloud, securityGroupIds=groups))


def test_only_cards_that_are_on_nothing_count(cloud, running):
    cloud.set_facts(**{"vpc.unattachedEniQuota": 1})
    attached_eni(cloud, running)
    new_eni(cloud)

    cloud.refused(LimitExceeded, "POST", "/v1/eni", body(cloud))


def test_a_card_is_renamed_and_described(cloud):
    eni_id = new_eni(cloud)

    cloud.ok("PUT", f"/v1/eni/{eni_id}?modifyAttribute", {"name": "other"})
    cloud.ok("PUT", f"/v1/eni/{eni_id}?modifyAttribute", {"description": "new"})

    found = eni(cloud, eni_id)
    assert (found["name"], found["description"]) == ("other", "new")
    for wrong in ({}, {"name": "1st"}, {"description": "d" * 201}):
        cloud.refused(BadRequest, "PUT", f"/v1/eni/{eni_id}?modifyAttribute", wrong)


def test_a_deleted_card_is_gone_and_its_address_free(cloud):
    eni_id = new_eni(cloud, privateIpSet=[{"privateIpAddress": "192.168.0.9"}])

    cloud.ok("DELETE", f"/v1/eni/{eni_id}")

    cloud.refused(NoSuchObject, "GET", f"/v1/eni/{eni_id}")
    new_eni(cloud, privateIpSet=[{"privateIpAddress": "192.168.0.9"}])


def test_a_card_on_an_instance_and_its_main_one_are_not_deleted(cloud, running):
    eni_id = attached_eni(cloud, running)

    for kept in (eni_id, primary_eni(cloud, running)):
        cloud.refused(OperationDenied, "DELETE", f"/v1/eni/{kept}")


def test_a_card_keeps_its_subnet_and_its_group(cloud):
    vpc = make_vpc(cloud)
    subnet = make_subnet(cloud, vpc)
    new_eni(cloud, subnetId=subnet)

    assert cloud.call("DELETE", f"/v1/subnet/{subnet}").status == 409


@pytest.mark.parametrize(("flag", "left"), [(True, []), (False, ["available"])])
def test_a_card_goes_with_its_instance_if_asked_and_else_is_free(cloud, running, flag, left):
    eni_id = attached_eni(cloud, running)
    asked = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False, "deleteRelatedEnisFlag": flag}

    cloud.ok("POST", f"/v2/instance/{running}", asked)

    listed = cloud.ok("GET", f"/v1/eni?vpcId={default_vpc(cloud)}")["enis"]
    assert [each["status"] for each in listed] == left
    if left:
        assert (status(cloud, eni_id), eni(cloud, eni_id)["instanceId"]) == ("available", "")
        cloud.clock.advance(MOVED)
        cloud.ok("DELETE", f"/v1/eni/{eni_id}")


PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
FLAGS = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False, "deleteRelatedEnisFlag": True}


@pytest.mark.parametrize(
    ("target", "named", "billing"),
    [
        ("/v2/instance/batchDelete", True, {}),
        ("/v2/instance/batchRefundResource", True, PREPAID),
        ("/v2/instance/delete?instanceId={}", False, PREPAID),
    ],
)
def test_every_way_to_release_an_instance_takes_its_cards_if_asked(cloud, target, named, billing):
    instance = cloud.create(billing=billing)
    eni_id = attached_eni(cloud, instance)

    cloud.ok("POST", target.format(instance), FLAGS | ({"instanceIds": [instance]} if named else {}))

    cloud.refused(NoSuchObject, "GET", f"/v1/eni/{eni_id}")


def test_a_card_waits_in_the_recycle_bin_with_its_instance(cloud, running):
    eni_id = attached_eni(cloud, running)
    cloud.ok("POST", f"/v2/instance/{running}", FLAGS | {"bccRecycleFlag": True})
    assert eni(cloud, eni_id)["instanceId"] == running

    cloud.ok("POST", "/v2/instance/recovery", {"instanceIds": [{"instanceId": running}]})
    cloud.clock.advance(60)
    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert status(cloud, eni_id) == "available"
