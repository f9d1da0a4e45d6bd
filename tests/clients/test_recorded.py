"""A Go program of the official SDK is recorded over TLS; what it recorded does not differ, and is enough to run it again."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bce_emulator.cloud import Emulator
from bce_emulator.fidelity.compare import compare
from bce_emulator.fidelity.exchange import read_recording
from bce_emulator.fidelity.gate import Gate
from bce_emulator.fidelity.record import Recorder
from bce_emulator.fidelity.secrets_table import SecretsTable
from bce_emulator.fidelity.upstream import RealKeys, Upstream
from bce_emulator.settings import DEFAULT_SECRET_KEY, Settings
from bce_emulator.testing.server import Server
from tests.clients.table import CLIENTS
from tests.examples.packages import leave_out
from tests.fidelity.network import on_a_socket, proxy
from tests.fidelity.tls import certificates

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("go1")]
ACCOUNT = "test-recorded"
SCENARIOS = [
    "credentials-right", "credentials-wrong-secret", "create-by-spec", "wait-until-running", "read-back-typed",
    "reboot-accepted", "stop-start", "resize", "volumes", "keypairs", "security-groups", "subnets", "batch",
]  # fmt: skip
LOOKS_AT_ADDRESSES = {"subnets"}
"""It expects an address of the range that it asked for, and a recording has others in their place."""


def ended(command: list[str], endpoint: str, control: str) -> list[dict[str, Any]]:
    """How each scenario of a program ended that ran against an endpoint."""
    environment = os.environ | {
        "BCE_ENDPOINT": endpoint,
        "BCE_ACCESS_KEY": ACCOUNT,
        "BCE_SECRET_KEY": DEFAULT_SECRET_KEY,
        "BCE_CONTROL": f"{control}/_emulator",
    }
    ran = subprocess.run([*command, *SCENARIOS], env=environment, capture_output=True, text=True, timeout=300)
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith('{"')]


def test_the_go_sdk_is_recorded_and_nothing_differs_and_it_ends_the_same_where_that_is_replayed(tmp_path: Path):
    client = CLIENTS["go1"]
    if client.missing:
        leave_out(f"{client.name}: {', '.join(client.missing)} is not installed")
    command, path, tls = client.prepare(client), tmp_path / "recording.jsonl", certificates(tmp_path)
    here = Emulator(Settings(control="off"))
    with Server(pace="realistic", signature_time="ignore") as cloud:
        clock = cloud.emulator.accounts.open(ACCOUNT).clock
        clock.freeze()
        keys = RealKeys(ACCOUNT, DEFAULT_SECRET_KEY)
        application = cloud._server.config.loaded_app
        with on_a_socket(application, ssl_certfile=tls.certificate, ssl_keyfile=tls.key) as secured:
            upstream = Upstream(keys, f"https://127.0.0.1:{secured}", str(tls.authority))
            recorder = Recorder(here, upstream, Gate(allow_writes=True), SecretsTable(), path, keys, clock.now)
            with on_a_socket(recorder) as port:
                recorded = ended(command, f"http://127.0.0.1:{port}", cloud.endpoint)
            recorder.close()
        with proxy("replay", str(path)) as account:
            replayed = ended(command, account.endpoint, cloud.endpoint)
    here.close()

    assert [each["scenario"] for each in recorded] == SCENARIOS
    assert [each for each in recorded if each.get("ok") is not True] == []
    assert {each["scenario"] for each in replayed if each not in recorded} == LOOKS_AT_ADDRESSES
    assert [each["scenario"] for each in replayed] == SCENARIOS
    comparison = compare(read_recording(path))
    assert [each.key for each in comparison.differences] == []
    assert (comparison.not_judged, comparison.not_made) == ([], [])
    assert sum(comparison.played.values()) > 50
    assert DEFAULT_SECRET_KEY not in path.read_text()
