"""Flavors, their RAIDs, and the zones that have them."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bbc import offerings

DOCUMENTED = {
    "flavorId": "BBC-I1-01",
    "cpuCount": 24,
    "cpuType": "Intel Xeon E5-2620 V3",
    "memoryCapacityInGB": 128,
    "disk": "480G*5 SSD + 100G*2 SATA",
    "networkCard": "10000baseT/Full*2",
    "others": "",
}


def test_flavors_are_shown_with_their_raids(cloud):
    flavors = cloud.ok("GET", "/v1/flavor")["flavors"]

    assert flavors[0] == DOCUMENTED
    assert flavors[-1]["others"] == "V100*8"
    for flavor in flavors:
        assert cloud.ok("GET", f"/v1/flavor/{flavor['flavorId']}") == flavor
        raids = cloud.ok("GET", f"/v1/flavorRaid/{flavor['flavorId']}")
        assert raids["flavorId"] == flavor["flavorId"]
        for raid in raids["raids"]:
            assert raid["sysSwapSize"] + raid["sysRootSize"] + raid["sysHomeSize"] == raid["sysDiskSize"]
    cloud.refused(NoSuchObject, "GET", "/v1/flavor/BBC-X")
    cloud.refused(NoSuchObject, "GET", "/v1/flavorRaid/BBC-X")


def test_a_zone_shows_the_flavors_that_it_has_servers_of(cloud):
    cloud.set_facts(**{"bbc.serverStock": {"cn-bj-a/BBC-I1-01": 0, "BBC-I2-01": 3, "cn-bj-b": 2}})

    def counts(**members):
        found = cloud.ok("POST", "/v1/order/flavor", members)["bbcFlavorInfoList"]
        return {each["id"]: each["count"] for each in found}

    first = dict.fromkeys(list(offerings.flavors())[1:], 1000) | {"BBC-I2-01": 3}
    assert counts() == counts(zoneName="cn-bj-a", productType="Prepaid") == first
    assert counts(zoneName="cn-bj-b") == dict.fromkeys(offerings.flavors(), 2)
    shown = cloud.ok("POST", "/v1/order/flavor", {})["bbcFlavorInfoList"][0]
    disks = shown["diskInfos"]["Raid10"]
    assert (shown["type"], shown["cpu"], shown["memory"], disks["sysAndHomeSize"]) == ("I2", 32, 128, 472)

    def zones(flavor):
        return cloud.ok("POST", "/v1/order/flavorZone", {"flavorId": flavor})["zoneNames"]

    assert zones("BBC-I1-01") == ["cn-bj-b", "cn-bj-c", "cn-bj-d", "cn-bj-e"]
    assert zones("BBC-I2-01") == ["cn-bj-a", *zones("BBC-I1-01")]
    cloud.refused(BadRequest, "POST", "/v1/order/flavor", {"zoneName": "cn-gz-a"})
    cloud.refused(BadRequest, "POST", "/v1/order/flavor", {"productType": "bidding"})
    cloud.refused(BadRequest, "POST", "/v1/order/flavorZone", {})
