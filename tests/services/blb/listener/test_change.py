"""Listeners of ordinary load balancers: made and changed."""

from __future__ import annotations

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

CERT, OTHER = "cert-zfj2ey2z4kmm", "cert-0123456789ab"
PLAIN = {"listenerPort": 80, "backendPort": 8080, "scheduler": "RoundRobin"}
NEW = {
    "TCP": PLAIN,
    "UDP": PLAIN | {"healthCheckString": "HealthCheck"},
    "HTTP": PLAIN,
    "HTTPS": PLAIN | {"certIds": [CERT]},
    "SSL": PLAIN | {"certIds": [CERT]},
}
CHECK = {
    "healthCheckTimeoutInSecond": 3,
    "healthCheckInterval": 3,
    "unhealthyThreshold": 3,
    "healthyThreshold": 3,
}
PAGE = {
    "healthCheckType": "HTTP",
    "healthCheckPort": 8080,
    "healthCheckURI": "/",
    "healthCheckNormalStatus": "http_2xx|http_3xx",
    "healthCheckHost": "",
    "serverTimeout": 30,
    "keepSession": False,
    "xForwardFor": False,
    "xForwardedProto": False,
}
TLS = {
    "certIds": [CERT],
    "encryptionType": "tls_cipher_policy_default",
    "encryptionProtocols": [],
    "appliedCiphers": "",
    "dualAuth": False,
    "clientCertIds": [],
}
SHOWN = {
    "TCP": {"healthCheckType": "TCP", "tcpSessionTimeout": 900},
    "UDP": {
        "healthCheckType": "UDP",
        "healthCheckPort": 8080,
        "healthCheckString": "HealthCheck",
        "udpSessionTimeout": 90,
    },
    "HTTP": PAGE,
    "HTTPS": PAGE | TLS | {"additionalCertDomains": []},
    "SSL": {"healthCheckType": "TCP", "serverTimeout": 900} | TLS,
}


def test_a_new_one_has_the_defaults_of_its_protocol(cloud):
    cloud.clock.pace = 0
    for protocol, members in NEW.items():
        target = f"/v1/blb/{new_balancer(cloud)}/{protocol}listener"
        cloud.ok("POST", target, members)

        assert cloud.ok("GET", target)["listenerList"] == [PLAIN | CHECK | SHOWN[protocol]], protocol


def test_what_is_given_is_shown_and_what_is_absent_stays(cloud):
    cloud.clock.pace = 0
    domain = [{"certId": OTHER, "Host": "a.example"}]
    session = {"keepSession": True, "keepSessionType": "rewrite", "keepSessionCookieName": "sid"}
    page = {"healthCheckURI": "/up", "healthCheckNormalStatus": "http_2xx", "healthCheckHost": "h", "xForwardFor": True}
    for protocol, changed, then in [
        ("TCP", {"scheduler": "LeastConnection", "tcpSessionTimeout": 10, "healthyThreshold": 2}, {}),
        ("UDP", {"healthCheckPort": 99, "healthCheckString": "\\00", "udpSessionTimeout": 5, "backendPort": 9}, {}),
        ("UDP", {"healthCheckType": "ICMP"}, {"healthCheckString": None}),
        ("HTTP", session | page | {"keepSessionDuration": 60, "serverTimeout": 9, "unhealthyThreshold": "5"}, {}),
        (
            "HTTP",
            {"keepSessionTimeout": 7, "keepSession": True},
            {"keepSessionDuration": 7, "keepSessionTimeout": None},
        ),
        ("HTTP", {"additionalAttributes": {"gzipJson": "on"}, "xForwardedProto": True}, {}),
        ("HTTP", {"healthCheckType": "TCP", "backendPort": 9}, {"healthCheckPort": 9, "healthCheckURI": None}),
        ("HTTPS", {"certIds": [OTHER], "dualAuth": True, "clientCertIds": [CERT], "additionalCertDomains": domain}, {}),
        ("SSL", {"encryptionType": "userDefind", "encryptionProtocols": ["tlsv12"], "appliedCiphers": "A:B"}, {}),
    ]:
        target = f"/v1/blb/{new_balancer(cloud)}/{protocol}listener"
        cloud.ok("POST", target, NEW[protocol])
        cloud.ok("PUT", f"{target}?listenerPort=80", changed)
        cloud.ok("PUT", f"{target}?listenerPort=80", {})

        (found,) = cloud.ok("GET", f"{target}?listenerPort=80")["listenerList"]
        expected = changed | then | ({"unhealthyThreshold": 5} if "unhealthyThreshold" in changed else {})
        assert {name: found.get(name) for name in expected} == expected, protocol
    made = new_balancer(cloud)
    cloud.ok("POST", f"/v1/blb/{made}/SSLlistener", NEW["SSL"] | {"serverTimeout": 10})
    assert cloud.ok("GET", f"/v1/blb/{made}/SSLlistener")["listenerList"][0]["serverTimeout"] == 10


