"""Accounts: made, given further keys, listed without secrets, removed."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso, seconds
from tests.cloud import NOW, Cloud
from tests.control.conftest import control_of

SECRET = "a-secret-of-sixteen"


def client(cloud: Cloud, keys: dict) -> Cloud:
    """A client of the same emulator with other keys."""
    other = Cloud(keys["account"])
    other.emulator, other.application = cloud.emulator, cloud.application
    other.access_key, other.secret_key = keys["accessKeyId"], keys["secretAccessKey"]
    return other


def test_a_minted_account_is_empty_and_its_own(cloud, control, running):
    keys = control("POST", "accounts").body
    other = client(cloud, keys)

    assert set(keys) == {"accessKeyId", "secretAccessKey", "account", "temporary"}
    assert other.ok("GET", "/v2/instance")["instances"] == []
    assert cloud.status(running) == "Running"
    assert cloud.emulator.accounts.open(keys["account"]).clock is not cloud.clock


def test_minted_access_keys_are_the_same_in_every_run_and_no_two_alike(control):
    minted = [control("POST", "accounts", {}).body for _ in range(3)]

    assert len({keys["accessKeyId"] for keys in minted}) == len({keys["secretAccessKey"] for keys in minted}) == 3
    assert control_of(Cloud())("POST", "accounts").body["accessKeyId"] == minted[0]["accessKeyId"]
    assert all(keys["accessKeyId"].startswith("ALTAK") for keys in minted)


def test_keys_can_be_given(cloud, control):
    keys = control("POST", "accounts", {"accessKeyId": "mine", "secretAccessKey": SECRET}).body

    assert keys == {"accessKeyId": "mine", "secretAccessKey": SECRET, "account": "mine", "temporary": False}
    assert client(cloud, keys).call("GET", "/v2/zone").status == 200


def test_two_pairs_of_keys_open_one_account(cloud, control, running):
    keys = control("POST", "accounts", {"account": "test"}).body

    seen = client(cloud, keys).ok("GET", "/v2/instance")["instances"]

    assert keys["account"] == "test"
    assert [instance["id"] for instance in seen] == [running]
    assert control("GET", f"clock?account={keys['accessKeyId']}").body == control("GET", "clock").body


def test_a_further_pair_can_be_for_an_account_that_needs_no_preparation(cloud, control):
    keys = control("POST", "accounts", {"account": "test-w0"}).body

    assert keys["account"] == "test-w0"
    assert client(cloud, keys).call("GET", "/v2/zone").status == 200


def test_a_temporary_pair_needs_its_token_until_it_expires(cloud, control):
    keys = control("POST", "accounts", {"account": "test", "expiresAt": "2026-01-01T00:00:10Z"}).body
    token = keys["sessionToken"]

    def ask(headers: dict[str, str]) -> tuple[int, str]:
        headers = {"host": cloud.host, "x-bce-date": iso(NOW)} | headers
        headers["authorization"] = authorize(
            "GET", cloud.host, "/v2/zone", "", iso(NOW), keys["accessKeyId"], keys["secretAccessKey"]
        )
        response = cloud._send("GET", "/v2/zone", headers, b"")
        return response.status_code, response.json().get("code", "")

    assert keys["temporary"]
    assert keys["expiresAt"] == "2026-01-01T00:00:10Z"
    assert ask({}) == (403, "AccessDenied")
    assert ask({"x-bce-security-token": token + "x"}) == (403, "AccessDenied")
    assert ask({"x-bce-security-token": token}) == (200, "")

    known = cloud.emulator.accounts.credentials
    assert known[keys["accessKeyId"]].expires_at == seconds("2026-01-01T00:00:10Z")
    expired = control("POST", "accounts", {"account": "test", "expiresAt": "2025-12-31T23:59:59Z"}).body
    keys = expired
    assert ask({"x-bce-security-token": expired["sessionToken"]}) == (400, "RequestExpired")


def test_a_session_token_can_be_given_and_lasts_without_an_expiry(cloud, control):
    keys = control("POST", "accounts", {"sessionToken": "t0ken"}).body

    assert keys["sessionToken"] == "t0ken"
    assert "expiresAt" not in keys


def test_secrets_are_shown_once(control):
    made = control("POST", "accounts", {"sessionToken": "hunter2hunter2", "secretAccessKey": SECRET}).body

    text = json.dumps([control("GET", "accounts").body, control("GET", "operations").body])

    assert made["secretAccessKey"] == SECRET
    assert SECRET not in text
    assert "hunter2" not in text
    assert "bce-emulator-secret-key" not in text


def test_the_list_shows_accounts_with_their_keys(cloud, control, running):
    Cloud("test-w1")
    keys = control("POST", "accounts", {"account": "test", "expiresAt": "2030-01-01T00:00:00Z"}).body
    control("PUT", "clock?account=test-w1", {})

    listed = {entry["account"]: entry for entry in control("GET", "accounts").body["accounts"]}

    assert set(listed) == {"test", "test-w1"}
    assert [pair["accessKeyId"] for pair in listed["test"]["keys"]] == ["test", keys["accessKeyId"]]
    assert listed["test"]["keys"][1] == {
        "accessKeyId": keys["accessKeyId"],
        "account": "test",
        "temporary": True,
        "expiresAt": "2030-01-01T00:00:00Z",
    }
    assert listed["test"]["regions"] == ["bj"]
    assert listed["test"]["resources"] > 1


def test_a_removed_account_has_no_keys_and_no_resources_any_more(cloud, control):
    keys = control("POST", "accounts").body
    second = control("POST", "accounts", {"account": keys["accessKeyId"]}).body
    other = client(cloud, keys)
    other.call("GET", "/v2/zone")

    reply = control("DELETE", f"accounts/{keys['accessKeyId']}")

    assert reply.body == {"deleted": [keys["accessKeyId"], second["accessKeyId"]]}
    assert other.call("GET", "/v2/zone").code == "InvalidAccessKeyId"
    assert client(cloud, second).call("GET", "/v2/zone").code == "InvalidAccessKeyId"
    assert control("DELETE", f"accounts/{keys['accessKeyId']}").status == 404
    assert [entry["account"] for entry in control("GET", "accounts").body["accounts"]] == ["test"]


def test_a_removed_further_pair_leaves_the_account(cloud, control, running):
    keys = control("POST", "accounts", {"account": "test"}).body

    assert control("DELETE", f"accounts/{keys['accessKeyId']}").body == {"deleted": [keys["accessKeyId"]]}

    assert client(cloud, keys).call("GET", "/v2/zone").code == "InvalidAccessKeyId"
    assert cloud.status(running) == "Running"


def test_a_removed_open_account_begins_anew(cloud, control):
    other = Cloud("test-w2")
    other.emulator, other.application = cloud.emulator, cloud.application
    instance = other.create()

    assert control("DELETE", "accounts/test-w2").body == {"deleted": ["test-w2"]}

    assert other.call("GET", f"/v2/instance/{instance}").code == "NoSuchObject"


ODD_KEYS = (
    "a/b",
    "/",
    "a b",
    " ",
    "a\tb",
    "a\n",
    "a\0b",
    "*",
    "test-*",
    "a:b",
    "a,b",
    "a?b",
    "a#b",
    "a%2Fb",
    ".",
    "..",
    "-a",
    "é",
)


@pytest.mark.parametrize(
    ("body", "status", "hint"),
    [
        *[({"accessKeyId": key}, 400, "letters, digits, hyphens, dots and underscores") for key in ODD_KEYS],
        ({"accessKeyId": ""}, 400, "accessKeyId"),
        ({"accessKeyId": "x" * 129}, 400, "128"),
        ({"accessKeyId": "test"}, 400, "taken"),
        ({"secretAccessKey": "short"}, 400, "16"),
        ({"secretAccessKey": "with a blank in it"}, 400, "blanks"),
        ({"sessionToken": "é"}, 400, "sessionToken"),
        ({"expiresAt": "tomorrow"}, 400, "2026-01-01T00:00:00Z"),
        ({"account": "nobody"}, 404, "nobody"),
        ({"account": "*"}, 400, "one account"),
        ({"name": "x"}, 400, "name"),
        ({"accessKeyId": 1}, 400, "accessKeyId"),
    ],
)
def test_keys_that_cannot_be_are_refused(control, body, status, hint):
    reply = control("POST", "accounts", body)

    assert reply.status == status
    assert hint in reply.body["error"]
    assert len(control("GET", "accounts").body["accounts"]) <= 1


def test_the_default_account_stays(control):
    reply = control("DELETE", "accounts/test")

    assert reply.status == 400
    assert "reset" in reply.body["error"]


@pytest.mark.parametrize("name", ["nobody", "test-never-used"])
def test_what_does_not_exist_is_not_removed(control, name):
    assert control("DELETE", f"accounts/{name}").status == 404


def test_keys_are_bounded():
    control = control_of(Cloud(max_accounts=1))

    assert control("POST", "accounts").body["error"].startswith("there are 1 pairs of keys already")


@pytest.mark.parametrize("name", ["test-a/b", "test-a b", "test-\n", "test-é", "test-" + "x" * 124])
def test_a_key_that_no_signature_can_name_opens_no_account(control, name):
    reply = control("POST", f"reset?account={quote(name)}")

    assert reply.status == 404
    assert reply.body["error"].endswith(
        "an access key is at most 128 printable ASCII characters without blanks and slashes"
    )
    assert len(control("GET", "accounts").body["accounts"]) == 1


@pytest.mark.parametrize("key", [*"!$&()*+=@[]?#%", "size=2", "(small),[1]"])
def test_every_key_that_a_signature_opens_can_be_chosen_and_removed(cloud, control, key):
    other = Cloud(f"test-{key}")
    other.emulator, other.application = cloud.emulator, cloud.application
    other.create()

    assert control("GET", f"journal?account={quote(other.access_key, safe='')}").body["matching"] == 1
    assert control("DELETE", f"accounts/{quote(other.access_key, safe='')}").body == {"deleted": [other.access_key]}
    assert "test-" not in str(control("GET", "accounts").body)
