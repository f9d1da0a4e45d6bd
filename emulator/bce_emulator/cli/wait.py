"""``bce-emulator wait``: exit status 0 as soon as the emulator is ready, 1 after a time."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from bce_emulator.cli.connection import add_endpoint, connection
from bce_emulator.cli.control_call import ask
from bce_emulator.settings import SettingError

SECONDS = 60.0
PAUSE = 0.1


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("wait", help="exit status 0 as soon as the emulator is ready, 1 after a time")
    parser.add_argument("--timeout", metavar="SECONDS", default=str(SECONDS), help=f"how long (default {SECONDS:g})")
    add_endpoint(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask until it is ready, or the time is over."""
    facts, end = connection(args), time.monotonic() + seconds(args.timeout)
    while True:
        try:
            status, response = ask(facts, "ready")
            reason = str(response.get("error", status))
        except SettingError as error:
            status, reason = 0, str(error)
        if status == 200:
            print("ready")
            return 0
        if time.monotonic() >= end:
            print(f"bce-emulator: not ready after {args.timeout} seconds: {reason}", file=sys.stderr)
            return 1
        time.sleep(PAUSE)


def seconds(text: str) -> float:
    """A time to wait, or one clear sentence."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 86_400:
        raise SettingError(f"--timeout is a number of seconds from 0 to 86400, not {text!r}")
    return value
