"""The other commands."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import urllib.request
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper

import pytest

from bce_emulator import __version__
from bce_emulator.cli import sign, wait
from bce_emulator.cli.main import main
from bce_emulator.cli.sign import authorize
from bce_emulator.settings import DEFAULT_SECRET_KEY, SettingError
from tests.process import run, serving


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)


@pytest.fixture(scope="module")
def server():
    with serving("--seed", "example") as server:
        yield server


def test_version():
    command = [sys.executable, "-m", "bce_emulator", "--version"]

    assert subprocess.run(command, capture_output=True, text=True).stdout == f"bce-emulator {__version__}\n"


def test_without_a_command_it_helps():
    done = run()

    assert done.returncode == 2
    for command in ("serve", "env", "sign", "explain", "health", "wait", "operations", "record", "compare", "replay"):
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


def test_env_for_terraform_points_the_whole_provider_here():
    printed = run("env", "--for", "terraform", environment={"BCE_EMULATOR_REGION": "gz"}).stdout

    set_, shown = (
        [line for line in printed.splitlines() if line.startswith(mark)] for mark in ("export ", "# export ")
    )
    assert set_[2:] == ["export BAIDUCLOUD_REGION=gz", "export HTTP_PROXY=http://127.0.0.1:8080"]
    assert {line.split()[2].partition("_ENDPOINT=")[0] for line in shown} == {
        "BCC", "VPC", "ESG", "EIP", "APPBLB", "BLB", "LOCALDNS", "BBC", "VPN", "ENI", "ETGATEWAY", "ET", "HPAS",
        "ResourceManager",
    }  # fmt: skip
    assert {line.split()[3] for line in printed.splitlines() if " = " in line} == {'"http://127.0.0.1:8080"'}


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
    assert "an endpoint is a URL such as http://127.0.0.1:8080, not '127.0.0.1:8080'" in done.stderr


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
        wanted = run("explain", "x", "--endpoint", server.endpoint, "--admin-token", "hunter2")
        probe = run("health", "--endpoint", server.endpoint)

    assert (probe.returncode, probe.stdout) == (0, "ready\n")
    assert (wanted.returncode, "has no request" in wanted.stderr) == (1, True)
    assert without.returncode == 1
    assert without.stderr.endswith("; give it with --admin-token or BCE_EMULATOR_ADMIN_TOKEN\n")


def test_health_is_0_when_ready(server):
    assert run("health", "--endpoint", server.endpoint).returncode == 0


def test_health_is_1_and_says_why_when_nobody_answers():
    done = run("health", "--endpoint", "http://127.0.0.1:9")

    assert done.returncode == 1
    assert done.stderr.startswith("bce-emulator: no emulator answers at http://127.0.0.1:9")


def test_explain_says_when_a_request_is_unknown(server):
    done = run("explain", "00000000-0000-4000-8000-000000000000", "--endpoint", server.endpoint)

    assert done.returncode == 1
    assert done.stderr.startswith("bce-emulator: ")


def test_operations_lists_what_is_published_and_what_is_emulated(missing, capsys):
    assert main(["operations"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:3] == ["+", "bcc", "RebootInstance"] for line in lines)
    assert any(line.split()[:3] == ["-", missing.product, missing.name] for line in lines)
    assert lines[-1].endswith("published operations are emulated (+)")


GIVEN = [
    ["env", "--ak", "{}"], ["env", "--sk", "{}", "--for", "python"], ["env", "--endpoint", "http://{}"],
    ["sign", "PUT", "/v2/zone", "--data", "{}"], ["sign", "PUT", "/v2/zone", "--ak", "{}"],
    ["sign", "PUT", "/v2/zone", "--sk", "{}"], ["sign", "{}", "/v2/zone"], ["sign", "PUT", "/{}"],
    ["sign", "PUT", "/", "--endpoint", "http://{}"], ["explain", "{}"], ["explain", "x", "--admin-token", "{}"],
    ["health", "--endpoint", "http://{}"], ["health", "--endpoint", "http://127.0.0.1:{}"],
    ["serve", "--host", "{}"], ["serve", "--seed", "{}"], ["serve", "--state", "/proc/{}"], ["serve", "--pace", "{}"],
    ["serve", "--region", "{}"], ["serve", "--credentials", "{}:{}"], ["serve", "--credentials", "x"], ["{}"], ["--{}"],
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("text", ["停".encode(), b"x\xff", b"a\nb", "é".encode()], ids=repr)
@pytest.mark.parametrize("arguments", GIVEN, ids=" ".join)
def test_whatever_is_given_is_taken_or_refused_in_a_line(encoding, text, arguments, monkeypatch):
    monkeypatch.setenv("BCE_EMULATOR_PORT", "9")
    given = [argument.encode().replace(b"{}", text) for argument in arguments]

    status, out, err = main_of(given, encoding)

    assert status in {0, 1, 2}
    assert (b"" if status else err, err.count(b"\n")) == (b"", 1 if status else 0)
    assert status or text in out or arguments[0] == "sign"


def main_of(given: list[bytes], encoding: str) -> tuple[int, bytes, bytes]:
    """Exit status and output of a command in this process, as that of an environment with the encoding."""
    out, err = TextIOWrapper(BytesIO(), encoding), TextIOWrapper(BytesIO(), encoding, "backslashreplace")
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([os.fsdecode(argument) for argument in given])
        except SystemExit as end:
            status = end.code
    err.flush()
    return status, out.buffer.getvalue(), err.buffer.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
@pytest.mark.parametrize("data", ['{"desc":"停"}'.encode(), b"\xff\xfe", '{"a":"é😀"}'.encode(), b"a\nb"], ids=repr)
def test_a_signed_command_sends_the_bytes_that_were_given(server, encoding, data):
    command = [sys.executable, "-m", "bce_emulator", "sign", "PUT", f"{server.endpoint}/v2/instance/i?modifyDesc"]
    printed = subprocess.run(
        [*command, "--data", data], env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=True
    )

    words = subprocess.run(["sh", "-c", b"printf '%s\\0' " + printed.stdout], capture_output=True).stdout.split(b"\0")

    assert words[words.index(b"--data-binary") + 1] == data


@pytest.mark.sweep(4)
@pytest.mark.parametrize(
    "arguments", [["--help"], ["serve", "--help"], ["wait", "--help"], ["operations", "--emulated"]], ids=" ".join
)
def test_what_is_printed_does_not_depend_on_the_terminal(arguments):
    command = [sys.executable, "-m", "bce_emulator", *arguments]

    printed = {
        subprocess.run(
            command, capture_output=True, text=True, env=os.environ | {"COLUMNS": columns, "FORCE_COLOR": "1"}
        ).stdout
        for columns in ("40", "200")
    }

    assert len(printed) == 1
    assert "\x1b" not in printed.pop()


@pytest.mark.parametrize("data", [None, '{"a": "it\'s\\n"}', "-x"])
def test_sign_is_wrapped_for_people_and_the_same_to_a_shell(monkeypatch, capsys, data):
    arguments = ["sign", "PUT", "/v2/instance/i-1?reboot", *([f"--data={data}"] if data else [])]
    monkeypatch.setattr(sign.time, "time", lambda: 0.0)
    main(arguments)
    plain = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    main(arguments)

    readable = capsys.readouterr().out
    shell = "curl() { printf '%s\\n' \"$@\"; }\n"
    seen = [subprocess.run(["sh", "-euc", shell + each], capture_output=True, text=True) for each in (plain, readable)]
    assert (plain.count("\n"), readable.count(" \\\n  ") > 2) == (1, True)
    assert seen[0].stdout == seen[1].stdout
    assert seen[0].stdout.split("\n")[-2] == "http://127.0.0.1:8080/v2/instance/i-1?reboot"


def test_wait_is_0_as_soon_as_the_emulator_is_ready(server):
    done = run("wait", "--endpoint", server.endpoint)

    assert (done.returncode, done.stdout) == (0, "ready\n")


def test_wait_asks_again_until_it_is(monkeypatch, capsys):
    asked = [SettingError("nobody"), (503, {"error": "not yet"}), (200, {"ready": True})]
    paused = []

    def ask(*_: object) -> tuple:
        found = asked.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(wait, "ask", ask)
    monkeypatch.setattr(wait.time, "sleep", paused.append)

    status = main(["wait"])

    assert (status, capsys.readouterr().out, paused) == (0, "ready\n", [wait.PAUSE] * 2)


def test_who_waits_no_longer_sees_no_traceback(monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(wait, "ask", interrupt)

    done = run("wait")

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_wait_is_1_after_its_time_and_says_why():
    done = run("wait", "--timeout", "0", "--endpoint", "http://127.0.0.1:9")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "bce-emulator: not ready after 0 seconds: no emulator answers at http://127.0.0.1:9: "
    )


@pytest.mark.parametrize("text", ["soon", "-1", "nan", "1e9"])
def test_wait_refuses_a_time_that_is_none(text):
    done = run("wait", f"--timeout={text}")

    assert (done.returncode, done.stderr) == (
        2,
        f"bce-emulator: --timeout is a number of seconds from 0 to 86400, not '{text}'\n",
    )
