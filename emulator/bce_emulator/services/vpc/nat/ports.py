"""The ports of DNAT rules: one, or a range such as ``80-90``."""

from __future__ import annotations

from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.ports import ALL_PORTS, parse_ports
from bce_emulator.services.vpc.nat.resource import Ports


class PortMembers(Model):
    """How a request says ports; 0 is none."""

    public_port: LenientInt = 0
    private_port: LenientInt = 0
    public_port_range: str = ""
    private_port_range: str = ""


def ports_of(request: PortMembers) -> tuple[Ports | None, Ports | None]:
    """The public and the private ports of a request, or None for those that it does not say."""
    return (
        _read(request.public_port, request.public_port_range, "public"),
        _read(request.private_port, request.private_port_range, "private"),
    )


def show_ports(ports: Ports) -> tuple[int, str]:
    """The port and the range as answers have them, one of which is empty."""
    if ports.first == ports.last:
        return ports.first, ""
    return 0, f"{ports.first}-{ports.last}"


def _read(port: int, text: str, which: str) -> Ports | None:
    if not port and not text:
        return None
    if (port and text) or (text and "-" not in text):
        raise BadRequest(f"either {which}Port is a port, or {which}PortRange two with a hyphen between")
    ports = parse_ports(text or str(port))
    if ports is None:
        raise BadRequest(f"ports are within {ALL_PORTS}, the first not after the last")
    return Ports(*ports)
