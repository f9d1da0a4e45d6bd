"""What EIPs would cost."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from tests.services.eip.eip.addresses import POSTPAID, PREPAID


@pytest.mark.parametrize(
    ("billing", "prices"),
    [
        (PREPAID, {"purchasePrice": "460.00000"}),
        (POSTPAID, {"netrafficPrice": "1.52000"}),
        ({"billingMethod": "ByBandwidth"}, {"configPrice": "0.00200"}),
    ],
)
def test_the_price_is_named_for_what_is_charged(cloud, billing, prices):
    order = {"bandwidthInMbps": 10, "count": 2, "billing": billing}

    assert cloud.ok("POST", "/v1/eip/price", order) == {"prices": prices}


@pytest.mark.parametrize("wrong", [{"bandwidthInMbps": 501}, {"count": 0}, {"purchaseType": "LTE"}])
def test_only_what_is_on_offer_has_a_price(cloud, wrong):
    cloud.refused(BadRequest, "POST", "/v1/eip/price", {"bandwidthInMbps": 10, "billing": PREPAID} | wrong)
