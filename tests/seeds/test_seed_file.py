"""Seed files, and what is wrong with some."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from bce_emulator.engine.persist.export_text import export
from bce_emulator.engine.persist.state_snapshot import dump
from bce_emulator.engine.steps import at_once
from bce_emulator.seeds.sections import SECTIONS
from bce_emulator.settings import SettingError
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


def test_a_seed_has_bare_metal(tmp_path):
    server = "flavorId: BBC-I1-01, raidId: raid-c7Tq2WnB, imageId: m-d6RzP1eT, desc: of a seed, status: Stopped"
    cloud = seeded(
        tmp_path,
        f"""accounts:
  test:
    serverImages:
      - {{id: m-metal001, imageName: golden, instanceId: i-metal001}}
    servers:
      - {{id: i-metal001, deploySetId: dset-metal001, {server}}}
    serverDeploySets:
      - {{id: dset-metal001, strategy: TOR_HA, concurrency: 1}}
""",
    )
    cloud.host = "bbc.bj.localhost:8080"

    shown = cloud.ok("GET", "/v1/instance/i-metal001")

    assert (shown["status"], shown["desc"], shown["deploysetId"]) == ("Stopped", "of a seed", "dset-metal001")
    assert cloud.ok("GET", "/v1/image/m-metal001")["image"]["status"] == "Available"


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
        ("accounts:\n  test:\n    facts: {luck: 1}\n", 3, "no setting is called 'luck'"),
        (HEAD + "      - spec: bcc.g5.c2m8\n", 4, "imageId: Field required"),
        (HEAD + FINE.replace("spec:", "spek:"), 5, "'spek' is no member"),
        (HEAD + FINE.replace("g5.c2m8", "g99.c1m1"), 5, "spec is one of 33, not 'bcc.g99.c1m1'"),
        (HEAD + FINE + "        status: Asleep\n", 7, "status is one of"),
        (HEAD + FINE + "        internalIp: 10.9.9.9\n", 4, "10.9.9.9 is no address that 192.168.0.0/20 has to give"),
        (HEAD + FINE + FINE, 7, "id i-mine0001 is there already"),
        ('accounts:\n  "a/b": {}\n', 2, "an access key is 1 to 128 letters"),
    ],
)
def test_a_seed_that_does_not_fit_is_refused_with_file_line_and_reason(tmp_path, text, line, reason):
    with pytest.raises(SettingError) as error:
        seeded(tmp_path, text)

    assert f"seed.yaml, line {line}: " in str(error.value)
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("accounts:\n  test:\n    facts: [quota]\n", 3, "facts is a mapping"),
        ("accounts:\n  test:\n    facts: {1: 2}\n", 3, "facts is a mapping from names"),
        (f"accounts:\n  test:\n    facts: {{keypairQuota: 0x{'f' * 5000}}}\n", 3, "at most 9007199254740991"),
        ("accounts:\n  test:\n    region: [bj]\n", 3, "region is one of bj"),
        ("accounts:\n  test:\n    secretAccessKey: 12345\n", 3, "secretAccessKey is text in one line, in quotes"),
        ("accounts:\n  test:\n    secretAccessKey: ''\n", 3, "secretAccessKey is text in one line"),
        ("accounts:\n  test:\n    region: 2026-02-31\n", 3, "this is no timestamp that can be read"),
        ("accounts:\n  test:\n    region: 2026-01-01T99:00:00Z\n", 3, "this is no timestamp that can be read"),
        ("accounts:\n  test:\n    region: !!timestamp today\n", 3, "this is no timestamp that can be read"),
        (f"accounts:\n  test:\n    region: {'9' * 5000}\n", 3, "this is no int that can be read"),
        ("accounts:\n  test:\n    region: !!int ''\n", 3, "this is no int that can be read"),
        ("accounts:\n  test:\n    region: !!bool maybe\n", 3, "this is no bool that can be read"),
        pytest.param(
            f"accounts: {'[' * 5000}{']' * 5000}", None, "the file is nested too deep", marks=pytest.mark.slow
        ),
        pytest.param(
            f"accounts: {'{a: ' * 5000}b{'}' * 5000}", None, "the file is nested too deep", marks=pytest.mark.slow
        ),
    ],
)
def test_what_yaml_makes_of_a_value_is_refused_in_one_sentence(tmp_path, text, line, reason):
    with pytest.raises(SettingError) as error:
        seeded(tmp_path, text)

    told = str(error.value)
    assert told.startswith(f"--seed {tmp_path}/seed.yaml")
    assert line is None or f"line {line}" in told
    assert reason in told
    assert "\n" not in told
    assert len(told) < 500


@pytest.mark.parametrize("text", ["accounts: [", "a: b: c", "\t", ""])
def test_a_seed_that_is_no_yaml_is_refused(tmp_path, text):
    with pytest.raises(SettingError, match="seed.yaml"):
        seeded(tmp_path, text)


def test_a_seed_that_is_not_there_is_refused():
    with pytest.raises(SettingError, match="No such file"):
        Cloud(seed="nowhere.yaml")


DOCUMENT = Path(__file__).parents[2] / "docs" / "seed-files.md"


@pytest.fixture
def documented(tmp_path) -> Cloud:
    """The resources of the documentation's example."""
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    return seeded(tmp_path, example)


