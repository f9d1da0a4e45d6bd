"""Where the emulator is, and with what to call it: options of the commands that are clients."""

from __future__ import annotations

import argparse
import os
import re
from typing import NamedTuple

from bce_emulator.cli.run_file import noted
from bce_emulator.settings import (
    DEFAULT_ACCESS_KEY,
    DEFAULT_SECRET_KEY,
    SettingError,
    collect,
    parse_credentials,
    variable,
)

FORMS = (
    re.compile(r"(?i:https?)://[!-~]+"),
    re.compile(r"[!-.0-~]+"),
    re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+"),
    re.compile(r"[ -~]*"),
)
REFUSALS = (
    "an endpoint is a URL such as http://127.0.0.1:8080",
    "an access key is ASCII without blanks and slashes",
    "a secret key is text in one line",
    "an admin token is ASCII",
)
"""What the parts of a connection look like, and what is said of others; keys and tokens are not repeated."""


class Connection(NamedTuple):
    """An endpoint, keys for the emulated API, the token for the control API, and the region where no host says one.

    For HTTPS, a further authority to trust, and the certificate of an emulator of which this is the machine.
    """

    endpoint: str
    access_key: str
    secret_key: str
    admin_token: str
    region: str
    ca_cert: str = ""
    own_cert: str = ""

    @property
    def is_encrypted(self) -> bool:
        """Whether it is reached by HTTPS."""
        return self.endpoint.lower().startswith("https:")


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Add the option of every client to a command."""
    parser.add_argument(
        "--endpoint", help=f"where the emulator is (default http://127.0.0.1:8080); {variable('endpoint')}"
    )
    parser.add_argument(
        "--ca-cert", metavar="FILE", help=f"a further authority to trust, for https; {variable('ca_cert')}"
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


def connection(args: argparse.Namespace) -> Connection:
    """What the options, the environment and the defaults say, in that order."""
    settings = collect({})
    pairs = parse_credentials(settings.credentials)
    access_key, secret_key, _ = pairs[0] if pairs else (DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, "")
    chosen = args.endpoint or os.environ.get(variable("endpoint"))
    endpoint = chosen or noted() or f"{settings.scheme}://127.0.0.1:{settings.port}"
    facts = Connection(
        endpoint.rstrip("/"),
        getattr(args, "ak", None) or access_key,
        getattr(args, "sk", None) or secret_key,
        getattr(args, "admin_token", None) or settings.admin_token,
        settings.region,
        getattr(args, "ca_cert", None) or os.environ.get(variable("ca_cert"), ""),
        "" if chosen else settings.tls_cert,
    )
    for text, form, refusal in zip(facts, FORMS, REFUSALS, strict=False):
        if not form.fullmatch(text):
            raise SettingError(f"{refusal}, not {text!r}" if text == facts.endpoint else refusal)
    return facts
