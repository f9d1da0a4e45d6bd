"""The command ``serve`` as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from tests.process import serving
from tests.raw import exchange

from bce_emulator.cli.serve import is_loopback
from bce_emulator.settings import Settings, collect, option, variable


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bce_emulator", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **(environment or {})},
    )


def get(url: str) -> dict:
    with urllib.request.urlopen(url) as response:
        return json.load(response)


def test_the_banner_says_where_it_is_which_keys_it_knows_and_where_the_control_api_is():
    with serving() as server:
        assert server.banner == (
            f"bce-emulator ready at http://127.0.0.1:{server.port} (access key test, secret key "
            f"bce-emulator-secret-key); control API at http://127.0.0.1:{server.port}/_emulator/\n"
        )
        assert get(f"{server.endpoint}/_emulator/ready") == {"ready": True}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_stops_it_within_a_second_with_status_0(name):
    with serving() as server, socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /v2/zone HTTP/1.1\r\n")

        server.process.send_signal(getattr(signal, name))
        began = time.monotonic()
        status = server.process.wait(timeout=10)

        assert status == 0
        assert time.monotonic() - began < 5


def test_a_secret_key_of_ones_own_is_not_printed():
    with serving("--credentials", "mine:a-secret-of-mine") as server:
        assert "access key mine)" in server.banner
        assert "a-secret-of-mine" not in server.banner


def test_a_port_in_use_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = run("serve", "--port", str(port))

    assert done.returncode == 2
    assert done.stderr == f"bce-emulator: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--pace", "fast"], "--pace is instant, quick, realistic or a factor from 0 on, not 'fast'"),
        (["--pace=-1"], "--pace is instant, quick, realistic or a factor from 0 on, not '-1'"),
        (["--auth", "maybe"], "--auth is one of verify, off, not 'maybe'"),
        (["--port", "http"], "--port is a whole number from 0 to 65535, not 'http'"),
        (["--port", "70000"], "--port is a whole number from 0 to 65535, not '70000'"),
        (["--port", "-1"], "--port is a whole number from 0 to 65535, not '-1'"),
        (["--max-body-bytes", "0"], "--max-body-bytes is a whole number from 1 to 1073741824, not '0'"),
        (["--credentials", "only-a-key"], "--credentials is AK:SK[:SESSION_TOKEN], several joined by commas"),
        (["--credentials", ","], "--credentials is AK:SK[:SESSION_TOKEN], several joined by commas"),
        (["--credentials", "*:b"], "--credentials: an access key is 1 to 128 letters, digits, hyphens, dots and"),
        (["--credentials", "a/b:c"], "--credentials: an access key is 1 to 128 letters, digits, hyphens, dots and"),
        (["--credentials", "a:b,a:c"], "--credentials names the access key a twice"),
        (["--workers", "2"], "unknown argument --workers; see bce-emulator serve --help"),
        (["--region", "mars"], "--region is one of bj, gz, su, bd, hkg, fwh, not 'mars'"),
        (["--prot", "1"], "unknown argument --prot; did you mean --port? see bce-emulator serve --help"),
        (["--pace"], "argument --pace: expected one argument; see bce-emulator serve --help"),
        (["--seed", "nowhere.yaml"], "--seed nowhere.yaml: No such file or directory"),
        (["--host", "not a host"], "cannot listen on not a host:0:"),
    ],
)
def test_a_bad_option_is_one_clear_line_and_status_2(arguments, line):
    given = arguments if "--port" in arguments else ["--port", "0", *arguments]

    done = run("serve", *given)

    assert done.returncode == 2
    assert done.stderr.startswith(f"bce-emulator: {line}")
    assert done.stderr.count("\n") == 1


def test_a_variable_of_the_environment_is_named_when_it_is_bad():
    done = run("serve", environment={"BCE_EMULATOR_LOG_FORMAT": "xml"})

    assert done.returncode == 2
    assert done.stderr == "bce-emulator: BCE_EMULATOR_LOG_FORMAT is one of text, json, not 'xml'\n"


def test_the_command_line_is_stronger_than_the_environment_and_that_than_the_default():
    environment = {"BCE_EMULATOR_PACE": "realistic", "BCE_EMULATOR_PORT": "1234"}

    settings = collect({"port": "4321"}, environment)

    assert (settings.port, settings.pace, settings.region) == (4321, "realistic", "bj")


@pytest.mark.parametrize("name", list(Settings.__dataclass_fields__))
def test_every_setting_is_an_option_and_a_variable_and_is_told_by_help(name):
    told = " ".join(run("serve", "--help").stdout.split())

    assert option(name) in told
    assert variable(name) in told


def test_listening_for_others_without_a_token_prints_a_warning():
    with serving("--host", "0.0.0.0") as server:
        pass

    assert "listening on 0.0.0.0 without --admin-token" in server.log


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.0.0.2", "::1", "localhost")],
        *[(host, False) for host in ("::", "0.0.0.0", "192.168.1.9", "emulator", "")],
    ],
)
def test_only_an_address_of_this_machine_alone_needs_no_warning(host, alone):
    assert is_loopback(host) is alone


def test_at_the_level_debug_every_request_is_logged_without_its_secrets():
    with serving("--log-level", "debug") as server:
        exchange(server.port, b"GET /v2/zone?adminPass=hunter2 HTTP/1.1\r\nHost: x\r\n\r\n")

    assert "GET '/v2/zone': ListZones answered 403" in server.log
    assert "hunter2" not in server.log
