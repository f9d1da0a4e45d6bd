"""The private addresses of network interfaces."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account import collection
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.address import private
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.errors import EniStatusNotAllowed
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, PrivateIpNotExist, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.network import default_subnet, make_subnet, make_vpc
from tests.services.eip.eip.addresses import new_eip
from tests.services.eip.eip.addresses import status as eip_status
from tests.services.vpc.nic.nics import attached_eni, eni, new_eni, private_ips

ONE, MANY = "/v1/eni/{}/privateIp", "/v1/eni/{}/privateIp/batchAdd"
ADDING = [
    (ONE, lambda address: {"privateIpAddress": address}),
    (MANY, lambda address: {"privateIpAddresses": [address]}),
]
DELETING = [
    ("DELETE", "/v1/eni/{}/privateIp/{}", lambda address: None),
    ("POST", "/v1/eni/{}/privateIp/batchDel", lambda address: {"privateIpAddresses": [address]}),
]
adding = pytest.mark.parametrize(("target", "body"), ADDING, ids=["one", "many"])
deleting = pytest.mark.parametrize(("method", "target", "body"), DELETING, ids=["one", "many"])
FREE = "192.168.0.99"


@adding
def test_an_address_that_is_asked_for_is_added(cloud, target, body):
    eni_id = new_eni(cloud)

    added = cloud.ok("POST", target.format(eni_id), body(FREE))

    assert added in ({"privateIpAddress": FREE}, {"privateIpAddresses": [FREE]})
    assert private_ips(cloud, eni_id)[1:] == [FREE]


def test_an_address_is_assigned_where_none_is_asked_for(cloud):
    eni_id = new_eni(cloud)

    one = cloud.ok("POST", ONE.format(eni_id), {"privateIpAddress": ""})["privateIpAddress"]
    many = cloud.ok("POST", MANY.format(eni_id), {"privateIpAddresses": [], "privateIpAddressCount": 8})
    both = cloud.ok("POST", MANY.format(eni_id), {"privateIpAddresses": [FREE], "privateIpAddressCount": 2})

    assert (len(many["privateIpAddresses"]), both["privateIpAddresses"][0]) == (8, FREE)
    found = private_ips(cloud, eni_id)
    assert found[1:] == [one, *many["privateIpAddresses"], *both["privateIpAddresses"]]
    assert len(set(found)) == 12


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"privateIpAddressCount": 11},
        {"privateIpAddressCount": -1},
        {"privateIpAddresses": [FREE, FREE]},
        {"privateIpAddresses": [FREE, "192.168.0.98"], "privateIpAddressCount": 1},
        {"privateIpAddresses": ["10.9.9.9"]},
    ],
)
def test_one_to_ten_are_added_at_once(cloud, body):
    cloud.refused(BadRequest, "POST", MANY.format(new_eni(cloud)), body)


@adding
def test_an_address_in_use_and_one_of_a_full_subnet_are_not_added(cloud, target, body):
    taken = private_ips(cloud, new_eni(cloud))[0]
    cloud.refused(PrivateIpInUse, "POST", target.format(new_eni(cloud)), body(taken))

    small = make_subnet(cloud, make_vpc(cloud), cidr="10.0.1.0/29")
    full = new_eni(cloud, subnetId=small, privateIpSet=[{}] * 5)
    assigned = {"privateIpAddress": ""} if target == ONE else {"privateIpAddressCount": 1}
    cloud.refused(SubnetHasNoMoreIp, "POST", target.format(full), assigned)


@adding
@pytest.mark.parametrize("attached", [True, False])
def test_a_card_has_as_many_addresses_as_the_memory_of_its_instance_allows(cloud, running, target, body, attached):
    count = 8 if attached else 40
    members = {"privateIpSet": [{}] * count}
    eni_id = attached_eni(cloud, running, **members) if attached else new_eni(cloud, **members)

    cloud.refused(VmMemoryCannotAttachMoreIp, "POST", target.format(eni_id), body(FREE))


@adding
def test_no_address_is_added_while_a_card_is_on_its_way(cloud, running, target, body):
    eni_id = new_eni(cloud)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", {"instanceId": running})

    cloud.refused(EniStatusNotAllowed, "POST", target.format(eni_id), body(FREE))


@deleting
def test_a_deleted_address_is_free_and_so_is_its_eip(cloud, method, target, body):
    eni_id, address = new_eni(cloud, privateIpSet=[{}, {"privateIpAddress": FREE}]), new_eip(cloud)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?bind", {"privateIpAddress": FREE, "publicIpAddress": address})

    cloud.ok(method, target.format(eni_id, FREE), body(FREE))

    assert FREE not in private_ips(cloud, eni_id)
    assert eip_status(cloud, address) == "available"


@deleting
def test_the_primary_address_stays_and_one_of_another_is_not_there(cloud, method, target, body):
    eni_id = new_eni(cloud)
    primary = private_ips(cloud, eni_id)[0]

    cloud.refused(BadRequest, method, target.format(eni_id, primary), body(primary))
    cloud.refused(PrivateIpNotExist, method, target.format(eni_id, FREE), body(FREE))


@deleting
def test_no_address_is_deleted_while_a_card_is_on_its_way(cloud, running, method, target, body):
    eni_id = new_eni(cloud, privateIpSet=[{}, {"privateIpAddress": FREE}])
    cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", {"instanceId": running})

    cloud.refused(EniStatusNotAllowed, method, target.format(eni_id, FREE), body(FREE))


@pytest.mark.parametrize("count", [0, 11])
def test_one_to_ten_are_deleted_at_once(cloud, count):
    body = {"privateIpAddresses": [FREE] * count}

    cloud.refused(BadRequest, "POST", f"/v1/eni/{new_eni(cloud)}/privateIp/batchDel", body)


def test_ipv6_addresses_come_and_go(cloud):
    cloud.account.get(Subnet, default_subnet(cloud)).ipv6_cidr = "2001:db8:1::/64"
    eni_id = new_eni(cloud)

    one = cloud.ok("POST", ONE.format(eni_id), {"isIpv6": True, "privateIpAddress": "2001:db8:1::9"})
    many = cloud.ok("POST", MANY.format(eni_id), {"isIpv6": True, "privateIpAddressCount": 2})["privateIpAddresses"]
    shown = [each["privateIpAddress"] for each in eni(cloud, eni_id)["ipv6PrivateIpSet"]]
    assert shown == [one["privateIpAddress"], *many]
    assert len(set(shown)) == 3

    for twice in (["2001:db8:1::a5", "2001:DB8:1:0::A5"], ["2001:db8:1::c5%eth0"]):
        cloud.refused(BadRequest, "POST", MANY.format(eni_id), {"isIpv6": True, "privateIpAddresses": twice})
    cloud.ok("DELETE", f"/v1/eni/{eni_id}/privateIp/2001:DB8:1:0::9")
    cloud.ok("POST", f"/v1/eni/{eni_id}/privateIp/batchDel", {"privateIpAddresses": many})
    assert eni(cloud, eni_id)["ipv6PrivateIpSet"] == []


def test_what_has_addresses_of_a_subnet_is_known_to_be_looked_for_by_them_before_anybody_has(monkeypatch):
    monkeypatch.setattr(private, "HOLDERS", [])
    monkeypatch.setattr(collection, "ASKED", {})

    private.holds_addresses(Nic, ipv4=("private_ip", "secondary_ips"), product=str)

    assert {Nic: {"private_ip": None, "secondary_ips": None}} == collection.ASKED
