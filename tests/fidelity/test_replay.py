"""Replaying: the same requests get the same answers, whatever secrets and addresses they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from bce_emulator.cloud import Emulator
from bce_emulator.fidelity.exchange import read_recording
from bce_emulator.fidelity.replay import Replayer
from bce_emulator.settings import Settings
from tests.cloud import MADE, encrypted
from tests.fidelity.network import Wall, World, recorded_world
from tests.fidelity.scenario import ORDER, many_products


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recording.jsonl"


def replayed(path: Path) -> World:
    """What was recorded, in place of a cloud with a recorder."""
    wall = Wall()
    here = Emulator(Settings(control="off"), wall=wall)
    MADE.append(here)
    return World(here, None, Replayer(here, read_recording(path)), path, wall)


def test_a_run_that_repeats_exactly_gets_what_it_got(path):
    with recorded_world(path) as world:
        many_products(world)
    recorded = [line["answer"] for line in world.lines]

    again = replayed(path)
    answers = []
    call = again.call
    again.call = lambda *words, **how: answers.append(reply := call(*words, **how)) or reply
    many_products(again)

    assert [reply.body for reply in answers] == recorded


def test_secrets_addresses_and_tokens_may_differ_and_nothing_else(path):
    order = ORDER | {"adminPass": encrypted("Passw0rd!x")}
    with recorded_world(path) as world:
        made = world.ok("POST", "/v2/instanceBySpec?clientToken=one", order)
        for _ in range(2):
            world.later(20)
            world.ok("GET", "/v2/instance?maxKeys=1")
        world.ok("POST", "/v1/vpc", {"name": "a", "cidr": "10.1.0.0/16"})

    first, second = (line["answer"] for line in world.lines[1:3])
    again = replayed(path)
    assert first != second
    assert again.call("POST", "/v2/instanceBySpec", order | {"purchaseCount": 9}).body["code"] == "NotRecorded"
    assert again.ok("POST", "/v2/instanceBySpec?clientToken=two", order | {"adminPass": encrypted("An0ther!x")}) == made
    assert again.call("POST", "/v2/instanceBySpec?clientToken=two", order).body["code"] == "NotRecorded"
    assert [again.ok("GET", "/v2/instance?maxKeys=1") for _ in range(3)] == [first, second, second]
    assert again.call("GET", "/v2/instance?maxKeys=2").status == 404
    assert again.call("POST", "/v1/vpc", {"name": "a", "cidr": "10.7.0.0/17"}).status == 404
    assert again.call("POST", "/v1/vpc", {"name": "a", "cidr": "10.7.0.0/16"}).status == 200
    assert again.call("GET", "/v2/instance?maxKeys=1", keys=("test", "wrong")).body["code"] == "SignatureDoesNotMatch"


def test_what_is_no_json_is_served_as_it_was(path):
    with recorded_world(path) as world:
        world.ok("GET", "/v2/zone")
    text = path.read_text()
    path.write_text(text[: text.index('"type"')] + '"type":"text/html","answer":"\\"busy\\""}\n')

    assert replayed(path).call("GET", "/v2/zone").body == "busy"
