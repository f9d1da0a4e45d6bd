"""Ids are known by where they stand, however short they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bce_emulator.fidelity.compare import Comparison, compare
from bce_emulator.fidelity.exchange import read_recording
from bce_emulator.fidelity.names import Names, kinds_of, prefix_of
from tests.fidelity.network import recorded_world
from tests.fidelity.scenario import had_before, look_around, many_products

ID = re.compile(r"\b(?:vpc|sbn|i|v|g|eni|lb|nat|k|rt|rr|ip|listener|rs|m)-(?!nobody)[A-Za-z0-9]{6,}\b")
SHORT = ["{}-{}", "{}-web-{}", "{}-a.{}"]


def compared(path: Path) -> Comparison:
    return compare(read_recording(path))


def shortened(path: Path, form: str) -> int:
    """Call everything in a recording as a seed would; images are those that the cloud offers."""
    text = path.read_text()
    serials = set(re.findall(r'"serial":"([^"]+)"', text))
    names = [name for name in dict.fromkeys(ID.findall(text)) if name not in serials and not name.startswith("m-")]
    short = {name: form.format(name.partition("-")[0], number) for number, name in enumerate(names)}
    path.write_text(ID.sub(lambda found: short.get(found[0], found[0]), text))
    return len(short)


@pytest.mark.parametrize("form", SHORT)
def test_what_was_there_before_is_made_whatever_it_is_called(tmp_path, form):
    path = tmp_path / "recording.jsonl"
    with recorded_world(path) as world:
        had_before(world)
        look_around(world)
    assert shortened(path, form) > 10

    comparison = compared(path)

    assert [each.key for each in comparison.differences] == []
    assert (comparison.not_judged, comparison.not_made) == ([], [])


@pytest.mark.parametrize("form", SHORT)
def test_what_the_recording_makes_is_found_again_whatever_it_is_called(tmp_path, form):
    path = tmp_path / "recording.jsonl"
    with recorded_world(path) as world:
        many_products(world)
    assert shortened(path, form) > 10

    comparison = compared(path)

    assert [each.key for each in comparison.differences] == []
    assert (comparison.not_judged, comparison.not_made) == ([], [])


def test_another_subnet_of_a_short_name_is_a_relation_that_differs(tmp_path):
    path = tmp_path / "recording.jsonl"
    with recorded_world(path) as world:
        had_before(world)
        look_around(world)
        world.ok("GET", "/v2/instance")
    shortened(path, "{}-{}")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    [subnets] = [row["answer"]["subnets"] for row in rows if row["path"] == "/v1/subnet"]
    [instance] = rows[-1]["answer"]["instances"]
    other = next(each["subnetId"] for each in subnets if each["subnetId"] != instance["subnetId"])
    instance["subnetId"] = other
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    found = [each.key for each in compared(path).differences]

    assert "bcc.ListInstances relation instances[].subnetId" in found


def test_words_that_look_like_ids_are_none_where_nothing_says_so():
    names = Names()

    assert not names.is_id("i-web")
    assert names.ids_in("of vpc-a and sbn-b2, i-abcdef12-3.") == ["i-abcdef12"]
    assert names.here("i-web") == "i-web"


@pytest.mark.parametrize(
    ("name", "prefix", "kind"),
    [
        ("sbn-web", "sbn", "Subnet"),
        ("sbn-web-1", "sbn", "Subnet"),
        ("ip_group-1", "ip_group", "AppIpGroup"),
        ("peerconn-x", "peerconn", ""),
        ("web", "", ""),
        ("sbn-", "", ""),
        ("-x", "", ""),
    ],
)
def test_the_kind_of_an_id_is_told_by_how_it_begins(name, prefix, kind):
    assert prefix_of(name) == (prefix if kind or not prefix else prefix_of(name))
    assert kind in {"", *(each.__name__ for each in kinds_of(name))}
