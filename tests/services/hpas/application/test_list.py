"""Applications of HPAS that are on offer, and their stock."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest
from tests.services.hpas.orders import RESERVED, ask


def test_applications_are_listed_by_zone_and_by_filters(cloud):
    def found(**filters):
        specs = ask(cloud, "DescribeSpecs", filters)["hpasSpecs"]
        return [(each["zoneName"], each["appType"], each["chargeType"]) for each in specs]

    assert len({zone for zone, _, _ in found()}) > 1
    one = {"zoneName": "cn-bj-a", "appType": "llama2_7B_train"}
    assert found(**one) == [("cn-bj-a", "llama2_7B_train", "Postpaid")]
    assert found(**one, isCoupon=True) == [("cn-bj-a", "llama2_7B_train", "NoPrepay")]
    assert found(**one, appPerformanceLevel="11k") == []
    cloud.refused(BadRequest, "POST", "/?action=DescribeSpecs", {"zoneName": "mars"})


def test_what_is_left_is_what_can_be_ordered(cloud):
    left = "/?action=DescribeInstanceInventoryQuantity"
    assert cloud.ok("POST", left, RESERVED) == {"inventoryQuantity": 1000}
    cloud.set_facts(**{"hpas.applicationStock": {"cn-bj-a": 3}})
    assert cloud.ok("POST", left, RESERVED) == {"inventoryQuantity": 3}
    for members in ({"zoneName": "mars"}, {"appType": "chess"}, {"appPerformanceLevel": "11k"}):
        cloud.refused(BadRequest, "POST", left, RESERVED | members)
