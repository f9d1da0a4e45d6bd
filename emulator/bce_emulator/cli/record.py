"""``bce-emulator record``: a proxy to the real cloud that writes down what it is asked and answers."""

from __future__ import annotations

import argparse
import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bce_emulator.cli import run_file
from bce_emulator.cli.serve import listen, make_server, server_config, set_up_log
from bce_emulator.settings import (
    FILE,
    SettingError,
    Settings,
    collect,
    from_environment,
    is_loopback,
    option,
    variable,
    variables_of,
)

if TYPE_CHECKING:
    from bce_emulator.fidelity.upstream import RealKeys

KEYS = {
    "ak": "the real access key",
    "sk": "the real secret key; in the environment or in a file it is not seen in lists of processes",
    "token": "the session token of real keys that are temporary",
}
LISTENING = ("host", "port", "region", "product", "credentials", "tls_cert", "tls_key")
"""The settings that a proxy has as ``serve`` has them."""
SHORTEST = 16
"""Of a secret key: the start of it encrypts passwords."""


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("record", help="record the real cloud through a proxy that signs again")
    parser.add_argument("--to", metavar="FILE", required=True, help="the recording")
    for name, about in KEYS.items():
        variables = " or ".join(_variables(name))
        parser.add_argument(f"--{name}", metavar=name.upper(), help=f"{about}; {variables}")
    parser.add_argument("--allow-writes", action="store_true", help="let through what may change something, too")
    parser.add_argument("--allow", metavar="OPERATION[,...]", help="let through nothing but these")
    parser.add_argument(
        "--keep-secrets", action="store_true", help="keep what stands for which secret in FILE.secrets, with mode 0600"
    )
    parser.add_argument("--upstream", metavar="URL", default="", help="call this address instead of the cloud's hosts")
    parser.add_argument(
        "--upstream-ca", metavar="FILE", default="", help="certificates to trust instead of the system's"
    )
    add_listening(parser)
    parser.set_defaults(run=run)


def add_listening(parser: argparse.ArgumentParser) -> None:
    """Add the settings of ``serve`` that a proxy has too."""
    for row in (Settings.__dataclass_fields__[name] for name in LISTENING):
        about = row.metadata
        default = f" (default {row.default})" if row.default != "" else ""
        parser.add_argument(
            option(row.name),
            dest=row.name,
            metavar=about["metavar"] or row.name.upper(),
            help=f"{about['help']}{default}; {' or '.join(variables_of(row))}",
        )


def run(args: argparse.Namespace) -> int:
    """Record until a signal comes."""
    settings = proxy_settings(args)
    keys = real_keys(args)
    path = Path(args.to)
    kept = path.with_name(f"{path.name}.secrets") if args.keep_secrets else None
    if path.exists() and path.stat().st_size and (kept is None or not kept.exists()):
        raise SettingError(
            f"--to {path} is there already; a recording is continued where --keep-secrets was given at once"
        )
    serve_proxy(settings, lambda: _recorder(args, settings, keys, path, kept), f"recording to {path}")
    return 0


def _recorder(args: argparse.Namespace, settings: Settings, keys: RealKeys, path: Path, kept: Path | None) -> Any:
    from bce_emulator.cloud import Emulator
    from bce_emulator.fidelity.gate import Gate
    from bce_emulator.fidelity.record import Recorder
    from bce_emulator.fidelity.secrets_table import SecretsTable
    from bce_emulator.fidelity.upstream import Upstream

    emulator = Emulator(settings)
    gate = Gate(args.allow, args.allow_writes)
    upstream = Upstream(keys, args.upstream, args.upstream_ca)
    return Recorder(emulator, upstream, gate, SecretsTable(kept), path, keys, time.time)


def proxy_settings(args: argparse.Namespace) -> Settings:
    """The settings of a proxy, which always checks signatures, and has no state, seed or control API."""
    settings = collect({name: getattr(args, name) for name in LISTENING})
    if not is_loopback(settings.host) and not settings.credentials:
        raise SettingError(
            f"{settings.source('host')} {settings.host} lets others in, who know the default keys: give --credentials"
        )
    return settings.changed(auth="verify", signature_time="verify", seed="", state="", control="off")


def serve_proxy(settings: Settings, make: Any, what: str) -> None:
    """Serve what ``make`` makes until a signal comes."""
    with listen(settings.host, settings.port) as listener:
        application = make()
        set_up_log(settings)
        host, port = listener.getsockname()[:2]
        where = run_file.url(host, port, settings.scheme)
        ready = f"bce-emulator {what}, at {where} (access key {application.emulator.default_account})"
        try:
            make_server(server_config(application), partial(print, ready, flush=True)).run(sockets=[listener])
        finally:
            application.close()
            application.emulator.close()


def real_keys(args: argparse.Namespace) -> RealKeys:
    """The keys of the real cloud; without them nothing is called."""
    from bce_emulator.fidelity.upstream import RealKeys

    given = {}
    for name in KEYS:
        text, source = getattr(args, name), f"--{name}"
        if text is None:
            text, source = from_environment(_variables(name), os.environ)
        if text is not None and not (text.isascii() and text.isprintable() and " " not in text):
            raise SettingError(f"{source} is ASCII without blanks")
        given[name] = text or ""
    if not given["ak"] or not given["sk"]:
        raise SettingError(
            f"record calls the real cloud, and only with keys that are given for it: --ak and --sk, or "
            f"{_variables('ak')[0]} and {' or '.join(_variables('sk'))}"
        )
    if "/" in given["ak"] or len(given["sk"]) < SHORTEST:
        raise SettingError(f"--ak has no slash, and --sk at least {SHORTEST} characters")
    return RealKeys(given["ak"], given["sk"], given["token"])


def _variables(name: str) -> list[str]:
    itself = variable(f"record_{name}")
    return [itself] if name == "ak" else [itself, itself + FILE]
