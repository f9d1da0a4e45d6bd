"""Listing load balancers."""

from __future__ import annotations

import pytest

from bce_emulator.services.blb.errors import InvalidParameter
from tests.services.blb.balancer.balancers import FAMILIES, ipv6_network, listed, new_balancer
from tests.services.eip.eip.addresses import new_eip


@pytest.mark.parametrize("family", FAMILIES)
def test_a_list_keeps_to_all_filters(cloud, family):
    address = new_eip(cloud)
    one, two = new_balancer(cloud, family, name="front-1"), new_balancer(cloud, family, name="front-12", eip=address)
    six = new_balancer(
        cloud, family, **ipv6_network(cloud), type={"blb": "ipv6", "appblb": "ipv6Application"}[family], name="six"
    )
    new_balancer(cloud, {"blb": "appblb", "appblb": "blb"}[family], name="front-1")

    for query, found in [
        ("", [two, one]),
        ("name=front", [two, one]),
        ("name=front-1&exactlyMatch=true", [one]),
        ("address=192.168.0.2", [one]),
        ("address=192.168.0&name=12", [two]),
        (f"address={address}&exactlyMatch=true", [two]),
        (f"blbId={one}", [one]),
        (f"blbId={one}&name=12", []),
        ("bccId=i-nobody00", []),
        (f"type={'ipv6' if family == 'blb' else 'ipv6Application'}", [six]),
        ("maxKeys=1", [two]),
        (f"marker={one}", [one]),
    ]:
        assert listed(cloud, query, family) == found, query
    cloud.refused(InvalidParameter, "GET", f"/v1/{family}?maxKeys=0")
