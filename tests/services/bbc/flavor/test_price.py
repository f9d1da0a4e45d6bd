"""What servers would cost, and how many are left."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.engine.errors import BadRequest, InappropriateJSON
from tests.services.bbc.servers import MONTH

FLAVOR = {"flavorId": "BBC-I1-01"}


def test_a_price_grows_with_the_count_and_the_term(cloud):
    def price(**members):
        return Decimal(cloud.ok("POST", "/v1/instance/price", FLAVOR | members)["price"])

    hour = price()
    assert hour > 0
    assert price(purchaseCount=3) == 3 * hour
    assert price(billing=MONTH) == 360 * hour
    cloud.refused(BadRequest, "POST", "/v1/instance/price", {})
    cloud.refused(BadRequest, "POST", "/v1/instance/price", FLAVOR | {"purchaseCount": 101})
    cloud.refused(BadRequest, "POST", "/v1/instance/price", FLAVOR | {"billing": {"paymentTiming": "Prepaid"}})
    cloud.refused(InappropriateJSON, "POST", "/v1/instance/price", FLAVOR | {"purchaseCount": "many"})


def test_the_stock_is_that_of_a_zone_or_of_all(cloud):
    cloud.set_facts(**{"bbc.serverStock": {"BBC-I1-01": 4, "cn-bj-e": 1}})

    def count(**members):
        return cloud.ok("POST", "/v1/instance/stock/createInstance", FLAVOR | members)["Count"]

    assert (count(), count(zoneName="cn-bj-a"), count(zoneName="cn-bj-e")) == (17, 4, 1)
    cloud.refused(BadRequest, "POST", "/v1/instance/stock/createInstance", FLAVOR | {"zoneName": "cn-gz-a"})
    cloud.refused(BadRequest, "POST", "/v1/instance/stock/createInstance", {"flavorId": "BBC-X"})
