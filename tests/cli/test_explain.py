"""bce-emulator explain, against a server process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.process import serving


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def explain(server, request_id: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "bce_emulator", "explain", request_id, "--endpoint", server.endpoint]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


def ask(server, signed_host: str) -> str:
    """The id of a request whose signature is over another host."""
    date = iso(time.time())
    string = authorize("GET", signed_host, "/v2/zone", "", date, "test", DEFAULT_SECRET_KEY)
    request = urllib.request.Request(
        f"{server.endpoint}/v2/zone", headers={"x-bce-date": date, "Authorization": string}
    )
    try:
        with urllib.request.urlopen(request) as response:
            return response.headers["x-bce-request-id"]
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error)["requestId"]


def test_it_says_what_was_wrong_and_shows_both_in_two_columns(server):
    request_id = ask(server, "127.0.0.1")

    done = explain(server, request_id)

    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")
    assert lines[0] == f"{request_id}: GET /v2/zone was refused with SignatureDoesNotMatch"
    assert "  mistake  host_without_port" in lines
    differing = [line.split() for line in lines if line.startswith("!")]
    assert differing == [["!", "header", f"host:127.0.0.1%3A{server.port}", "host:127.0.0.1"]]
    assert "{" not in done.stdout
    assert DEFAULT_SECRET_KEY not in done.stdout


@pytest.mark.parametrize("request_id", ["nobody", "no body?", None])
def test_it_says_so_if_there_is_nothing_to_explain(server, request_id):
    done = explain(server, request_id or ask(server, f"127.0.0.1:{server.port}"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "was not refused for its signature" in done.stderr or "has no request" in done.stderr
