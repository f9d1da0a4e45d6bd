"""``bce-emulator cert``: a local authority, a certificate for ``serve``, and how each client trusts it."""

from __future__ import annotations

import argparse
import re
import shlex
import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from bce_emulator.cli import run_file
from bce_emulator.cli.trust import TRUST, trusting
from bce_emulator.settings import HOST_NAME, SettingError, collect, host_names, variable

FOLDER = "bce-emulator-tls"
OWN_NAMES = ("localhost", "127.0.0.1", "::1")
WILDCARD = re.compile(r"(\*\.)?")


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("cert", help="make a certificate for HTTPS, and print how each client trusts it")
    parser.add_argument("--dir", metavar="DIR", default=FOLDER, help=f"where to put it (default {FOLDER})")
    parser.add_argument(
        "--names", metavar="NAME[,...]", default="", help="further host names and addresses of the emulator"
    )
    parser.add_argument(
        "--renew", action="store_true", help="make a new authority and certificate in the place of those that are there"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make what is not there, and print lines that a shell can read."""
    from bce_emulator import certificates

    names = tuple(dict.fromkeys([*OWN_NAMES, *_of_machine(), *_of_cloud(), *_further(args.names)]))
    folder = Path(args.dir).absolute()
    found, now = certificates.files(folder), certificates.present()
    made = args.renew or not any(path.exists() for path in found)
    try:
        if made:
            certificates.make(found, names, now)
        elif why := certificates.why_unfit(found, names, now):
            raise SettingError(f"the files in {folder} stay as they are, though {why}; --renew makes new ones")
    except OSError as error:
        raise SettingError(f"cannot write to {folder}: {error.strerror}") from None
    print(f"bce-emulator: {'made' if made else 'kept'} {folder}", file=sys.stderr)
    for name, path in zip(
        ("tls_cert", "tls_key", "ca_cert"), (found.certificate, found.key, found.authority), strict=True
    ):
        print(f"export {variable(name)}={shlex.quote(str(path))}")
    print("# With these, serve serves HTTPS and the commands of bce-emulator trust it. Others trust it by:")
    for client in TRUST:
        print(f"# {client}: {trusting(client, found.authority)}")
    return 0


def _of_machine() -> list[str]:
    """The names that this machine and the settings have for it."""
    settings = collect({})
    own = socket.gethostname().lower()
    names = [own] if HOST_NAME.fullmatch(own) else []
    if settings.host not in run_file.ANY_ADDRESS:
        names += [settings.host.lower()]
    return [*names, *host_names(settings)]


def _of_cloud() -> list[str]:
    """The hosts of the cloud, for clients whose name servers lead those here, and what says product and region here."""
    from bce_emulator.services.shared.regions import CLOUD, regions

    roots = [f".{region}{end}" for region in regions() for end in (".localhost", CLOUD)]
    return [f"*{root}" for root in (CLOUD, *roots)]


def _further(text: str) -> list[str]:
    names = text.lower().split(",") if text else []
    for name in names:
        if not HOST_NAME.fullmatch(WILDCARD.sub("", name, count=1)) and not _is_address(name):
            raise SettingError("--names is names and addresses of hosts without ports, joined by commas")
    return names


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
