"""journal/verify: was it asked, how often, and what came nearest."""

from __future__ import annotations

import pytest

from tests.cloud import LINUX, PASSWORD, SPEC, encrypted

BILLING = {"paymentTiming": "Postpaid"}
BODY = {"spec": SPEC, "imageId": LINUX, "billing": BILLING, "createCdsList": [{"cdsSizeInGB": 5}], "tags": []}
CREATE = {"operation": "CreateInstanceBySpec"}


@pytest.fixture
def asked(cloud):
    cloud.ok("POST", "/v2/instanceBySpec", BODY)
    cloud.ok("GET", "/v2/instance?maxKeys=10")
    cloud.call("PUT", "/v2/instance/i-nobody00?stop")


@pytest.mark.parametrize(
    "expected",
    [
        CREATE,
        CREATE | {"count": 1},
        CREATE | {"body": {"spec": SPEC}},
        CREATE | {"body": {"billing": {}}, "count": 1},
        CREATE | {"body": BODY, "status": 200},
        {"operation": "ListInstances", "query": {"maxKeys": "10"}},
        {"operation": "StopInstance", "resource": "i-nobody00", "status": 404},
        {"operation": "StartInstance", "count": 0},
        CREATE | {"since": "1", "count": 0},
    ],
)
def test_what_was_asked_is_verified(asked, control, expected):
    reply = control("POST", "journal/verify", expected)

    assert reply.status == 200
    assert reply.body == {"ok": True, "count": expected.get("count", 1)}


@pytest.mark.parametrize(
    ("expected", "mismatch"),
    [
        (
            CREATE | {"body": {"spec": "bcc.g5.c4m16"}},
            {"member": "body.spec", "expected": "bcc.g5.c4m16", "seen": SPEC},
        ),
        (
            CREATE | {"body": {"imageID": LINUX}},
            {"member": "body.imageID", "expected": LINUX, "missing": True, "nearest": "imageId"},
        ),
        (
            CREATE | {"body": {"billing": {"paymentTiming": "Prepaid"}}},
            {"member": "body.billing.paymentTiming", "expected": "Prepaid", "seen": "Postpaid"},
        ),
        (
            CREATE | {"body": {"createCdsList": [{"cdsSizeInGB": "5"}]}},
            {"member": "body.createCdsList.0.cdsSizeInGB", "expected": "5", "seen": 5},
        ),
        (
            CREATE | {"body": {"createCdsList": []}},
            {"member": "body.createCdsList", "expected": [], "seen": [{"cdsSizeInGB": 5}]},
        ),
        (
            {"operation": "ListInstances", "query": {"maxKeys": "20"}},
            {"member": "query.maxKeys", "expected": "20", "seen": "10"},
        ),
        (
            {"operation": "StopInstance", "resource": "i-other000"},
            {"member": "resource", "expected": "i-other000", "seen": "/v2/instance/i-nobody00"},
        ),
        ({"operation": "StopInstance", "status": 200}, {"member": "status", "expected": 200, "seen": 404}),
    ],
)
def test_the_nearest_request_says_what_differs(asked, control, expected, mismatch):
    body = control("POST", "journal/verify", expected).body

    assert (body["ok"], body["count"], body["expected"]) == (False, 0, "at least 1")
    assert body["nearest"][0]["operation"] == expected["operation"]
    assert body["nearest"][0]["differences"] == [mismatch]


def test_another_operation_is_near_only_when_nothing_else_is(asked, control):
    body = control("POST", "journal/verify", {"operation": "StartInstance", "resource": "i-nobody00"}).body

    assert body["nearest"][0]["differences"] == [
        {"member": "operation", "expected": "StartInstance", "seen": "StopInstance"}
    ]


def test_a_request_whose_signature_was_refused_was_asked_by_nobody_unless_its_status_is_expected(cloud, control):
    right, cloud.secret_key = cloud.secret_key, "another one"
    request_id = cloud.call("POST", "/v2/instanceBySpec", BODY).body["requestId"]

    body = control("POST", "journal/verify", CREATE | {"body": BODY}).body

    assert (body["ok"], body["count"]) == (False, 0)
    link = f"/_emulator/requests/{request_id}/explain"
    assert body["nearest"][0]["differences"] == [
        {"member": "signature", "expected": "accepted", "seen": f"probably_the_secret_key; {link}"}
    ]
    assert control("POST", "journal/verify", CREATE | {"status": 400}).body["ok"]
    cloud.secret_key = right
    cloud.ok("POST", "/v2/instanceBySpec", BODY)
    assert control("POST", "journal/verify", CREATE | {"count": 1}).body["ok"]


def test_a_planned_signature_error_strikes_who_has_asked(cloud, control):
    control("POST", "faults", CREATE | {"error": "SignatureDoesNotMatch"})
    cloud.call("POST", "/v2/instanceBySpec", BODY)

    assert control("POST", "journal/verify", CREATE | {"count": 1}).body["ok"]


def test_a_refused_signature_spends_no_planned_fault(cloud, control):
    control("POST", "faults", CREATE | {"error": "InternalError"})
    right, cloud.secret_key = cloud.secret_key, "another one"
    cloud.call("POST", "/v2/instanceBySpec", BODY)
    cloud.secret_key = right

    assert cloud.call("POST", "/v2/instanceBySpec", BODY).code == "InternalError"


def test_too_many_are_not_as_many_as_expected(cloud, asked, control):
    cloud.ok("POST", "/v2/instanceBySpec", BODY)

    body = control("POST", "journal/verify", CREATE | {"count": 1}).body

    assert (body["ok"], body["count"], body["expected"], len(body["matching"])) == (False, 2, 1, 2)


def test_what_differs_in_a_secret_is_masked(cloud, control):
    secret = encrypted(PASSWORD)
    cloud.ok("POST", "/v2/instanceBySpec", BODY | {"adminPass": secret})

    reply = control("POST", "journal/verify", CREATE | {"body": {"adminPass": "other"}})

    assert reply.body["nearest"][0]["differences"] == [{"member": "body.adminPass", "expected": "****", "seen": "****"}]
    assert control("POST", "journal/verify", CREATE | {"body": {"adminPass": secret}}).body["ok"]


def deep(levels: int) -> dict:
    value: dict = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("expected", "hint"),
    [
        ({"operation": "CreateInstanceBySpek"}, "CreateInstanceBySpec"),
        ({}, "operation"),
        (CREATE | {"count": -1}, "count"),
        (CREATE | {"counts": 1}, "counts"),
        (CREATE | {"body": []}, "body"),
        (CREATE | {"body": deep(40)}, "nested deeper"),
        (CREATE | {"since": "noon"}, "since"),
    ],
)
def test_an_expectation_that_cannot_be_is_refused(asked, control, expected, hint):
    reply = control("POST", "journal/verify", expected)

    assert reply.status == 400
    assert hint in reply.body["error"]
