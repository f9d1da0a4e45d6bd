"""Transfers of EIPs, as both accounts see them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.resource import Eip
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.services.eip.eip.addresses import BOUND, PREPAID, addresses, bind, eip, new_eip
from tests.services.eip.group.groups import group_ips, new_group
from tests.services.eip.tbsp.packages import protected_eip, protected_ips

NOBODY = "tf-nobody00"
ANSWERS = ["accept", "reject", "cancel"]
DONE = 5


@pytest.fixture
def other(cloud) -> Cloud:
    """The account that gets EIPs; its clock stands still too."""
    account = copy.copy(cloud)
    account.access_key = "test-other"
    account.clock.freeze()
    return account


def offer(cloud: Cloud, address: str, to: str = "test-other") -> str:
    body = {"transferType": "eip", "transferResourceList": [eip(cloud, address)["eipId"]], "toUserId": to}
    transfer_id: str = cloud.ok("POST", "/v1/transfer", body)["transfers"][0]["transferId"]
    return transfer_id


def answer(cloud: Cloud, action: str, *transfer_ids: str) -> None:
    cloud.ok("PUT", f"/v1/transfer?{action}", {"transferIdList": list(transfer_ids)})


def transfers(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/transfer?{query}")["transferList"]
    return found


def statuses(*clouds: Cloud) -> list[str]:
    return [each["status"] for cloud in clouds for each in transfers(cloud)]


def test_both_accounts_see_the_same_offer(cloud, other):
    address = new_eip(cloud, name="web")

    transfer_id = offer(cloud, address)

    assert transfers(cloud) == transfers(other)
    assert transfers(cloud) == [
        {
            "transferId": transfer_id,
            "instanceId": eip(cloud, address)["eipId"],
            "transferType": "eip",
            "userId": "test",
            "toUserId": "test-other",
            "instanceName": "web",
            "instanceIp": address,
            "instanceType": "BGP",
            "instanceBandwidth": 100,
            "status": "transfering",
            "createTime": "2026-01-01T00:00:05Z",
            "updateTime": "2026-01-01T00:00:05Z",
        }
    ]


def test_an_accepted_eip_belongs_to_the_other_account(cloud, other):
    address = new_eip(cloud)
    before = eip(cloud, address)
    transfer_id = offer(cloud, address)

    answer(other, "accept", transfer_id)
    assert statuses(cloud, other) == ["processing", "processing"]
    assert (addresses(cloud), addresses(other)) == ([address], [])

    other.clock.advance(DONE)
    assert statuses(other, cloud) == ["success", "success"]
    assert (addresses(cloud), eip(other, address)) == ([], before)
    instance = other.create()
    bind(other, address, instance)
    assert other.instance(instance)["publicIp"] == address


def test_an_eip_comes_back_the_same_way(cloud, other):
    address = new_eip(cloud)
    answer(other, "accept", offer(cloud, address))
    other.clock.advance(DONE)
    addresses(other)

    answer(cloud, "accept", offer(other, address, "test"))
    cloud.clock.advance(DONE)

    assert (addresses(cloud), addresses(other)) == ([address], [])


@pytest.mark.parametrize(
    ("action", "sent_by", "status"), [("reject", "other", "reject"), ("cancel", "cloud", "cancel")]
)
def test_an_offer_that_is_rejected_or_taken_back_is_over_for_both(cloud, other, action, sent_by, status):
    address = new_eip(cloud)
    transfer_id = offer(cloud, address)
    sides = {"cloud": cloud, "other": other}

    answer(sides[sent_by], action, transfer_id)

    assert statuses(cloud, other) == [status, status]
    assert (addresses(cloud), addresses(other)) == ([address], [])
    offer(cloud, address)


def test_all_filters_hold_together(cloud, other):
    first, second = new_eip(cloud, name="web"), new_eip(cloud, name="data")
    ids = [offer(cloud, first), offer(cloud, second)]
    back = offer(other, new_eip(other, name="back"), "test")
    answer(cloud, "cancel", ids[1])

    def found(query: str) -> list[str]:
        return [each["transferId"] for each in transfers(cloud, query)]

    assert found("") == [back, *ids[::-1]]
    assert found("direction=sent") == found(f"transferId={'_'.join(ids)}") == ids[::-1]
    assert found("direction=received") == [back]
    assert found("status=cancel") == found("fuzzyInstanceName=dat") == [ids[1]]
    assert found(f"fuzzyTransferId={ids[0][1:]}") == found(f"fuzzyInstanceIp={first[1:]}") == [ids[0]]
    assert found(f"fuzzyInstanceId={eip(cloud, first)['eipId'][1:]}") == [ids[0]]
    assert found("status=cancel&direction=received") == found("status=TIMEOUT") == []


def test_a_page_has_ten_transfers(cloud, other):
    made = [offer(cloud, new_eip(cloud)) for _ in range(11)]

    first = cloud.ok("GET", "/v1/transfer")
    second = cloud.ok("GET", f"/v1/transfer?marker={first['nextMarker']}")

    assert [len(first["transferList"]), first["maxKeys"]] == [10, 10]
    assert [each["transferId"] for each in first["transferList"] + second["transferList"]] == made[::-1]


@pytest.mark.parametrize("query", ["direction=up", "status=lost"])
def test_a_filter_that_means_nothing_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v1/transfer?{query}")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"transferType": "bcc"}, BadRequest),
        ({"transferResourceList": []}, BadRequest),
        ({"transferResourceList": ["ip-00000000"] * 2}, BadRequest),
        ({"transferResourceList": [f"ip-{number:08}" for number in range(31)]}, BadRequest),
        ({"toUserId": "test"}, BadRequest),
        ({"toUserId": "nobody at all"}, NoSuchObject),
        ({"transferResourceList": ["ip-nobody00"]}, EipNotFound),
        ({"toUserId": None}, InappropriateJSON),
    ],
)
def test_an_offer_that_nobody_could_accept_is_refused(cloud, other, wrong, error):
    body = {
        "transferType": "eip",
        "transferResourceList": [eip(cloud, new_eip(cloud))["eipId"]],
        "toUserId": "test-other",
    }

    cloud.refused(error, "POST", "/v1/transfer", body | wrong)


def test_only_what_is_free_and_paid_by_use_is_offered(cloud, other, running):
    bound, recycled, offered = new_eip(cloud), new_eip(cloud), new_eip(cloud)
    packaged, prepaid, shared = new_eip(cloud), new_eip(cloud, billing=PREPAID), group_ips(cloud, new_group(cloud))[0]
    ids = {address: eip(cloud, address)["eipId"] for address in addresses(cloud)}
    bind(cloud, bound, running)
    offer(cloud, offered)
    cloud.ok("POST", "/v1/eipbp", {"eip": packaged, "bandwidthInMbps": 1})
    cloud.ok("DELETE", f"/v1/eip/{recycled}?releaseToRecycle=true")

    def refused(error, address):
        body = {"transferType": "eip", "transferResourceList": [ids[address]], "toUserId": "test-other"}
        cloud.refused(error, "POST", "/v1/transfer", body)

    for address in (bound, prepaid, shared, packaged, offered):
        refused(OperationDenied, address)
    refused(EipNotFound, recycled)


@pytest.mark.parametrize("action", ANSWERS)
def test_only_an_offer_to_this_side_is_answered_and_only_once(cloud, other, action):
    sides = [other, cloud] if action == "cancel" else [cloud, other]
    transfer_id = offer(cloud, new_eip(cloud))
    body = {"transferIdList": [transfer_id]}
    wrong_side, right_side = sides

    wrong_side.refused(NoSuchObject, "PUT", f"/v1/transfer?{action}", body)
    wrong_side.refused(NoSuchObject, "PUT", f"/v1/transfer?{action}", {"transferIdList": [NOBODY]})
    answer(right_side, action, transfer_id)

    right_side.refused(OperationDenied, "PUT", f"/v1/transfer?{action}", body)


@pytest.mark.parametrize("action", ANSWERS)
def test_one_to_thirty_are_answered_at_once(cloud, action):
    for ids in ([], [NOBODY, NOBODY], [f"tf-{number:08}" for number in range(31)]):
        cloud.refused(BadRequest, "PUT", f"/v1/transfer?{action}", {"transferIdList": ids})


@pytest.mark.parametrize("gone", ["released", "bound"])
def test_what_is_not_free_any_more_is_not_accepted(cloud, other, gone):
    address = new_eip(cloud)
    transfer_id = offer(cloud, address)
    if gone == "released":
        cloud.ok("DELETE", f"/v1/eip/{address}")
    else:
        bind(cloud, address, cloud.create())

    other.refused(OperationDenied, "PUT", "/v1/transfer?accept", {"transferIdList": [transfer_id]})


def test_a_transfer_fails_whose_eip_is_bound_at_the_last_moment(cloud, other, running):
    address = new_eip(cloud)
    answer(other, "accept", offer(cloud, address))
    bind(cloud, address, running)

    other.clock.advance(DONE)

    assert statuses(other, cloud) == ["failed", "failed"]
    assert (addresses(cloud), addresses(other)) == ([address], [])


def test_an_account_accepts_no_more_than_its_quota_allows(cloud, other):
    ids = [offer(cloud, new_eip(cloud)) for _ in range(2)]
    other.set_facts(**{"eip.eipQuota": 1})

    other.refused(LimitExceeded, "PUT", "/v1/transfer?accept", {"transferIdList": ids})

    answer(other, "accept", ids[0])


def test_an_address_that_the_other_account_has_is_not_accepted(cloud, other):
    address = new_eip(cloud)
    transfer_id = offer(cloud, address)
    other.account.find_by(Eip, "address", new_eip(other)).address = address

    other.refused(OperationDenied, "PUT", "/v1/transfer?accept", {"transferIdList": [transfer_id]})


def test_an_account_that_was_reset_makes_its_offers_again(cloud, other):
    offer(cloud, new_eip(cloud))
    cloud.emulator.accounts.reset("test")
    cloud.clock.freeze()

    transfer_id = offer(cloud, new_eip(cloud))

    assert [each["transferId"] for each in transfers(other)] == [transfer_id]
    answer(other, "accept", transfer_id)


def test_an_offer_of_an_account_that_was_reset_is_taken_back_or_refused(cloud, other):
    transfer_id, back = offer(cloud, new_eip(cloud)), offer(other, new_eip(other), "test")

    cloud.emulator.accounts.reset("test")

    other.refused(OperationDenied, "PUT", "/v1/transfer?accept", {"transferIdList": [transfer_id]})
    answer(other, "cancel", back)
    assert {each["status"] for each in transfers(other)} == {"transfering", "cancel"}


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_the_sender_sees_the_end_though_the_other_account_asks_nothing_more(cloud, other, action):
    address = new_eip(cloud)
    answer(other, action, offer(cloud, address))

    cloud.clock.advance(DONE)

    assert statuses(cloud) == statuses(other) == ["success" if action == "accept" else "reject"]
    assert addresses(cloud) + addresses(other) == [address]


def test_a_planned_end_of_a_transfer_is_seen_by_both(cloud, other):
    control = control_of(cloud)
    control("POST", "faults?account=test-other", {"operation": "eip.ReceiveEipTransfer", "endIn": "failed"})
    address = new_eip(cloud)
    answer(other, "accept", offer(cloud, address))

    cloud.clock.advance(DONE)

    assert statuses(cloud, other) == ["failed", "failed"]
    assert addresses(cloud) == [address]


def test_a_transfer_to_an_account_that_was_reset_meanwhile_has_failed(cloud, other):
    address = new_eip(cloud)
    answer(other, "accept", offer(cloud, address))
    cloud.emulator.accounts.reset("test-other")

    cloud.clock.advance(DONE)

    assert statuses(cloud) == ["failed"]
    assert addresses(cloud) == [address]


def test_an_eip_that_was_unbound_long_ago_is_accepted_whoever_looked(cloud, other, running):
    address = new_eip(cloud)
    transfer_id = offer(cloud, address)
    bind(cloud, address, running)
    cloud.clock.advance(BOUND)
    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.clock._stands_at += BOUND  # time passes, and the sender asks nothing

    answer(other, "accept", transfer_id)

    assert statuses(other) == ["processing"]


@pytest.mark.parametrize(("side", "action"), [("test", "cancel"), ("test-other", "reject")])
def test_a_copy_of_an_account_ends_the_offer_for_itself_only(cloud, other, side, action):
    transfer_id = offer(cloud, new_eip(cloud))
    control_of(cloud)("POST", "state/fork", {"from": side, "to": "test-copy"})
    copied = copy.copy(cloud)
    copied.access_key = "test-copy"

    answer(copied, action, transfer_id)

    assert statuses(cloud, other) == ["transfering", "transfering"]
    answer(other, "accept", transfer_id)


def test_a_copy_of_an_account_accepts_nothing(cloud, other):
    transfer_id = offer(cloud, new_eip(cloud))
    control_of(cloud)("POST", "state/fork", {"from": "test-other", "to": "test-copy"})
    copied = copy.copy(cloud)
    copied.access_key = "test-copy"

    copied.refused(OperationDenied, "PUT", "/v1/transfer?accept", {"transferIdList": [transfer_id]})


def test_an_offer_that_is_refused_opens_no_account(cloud):
    prepaid = eip(cloud, new_eip(cloud, billing=PREPAID))["eipId"]
    before = cloud.emulator.accounts.names()

    body = {"transferType": "eip", "transferResourceList": [prepaid], "toUserId": "test-nobody"}
    cloud.refused(OperationDenied, "POST", "/v1/transfer", body)

    assert cloud.emulator.accounts.names() == before


def test_an_eip_leaves_its_protection_package_behind(cloud, other):
    tbsp_id, address = protected_eip(cloud)

    answer(other, "accept", offer(cloud, address))
    other.clock.advance(DONE)

    assert addresses(other) == [address]
    assert protected_ips(cloud, tbsp_id) == []
