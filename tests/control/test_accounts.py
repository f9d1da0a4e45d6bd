"""Accounts: made, given further keys, listed without secrets, removed."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso, seconds
from bce_emulator.engine.errors import AccountLimitExceeded
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


def test_an_account_may_have_as_many_resources_as_its_keys_say(cloud, control):
    keys = control("POST", "accounts", {"accessKeyId": "small", "owner": "team a", "maxResources": 0}).body
    small = client(cloud, keys)
    small.ok("GET", "/v1/vpc")
    most = small.emulator.accounts.open("small").count() + 3  # a VPC has a route table and a security group
    control("DELETE", "accounts/small")
    keys = control("POST", "accounts", {"accessKeyId": "small", "owner": "team a", "maxResources": most}).body
    small = client(cloud, keys)
    further = client(cloud, control("POST", "accounts", {"account": "small"}).body | {"account": "small"})
    wanted = {"name": "web", "cidr": "10.0.0.0/16"}

    made = small.ok("POST", "/v1/vpc?clientToken=one", wanted)
    for each in (small, further):
        for target in ("/v1/vpc", "/v1/vpc?clientToken=two"):
            reply = each.call("POST", target, wanted)
            assert (reply.status, reply.code) == (AccountLimitExceeded.status, AccountLimitExceeded.code)
    assert small.emulator.accounts.open("small").count() == most

    assert small.ok("POST", "/v1/vpc?clientToken=one", wanted) == made
    small.ok("DELETE", f"/v1/vpc/{made['vpcId']}")
    small.ok("POST", "/v1/vpc", wanted)
    [shown] = [each for each in control("GET", "accounts").body["accounts"] if each["account"] == "small"]
    assert shown["keys"][0] == {
        "accessKeyId": "small",
        "account": "small",
        "temporary": False,
        "owner": "team a",
        "maxResources": most,
    }


def test_keys_are_forgotten_at_their_age_and_the_account_of_their_name_with_them(cloud, control):
    now = [NOW]
    cloud.emulator.accounts.wall = lambda: now[0]
    short = control("POST", "accounts", {"accessKeyId": "short", "forgetAfterSeconds": 60}).body
    for number in range(3):
        control("POST", "accounts", {"accessKeyId": f"more-{number}", "account": "test", "forgetAfterSeconds": 60})
    control("POST", "accounts", {"accessKeyId": "long", "forgetAfterSeconds": 120})

    assert short["forgottenAt"] == iso(NOW + 60)
    now[0] += 59
    assert client(cloud, short).call("GET", "/v2/zone").status == 200
    now[0] += 1
    assert client(cloud, short).call("GET", "/v2/zone").code == "InvalidAccessKeyId"
    accounts = cloud.emulator.accounts
    assert "short" not in accounts
    assert [key for key in accounts.credentials if key.startswith("more")] == [
        "more-1",
        "more-2",
    ]  # two at once, no more
    control("GET", "version")
    assert [*accounts.credentials] == ["test", "long"]
    now[0] += 60
    cloud.call("GET", "/v2/zone")
    assert [*accounts.credentials] == ["test"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"maxResources": -1}, "maxResources"),
        ({"maxResources": 1, "account": "test"}, "so leave account out"),
        ({"forgetAfterSeconds": 0}, "forgetAfterSeconds"),
        ({"owner": "x" * 129}, "owner"),
    ],
)
def test_what_keys_cannot_carry_is_refused(control, body, said):
    reply = control("POST", "accounts", body)

    assert reply.status == 400
    assert said in reply.body["error"]


def test_closed_accounts_take_only_keys_that_were_given_or_minted():
    cloud = Cloud(accounts="closed")
    control = control_of(cloud)
    for access_key in ("test", "test-1", "nobody"):
        cloud.access_key = access_key
        assert cloud.call("GET", "/v2/zone").code in {"InvalidAccessKeyId", "SignatureDoesNotMatch"}
    assert control("GET", "clock?account=test-1").status == 404
    assert control("GET", "clock").status == 200

    assert client(cloud, control("POST", "accounts").body).call("GET", "/v2/zone").status == 200
    given = Cloud("mine", accounts="closed", credentials=f"mine:{SECRET}")
    given.secret_key = SECRET
    assert given.call("GET", "/v2/zone").status == 200


def test_what_keys_carry_outlives_a_restart(tmp_path):
    before = Cloud(state=str(tmp_path))
    body = {"accessKeyId": "small", "owner": "team a", "maxResources": 50, "forgetAfterSeconds": 60}
    control_of(before)("POST", "accounts", body)
    before.emulator.close()

    after = Cloud(state=str(tmp_path))

    assert after.emulator.accounts.credentials["small"] == before.emulator.accounts.credentials["small"]
    after.emulator.accounts.wall = lambda: NOW + 60
    after.call("GET", "/v2/zone")
    assert "small" not in after.emulator.accounts.credentials
