"""The command ``serve`` as a user meets it."""

from __future__ import annotations

import gc
import json
import logging
import signal
import socket
import urllib.request

import pytest

from bce_emulator.cli.serve import is_loopback, spare_collections, warn_if_open
from bce_emulator.engine import steps
from bce_emulator.settings import OTHERS, SettingError, Settings, advertised, collect, option, variable
from bce_emulator.testing import Server
from tests.process import run, serving
from tests.raw import exchange, read_reply


def get(url: str) -> dict:
    with urllib.request.urlopen(url) as response:
        return json.load(response)


def test_the_banner_says_where_it_is_which_keys_it_knows_and_where_the_control_api_is():
    with serving() as server:
        assert server.banner == (
            f"bce-emulator ready at http://127.0.0.1:{server.port} (access key test, secret key "
            f"bce-emulator-secret-key); page and control API at http://127.0.0.1:{server.port}/_emulator/\n"
        )
        assert get(f"{server.endpoint}/_emulator/ready") == {"ready": True}


def test_the_collector_looks_at_young_objects_only(monkeypatch):
    monkeypatch.setattr(steps, "between", steps.between)
    before, kept = gc.get_threshold(), [[]]
    try:
        spare_collections()

        assert gc.get_threshold()[0] == 2_000
        assert not any(each is kept for each in gc.get_objects())
        assert steps.between is gc.freeze
        collected = gc.get_stats()[1]["collections"]
        more = [[] for _ in range(100_000)]
        assert gc.get_stats()[1]["collections"] == collected
        assert len(more) == 100_000
    finally:
        gc.set_threshold(*before)


@pytest.mark.sweep(2)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_stops_it_with_status_0_though_a_connection_is_open(name):
    with serving() as server, socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /v2/zone HTTP/1.1\r\n")

        server.process.send_signal(getattr(signal, name))

        assert server.process.wait(timeout=10) == 0


@pytest.mark.parametrize(
    "text",
    ["10.0.0.1:8080", "Emulator-1:1", "a_b.c.example:65535", "[fd00::1]:8080", "http://a", "https://a.example:8443/"],
)
def test_what_is_advertised_is_where_a_client_can_be_pointed_to(text):
    assert collect({"advertise": text}, {}).advertise == text
    assert advertised(text, "0.0.0.0", 9000) == text


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "127.0.0.1:9000"),
        ("10.0.0.1", "10.0.0.1:9000"),
        ("emulator-1", "emulator-1:9000"),
        ("fd00::1", "[fd00::1]:9000"),
        ("[fd00::1]", "[fd00::1]:9000"),
        ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:9000"),
    ],
)
def test_a_host_alone_is_advertised_with_the_port_where_it_listens_and_ipv6_in_brackets(text, where):
    assert advertised(collect({"advertise": text}, {}).advertise, "127.0.0.1", 9000) == where


def test_by_default_it_advertises_where_it_listens():
    assert advertised("", "::1", 9000) == "[::1]:9000"


@pytest.mark.slow
def test_without_its_database_it_says_what_it_waits_for_and_no_password():
    with serving("--state", "postgresql://user:hidden@127.0.0.1:1/database") as server:
        assert server.banner.startswith(f"bce-emulator waiting at http://127.0.0.1:{server.port} (access key test, ")
        assert "; there is no connection to the database (" in server.banner
        assert "refused" in server.banner

    assert "hidden" not in server.banner + server.log
    assert server.log.count("the session with the database has ended, or cannot begin") == 1


HALF = [
    b"POST /v2/instanceBySpec HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    b"POST /v2/instanceBySpec HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    b"POST /_emulator/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
    b"GET /_emulator/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n\r\nGET /v2/zone HTTP/1.1\r\n",
    b"POST /_emulator/faults HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100\r\n\r\n{",
    b"POST /v2/keypair HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nx: y",
    b"\x00\x01 garbage" * 100_000,
]


@pytest.mark.slow
@pytest.mark.sweep(4)
@pytest.mark.parametrize("half", HALF, ids=lambda half: repr(half[:24]))
def test_a_signal_during_half_a_request_is_no_error(half):
    quiet = serving("--log-requests", "off")
    with quiet as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(half)
        get(f"{server.endpoint}/_emulator/live")

        server.process.send_signal(signal.SIGTERM)
        status = server.process.wait(timeout=10)

    assert status == 0
    assert "Traceback" not in server.log


