"""The journal: filters, secrets, unread members."""

from __future__ import annotations

import json

import pytest

from bce_emulator.engine.http.request import Head, Request, Response
from bce_emulator.engine.observe.journal import BYTES, ENTRIES, ENTRY_BYTES, MAX_KEPT, Exchange, Journal
from tests.cloud import LINUX, NOW, PASSWORD, SPEC, Cloud, encrypted

SCOPE = {"method": "GET", "raw_path": b"/v2/zone", "query_string": b"", "headers": []}
CREATE = {"spec": SPEC, "imageId": LINUX}


def test_what_was_asked_and_answered_is_there_newest_last(cloud, control, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"forceStop": True})
    cloud.call("PUT", f"/v2/instance/{running}?start")

    entries = control("GET", "journal").body["entries"]

    assert [entry["operation"] for entry in entries] == ["CreateInstanceBySpec", "StopInstance", "StartInstance"]
    stop, start = entries[1:]
    assert stop["request"] == {
        "method": "PUT",
        "path": f"/v2/instance/{running}",
        "query": "stop",
        "body": {"forceStop": True},
    }
    assert (stop["status"], stop["answer"], stop["account"], stop["region"]) == (200, {}, "test", "bj")
    assert stop["time"] == "2026-01-01T00:01:00Z"
    assert (start["status"], start["code"]) == (409, "Instance.StartInstanceOperationForbidden")


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ["ListInstances", "StopInstance", "ListZones", "StopInstance"]),
        ("operation=StopInstance", ["StopInstance", "StopInstance"]),
        ("operation=bcc.StopInstance", ["StopInstance", "StopInstance"]),
        ("status=404", ["StopInstance", "StopInstance"]),
        ("status=2xx", ["ListInstances", "ListZones"]),
        ("since=2", ["ListZones", "StopInstance"]),
        ("since=2026-01-01T00:00:10Z", ["ListZones", "StopInstance"]),
        ("limit=1", ["StopInstance"]),
        ("status=2xx&since=2026-01-01T00:00:10Z&operation=ListZones&limit=5", ["ListZones"]),
        ("operation=CreateInstance", []),
    ],
)
def test_filters_choose_entries(cloud, control, query, seen):
    cloud.ok("GET", "/v2/instance")
    cloud.call("PUT", "/v2/instance/i-nobody00?stop")
    cloud.clock.advance(10)
    cloud.ok("GET", "/v2/zone")
    cloud.call("PUT", "/v2/instance/i-nobody00?stop")

    reply = control("GET", f"journal?{query}")

    assert [entry["operation"] for entry in reply.body["entries"]] == seen


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("operation=StopInstanc", "did you mean StopInstance"),
        ("status=6xx", "4xx"),
        ("status=okay", "409"),
        ("since=yesterday", "2026-01-01T00:00:00Z"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
    ],
)
def test_a_filter_that_fits_nothing_is_refused_with_what_would_be_right(control, query, hint):
    reply = control("GET", f"journal?{query}")

    assert reply.status == 400
    assert hint in reply.body["error"]


def test_an_account_sees_its_own_requests_and_a_star_all_of_them(cloud, control):
    other = Cloud("test-other")
    other.emulator, other.application = cloud.emulator, cloud.application
    cloud.ok("GET", "/v2/zone")
    other.ok("GET", "/v2/zone")
    cloud.call("GET", "/v2/zone", sign=False)

    def accounts(query: str) -> list[str | None]:
        return [entry["account"] for entry in control("GET", f"journal{query}").body["entries"]]

    assert accounts("") == ["test"]
    assert accounts("?account=test-other") == ["test-other"]
    assert accounts("?account=*") == ["test", "test-other", None]
    assert control("GET", "journal?account=nobody").status == 404


