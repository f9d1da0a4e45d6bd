"""Renaming, moving, tagging and renewing reserved instances."""

from __future__ import annotations

from bce_emulator.engine.errors import InappropriateJSON
from bce_emulator.services.bcc.reserved_instance.errors import AutoRenewalNotFound, RequestInvalid
from tests.services.bcc.reserved_instance.reserved import (
    DAY,
    NOBODY,
    PATH,
    buy,
    listed,
    other_account,
    reserved,
    status_of,
)

TAGS = [{"tagKey": "team", "tagValue": "red"}, {"tagKey": "stage", "tagValue": ""}]
TAG = "/v2/bcc/reserved/tag"
ONE_MONTH, ONE_MORE = "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"


def test_each_change_has_an_order_and_what_is_empty_stays(cloud):
    first, second = buy(cloud), buy(cloud, ehcClusterId="ehc-1")
    changes = [
        {"reservedInstanceId": first, "zoneName": "cn-bj-b", "reservedInstanceName": "", "ehcClusterId": "ehc-2"},
        {"reservedInstanceId": second, "zoneName": "", "reservedInstanceName": "renamed", "ehcClusterId": ""},
    ]

    orders = cloud.ok("PUT", f"{PATH}/modify", {"reservedInstances": changes})["modifyReservedInstanceOrders"]

    assert [(each["reservedInstanceId"], each["success"], each["exception"]) for each in orders] == [
        (first, True, ""),
        (second, True, ""),
    ]
    assert len({each["orderId"] for each in orders} - {""}) == 2
    shown = reserved(cloud, first)
    assert (shown["zoneName"], shown["ehcClusterId"]) == ("cn-bj-b", "ehc-2")
    shown = reserved(cloud, second)
    assert (shown["reservedInstanceName"], shown["ehcClusterId"], shown["zoneName"]) == ("renamed", "ehc-1", "cn-bj-a")


def test_what_cannot_be_changed_is_refused_for_all(cloud):
    good, to_come, of_region, offered = (
        buy(cloud),
        buy(cloud, effectiveTime="2026-01-01T00:15:00Z"),
        buy(cloud, scope="Region"),
        buy(cloud),
    )
    other_account(cloud, "test-other")
    offer = {"reservedInstanceIds": [offered], "recipientAccountId": "test-other"}
    cloud.ok("POST", f"{PATH}/transfer/create", offer)
    change = {"reservedInstanceId": good, "reservedInstanceName": "renamed"}

    for wrong in (
        [],
        [change, {"reservedInstanceId": NOBODY, "reservedInstanceName": "renamed"}],
        [change, {"reservedInstanceId": good, "zoneName": "cn-bj-b"}],
        [change | {"zoneName": "cn-bj-b"}],
        [change | {"reservedInstanceName": "1st"}],
        [{"reservedInstanceId": good}],
        [{"reservedInstanceName": "renamed"}],
        [{"reservedInstanceId": good, "zoneName": "cn-bj-z"}],
        *([change, {"reservedInstanceId": each, "zoneName": "cn-bj-b"}] for each in (to_come, of_region, offered)),
    ):
        cloud.refused(RequestInvalid, "PUT", f"{PATH}/modify", {"reservedInstances": wrong})
    cloud.refused(InappropriateJSON, "PUT", f"{PATH}/modify", {"reservedInstances": None})


def test_tags_are_put_on_and_taken_off(cloud):
    ids = [buy(cloud), buy(cloud, tags=[{"tagKey": "team", "tagValue": "blue"}])]

    cloud.ok("PUT", f"{TAG}?bind", {"reservedInstanceIds": ids, "changeTags": TAGS})
    assert [each["tags"] for each in listed(cloud)] == [TAGS, TAGS]
    cloud.ok("PUT", f"{TAG}?unbind", {"reservedInstanceIds": ids, "changeTags": TAGS[:1]})
    assert [each["tags"] for each in listed(cloud)] == [TAGS[1:], TAGS[1:]]

    body = {"resourceType": "bccri", "resourceIds": ids, "tags": TAGS[1:], "isRelationTag": True}
    cloud.ok("POST", "/v3/bcc/tag?action=DetachTags", body)
    assert [each["tags"] for each in listed(cloud)] == [[], []]
    for action in ("bind", "unbind"):
        for wrong in ([], [ids[0], NOBODY], [ids[0]] * 101):
            body = {"reservedInstanceIds": wrong, "changeTags": TAGS}
            cloud.refused(RequestInvalid, "PUT", f"{TAG}?{action}", body)


