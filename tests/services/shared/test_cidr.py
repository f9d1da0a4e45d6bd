"""How requests write addresses and ranges."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.cidr import canonical, parse_address, parse_ipv6, parse_network, range_of


@pytest.mark.parametrize("text", ["10.0.0.1", "2001:db8::1"])
def test_an_address_and_a_range_of_one(text):
    assert str(parse_address(text)) == text
    assert str(parse_network(text)) == f"{text}/{parse_address(text).max_prefixlen}"
    assert canonical(text.upper()) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", " 10.0.0.1", "10.0.0.1\n", "10.0.0", "010.0.0.1", "fe80::1%eth0", "::1%", "\u0661.0.0.1"),
        *("10.0.0.0/255.0.0.0", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/33", "10.0.0.0/0/0", "::/129"),
    ],
)
def test_what_is_neither(text):
    for parse in (parse_address, parse_ipv6, parse_network):
        with pytest.raises(ValueError, match="."):
            parse(text)
    with pytest.raises(BadRequest):
        range_of(text, "cidr")
    assert canonical(text) == text


def test_bits_beside_the_mask_are_taken_where_they_may_be():
    with pytest.raises(ValueError, match="host bits"):
        parse_network("10.0.0.1/8")
    assert str(parse_network("10.0.0.1/8", strict=False)) == "10.0.0.0/8"
    with pytest.raises(ValueError, match="."):
        parse_ipv6("10.0.0.1")
