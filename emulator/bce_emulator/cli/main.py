"""The table of commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from bce_emulator import __version__
from bce_emulator.cli import client, explain, health, operations, serve, sign, texts_zh
from bce_emulator.settings import SettingError, hint

COMMANDS = (serve, client, sign, explain, health, operations)
USAGE_ERROR = 2
ENOUGH = 128 + 13
"""The exit status of a command that SIGPIPE ended."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is no option here, with the nearest that is one."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            name = unknown[0].partition("=")[0]
            self.error(f"unknown argument {name}{hint(name, self._option_string_actions)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Say it, and end with status 2."""
        self.exit(
            USAGE_ERROR, f"bce-emulator: {message}{' ' if message.endswith('?') else '; '}see {self.prog} --help\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a wrong option is one clear line on stderr and exit status 2."""
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # who read the output has seen enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ENOUGH


def make_parser() -> Parser:
    """The parser of the whole command line, with its help in English."""
    parser = Parser(
        prog="bce-emulator",
        description="A local double of Baidu AI Cloud's compute API.",
        epilog="Options of serve can be given in the environment too: --log-format is BCE_EMULATOR_LOG_FORMAT.",
    )
    parser.add_argument("--version", action="version", version=f"bce-emulator {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for module in COMMANDS:
        module.add_to(commands)
    return parser


def _run(arguments: Sequence[str] | None) -> int:
    parser = make_parser()
    if texts_zh.is_wanted(os.environ, sys.stdout.encoding):
        texts_zh.translate(parser)
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return USAGE_ERROR
    try:
        status: int = given.run(given)
    except SettingError as error:
        print(f"bce-emulator: {error}", file=sys.stderr)
        return USAGE_ERROR
    return status