def test_a_refusal_is_in_the_journal_of_the_account_whose_key_the_request_names(cloud, control):
    cloud.ok("GET", "/v2/zone")
    cloud.secret_key = "not-the-secret-key"
    cloud.call("GET", "/v2/zone")
    cloud.host = "bcc.gz.localhost"
    cloud.call("GET", "/v2/spec")

    entries = control("GET", "journal").body["entries"]

    assert [(entry["status"], entry["code"], entry["region"]) for entry in entries] == [
        (200, "", "bj"),
        (400, "SignatureDoesNotMatch", "bj"),
        (400, "SignatureDoesNotMatch", "gz"),
    ]
    assert entries[1]["explanation"].startswith("probably_the_secret_key; ")
    assert entries[1]["operation"] == "ListZones"
    assert control("POST", "journal/verify", {"operation": "ListZones", "status": 200, "count": 1}).body["ok"]


def test_a_refusal_of_a_signature_in_the_query_is_in_the_journal_too(cloud, control):
    string = f"bce-auth-v1/test/2026-01-01T00:00:00Z/1800/host/{'0' * 64}"

    cloud.call("GET", f"/v2/zone?authorization={string.replace('/', '%2F')}", sign=False)

    assert [entry["code"] for entry in control("GET", "journal").body["entries"]] == ["SignatureDoesNotMatch"]


def test_a_refused_request_opens_no_account(cloud, control):
    cloud.access_key, cloud.secret_key = "test-nobody", "not-the-secret-key"
    cloud.call("GET", "/v2/zone")

    assert [entry["account"] for entry in control("GET", "journal?account=*").body["entries"]] == [None]
    assert "test-nobody" not in cloud.emulator.accounts.by_name


def test_a_reset_empties_the_journal_of_its_account_and_of_nobody_if_all_are_reset(cloud, control):
    cloud.ok("GET", "/v2/zone")
    cloud.call("GET", "/v2/zone", sign=False)

    control("POST", "reset")
    assert [entry["status"] for entry in control("GET", "journal?account=*").body["entries"]] == [403]
    control("POST", "reset?account=*")

    assert control("GET", "journal?account=*").body["entries"] == []


def test_the_ring_is_bounded_and_says_what_it_dropped(cloud, control):
    for _ in range(ENTRIES + 3):
        cloud.call("GET", "/v2/zone")

    reply = control("GET", "journal?limit=1000").body

    assert (len(reply["entries"]), reply["dropped"]) == (ENTRIES, 3)
    assert reply["entries"][-1]["number"] == ENTRIES + 3


def test_many_accounts_together_keep_no_more_than_the_journal_may():
    journal = Journal(most_bytes=150 * ENTRY_BYTES)
    for number in range(1_000):
        exchange = Exchange(Request(Head(SCOPE)), journal, NOW)
        exchange.account_key = (f"test-{number % 300}", "bj")
        journal.close(exchange, Response(200, b"{}"))

    kept = list(journal.of(None))

    assert len(kept) == 150
    assert [entry.number for entry in kept] == list(range(1_001 - len(kept), 1_001))
    assert len(journal.rings) == len(kept)


def test_large_answers_are_cut_and_push_out_the_oldest():
    journal = Journal()
    account_key = ("test", "bj")
    for number in range(1_500):
        exchange = Exchange(Request(Head(SCOPE)), journal, NOW)
        exchange.account_key = account_key
        journal.close(exchange, Response(200, b"x" * (100_000 if number % 100 == 0 else 2)))

    kept = list(journal.of("test"))

    assert max(len(entry.response) for entry in kept) == MAX_KEPT
    assert BYTES - 2 * MAX_KEPT < journal.rings["test"].bytes <= BYTES
    assert [entry.number for entry in kept] == list(range(1_501 - len(kept), 1_501))
    assert journal.dropped("test") == 1_500 - len(kept)


def test_one_request_is_shown_whole(cloud, control):
    reply = cloud.call("GET", "/v2/zone")

    seen = control("GET", f"requests/{reply.body.get('requestId') or reply.headers['x-bce-request-id']}")

    assert seen.status == 200
    assert ["x-bce-date", "2026-01-01T00:00:00Z"] in seen.body["request"]["headers"]
    assert seen.body["listedError"]