def test_what_cannot_be_is_refused(cloud):
    cloud.clock.pace = 0
    made = new_balancer(cloud)
    for index, (protocol, members) in enumerate(NEW.items()):
        target = f"/v1/blb/{made}/{protocol}listener"
        cloud.ok("POST", target, members | {"listenerPort": index + 1})
        new, old = members | {"listenerPort": 9}, f"{target}?listenerPort={index + 1}"
        cloud.refused(MissingParameter, "POST", target, new | {"scheduler": None})
        cloud.refused(MissingParameter, "PUT", target, {})
        for wrong in (
            {"scheduler": "Best"},
            {"backendPort": 0},
            {"healthCheckType": "PING"},
            {"healthCheckInterval": 11},
            {"description": "d" * 201},
        ):
            cloud.refused(InvalidParameter, "POST", target, new | wrong)
            cloud.refused(InvalidParameter, "PUT", old, wrong)
        cloud.refused(ListenerAlreadyExist, "POST", target, members | {"listenerPort": 1})
        cloud.refused(ListenerNotFound, "PUT", f"{target}?listenerPort=9", {})
        cloud.refused(InstanceNotFound, "POST", f"/v1/blb/{NOBODY}/{protocol}listener", new)
        cloud.refused(InstanceNotFound, "PUT", f"/v1/blb/{NOBODY}/{protocol}listener?listenerPort=1", {})
        if protocol in {"HTTPS", "SSL"}:
            for method, where, asked in (("POST", target, new), ("PUT", old, {})):
                cloud.refused(CertificateNotFound, method, where, asked | {"certIds": ["cert-1"]})
                cloud.refused(InvalidParameter, method, where, asked | {"dualAuth": True})
    cloud.refused(InvalidParameter, "POST", f"/v1/blb/{made}/UDPlistener", PLAIN | {"listenerPort": 9})
    for kind in ("UDP", "ICMP"):
        wrong = {"healthCheckType": kind, "healthCheckString": "ü"}
        cloud.refused(InvalidParameter, "PUT", f"/v1/blb/{made}/UDPlistener?listenerPort=2", wrong)
    for wrong in (
        {"healthCheckURI": "up"},
        {"healthCheckNormalStatus": "200"},
        {"keepSession": True, "keepSessionType": "rewrite"},
    ):
        cloud.refused(InvalidParameter, "PUT", f"/v1/blb/{made}/HTTPlistener?listenerPort=3", wrong)
    for method, key, asked in (("POST", "", PLAIN | {"listenerPort": 9}), ("PUT", "?listenerPort=3", {})):
        cloud.refused(RedirectPortNotFound, method, f"/v1/blb/{made}/HTTPlistener{key}", asked | {"redirectPort": 3})
    cloud.set_facts(**{"blb.listenerQuota": 5})
    for protocol, members in NEW.items():
        cloud.refused(ListenerExceeded, "POST", f"/v1/blb/{made}/{protocol}listener", members | {"listenerPort": 9})


def test_a_busy_or_blocked_load_balancer_keeps_its_listeners(cloud):
    cloud.clock.pace = 0
    made = new_balancer(cloud)
    for index, (protocol, members) in enumerate(NEW.items()):
        cloud.ok("POST", f"/v1/blb/{made}/{protocol}listener", members | {"listenerPort": index + 1})
    cloud.clock.pace = 1
    cloud.ok("PUT", f"/v1/blb/{made}", {"desc": "busy"})
    for error in (LastOperationNotFinished, ServiceBlocked):
        for index, (protocol, members) in enumerate(NEW.items()):
            target = f"/v1/blb/{made}/{protocol}listener"
            cloud.refused(error, "POST", target, members | {"listenerPort": 9})
            cloud.refused(error, "PUT", f"{target}?listenerPort={index + 1}", {})
        cloud.refused(error, "PUT", f"/v1/blb/{made}/listener?batchdelete", {"portList": [1]})
        cloud.clock.advance(9)
        cloud.account.get(LoadBalancer, made).state = UNAVAILABLE
