"""The calls with the protocol of a listener in the path."""

from __future__ import annotations

from bce_emulator.engine.errors import UnknownPath
from bce_emulator.services.blb.balancer.lifecycle import UNAVAILABLE
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import (
    CertificateNotFound,
    InstanceNotFound,
    InvalidParameter,
    LastOperationNotFinished,
    ListenerAlreadyExist,
    ListenerExceeded,
    ListenerNotFound,
    MissingParameter,
    RedirectPortNotFound,
    ServiceBlocked,
)
from tests.services.blb.balancer.balancers import NOBODY, new_balancer
from tests.services.blb.listener.test_change import CERT, NEW

ALWAYS = {"keepSession": False, "xForwardedFor": True}
"""What the client sends of every listener, in the spelling of application load balancers."""


def test_a_listener_is_the_same_however_its_protocol_is_spelled(cloud):
    cloud.clock.pace = 0
    made = new_balancer(cloud)
    for index, (protocol, members) in enumerate(NEW.items()):
        port, target = 81 + index, f"/v1/blb/{made}/{protocol.lower()}listener"
        cloud.ok("POST", target, members | ALWAYS | {"listenerPort": port})
        cloud.ok("PUT", f"{target}?listenerPort={port}", {"healthyThreshold": 5, "listenerPort": port})

        [shown] = cloud.ok("GET", target)["listenerList"]
        [own] = cloud.ok("GET", f"/v1/blb/{made}/{protocol}listener")["listenerList"]

        assert (shown["listenerType"], shown["listenerPort"]) == (protocol, port)
        assert shown == own | {"listenerType": protocol}
        assert own["healthyThreshold"] == 5
        assert own.get("xForwardFor", True)
    assert cloud.ok("GET", f"/v1/blb/{made}/tcplistener?listenerPort=82")["listenerList"] == []


def test_what_cannot_be_is_refused(cloud):
    cloud.clock.pace = 0
    made = new_balancer(cloud)
    for port, protocol in ((1, "TCP"), (2, "HTTP"), (3, "SSL")):
        cloud.ok("POST", f"/v1/blb/{made}/{protocol}listener", NEW[protocol] | {"listenerPort": port})
    new, nothing = NEW["TCP"] | {"listenerPort": 9}, f"/v1/blb/{NOBODY}/tcplistener"
    for method, target, asked, error in [
        ("POST", "tcplistener", new | {"listenerPort": None}, MissingParameter),
        ("POST", "tcplistener", new | {"backendPort": None}, MissingParameter),
        ("POST", "tcplistener", new | {"scheduler": "Best"}, InvalidParameter),
        ("POST", "udplistener", new, InvalidParameter),
        ("POST", "tcplistener", new | {"listenerPort": 1}, ListenerAlreadyExist),
        ("POST", "httplistener", new | {"redirectPort": 1}, RedirectPortNotFound),
        ("POST", "ssllistener", new | {"certIds": ["cert-1"]}, CertificateNotFound),
        ("PUT", "tcplistener", {}, MissingParameter),
        ("PUT", "tcplistener?listenerPort=1", {"healthyThreshold": 9}, InvalidParameter),
        ("PUT", "tcplistener?listenerPort=9", {}, ListenerNotFound),
        ("PUT", "httplistener?listenerPort=2", {"redirectPort": 1}, RedirectPortNotFound),
        ("PUT", "ssllistener?listenerPort=3", {"certIds": ["cert-1"]}, CertificateNotFound),
        ("GET", "quiclistener", None, UnknownPath),
        ("POST", "quiclistener", {}, UnknownPath),
        ("PUT", "quiclistener", {}, UnknownPath),
    ]:
        cloud.refused(error, method, f"/v1/blb/{made}/{target}", asked)
    cloud.refused(InstanceNotFound, "GET", nothing)
    cloud.refused(InstanceNotFound, "POST", nothing, new)
    cloud.refused(InstanceNotFound, "PUT", f"{nothing}?listenerPort=1", {})
    cloud.set_facts(**{"blb.listenerQuota": 3})
    cloud.refused(ListenerExceeded, "POST", f"/v1/blb/{made}/tcplistener", new)
    cloud.clock.pace = 1
    cloud.ok("PUT", f"/v1/blb/{made}", {"desc": "busy"})
    for error in (LastOperationNotFinished, ServiceBlocked):
        cloud.refused(error, "POST", f"/v1/blb/{made}/tcplistener", new)
        cloud.refused(error, "PUT", f"/v1/blb/{made}/ssllistener?listenerPort=3", {"certIds": [CERT]})
        cloud.clock.advance(9)
        cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
