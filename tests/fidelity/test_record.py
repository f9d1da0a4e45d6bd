"""The recorder: what it lets through, how it signs, and what its file has."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import threading
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from bce_emulator.fidelity.secrets_table import SecretsTable, TableFull
from bce_emulator.fidelity.upstream import Answer, RealKeys
from bce_emulator.settings import DEFAULT_SECRET_KEY, SettingError
from tests.cloud import LOOP, encrypted
from tests.fidelity.network import REAL, InProcess, asked, recorded_world
from tests.fidelity.spellings import found, spellings
from tests.fidelity.tls import certificates

PASSWORD, TYPED = "Sup3r-Secret!pw", "Oth3r#Password"
PUBLIC = "113.45.67.89"
ORDER = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recording.jsonl"


def test_a_call_reaches_the_cloud_with_the_real_keys_and_leaves_a_line(path):
    with recorded_world(path) as world:
        created = world.ok("POST", "/v2/instanceBySpec", ORDER | {"adminPass": encrypted(PASSWORD)})
        reply = world.call("GET", "/v2/instance?maxKeys=10", host="bcc.gz.baidubce.com")

        assert list(world.cloud.accounts.by_name) == [REAL.access_key]
        assert world.cloud.journal.rings  # the password was encrypted under the real key: else it is refused
    first, second = world.lines
    assert (first["operation"], first["answer"]) == ("bcc.CreateInstanceBySpec", created)
    assert first["request"]["adminPass"] == "Recorded-password-1"
    assert (second["operation"], second["region"], second["host"]) == ("bcc.ListInstances", "gz", "bcc.gz.baidubce.com")
    assert (second["query"], second["status"], second["answer"]) == ([["maxKeys", "10"]], 200, reply.body)
    assert [line["at"] for line in world.lines] == ["2026-01-01T00:00:01.000Z", "2026-01-01T00:00:02.000Z"]


def test_a_recording_holds_no_secret_in_any_spelling(path):
    secrets = [REAL.access_key, REAL.secret_key, PASSWORD, TYPED, PUBLIC]
    hidden = [text for secret in secrets for text in spellings(secret).values()]
    with recorded_world(path) as world:
        world.deviating.change = lambda _, status, body: (
            status,
            body | {"note": hidden, "map": {TYPED: PUBLIC}, "password": TYPED, PASSWORD: "", "eip": PUBLIC},
        )
        rebuild = {"imageId": "m-x", "adminPass": encrypted(PASSWORD), "userData": "cGFzc3dvcmQ9aHVudGVyMg=="}
        world.call("PUT", "/v2/instance/i-nobody00?rebuild", rebuild)
        world.call(
            "GET",
            f"/v2/instance/{TYPED.replace('#', '%23')}?name={REAL.secret_key}&password={TYPED.replace('#', '%23')}",
        )
        world.call("GET", "/v2/instance", None)
    text = path.read_text()

    assert len(world.lines) == 3
    assert {secret: found(text, secret) for secret in secrets} == {secret: [] for secret in secrets}
    for more in (encrypted(PASSWORD), encrypted(PASSWORD, REAL.secret_key), "cGFzc3dvcmQ9aHVudGVyMg"):
        assert more not in text
    answer = world.lines[2]["answer"]
    assert answer["password"] in answer["map"]
    assert answer["map"][answer["password"]] == answer["eip"] != PUBLIC
    assert [line["path"] for line in world.lines][1] == f"/v2/instance/{answer['password']}"


def test_addresses_keep_their_relations_and_what_they_are(path):
    with recorded_world(path) as world:
        vpc = world.ok("POST", "/v1/vpc", {"name": "web", "cidr": "10.20.0.0/16"})["vpcId"]
        order = {"name": "a", "vpcId": vpc, "zoneName": "cn-bj-a", "cidr": "10.20.3.0/24"}
        subnet = world.ok("POST", "/v1/subnet", order)["subnetId"]
        made = world.ok("POST", "/v2/instanceBySpec", ORDER | {"subnetId": subnet})["instanceIds"][0]
        real = world.ok("GET", f"/v2/instance/{made}")["instance"]["internalIp"]
    first, second, _, last = world.lines
    whole, part = ip_network(first["request"]["cidr"]), ip_network(second["request"]["cidr"])
    shown = last["answer"]["instance"]["internalIp"]

    assert part.subnet_of(whole)
    assert (whole.prefixlen, part.prefixlen) == (16, 24)
    assert ip_address(shown) in part
    assert shown != real
    assert whole.is_private
    assert int(ip_address(shown)) & 255 == int(ip_address(real)) & 255


REFUSED = [
    ({"method": "POST", "target": "/v1/vpc"}, "OperationNotAllowed"),
    ({"method": "DELETE", "target": "/v1/vpc/vpc-1"}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v1/eip"}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v2/instance/.."}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v2/instance", "headers": {"origin": "https://x.invalid"}}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v2/instance", "host": "rebound.invalid:8080"}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v2/instance", "host": "bcc.mars.baidubce.com"}, "OperationNotAllowed"),
    ({"method": "GET", "target": "/v2/instance", "keys": ("test", "wrong")}, "SignatureDoesNotMatch"),
    ({"method": "GET", "target": "/v2/instance", "keys": ("nobody", DEFAULT_SECRET_KEY)}, "InvalidAccessKeyId"),
    ({"method": "GET", "target": "/v2/nothing/of/the/kind"}, "InvalidURI"),
    ({"method": "GET", "target": "/v2/instance/%2F"}, "InvalidURI"),
]


def test_what_is_refused_never_reaches_the_cloud(path):
    with recorded_world(path, writes=False, allow="ListInstances,GetInstance") as world:
        for how, said in REFUSED:
            reply = world.call(**how)

            assert (reply.body["code"], set(reply.body)) == (said, {"requestId", "code", "message"}), how
            assert 400 <= reply.status < 500
            assert reply.headers["x-bce-request-id"] == reply.body["requestId"]
        assert world.cloud.accounts.by_name == {}
    assert world.lines == []


def test_a_place_that_several_products_have_wants_a_host_that_names_one(path):
    with recorded_world(path, writes=False) as world:
        assert world.call("GET", "/v1/instance").body["code"] == "NotImplemented"
        assert world.call("GET", "/v1/instance", host="bbc.bj.localhost:8080").status == 200
    assert [(line["operation"].partition(".")[0], line["host"]) for line in world.lines] == [
        ("bbc", "bbc.bj.baidubce.com")
    ]


def test_what_the_cloud_fails_to_answer_is_502_and_no_line(path, tmp_path):
    tls, others = certificates(tmp_path / "one"), certificates(tmp_path / "other")
    with recorded_world(path, tls=tls) as world:
        assert world.call("GET", "/v2/instance").status == 200
        upstream = world.recorder._upstream
        upstream._context = ssl.create_default_context(cafile=str(others.authority))
        distrusted = world.call("GET", "/v2/instance")
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            upstream._address = (False, *nobody.getsockname())
            refused = world.call("GET", "/v2/instance")

    assert [(reply.status, reply.body["code"]) for reply in (distrusted, refused)] == [(502, "BadGateway")] * 2
    assert "its certificate does not hold" in distrusted.body["message"]
    assert "Connection refused" in refused.body["message"]
    assert len(world.lines) == 1


def test_an_answer_that_cannot_be_written_down_is_not_passed_on(path):
    answers = [([(b"content-encoding", b"gzip")], b"{}"), ([], b"x" * (16 * 1024 * 1024 + 1))]

    async def odd(scope, receive, send):
        headers, body = answers.pop(0)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    with recorded_world(path) as world:
        world.recorder._upstream._connection = lambda host: InProcess(odd)
        replies = [world.call("GET", "/v2/instance") for _ in range(2)]

    assert [reply.status for reply in replies] == [502, 502]
    assert ["which was not asked for" in replies[0].body["message"], "more than" in replies[1].body["message"]] == [
        True
    ] * 2
    assert world.lines == []


def test_temporary_keys_of_the_cloud_come_with_their_token(path):
    with recorded_world(path) as world:
        minted = world.ok("POST", "/v1/sessionToken?durationSeconds=600", {}, host="sts.bj.baidubce.com")
        temporary = RealKeys(minted["accessKeyId"], minted["secretAccessKey"], minted["sessionToken"])
        world.recorder._upstream._keys = temporary
        assert world.call("GET", "/v2/instance").status == 200
        world.recorder._upstream._keys = temporary._replace(token="another")
        assert world.call("GET", "/v2/instance").body["code"] == "AccessDenied"

    assert not any(secret in path.read_text() for secret in temporary)
    assert repr(temporary) == "RealKeys(****)"


def test_a_kept_table_continues_a_recording_and_is_its_users_alone(path):
    kept = path.with_name("recording.jsonl.secrets")
    for _ in range(2):
        with recorded_world(path, kept=True) as world:
            world.call("POST", "/v1/vpc", {"name": PUBLIC, "cidr": "10.9.0.0/16", "description": REAL.secret_key})
    first, second = world.lines

    assert first["request"] == second["request"]
    assert PUBLIC not in path.read_text()
    assert REAL.secret_key in kept.read_text()
    assert [file.stat().st_mode & 0o777 for file in (kept, path)] == [0o600, 0o600]
    kept.chmod(0o644)
    with pytest.raises(SettingError, match="mode 0600"):
        SecretsTable(kept)
    kept.chmod(0o600)
    kept.write_text("what\n")
    with pytest.raises(SettingError, match="no table of secrets"):
        SecretsTable(kept)


def test_more_secrets_than_are_kept_apart_end_the_recording_and_not_the_calls(path, monkeypatch):
    with recorded_world(path) as world:
        world.ok("GET", "/v2/instance")
        monkeypatch.setattr("bce_emulator.fidelity.secrets_table.MOST", 2)
        for _ in range(2):
            assert world.call("GET", "/v2/instance?password=another-one").status == 200
    assert len(world.lines) == 1
    with pytest.raises(TableFull):
        world.recorder._table.placeholder("secret", "one more")


def test_bodies_that_are_no_json_and_values_too_deep_are_written_without_secrets():
    table = SecretsTable()
    deep = json.loads("[" * 80 + "]" * 80)

    assert table.value("password=hunter22&x=1") == "password=****&x=1"
    assert "recorded-too-deep" in json.dumps(table.value(deep))
    assert table.value({"secret": 7, "ak": "short", "email": "a@b.c", "accountId": "0" * 32}) == {
        "secret": 0, "ak": "recorded-key-1", "email": "recorded-person-1", "accountId": f"acc{1:029x}",
    }  # fmt: skip


def test_only_so_many_calls_of_the_cloud_are_under_way_at_one_time(path, monkeypatch):
    monkeypatch.setattr("bce_emulator.fidelity.record.MAX_CALLS", 2)
    pairs, under_way, most = threading.Barrier(2, timeout=10), [], []

    def send(*_request):
        under_way.append(1)
        most.append(len(under_way))
        pairs.wait()
        under_way.pop()
        return Answer(200, "application/json", "", b"{}")

    with recorded_world(path) as world:
        world.recorder._upstream.send = send

        async def several():
            return await asyncio.gather(
                *(asked(world.recorder, "GET", "/v2/zone", now=world.wall.now) for _ in range(6))
            )

        assert [reply.status for reply in LOOP.run_until_complete(several())] == [200] * 6
    assert max(most) == 2
