"""The environment configures it, and a mistake is told in one line."""

from __future__ import annotations

import pytest

from probes.containers import HARDENED, IMAGE, Container, create, docker, run


def test_the_environment_gives_the_keys(start):
    emulator = start("--env", "BCE_EMULATOR_CREDENTIALS=mine:my-secret", "--env", "BCE_EMULATOR_PACE=instant").ready()

    assert create(emulator.client("mine", "my-secret"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["serve", "--pace", "slow"], "--pace"),
        (["serve", "--nonsense"], "--nonsense"),
        (["serve", "--port", "99999"], "--port"),
        (["--port", "99999"], "--port"),
    ],
)
def test_a_bad_option_is_one_clear_line_and_status_2(options, words):
    done = run(*options)

    assert done.returncode == 2
    assert words in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("AUTH", "maybe"), ("PACE", "slow"), ("CREDENTIALS", "x")]
)
def test_a_bad_variable_is_one_clear_line_and_status_2(name, value):
    done = docker("run", "--rm", "--env", f"BCE_EMULATOR_{name}={value}", IMAGE, check=False)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name.lower() in done.stderr.lower()


def test_the_other_commands_run_too():
    assert "published operations are emulated" in run("operations").stdout
    assert run("env").stdout.startswith("export ")


@pytest.mark.parametrize("options", [(), HARDENED], ids=["as it is", "read-only"])
def test_it_becomes_healthy_on_another_port_that_the_command_names(options):
    name = docker("run", "--detach", *options, IMAGE, "--port", "9000").stdout.strip()
    emulator = Container(name)
    try:
        emulator.healthy()

        assert ":9000" in emulator.logs
        assert docker("exec", name, "bce-emulator", "health").stdout == "ready\n"
    finally:
        emulator.remove()
