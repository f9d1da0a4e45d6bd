"""The whole stack of examples/terraform: the calls of its resources, with its values, are made in their order and undone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from tests.cloud import Cloud
from tests.terraform.play import Player, Sequence
from tests.terraform.run import STACK

CALLS = Path(__file__).with_name("stack.yaml")
RESOURCE = re.compile(r'^resource "(\w+)" "(\w+)"', re.MULTILINE)
LITERAL = re.compile(r'^ +(?!image_type|name_regex|os_name)\w+ += "([^"$]+)"$', re.MULTILINE)
"""What stands behind an equals sign in the example, but for how it finds its image."""
LISTS = {
    "GET bcc /v2/instance": "instances",
    "GET bcc /v2/volume": "volumes",
    "GET bcc /v2/snapshot": "snapshots",
    "GET eip /v1/eip": "eipList",
    "GET blb /v1/blb": "blbList",
    "GET blb /v1/appblb": "blbList",
}


def test_the_stack_is_made_and_destroyed_with_the_values_of_the_example():
    player, calls = Player(Cloud()), yaml.safe_load(CALLS.read_text())
    player.known["zone"] = player.send("GET bcc /v2/zone").body["zones"][0]["zoneName"]
    player.known["image"] = next(
        image["id"]
        for image in player.send("GET bcc /v2/image?imageType=System&maxKeys=1000").body["images"]
        if image["osName"] == "CentOS" and re.search("7.9.*", image["name"])
    )

    player.play(_steps([step for steps in calls["made"].values() for step in steps]))
    assert len(player.send("GET bcc /v2/instance?maxKeys=1000").body["instances"]) == 12
    for balancer in ("blb/$blb", "appblb/$appblb"):
        listeners = player.send(f"GET blb /v1/{balancer}").body["listener"]
        assert sorted(each["type"] for each in listeners) == ["HTTP", "HTTPS", "SSL", "TCP", "UDP"]

    player.play(_steps(calls["destroyed"]))
    player.cloud.clock.advance(60)
    assert {call: player.send(call).body[member] for call, member in LISTS.items()} == {call: [] for call in LISTS}


def test_the_calls_are_those_of_the_example():
    example, calls = "\n".join(path.read_text() for path in STACK.glob("[!v]*.tf")), CALLS.read_text()
    literals = LITERAL.findall(example)

    assert {".".join(each) for each in RESOURCE.findall(example)} == set(yaml.safe_load(calls)["made"])
    assert len(literals) > 40
    assert [each for each in literals if each not in calls] == []


def _steps(steps: list[dict[str, Any]]) -> Sequence:
    """Steps to be played, those for several taken apart."""
    found = []
    for step in steps:
        text = json.dumps({name: value for name, value in step.items() if name != "for"})
        several = step.get("for", [""])
        found += [json.loads(text.replace('"@"', str(each)).replace("@", str(each))) for each in several]
    return Sequence("stack", "stack", (), tuple(found))
