"""What is in the image, and what is not."""

from __future__ import annotations

import re

import pytest

from probes.containers import IMAGE, docker, inspect, shell


@pytest.mark.parametrize("command", ["pip", "pip3", "curl", "wget", "gcc", "cc", "ld", "make", "git"])
def test_there_is_no(command):
    assert shell(f"command -v {command}") == ""


def test_no_trace_of_pip_is_left():
    found = shell("find / -xdev '(' -name pip -o -name 'pip-*' -o -name ensurepip ')' 2>/dev/null")

    assert found == ""


def test_the_user_is_a_number_and_not_root():
    user = inspect(IMAGE, "image")["Config"]["User"]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_user_can_write_only_what_is_meant_for_writing():
    found = shell("find / -xdev -writable -not -type l -not -path '/proc/*' -not -path '/dev/*' 2>/dev/null").split()

    assert {path for path in found if not path.startswith("/sys/")} <= {"/state", "/tmp", "/var/tmp", "/run/lock"}


def test_every_module_of_the_emulator_has_its_bytecode():
    script = 'for kind in py pyc; do find /opt/bce-emulator/lib -name "*.$kind" | wc -l; done'
    sources, compiled = map(int, shell(script).split())

    assert sources == compiled > 100


def test_the_start_compiles_nothing():
    done = docker("run", "--rm", "--env", "PYTHONVERBOSE=1", "--entrypoint", "bce-emulator", IMAGE, "operations")
    loaded = re.findall(r"# code object from '(.+)'", done.stderr)

    assert len(loaded) > 300
    assert [path for path in loaded if not path.endswith(".pyc")] == []


def test_the_labels_say_what_it_is():
    labels = inspect(IMAGE, "image")["Config"]["Labels"]
    given = {name.removeprefix("org.opencontainers.image."): value for name, value in labels.items()}

    assert given["title"] == "bce-emulator"
    assert given["version"] == shell("bce-emulator --version").split()[-1]
    assert {"description", "revision", "base.name"} <= given.keys()
    assert all(given[name] for name in ("description", "revision", "base.name"))
