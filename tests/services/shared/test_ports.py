"""How requests write ports."""

from __future__ import annotations

import pytest

from bce_emulator.services.shared.ports import ALL_PORTS, parse_ports


@pytest.mark.parametrize(("text", "ports"), [("80", (80, 80)), ("80-90", (80, 90)), (ALL_PORTS, (1, 65_535))])
def test_a_port_and_a_range(text, ports):
    assert parse_ports(text) == ports


@pytest.mark.parametrize(
    "text", ["", "0", "65536", "080", "80-", "-80", "90-80", "80-65536", "ssh", "1-2-3", " 80", "\u0668"]
)
def test_what_is_neither(text):
    assert parse_ports(text) is None
