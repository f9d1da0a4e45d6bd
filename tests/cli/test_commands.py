"""The other commands."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import urllib.request

import pytest
from tests.process import serving

from bce_emulator import __version__
from bce_emulator.cli.sign import authorize
from bce_emulator.settings import DEFAULT_SECRET_KEY


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bce_emulator", *arguments], capture_output=True, text=True, timeout=30
    )


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)


@pytest.fixture(scope="module")
def server():
    with serving("--seed", "example") as server:
        yield server


def test_version():
    assert run("--version").stdout == f"bce-emulator {__version__}\n"


def test_without_a_command_it_helps():
    done = run()

    assert done.returncode == 2
    for command in ("serve", "env", "sign", "explain", "health", "operations"):
        assert command in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dance"], "invalid choice: 'dance'"),
        (["serve", "--port"], "argument --port: expected one argument"),
        (["env", "--for", "ruby"], "invalid choice: 'ruby'"),
        (["sign"], "required: method, url"),
    ],
)
def test_what_cannot_be_understood_is_one_clear_line_and_status_2(arguments, said):
    done = run(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("bce-emulator")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("client", [None, "python", "go", "java", "node", "terraform"])
def test_env_prints_only_what_a_shell_can_read(client):
    done = run("env", *(["--for", client] if client else []))

    shell = subprocess.run(["sh", "-euc", done.stdout + "\nenv"], capture_output=True, text=True)

    assert shell.returncode == 0
    assert "http://127.0.0.1:8080" in shell.stdout


def test_sign_prints_a_curl_command_that_works(server):
    printed = run("sign", "PUT", f"{server.endpoint}/v2/instance/i-YufwpQAe?reboot", "--data", '{"forceStop": false}')

    words = shlex.split(printed.stdout)
    response = subprocess.run(words, capture_output=True, text=True)

    assert words[0] == "curl"
    assert '"failedInstanceIdList":[]' in response.stdout


@pytest.mark.parametrize("target", ["/v2/instance/./zone", "/v2/zone?name={a,b}[1-3]", "/v2/instance/%7Bx%7D", "?a"])
def test_sign_prints_a_command_that_sends_what_it_is_given(server, tmp_path, target):
    body = '{"a":\n "b"}'
    (tmp_path / "body.json").write_text(body)
    for data in (body, f"@{tmp_path / 'body.json'}"):
        words = shlex.split(run("sign", "PUT", server.endpoint + target, "--data", data).stdout)
        response = json.loads(subprocess.run(words, capture_output=True, text=True).stdout)
        sent = get(f"{server.endpoint}/_emulator/requests/{response['requestId']}")["request"]

        assert response["code"] != "SignatureDoesNotMatch"
        assert sent["path"].removesuffix("/") + (f"?{sent['query']}" if sent["query"] else "") == target
        assert sent["body"] == json.loads(body)


@pytest.mark.parametrize("url", ["http://localhost:80/v2/zone", "https://localhost:443/v2/zone"])
def test_the_default_port_is_signed_as_curl_sends_it(url):
    string = run("sign", "GET", url).stdout.split("Authorization: ")[1].split("'")[0]

    date = string.split("/")[2]
    assert string == authorize("GET", "localhost", "/v2/zone", "", date, "test", DEFAULT_SECRET_KEY)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "foo",
        "v2/zone",
        "localhost:8080/v2/zone",
        "/v2/a b",
        "/v2/实例",
        "/v2#x",
        "",
        "http://a@b/",
        "http://[",
    ],
)
def test_sign_refuses_what_is_no_url(url):
    done = run("sign", "GET", url)

    assert (done.returncode, done.stdout) == (2, "")
    assert "is neither a path such as /v2/zone nor a URL" in done.stderr


def test_sign_refuses_an_endpoint_that_is_no_url():
    done = run("sign", "GET", "/v2/zone", "--endpoint", "127.0.0.1:8080")

    assert (done.returncode, done.stdout) == (2, "")
    assert "'127.0.0.1:8080/v2/zone' is neither" in done.stderr


def test_sign_refuses_what_is_no_method():
    done = run("sign", "GET /", "/v2/zone")

    assert (done.returncode, done.stderr) == (2, "bce-emulator: 'GET /' is no method such as PUT\n")


def test_a_reader_that_has_seen_enough_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "bce_emulator", "operations"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()

    with process.stderr:
        assert (process.stderr.read(), process.wait(30)) == ("", 128 + 13)


def test_the_admin_token_is_an_option_of_the_commands_that_call_the_control_api():
    with serving("--admin-token", "hunter2") as server:
        without = run("explain", "x", "--endpoint", server.endpoint)
        wanted = run("health", "--endpoint", server.endpoint, "--admin-token", "hunter2")

    assert (wanted.returncode, wanted.stdout) == (0, "ready\n")
    assert without.returncode == 1
    assert without.stderr.endswith("; give it with --admin-token or BCE_EMULATOR_ADMIN_TOKEN\n")


def test_health_is_0_when_ready(server):
    assert run("health", "--endpoint", server.endpoint).returncode == 0


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "127.0.0.1"])
def test_health_is_1_and_says_why_when_nobody_answers(endpoint):
    done = run("health", "--endpoint", endpoint)

    assert done.returncode == 1
    assert done.stderr.startswith(f"bce-emulator: no emulator answers at {endpoint}")


def test_explain_says_when_a_request_is_unknown(server):
    done = run("explain", "00000000-0000-4000-8000-000000000000", "--endpoint", server.endpoint)

    assert done.returncode == 1
    assert done.stderr.startswith("bce-emulator: ")


def test_operations_lists_what_is_published_and_what_is_emulated():
    lines = run("operations").stdout.splitlines()

    assert any(line.split()[:3] == ["+", "bcc", "RebootInstance"] for line in lines)
    assert any(line.split()[:3] == ["-", "eip", "BindEip"] for line in lines)
    assert lines[-1].endswith("published operations are emulated (+)")
