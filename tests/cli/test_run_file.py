"""A command beside the server of a container finds it, whatever the server's options say."""

from __future__ import annotations

import argparse
import os

import pytest

from bce_emulator.cli import run_file
from bce_emulator.cli.connection import connection

NOTHING = argparse.Namespace(endpoint=None)


@pytest.fixture
def container(tmp_path, monkeypatch):
    monkeypatch.setenv("BCE_EMULATOR_CONTAINER", "1")
    monkeypatch.setenv("BCE_EMULATOR_PORT", "8080")
    monkeypatch.setattr(run_file, "FOLDER", tmp_path)


@pytest.mark.parametrize(
    ("host", "endpoint"),
    [
        ("0.0.0.0", "http://127.0.0.1:9000"),
        ("10.1.2.3", "http://10.1.2.3:9000"),
        ("::", "http://[::1]:9000"),
        ("fd00::7", "http://[fd00::7]:9000"),
    ],
)
def test_the_address_of_the_server_is_found(container, host, endpoint):
    path = run_file.note(host, 9000)

    assert connection(NOTHING).endpoint == endpoint
    assert path.stat().st_mode & 0o077 == 0
    path.unlink()
    assert connection(NOTHING).endpoint == "http://127.0.0.1:8080"


def test_what_a_person_says_comes_first(container, monkeypatch):
    run_file.note("0.0.0.0", 9000)

    assert connection(argparse.Namespace(endpoint="http://a:1")).endpoint == "http://a:1"
    monkeypatch.setenv("BCE_EMULATOR_ENDPOINT", "http://b:2")
    assert connection(NOTHING).endpoint == "http://b:2"


def test_a_server_that_was_killed_leaves_nothing_in_the_way(container):
    run_file.note("0.0.0.0", 9000)

    run_file.note("0.0.0.0", 9001)

    assert connection(NOTHING).endpoint == "http://127.0.0.1:9001"


def test_what_somebody_else_put_there_is_not_believed(container, tmp_path, monkeypatch):
    path = run_file.note("0.0.0.0", 9000)
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    assert run_file.noted() == ""

    path.unlink()
    elsewhere.rename(path)
    owner = os.getuid()
    monkeypatch.setattr(run_file, "_path", lambda: path)
    monkeypatch.setattr(run_file.os, "getuid", lambda: owner + 1)
    assert run_file.noted() == ""


def test_where_nothing_can_be_written_the_variables_count(container, tmp_path, monkeypatch):
    monkeypatch.setattr(run_file, "FOLDER", tmp_path / "missing")

    assert run_file.note("0.0.0.0", 9000) is None
    assert connection(NOTHING).endpoint == "http://127.0.0.1:8080"


def test_outside_a_container_nothing_is_written_or_read(container, tmp_path, monkeypatch):
    run_file.note("0.0.0.0", 9000)
    before = list(tmp_path.iterdir())
    monkeypatch.delenv("BCE_EMULATOR_CONTAINER")

    assert run_file.note("0.0.0.0", 9001) is None
    assert run_file.noted() == ""
    assert list(tmp_path.iterdir()) == before
