"""Basic protection, as a client sees it."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, OperationDenied
from bce_emulator.services.eip.ddos.resource import Attack
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.unban.resource import Ban
from tests.cloud import Cloud
from tests.services.eip.eip.addresses import PREPAID, bound_eip, new_eip

MANUAL = {"thresholdType": "manual", "ipCleanMbps": 5_000, "ipCleanPps": 58_594}
NOBODY = "203.0.113.9"


def protection(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/ddos?{query}")["ddosList"]
    return found


def ips(cloud: Cloud, query: str = "") -> list[str]:
    return [each["ip"] for each in protection(cloud, query)]


def new_attack(cloud: Cloud, address: str, **fields: Any) -> str:
    """The id of an attack that begins now, which no request can bring about."""
    account = cloud.account
    eip_id = account.get_by(Eip, "address", address).id
    now = cloud.clock.now()
    return account.add(Attack(id=account.new_id(Attack), eip_id=eip_id, started=now, **fields)).id


def new_ban(cloud: Cloud, address: str, seconds: float, **fields: Any) -> None:
    """Ban an address for a while, which no request can."""
    account = cloud.account
    eip_id, now = account.get_by(Eip, "address", address).id, cloud.clock.now()
    account.add(Ban(id=account.new_id(Ban), eip_id=eip_id, started=now, ends=now + seconds, **fields))


def test_every_eip_is_protected_and_shows_what_it_is_bound_to(cloud, running):
    address = bound_eip(cloud, running)

    assert protection(cloud) == [
        {
            "ip": address,
            "status": "normal",
            "bindInstanceType": "BCC",
            "bindInstanceId": running,
            "ipCleanMbps": 120,
            "ipCleanPps": 58_594,
            "thresholdType": "auto",
            "maximumThreshold": 5_000,
        }
    ]


def test_the_list_is_of_some_addresses_or_of_a_version_and_not_of_the_recycle_bin(cloud):
    first, second, third = new_eip(cloud), new_eip(cloud), new_eip(cloud)
    sixth = new_eip(cloud, ipVersion="ipv6")
    cloud.ok("DELETE", f"/v1/eip/{third}?releaseToRecycle=true")

    assert ips(cloud) == [second, first]
    assert ips(cloud, f"ips={first},{third},{NOBODY}") == [first]
    assert ips(cloud, "type=ipv6") == ips(cloud, f"type=ipv6&ips={sixth.upper()}") == [sixth]


def test_the_list_comes_in_pages(cloud):
    first, second = new_eip(cloud), new_eip(cloud)

    page = cloud.ok("GET", "/v1/ddos?maxKeys=1")
    assert ([each["ip"] for each in page["ddosList"]], page["isTruncated"]) == ([second], True)
    assert ips(cloud, f"marker={page['nextMarker']}") == [first]


@pytest.mark.parametrize("query", ["type=ipv5", "ips=" + "a," * 1_001, "maxKeys=0", "marker=ip-nobody00"])
def test_a_list_of_what_there_cannot_be_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/ddos?{query}")


def test_a_manual_threshold_is_shown_and_others_have_the_smallest_figures(cloud):
    address = new_eip(cloud)

    def figures() -> tuple[str, int, int]:
        (found,) = protection(cloud)
        return found["thresholdType"], found["ipCleanMbps"], found["ipCleanPps"]

    cloud.ok("PUT", f"/v1/ddos/{address}?modifyThreshold", MANUAL)
    assert figures() == ("manual", 5_000, 58_594)

    cloud.ok("PUT", f"/v1/ddos/{address}?modifyThreshold", MANUAL | {"thresholdType": "bandwidth"})
    assert figures() == ("bandwidth", 120, 58_594)


@pytest.mark.parametrize(
    "wrong",
    [
        {"thresholdType": "lucky"},
        {"ipCleanMbps": 119},
        {"ipCleanMbps": 5_001},
        {"ipCleanPps": 58_593},
        {"ipCleanPps": 4_882_814},
        {"ipCleanPps": None},
    ],
)
def test_a_threshold_that_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(BadRequest, "PUT", f"/v1/ddos/{new_eip(cloud)}?modifyThreshold", MANUAL | wrong)


def test_a_threshold_has_a_type(cloud):
    cloud.refused(InappropriateJSON, "PUT", f"/v1/ddos/{new_eip(cloud)}?modifyThreshold", {"ipCleanMbps": 120})


def test_an_address_that_is_not_there_is_not_found(cloud):
    recycled = new_eip(cloud)
    cloud.ok("DELETE", f"/v1/eip/{recycled}?releaseToRecycle=true")

    for address in (NOBODY, recycled):
        cloud.refused(EipNotFound, "PUT", f"/v1/ddos/{address}?modifyThreshold", MANUAL)
        cloud.refused(EipNotFound, "GET", f"/v1/ddos/{address}/record")


def test_an_attack_is_shown_until_it_has_ended_and_recorded_for_ever(cloud):
    address = new_eip(cloud)
    assert cloud.ok("GET", f"/v1/ddos/{address}/record")["attackRecordList"] == []

    new_attack(cloud, address, ended=cloud.clock.now() + 60, types=("SYN Flood",), peak_mbps=9, peak_pps=8, peak_qps=7)

    shown = {
        "ip": address,
        "startTime": "2026-01-01T00:00:05Z",
        "endTime": "",
        "attackType": ["SYN Flood"],
        "attackPeakMbps": 9,
        "attackPeakPps": 8,
        "attackPeakQps": 7,
        "attackStatus": "underway",
    }
    assert protection(cloud)[0]["status"] == "flush"
    assert cloud.ok("GET", f"/v1/ddos/{address}/record")["attackRecordList"] == [shown]

    cloud.clock.advance(60)
    assert protection(cloud)[0]["status"] == "normal"
    ended = shown | {"endTime": "2026-01-01T00:01:05Z", "attackStatus": "ended"}
    assert cloud.ok("GET", f"/v1/ddos/{address}/record")["attackRecordList"] == [ended]


def test_attacks_are_listed_in_pages_and_from_a_moment_on(cloud):
    address = new_eip(cloud)
    new_attack(cloud, new_eip(cloud))
    new_attack(cloud, address, peak_mbps=1)
    cloud.clock.advance(10)
    new_attack(cloud, address, peak_mbps=2)

    def peaks(query: str) -> list[int]:
        found = cloud.ok("GET", f"/v1/ddos/{address}/record?{query}")["attackRecordList"]
        return [each["attackPeakMbps"] for each in found]

    assert peaks("") == [2, 1]
    assert peaks("startTime=2026-01-01T00:00:20Z") == peaks("maxKeys=1") == [2]
    marker = cloud.ok("GET", f"/v1/ddos/{address}/record?maxKeys=1")["nextMarker"]
    assert peaks(f"marker={marker}") == [1]
    cloud.refused(BadRequest, "GET", f"/v1/ddos/{address}/record?startTime=today")


def test_a_banned_eip_is_black_holed_and_not_refunded(cloud):
    address = new_eip(cloud, billing=PREPAID)
    new_attack(cloud, address)
    new_ban(cloud, address, 60)

    assert protection(cloud)[0]["status"] == "blackhole"
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/refund/{address}")

    cloud.clock.advance(60)
    assert protection(cloud)[0]["status"] == "flush"
    cloud.ok("PUT", f"/v1/eip/refund/{address}")
    assert len(cloud.account.collection(Attack)) == len(cloud.account.collection(Ban)) == 0
