"""Every known mistake, made with the signer of bce-python-sdk and named by the emulator."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from bce_emulator.cli.explain import readable
from bce_emulator.engine import steps
from bce_emulator.engine.errors import SignatureDoesNotMatch
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.observe.signature_diagnosis import search
from bce_emulator.engine.observe.signature_diagnosis.table import SEEN, TRIED, all_names
from bce_emulator.engine.steps import OutOfTurn, at_once
from tests.cloud import NOW, Cloud
from tests.control.conftest import control_of
from tests.control.mistakes import CASES, HOST, SECRET, SPACED, SignedRequest, send, sent_and_signed


@pytest.fixture
def cloud() -> Cloud:
    case = Cloud(credentials=f"test:{SECRET},second:the-second-secret-key,temporary:temporary-secret-key:the-token")
    case.clock.freeze()
    return case


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{index}-{name}" for index, (name, _) in enumerate(CASES)])
def test_a_mistake_is_named(cloud, control, name, case):
    reply = send(cloud, case)

    link = f"/_emulator/requests/{reply.body['requestId']}/explain"
    assert reply.headers["x-bce-emulator-explain"] == f"{name}; {link}"
    assert set(reply.body) == {"requestId", "code", "message"}
    explained = control("GET", link.removeprefix("/_emulator/"))
    assert explained.status == 200
    assert explained.body["mistake"] == name
    assert explained.body["means"]
    assert explained.body["remedy"]


@pytest.mark.parametrize(
    ("case", "detail"),
    [
        (SignedRequest(method="POST", path="/v2/instance", signed_method="PUT"), "signed: PUT; arrived: POST"),
        (sent_and_signed("maxKeys=10", "marker=&maxKeys=10"), "signed: marker="),
        (sent_and_signed("maxKeys=10&marker=i-x", "maxKeys=10"), "arrived: marker=i-x"),
        (sent_and_signed("isDefault=true", "isDefault=True"), "signed: isDefault=True; arrived: isDefault=true"),
        (SignedRequest(signed_path="/v1/instance/i-1"), "signed: /v1/instance/i-1; arrived: /v2/instance/i-1"),
        (sent_and_signed("a=1&adminPass=hunter2", "a=1"), "arrived: adminPass=****"),
        (SignedRequest(signed={"host": "127.0.0.1"}), "signed: header host; arrived: header host"),
        (
            SignedRequest(headers={"x-bce-meta": "1"}, signed={"x-bce-meta": None}, listed=None),
            "arrived: header x-bce-meta",
        ),
    ],
)
def test_what_differs_is_named(cloud, control, case, detail):
    reply = send(cloud, case)

    assert control("GET", f"requests/{reply.body['requestId']}/explain").body["detail"] == detail


def test_without_an_edit_the_signer_is_let_in(cloud):
    for case in (
        SignedRequest(),
        SignedRequest(listed=None),
        SignedRequest(query=SPACED, sent_query="stop&name=a%20b%2Fc"),
    ):
        assert send(cloud, case).code == "NoSuchObject"


def test_every_mistake_that_is_tried_has_a_test_that_makes_it():
    names = {name for name, _ in CASES}

    assert {candidates.__name__ for candidates in TRIED} <= names
    assert len(TRIED) >= 16
    elsewhere = {
        "no_authorization",
        "header_repeated",
        "session_token_expired",
        "planned_fault",
        "nothing",
        "not_searched",
        "unknown",
    }
    assert set(SEEN) - names == elsewhere


@pytest.mark.parametrize(
    ("case", "name"),
    [(SignedRequest(), "no_authorization"), (SignedRequest(headers={"host": HOST}), "header_repeated")],
)
def test_what_no_signer_does_is_named_too(cloud, control, case, name):
    async def ask() -> httpx.Response:
        headers = [("host", HOST)] * (2 if case.headers else 1)
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.get("/v2/zone", headers=headers)

    reply = asyncio.run(ask())

    assert reply.headers["x-bce-emulator-explain"].startswith(f"{name}; ")


def test_the_documented_body_is_the_same_with_an_explanation(cloud):
    reply = send(cloud, SignedRequest(signed={"host": "127.0.0.1"}))

    assert (reply.status, reply.code) == (400, "SignatureDoesNotMatch")
    assert reply.body["message"] == SignatureDoesNotMatch.message


def test_observed_errors_are_explained_too(control):
    cloud = Cloud(signature_errors="observed")

    reply = send(cloud, SignedRequest(signed={"host": "127.0.0.1"}))

    assert reply.code == "IamSignatureInvalid"
    assert reply.headers["x-bce-emulator-explain"].startswith("host_without_port; ")


def test_both_canonical_requests_stand_side_by_side(cloud, control):
    reply = send(cloud, SignedRequest(signed={"host": "127.0.0.1"}))

    body = control("GET", f"requests/{reply.body['requestId']}/explain").body

    assert body["canonicalRequest"] == {
        "emulator": "PUT\n/v2/instance/i-1\nstop=\nhost:127.0.0.1%3A8080\nx-bce-date:2026-01-01T00%3A00%3A00Z",
        "client": "PUT\n/v2/instance/i-1\nstop=\nhost:127.0.0.1\nx-bce-date:2026-01-01T00%3A00%3A00Z",
    }
    assert [(row["part"], row["same"]) for row in body["sideBySide"]] == [
        ("method", True), ("path", True), ("query", True), ("header", False), ("header", True),
    ]  # fmt: skip
    assert body["sideBySide"][3]["client"] == "host:127.0.0.1"


def test_what_the_client_signed_is_unknown_if_nothing_reproduces_it(cloud, control):
    reply = send(cloud, SignedRequest(secret="what nobody knows"))

    body = control("GET", f"requests/{reply.body['requestId']}/explain").body

    assert body["canonicalRequest"]["client"] is None
    assert body["sideBySide"][0] == {"part": "method", "emulator": "PUT", "client": None, "same": None}
    assert "probably the secret key" in body["means"]
    assert {row["same"] for row in body["sideBySide"]} == {None}
    assert "!" not in readable(body)


def test_the_refusal_of_a_foreign_access_key_names_the_known_ones(control, cloud, caplog):
    caplog.set_level("DEBUG", "bce_emulator")
    reply = send(cloud, SignedRequest(access_key="nobody"))
    open_to_all = Cloud()
    other = send(open_to_all, SignedRequest(access_key="nobody"))

    details = [
        ask("GET", f"requests/{refused.body['requestId']}/explain").body["detail"]
        for ask, refused in ((control, reply), (control_of(open_to_all), other))
    ]

    assert details == ["known access keys are test, second, temporary", "known access keys are test, test-*"]
    assert caplog.text.count("InvalidAccessKeyId: known access keys are test, ") == 2


def test_no_explanation_shows_a_secret(cloud, control):
    token = {"x-bce-security-token": "the-token"}
    secrets = (SECRET, "the-second-secret-key", "temporary-secret-key", "the-token", "hunter2")
    temporary = [
        SignedRequest(
            access_key="temporary", secret="temporary-secret-key", headers=token, signed={"host": "x"}, listed=None
        ),
        SignedRequest(
            access_key="temporary", secret="temporary-secret-key", headers={"x-bce-security-token": "hunter2"}
        ),
        SignedRequest(sent_query="stop&x-bce-security-token=the-token", signed_query={}),
        SignedRequest(
            sent_query="stop&adminPass=hunter2", signed_path="/v2/instance/i-1?stop&adminPass=hunter2", signed_query={}
        ),
    ]
    for case in [case for name, case in CASES if name != "keys_swapped"] + temporary:
        reply = send(cloud, case)
        explained = control("GET", f"requests/{reply.body['requestId']}/explain")
        assert explained.status == 200, explained
        text = json.dumps(explained.body) + str(reply.headers)
        assert not [secret for secret in secrets if secret in text], (case, text)


def test_an_expired_session_token_is_named(cloud, control):
    keys = {
        "accessKeyId": "minted",
        "secretAccessKey": "minted-secret-key",
        "sessionToken": "t",
        "expiresAt": "2025-12-31T23:59:59Z",
    }
    assert control("POST", "accounts", keys).status == 200

    reply = send(
        cloud, SignedRequest(access_key="minted", secret="minted-secret-key", headers={"x-bce-security-token": "t"})
    )

    assert reply.headers["x-bce-emulator-explain"].startswith("session_token_expired; ")


def test_a_planned_signature_error_is_no_mistake(cloud, control):
    control("POST", "faults", {"operation": "StopInstance", "error": "SignatureDoesNotMatch"})
    reply = send(cloud, SignedRequest())

    explained = control("GET", f"requests/{reply.body['requestId']}/explain").body

    assert (reply.code, explained["mistake"]) == ("SignatureDoesNotMatch", "planned_fault")


def test_a_request_that_was_not_refused_for_its_signature_has_no_explanation(cloud, control):
    reply = send(cloud, SignedRequest())

    explained = control("GET", f"requests/{reply.body['requestId']}/explain")

    assert explained.status == 400
    assert "404 NoSuchObject" in explained.body["error"]
    assert control("GET", "requests/nobody/explain").status == 404


def test_a_long_request_is_refused_without_a_search(cloud):
    reply = send(cloud, SignedRequest(headers={"x-padding": "x" * 10_000}, signed={"host": "127.0.0.1"}))

    assert reply.headers["x-bce-emulator-explain"].startswith("unknown; ")


def noted(searched: list, case):
    """A search that finds nothing, in two steps."""
    searched.append(case)
    yield
    return search.Finding(search.seen("unknown"))


def test_so_many_searches_are_made_in_a_second_and_then_only_for_who_asks(cloud, control, monkeypatch):
    searched = []
    monkeypatch.setattr(search, "_search", lambda case: noted(searched, case))
    requests = [SignedRequest(secret=f"another-secret-key-{number}") for number in range(search.MAX_SEARCHES + 2)]

    replies = [send(cloud, each) for each in requests]

    named = [reply.headers["x-bce-emulator-explain"].partition(";")[0] for reply in replies]
    assert named == [*search.MAX_SEARCHES * ["unknown"], "not_searched", "not_searched"]
    assert control("GET", f"requests/{replies[-1].body['requestId']}/explain").body["mistake"] == "unknown"
    assert len(searched) == search.MAX_SEARCHES + 1
    explainer = cloud.emulator.explainer
    explainer._found.clear()
    assert explainer.name(searched[0].request, NOW) == "not_searched"
    with pytest.raises(OutOfTurn) as out:
        explainer.name(searched[0].request, NOW + 1)
    at_once(out.value.after.steps)
    assert explainer.name(searched[0].request, NOW + 1) == "unknown"


def test_the_query_keys_of_some_operations_are_gathered_in_a_turn_and_once(cloud, control, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 60.0)
    taken, turns = [], []
    keys = ([f"key{number}", "clientToken"] for number in range(3 * search.KEYS_AT_ONCE))
    explainer, explain = cloud.emulator.explainer, cloud.emulator.dispatcher._explain
    monkeypatch.setattr(explainer, "_more_keys", (taken.append(each) or each for each in keys))
    monkeypatch.setattr(cloud.emulator.dispatcher, "_explain", lambda *case: turns.append(len(taken)) or explain(*case))
    mistaken = sent_and_signed("", f"key{3 * search.KEYS_AT_ONCE - 1}=")

    first = send(cloud, mistaken)

    assert turns == [number * search.KEYS_AT_ONCE for number in (0, 1, 2, 3, 3)], "then it is searched"
    assert first.headers["x-bce-emulator-explain"].startswith("query_item_not_sent; ")
    assert len(list(cloud.emulator.journal.of("test"))) == 1
    assert send(cloud, mistaken).headers["x-bce-emulator-explain"].startswith("query_item_not_sent; ")
    assert turns[5:] == [len(taken)] == [3 * search.KEYS_AT_ONCE]


@pytest.mark.parametrize("asked", [False, True], ids=["for a header", "asked for"])
def test_others_are_served_between_the_mistakes_that_are_tried(cloud, control, monkeypatch, asked):
    reply = send(cloud, SignedRequest(secret="another-secret-key"))
    explainer, whole, turns, searched = cloud.emulator.explainer, search._search, [], []
    explainer._found.clear()
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(search, "_search", lambda case: noted(searched, case))
    explain = explainer._explain

    def noting(*case, **how):
        try:
            return explain(*case, **how)
        finally:
            turns.append(len(searched))

    monkeypatch.setattr(explainer, "_explain", noting)

    if asked:
        mistake = control("GET", f"requests/{reply.body['requestId']}/explain").body["mistake"]
    else:
        mistake = send(cloud, SignedRequest(secret="another-secret-key")).headers["x-bce-emulator-explain"][:7]

    assert (mistake, len(searched)) == ("unknown", 1)
    assert turns == [0, 1], "nothing is searched in the turn of the request"
    assert (len(explainer._begun), len(explainer._found)) == (0, 1)
    assert sum(1 for _ in whole(searched[0])) > 500, "each mistake that is tried is a step"


def test_a_request_is_not_verified_anew_for_each_mistake_that_is_tried(cloud, monkeypatch):
    send(cloud, SignedRequest(secret="another-secret-key"))
    request = next(iter(cloud.emulator.journal.of("test"))).request
    explainer, identity, proofs = cloud.emulator.explainer, cloud.emulator.identity, []
    prove = identity.prove
    monkeypatch.setattr(identity, "prove", lambda *given: proofs.append(given) or prove(*given))
    explainer._found.clear()

    assert at_once(explainer.explain(request, NOW)).mistake.name == "probably_the_secret_key"

    assert len(proofs) == 2, "before the search and after it"


def test_searches_that_nobody_waits_for_any_more_are_few(cloud, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(search, "MAX_REMEMBERED", 3)
    send(cloud, SignedRequest(secret="another-secret-key"))
    request = next(iter(cloud.emulator.journal.of("test"))).request
    explainer = cloud.emulator.explainer
    explainer._found.clear()
    for number in range(5):
        other = Request(request.head.shared(), signed=request.headers[b"authorization"][:-1] + b"%x" % number)
        with pytest.raises(OutOfTurn):
            explainer.name(other, NOW + number)

    assert len(explainer._begun) == 3
    assert at_once(explainer.explain(other, NOW)).mistake.name == "probably_the_secret_key"
    assert len(explainer._begun) == 2


def test_who_asks_for_an_explanation_waits_for_all_query_keys(cloud):
    mistaken = sent_and_signed("", "maxKeys=1000")
    send(cloud, mistaken)
    request, moment = next((each.request, each.moment) for each in cloud.emulator.journal.of("test"))

    explained = at_once(Cloud(credentials=f"test:{SECRET}").emulator.explainer.explain(request, moment))

    assert explained.mistake.name == "query_item_not_sent"


def test_equal_requests_are_searched_once(cloud, control, monkeypatch):
    searched = []
    monkeypatch.setattr(search, "_search", lambda case: noted(searched, case))

    replies = [send(cloud, SignedRequest(secret="what nobody knows")) for _ in range(3)]

    assert control("GET", f"requests/{replies[0].body['requestId']}/explain").body["mistake"] == "unknown"
    assert len(searched) == 1
    keys = {"accessKeyId": "third", "secretAccessKey": "what-nobody-knew"}
    assert control("POST", "accounts", keys).status == 200
    control("GET", f"requests/{replies[0].body['requestId']}/explain")
    assert len(searched) == 2


def test_the_command_prints_two_aligned_columns(cloud, control):
    reply = send(cloud, SignedRequest(signed={"host": "127.0.0.1"}))
    text = readable(control("GET", f"requests/{reply.body['requestId']}/explain").body)

    lines = text.split("\n")

    assert lines[0] == f"{reply.body['requestId']}: PUT /v2/instance/i-1?stop was refused with SignatureDoesNotMatch"
    assert "  mistake  host_without_port" in lines
    header = next(line for line in lines if line.lstrip().startswith("emulator"))
    column = header.index("client")
    rows = lines[lines.index(header) + 1 :]
    assert [row[column - 1] for row in rows] == [" "] * len(rows)
    assert [row[column:].rstrip() for row in rows][3] == "host:127.0.0.1"
    assert [row[0] for row in rows] == [" ", " ", " ", "!", " "]
    assert "{" not in text


def test_every_name_is_a_word_of_its_own():
    assert len(set(all_names())) == len(all_names())
    assert all(name == name.lower() and " " not in name for name in all_names())
