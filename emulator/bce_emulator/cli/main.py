"""The table of commands."""

from __future__ import annotations

import argparse
import codecs
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import Any, NoReturn

from bce_emulator import __version__
from bce_emulator.cli import (
    cert,
    client,
    compare,
    completion,
    explain,
    health,
    operations,
    reach,
    record,
    replay,
    serve,
    sign,
    texts_zh,
    wait,
)
from bce_emulator.settings import SettingError, hint

COMMANDS = (serve, client, sign, explain, reach, health, wait, operations, record, compare, replay, cert, completion)
USAGE_ERROR = 2
WIDTH = 100
"""Of the help: a fixed one, since it is compared, copied and read in logs."""
OWN_OPTIONS = ("-h", "--help", "--version")
"""What is asked of the program itself; other options without a command are those of ``serve``."""
ENOUGH, INTERRUPTED = 128 + 13, 128 + 2
"""The exit status of a command that SIGPIPE ended, or SIGINT."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line; its help is the same on every terminal."""

    def __init__(self, *words: Any, **how: Any) -> None:
        super().__init__(*words, **{"formatter_class": partial(argparse.HelpFormatter, width=WIDTH), **how})
        self.color = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is no option here, with the nearest that is one."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            name = unknown[0].partition("=")[0]
            self.error(f"unknown argument {name}{hint(name, self._option_string_actions)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Say it, and end with status 2."""
        message = message.replace("\n", "\\n")
        self.exit(
            USAGE_ERROR, f"bce-emulator: {message}{' ' if message.endswith('?') else '; '}see {self.prog} --help\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a wrong option is one clear line on stderr and exit status 2."""
    _print_bytes_unchanged()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # who read the output has seen enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ENOUGH
    except KeyboardInterrupt:
        return INTERRUPTED


def _print_bytes_unchanged() -> None:
    """Print arguments as the bytes that they came as, whatever encoding the environment names for output."""
    codecs.register_error("unchanged", _unchanged)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=sys.getfilesystemencoding(), errors="unchanged")


def _unchanged(error: UnicodeError) -> tuple[str | bytes, int]:
    for handler in ("surrogateescape", "backslashreplace"):
        with suppress(UnicodeError):
            return codecs.lookup_error(handler)(error)
    raise error


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command that options alone mean, which is ``serve``."""
    first = arguments[0] if arguments else ""
    return ["serve", *arguments] if first.startswith("-") and first not in OWN_OPTIONS else list(arguments)


def make_parser() -> Parser:
    """The parser of the whole command line, with its help in English."""
    parser = Parser(
        prog="bce-emulator",
        description="A local double of Baidu AI Cloud's compute API.",
        epilog="Options without a command are those of serve; they can be given in the environment too: --log-format "
        "is BCE_EMULATOR_LOG_FORMAT.",
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
    args = parser.parse_args(with_command(sys.argv[1:] if arguments is None else arguments))
    if args.command is None:
        parser.print_help()
        return USAGE_ERROR
    try:
        status: int = args.run(args)
    except SettingError as error:
        print(f"bce-emulator: {error}", file=sys.stderr)
        return USAGE_ERROR
    return status
