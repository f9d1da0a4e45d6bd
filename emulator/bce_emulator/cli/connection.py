"""Where the emulator is, and with what to call it: options of the commands that are clients."""

from __future__ import annotations

import argparse
import os
from typing import NamedTuple

from bce_emulator.settings import DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, collect, parse_credentials, variable


class Connection(NamedTuple):
    """An endpoint, a pair of keys for the emulated API, and the token for the control API."""

    endpoint: str
    access_key: str
    secret_key: str
    admin_token: str


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Add the option of every client to a command."""
    parser.add_argument(
        "--endpoint", help=f"where the emulator is (default http://127.0.0.1:8080); {variable('endpoint')}"
    )


def add_admin_token(parser: argparse.ArgumentParser) -> None:
    """Add the option of a command that calls the control API."""
    parser.add_argument(
        "--admin-token", metavar="TOKEN", help=f"the token that serve was given; {variable('admin_token')}"
    )


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that calls the emulated API."""
    parser.add_argument("--ak", help="access key (default test)")
    parser.add_argument("--sk", help="secret key (default the emulator's)")


def connection(given: argparse.Namespace) -> Connection:
    """What the options, the environment and the defaults say, in that order."""
    settings = collect({})
    pairs = parse_credentials(settings.credentials)
    access_key, secret_key, _ = pairs[0] if pairs else (DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, "")
    endpoint = given.endpoint or os.environ.get(variable("endpoint")) or f"http://127.0.0.1:{settings.port}"
    return Connection(
        endpoint.rstrip("/"),
        getattr(given, "ak", None) or access_key,
        getattr(given, "sk", None) or secret_key,
        getattr(given, "admin_token", None) or settings.admin_token,
    )
