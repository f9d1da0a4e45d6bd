"""The calls of a seed file, and what is wrong with some."""

from __future__ import annotations

import pytest

from bce_emulator.settings import SettingError
from tests.cloud import Cloud

HEAD = "accounts:\n  test:\n    calls:\n"


def seeded(tmp_path, text: str) -> Cloud:
    file = tmp_path / "seed.yaml"
    file.write_text(text)
    return Cloud(seed=str(file))


def test_calls_come_after_sections_and_keep_values_for_those_below(tmp_path):
    text = (
        HEAD
        + "      - {call: CreateKeypair, name: laptop, keep: {key: keypair.keypairId}}\n"
        + "      - {call: bcc.CreateInstanceBySpec, id: i-mine0001, spec: bcc.g5.c2m8, imageId: m-z2UUQHH9,\n"
        + "         keypairId: $key, subnetId: sbn-mine, tags: [{tagKey: key, tagValue: $key}], keep: {made: instanceIds.0}}\n"
        + "      - {call: bcc.StopInstance, instanceId: $made}\n"
        + "      - {call: ListZones}\n"
        + "    vpcs: [{id: vpc-mine, name: net, cidr: 10.0.0.0/16}]\n"
        + "    subnets: [{id: sbn-mine, name: part, vpcId: vpc-mine, zoneName: cn-bj-a, cidr: 10.0.0.0/24}]\n"
    )

    instance = seeded(tmp_path, text).instance("i-mine0001")

    assert (instance["status"], instance["subnetId"], instance["keypairName"]) == ("Stopped", "sbn-mine", "laptop")
    assert instance["tags"] == [{"tagKey": "key", "tagValue": instance["keypairId"]}]


@pytest.mark.parametrize(
    ("entry", "line", "reason"),
    [
        ("- CreateVpc", 4, "this is not a mapping"),
        ("- {call: [], name: net}", 4, "call names no operation that is '[]'"),
        ("- name: net", 4, "call names no operation that is ''"),
        ("- call: CreateVcp", 4, "vpc.CreateVpc"),
        ("- call: BindEip", 4, "call BindEip is one of eip.BindEip, vpc.BindEip"),
        ("- call: CreateVpc\n        nmae: net", 5, "'nmae' is no member; there are"),
        ("- call: ListZones\n        name: net", 5, "'name' is no member; there are call, id, keep"),
        ("- call: CreateVpc\n        cidr: 10.0.0.0/16", 4, "name: Field required"),
        ("- call: CreateVpc\n        cidr: 10.0.0.0/99\n        name: net", 5, "(BadRequest)"),
        ("- call: DeleteVpc\n        vpcId: $net", 4, "$net is kept by no call above"),
        ("- call: CreateVpc\n        name: net\n        id: net-1\n        cidr: 10.0.0.0/16", 6, "begins like the id of nothing"),
        ("- call: CreateVpc\n        name: net\n        id: [1]\n        cidr: 10.0.0.0/16", 6, "begins like the id of nothing"),
        ("- call: CreateVpc\n        name: net\n        id: i-mine\n        cidr: 10.0.0.0/16", 6, "no kind that CreateVpc makes"),
        ("- call: ListZones\n        keep: zones", 5, "keep is a mapping"),
        ("- call: ListZones\n        keep: {one: zones.99}", 5, "keep names 'zones.99', and the answer has zones"),
        ("- call: ListZones\n        keep: {one: zones.0.zoneName.x}", 5, "keep names"),
    ],
)  # fmt: skip
def test_a_call_that_does_not_fit_is_refused_with_its_line(tmp_path, entry, line, reason):
    with pytest.raises(SettingError) as error:
        seeded(tmp_path, HEAD + f"      {entry}\n")

    assert f"seed.yaml, line {line}: " in str(error.value)
    assert reason in str(error.value)


def test_an_id_is_there_once(tmp_path):
    entry = "      - {call: CreateVpc, id: vpc-mine, name: net, cidr: 10.0.0.0/16}\n"

    with pytest.raises(SettingError, match="line 5: id vpc-mine is there already"):
        seeded(tmp_path, HEAD + entry + entry)
