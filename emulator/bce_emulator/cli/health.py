"""``bce-emulator health``: exit status 0 when the emulator is ready, else 1."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from bce_emulator.cli.connection import add_admin_token, add_endpoint, connection
from bce_emulator.cli.control_call import ask
from bce_emulator.settings import SettingError


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("health", help="exit status 0 when the emulator is ready")
    add_endpoint(parser)
    add_admin_token(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask the running emulator."""
    try:
        status, response = ask(connection(args), "ready")
    except SettingError as error:
        print(f"bce-emulator: {error}", file=sys.stderr)
        return 1
    if status != 200:
        print(f"bce-emulator: not ready: {response.get('error', status)}", file=sys.stderr)
        return 1
    print("ready")
    return 0