def test_the_documented_example_hangs_together(documented):
    instance = documented.instance("i-web00001")

    assert (instance["status"], instance["vpcId"], instance["subnetId"]) == ("Running", "vpc-web", "sbn-front")
    assert (instance["internalIp"], instance["imageId"]) == ("10.0.1.10", "m-golden")
    assert [volume["volumeId"] for volume in instance["volumes"] if volume["type"] != "System"] == ["v-data0001"]
    assert documented.status("i-old00001") == "Stopped"
    assert documented.ok("GET", "/v2/volume/v-data0001")["volume"]["status"] == "InUse"
    assert documented.ok("GET", "/v2/image/m-golden")["image"]["status"] == "Available"
    assert documented.ok("GET", "/v2/keypair/k-laptop")["keypair"]["name"] == "laptop"
    assert documented.ok("GET", "/v1/vpc/vpc-web")["vpc"]["subnets"][0]["subnetId"] == "sbn-front"


def test_the_calls_of_the_documented_example_were_made(documented):
    (eip,) = documented.ok("GET", "/v1/eip")["eipList"]
    card = documented.ok("GET", "/v1/eni/eni-card00000001")
    balancer = documented.ok("GET", "/v1/blb/lb-front0001")
    backends = documented.ok("GET", "/v1/blb/lb-front0001/backendserver")["backendServerList"]

    assert (eip["eipId"], eip["status"], eip["instanceId"]) == ("ip-front001", "binded", "i-web00001")
    assert documented.instance("i-web00001")["publicIp"] == eip["eip"]
    assert (card["status"], card["instanceId"]) == ("inuse", "i-web00001")
    assert (balancer["status"], [each["port"] for each in balancer["listener"]]) == ("available", ["80"])
    assert [each["instanceId"] for each in backends] == ["i-web00001"]


def test_seeded_resources_are_at_rest(documented):
    assert at_once(documented.clock.until_idle(1_000)) == []


def test_a_seed_is_the_same_after_a_reset(documented):
    before = dump(export(documented.account.account))

    documented.emulator.reset("test")
    documented.clock.freeze()

    assert dump(export(documented.account.account)) == before


def test_every_section_is_documented_and_in_the_example(documented):
    text = DOCUMENT.read_text()

    assert all(f"| `{name}` |" in text and f"    {name}:" in text for name in SECTIONS)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_resource_of_any_section_without_an_id_gets_one_that_is_the_same_in_every_run(name, tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    tree = yaml.safe_load(example)
    wanted = tree["accounts"]["test"][name][-1].pop("id")
    text = json.dumps({"accounts": {"test": {key: tree["accounts"]["test"][key] for key in upto(name)}}})

    created = [[each.id for each in seeded(tmp_path, text).account.all(SECTIONS[name].kind)] for _ in range(2)]

    assert created[0] == created[1]
    assert wanted not in created[0]


def upto(name: str) -> list[str]:
    names = list(SECTIONS)
    return names[: names.index(name) + 1]


VOLUME = "accounts:\n  test:\n    volumes:\n      - cdsSizeInGB: 10\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (VOLUME + "        id: d-1\n", 5, "id begins with v-"),
        (VOLUME + "        purchaseCount: 2\n", 4, "an entry is one of its kind"),
        (VOLUME + "        instanceId: i-nowhere1\n", 4, "(NoSuchObject)"),
        (VOLUME + "        status: Lost\n", 5, "status is one of"),
        ("accounts:\n  test:\n    vpcs:\n      - name: web\n        cidr: 1.2.3.4/16\n", 5, "cidr"),
        ("accounts:\n  test:\n    keypairs:\n      - name: mine\n        publicKey: none\n", 4, "a public key begins"),
        ("accounts:\n  test:\n    subnets:\n      - sbn-1\n", 4, "this is not a mapping"),
    ],
)
def test_a_section_that_does_not_fit_is_refused_with_line_and_reason(tmp_path, text, line, reason):
    with pytest.raises(SettingError) as error:
        seeded(tmp_path, text)

    assert f"seed.yaml, line {line}: " in str(error.value), error.value
    assert reason in str(error.value)
