"""Temporary keys: who gets them, what they open, how long they live, and what an acl allows."""

from __future__ import annotations

import json

import pytest

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.errors import AccessDenied, BadRequest, InappropriateJSON, NoSuchObject, NotPermitted
from bce_emulator.engine.observe.redaction import MASK
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.sts import operations
from bce_emulator.services.sts.acl import MAX_CHARACTERS
from tests.cloud import NOW, Cloud, ids
from tests.control.conftest import control_of
from tests.engine.persist.stores import restarted, started

SESSION, ROLE = "/v1/sessionToken", "/v1/credential?assumeRole&accountId=test&roleName=reader"
BOTH = pytest.mark.parametrize("target", [SESSION, ROLE])


def allowed(*statements: dict) -> dict:
    every = {"region": "*", "effect": "Allow", "resource": ["*"], "permission": ["FULL_CONTROL"]}
    return {"accessControlList": [every | {"service": "bce:bcc"} | each for each in statements]}


def call_with(cloud, keys: dict, method: str, target: str, body: dict | None = None, token: str | None = None):
    """A call that is signed with temporary keys; the token goes in the query, where both places are read."""
    own = cloud.access_key, cloud.secret_key
    cloud.access_key, cloud.secret_key = keys["accessKeyId"], keys["secretAccessKey"]
    sent = keys["sessionToken"] if token is None else token
    query = ("&" if "?" in target else "?") + f"x-bce-security-token={sent}" if sent else ""
    try:
        return cloud.call(method, target + query, body)
    finally:
        cloud.access_key, cloud.secret_key = own


def move_wall(cloud: Cloud, seconds: float) -> None:
    cloud.emulator.accounts.wall = cloud.emulator.dispatcher._wall = lambda: NOW + seconds


@BOTH
def test_temporary_keys_open_the_account_of_who_asked_for_them(cloud, target):
    instance = cloud.create()

    keys = cloud.ok("POST", target)

    seen = call_with(cloud, keys, "GET", "/v2/instance")
    assert ids(seen.body["instances"]) == [instance]
    assert keys["userId"] == "test"
    assert keys["createTime"] == iso(NOW)


@BOTH
@pytest.mark.parametrize("token", ["", "another"])
def test_temporary_keys_need_their_token(cloud, target, token):
    keys = cloud.ok("POST", target)

    assert call_with(cloud, keys, "GET", "/v2/instance", token=token).code == AccessDenied.code


@pytest.mark.parametrize(
    ("target", "seconds"),
    [(SESSION, 43_200), (f"{SESSION}?durationSeconds=60", 60), (ROLE, 7_200), (f"{ROLE}&durationSeconds=60", 60)],
)
def test_temporary_keys_die_on_the_wall_clock(target, seconds):
    cloud = Cloud()
    keys = cloud.ok("POST", target)
    cloud.clock.advance(10 * seconds)

    assert keys["expiration"] == iso(NOW + seconds)
    assert call_with(cloud, keys, "GET", "/v2/zone").status == 200
    move_wall(cloud, seconds + 1)
    assert call_with(cloud, keys, "GET", "/v2/zone").code == "RequestExpired"


@pytest.mark.parametrize(
    "target",
    [
        f"{SESSION}?durationSeconds=0",
        f"{SESSION}?durationSeconds=129601",
        f"{ROLE}&durationSeconds=7201",
        f"{ROLE}&durationSeconds=soon",
        "/v1/credential?assumeRole&accountId=test",
        "/v1/credential?assumeRole&roleName=reader",
    ],
)
def test_a_duration_has_bounds_and_a_role_has_a_name_and_an_account(cloud, target):
    cloud.refused(BadRequest, "POST", target)


@BOTH
def test_an_acl_has_statements_that_name_a_service(cloud, target):
    cloud.refused(InappropriateJSON, "POST", target, {"accessControlList": [{"permission": ["READ"]}]})
    cloud.refused(InappropriateJSON, "POST", target, {"accessControlList": "everything"})


def test_a_role_of_another_account_is_not_there(cloud):
    Cloud.ok(cloud, "GET", "/v2/zone")
    cloud.emulator.accounts.open("test-friend")

    cloud.refused(NoSuchObject, "POST", "/v1/credential?assumeRole&accountId=test-friend&roleName=reader")


def test_nor_is_one_of_another_account_that_is_only_on_disk(tmp_path):
    cloud = started(str(tmp_path / "state"))
    cloud.access_key = "test-friend"
    cloud.ok("GET", "/v2/zone")
    again = restarted(cloud)
    again.access_key = "test"

    assert "test-friend" in again.emulator.accounts.asleep
    again.refused(NoSuchObject, "POST", "/v1/credential?assumeRole&accountId=test-friend&roleName=reader")


