"""One instance, or those that fit some filters."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.vpc.default import default_vpc
from tests.cloud import ids

PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
TEXTS = {
    "id", "serialNumber", "name", "hostname", "instanceType", "spec", "desc", "status", "chargeStatus", "paymentTiming",
    "createTime", "releaseTime", "publicIp", "internalIp", "isomerismCard", "npuVideoMemory", "gpuCard", "fpgaCard",
    "cardCount", "imageId", "placementPolicy", "zoneName", "flavorSubType", "subnetId", "vpcId", "keypairId",
    "keypairName", "dedicatedHostId", "ipv6", "rdmaType", "switchId", "hostId", "deploysetId", "rackId", "eniNum",
    "netEthQueueCount", "ehcClusterId", "autoRenewPeriodUnit", "roleName", "createdFrom", "hosteyeType", "repairStatus",
    "osVersion", "osArch", "osName", "imageName", "imageType",
}  # fmt: skip
NUMBERS = {
    "cpuCount", "memoryCapacityInGB", "localDiskSizeInGB", "networkCapacityInMbps", "eniQuota", "eriQuota",
    "deletionProtection", "autoRenewPeriod",
}  # fmt: skip
TRUTHS = {"autoRenew", "enableJumboFrame", "isEipAutoRelatedDelete"}
LISTS = {"tags", "ipv6Addresses", "deploysetList", "rdmaNicTopo", "volumes", "resGroupInfos"}
TYPES = {str: TEXTS, int: NUMBERS, bool: TRUTHS, list: LISTS, dict: {"nicInfo"}}


def listed(cloud, query: str = "") -> list[str]:
    return ids(cloud.ok("GET", f"/v2/instance{query}")["instances"])


@pytest.fixture
def two(cloud) -> tuple[str, str]:
    """An ordinary instance, and one that every filter of the table below finds."""
    account = cloud.account
    account.add(Keypair(id="k-key00000", name="key"))
    account.add(DeploySet(id="dset-apart000", name="apart"))
    account.add(EhcCluster(id="ehc-12345678", name="near", zone="cn-bj-b"))
    account.add(SecurityGroup(id="g-web000000000", name="web", vpc_id=default_vpc(account).id))
    ordinary = cloud.create(name="ordinary")
    special = cloud.create(
        name="web-1", zoneName="cn-bj-b", internalIps=["192.168.16.9"], dedicatedHostId="d-host0000", autoRenewTime=1,
        keypairId="k-key00000", deployId="dset-apart000", securityGroupId="g-web000000000", billing=PREPAID,
        ehcClusterId="ehc-12345678", tags=[{"tagKey": "team", "tagValue": "web"}],
    )  # fmt: skip
    nic_of(account, account.get(Instance, special)).ipv6 = "2400:da00::1"
    return ordinary, special


@pytest.mark.parametrize(
    "query",
    [
        "internalIp=192.168.16.9",
        "dedicatedHostId=d-host0000",
        "dedicateHostId=d-host0000",
        "zoneName=cn-bj-b",
        "instanceIds={id}",
        "instanceIds=i-nobody00,{id}",
        "instanceNames=web-1",
        "instanceNames=nothing, web-1",
        "fuzzyInstanceName=eb-",
        "volumeIds={volume}",
        "cdsIds={volume}",
        "deploySetIds=dset-apart000",
        "deploysetIds=dset-apart000",
        "securityGroupIds=g-nobody000000,g-web000000000",
        "paymentTiming=Prepaid",
        "tags=team",
        "tags=team:web",
        "tags=nothing,team%3Aweb",
        "vpcId={vpc}&privateIps=192.168.16.9,192.168.16.10",
        "ehcClusterId=ehc-12345678",
        "keypairId=k-key00000",
        "autoRenew=true",
        "vpcId={vpc}&ipv6Addresses=2400%3Ada00%3A%3A2,2400%3Ada00%3A%3A1",
        "vpcId={vpc}&ipv6Addresses=2400%3Ada00%3A%3A1&privateIps=192.168.16.9",
        "zoneName=cn-bj-b&paymentTiming=Prepaid&status=Running",
    ],
)
def test_a_filter_finds_the_instances_that_fit(cloud, two, query):
    special = cloud.instance(two[1])
    known = {"id": two[1], "volume": special["volumes"][0]["id"], "vpc": special["vpcId"]}

    assert listed(cloud, "?" + query.format(**known)) == [two[1]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 0]),
        ("?zoneName=&instanceIds=&status=", [1, 0]),
        ("?zoneName=cn-bj-b&paymentTiming=Postpaid", []),
        ("?instanceNames=web-1,ordinary", [1, 0]),
        ("?instanceNames=web", []),
        ("?tags=team:ops", []),
        ("?autoRenew=false", [0]),
        ("?unheardOf=1", [1, 0]),
    ],
)
def test_filters_are_all_to_hold_and_one_value_of_each(cloud, two, query, expected):
    assert listed(cloud, query) == [two[index] for index in expected]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("Running", "Running"),
        ("Stopped", "Stopped"),
        ("Stopping", "Stopping"),
        ("Starting", "Starting"),
        ("Creating", "Starting"),
        ("Recycled", "Recycled"),
    ],
)
def test_a_status_is_looked_for_as_it_is_shown(cloud, running, state, status):
    cloud.account.get(Instance, running).state = state
    other = cloud.create()
    cloud.account.get(Instance, other).state = "Scaling"

    assert listed(cloud, f"?status={status}") == [running]


@pytest.mark.parametrize(
    "query",
    [
        "instanceNames=web&fuzzyInstanceName=web",
        "privateIps=192.168.16.9",
        "ipv6Addresses=2400%3Ada00%3A%3A1",
        "vpcId=vpc-1",
        "status=Scaling",
        "paymentTiming=Never",
        "autoRenew=perhaps",
        "maxKeys=0",
        "maxKeys=-1",
        "maxKeys=many",
        "marker=i-nobody00",
    ]
    + [
        f"{name}={','.join(['x'] * 101)}"
        for name in ("instanceIds", "instanceNames", "volumeIds", "deploySetIds", "securityGroupIds")
    ]
    + [f"vpcId=vpc-1&{name}={','.join(['x'] * 101)}" for name in ("privateIps", "ipv6Addresses")],
)
def test_a_filter_that_makes_no_sense_is_refused(cloud, running, query):
    cloud.refused(BadRequest, "GET", f"/v2/instance?{query}")


def test_a_list_comes_in_pages_the_newest_first(cloud):
    created = [cloud.create() for _ in range(5)]

    pages, marker = [], ""
    while True:
        page = cloud.ok("GET", f"/v2/instance?maxKeys=2&marker={marker}")
        pages.append(ids(page["instances"]))
        assert (page["marker"], page["maxKeys"]) == (marker, 2)
        if not page["isTruncated"]:
            break
        marker = page["nextMarker"]

    assert pages == [[created[4], created[3]], [created[2], created[1]], [created[0]]]
    assert "nextMarker" not in page


@pytest.mark.parametrize(("asked", "answered"), [("", 1000), ("?maxKeys=1000", 1000), ("?maxKeys=5000", 1000)])
def test_a_page_holds_at_most_1000(cloud, asked, answered):
    assert cloud.ok("GET", f"/v2/instance{asked}")["maxKeys"] == answered


def test_a_marker_outlives_its_instance(cloud):
    created = [cloud.create() for _ in range(3)]
    marker = cloud.ok("GET", "/v2/instance?maxKeys=1")["nextMarker"]

    cloud.ok("DELETE", f"/v2/instance/{marker}")

    assert listed(cloud, f"?marker={marker}") == [created[0]]


def test_java_marks_the_first_page(cloud, running):
    assert listed(cloud, "?marker=-1") == [running]


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v2/instance/i-nobody00")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_the_list_and_the_detail_show_the_same(cloud, running, version):
    cloud.host = "bcc.bj.localhost"
    rows = cloud.ok("GET", f"/{version}/instance")["instances"]

    assert rows == [cloud.ok("GET", f"/{version}/instance/{running}")["instance"]]


@pytest.mark.parametrize("member", sorted(set().union(*TYPES.values())))
def test_every_member_is_there_with_the_type_that_clients_read(cloud, member):
    full = cloud.create(networkCapacityInMbps=1, createCdsList=[{"cdsSizeInGB": 50}], tags=[{"tagKey": "a"}])
    seen = cloud.instance(full)[member]

    expected = next(kind for kind, names in TYPES.items() if member in names)

    assert type(seen) is expected


def test_no_member_is_shown_that_the_table_does_not_have(cloud, running):
    assert set(cloud.instance(running)) == set().union(*TYPES.values())


def test_numbers_of_interfaces_and_cards_have_the_types_of_the_go_client(cloud):
    seen = cloud.instance(cloud.create(spec="bcc.hgn5IB.c116m978.8A100-80g", networkCapacityInMbps=5))

    assert (seen["cardCount"], seen["gpuCard"]) == ("8", "A100")
    nic = seen["nicInfo"]
    eip = cloud.ok("GET", f"/v1/eip?eip={seen['publicIp']}")["eipList"][0]
    assert (nic["eniNum"], nic["eriNum"], nic["eriInfos"], nic["ipv6s"]) == (0, 0, [], [])
    assert nic["ips"] == [
        {
            "privateIp": seen["internalIp"], "eip": seen["publicIp"], "primary": "true", "eipId": eip["eipId"],
            "eipAllocationId": "", "eipSize": "5", "eipStatus": "binded", "eipGroupId": "", "eipType": "normal",
        }
    ]  # fmt: skip


def test_only_a_prepaid_instance_has_a_time_to_expire(cloud, running):
    assert "expireTime" not in cloud.instance(running)
    assert cloud.instance(cloud.create(billing=PREPAID))["expireTime"].endswith("Z")


def test_a_change_of_what_an_instance_shows_is_seen_at_once(cloud, two):
    cloud.account.get(Keypair, "k-key00000").name = "renamed"

    assert cloud.instance(two[1])["keypairName"] == "renamed"


def test_accounts_see_only_their_own(cloud, running):
    assert listed(cloud) == [running]

    cloud.host = "bcc.gz.baidubce.com"

    assert listed(cloud) == []
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")
