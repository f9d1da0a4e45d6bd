"""Ports, and ranges of them, as requests write them."""

from __future__ import annotations

import re

MAX_PORT = 65_535
ALL_PORTS = f"1-{MAX_PORT}"
PORT = re.compile(r"[1-9][0-9]{0,4}")


def parse_ports(text: str) -> tuple[int, int] | None:
    """The first and the last port that ``80`` or ``80-90`` means; None for what is no port and no range of them."""
    first, dash, last = text.partition("-")
    if not dash:
        last = first
    if PORT.fullmatch(first) is None or PORT.fullmatch(last) is None or not int(first) <= int(last) <= MAX_PORT:
        return None
    return int(first), int(last)
