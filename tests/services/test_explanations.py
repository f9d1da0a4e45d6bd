"""A value that is refused is explained by its rule, and by what is on offer."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc import offerings
from bce_emulator.services.shared.names import HOSTNAME_RULE, NAME_RULE
from bce_emulator.services.shared.regions import zones
from tests.cloud import LINUX, SPEC
from tests.network import make_vpc

DISKS, ZONES = ", ".join(offerings.storage_types()), ", ".join(zones("bj"))
ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}
OLD = {"imageId": LINUX, "cpuCount": 2, "memoryCapacityInGB": 8}
VOLUME = {"cdsSizeInGB": 50, "billing": {"paymentTiming": "Postpaid"}}
PRICE = {"paymentTiming": "Postpaid", "cdsSizeInGB": 50, "zoneName": "cn-bj-a", "purchaseCount": 1}
BY_SPEC, BY_SIZE, VOLUMES = "/v2/instanceBySpec", "/v2/instance", "/v2/volume"


@pytest.mark.parametrize(
    ("target", "body", "explained"),
    [
        (BY_SPEC, ORDER | {"name": "1st"}, f"name is {NAME_RULE}"),
        (BY_SPEC, ORDER | {"hostname": "A"}, f"hostname is {HOSTNAME_RULE}"),
        (BY_SPEC, ORDER | {"spec": "bcc.g5.c2m9"}, "not 'bcc.g5.c2m9'; the nearest are bcc.g5.c2m8"),
        (BY_SPEC, ORDER | {"zoneName": "cn-bj-z"}, f"the zone is one of {ZONES}, not 'cn-bj-z'"),
        (BY_SPEC, ORDER | {"rootDiskStorageType": "tape"}, f"rootDiskStorageType is one of {DISKS}, not 'tape'"),
        (
            BY_SPEC,
            ORDER | {"createCdsList": [{"cdsSizeInGB": 50, "storageType": "tape"}]},
            f"createCdsList.storageType is one of {DISKS}, not 'tape'",
        ),
        (
            BY_SPEC,
            ORDER | {"createCdsList": [{"cdsSizeInGB": 50, "name": "1st"}]},
            f"createCdsList.name is {NAME_RULE}",
        ),
        (
            BY_SPEC,
            ORDER | {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}},
            "billing.reservation is 1 to 9, 12, 24 or 36 months, or 1 to 3 years, not 10 of 'month'",
        ),
        (
            BY_SIZE,
            OLD | {"instanceType": "N9"},
            "instanceType is one of C1, C2, F1, G1, N1, N2, N3, N4, N5, S1, not 'N9'",
        ),
        (
            BY_SIZE,
            OLD | {"cpuCount": 3},
            "cpuCount is one of 1, 2, 4, 8, 12, 16, 24, 32, and memoryCapacityInGB so many times one of 1",
        ),
        (VOLUMES, VOLUME | {"storageType": "tape"}, f"storageType is one of {DISKS}, not 'tape'"),
        (VOLUMES, VOLUME | {"zoneName": "cn-bj-z"}, f"zoneName is one of {ZONES}, not 'cn-bj-z'"),
        ("/v3/volume", {"volumeSize": 50, "storageType": "tape"}, "storageType is one of "),
        ("/v2/securityGroup", {"name": "1st"}, f"name is {NAME_RULE}"),
        ("/v2/instance/deployset/create", {"name": "1st"}, f"name is {NAME_RULE}"),
        ("/v2/volume/getPrice", PRICE | {"storageType": "tape"}, f"storageType is one of {DISKS}"),
        ("/v2/instance/price", PRICE | {"specId": "g9", "spec": "bcc.g9.c1m1"}, "specId is one of "),
    ],
)
def test_a_refusal_names_the_rule_and_what_is_on_offer(cloud, target, body, explained):
    refusal = cloud.refused(BadRequest, "POST", target, body)

    assert explained in refusal.headers["x-bce-emulator-explain"]


def test_a_refused_subnet_names_the_zones_and_ranges_that_there_are(cloud):
    body = {"name": "part", "vpcId": make_vpc(cloud), "cidr": "10.0.1.0/24"}

    zone = cloud.refused(BadRequest, "POST", "/v1/subnet", body | {"zoneName": "cn-bj-z"})
    secondary = body | {"zoneName": "cn-bj-a", "vpcSecondaryCidr": "172.16.0.0/16"}
    cidr = cloud.refused(BadRequest, "POST", "/v1/subnet", secondary)

    assert zone.headers["x-bce-emulator-explain"] == f"zoneName is one of {ZONES}, not 'cn-bj-z'"
    assert cidr.headers["x-bce-emulator-explain"] == "vpcSecondaryCidr is one of none, not '172.16.0.0/16'"
