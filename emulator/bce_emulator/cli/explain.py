"""``bce-emulator explain``: why a request's signature did not match."""

from __future__ import annotations

import argparse
import sys
from typing import Any
from urllib.parse import quote

from bce_emulator.cli.connection import add_admin_token, add_endpoint, connection
from bce_emulator.cli.control_call import ask

UNKNOWN = "(unknown)"
ABSENT = "-"


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("explain", help="say why a request's signature did not match")
    parser.add_argument("request_id", help="the requestId of the refused request")
    add_endpoint(parser)
    add_admin_token(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Ask the running emulator, and print what it says."""
    status, answer = ask(connection(given), f"requests/{quote(given.request_id, safe='')}/explain")
    if status != 200:
        print(f"bce-emulator: {answer.get('error', status)}", file=sys.stderr)
        return 1
    print(readable(answer))
    return 0


def readable(answer: dict[str, Any]) -> str:
    """An explanation for people: what was wrong, and the two canonical requests in two columns."""
    target = answer["path"] + (f"?{answer['query']}" if answer["query"] else "")
    lines = [f"{answer['requestId']}: {answer['method']} {target} was refused with {answer['refusedWith']}", ""]
    lines += [f"  {name:<8} {answer[name]}" for name in ("mistake", "means", "remedy", "detail") if answer[name]]
    if answer["sideBySide"]:
        lines += ["", *columns(answer)]
    return "\n".join(lines)


def columns(answer: dict[str, Any]) -> list[str]:
    """The canonical requests line by line; an exclamation mark stands before what differs."""
    rows = list(answer["sideBySide"])
    keys = answer["signingKeyOf"]
    if keys["client"] is not None and keys["client"] != keys["emulator"]:
        rows.append({"part": "key of", **keys, "same": False})
    nothing = UNKNOWN if answer["canonicalRequest"]["client"] is None else ABSENT
    shown = [
        ("!" if not row["same"] else " ", row["part"], _cell(row["emulator"], ABSENT), _cell(row["client"], nothing))
        for row in rows
    ]
    first = max(len(part) for _, part, _, _ in shown)
    second = max(len("emulator"), *(len(ours) for _, _, ours, _ in shown))
    head = f"  {'':<{first}}  {'emulator':<{second}}  client"
    return [head, *(f"{mark} {part:<{first}}  {ours:<{second}}  {theirs}" for mark, part, ours, theirs in shown)]


def _cell(text: str | None, nothing: str) -> str:
    if text is None:
        return nothing
    return text or "(empty)"
