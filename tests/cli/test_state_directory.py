"""``serve --state``: a real process, killed in the middle of its work."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.persist.store_file import COUNT, FILE
from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.cloud import LINUX, SPEC
from tests.process import Running, serving

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


class Client:
    """Calls over one connection."""

    def __init__(self, server: Running) -> None:
        self.host = f"127.0.0.1:{server.port}"
        self.connection = http.client.HTTPConnection(self.host, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def call(self, method: str, target: str, body: dict | None = None) -> dict:
        path, _, query = target.partition("?")
        date = iso(time.time())
        headers = {
            "x-bce-date": date,
            "authorization": authorize(method, self.host, path, query, date, "test", DEFAULT_SECRET_KEY),
        }
        self.connection.request(method, target, json.dumps(body) if body is not None else None, headers)
        return json.load(self.connection.getresponse())

    def instances(self) -> set[str]:
        found, marker = set(), ""
        while True:
            page = self.call("GET", f"/v2/instance?maxKeys=1000{marker}")
            found |= {instance["id"] for instance in page["instances"]}
            if not page["isTruncated"]:
                return found
            marker = f"&marker={page['nextMarker']}"


@pytest.mark.sweep(2)
@pytest.mark.parametrize("after", [5, 60])
def test_every_acknowledged_instance_survives_a_kill(tmp_path, after):
    options = ("--state", str(tmp_path), "--pace", "instant")
    acknowledged: list[str] = []
    enough = threading.Event()

    def create(server: Running) -> None:
        with Client(server) as client:
            try:
                while True:
                    acknowledged.extend(client.call("POST", "/v2/instanceBySpec", ORDER)["instanceIds"])
                    if len(acknowledged) >= after:
                        enough.set()
            except (OSError, http.client.HTTPException, ValueError):
                enough.set()

    with serving(*options) as server:
        streams = [threading.Thread(target=create, args=[server]) for _ in range(2)]
        for stream in streams:
            stream.start()
        assert enough.wait(30)
        server.process.kill()
        server.process.wait()
        for stream in streams:
            stream.join(30)

    with serving(*options) as server, Client(server) as client:
        found = client.instances()

    assert len(acknowledged) >= after
    assert set(acknowledged) <= found
    assert len(found) <= len(acknowledged) + len(streams)


@pytest.mark.slow
def test_a_stopped_server_leaves_no_log_and_goes_on_from_it(tmp_path):
    with serving("--state", str(tmp_path)) as server, Client(server) as client:
        instance = client.call("POST", "/v2/instanceBySpec", ORDER)["instanceIds"][0]

    assert sorted(file.name for file in tmp_path.iterdir()) == [FILE, COUNT]
    with serving("--state", str(tmp_path)) as server, Client(server) as client:
        assert client.instances() == {instance}


def serve(directory: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "bce_emulator", "serve", "--port", "0", "--state", str(directory)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


@pytest.mark.slow
def test_a_directory_in_use_is_one_clear_line_and_status_2(tmp_path):
    with serving("--state", str(tmp_path)):
        done = serve(tmp_path)

    line = f"bce-emulator: --state {tmp_path}: {FILE} is in use by another process\n"
    assert (done.returncode, done.stderr) == (2, line)


def test_a_damaged_file_is_one_clear_line_and_status_2(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database at all" * 1_000)

    done = serve(tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(f"bce-emulator: --state {tmp_path}: {FILE} is damaged (")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / FILE).read_bytes() == b"no database at all" * 1_000


def test_the_variable_of_the_environment_names_the_directory_too(tmp_path):
    with serving(environment={"BCE_EMULATOR_STATE": str(tmp_path)}):
        pass

    assert (tmp_path / FILE).exists()