@pytest.mark.slow
def test_a_body_that_arrives_after_the_signal_is_still_read():
    with serving() as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"POST /_emulator/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{")
        get(f"{server.endpoint}/_emulator/version")  # the first control call may take longer than a shutdown waits
        server.process.send_signal(signal.SIGTERM)
        connection.sendall(b"}")

        assert read_reply(connection).status == 200


def test_the_loggers_of_uvicorn_are_left_as_they_were_found():
    logger, seen = logging.getLogger("uvicorn.access"), logging.NullHandler()
    logged = []
    seen.handle = logged.append
    before = logger.propagate
    logger.addHandler(seen)
    try:
        with Server() as server:
            exchange(server.port, b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n\r\n")
            get(f"{server.endpoint}/_emulator/live")

        assert (logger.handlers, logger.propagate, logged) == ([seen], before, [])
    finally:
        logger.removeHandler(seen)


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
        (["--region", "mars"], "--region is one of bj, gz, su, bd, hkg, fwh, fsh, sin, cd, nj, yq, hb-fsg, not 'mars'"),
        (["--prot", "1"], "unknown argument --prot; did you mean --port? see bce-emulator serve --help"),
        (["--pace"], "argument --pace: expected one argument; see bce-emulator serve --help"),
        (["--seed", "nowhere.yaml"], "--seed nowhere.yaml: No such file or directory"),
        *(
            (
                ["--advertise", text],
                f"--advertise is HOST[:PORT], or a URL with http or https and no path, not {text!r}",
            )
            for text in (
                "a b:80",
                "a:0",
                "a:65536",
                "a:",
                ":80",
                "fd00::12345:8080",
                "[fd00::1",
                "fe80::1%eth0",
                "[12345::]:80",
                "ftp://a",
                "https://",
                "http://a/path",
                "http://user:word@a",
                "bücher.example:80",
                "http://a:1/?",
                "a:80,b:80",
            )
        ),
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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PACE", "fast", "BCE_EMULATOR_PACE is instant, quick, realistic or a factor from 0 on, not 'fast'"),
        ("CREDENTIALS", "key", "BCE_EMULATOR_CREDENTIALS is AK:SK[:SESSION_TOKEN], several joined by commas"),
        ("CREDENTIALS_FILE", __file__, f"BCE_EMULATOR_CREDENTIALS_FILE {__file__}: the file has one line, which is"),
        ("ADMIN_TOKEN_FILE", "/nowhere", "BCE_EMULATOR_ADMIN_TOKEN_FILE /nowhere: No such file or directory"),
        ("REGION", "mars", "BCE_EMULATOR_REGION is one of bj, gz,"),
        ("SEED", "nowhere.yaml", "BCE_EMULATOR_SEED nowhere.yaml: No such file or directory"),
        ("STATE", __file__, f"BCE_EMULATOR_STATE {__file__}: "),
        ("PROT", "1", "there is no variable BCE_EMULATOR_PROT; did you mean BCE_EMULATOR_PORT?"),
        ("ADMIN_TOKENFILE", "x", "there is no variable BCE_EMULATOR_ADMIN_TOKENFILE; did you mean BCE_EMULATOR_ADMIN"),
        ("ZZZ", "1", "there is no variable BCE_EMULATOR_ZZZ\n"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named_by_its_variable(name, value, said):
    done = run("serve", "--port", "0", environment={f"BCE_EMULATOR_{name}": value})

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"bce-emulator: {said}")


def test_a_misspelt_variable_stops_a_client_too():
    done = run("health", environment={"BCE_EMULATOR_ENDPIONT": "http://127.0.0.1:9"})

    assert "there is no variable BCE_EMULATOR_ENDPIONT; did you mean BCE_EMULATOR_ENDPOINT?" in done.stderr
    assert done.returncode != 0


@pytest.mark.parametrize("name", OTHERS)
def test_a_variable_that_others_define_is_no_error(name):
    assert collect({}, {name: "x"}) == Settings()


def test_options_without_a_command_are_those_of_serve():
    done = run("--port", "70000")

    assert (done.returncode, done.stderr) == (
        2,
        "bce-emulator: --port is a whole number from 0 to 65535, not '70000'\n",
    )


@pytest.mark.slow
def test_a_secret_can_be_in_a_file_which_the_commands_read_too(tmp_path):
    (tmp_path / "token").write_text("hunter2\n")
    (tmp_path / "keys").write_text("mine:a-secret-of-mine\n")
    files = {"ADMIN_TOKEN": "token", "CREDENTIALS": "keys"}
    environment = {f"BCE_EMULATOR_{name}_FILE": str(tmp_path / file) for name, file in files.items()}

    with serving("--log-level", "debug", environment=environment) as server:
        refused = run("explain", "x", "--endpoint", server.endpoint)
        let_in = run("explain", "x", "--endpoint", server.endpoint, environment=environment)

    assert "access key mine)" in server.banner
    assert "Bearer" in refused.stderr
    assert "has no request" in let_in.stderr
    assert not [secret for secret in ("hunter2", "a-secret-of-mine") if secret in server.banner + server.log]


def test_a_secret_is_given_once(tmp_path):
    environment = {"BCE_EMULATOR_ADMIN_TOKEN": "a", "BCE_EMULATOR_ADMIN_TOKEN_FILE": str(tmp_path)}

    with pytest.raises(SettingError, match="BCE_EMULATOR_ADMIN_TOKEN and BCE_EMULATOR_ADMIN_TOKEN_FILE exclude each"):
        collect({}, environment)


def test_settings_show_no_secrets():
    shown = repr(collect({"admin_token": "hunter2", "credentials": "mine:hunter3"}, {}))

    assert "hunter" not in shown
    assert "region='bj'" in shown


def test_the_command_line_is_stronger_than_the_environment_and_that_than_the_default():
    environment = {"BCE_EMULATOR_PACE": "realistic", "BCE_EMULATOR_PORT": "1234"}

    settings = collect({"port": "4321"}, environment)

    assert (settings.port, settings.pace, settings.region) == (4321, "realistic", "bj")


@pytest.mark.parametrize("name", list(Settings.__dataclass_fields__))
def test_every_setting_is_an_option_and_a_variable_and_is_in_the_help(name):
    help_text = " ".join(run("serve", "--help").stdout.split())

    assert option(name) in help_text
    assert variable(name) in help_text


def test_listening_for_others_without_a_token_prints_a_warning():
    with serving("--host", "0.0.0.0") as server:
        pass

    assert "listening on 0.0.0.0 without --admin-token" in server.log


@pytest.mark.parametrize(("given", "environment"), [({"host": ""}, {}), ({}, {"BCE_EMULATOR_HOST": ""})])
def test_an_empty_address_is_not_taken_for_all_addresses(given, environment):
    with pytest.raises(SettingError, match=r"HOST|--host"):
        collect(given, environment)


@pytest.mark.parametrize(
    ("given", "environment", "warns"),
    [
        ({}, {"BCE_EMULATOR_HOST": "0.0.0.0"}, True),
        ({}, {"BCE_EMULATOR_HOST": "0.0.0.0", "BCE_EMULATOR_CONTAINER": "1"}, False),
        ({"host": "0.0.0.0"}, {"BCE_EMULATOR_CONTAINER": "1"}, True),
    ],
)
def test_what_the_image_chose_is_no_reason_to_warn(caplog, given, environment, warns):
    warn_if_open(collect(given, environment), environment)

    assert bool(caplog.records) is warns


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.0.0.2", "::1", "localhost")],
        *[(host, False) for host in ("::", "0.0.0.0", "192.168.1.9", "emulator", "")],
    ],
)
def test_only_an_address_of_this_machine_alone_needs_no_warning(host, alone):
    assert is_loopback(host) is alone


@pytest.mark.sweep(2)
@pytest.mark.parametrize("level", ["info", "debug"])
def test_a_line_for_each_request_says_what_became_of_it_without_its_secrets(level):
    with serving("--log-level", level) as server:
        exchange(server.port, b"GET /v2/zone?adminPass=hunter2 HTTP/1.1\r\nHost: x\r\n\r\n")

    assert "bcc.ListZones account=- region=- => 403 AccessDenied" in server.log
    assert "hunter2" not in server.log


@pytest.mark.sweep(2)
@pytest.mark.parametrize("options", [("--log-requests", "off"), ("--log-level", "warning")])
def test_requests_are_not_logged_when_nobody_wants_it(options):
    with serving(*options) as server:
        exchange(server.port, b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n\r\n")

    assert server.log == ""


def test_a_request_is_logged_as_json_when_that_is_the_format():
    with serving("--log-format", "json") as server:
        exchange(server.port, b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n\r\n")

    line = json.loads(server.log)
    assert (line["operation"], line["status"], line["code"]) == ("ListZones", 403, "AccessDenied")
