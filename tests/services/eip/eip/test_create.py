"""Applying for an EIP, as a client sees it."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, QualifyNotPass
from bce_emulator.services.eip.eip.errors import LimitExceeded
from tests.services.eip.eip.addresses import BODY, MADE, POSTPAID, PREPAID, addresses, eip, listed, new_eip


def test_a_new_eip_shows_what_was_asked_for(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]

    found = eip(cloud, new_eip(cloud, name="web", tags=tags, deleteProtect=True))

    assert found.pop("eipId").startswith("ip-")
    assert ip_address(found.pop("eip")).version == 4
    assert found == {
        "name": "web",
        "status": "available",
        "eipInstanceType": "normal",
        "instanceType": "",
        "instanceId": "",
        "shareGroupId": "",
        "bandwidthInMbps": 100,
        "bwShortId": "",
        "bwBandwidthInMbps": 0,
        "domesticBwShortId": "",
        "domesticBwBandwidthInMbps": 0,
        "paymentTiming": "Postpaid",
        "billingMethod": "ByTraffic",
        "createTime": "2026-01-01T00:00:00Z",
        "expireTime": "",
        "region": "bj",
        "routeType": "BGP",
        "poolType": "public",
        "tags": tags,
        "deleteProtect": True,
        "nativeGroup": False,
        "originalBandwidth": 0,
        "originProductType": "",
        "originSubProductType": "",
    }


def test_an_eip_is_being_made_for_a_while(cloud):
    address = cloud.ok("POST", "/v1/eip", BODY)["eip"]
    assert eip(cloud, address)["status"] == "creating"

    cloud.clock.advance(MADE)

    assert eip(cloud, address)["status"] == "available"


def test_a_prepaid_eip_has_an_end_and_no_billing_method(cloud):
    found = eip(cloud, new_eip(cloud, billing=PREPAID))

    assert (found["paymentTiming"], found["billingMethod"]) == ("Prepaid", "")
    assert found["expireTime"] == "2026-02-01T00:00:00Z"


def test_an_eip_without_a_name_is_named_by_its_moment(cloud):
    assert eip(cloud, new_eip(cloud))["name"] == "EIP1767225600000"


def test_how_it_is_paid_for_is_read_in_capitals_and_in_small_letters(cloud):
    billing = {"paymentTiming": "PREPAID", "reservation": {"reservationLength": 12, "reservationTimeUnit": "Month"}}

    prepaid = eip(cloud, new_eip(cloud, billing=billing))
    postpaid = eip(cloud, new_eip(cloud, billing={"paymentTiming": "postpaid", "billingMethod": "bybandwidth"}))

    assert (prepaid["paymentTiming"], prepaid["expireTime"]) == ("Prepaid", "2027-01-01T00:00:00Z")
    assert (postpaid["paymentTiming"], postpaid["billingMethod"]) == ("Postpaid", "ByBandwidth")


def test_an_empty_billing_is_postpaid_by_bandwidth(cloud):
    found = eip(cloud, new_eip(cloud, billing={}))

    assert (found["paymentTiming"], found["billingMethod"]) == ("Postpaid", "ByBandwidth")


def test_an_ipv6_eip_has_an_ipv6_address(cloud):
    assert ip_address(new_eip(cloud, ipVersion="ipv6")).version == 6


def test_no_address_is_given_twice(cloud, running):
    of_an_instance = cloud.instance(cloud.create(networkCapacityInMbps=1))["publicIp"]

    given = [new_eip(cloud), new_eip(cloud), new_eip(cloud, ipVersion="ipv6"), new_eip(cloud, ipVersion="ipv6")]

    assert len({of_an_instance, *given}) == 5


@pytest.mark.parametrize(
    ("route", "billing", "least", "most"),
    [
        ("BGP", POSTPAID, 1, 1000),
        ("BGP_S", POSTPAID, 1, 1000),
        ("BGP", {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}, 1, 500),
        ("BGP", PREPAID, 1, 500),
        ("ChinaMobile", PREPAID, 1, 500),
        ("BGP_S", PREPAID, 100, 5000),
    ],
)
def test_the_bandwidths_on_offer_depend_on_line_and_payment(cloud, route, billing, least, most):
    body = {"routeType": route, "billing": billing}

    for offered in (least, most):
        cloud.ok("POST", "/v1/eip", body | {"bandwidthInMbps": offered})

    for beyond in (least - 1, most + 1):
        cloud.refused(BadRequest, "POST", "/v1/eip", body | {"bandwidthInMbps": beyond})


@pytest.mark.parametrize("missing", ["bandwidthInMbps", "billing"])
def test_bandwidth_and_billing_are_required(cloud, missing):
    body = {name: value for name, value in BODY.items() if name != missing}

    cloud.refused(InappropriateJSON, "POST", "/v1/eip", body)


@pytest.mark.parametrize(
    "members",
    [
        {"name": "1st"},
        {"name": "a b"},
        {"name": "a" * 66},
        {"ipVersion": "ipv5"},
        {"routeType": "pigeon"},
        {"tags": [{"tagKey": ""}]},
        {"tags": [{"tagKey": "k", "tagValue": "v" * 66}]},
        {"billing": {"paymentTiming": "never"}},
        {"billing": {"paymentTiming": "Postpaid", "billingMethod": "ByPeak95"}},
        {"billing": {"paymentTiming": "Prepaid"}},
        {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}},
        {
            "billing": {
                "paymentTiming": "Prepaid",
                "reservation": {"reservationLength": 1, "reservationTimeUnit": "year"},
            }
        },
        {"billing": PREPAID, "autoRenewTime": 10},
        {"billing": PREPAID, "autoRenewTime": 4, "autoRenewTimeUnit": "year"},
    ],
)
def test_a_value_that_is_not_on_offer_is_refused(cloud, members):
    cloud.refused(BadRequest, "POST", "/v1/eip", BODY | members)


def test_an_account_that_is_not_verified_gets_no_eip(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/eip", BODY)


def test_an_account_has_no_more_eips_than_its_quota(cloud):
    cloud.set_facts(eipQuota=1)
    new_eip(cloud)

    cloud.refused(LimitExceeded, "POST", "/v1/eip", BODY)


def test_a_token_makes_one_eip_only(cloud):
    first = cloud.ok("POST", "/v1/eip?clientToken=once", BODY)

    again = cloud.ok("POST", "/v1/eip?clientToken=once", BODY)

    assert first == again
    assert addresses(cloud) == [first["eip"]]
    cloud.refused(IdempotentParameterMismatch, "POST", "/v1/eip?clientToken=once", BODY | {"name": "other"})


def test_an_eip_of_one_region_is_in_no_other(cloud):
    new_eip(cloud)

    cloud.host = "eip.gz.localhost:8080"

    assert listed(cloud) == []


BATCH = "/v1/eip?action=batch"


def test_a_batch_has_numbered_names_and_addresses_that_follow_each_other(cloud):
    made = cloud.ok("POST", BATCH, BODY | {"name": "web", "count": 3, "continuous": True})["eips"]

    found = [eip(cloud, address) for address in made]
    assert [each["name"] for each in found] == ["web-1", "web-2", "web-3"]
    numbers = [int(ip_address(address)) for address in made]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert {each["status"] for each in found} == {"creating"}


def test_a_batch_of_one_is_named_like_a_single_eip(cloud):
    made = cloud.ok("POST", BATCH, BODY | {"name": "web"})["eips"]

    assert [eip(cloud, address)["name"] for address in made] == ["web"]


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_has_1_to_100_eips(cloud, count):
    cloud.refused(BadRequest, "POST", BATCH, BODY | {"count": count})


def test_a_batch_is_made_whole_or_not_at_all(cloud):
    cloud.set_facts(eipQuota=2)

    cloud.refused(LimitExceeded, "POST", BATCH, BODY | {"count": 3})

    cloud.ok("POST", BATCH, BODY | {"count": 2})


def test_an_account_that_is_not_verified_gets_no_batch(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", BATCH, BODY)


@pytest.mark.parametrize(
    "billing",
    [
        {"paymentTiming": "", "billingMethod": ""},
        {"paymentTiming": "Prepaid", "billingMethod": "", "reservation": PREPAID["reservation"]},
        {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": ""}},
    ],
)
def test_what_a_client_leaves_empty_of_the_payment_it_did_not_say(cloud, billing):
    found = eip(cloud, new_eip(cloud, billing=billing))

    assert found["paymentTiming"] == (billing["paymentTiming"] or "Postpaid")
