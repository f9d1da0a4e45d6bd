"""Giving EIPs back, and protecting them from that."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.resource import Eip
from tests.services.eip.eip.addresses import DAY, MONTH, PREPAID, addresses, bound_eip, in_bin, new_eip


def test_a_released_eip_is_gone_and_its_address_is_not_given_again(cloud):
    address = new_eip(cloud)

    cloud.ok("DELETE", f"/v1/eip/{address}")

    assert addresses(cloud) == in_bin(cloud) == []
    assert new_eip(cloud) != address


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("DELETE", "/v1/eip/203.0.113.9"),
        ("PUT", "/v1/eip/refund/203.0.113.9"),
    ],
)
def test_what_is_not_there_is_not_given_back(cloud, method, target):
    cloud.refused(EipNotFound, method, target)


def test_what_is_not_there_is_not_protected(cloud):
    cloud.refused(EipNotFound, "PUT", "/v1/eip/203.0.113.9/deleteProtect", {"deleteProtect": True})


def test_a_bound_eip_is_not_released_for_good(cloud, running):
    address = bound_eip(cloud, running)

    cloud.refused(OperationDenied, "DELETE", f"/v1/eip/{address}")


def test_a_prepaid_eip_is_released_only_when_it_has_expired(cloud):
    address = new_eip(cloud, billing=PREPAID, bandwidthInMbps=10)
    for query in ("", "?releaseToRecycle=true"):
        cloud.refused(OperationDenied, "DELETE", f"/v1/eip/{address}{query}")

    cloud.clock.advance(MONTH)
    cloud.ok("DELETE", f"/v1/eip/{address}")

    assert addresses(cloud) == []


def test_an_expired_bound_eip_is_unbound_first(cloud):
    instance = cloud.create(billing=PREPAID | {"reservation": {"reservationLength": 2}})
    address = bound_eip(cloud, instance, billing=PREPAID, bandwidthInMbps=10)
    cloud.clock.advance(MONTH)
    cloud.refused(OperationDenied, "DELETE", f"/v1/eip/{address}")

    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.clock.advance(3)
    cloud.ok("DELETE", f"/v1/eip/{address}")

    assert addresses(cloud) == []
    assert cloud.instance(instance)["publicIp"] == ""


def test_the_expired_bound_eip_that_nobody_releases_leaves_its_instance_after_seven_days(cloud):
    instance = cloud.create()
    address = bound_eip(cloud, instance, billing=PREPAID, bandwidthInMbps=10)

    cloud.clock.advance(MONTH)
    assert cloud.instance(instance)["publicIp"] == address

    cloud.clock.advance(7 * DAY)
    assert (addresses(cloud), cloud.instance(instance)["publicIp"]) == ([], "")


def test_a_refund_ends_a_binding(cloud, running):
    address = bound_eip(cloud, running, billing=PREPAID, bandwidthInMbps=10)

    cloud.ok("PUT", f"/v1/eip/refund/{address}")

    assert addresses(cloud) == in_bin(cloud) == []
    assert cloud.instance(running)["publicIp"] == ""


def test_only_what_is_paid_for_ahead_is_refunded(cloud):
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/refund/{new_eip(cloud)}")


@pytest.mark.parametrize("word", ["VPN", "NAT"])
def test_what_a_gateway_has_is_not_refunded(cloud, word):
    address = new_eip(cloud, billing=PREPAID, bandwidthInMbps=10)
    cloud.account.find_by(Eip, "address", address).instance_type = word

    assert cloud.call("PUT", f"/v1/eip/refund/{address}").code == OperationDenied.code


def test_a_protected_eip_stays_until_it_is_protected_no_longer(cloud):
    postpaid, prepaid = new_eip(cloud), new_eip(cloud, billing=PREPAID, deleteProtect=True)
    cloud.ok("PUT", f"/v1/eip/{postpaid}/deleteProtect", {"deleteProtect": True})
    for query in ("", "?releaseToRecycle=true"):
        cloud.refused(OperationDenied, "DELETE", f"/v1/eip/{postpaid}{query}")
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/refund/{prepaid}")

    for address in (postpaid, prepaid):
        cloud.ok("PUT", f"/v1/eip/{address}/deleteProtect", {"deleteProtect": False})
    cloud.ok("DELETE", f"/v1/eip/{postpaid}")
    cloud.ok("PUT", f"/v1/eip/refund/{prepaid}")

    assert addresses(cloud) == []
