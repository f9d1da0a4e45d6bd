"""Buying shared bandwidths."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, QualifyNotPass
from bce_emulator.services.eip.eip.errors import LimitExceeded
from tests.services.eip.eip.addresses import eip
from tests.services.eip.group.groups import BODY, POSTPAID, PREPAID, group, new_group


def test_a_group_is_there_at_once_with_its_eips(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]

    found = group(cloud, new_group(cloud, name="all", eipv6Count=1, tags=tags))

    eips, eipv6s = found.pop("eips"), found.pop("eipv6s")
    assert found.pop("id").startswith("eg-")
    assert found == {
        "name": "all",
        "status": "available",
        "bandwidthInMbps": 50,
        "bwShortId": "",
        "bwBandwidthInMbps": 0,
        "domesticBwShortId": "",
        "domesticBwBandwidthInMbps": 0,
        "paymentTiming": "Postpaid",
        "billingMethod": "ByBandwidth",
        "createTime": "2026-01-01T00:00:00Z",
        "expireTime": "",
        "region": "bj",
        "routeType": "BGP",
        "tags": tags,
    }
    assert [len(eips), len(eipv6s), ":" in eipv6s[0]["eip"]] == [2, 1, True]


def test_an_eip_of_a_group_has_the_bandwidth_and_the_payment_of_the_group(cloud):
    group_id = new_group(cloud)

    found = group(cloud, group_id)["eips"][0]

    assert found == eip(cloud, found["eip"])
    assert (found["eipInstanceType"], found["shareGroupId"], found["status"]) == ("shared", group_id, "available")
    assert (found["bandwidthInMbps"], found["paymentTiming"], found["billingMethod"]) == (50, "", "")
    assert found["nativeGroup"] is True


def test_a_group_without_a_name_is_named_by_its_moment(cloud):
    assert group(cloud, new_group(cloud))["name"] == "EIP_GROUP1767225600000"


@pytest.mark.parametrize("method", ["ByPeak95", "ByNetrafficMax", "bytraffic"])
def test_a_group_is_paid_for_in_more_ways_than_an_eip(cloud, method):
    found = group(cloud, new_group(cloud, billing=POSTPAID | {"billingMethod": method}))

    assert found["billingMethod"].lower() == method.lower()


def test_a_prepaid_group_has_an_end(cloud):
    assert group(cloud, new_group(cloud, billing=PREPAID))["expireTime"] == "2026-02-01T00:00:00Z"


@pytest.mark.parametrize(("route", "least", "most"), [("BGP", 20, 500), ("BGP_S", 100, 5000)])
def test_the_bandwidths_on_offer_depend_on_the_line(cloud, route, least, most):
    body = {"routeType": route, "eipCount": 0}

    for offered in (least, most):
        new_group(cloud, **body, bandwidthInMbps=offered)

    for beyond in (least - 1, most + 1):
        cloud.refused(BadRequest, "POST", "/v1/eipgroup", BODY | body | {"bandwidthInMbps": beyond})


@pytest.mark.parametrize(
    ("members", "fitting"),
    [({"bandwidthInMbps": 20}, 19), ({"routeType": "BGP_S", "bandwidthInMbps": 100}, 4)],
)
def test_each_eip_wants_its_part_of_the_bandwidth(cloud, members, fitting):
    new_group(cloud, **members, eipCount=fitting)

    cloud.refused(BadRequest, "POST", "/v1/eipgroup", BODY | members | {"eipCount": fitting + 1})


@pytest.mark.parametrize("missing", ["bandwidthInMbps", "billing"])
def test_bandwidth_and_billing_are_required(cloud, missing):
    cloud.refused(
        InappropriateJSON, "POST", "/v1/eipgroup", {name: value for name, value in BODY.items() if name != missing}
    )


@pytest.mark.parametrize(
    "wrong", [{"name": "1st"}, {"tags": [{"tagKey": ""}]}, {"eipCount": -1}, {"billing": PREPAID | {"reservation": {}}}]
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, wrong):
    cloud.refused(BadRequest, "POST", "/v1/eipgroup", BODY | wrong)


@pytest.mark.parametrize(
    ("quota", "members"), [("eip.eipQuota", {"eipCount": 2}), ("eip.eipv6QuotaOfGroup", {"eipv6Count": 2})]
)
def test_a_group_has_no_more_eips_than_the_quotas_allow(cloud, quota, members):
    cloud.set_facts(**{quota: 1})

    cloud.refused(LimitExceeded, "POST", "/v1/eipgroup", BODY | {"eipCount": 0} | members)


def test_an_account_that_is_not_verified_gets_no_group(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/eipgroup", BODY)


@pytest.mark.parametrize(
    ("billing", "prices"),
    [
        (PREPAID, {"purchasePrice": "460.00000"}),
        (POSTPAID, {"configPrice": "0.00200"}),
    ],
)
def test_the_price_of_a_group_does_not_depend_on_its_eips(cloud, billing, prices):
    for number in (0, 5):
        order = {"bandwidthInMbps": 20, "ipNum": number, "billing": billing}

        assert cloud.ok("POST", "/v1/eipgroup/price", order) == {"prices": prices}


def test_only_what_is_on_offer_has_a_price(cloud):
    cloud.refused(BadRequest, "POST", "/v1/eipgroup/price", {"bandwidthInMbps": 19, "ipNum": 1, "billing": POSTPAID})