def test_the_account_of_a_role_may_have_the_name_that_the_cloud_gave_it(cloud):
    one = cloud.ok("POST", "/v1/credential?assumeRole&accountId=dc9b5191440d4f93851ddffb4e942b75&roleName=reader")
    same = cloud.ok("POST", ROLE)
    other = cloud.ok("POST", ROLE.replace("reader", "writer"))

    assert one["roleId"] == same["roleId"] != other["roleId"]


@pytest.mark.parametrize(
    ("acl", "looks", "changes"),
    [
        (None, 200, 200),
        ({"id": "mine"}, 200, 200),
        (allowed(), 200, 200),
        (allowed({}), 200, 200),
        (allowed({"permission": ["READ"]}), 200, 403),
        (allowed({"permission": ["READ"]}, {}), 200, 200),
        (allowed({"region": "bj"}), 200, 200),
        (allowed({"region": "gz"}), 403, 403),
        (allowed({"service": "bce:eip"}), 403, 403),
        (allowed({"permission": []}), 403, 403),
        (allowed({"service": "bce:eip"}, {"service": "bce:bos"}), 200, 200),
        (allowed({"service": "bce:eip", "effect": "Deny"}), 200, 200),
        (allowed({"service": "bce:eip", "resource": ["eip/1.2.3.4"]}), 200, 200),
        (allowed({"service": "bce:eip", "permission": ["OPERATE"]}), 200, 200),
    ],
)
@pytest.mark.sweep(3)
@BOTH
def test_an_acl_that_only_allows_what_is_emulated_is_applied(cloud, target, acl, looks, changes):
    keys = cloud.ok("POST", target, acl)

    look = call_with(cloud, keys, "GET", "/v2/instance")
    change = call_with(cloud, keys, "POST", "/v2/keypair", {"name": "mine"})

    assert (look.status, change.status) == (looks, changes)


def test_what_an_acl_does_not_allow_is_explained(cloud):
    keys = cloud.ok("POST", SESSION, allowed({"permission": ["READ"]}))

    refusal = call_with(cloud, keys, "POST", "/v2/keypair", {"name": "mine"})

    assert (refusal.code, refusal.body["message"]) == (NotPermitted.code, NotPermitted.message)
    explanation = refusal.headers["x-bce-emulator-explain"]
    assert explanation == "the acl of these temporary keys does not allow bcc.CreateKeypair in bj"
    assert cloud.ok("GET", "/v2/keypair")["keypairs"] == []


def test_the_network_is_a_service_of_its_own(cloud):
    keys = cloud.ok("POST", SESSION, allowed({"service": "bce:network"}))

    assert call_with(cloud, keys, "GET", "/v1/vpc").status == 200
    assert call_with(cloud, keys, "GET", "/v2/instance").status == 403


@BOTH
@pytest.mark.parametrize("wider", [{"service": "bce:eip"}, {"service": "bce:sts", "region": "*"}, {"effect": "Deny"}])
def test_temporary_keys_do_not_widen_what_they_may_do(cloud, target, wider):
    acl = allowed({"service": "bce:sts", "region": "bj"}, {"permission": ["READ"]})
    first = cloud.ok("POST", SESSION, acl)

    assert call_with(cloud, first, "POST", target, allowed(wider)).code == NotPermitted.code
    for same in (acl, None):
        second = call_with(cloud, first, "POST", target, same).body
        assert call_with(cloud, second, "GET", "/v2/instance").status == 200
        assert call_with(cloud, second, "POST", "/v2/keypair", {"name": "mine"}).code == NotPermitted.code


def test_temporary_keys_do_not_prolong_themselves(cloud):
    first = cloud.ok("POST", f"{SESSION}?durationSeconds=60")

    second = call_with(cloud, first, "POST", SESSION).body

    assert second["expiration"] == first["expiration"]


def test_an_account_has_so_many_temporary_keys_at_one_time(cloud):
    cloud.set_facts(temporaryKeyQuota=2)
    first, _ = (cloud.ok("POST", f"{SESSION}?durationSeconds=60") for _ in range(2))

    cloud.refused(QuotaLimitExceeded, "POST", SESSION)
    cloud.refused(QuotaLimitExceeded, "POST", ROLE)
    move_wall(cloud, 61)
    over = call_with(cloud, first, "GET", "/v2/zone").code

    cloud.ok("POST", SESSION)
    assert (over, call_with(cloud, first, "GET", "/v2/zone").code) == ("RequestExpired", "InvalidAccessKeyId")


