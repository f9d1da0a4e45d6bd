"""``bce-emulator explain``: why a request's signature did not match."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from emulator.cli.connection import add_connection, connection
from emulator.cli.control_call import ask


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("explain", help="say why a request's signature did not match")
    parser.add_argument("request_id", help="the requestId of the refused request")
    add_connection(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Ask the running emulator, and print what it says."""
    status, answer = ask(connection(given), f"requests/{given.request_id}/explain")
    if status != 200:
        print(f"bce-emulator: {answer.get('error', status)}", file=sys.stderr)
        return 1
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0
