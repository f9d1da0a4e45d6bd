"""The Dockerfile keeps to what must hold on every machine that builds it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from fnmatch import fnmatch

import pytest

from tests.container.files import ROOT, instructions

TEXT = (ROOT / "Dockerfile").read_text()
LINES = instructions(TEXT)
LET_IN = [
    line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
]  # fmt: skip


def given(word: str) -> list[str]:
    return [rest for name, rest in LINES if name == word]


def test_no_frontend_is_fetched():
    assert "syntax=" not in TEXT


def test_every_stage_starts_from_the_slim_python_or_an_earlier_stage():
    stages: set[str] = set()

    for line in given("FROM"):
        base, _, name = line.partition(" AS ")
        assert base in stages | {"python:${PYTHON_VERSION}-slim"}
        stages.add(name)

    assert "PYTHON_VERSION=3.13" in given("ARG")


def test_files_come_from_the_repository_or_an_earlier_stage():
    stages = {line.partition(" AS ")[2] for line in given("FROM")}

    for line in given("COPY"):
        words = line.split()
        if words[0].startswith("--from="):
            assert words[0].removeprefix("--from=") in stages
        else:
            assert {word.rstrip("/") for word in words[:-1]} <= set(LET_IN)


def test_the_build_sees_nothing_else_of_the_repository():
    for path in LET_IN:
        assert (ROOT / path).exists()
    for path in ("tests/conftest.py", "docker/image.mk", ".git/config", "requirements/dev.txt"):
        assert not any(fnmatch(path, f"{pattern}*") for pattern in LET_IN)


@pytest.mark.parametrize("word", ["ENTRYPOINT", "CMD"])
def test_no_shell_stands_between_docker_and_the_command(word):
    [line] = given(word)

    assert json.loads(line)


def test_options_behind_the_name_of_the_image_reach_the_emulator():
    [entrypoint], [command] = given("ENTRYPOINT"), given("CMD")

    assert (json.loads(entrypoint)[-1], json.loads(command)) == ("bce-emulator", ["serve"])


def test_the_image_names_what_it_chose_so_that_nothing_warns_of_it():
    [variables] = [line for line in given("ENV") if "BCE_EMULATOR_HOST" in line]

    assert "BCE_EMULATOR_CONTAINER=1" in variables


def test_the_health_check_is_the_emulators_own():
    [line] = given("HEALTHCHECK")
    options, _, command = line.partition(" CMD ")

    assert json.loads(command) == ["bce-emulator", "health"]
    assert "--start-interval=" in options


def test_the_user_is_a_number():
    [user] = given("USER")

    assert all(part.isdigit() and int(part) >= 10000 for part in user.split(":"))


@pytest.mark.parametrize("mirror", ["", "http://mirror.example.com"])
def test_debian_comes_from_a_mirror_where_one_is_named(mirror, tmp_path):
    sources = tmp_path / "debian.sources"
    sources.write_text("URIs: http://deb.debian.org/debian\nURIs: http://deb.debian.org/debian-security\n")
    [command] = re.findall(r"if \[ -n \"\$APT_MIRROR\" .*? fi", TEXT)
    command = command.replace("/etc/apt/sources.list.d/debian.sources", str(sources))

    subprocess.run(["sh", "-euc", command], env={"PATH": os.environ["PATH"], "APT_MIRROR": mirror}, check=True)

    host = mirror or "http://deb.debian.org"
    assert sources.read_text() == f"URIs: {host}/debian\nURIs: {host}/debian-security\n"
    assert {"APT_MIRROR", "PIP_INDEX_URL"} <= set(given("ARG"))


def test_every_package_from_the_index_is_hashed():
    installs = [part for line in given("RUN") for part in line.split("&&") if " install " in part and "-r " in part]

    assert len(installs) == 2
    for install in installs:
        assert "--require-hashes" in install
        assert "--only-binary=:all:" in install


@pytest.mark.parametrize("name", ["run", "postgres", "build", "container"])
def test_every_line_of_a_lock_file_has_hashes(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = [block for block in text.split("\n") if "==" in block and not block.startswith("#")]

    assert pins
    for block in pins:
        _, _, after = text.partition(block + "\n")
        assert after.lstrip().startswith("--hash=sha256:"), block
