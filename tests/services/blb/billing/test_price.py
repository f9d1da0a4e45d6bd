"""The prices of load balancers."""

from __future__ import annotations

from bce_emulator.services.blb.errors import InvalidParameter
from tests.services.blb.balancer.balancers import BY_CAPACITY, PREPAID


def test_each_way_to_pay_has_its_price(cloud):
    for asked, shown in [
        ({}, [("instance", "0.00033", "minute"), ("netraffic", "0.49000", "GB")]),
        (
            {"performanceLevel": "small2", "count": 3},
            [("instance", "0.01000", "minute"), ("netraffic", "1.47000", "GB")],
        ),
        ({"billing": BY_CAPACITY}, [("instance", "0.03000", "lcu"), ("netraffic", "0.49000", "GB")]),
        ({"performanceLevel": "small1", "billing": PREPAID}, [("instance", "36.00000", None)]),
    ]:
        prices = cloud.ok("POST", "/v1/blb/price", asked)["prices"]
        assert [(each["chargeItem"], each["discountPrice"], each.get("chargeUnit")) for each in prices] == shown
    for wrong in ({"performanceLevel": "huge"}, {"count": 0}, {"blbType": "huge"}):
        cloud.refused(InvalidParameter, "POST", "/v1/blb/price", wrong)
