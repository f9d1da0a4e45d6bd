"""Changing load balancers, and releasing them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.blb.balancer.lifecycle import UNAVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    InstanceNotFound,
    InvalidParameter,
    LastOperationNotFinished,
    ServiceBlocked,
)
from tests.services.blb.balancer.balancers import (
    FAMILIES,
    NOBODY,
    PREPAID,
    UPDATED,
    balancer,
    body,
    ipv6_network,
    new_balancer,
)
from tests.services.eip.eip.addresses import new_eip

BOTH = pytest.mark.parametrize("family", FAMILIES)
GENERAL = (
    ("PUT", "/v1/blb/modification_protection/{}", {"allowModify": True}),
    ("PUT", "/v1/blb/acl/{}", {"supportAcl": False}),
)


@BOTH
def test_what_is_absent_stays(cloud, family):
    made = new_balancer(cloud, family, name="front", desc="first")
    target = f"/v1/{family}/{made}"

    for members in ({"desc": ""}, {"name": "back/end", "allowDelete": False}, {}):
        cloud.ok("PUT", target, members)
        assert balancer(cloud, made, family)["status"] == "updating"
        cloud.clock.advance(UPDATED)

    found = balancer(cloud, made, family)
    assert (found["name"], found["desc"], found["allowDelete"]) == ("back/end", "", False)
    assert found["status"] == "available"
    for wrong in ({"name": "1st"}, {"desc": "d" * 451}, {"allocateIpv6": True}):
        cloud.refused(InvalidParameter, "PUT", target, wrong)
    cloud.refused(OperationDenied, "DELETE", target)


@BOTH
def test_while_it_is_busy_or_blocked_nothing_changes_it(cloud, family):
    made = cloud.ok("POST", f"/v1/{family}", body(cloud))["blbId"]
    own = (("PUT", f"/v1/{family}/{{}}", {"name": "other"}), *GENERAL)
    for method, target, asked in (*own, ("DELETE", f"/v1/{family}/{{}}", None)):
        cloud.refused(LastOperationNotFinished, method, target.format(made), asked)
    address = {"instanceType": "BLB", "instanceId": made}
    cloud.clock.advance(4)
    cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
    for method, target, asked in own:
        cloud.refused(ServiceBlocked, method, target.format(made), asked)
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", address)

    cloud.ok("DELETE", f"/v1/{family}/{made}")

    for method, target, asked in (*own, ("DELETE", f"/v1/{family}/{{}}", None), ("GET", f"/v1/{family}/{{}}", None)):
        cloud.refused(InstanceNotFound, method, target.format(made), asked)


def test_each_family_has_its_own_paths_and_both_have_the_general_ones(cloud):
    ordinary, app = new_balancer(cloud), new_balancer(cloud, "appblb")
    for family, stranger in (("appblb", ordinary), ("blb", app), ("blb", NOBODY)):
        for method, asked in (("GET", None), ("PUT", {"name": "other"}), ("DELETE", None)):
            cloud.refused(InstanceNotFound, method, f"/v1/{family}/{stranger}", asked)
    for made in (ordinary, app):
        protect = {"allowModify": False, "modificationProtectionReason": "audit"}
        cloud.ok("PUT", f"/v1/blb/modification_protection/{made}", protect)
        cloud.clock.advance(UPDATED)
        cloud.ok("PUT", f"/v1/blb/acl/{made}", {"supportAcl": False})
        cloud.clock.advance(UPDATED)

    assert balancer(cloud, app, "appblb")["supportAcl"] is False
    assert balancer(cloud, ordinary)["modificationProtectionReason"] == "audit"
    assert balancer(cloud, ordinary)["allowModify"] is False
    cloud.refused(
        InvalidParameter,
        "PUT",
        f"/v1/blb/modification_protection/{app}",
        {"allowModify": True, "modificationProtectionReason": "r" * 129},
    )


def test_an_ipv6_address_can_come_later(cloud):
    made = new_balancer(cloud, **ipv6_network(cloud))

    cloud.ok("PUT", f"/v1/blb/{made}", {"allocateIpv6": True})

    assert balancer(cloud, made)["ipv6"].endswith("::2")


@BOTH
def test_what_is_paid_for_cannot_be_released(cloud, family):
    made = new_balancer(cloud, family, billing=PREPAID)

    cloud.refused(OperationDenied, "DELETE", f"/v1/{family}/{made}")
