"""Transfers of reserved instances, as both accounts see them."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import InappropriateJSON
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from tests.cloud import SPEC, Cloud
from tests.control.conftest import control_of
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

NOTHING = "t-Nobody00"
TRANSFER = f"{PATH}/transfer"


@pytest.fixture
def other(cloud) -> Cloud:
    """The account that gets reserved instances."""
    return other_account(cloud, "test-other")


def offer(cloud: Cloud, *reserved_ids: str, to: str = "test-other") -> list[str]:
    body = {"reservedInstanceIds": list(reserved_ids), "recipientAccountId": to}
    made: Any = cloud.ok("POST", f"{TRANSFER}/create", body)
    assert isinstance(made, list)
    return made


def records(cloud: Cloud, side: str, **filters: Any) -> list[dict[str, Any]]:
    shown = cloud.ok("POST", f"{TRANSFER}/{side}/list", filters)
    assert shown["totalCount"] == len(shown["transferRecords"])
    found: list[dict[str, Any]] = shown["transferRecords"]
    return found


def statuses(cloud: Cloud, other: Cloud) -> list[str]:
    return [each["status"] for each in (*records(cloud, "out"), *records(other, "in"))]


def test_an_offer_is_seen_from_both_ends(cloud, other):
    ids = [buy(cloud, reservedInstanceName="web"), buy(cloud)]

    first, second = offer(cloud, *ids)

    assert (first[:2], len(first)) == ("t-", 10)
    assert [each["transferRecordId"] for each in records(cloud, "out")] == [second, first]
    (_, out), (_, into) = records(cloud, "out"), records(other, "in")
    assert (out.pop("recipientUserId"), into.pop("grantorUserId")) == ("test-other", "test")
    assert out == into
    assert out.pop("reservedInstanceInfo") == reserved(cloud, ids[0])
    assert out == {
        "transferRecordId": first,
        "status": "pending",
        "applicationTime": "2026-01-01T00:00:00Z",
        "expireTime": "2026-01-08T00:00:00Z",
        "endTime": "",
    }
    assert records(cloud, "in") == records(other, "out") == listed(other) == []


def test_what_is_accepted_belongs_to_the_other_account_and_expires_there(cloud, other):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    reserved_id = buy(cloud, autoRenew=True, autoRenewTime=1, ehcClusterId="ehc-1", tags=tags)
    before = reserved(cloud, reserved_id)
    (transfer_id,) = offer(cloud, reserved_id)
    other.clock.advance(60)

    other.ok("POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id, "ehcClusterId": "ehc-2"})

    assert listed(cloud) == []
    assert reserved(other, reserved_id) == before | {
        "ehcClusterId": "ehc-2",
        "transferIn": True,
        "transferInTime": "2026-01-01T00:01:00Z",
        "grantorUserId": "test",
        "autoRenew": False,
        "renewTime": 0,
        "nextRenewTime": "",
    }
    assert statuses(cloud, other) == ["accepted", "accepted"]
    (out,), (into,) = records(cloud, "out"), records(other, "in")
    assert out["endTime"] == into["endTime"] == "2026-01-01T00:01:00Z"
    assert out["reservedInstanceInfo"]["reservedInstanceStatus"] == "transferred"
    other.clock.advance(31 * DAY)
    assert status_of(other, reserved_id) == "expired"
    cloud.clock.advance(60 * DAY)
    assert statuses(cloud, other) == ["accepted", "accepted"]


def test_it_can_come_back(cloud, other):
    reserved_id = buy(cloud)
    other.ok("POST", f"{TRANSFER}/accept", {"transferRecordId": offer(cloud, reserved_id)[0]})

    (back,) = offer(other, reserved_id, to="test")
    cloud.ok("POST", f"{TRANSFER}/accept", {"transferRecordId": back})

    assert listed(other) == []
    assert reserved(cloud, reserved_id)["grantorUserId"] == "test-other"


@pytest.mark.parametrize(("action", "sent_by", "status"), [("refuse", 1, "refused"), ("revoke", 0, "revoked")])
def test_an_offer_that_is_over_is_over_for_both(cloud, other, action, sent_by, status):
    reserved_id = buy(cloud)
    body = {"transferRecordIds": offer(cloud, reserved_id)}

    (cloud, other)[sent_by].ok("POST", f"{TRANSFER}/{action}", body)

    assert statuses(cloud, other) == [status, status]
    for account, call in ((other, "refuse"), (cloud, "revoke")):
        account.refused(RequestInvalid, "POST", f"{TRANSFER}/{call}", body)
    accept = {"transferRecordId": body["transferRecordIds"][0]}
    other.refused(RequestInvalid, "POST", f"{TRANSFER}/accept", accept)
    offer(cloud, reserved_id)


@pytest.mark.parametrize("passes_for", [0, 1])
def test_an_offer_that_nobody_answers_times_out_for_both(cloud, other, passes_for):
    offer(cloud, buy(cloud))

    (cloud, other)[passes_for].clock.advance(7 * DAY)

    assert statuses(cloud, other) == ["timeout", "timeout"]
    assert {each["endTime"] for each in records(cloud, "out")} == {"2026-01-08T00:00:00Z"}
    (other, cloud)[passes_for].clock.advance(8 * DAY)
    assert {each["endTime"] for each in records(other, "in")} == {"2026-01-08T00:00:00Z"}


def test_one_whose_status_was_set_by_hand_does_not_time_out(cloud, other):
    (transfer_id,) = offer(cloud, buy(cloud))
    control_of(cloud)("PUT", f"resources/{transfer_id}?account=test", {"status": "refused"})

    cloud.clock.advance(8 * DAY)

    assert statuses(cloud, other) == ["refused", "pending"]


def test_an_offer_whose_time_is_over_for_the_giver_is_not_accepted(cloud, other):
    (transfer_id,) = offer(cloud, buy(cloud))
    cloud.clock._stands_at += 8 * DAY  # time passes, and the giver asks nothing

    refused = other.call("POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id})

    assert refused.code == "BadRequest"
    assert statuses(cloud, other) == ["timeout", "timeout"]


def test_all_filters_hold_together(cloud, other):
    ids = [buy(cloud), buy(cloud, spec="bcc.g5.c4m16")]
    first, second = offer(cloud, *ids)
    cloud.ok("POST", f"{TRANSFER}/revoke", {"transferRecordIds": [first]})

    for account, side in ((cloud, "out"), (other, "in")):
        for filters, found in [
            ({"reservedInstanceIds": None, "transferRecordIds": None, "spec": "", "status": ""}, [second, first]),
            ({"reservedInstanceIds": ids[:1]}, [first]),
            ({"transferRecordIds": [second, NOTHING]}, [second]),
            ({"spec": SPEC}, [first]),
            ({"status": "PENDING"}, [second]),
            ({"status": "timeout"}, []),
            ({"status": "pending", "spec": SPEC}, []),
        ]:
            assert [each["transferRecordId"] for each in records(account, side, **filters)] == found, filters
        page = account.ok("POST", f"{TRANSFER}/{side}/list?marker=-1&maxKeys=1", {})
        assert (page["isTruncated"], page["nextMarker"], page["totalCount"]) == (True, first, 2)
        last = account.ok("POST", f"{TRANSFER}/{side}/list?marker={first}", {})
        assert [each["transferRecordId"] for each in last["transferRecords"]] == [first]
        for query in ("maxKeys=0", f"marker={NOTHING}"):
            account.refused(RequestInvalid, "POST", f"{TRANSFER}/{side}/list?{query}", {})


def test_an_offer_that_nobody_could_accept_is_refused(cloud, other):
    free, offered, to_come = buy(cloud), buy(cloud), buy(cloud, effectiveTime="2026-01-01T00:15:00Z")
    offer(cloud, offered)
    accounts = cloud.emulator.accounts.names()

    for ids, to in [
        ([], "test-other"),
        ([free, NOBODY], "test-other"),
        ([free, offered], "test-other"),
        ([free, to_come], "test-other"),
        ([free, to_come], "test-nobody"),
        ([free], "test"),
        ([free], "nobody at all"),
    ]:
        body = {"reservedInstanceIds": ids, "recipientAccountId": to}
        cloud.refused(RequestInvalid, "POST", f"{TRANSFER}/create", body)
    cloud.refused(InappropriateJSON, "POST", f"{TRANSFER}/create", {"reservedInstanceIds": [free]})
    assert cloud.emulator.accounts.names() == accounts


def test_only_what_is_offered_to_this_side_is_answered(cloud, other):
    (transfer_id,) = offer(cloud, buy(cloud))

    for account, action, wrong in [
        (cloud, "accept", transfer_id),
        (other, "accept", NOTHING),
        (cloud, "refuse", [transfer_id]),
        (other, "revoke", [transfer_id]),
        *((account, action, wrong) for account, action in ((other, "refuse"), (cloud, "revoke"))
          for wrong in ([], [transfer_id, NOTHING])),
        (other, "refuse", [transfer_id] * 100),
    ]:  # fmt: skip
        name = "transferRecordId" if action == "accept" else "transferRecordIds"
        account.refused(RequestInvalid, "POST", f"{TRANSFER}/{action}", {name: wrong})


@pytest.mark.parametrize("gone", ["reset", "expired"])
def test_what_is_not_there_to_be_given_is_not_accepted(cloud, other, gone):
    reserved_id = buy(cloud)
    (transfer_id,) = offer(cloud, reserved_id)
    if gone == "reset":
        cloud.emulator.accounts.reset("test")
    else:
        control_of(cloud)("PUT", f"resources/{reserved_id}?account=test", {"status": "expired"})

    other.refused(RequestInvalid, "POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id})


def test_an_account_that_was_reset_cannot_give_the_same_again(cloud, other):
    for _ in range(2):
        body = {"transferRecordId": offer(cloud, buy(cloud))[0]}
        if not listed(other):
            other.ok("POST", f"{TRANSFER}/accept", body)
            cloud.emulator.accounts.reset("test")
            cloud.clock.freeze()

    other.refused(RequestInvalid, "POST", f"{TRANSFER}/accept", body)


def test_an_account_that_was_reset_makes_its_offers_again(cloud, other):
    offer(cloud, buy(cloud))
    cloud.emulator.accounts.reset("test")
    cloud.clock.freeze()

    (transfer_id,) = offer(cloud, buy(cloud))

    assert [each["transferRecordId"] for each in records(other, "in")] == [transfer_id]
    other.ok("POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id})


@pytest.mark.parametrize(("side", "action"), [("test", "revoke"), ("test-other", "refuse")])
def test_a_copy_of_an_account_ends_an_offer_for_itself_only(cloud, other, side, action):
    (transfer_id,) = offer(cloud, buy(cloud))
    control_of(cloud)("POST", "state/fork", {"from": side, "to": "test-copy"})
    copied = other_account(cloud, "test-copy")

    if action == "refuse":
        copied.refused(RequestInvalid, "POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id})
    copied.ok("POST", f"{TRANSFER}/{action}", {"transferRecordIds": [transfer_id]})

    assert statuses(cloud, other) == ["pending", "pending"]
    other.ok("POST", f"{TRANSFER}/accept", {"transferRecordId": transfer_id})
