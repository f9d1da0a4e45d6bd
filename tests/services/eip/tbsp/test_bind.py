"""What packages protect."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.tbsp.resource import ProtectedEip, WhitelistEntry
from tests.services.eip.ddos.test_protection import new_attack, new_ban
from tests.services.eip.eip.addresses import DAY, new_eip
from tests.services.eip.tbsp.packages import new_tbsp, protect, protected_eip, protected_ips, tbsp


def test_a_package_shows_what_it_protects_and_its_status(cloud):
    tbsp_id = new_tbsp(cloud)
    calm, attacked, banned = (new_eip(cloud) for _ in range(3))

    protect(cloud, tbsp_id, calm, attacked, banned)

    new_attack(cloud, attacked)
    new_ban(cloud, banned, 60)
    found = tbsp(cloud, tbsp_id)
    assert found["ipTotalCount"] == 3
    assert [(each["ip"], each["status"]) for each in found["ipList"]] == [
        (calm, "normal"),
        (attacked, "flush"),
        (banned, "blackhole"),
    ]
    assert found["attackingRecordList"] == [{"ip": attacked, "startTime": "2026-01-01T00:00:15Z"}]
    assert found["attackingRecordTotalCount"] == 1


def test_what_is_unbound_can_be_protected_anew(cloud):
    tbsp_id, address = protected_eip(cloud)

    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?unbind", {"ipList": [address]})

    assert protected_ips(cloud, tbsp_id) == []
    protect(cloud, new_tbsp(cloud), address)


def test_an_eip_has_one_package(cloud):
    tbsp_id, address = protected_eip(cloud)

    for other in (tbsp_id, new_tbsp(cloud)):
        cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{other}?bind", {"ipList": [new_eip(cloud), address]})


def test_a_package_protects_eips_of_its_line(cloud):
    address = new_eip(cloud, routeType="BGP_S")

    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{new_tbsp(cloud)}?bind", {"ipList": [address]})
    protect(cloud, new_tbsp(cloud, lineType="bgp_s"), address)


def test_a_package_protects_no_more_than_its_capacity(cloud):
    tbsp_id, _ = protected_eip(cloud, ipCapacity=1)
    more = {"ipList": [new_eip(cloud)]}

    cloud.refused(LimitExceeded, "PUT", f"/v1/tbsp/{tbsp_id}?bind", more)
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?resize", {"ipCapacity": 5})
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?bind", more)


def test_an_address_that_is_not_there_is_not_found(cloud):
    body = {"ipList": [new_eip(cloud), "203.0.113.9"]}

    cloud.refused(EipNotFound, "PUT", f"/v1/tbsp/{new_tbsp(cloud)}?bind", body)


def test_only_what_is_protected_is_unbound(cloud):
    tbsp_id, address = protected_eip(cloud)
    other_id, other = protected_eip(cloud)

    for ips in ([address, other], [address, new_eip(cloud)], [address, "203.0.113.9"]):
        cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}?unbind", {"ipList": ips})
    assert (protected_ips(cloud, tbsp_id), protected_ips(cloud, other_id)) == ([address], [other])


@pytest.mark.parametrize("action", ["bind", "unbind"])
def test_a_list_names_each_address_once(cloud, action):
    tbsp_id, address = protected_eip(cloud)

    for ips in ([], [address, address]):
        cloud.refused(BadRequest, "PUT", f"/v1/tbsp/{tbsp_id}?{action}", {"ipList": ips})


def test_a_package_that_has_expired_lets_go_and_takes_nothing(cloud):
    tbsp_id, address = protected_eip(cloud)
    cloud.clock.advance(10 * DAY)

    cloud.refused(OperationDenied, "PUT", f"/v1/tbsp/{tbsp_id}?bind", {"ipList": [new_eip(cloud)]})
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?unbind", {"ipList": [address]})


@pytest.mark.parametrize("query", ["", "?releaseToRecycle=true"])
def test_an_eip_that_is_released_is_not_protected_any_more(cloud, query):
    tbsp_id, address = protected_eip(cloud)
    cloud.ok("POST", f"/v1/tbsp/{tbsp_id}/ipWhitelist", {"ip": address, "ipCidrList": ["192.0.2.0/24"]})

    cloud.ok("DELETE", f"/v1/eip/{address}{query}")

    assert protected_ips(cloud, tbsp_id) == []
    assert len(cloud.account.collection(WhitelistEntry)) == 0


def test_what_a_restored_document_names_and_is_not_there_is_left_out(cloud):
    tbsp_id, address = protected_eip(cloud)
    account = cloud.account
    account.add(ProtectedEip(id="ipDdosEip-1", tbsp_id=tbsp_id, eip_id="ip-nobody00"))
    account.add(WhitelistEntry(id="wl-1", protected_id="ipDdosEip-nobody00", cidr="192.0.2.1"))

    assert protected_ips(cloud, tbsp_id) == [address]
    assert [each["ip"] for each in cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipClean")["ipCleanList"]] == [address]
    assert cloud.ok("GET", f"/v1/tbsp/{tbsp_id}/ipWhitelist")["ipWhitelistList"] == []
