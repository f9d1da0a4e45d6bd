"""Completion in a shell, by the shell's own rules."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys

import pytest

from bce_emulator.cli.completion import SCRIPTS, words_of
from bce_emulator.cli.main import COMMANDS
from bce_emulator.settings import Settings, option


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    command = [sys.executable, "-m", "bce_emulator", "completion"]
    return {shell: subprocess.run([*command, shell], capture_output=True, text=True).stdout for shell in SCRIPTS}


def completed(script: str, *words: str) -> list[str]:
    """What bash offers for the last word."""
    array = " ".join(map(shlex.quote, ("bce-emulator", *words)))
    code = f'{script}\nCOMP_WORDS=({array}); COMP_CWORD={len(words)}; _bce_emulator; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-euc", code], capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["h"], ["health"]),
        (["serve", "--log-f"], ["--log-format"]),
        (["serve", "--log-format", ""], ["text", "json"]),
        (["serve", "--pace", "q"], ["quick"]),
        (["serve", "--pace", ""], ["instant", "quick", "realistic"]),
        (["serve", "--port", ""], []),
        (["--log-f"], ["--log-format"]),
        (["--port", "0", "--auth", "o"], ["off"]),
        (["env", "--for", "te"], ["terraform"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["wait", "--"], ["--help", "--timeout", "--endpoint", "--ca-cert"]),
        (["health", "nothing"], []),
        (["operations", "--e"], ["--emulated"]),
    ],
)
def test_bash_offers_what_the_parsers_know(scripts, words, offered):
    assert completed(scripts["bash"], *words) == offered


def test_bash_offers_files_and_folders_where_they_are_meant(scripts, tmp_path):
    (tmp_path / "seed.yaml").touch()
    (tmp_path / "kept").mkdir()

    assert completed(scripts["bash"], "serve", "--seed", f"{tmp_path}/s") == [f"{tmp_path}/seed.yaml"]
    assert completed(scripts["bash"], "serve", "--state", f"{tmp_path}/") == [f"{tmp_path}/kept"]


@pytest.mark.parametrize("shell", SCRIPTS)
def test_every_command_and_every_setting_is_in_the_script(scripts, shell):
    spelled = {"fish": "-l {}"}.get(shell, "--{}")

    for name in Settings.__dataclass_fields__:
        assert spelled.format(option(name)[2:]) in scripts[shell]
    for module in COMMANDS:
        assert module.__name__.rpartition(".")[2].replace("client", "env") in scripts[shell]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_another_shell_reads_its_script(scripts, shell):
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} on this machine")

    done = subprocess.run([shell, "-n"], input=scripts[shell], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_values_are_those_that_are_meant_as_they_stand():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--pace", metavar="instant|quick|FACTOR")
    parser.add_argument("--seed", metavar="FILE")
    parser.add_argument("--all", action="store_true")

    pace, seed, every = words_of(parser)

    assert (pace.values, seed.kind, every.takes) == (("instant", "quick"), "file", False)
