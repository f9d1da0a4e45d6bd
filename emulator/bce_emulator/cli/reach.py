"""``bce-emulator reach``: would traffic pass, by which way, and what stops it."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bce_emulator.cli.connection import add_admin_token, add_endpoint, connection
from bce_emulator.cli.control_call import ask
from bce_emulator.settings import SettingError

MARKS = {True: "ok", False: "--"}
LEGS = {"there": "there", "back": "the answer"}
MAX_PORT = 65_535


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("reach", help="say whether traffic would pass, and what stops it")
    ends = "an instance, an interface, a load balancer, an address, or internet"
    parser.add_argument("source", help=ends)
    parser.add_argument("target", help=ends)
    parser.add_argument("--port", help="the port that is asked, for tcp and udp")
    parser.add_argument("--protocol", choices=("tcp", "udp", "icmp"), help="tcp if a port is given, else icmp")
    parser.add_argument("--source-port", help="the client's port (default 49152)")
    parser.add_argument("--ip-version", choices=("4", "6"), help="the version of the addresses (default 4)")
    parser.add_argument("--vpc", help="which VPC an address is in, if several have it")
    parser.add_argument("--account", help="the account's access key (default test)")
    parser.add_argument("--region", help="the region (default the emulator's)")
    parser.add_argument("--unused", action="store_true", help="list the rules on the way that decide nothing, too")
    parser.add_argument("--json", action="store_true", help="print the answer of the control API")
    add_endpoint(parser)
    add_admin_token(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask the running emulator, and print the path; 0 if traffic passes, 1 if not, 2 if that could not be asked."""
    from urllib.parse import urlencode

    where = {name: value for name in ("account", "region") if (value := getattr(args, name))}
    target = "reachability" + (f"?{urlencode(where, errors='surrogateescape')}" if where else "")
    status, found = ask(connection(args), target, _question(args))
    if status != 200:
        print(f"bce-emulator: {found.get('error', status)}", file=sys.stderr)
        return 2
    print(json.dumps(found, indent=2, ensure_ascii=False) if args.json else readable(found))
    return 0 if found["reaches"] else 1


def _question(args: argparse.Namespace) -> dict[str, Any]:
    members = {
        "source": args.source,
        "target": args.target,
        "protocol": args.protocol or ("tcp" if args.port else "icmp"),
        "port": _number(args.port, "--port"),
        "sourcePort": _number(args.source_port, "--source-port"),
        "ipVersion": _number(args.ip_version, "--ip-version"),
        "vpcId": args.vpc,
        "unused": args.unused or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def _number(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= MAX_PORT):
        raise SettingError(f"{option} is a number from 1 to {MAX_PORT}, not {text!r}")
    return int(text)


def readable(found: dict[str, Any]) -> str:
    """An answer for people: the hops of both legs, what stops it and what would let it pass."""
    lines = [f"{summary(found)}: {'passes' if found['reaches'] else 'is stopped'}"]
    width = max((len(hop["concern"]) for hop in found["path"]), default=0)
    leg = ""
    for hop in found["path"]:
        if hop["leg"] != leg:
            leg = hop["leg"]
            lines += ["", f"  {LEGS[leg]}"]
        lines.append(f"  {MARKS[hop['passes']]} {hop['concern']:<{width}}  {hop['text']}  ({hop['rule']['basis']})")
    stop = found["stoppedBy"]
    if stop:
        page = f", {stop['rule']['page']}" if stop["rule"]["page"] else ""
        lines += ["", f"  because   {stop['rule']['says']} ({stop['rule']['basis']}{page})"]
        lines += [f"  passes by {stop['remedy']}"]
    if found["untriedBackends"]:
        lines += ["", f"  not looked at: {found['untriedBackends']} more backends, one of which might let it pass"]
    if found.get("unused"):
        lines += ["", "  unused on the way"]
        lines += [f"  {rule['concern']} {rule['owner']}: {rule['text']}" for rule in found["unused"]]
    return "\n".join(lines)


def summary(found: dict[str, Any]) -> str:
    """From where to where, and how."""
    port = f" {found['port']}" if found["port"] else ""
    return f"{_end(found['source'])} -> {_end(found['target'])} {found['protocol']}{port}"


def _end(end: dict[str, Any]) -> str:
    return f"{end['id']} ({end['address']})" if end["id"] else str(end["address"])
