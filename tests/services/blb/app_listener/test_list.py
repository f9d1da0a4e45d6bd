"""Listing the listeners of application load balancers."""

from __future__ import annotations

from bce_emulator.services.blb.errors import InvalidParameter
from tests.services.blb.app import App


def test_each_protocol_has_a_list_and_all_are_in_one(full):
    found = {each["listenerPort"]: each for each in full.look("listener", "listenerList")}
    ports = {
        name: [each["listenerPort"] for each in full.look(f"{name}listener", "listenerList")]
        for name in ("TCP", "UDP", "HTTP", "HTTPS", "SSL")
    }

    assert ports == {"TCP": [80], "UDP": [53], "HTTP": [8080], "HTTPS": [443], "SSL": [9443]}
    assert {port: each["listenerType"] for port, each in found.items()} == {
        80: "TCP",
        53: "UDP",
        8080: "HTTP",
        443: "HTTPS",
        9443: "SSL",
    }
    assert found[80]["tcpSessionTimeout"] == 900
    assert found[53]["udpSessionTimeout"] == 90
    assert found[8080].keys() >= {"xForwardFor", "keepSession", "redirectPort"}
    assert found[443].keys() >= {"xForwardFor", "certIds", "additionalCertDomains"}
    assert "keepSession" not in found[9443]


def test_a_list_has_pages_and_only_what_its_load_balancer_has(full):
    App(full.cloud).ok("POST TCPlistener", listenerPort=1, scheduler="Hash")

    first = full.ok("GET listener?maxKeys=3")
    second = full.ok(f"GET listener?maxKeys=3&marker={first['nextMarker']}")

    assert [each["listenerPort"] for each in first["listenerList"]] == [9443, 443, 8080]
    assert [each["listenerPort"] for each in second["listenerList"]] == [53, 80]
    assert (first["isTruncated"], second["isTruncated"], "nextMarker" in second) == (True, False, False)


def test_a_port_without_a_listener_of_the_protocol_gives_an_empty_list(full):
    for rest in ("TCPlistener?listenerPort=53", "listener?listenerPort=1"):
        assert full.look(rest, "listenerList") == []


def test_pages_are_of_one_at_least_and_begin_at_what_was_there(full):
    for query in ("maxKeys=0", "marker=listener-nobody", "listenerPort=x", "listenerPort=0", "listenerPort=-1"):
        full.refused(InvalidParameter, f"GET listener?{query}")
