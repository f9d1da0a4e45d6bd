"""Make and import keypairs, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, QualifyNotPass
from bce_emulator.services.bcc.keypair.errors import (
    KeypairDescriptionInvalid,
    KeypairNameInvalid,
    KeypairPublicKeyExist,
    KeypairQuotaExceedLimit,
    PublicKeyFormatInvalid,
)
from bce_emulator.services.bcc.keypair.resource import Keypair
from tests.cloud import Cloud
from tests.services.bcc.keypair.keys import RSA, imported, keypair_of, public_key

MEMBERS = {
    "keypairId", "name", "description", "publicKey", "regionId", "fingerPrint", "privateKey", "instanceCount",
    "createdTime", "paasInstanceCount",
}  # fmt: skip
ECDSA = (
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJUqnjAqE+YNALz3ft"
    "VmJ8bCA/IcTs6k2rEXJlYOxZqHIpWdhmQcyqxmmounTtSH4LktRO9YekmmHwq+Xz3zh/8="
)
ECDSA_FINGERPRINT = "41:b3:eb:b7:4f:bc:4b:40:ad:31:fa:4e:2d:2c:b2:3e"
"""What ``ssh-keygen -E md5 -lf`` says of the key above."""
IMPORT = [("PUT", "?import"), ("PUT", "?import="), ("PUT", ""), ("POST", "?import")]


@pytest.mark.parametrize("query", ["", "?create", "?create="])
def test_the_private_key_of_a_new_keypair_is_shown_once_and_fits_the_public_one(cloud, query):
    from cryptography.hazmat.primitives import serialization

    keypair = cloud.ok("POST", f"/v2/keypair{query}", {"name": "mine", "description": "for tests"})["keypair"]

    private = serialization.load_pem_private_key(keypair["privateKey"].encode(), None)
    form = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    assert private.key_size == 2048
    assert private.public_key().public_bytes(*form).decode() == keypair["publicKey"]
    assert set(keypair) == MEMBERS
    assert (keypair["name"], keypair["description"], keypair["regionId"]) == ("mine", "for tests", "bj")
    assert keypair_of(cloud, keypair["keypairId"]) == keypair | {"privateKey": ""}


def test_the_same_token_makes_one_keypair(cloud):
    first = cloud.ok("POST", "/v2/keypair?clientToken=t", {"name": "mine"})

    assert cloud.ok("POST", "/v2/keypair?clientToken=t", {"name": "mine"}) == first
    cloud.refused(IdempotentParameterMismatch, "POST", "/v2/keypair?clientToken=t", {"name": "other"})


def test_ids_are_the_same_in_every_run():
    assert imported(Cloud()) == imported(Cloud())


@pytest.mark.parametrize(("method", "query"), IMPORT)
def test_a_key_that_was_made_elsewhere_is_imported(cloud, method, query):
    body = {"name": "mine", "description": "", "publicKey": f"{RSA}\n"}

    keypair = cloud.ok(method, f"/v2/keypair{query}", body)["keypair"]

    assert (keypair["publicKey"], keypair["privateKey"], keypair["instanceCount"]) == (RSA, "", 0)
    assert keypair_of(cloud, keypair["keypairId"]) == keypair


def test_a_fingerprint_is_that_of_openssh(cloud):
    keypair = imported(cloud, publicKey=ECDSA)

    assert keypair_of(cloud, keypair)["fingerPrint"] == ECDSA_FINGERPRINT


@pytest.mark.parametrize(
    "key",
    [
        public_key("ssh-rsa", parts=3, says="rsa"),
        public_key("ssh-dss", parts=5),
        public_key("ssh-dss", parts=5, says="dsa"),
        public_key("ecdsa-sha2-nistp256", parts=3),
        public_key("ecdsa-sha2-nistp384", parts=3),
        public_key("ecdsa-sha2-nistp521", parts=3, says="ecdsa"),
        RSA.rsplit(" ", 1)[0],
    ],
)
def test_keys_of_the_documented_types_are_taken(cloud, key):
    assert keypair_of(cloud, imported(cloud, publicKey=key))["publicKey"] == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "ssh-rsa",
        "ssh-rsa !!!",
        "ssh-rsa AAAA",
        "ssh-rsa AAAAB3NzaC1yc2E=",
        public_key("ssh-rsa", parts=2),
        public_key("ssh-rsa", parts=4),
        public_key("ssh-rsa", parts=3)[:-30],
        public_key("ssh-rsa", parts=3, says="ssh-dss"),
        public_key("ssh-ed25519", parts=2),
        public_key("ssh-ed25519", parts=2, says="ecdsa"),
        "-----BEGIN PUBLIC KEY-----",
    ],
)
def test_other_texts_are_no_public_keys(cloud, key):
    cloud.refused(PublicKeyFormatInvalid, "PUT", "/v2/keypair?import", {"name": "mine", "publicKey": key})


def test_a_public_key_is_there_once_whatever_its_comment(cloud):
    imported(cloud, publicKey=RSA)
    keypair = cloud.ok("POST", "/v2/keypair", {"name": "mine"})["keypair"]

    for key in (f"{RSA} again", keypair["publicKey"]):
        cloud.refused(KeypairPublicKeyExist, "PUT", "/v2/keypair?import", {"name": "other", "publicKey": key})


def test_two_keypairs_may_have_one_name(cloud):
    assert imported(cloud, seed=1) != imported(cloud, seed=2)


@pytest.mark.parametrize(("method", "query"), [("POST", ""), ("PUT", "?import")])
@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"name": "1st"}, KeypairNameInvalid),
        ({"name": ""}, KeypairNameInvalid),
        ({"name": "a" * 66}, KeypairNameInvalid),
        ({"name": None}, InappropriateJSON),
        ({"description": "x" * 141}, KeypairDescriptionInvalid),
    ],
)
def test_a_wrong_keypair_is_refused(cloud, method, query, members, error):
    key = {"publicKey": RSA} if query else {}

    cloud.refused(error, method, f"/v2/keypair{query}", {"name": "mine"} | key | members)


@pytest.mark.parametrize("target", ["/v2/keypair", "/v2/keypair?create"])
def test_a_public_key_is_not_taken_by_the_call_that_makes_one(cloud, target):
    refusal = cloud.refused(BadRequest, "POST", target, {"name": "mine", "publicKey": RSA})

    assert "PUT /v2/keypair?import keeps a publicKey" in refusal.headers["x-bce-emulator-explain"]


def test_an_empty_public_key_is_none(cloud):
    keypair = cloud.ok("POST", "/v2/keypair", {"name": "mine", "publicKey": ""})["keypair"]

    assert keypair["privateKey"]


def test_made_and_imported_keypairs_are_limited_together(cloud):
    cloud.set_facts(keypairQuota=2)
    cloud.ok("POST", "/v2/keypair", {"name": "a钥匙", "description": "x" * 140})
    imported(cloud)

    cloud.refused(KeypairQuotaExceedLimit, "POST", "/v2/keypair", {"name": "third"})
    cloud.refused(KeypairQuotaExceedLimit, "PUT", "/v2/keypair?import", {"name": "third", "publicKey": RSA})


def test_without_a_real_name_there_are_no_keypairs(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v2/keypair", {"name": "mine"})
    cloud.refused(QualifyNotPass, "PUT", "/v2/keypair?import", {"name": "mine", "publicKey": RSA})


def test_no_private_key_is_kept(cloud):
    keypair = cloud.ok("POST", "/v2/keypair", {"name": "mine"})["keypair"]

    kept = cloud.account.get(Keypair, keypair["keypairId"])
    assert "PRIVATE" not in repr(kept)


def test_keypairs_are_listed_newest_first_in_pages(cloud):
    keypairs = [imported(cloud, seed=seed, name=f"k{seed}") for seed in (1, 2, 3)]

    first = cloud.ok("GET", "/v2/keypair?maxKeys=2")
    rest = cloud.ok("GET", f"/v2/keypair?marker={first['nextMarker']}")

    assert (first["isTruncated"], first["marker"], first["maxKeys"]) == (True, "", 2)
    assert "nextMarker" not in rest
    assert [each["keypairId"] for each in first["keypairs"] + rest["keypairs"]] == keypairs[::-1]
    assert set(rest["keypairs"][0]) == MEMBERS


def test_keypairs_are_listed_by_their_whole_name(cloud):
    imported(cloud, seed=1, name="mine")
    imported(cloud, seed=2, name="mine too")

    assert [each["name"] for each in cloud.ok("GET", "/v2/keypair?name=mine")["keypairs"]] == ["mine"]
    cloud.refused(BadRequest, "GET", "/v2/keypair?maxKeys=0")
