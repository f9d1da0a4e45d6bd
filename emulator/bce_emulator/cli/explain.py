"""``bce-emulator explain``: why a request's signature did not match."""

from __future__ import annotations

import argparse
import os
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


def run(args: argparse.Namespace) -> int:
    """Ask the running emulator, and print what it says."""
    status, response = ask(connection(args), f"requests/{quote(os.fsencode(args.request_id), safe='')}/explain")
    if status != 200:
        print(f"bce-emulator: {response.get('error', status)}", file=sys.stderr)
        return 1
    print(readable(response))
    return 0


def readable(response: dict[str, Any]) -> str:
    """An explanation for people: what was wrong, and the two canonical requests in two columns."""
    target = response["path"] + (f"?{response['query']}" if response["query"] else "")
    lines = [f"{response['requestId']}: {response['method']} {target} was refused with {response['refusedWith']}", ""]
    lines += [f"  {name:<8} {response[name]}" for name in ("mistake", "means", "remedy", "detail") if response[name]]
    if response["sideBySide"]:
        lines += ["", *columns(response)]
    return "\n".join(lines)


def columns(response: dict[str, Any]) -> list[str]:
    """The canonical requests line by line; an exclamation mark stands before what differs."""
    rows = list(response["sideBySide"])
    keys = response["signingKeyOf"]
    if keys["client"] is not None and keys["client"] != keys["emulator"]:
        rows.append({"part": "key of", **keys, "same": False})
    nothing = UNKNOWN if response["canonicalRequest"]["client"] is None else ABSENT
    rendered = [
        (" !"[row["same"] is False], row["part"], _cell(row["emulator"], ABSENT), _cell(row["client"], nothing))
        for row in rows
    ]
    first = max(len(part) for _, part, _, _ in rendered)
    second = max(len("emulator"), *(len(ours) for _, _, ours, _ in rendered))
    head = f"  {'':<{first}}  {'emulator':<{second}}  client"
    return [head, *(f"{mark} {part:<{first}}  {ours:<{second}}  {theirs}" for mark, part, ours, theirs in rendered)]


def _cell(text: str | None, nothing: str) -> str:
    if text is None:
        return nothing
    return text or "(empty)"