def test_an_unknown_request_is_not_found(control):
    reply = control("GET", "requests/nobody")

    assert reply.status == 404
    assert "nobody" in reply.body["error"]


def test_secrets_are_masked_wherever_they_stand(cloud, control):
    secret = encrypted(PASSWORD)
    body = CREATE | {
        "adminPass": secret,
        "nested": [{"rescuePassword": "hunter2", "private_key": "hunter2"}],
        "clientSecret": {"deep": "hunter2"},
    }
    cloud.call("POST", "/v2/instanceBySpec?x-bce-security-token=hunter2&adminPass=hunter2&name=shown", body)
    number = cloud.last_entry.request_id

    text = json.dumps([control("GET", f"requests/{number}").body, control("GET", "journal").body])

    signature = cloud.last_entry.request.header(b"authorization").rpartition("/")[2]
    assert "hunter2" not in text
    assert secret not in text
    assert signature not in text
    assert cloud.secret_key not in text
    assert "name=shown" in text
    assert "bce-auth-v1/test/2026-01-01T00:00:00Z/1800/host;x-bce-date/****" in text


@pytest.mark.parametrize(
    "body",
    [
        b'{"adminPass": "hunter2", "spec": ',
        b'{"adminPass":"hunter2',
        b'{"adminPass": "hunter2", "a": 1, "a": 2}',
        b'["x", {"password" : "hunter2"}]',
        b"name=shown&adminPass=hunter2&x=1",
        b"{'adminPass': 'it is hunter2'}",
        b"{adminPass: hunter2}",
        b'{"adminPass": "a\nhunter2',
    ],
)
def test_secrets_are_masked_in_a_body_that_is_no_json_object(cloud, control, body):
    cloud.call("POST", "/v2/instanceBySpec", raw=body)

    text = json.dumps(control("GET", "journal").body)

    assert "hunter2" not in text
    assert "****" in text


@pytest.mark.parametrize("body", [b'{"adminPass": "hunter2\xff', '{"adminPass": "hunter2"}'.encode("utf-16")])
def test_a_body_that_is_no_text_is_not_shown(cloud, control, body):
    cloud.call("POST", "/v2/instanceBySpec", raw=body)

    assert control("GET", "journal").body["entries"][0]["request"]["body"] == f"({len(body)} bytes that are no text)"


@pytest.mark.parametrize("header", ["Bearer hunter2", "Basic hunter2", "hunter2", "bce-auth-v2/hunter2"])
def test_an_authorization_of_another_scheme_is_masked_as_a_whole(cloud, control, header):
    import asyncio

    import httpx

    async def send() -> None:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            headers = {"authorization": header, "x-bce-security-token": "hunter2", "cookie": "hunter2"}
            await client.get("/v2/zone", headers=headers)

    asyncio.run(send())

    assert "hunter2" not in json.dumps(control("GET", f"requests/{cloud.last_entry.request_id}").body)


def test_a_private_key_in_an_answer_is_masked(cloud, control):
    cloud.ok("GET", "/v2/zone")
    exchange = Exchange(Request(Head(SCOPE)), cloud.emulator.journal, NOW)
    exchange.account_key = cloud.account.account_key
    cloud.emulator.journal.close(exchange, Response(200, b'{"keypair": {"name": "k", "privateKey": "-----BEGIN"}}'))

    response = control("GET", "journal").body["entries"][-1]["answer"]

    assert response == {"keypair": {"name": "k", "privateKey": "****"}}


