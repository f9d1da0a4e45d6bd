"""Kinds of payment, renewal and expiry."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.volume.errors import (
    AutoRenewNotSupportToPostpay,
    DiskStatusNotSupportBillingChange,
    ExpiredNotSupportToPostpay,
    PaymentTypeNotSupportToPostpay,
    VolumeTypeNotSupport,
)
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, POSTPAID, PREPAID, attached_volume, new_volume, system_disk, volume, volume_status

MONTH = 31 * 86_400
TO_PREPAID = {"billing": {"paymentTiming": "Prepaid"}}
TO_POSTPAID = {"billing": {"paymentTiming": "Postpaid"}, "effectiveType": "AtOnce"}
RENEWAL = {"billing": PREPAID, "instanceId": ""}
AUTO = {"renewTime": 1, "renewTimeUnit": "month"}


def change(volume_id):
    return "PUT", f"/v2/volume/{volume_id}?modifyChargeType"


def renew(volume_id, query=""):
    return "PUT", f"/v2/volume/{volume_id}?purchaseReserved{query}", RENEWAL


def renew_automatically(volume_id, **members):
    return "POST", "/v2/volume/autoRenew", {"volumeId": volume_id} | AUTO | members


def cancel(volume_id):
    return "POST", "/v2/volume/cancelAutoRenew", {"volumeId": volume_id}


@pytest.fixture
def prepaid(cloud):
    """The id of a volume that is paid for until the first of February."""
    return new_volume(cloud, billing=PREPAID)


@pytest.mark.parametrize(
    ("length", "expires"), [(0, "2026-02-01T00:00:00Z"), (2, "2026-03-01T00:01:30Z"), (60, "2031-01-01T00:01:30Z")]
)
def test_a_volume_of_a_prepaid_instance_becomes_prepaid(cloud, length, expires):
    volume_id = attached_volume(cloud, cloud.create(billing=PREPAID), deleteWithInstance=True)

    body = {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": length}}, "effectiveType": ""}
    cloud.ok(*change(volume_id), body)

    seen = volume(cloud, volume_id)
    assert (seen["paymentTiming"], seen["expireTime"], seen["deleteWithInstance"]) == ("Prepaid", expires, False)


def test_no_other_volume_becomes_prepaid(cloud, running):
    instance = cloud.create(billing=PREPAID)
    others = [
        new_volume(cloud),
        attached_volume(cloud, running),
        attached_volume(cloud, instance, billing=PREPAID),
        system_disk(cloud, instance),
    ]

    for each in others:
        cloud.refused(OperationDenied, *change(each), TO_PREPAID)


@pytest.mark.parametrize("state", [s for s in STATES if s not in {"Available", "InUse"}])
def test_a_volume_in_another_status_does_not_become_prepaid(cloud, state):
    volume_id = attached_volume(cloud, cloud.create(billing=PREPAID))
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(DiskStatusNotSupportBillingChange, *change(volume_id), TO_PREPAID)


def test_a_volume_becomes_postpaid_at_once(cloud, prepaid):
    cloud.ok(*change(prepaid), TO_POSTPAID)

    assert (volume(cloud, prepaid)["paymentTiming"], volume(cloud, prepaid)["expireTime"]) == ("Postpaid", "")
    cloud.clock.advance(2 * MONTH)
    assert volume_status(cloud, prepaid) == "Available"


@pytest.mark.parametrize("effective", [{}, {"effectiveType": ""}, {"effectiveType": "AfterExpiration"}])
def test_a_volume_becomes_postpaid_when_it_would_expire(cloud, prepaid, effective):
    cloud.ok(*change(prepaid), {"billing": POSTPAID} | effective)

    assert volume(cloud, prepaid)["paymentTiming"] == "Prepaid"
    cloud.clock.advance(MONTH)
    assert (volume(cloud, prepaid)["paymentTiming"], volume_status(cloud, prepaid)) == ("Postpaid", "Available")


@pytest.mark.parametrize("state", [s for s in STATES if s not in {"Available", "InUse"}])
def test_a_volume_in_another_status_does_not_become_postpaid(cloud, prepaid, state):
    cloud.account.get(Volume, prepaid).state = state

    error = ExpiredNotSupportToPostpay if state == "Expired" else DiskStatusNotSupportBillingChange
    cloud.refused(error, *change(prepaid), TO_POSTPAID)


def test_what_is_no_prepaid_data_volume_does_not_become_postpaid(cloud, running, prepaid):
    cloud.refused(VolumeTypeNotSupport, *change(system_disk(cloud, running)), TO_POSTPAID)
    cloud.refused(PaymentTypeNotSupportToPostpay, *change(new_volume(cloud)), TO_POSTPAID)
    cloud.ok(*renew_automatically(prepaid))
    cloud.refused(AutoRenewNotSupportToPostpay, *change(prepaid), TO_POSTPAID)


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (InappropriateJSON, {"billing": None}),
        (BadRequest, {"billing": {"paymentTiming": "Spotpaid"}}),
        (BadRequest, {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}}),
        (BadRequest, {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationTimeUnit": "year"}}}),
        (BadRequest, TO_POSTPAID | {"effectiveType": "Tomorrow"}),
    ],
)
def test_a_payment_that_is_not_on_offer_is_refused(cloud, prepaid, error, body):
    cloud.refused(error, *change(prepaid), body)


@pytest.mark.parametrize("call", [renew, renew_automatically, cancel, lambda each: (*change(each), TO_POSTPAID)])
def test_an_unknown_volume_is_not_found(cloud, call):
    cloud.refused(NoSuchObject, *call(NOBODY))


@pytest.mark.parametrize("call", [renew, renew_automatically, cancel])
def test_a_postpaid_volume_is_not_renewed(cloud, call):
    cloud.refused(OperationDenied, *call(new_volume(cloud)))


def test_a_renewal_adds_to_what_was_paid_for(cloud, prepaid):
    response = cloud.ok(*renew(prepaid))

    assert len(response["orderId"]) == 32
    assert (volume_status(cloud, prepaid), volume(cloud, prepaid)["expireTime"]) == (
        "Available",
        "2026-03-01T00:00:00Z",
    )


@pytest.mark.parametrize(("attached", "status"), [(False, "Available"), (True, "InUse")])
def test_an_expired_volume_is_what_it_was_after_a_renewal(cloud, running, attached, status):
    volume_id = attached_volume(cloud, running, billing=PREPAID) if attached else new_volume(cloud, billing=PREPAID)
    cloud.clock.advance(MONTH)
    assert volume_status(cloud, volume_id) == "Expired"

    cloud.ok(*renew(volume_id))

    assert volume_status(cloud, volume_id) == "Recharging"
    cloud.clock.advance(10)
    assert volume_status(cloud, volume_id) == status


@pytest.mark.parametrize("state", [s for s in STATES if s not in {"Available", "InUse", "Expired"}])
@pytest.mark.parametrize("call", [renew, renew_automatically])
def test_a_volume_in_another_status_is_not_renewed(cloud, prepaid, call, state):
    cloud.account.get(Volume, prepaid).state = state

    cloud.refused(OperationDenied, *call(prepaid))


def test_a_length_that_is_not_on_offer_is_refused(cloud, prepaid):
    body = {"billing": {"reservation": {"reservationLength": 11}}}

    cloud.refused(BadRequest, "PUT", f"/v2/volume/{prepaid}?purchaseReserved", body)
    cloud.refused(BadRequest, *renew_automatically(prepaid, renewTime=0))
    cloud.refused(BadRequest, *renew_automatically(prepaid, renewTimeUnit="week"))


def test_the_same_token_renews_once(cloud, prepaid):
    first = cloud.ok(*renew(prepaid, "&clientToken=once"))

    assert cloud.ok(*renew(prepaid, "&clientToken=once")) == first
    assert volume(cloud, prepaid)["expireTime"] == "2026-03-01T00:00:00Z"
    other = {"billing": {"reservation": {"reservationLength": 2}}}
    target = f"/v2/volume/{prepaid}?purchaseReserved&clientToken=once"
    cloud.refused(IdempotentParameterMismatch, "PUT", target, other)


def test_a_volume_that_is_renewed_automatically_never_expires(cloud, prepaid):
    cloud.ok(*renew_automatically(prepaid))

    cloud.clock.advance(2 * MONTH)

    seen = volume(cloud, prepaid)
    assert (seen["status"], seen["enableAutoRenew"], seen["autoRenewTime"]) == ("Available", True, 1)
    assert seen["expireTime"] == "2026-04-01T00:00:00Z"


def test_a_volume_expires_after_automatic_renewal_was_cancelled(cloud):
    volume_id = new_volume(cloud, billing=PREPAID, renewTime=1, renewTimeUnit="month")
    cloud.clock.advance(MONTH)

    cloud.ok(*cancel(volume_id))

    assert volume(cloud, volume_id)["enableAutoRenew"] is False
    assert volume(cloud, volume_id)["expireTime"] == "2026-03-01T00:00:00Z"
    cloud.clock.advance(MONTH)
    assert volume_status(cloud, volume_id) == "Expired"


def test_a_volume_that_is_busy_expires_afterwards(cloud, prepaid):
    cloud.clock.advance(MONTH - 60)
    cloud.ok("PUT", f"/v2/volume/{prepaid}?resize", {"newCdsSizeInGB": 30})

    seen = []
    for seconds in (59, 1, 30):
        cloud.clock.advance(seconds)
        seen.append(volume_status(cloud, prepaid))

    assert seen == ["Scaling", "Available", "Expired"]


def test_a_volume_that_is_renewed_with_its_instance_expires_later(cloud):
    instance = cloud.create(billing=PREPAID)
    volume_id = attached_volume(cloud, instance, billing=PREPAID)

    cloud.ok("PUT", f"/v2/instance/{instance}?purchaseReserved&relatedRenewFlag=CDS", {"billing": PREPAID})

    seen = []
    for seconds in (MONTH, 28 * 86_400):
        cloud.clock.advance(seconds)
        seen.append(volume_status(cloud, volume_id))
    assert seen == ["InUse", "Expired"]


def test_an_expired_volume_stays_expired_without_its_instance(cloud, running):
    volume_id = attached_volume(cloud, running, billing=PREPAID)
    cloud.clock.advance(MONTH)

    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert (volume_status(cloud, volume_id), volume(cloud, volume_id)["attachments"]) == ("Expired", [])
    cloud.ok(*renew(volume_id))
    cloud.clock.advance(10)
    assert volume_status(cloud, volume_id) == "Available"