def test_a_renewal_adds_the_term_that_was_bought(cloud):
    first, second = buy(cloud), buy(cloud, effectiveTime="2026-01-01T00:15:00Z")
    renewal = {"reservedInstanceIds": [first, second, first], "reservedInstanceTime": "1"}

    answer = cloud.ok("POST", f"{PATH}/renew", renewal)

    assert answer["orderId"]
    assert answer["reservedInstanceIds"] == [first, second]
    assert reserved(cloud, first)["expireTime"] == ONE_MORE
    assert status_of(cloud, second) == "creating"
    repeated = renewal | {"reservedInstanceIds": [first], "autoRenew": True, "autoRenewTime": 1}
    cloud.ok("POST", f"{PATH}/renew", repeated)
    assert reserved(cloud, first)["nextRenewTime"] == "2026-04-01T00:00:00Z"


def test_what_has_expired_is_in_effect_again_when_it_is_renewed(cloud):
    reserved_id = buy(cloud)
    cloud.clock.advance(33 * DAY)
    assert status_of(cloud, reserved_id) == "expired"

    cloud.ok("POST", f"{PATH}/renew", {"reservedInstanceIds": [reserved_id], "reservedInstanceTime": 1})
    cloud.clock.advance(20 * DAY)

    shown = reserved(cloud, reserved_id)
    assert (shown["reservedInstanceStatus"], shown["expireTime"]) == ("active", "2026-03-03T00:00:00Z")


def test_it_renews_itself_until_that_is_called_off(cloud):
    ids = [buy(cloud), buy(cloud)]
    renewal = {"reservedInstanceIds": ids, "autoRenewTimeUnit": "month", "autoRenewTime": 1}

    assert cloud.ok("POST", f"{PATH}/autoRenew", renewal) == {"reservedInstanceIds": ids}
    cloud.clock.advance(32 * DAY)
    assert {(each["reservedInstanceStatus"], each["nextRenewTime"]) for each in listed(cloud)} == {("active", ONE_MORE)}

    assert cloud.ok("POST", f"{PATH}/cancelAutoRenew", {"reservedInstanceIds": ids}) == {"reservedInstanceIds": ids}
    assert {(each["autoRenew"], each["renewTime"], each["nextRenewTime"]) for each in listed(cloud)} == {(False, 0, "")}
    cloud.clock.advance(32 * DAY)
    assert {each["reservedInstanceStatus"] for each in listed(cloud)} == {"expired"}


def test_no_other_renewal_is_taken(cloud):
    reserved_id, months = buy(cloud), 1
    renewal = {"reservedInstanceIds": [reserved_id], "reservedInstanceTime": months}
    automatic = {"reservedInstanceIds": [reserved_id], "autoRenewTimeUnit": "month", "autoRenewTime": months}

    for call, body, wrong in [
        ("renew", renewal, {"reservedInstanceIds": [reserved_id, NOBODY]}),
        ("renew", renewal, {"reservedInstanceIds": []}),
        ("renew", renewal, {"reservedInstanceTime": 2}),
        ("renew", renewal, {"reservedInstanceTimeUnit": "year"}),
        ("renew", renewal, {"autoRenew": True}),
        ("renew", renewal, {"autoRenew": True, "autoRenewTime": months, "autoRenewTimeUnit": "year"}),
        ("autoRenew", automatic, {"reservedInstanceIds": []}),
        ("autoRenew", automatic, {"autoRenewTime": 2}),
        ("autoRenew", automatic, {"autoRenewTimeUnit": "year"}),
        ("cancelAutoRenew", automatic, {"reservedInstanceIds": [reserved_id, NOBODY]}),
    ]:
        cloud.refused(RequestInvalid, "POST", f"{PATH}/{call}", body | wrong)
    missing = cloud.call("POST", f"{PATH}/autoRenew", automatic | {"reservedInstanceIds": [reserved_id, NOBODY]})
    assert missing.body["message"] == f"Auto-renewal failed: reservedInstanceIds not fount: [{NOBODY}]"
    cloud.refused(AutoRenewalNotFound, "POST", f"{PATH}/autoRenew", automatic | {"reservedInstanceIds": [NOBODY]})
    cloud.clock.advance(31 * DAY)
    cloud.refused(RequestInvalid, "POST", f"{PATH}/autoRenew", automatic)
