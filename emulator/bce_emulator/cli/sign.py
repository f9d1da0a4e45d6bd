"""``bce-emulator sign``: a ready curl command with the Authorization header."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import time
from typing import Any

from bce_emulator.cli.connection import add_endpoint, add_keys, connection
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.http.signature import canonical_headers, canonical_path, canonical_query, sign, signing_key
from bce_emulator.settings import SettingError

SECONDS = 1_800
METHOD = re.compile(r"[A-Za-z]+")
URL = re.compile(r"(https?)://((?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d+)?)(/[!-\"$->@-~]*)?(?:\?([!-\"$-~]*))?", re.ASCII)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
"""What curl leaves out of the Host header."""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("sign", help="print a curl command with the Authorization header")
    parser.add_argument("method", help="such as PUT")
    parser.add_argument("url", help="whole, or from the slash on")
    parser.add_argument("--data", help="the request body; @FILE has curl send a file")
    add_endpoint(parser)
    add_keys(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the command."""
    facts = connection(args)
    url = facts.endpoint + args.url if args.url.startswith("/") else args.url
    if not METHOD.fullmatch(args.method):
        raise SettingError(f"{args.method!r} is no method such as PUT")
    parts = URL.fullmatch(url)
    if parts is None:
        raise SettingError(
            f"{url!r} is neither a path such as /v2/zone nor a URL such as http://127.0.0.1:8080/v2/zone, "
            "in ASCII and without blanks"
        )
    scheme, host, path, query = parts.groups(default="")
    host = host.removesuffix(DEFAULT_PORTS[scheme])
    date = iso(time.time())
    authorization = authorize(args.method.upper(), host, path, query, date, facts.access_key, facts.secret_key)
    words = ["curl", "-gsS", "--path-as-is", "-X", args.method.upper()]
    words += ["-H", f"x-bce-date: {date}", "-H", f"Authorization: {authorization}"]
    if scheme == "https" and facts.ca_cert:
        words += ["--cacert", facts.ca_cert]
    if args.data is not None:
        words += ["-H", "Content-Type: application/json", "--data-binary", args.data]
    print(wrapped([*words, url]) if sys.stdout.isatty() else shlex.join([*words, url]))
    return 0


def wrapped(words: list[str]) -> str:
    """A command for people: a line for each option, which a shell reads as one command."""
    lines, at = [shlex.join(words[:5])], 5
    while at < len(words):
        count = 2 if words[at].startswith("-") else 1
        lines.append(shlex.join(words[at : at + count]))
        at += count
    return " \\\n  ".join(lines)


def authorize(
    method: str, host: str, path: str, query: str, date: str, access_key: str, secret_key: str, seconds: int = SECONDS
) -> str:
    """The authorization string of a request that signs its host and its x-bce-date."""
    prefix = f"bce-auth-v1/{access_key}/{date}/{seconds}"
    canonical = b"\n".join(
        (
            method.encode(),
            canonical_path(path.encode()),
            canonical_query(query.encode()),
            canonical_headers([(b"host", host.encode()), (b"x-bce-date", date.encode())]),
        )
    )
    return f"{prefix}/host;x-bce-date/{sign(signing_key(secret_key, prefix), canonical)}"
