"""``bce-emulator operations``: every published operation, emulated or not."""

from __future__ import annotations

import argparse
from typing import Any


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("operations", help="list every published operation, emulated or not")
    parser.add_argument("--emulated", action="store_true", help="only those that are emulated")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each operation: a mark, product, name and route."""
    from bce_emulator.cloud import CATALOGUE

    for entry in CATALOGUE.published:
        emulated = CATALOGUE.emulated(entry) is not None
        if emulated or not args.emulated:
            print(f"{'+' if emulated else '-'} {entry.product:<4} {entry.name:<40} {entry.routes[0]}")
    done = sum(done for done, _ in CATALOGUE.coverage().values())
    print(f"{done} of {len(CATALOGUE.published)} published operations are emulated (+)")
    return 0
