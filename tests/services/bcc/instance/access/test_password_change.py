"""Another password for an instance, and what counts as one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.instance.errors import PasswordOperationForbidden
from bce_emulator.services.shared.password import check_password, decrypt
from tests.cloud import PASSWORD, encrypted

VECTORS = json.loads((Path(__file__).parents[4] / "data" / "admin_pass.json").read_text())
CHANGE = {"adminPass": encrypted(PASSWORD)}


def test_a_running_instance_restarts_with_its_new_password(cloud, running):
    reply = cloud.call("PUT", f"/v2/instance/{running}?changePass", CHANGE)

    assert reply.body == {"requestId": reply.headers["x-bce-request-id"], "failedInstanceIdList": []}
    assert cloud.status(running) == "Starting"
    cloud.clock.advance(30)
    assert cloud.status(running) == "Running"


def test_a_stopped_instance_stays_stopped(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/instance/{running}?changePass", CHANGE)

    assert cloud.status(running) == "Stopped"


def test_a_password_is_not_changed_while_the_instance_starts(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?reboot")

    cloud.refused(PasswordOperationForbidden, "PUT", f"/v2/instance/{running}?changePass", CHANGE)


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", "/v2/instance/i-nobody00?changePass", CHANGE)


def test_a_password_is_required(cloud, running):
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}?changePass", {})


@pytest.mark.parametrize(
    "text",
    [
        "",
        PASSWORD,
        encrypted(PASSWORD)[:-2],
        encrypted(PASSWORD, "another secret key 0000000000000"),
        encrypted("Sh0rt!a"),
        encrypted("Aa1!" * 8 + "x"),
        encrypted("onlylowercase1"),
        encrypted("Passw0rd\u00e9!"),
        encrypted("Passw0rd !"),
    ],
)
def test_a_password_in_plain_text_or_against_the_rule_is_refused(cloud, running, text):
    cloud.refused(BadRequest, "PUT", f"/v2/instance/{running}?changePass", {"adminPass": text})


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=lambda vector: vector["from"])
def test_what_a_client_encrypts_is_understood(vector):
    assert decrypt(vector["ciphertext_hex"], vector["sk"]) == vector["plaintext"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["why"])
def test_a_password_is_accepted_or_refused_as_recorded(case):
    if case["expect"].startswith("accept"):
        check_password(case["value"], case["sk"])
        return

    with pytest.raises(BadRequest):
        check_password(case["value"], case["sk"])
