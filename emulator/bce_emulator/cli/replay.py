"""``bce-emulator replay``: serve a recording as it was."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bce_emulator.cli.record import add_listening, proxy_settings, serve_proxy
from bce_emulator.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("replay", help="serve a recording as it was")
    parser.add_argument("recording", metavar="FILE", help="what record has written")
    add_listening(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    settings = proxy_settings(args)
    serve_proxy(settings, lambda: _replayer(settings, Path(args.recording)), f"replaying {args.recording}")
    return 0


def _replayer(settings: Settings, path: Path) -> Any:
    from bce_emulator.cloud import Emulator
    from bce_emulator.fidelity.exchange import read_recording
    from bce_emulator.fidelity.replay import Replayer

    exchanges = read_recording(path)
    return Replayer(Emulator(settings), exchanges)
