"""What is not there is not found, whatever else is wrong with what is asked of it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InstanceNotFound
from tests.services.blb.balancer.balancers import NOBODY
from tests.services.blb.service_point.points import NOWHERE

CALLS = [
    (
        "PUT",
        f"/v1/blb/modification_protection/{NOBODY}",
        {"allowModify": False, "modificationProtectionReason": "r" * 500},
    ),
    ("PUT", f"/v1/blb/autoRenew/{NOBODY}", {"autoRenewLength": 10}),
    ("POST", f"/v1/blb/{NOBODY}?action=RESIZE", {"performanceLevel": "unlimited"}),
]
OBJECTS = [
    ("PUT", f"{NOWHERE}?addAuth", {"authList": []}),
    ("PUT", f"{NOWHERE}?editAuth", {"authList": []}),
    ("PUT", f"{NOWHERE}?removeAuth", {"uidList": []}),
    ("PUT", "/v1/lbdc/bgw_group-00000000", {}),
    ("PUT", "/v1/lbdc/bgw_group-00000000?purchaseReserved", {"billing": {"reservation": {"reservationLength": 10}}}),
]


@pytest.mark.parametrize(
    ("error", "method", "target", "body"),
    [*((InstanceNotFound, *call) for call in CALLS), *((NoSuchObject, *call) for call in OBJECTS)],
)
def test_what_is_not_there_is_not_found_whatever_else_is_wrong(cloud, error, method, target, body):
    cloud.refused(error, method, target, body)
