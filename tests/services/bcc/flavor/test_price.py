"""Prices, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON
from bce_emulator.services.bcc import offerings

PLACE = "/v2/instance/price"
HOUR = {"spec": "bcc.g5.c2m8", "paymentTiming": "Postpaid", "zoneName": "cn-bj-a", "purchaseLength": 1}
MONTH = HOUR | {"paymentTiming": "Prepaid"}


def price(cloud, body: dict) -> tuple[str, str, str]:
    (family,) = cloud.ok("POST", PLACE, body)["price"]
    (row,) = family["specPrices"]
    assert (family["specId"], row["spec"], row["status"]) == ("g5", "bcc.g5.c2m8", "available")
    return row["specPrice"], row["tradePrice"], row["discount"]


@pytest.mark.parametrize(
    ("body", "listed", "paid", "discount"),
    [
        (HOUR, "0.52000", "0.52000", "100"),
        (HOUR | {"purchaseLength": 0, "purchaseCount": 0}, "0.52000", "0.52000", "100"),
        (HOUR | {"purchaseCount": 3}, "1.56000", "1.56000", "100"),
        (MONTH, "187.20000", "187.20000", "100"),
        (MONTH | {"purchaseLength": 2}, "374.40000", "374.40000", "100"),
        (MONTH | {"purchaseLength": 12}, "2246.40000", "1864.51200", "83"),
        (MONTH | {"purchaseLength": 36, "specId": "g5"}, "6739.20000", "3369.60000", "50"),
    ],
)
def test_a_spec_costs_by_the_hour_or_for_the_months_that_are_paid_ahead(cloud, body, listed, paid, discount):
    assert price(cloud, body) == (listed, paid, discount)


def test_a_family_is_priced_as_a_whole(cloud):
    (family,) = cloud.ok("POST", PLACE, HOUR | {"spec": "", "specId": "g5"})["price"]

    assert [row["spec"] for row in family["specPrices"]] == [
        "bcc.g5.c1m4",
        "bcc.g5.c2m8",
        "bcc.g5.c4m16",
        "bcc.g5.c16m64",
    ]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_every_spec_has_a_price(cloud, version):
    families = cloud.ok("GET", f"/{version}/instance/price")["price"]

    prices = {row["spec"]: float(row["specPrice"]) for family in families for row in family["specPrices"]}
    assert set(prices) == set(offerings.specs())
    assert min(prices.values()) > 0
    assert prices["bcc.hgn5IB.c116m978.8A100-80g"] > prices["bcc.l3.c32m128"] > prices["bcc.g5.c2m8"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, InappropriateJSON),
        (HOUR | {"spec": "bcc.g5.c3m8"}, BadRequest),
        (HOUR | {"specId": "g4"}, BadRequest),
        (HOUR | {"zoneName": "cn-gz-a"}, BadRequest),
        (HOUR | {"paymentTiming": "bidding"}, BadRequest),
        (HOUR | {"purchaseCount": -1}, BadRequest),
        (MONTH | {"purchaseLength": 0}, BadRequest),
        (MONTH | {"purchaseLength": 10}, BadRequest),
    ],
)
def test_what_is_not_for_sale_has_no_price(cloud, body, error):
    cloud.refused(error, "POST", PLACE, body)