@pytest.mark.parametrize(
    ("target", "body", "unknown_fields"),
    [
        ("/v2/instanceBySpec", CREATE, []),
        ("/v2/instanceBySpec", CREATE | {"imageID": "m"}, [("body", "imageID", "nearest", "imageId")]),
        (
            "/v2/instanceBySpec",
            CREATE | {"billing": {"paymentTimeing": "Postpaid"}},
            [("body", "billing.paymentTimeing", "nearest", "paymentTiming")],
        ),
        (
            "/v2/instanceBySpec",
            CREATE | {"createCdsList": [{"cdsSizeInGB": 5}, {"cdsSizeInGb": 5}]},
            [("body", "createCdsList.1.cdsSizeInGb", "nearest", "cdsSizeInGB")],
        ),
        ("/v2/instanceBySpec", CREATE | {"zzz": 1}, [("body", "zzz", None, None)]),
        ("/v2/instanceBySpec?clienttoken=x", CREATE, [("query", "clienttoken", "nearest", "clientToken")]),
        ("/v2/instanceBySpec", CREATE | {"clientToken": "x"}, [("body", "clientToken", "belongsIn", "query")]),
    ],
)
def test_members_that_nobody_read_are_named_with_the_nearest_spelling(cloud, control, target, body, unknown_fields):
    cloud.call("POST", target, body)

    seen = control("GET", "journal").body["entries"][-1]["unread"]

    rows = [
        (row["in"], row["member"], *next(((k, row[k]) for k in ("nearest", "belongsIn") if k in row), (None, None)))
        for row in seen
    ]
    assert rows == unknown_fields


def test_the_key_that_names_an_operation_is_read(cloud, control, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop&extra=1")

    unknown_fields = control("GET", "journal").body["entries"][-1]["unread"]

    assert unknown_fields == [{"in": "query", "member": "extra"}]


def test_a_thousand_unread_members_are_listed_in_part(cloud, control):
    cloud.call("POST", "/v2/instanceBySpec", {f"x{number}": number for number in range(1000)})

    assert len(control("GET", "journal").body["entries"][-1]["unread"]) == 50


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":' * 500 + b"1" + b"}" * 500,
        b'{"a": 1e999, "b": 123456789012345678901234567890}',
        '{"a": "\\ud83d\\ude00", "name": "名"}'.encode(),
        b"\xff\xfe",
    ],
)
def test_no_body_is_too_strange_for_the_journal(cloud, control, body):
    cloud.call("POST", "/v2/instanceBySpec", raw=body)

    assert control("GET", "journal").status == 200
    assert control("POST", "journal/verify", {"operation": "CreateInstanceBySpec", "body": {"a": 1}}).status == 200


def test_a_fault_and_an_unemulated_operation_are_visible(missing, cloud, control):
    control("POST", "faults", {"operation": "ListZones", "error": "InternalError"})
    cloud.call("GET", "/v2/zone")
    method, path = str(missing.routes[0]).split(" ", 1)
    cloud.call(method, path.replace("{", "").replace("}", ""))

    reply = control("GET", "journal").body

    assert reply["entries"][0]["fault"] == {"id": "fault-1", "effect": "error InternalError"}
    assert reply["entries"][1]["status"] == 501
    assert reply["unemulated"] == {f"bcc.{missing.name}": 1}


def test_the_clock_of_the_account_dates_its_entries(cloud, control):
    control("PUT", "clock", {"now": "2030-05-05T05:05:05Z"})

    cloud.ok("GET", "/v2/zone")

    assert control("GET", "journal").body["entries"][-1]["time"] == "2030-05-05T05:05:05Z"
    assert cloud.clock.now() > NOW


def test_the_requests_about_a_resource_are_found_by_what_was_asked_and_what_was_answered(cloud, control):
    instance = cloud.create()
    cloud.call("PUT", f"/v2/instance/{instance}?stop", {})
    cloud.call("GET", "/v2/zone")
    cloud.call("PUT", "/v2/instance/i-nobody00?stop", {"about": instance})

    found = control("GET", f"journal?resource={instance}").body

    assert [entry["operation"] for entry in found["entries"]] == [
        "CreateInstanceBySpec",
        "StopInstance",
        "StopInstance",
    ]
    assert found["matching"] == 3
