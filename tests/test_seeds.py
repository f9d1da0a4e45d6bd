"""Seed files, and what is wrong with some."""

from __future__ import annotations

import pytest

from emulator.settings import SettingError
from tests.cloud import Cloud

HEAD = "accounts:\n  test:\n    instances:\n"
FINE = "      - id: i-mine0001\n        spec: bcc.g5.c2m8\n        imageId: m-z2UUQHH9\n"


def seeded(tmp_path, text: str) -> Cloud:
    file = tmp_path / "seed.yaml"
    file.write_text(text)
    return Cloud(seed=str(file))


def test_the_documentations_request_works_as_it_stands():
    cloud = Cloud(seed="example")

    cloud.ok("PUT", "/v2/instance/i-YufwpQAe?reboot", {"forceStop": False})

    assert cloud.status("i-YufwpQAe") == "Starting"


def test_a_seed_has_the_members_of_the_api(tmp_path):
    text = (
        HEAD
        + FINE
        + (
            "        name: web\n        status: Stopped\n        internalIp: 192.168.0.77\n"
            "        tags: [{tagKey: team, tagValue: one}]\n"
        )
    )
    cloud = seeded(tmp_path, text)

    instance = cloud.instance("i-mine0001")

    assert (instance["name"], instance["status"], instance["internalIp"]) == ("web", "Stopped", "192.168.0.77")
    assert instance["tags"] == [{"tagKey": "team", "tagValue": "one"}]
    assert [volume["type"] for volume in instance["volumes"]] == ["System"]


def test_a_seed_may_be_json_and_bring_facts_and_keys(tmp_path):
    cloud = seeded(
        tmp_path,
        '{"accounts": {"mine": {"secretAccessKey": "a secret of mine", "facts": {"realNameVerified": false}}}}',
    )
    cloud.access_key, cloud.secret_key = "mine", "a secret of mine"

    reply = cloud.call("POST", "/v2/instanceBySpec", {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9"})

    assert (reply.status, reply.code) == (403, "QualifyNotPass")


def test_a_reset_plants_the_seed_again(tmp_path):
    cloud = seeded(tmp_path, HEAD + FINE)
    cloud.ok("DELETE", "/v2/instance/i-mine0001")

    cloud.emulator.reset("test")

    assert cloud.status("i-mine0001") == "Running"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- a\n", 1, "a seed is a mapping 'accounts'"),
        ("accounts:\n  test:\n    instance: []\n", 3, "'instance' is nothing an account has"),
        ("accounts:\n  test:\n    instances: {}\n", 3, "instances is a list"),
        ("accounts:\n  test:\n    region: mars\n", 3, "region is one of bj"),
        ("accounts:\n  test:\n    facts: {luck: 1}\n", 3, "no fact is called 'luck'"),
        (HEAD + "      - spec: bcc.g5.c2m8\n", 4, "imageId: Field required"),
        (HEAD + FINE.replace("spec:", "spek:"), 5, "'spek' is no member"),
        (HEAD + FINE.replace("g5.c2m8", "g99.c1m1"), 5, "spec is none of those on offer (BadRequest)"),
        (HEAD + FINE + "        status: Asleep\n", 7, "status is one of"),
        (HEAD + FINE + "        internalIp: 10.9.9.9\n", 4, "10.9.9.9 is not a free address"),
        (HEAD + FINE + FINE, 7, "there is an instance i-mine0001 already"),
    ],
)
def test_a_seed_that_does_not_fit_is_refused_with_file_line_and_reason(tmp_path, text, line, reason):
    with pytest.raises(SettingError) as error:
        seeded(tmp_path, text)

    assert f"seed.yaml, line {line}: " in str(error.value)
    assert reason in str(error.value)


@pytest.mark.parametrize("text", ["accounts: [", "a: b: c", "\t"])
def test_a_seed_that_is_no_yaml_is_refused(tmp_path, text):
    with pytest.raises(SettingError, match="seed.yaml"):
        seeded(tmp_path, text)


def test_a_seed_that_is_not_there_is_refused():
    with pytest.raises(SettingError, match="No such file"):
        Cloud(seed="nowhere.yaml")
