"""Create instances: what is made, what is refused, and that nothing is made twice."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
    QualifyNotPass,
)
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.errors import ZoneSoldOut
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.default import default_vpc
from tests.cloud import LINUX, PASSWORD, SPEC, WINDOWS, Cloud, encrypted, ids
from tests.services.vpc.enterprise_security_group.esgs import new_esg

CREATE = "/v2/instanceBySpec"
WAYS = {
    "/v2/instanceBySpec": {"spec": SPEC, "imageId": LINUX},
    "/v2/instance": {"cpuCount": 2, "memoryCapacityInGB": 8, "imageId": LINUX},
    "/v2/instanceByLabel": {"spec": SPEC, "imageId": LINUX},
    "/v3/instance": {"instanceSpec": SPEC, "imageId": LINUX},
}
every_way = pytest.mark.parametrize(("target", "body"), WAYS.items())
# What the Java client sends of what its caller did not set, and the Go client likewise.
UNSET_BY_JAVA = {
    "cpuCount": 0,
    "memoryCapacityInGB": 0,
    "rootDiskSizeInGb": 0,
    "networkCapacityInMbps": 0,
    "purchaseCount": 0,
    "autoSeqSuffix": False,
    "relationTag": False,
    "autoRenewTime": 0,
    "billing": {"paymentTiming": "Postpaid", "reservation": {"reservationLength": 0, "reservationTimeUnit": None}},
}
UNSET_BY_GO = {
    "keypairId": "",
    "aspId": "",
    "autoRenewTimeUnit": "",
    "autoRenewTime": 0,
    "deployIdList": None,
    "autoSeqSuffix": None,
    "relationTag": None,
    "deletionProtection": 0,
    "billing": {"paymentTiming": ""},
}


def by_spec(**members):
    return WAYS[CREATE] | members


def subnet(cloud, cidr: str = "192.168.240.0/29", zone: str = "cn-bj-a", vpc: str = "") -> str:
    """The id of a new subnet; the smallest one has five addresses for instances."""
    account = cloud.account
    subnet = Subnet(
        id=account.new_id(Subnet), name="small", vpc_id=vpc or default_vpc(account).id, cidr=cidr, zone=zone
    )
    return account.add(subnet).id


def group(cloud, vpc: str) -> str:
    account = cloud.account
    return account.add(SecurityGroup(id=account.new_id(SecurityGroup), name="web", vpc_id=vpc)).id


@pytest.mark.parametrize("target", ["/v2/instanceBySpec", "/v2/instance"])
def test_the_answer_names_the_order(cloud, target):
    first, second = (cloud.ok("POST", target, WAYS[target]) for _ in range(2))

    assert {type(each["orderId"]) for each in (first, second)} == {str}
    assert first["orderId"] != second["orderId"]


@every_way
@pytest.mark.parametrize("count", [1, 3])
def test_a_new_instance_starts_and_then_runs(cloud, target, body, count):
    instance_ids = cloud.ok("POST", target, body | {"purchaseCount": count})["instanceIds"]

    assert len(set(instance_ids)) == count
    assert all(re.fullmatch(r"i-[A-Za-z0-9]{8}", each) for each in instance_ids)
    assert {cloud.status(each) for each in instance_ids} == {"Starting"}
    cloud.clock.advance(30)
    assert {cloud.status(each) for each in instance_ids} == {"Running"}


@every_way
def test_a_postpaid_order_wants_a_hundred_yuan_and_more(cloud, target, body):
    cloud.set_facts(balance=100)
    cloud.refused(InsufficientBalance, "POST", target, body)

    cloud.set_facts(balance=101)
    cloud.ok("POST", target, body)


def test_a_prepaid_order_wants_its_price(cloud):
    term = {"reservationLength": 1, "reservationTimeUnit": "month"}
    order = WAYS[CREATE] | {"billing": {"paymentTiming": "Prepaid", "reservation": term}}
    asked = {"spec": SPEC, "zoneName": "cn-bj-a", "paymentTiming": "Prepaid", "purchaseCount": 1, "purchaseLength": 1}
    price = float(cloud.ok("POST", "/v2/instance/price", asked)["price"][0]["specPrices"][0]["specPrice"])

    cloud.set_facts(balance=int(price))
    cloud.refused(InsufficientBalance, "POST", CREATE, order)

    cloud.set_facts(balance=int(price) + 1)
    cloud.ok("POST", CREATE, order)


@every_way
def test_an_account_that_is_not_verified_makes_nothing(cloud, target, body):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", target, body)


@every_way
@pytest.mark.parametrize(
    "unknown",
    [
        {"imageId": "m-nobody00"},
        {"subnetId": "sbn-nobody000000"},
        {"securityGroupIds": ["g-nobody000000"]},
        {"keypairId": "k-nobody00"},
        {"deployIdList": ["dset-nobody00"]},
    ],
)
def test_what_an_instance_is_made_of_has_to_exist(cloud, target, body, unknown):
    cloud.refused(NoSuchObject, "POST", target, body | unknown)


@pytest.mark.parametrize("member", ["enterpriseSecurityGroupId", "enterpriseSecurityGroupIds"])
def test_an_enterprise_security_group_is_not_made_up(cloud, member):
    value = "esg-nobody00" if member.endswith("Id") else ["esg-nobody00"]

    cloud.refused(NoSuchObject, "POST", CREATE, by_spec(**{member: value}))

    group = new_esg(cloud)
    made = cloud.create(**{member: group if member.endswith("Id") else [group]})
    card = cloud.instance(made)["nicInfo"]
    assert (card["securityGroups"], card["enterpriseSecurityGroups"]) == ([], [group])


@every_way
def test_an_image_that_is_not_available_makes_no_instance(cloud, target, body):
    cloud.account.get(Image, LINUX).state = "Error"

    cloud.refused(OperationDenied, "POST", target, body)


@every_way
def test_a_zone_is_sold_out_when_its_stock_says_so(cloud, target, body):
    body = body | {"zoneName": "cn-bj-a", "purchaseCount": 2}
    cloud.set_facts(stock={"cn-bj-a": 1})

    cloud.refused(ZoneSoldOut, "POST", target, body)

    cloud.ok("POST", target, body | {"zoneName": "cn-bj-b"})
    cloud.ok("POST", target, body | {"purchaseCount": 1})


@pytest.mark.parametrize("key", ["cn-bj-a", SPEC, f"cn-bj-a/{SPEC}"])
def test_a_stock_is_of_a_zone_a_spec_or_both(cloud, key):
    cloud.set_facts(stock={key: 0})

    cloud.refused(ZoneSoldOut, "POST", CREATE, by_spec())

    cloud.ok("POST", CREATE, by_spec(spec="bcc.g4.c2m8", zoneName="cn-bj-b"))


@every_way
def test_a_subnet_that_is_full_takes_no_more_instances(cloud, target, body):
    body = body | {"subnetId": subnet(cloud), "purchaseCount": 5}
    cloud.ok("POST", target, body)

    cloud.refused(SubnetHasNoMoreIp, "POST", target, body | {"purchaseCount": 1})


def test_an_address_is_free_again_when_its_instance_is_released(cloud):
    place = subnet(cloud)
    instance_ids = cloud.ok("POST", CREATE, by_spec(subnetId=place, purchaseCount=5))["instanceIds"]
    cloud.clock.advance(60)
    freed = cloud.instance(instance_ids[2])["internalIp"]
    cloud.ok("DELETE", f"/v2/instance/{instance_ids[2]}")

    assert cloud.instance(cloud.create(subnetId=place))["internalIp"] == freed


@every_way
def test_a_token_makes_instances_once(cloud, target, body):
    first = cloud.ok("POST", f"{target}?clientToken=once", body)

    again = cloud.ok("POST", f"{target}?clientToken=once", body)

    assert again == first
    assert ids(cloud.ok("GET", "/v2/instance")["instances"]) == first["instanceIds"]
    cloud.refused(IdempotentParameterMismatch, "POST", f"{target}?clientToken=once", body | {"purchaseCount": 2})


def test_a_token_of_a_refused_request_may_be_used_again(cloud):
    cloud.refused(BadRequest, "POST", f"{CREATE}?clientToken=once", by_spec(name="1"))

    cloud.ok("POST", f"{CREATE}?clientToken=once", by_spec(name="one"))


def test_a_token_is_forgotten_a_day_after_its_last_use(cloud):
    target = f"{CREATE}?clientToken=once"
    first = cloud.ok("POST", target, by_spec())
    cloud.clock.advance(23 * 3600)
    assert cloud.ok("POST", target, by_spec()) == first
    cloud.clock.advance(23 * 3600)
    assert cloud.ok("POST", target, by_spec()) == first

    cloud.clock.advance(25 * 3600)

    assert cloud.ok("POST", target, by_spec()) != first


@pytest.mark.parametrize("token", ["t" * 65, "%E4%B8%80"])
def test_a_token_is_of_at_most_64_ascii_characters(cloud, token):
    cloud.refused(BadRequest, "POST", f"{CREATE}?clientToken={token}", by_spec())


@pytest.mark.parametrize("unset", [UNSET_BY_JAVA, UNSET_BY_GO])
def test_what_clients_send_without_a_value_is_as_if_it_were_absent(cloud, unset):
    plain, same = cloud.instance(cloud.create(name="web")), cloud.instance(cloud.create(name="web", **unset))

    differ = {name for name in plain if plain[name] != same[name]}
    assert differ <= {"id", "serialNumber", "internalIp", "nicInfo", "volumes", "createTime"}


@pytest.mark.parametrize(
    "members",
    [
        {"spec": "bcc.g5.c3m3"},
        {"spec": ""},
        {"purchaseCount": 101},
        {"purchaseCount": -1},
        {"name": "1web"},
        {"name": "w" * 66},
        {"hostname": "Web"},
        {"networkCapacityInMbps": 201},
        {"deletionProtection": 2},
        {"billing": {"paymentTiming": "Never"}},
        {"billing": {"paymentTiming": "Prepaid"}},
        {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}},
        {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 4, "reservationTimeUnit": "year"}}},
        {"rootDiskSizeInGb": 19},
        {"rootDiskSizeInGb": 2049},
        {"imageId": WINDOWS, "rootDiskSizeInGb": 39},
        {"rootDiskStorageType": "floppy"},
        {"createCdsList": [{"cdsSizeInGB": 4}]},
        {"createCdsList": [{"cdsSizeInGB": 49, "storageType": "enhanced_ssd_pl1"}]},
        {"createCdsList": [{"cdsSizeInGB": 50, "storageType": "floppy"}]},
        {"createCdsList": [{"cdsSizeInGB": 50, "cdsNum": 16}]},
        {"createCdsList": [{"cdsSizeInGB": 50, "cdsNum": 0}]},
        {"ephemeralDisks": [{"sizeInGB": -1}]},
        {"ephemeralDisks": [{"sizeInGB": 20, "storageType": "floppy"}]},
        {"autoRenewTime": 10},
        {"autoRenewTime": 4, "autoRenewTimeUnit": "year"},
        {"autoRenewTime": 1, "autoRenewTimeUnit": "week"},
        {"zoneName": "cn-gz-a"},
        {"adminPass": PASSWORD},
        {"internalIps": ["192.168.0.9", "192.168.0.10"]},
        {"securityGroupIds": ["g-1"], "enterpriseSecurityGroupIds": ["esg-1"]},
        {"securityGroupIds": [f"g-{number}" for number in range(11)]},
    ],
)  # fmt: skip
def test_a_value_outside_its_bounds_is_refused(cloud, members):
    cloud.refused(BadRequest, "POST", CREATE, by_spec(**members))


@pytest.mark.parametrize(
    "members", [{"spec": None}, {"imageId": None}, {"purchaseCount": "one"}, {"name": 1}, {"tags": {"tagKey": "a"}}]
)
def test_a_value_of_the_wrong_type_or_missing_is_inappropriate(cloud, members):
    cloud.refused(InappropriateJSON, "POST", CREATE, by_spec(**members))


@pytest.mark.parametrize(
    "members",
    [
        {"cpuCount": 3, "memoryCapacityInGB": 3},
        {"cpuCount": 2, "memoryCapacityInGB": 17},
        {"cpuCount": 2, "memoryCapacityInGB": 8, "instanceType": "Z9"},
        {},
    ],
)
def test_cores_and_memory_go_together(cloud, members):
    cloud.refused(BadRequest, "POST", "/v2/instance", {"imageId": LINUX} | members)


def test_an_instance_made_of_cores_and_memory_has_no_spec(cloud):
    body = {"imageId": LINUX, "instanceType": "N3", "cpuCount": 2, "memoryCapacityInGB": 4}

    instance = cloud.instance(cloud.ok("POST", "/v1/instance", body)["instanceIds"][0])

    assert (instance["spec"], instance["instanceType"], instance["cpuCount"], instance["memoryCapacityInGB"]) == (
        "",
        "N3",
        2,
        4,
    )


def test_a_spec_decides_over_cores_and_memory(cloud):
    body = {"imageId": LINUX, "cpuCount": 1, "memoryCapacityInGB": 1, "spec": SPEC}

    instance = cloud.instance(cloud.ok("POST", "/v2/instance", body)["instanceIds"][0])

    assert (instance["spec"], instance["cpuCount"], instance["memoryCapacityInGB"]) == (SPEC, 2, 8)


@pytest.mark.parametrize(
    ("members", "names", "hostnames"),
    [
        ({"name": "web"}, ["web"], ["web"]),
        ({"name": "Web"}, ["Web"], [""]),
        ({"name": "web", "autoSeqSuffix": True}, ["web-1"], ["web-1"]),
        ({"name": "web", "hostname": "host", "purchaseCount": 2}, ["web-1", "web-2"], ["host-1", "host-2"]),
    ],
)
def test_several_instances_are_numbered(cloud, members, names, hostnames):
    created = [cloud.instance(each) for each in cloud.ok("POST", CREATE, by_spec(**members))["instanceIds"]]

    assert [each["name"] for each in created] == names
    assert [each["hostname"] for each in created] == hostnames


def test_an_instance_without_a_name_gets_one(cloud, running):
    assert re.fullmatch(r"instance-[a-z0-9]{8}", cloud.instance(running)["name"])


def test_an_instance_has_the_system_disk_and_the_data_disks_that_were_ordered(cloud):
    disks = [{"cdsSizeInGB": 100, "storageType": "hp1", "cdsNum": 2, "deleteWithInstance": True}]

    instance = cloud.instance(cloud.create(rootDiskSizeInGb=60, createCdsList=disks, ephemeralDisks=[{"sizeInGB": 20}]))

    shape = [(each["type"], each["diskSizeInGB"], each["status"]) for each in instance["volumes"]]
    assert shape == [("System", 60, "InUse"), ("Ephemeral", 20, "InUse"), ("Cds", 100, "InUse"), ("Cds", 100, "InUse")]
    assert [each["attachments"][0]["device"] for each in instance["volumes"]] == [
        f"/dev/vd{letter}" for letter in "abcd"
    ]
    assert [each["deleteWithInstance"] for each in instance["volumes"]] == [False, False, True, True]


def test_an_instance_with_little_said_is_in_the_default_network(cloud, running):
    instance = cloud.instance(running)

    assert instance["zoneName"] == "cn-bj-a"
    assert instance["vpcId"] == default_vpc(cloud.account).id
    assert instance["nicInfo"]["securityGroups"] == [next(iter(cloud.account.all(SecurityGroup))).id]
    assert (instance["publicIp"], instance["networkCapacityInMbps"]) == ("", 0)
    assert instance["volumes"][0]["diskSizeInGB"] == 40


def test_an_instance_is_placed_where_it_was_ordered(cloud):
    account = cloud.account
    place = subnet(cloud, "192.168.240.0/24", "cn-bj-b")
    vpc = default_vpc(account).id
    wanted = group(cloud, vpc)
    deploy_set = account.add(DeploySet(id=account.new_id(DeploySet), name="apart")).id

    instance = cloud.instance(
        cloud.create(
            subnetId=place,
            zoneName="cn-bj-b",
            securityGroupId=wanted,
            internalIps=["192.168.240.77"],
            deployId=deploy_set,
            networkCapacityInMbps=10,
        )
    )

    assert (instance["subnetId"], instance["zoneName"], instance["internalIp"]) == (place, "cn-bj-b", "192.168.240.77")
    assert instance["nicInfo"]["securityGroups"] == [wanted]
    assert instance["deploysetId"] == deploy_set
    assert instance["publicIp"] == instance["nicInfo"]["ips"][0]["eip"] != ""


@pytest.mark.parametrize(("vpc", "zone"), [("vpc-another00000", "cn-bj-a"), ("", "cn-bj-b")])
def test_group_and_zone_have_to_be_those_of_the_subnet(cloud, vpc, zone):
    place = subnet(cloud, vpc=vpc)
    wanted = group(cloud, default_vpc(cloud.account).id)

    cloud.refused(BadRequest, "POST", CREATE, by_spec(subnetId=place, zoneName=zone, securityGroupIds=[wanted]))


@every_way
@pytest.mark.parametrize("address", ["192.168.0.1", "192.168.15.255", "10.0.0.9", "everywhere"])
def test_an_address_is_one_that_is_free_in_the_subnet(cloud, target, body, address):
    member = "privateIpAddresses" if target == "/v3/instance" else "internalIps"

    cloud.refused(BadRequest, "POST", target, body | {member: [address]})


@every_way
def test_an_address_is_not_given_twice(cloud, target, body):
    cloud.create(internalIps=["192.168.0.9"])
    member = "privateIpAddresses" if target == "/v3/instance" else "internalIps"

    cloud.refused(PrivateIpInUse, "POST", target, body | {member: ["192.168.0.9"]})


@every_way
def test_an_instance_is_not_made_without_the_public_address_that_it_is_to_have(cloud, target, body):
    cloud.set_facts(**{"eip.eipQuota": 1})
    wide = {"internetAccessible": {"internetMaxBandwidthOut": 5}} if "v3" in target else {"networkCapacityInMbps": 5}

    cloud.refused(QuotaLimitExceeded, "POST", target, body | wide | {"purchaseCount": 2})
    cloud.ok("POST", target, body | wide)

    cloud.refused(QuotaLimitExceeded, "POST", target, body | wide)
    cloud.ok("POST", target, body)


def test_the_login_is_a_password_or_a_keypair(cloud):
    account = cloud.account
    keypair = account.add(Keypair(id=account.new_id(Keypair), name="key")).id

    cloud.refused(BadRequest, "POST", CREATE, by_spec(keypairId=keypair, adminPass=encrypted(PASSWORD)))
    cloud.refused(BadRequest, "POST", CREATE, by_spec(keypairId=keypair, imageId=WINDOWS))

    assert cloud.instance(cloud.create(keypairId=keypair))["keypairName"] == "key"
    cloud.create(adminPass=encrypted(PASSWORD))


def test_a_secret_key_too_short_to_encrypt_with_takes_no_password():
    cloud = Cloud("ak", credentials="ak:short")
    cloud.secret_key = "short"

    cloud.refused(BadRequest, "POST", CREATE, by_spec(adminPass=encrypted(PASSWORD)))


@pytest.mark.parametrize(
    ("length", "unit", "expires"),
    [(1, "month", "2026-02-01T00:00:00Z"), (1, "year", "2027-01-01T00:00:00Z"), (36, "Month", "2029-01-01T00:00:00Z")],
)
def test_a_prepaid_instance_and_its_disks_expire(cloud, length, unit, expires):
    billing = {
        "paymentTiming": "Prepaid",
        "reservation": {"reservationLength": length, "reservationTimeUnit": unit},
    }

    instance = cloud.instance(cloud.create(billing=billing, autoRenewTime=2))

    assert instance["expireTime"] == instance["volumes"][0]["expireTime"] == expires
    assert (instance["autoRenew"], instance["autoRenewPeriodUnit"], instance["autoRenewPeriod"]) == (True, "month", 2)


def test_tags_and_other_members_are_kept(cloud):
    tags = [{"tagKey": "team", "tagValue": "web"}]

    instance = cloud.instance(
        cloud.create(
            tags=tags, relationTag=True, createCdsList=[{"cdsSizeInGB": 50}], deletionProtection="1", roleName="reader",
            enableJumboFrame=True, isEipAutoRelatedDelete=True, resGroupId="group-1",
        )
    )  # fmt: skip

    assert instance["tags"] == instance["volumes"][1]["tags"] == tags
    assert (instance["deletionProtection"], instance["roleName"], instance["enableJumboFrame"]) == (1, "reader", True)
    assert instance["isEipAutoRelatedDelete"]
    assert instance["resGroupInfos"] == [{"groupId": "group-1", "groupName": ""}]


def test_the_same_orders_make_the_same_instances_in_every_run(cloud):
    from tests.cloud import Cloud

    def instances_of(somewhere):
        return somewhere.ok("POST", CREATE, by_spec(purchaseCount=3))

    assert instances_of(cloud) == instances_of(Cloud())