def test_all_accounts_together_have_so_many_temporary_keys_at_one_time(cloud, monkeypatch):
    monkeypatch.setattr(operations, "MAX_KEYS", 3)
    strangers = [Cloud(f"test-{number}") for number in range(4)]
    for each in strangers:
        each.emulator = cloud.emulator
    statuses = [each.call("POST", f"{SESSION}?durationSeconds=60").status for each in strangers]

    cloud.refused(QuotaLimitExceeded, "POST", ROLE)
    control_of(cloud)("POST", "accounts")
    move_wall(cloud, 61)
    cloud.ok("POST", SESSION)

    assert statuses == [200, 200, 200, QuotaLimitExceeded.status]
    assert cloud.emulator.accounts.minted == 1
    assert len(cloud.emulator.accounts.credentials) == 3


@BOTH
def test_an_acl_has_a_bound(cloud, target):
    cloud.refused(BadRequest, "POST", target, allowed({"resource": ["*" * MAX_CHARACTERS]}))


def gone_by_reset(cloud: Cloud) -> None:
    control_of(cloud)("POST", "reset?account=test-user")


def gone_by_the_control_api(cloud: Cloud) -> None:
    deleted = control_of(cloud)("DELETE", "accounts/test-user").body["deleted"]
    assert deleted[0] == "test-user"


def gone_by_idleness(cloud: Cloud) -> None:
    move_wall(cloud, 60.5)
    cloud.call("GET", "/v2/zone")


@pytest.mark.parametrize("gone", [gone_by_reset, gone_by_the_control_api, gone_by_idleness])
@pytest.mark.parametrize("stored", [False, True])
@BOTH
def test_temporary_keys_go_with_what_their_account_has(tmp_path, target, gone, stored):
    how = {"forget_idle": "60"} | ({"state": str(tmp_path)} if stored else {})
    cloud, user = Cloud(**how), Cloud("test-user")
    user.emulator = cloud.emulator
    keys = user.ok("POST", target.replace("accountId=test", "accountId=test-user"))

    gone(cloud)

    assert call_with(cloud, keys, "GET", "/v2/zone").code == "InvalidAccessKeyId"
    assert cloud.emulator.accounts.minted == 0
    if stored:
        cloud.emulator.close()
        again = Cloud(state=str(tmp_path))
        assert keys["accessKeyId"] not in again.emulator.accounts.credentials


@pytest.mark.parametrize("stored", [False, True])
def test_temporary_keys_are_listed_with_their_account_and_can_be_removed(tmp_path, stored):
    cloud = Cloud("test-user", **({"state": str(tmp_path)} if stored else {}))
    control = control_of(cloud)
    first, second = (cloud.ok("POST", SESSION) for _ in range(2))
    before = control("GET", "accounts").body["accounts"]

    deleted = control("DELETE", f"accounts/{first['accessKeyId']}").body

    assert [[key["accessKeyId"] for key in each["keys"]] for each in before] == [
        ["test"],
        ["test-user", first["accessKeyId"], second["accessKeyId"]],
    ]
    assert before[1]["keys"][1]["expiresAt"] == first["expiration"]
    assert deleted == {"deleted": [first["accessKeyId"]]}
    assert call_with(cloud, first, "GET", "/v2/zone").code == "InvalidAccessKeyId"
    assert call_with(cloud, second, "GET", "/v2/zone").status == 200
    if stored:
        cloud.emulator.close()
        assert list(Cloud(state=str(tmp_path)).emulator.accounts.credentials) == ["test", second["accessKeyId"]]


def test_keys_differ_from_each_other_and_are_the_same_in_every_run():
    runs = [[Cloud.ok(cloud, "POST", SESSION)["accessKeyId"] for _ in range(3)] for cloud in (Cloud(), Cloud())]

    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 3


def test_the_journal_masks_the_secrets(cloud):
    keys = cloud.ok("POST", SESSION)

    entry = json.dumps(control_of(cloud)("GET", "journal").body)

    assert MASK in entry
    assert keys["secretAccessKey"] not in entry
    assert keys["sessionToken"] not in entry


def test_temporary_keys_outlive_a_restart(tmp_path):
    first = Cloud(state=str(tmp_path))
    keys = first.ok("POST", SESSION, allowed({"permission": ["READ"]}))
    first.emulator.close()

    second = Cloud(state=str(tmp_path))

    assert call_with(second, keys, "GET", "/v2/instance").status == 200
    assert call_with(second, keys, "POST", "/v2/keypair", {"name": "mine"}).status == 403


def test_the_host_of_sts_has_no_other_operation(cloud):
    cloud.host = "sts.bj.baidubce.com"

    assert cloud.call("POST", SESSION).status == 200
    assert cloud.call("GET", "/v2/instance").code == "InvalidURI"
