"""The first of some rules that fits, found for whole ranges of addresses at once."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.reachability.first_fit import FirstFit, Ranged

RANGES = st.sampled_from(
    ["all", "10.0.0.0/8", "10.0.0.0/30", "10.0.0.1/32", "10.0.0.2", "10.0.0.4/31", "0.0.0.0/0", "::/0"]
)
ADDRESSES = st.integers(0, 7).map("10.0.0.{}".format) | st.sampled_from(["0.0.0.0", "255.255.255.255", "9.255.255.255"])


def is_for(ranges, address):
    return any(each == "all" or ip_address(address) in ip_network(each) for each in ranges)


@given(
    st.lists(st.tuples(st.lists(RANGES, max_size=2), st.lists(RANGES, max_size=2)), max_size=5),
    st.lists(st.tuples(ADDRESSES, ADDRESSES), min_size=1, max_size=20),
)
def test_it_is_the_first_rule_in_order_whatever_was_asked_before(rules, pairs):
    judge = FirstFit(Ranged(number, tuple(ones), tuple(others)) for number, (ones, others) in enumerate(rules))

    found = [judge.between(one, other) for one, other in pairs]

    plain = [
        next((n for n, (ones, others) in enumerate(rules) if is_for(ones, one) and is_for(others, other)), None)
        for one, other in pairs
    ]
    assert found == plain
