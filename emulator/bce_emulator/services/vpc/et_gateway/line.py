"""The channel of a line that a dedicated-line gateway is bound to; lines themselves are not emulated."""

from __future__ import annotations

import re
from ipaddress import IPv6Network

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.cidr import parse_network, range_of

LINE, CHANNEL = re.compile(r"dcphy-\w{1,32}"), re.compile(r"dedicatedconn-\w{1,32}")


def check_line(et_id: str, channel_id: str) -> None:
    """Refuse what is no id of a line and of one of its channels."""
    if LINE.fullmatch(et_id) is None or CHANNEL.fullmatch(channel_id) is None:
        raise BadRequest("etId is the id of a line (dcphy-…), and channelId that of a channel of it (dedicatedconn-…)")


def check_ranges(cidrs: tuple[str, ...]) -> None:
    """Refuse what are no IPv4 ranges."""
    for cidr in cidrs:
        range_of(cidr, "localCidrs")


def check_ipv6_ranges(cidrs: tuple[str, ...]) -> None:
    """Refuse what are no IPv6 ranges."""
    for cidr in cidrs:
        try:
            network = parse_network(cidr)
        except ValueError as error:
            raise BadRequest(f"ipv6LocalCidrs: {error}") from None
        if not isinstance(network, IPv6Network):
            raise BadRequest("ipv6LocalCidrs are of IPv6")
