"""The commands: what each refuses in one line, and a whole run of them."""

from __future__ import annotations

import gc
import json
import re
import time
from pathlib import Path

import pytest

from bce_emulator.app import Application
from bce_emulator.cloud import Emulator
from bce_emulator.fidelity.compare import compare
from bce_emulator.fidelity.exchange import read_recording
from bce_emulator.fidelity.replay import Replayer
from bce_emulator.settings import Settings
from bce_emulator.testing.account import Control, Keys, TestAccount
from tests.cloud import MADE
from tests.fidelity.network import REAL, on_a_socket, proxy, recorded_world
from tests.fidelity.tls import certificates
from tests.process import run

KEYS = ("--ak", "ALTAKreal", "--sk", "0123456789abcdef")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["record"], "required: --to"),
        (["record", "--to", "{}/a"], "only with keys that are given for it"),
        (["record", "--to", "{}/a", "--ak", "x"], "only with keys that are given for it"),
        (["record", "--to", "{}/a", "--ak", "a/b", "--sk", KEYS[3]], "--ak has no slash"),
        (["record", "--to", "{}/a", "--ak", "x", "--sk", "short"], "at least 16 characters"),
        (["record", "--to", "{}/a", "--ak", "é", "--sk", KEYS[3]], "--ak is ASCII"),
        (["record", "--to", "{}/a", *KEYS, "--host", "0.0.0.0"], "give --credentials"),
        (["record", "--to", "{}/a", *KEYS, "--allow", "ListInstance"], "did you mean"),
        (["record", "--to", "{}/a", *KEYS, "--allow", "CreateVpc"], "wants --allow-writes too"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "http://x.invalid"], "unless it is this machine"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "x.invalid:1"], "such as https://127.0.0.1:8443"),
        (["record", "--to", "{}/a", *KEYS, "--upstream", "https://x:y"], "such as https://127.0.0.1:8443"),
        (["record", "--to", "{}/a", *KEYS, "--upstream-ca", "{}/no"], "--upstream-ca"),
        (["record", "--to", "{}/no/a", *KEYS], "No such file"),
        (["record", "--to", "{}/there", *KEYS], "is there already"),
        (["record", "--to", "{}/no/a", "--keep-secrets", *KEYS], "No such file"),
        (["compare"], "required: FILE"),
        (["compare", "{}/none"], "No such file"),
        (["compare", "{}/there"], "is no exchange of a recording"),
        (["compare", "{}/none", "--fail-on", "stati"], "did you mean status?"),
        (["compare", "{}/none", "--fail-on", ""], "--fail-on is names with commas between them"),
        (["compare", "{}/none", "--fail-on", "status,,code"], "one of 'status,,code' is empty"),
        (["compare", "{}/none", "--known", "{}/unmet"], "line 1: 'bcc.ListZone' is no operation; did you mean"),
        (["record", "--to", "{}/a", *KEYS, "--allow", ","], "--allow is names with commas between them"),
        (["compare", "{}/none", "--known", "{}/none"], "--known"),
        (["compare", "{}/none", "--known", "{}/there"], "line 1: an entry is"),
        (["compare", "{}/none", "--known", "{}/twice"], "line 3 is there twice"),
        (["compare", "{}/none", "--known", "{}/latin"], "it is not UTF-8"),
        (["replay"], "required: FILE"),
        (["replay", "{}/none"], "No such file"),
        (["replay", "{}/there", "--host", "0.0.0.0"], "give --credentials"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(arguments, said, tmp_path):
    (tmp_path / "there").write_text("x")
    (tmp_path / "twice").write_text("# ours\n" + "bcc.ListZones items zones[]  # why\n" * 2)
    (tmp_path / "unmet").write_text("bcc.ListZone items zones[]  # why\n")
    (tmp_path / "latin").write_bytes(b"\xe9")

    done = run(*(each.format(tmp_path) for each in arguments), environment={"BCE_EMULATOR_PORT": "0"})

    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert said in done.stderr
    assert KEYS[3] not in done.stderr


def test_the_real_secret_can_be_in_a_file(tmp_path):
    (tmp_path / "sk").write_text("short\n")
    environment = {"BCE_EMULATOR_RECORD_AK": "x", "BCE_EMULATOR_RECORD_SK_FILE": str(tmp_path / "sk")}

    assert "at least 16" in run("record", "--to", str(tmp_path / "a"), environment=environment).stderr
    environment["BCE_EMULATOR_RECORD_SK"] = "y"
    assert "exclude each other" in run("record", "--to", str(tmp_path / "a"), environment=environment).stderr


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A recording of a cloud that has another zone, and a name that is none of a page's business."""
    path = tmp_path / "recording.jsonl"
    with recorded_world(path) as world:
        world.deviating.change = lambda _, status, body: (
            status,
            {"zones": [*body["zones"], {"zoneName": "<script>alert(1)</script>"}]},
        )
        world.ok("GET", "/v2/zone")
    return path


ENTRY = "bcc.ListZones items zones[]"


def test_the_exit_status_says_whether_something_differs_that_nobody_knew(recording, tmp_path):
    known = tmp_path / "known.txt"
    found = run("compare", str(recording))
    assert (found.returncode, found.stdout.count("<script>")) == (0, 1)
    assert "1 differences in 1 operations" in found.stdout

    assert run("compare", str(recording), "--fail-on", "items").returncode == 1
    assert run("compare", str(recording), "--fail-on", "status,code").returncode == 0
    assert run("compare", str(recording), "--fail-on", "any").returncode == 1
    known.write_text(f"{ENTRY}  # zones of a region differ\n")
    assert run("compare", str(recording), "--fail-on", "any", "--known", str(known)).returncode == 0
    known.write_text(
        known.read_text()
        + "bcc.ListZones missing zones[].x  # gone\nbcc.GetInstance code A->NoSuchObject  # not asked\n"
    )
    stale = run("compare", str(recording), "--known", str(known))
    assert stale.returncode == 1
    assert "--known has what no longer occurs, take it out: bcc.ListZones missing zones[].x\n" in stale.stdout
    assert "GetInstance" not in stale.stdout


def test_a_report_is_json_or_a_page_that_shows_what_it_has_as_text(recording, tmp_path):
    report = json.loads(run("compare", str(recording), "--format", "json").stdout)
    page = tmp_path / "report.html"
    done = run("compare", str(recording), "--format", "html", "--to", str(page))

    assert [(each["entry"], each["known"], each["line"]) for each in report["differences"]] == [(ENTRY, False, 1)]
    assert report["played"] == {"bcc.ListZones": 1}
    assert "1 exchanges of 1 operations played" in done.stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.read_text()
    assert not re.search(r"<script|https?://|src=|href=|@import", page.read_text())
    assert run("compare", str(recording), "--to", str(tmp_path / "no" / "x")).returncode == 2


def test_exchanges_that_are_not_judged_can_fail_too(recording):
    row = json.loads(recording.read_text())
    recording.write_text(json.dumps(row | {"status": 500}) + "\n")

    assert run("compare", str(recording), "--fail-on", "any").returncode == 0
    unjudged = run("compare", str(recording), "--fail-on", "unjudged")
    assert (unjudged.returncode, "line 1, bcc.ListZones was not judged: the cloud failed" in unjudged.stdout) == (
        1,
        True,
    )


@pytest.mark.slow
def test_the_commands_record_and_replay_in_processes_of_their_own(tmp_path, monkeypatch):
    path = str(tmp_path / "recording.jsonl")
    monkeypatch.setenv("BCE_EMULATOR_RECORD_SK", REAL.secret_key)
    cloud = Emulator(Settings(credentials=":".join(REAL[:2])))
    MADE.append(cloud)
    with (
        on_a_socket(Application(cloud)) as port,
        proxy("record", "--to", path, "--ak", REAL.access_key, "--upstream", f"http://127.0.0.1:{port}") as account,
    ):
        recorded = account.call("GET", "/v2/zone")
        refused = account.call("POST", "/v1/vpc", {"name": "a", "cidr": "10.0.0.0/16"})
    with proxy("replay", path) as account:
        assert account.call("GET", "/v2/zone") == recorded
        assert account.call("GET", "/v2/image").status == 404

    assert (recorded.status, refused.status, refused.body["code"]) == (200, 403, "OperationNotAllowed")
    assert run("compare", path, "--fail-on", "any,unjudged").returncode == 0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the SDK never closes a connection
def test_the_python_sdk_records_over_tls_and_replays_what_it_recorded(tmp_path):
    path = tmp_path / "recording.jsonl"
    wall = time.time
    with recorded_world(path, tls=certificates(tmp_path), wall=wall) as world, on_a_socket(world.recorder) as port:
        recorded = walk(port)
    here = Emulator(Settings(control="off"))
    MADE.append(here)
    with on_a_socket(Replayer(here, read_recording(path))) as port:
        assert walk(port) == recorded

    operations = [row["operation"] for row in map(json.loads, path.read_text().splitlines())]
    assert operations == ["vpc.CreateVpc", "vpc.QueryVpcList", "bcc.CreateInstanceBySpec", "bcc.GetInstance"]
    assert not any(secret in path.read_text() for secret in (REAL.secret_key, REAL.access_key, "Passw0rd!x"))
    assert list(compare(read_recording(path)).differences) == []
    gc.collect()


def walk(port: int) -> list[str]:
    """What a user of the SDK does, and sees of it."""
    account = TestAccount(Control(f"http://127.0.0.1:{port}"), Keys("test", "bce-emulator-secret-key"))
    vpc = account.vpc_client().create_vpc("web", "10.0.0.0/16").vpc_id
    listed = [each.vpc_id for each in account.vpc_client().list_vpcs().vpcs]
    made = account.bcc_client().create_instance_by_spec("bcc.g5.c2m8", "m-z2UUQHH9", admin_pass="Passw0rd!x")
    shown = account.bcc_client().get_instance(made.instance_ids[0]).instance
    return [vpc, *listed, shown.id, shown.status]
