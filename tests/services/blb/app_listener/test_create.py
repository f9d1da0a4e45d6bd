"""Adding listeners to application load balancers."""

from __future__ import annotations

import pytest

from bce_emulator.services.blb.errors import (
    CertificateNotFound,
    InvalidParameter,
    ListenerAlreadyExist,
    ListenerExceeded,
    RedirectPortNotFound,
)
from tests.services.blb.app import CERT, OTHER_CERT

PORT = {"listenerPort": 81, "scheduler": "RoundRobin"}
TLS = PORT | {"certIds": [CERT]}
NO_SESSION = {
    "keepSession": False,
    "keepSessionType": "",
    "keepSessionTimeout": 0,
    "keepSessionCookieName": "",
    "xForwardedFor": False,
    "xForwardedProto": False,
    "serverTimeout": 30,
    "additionalAttributes": {"gzipJson": "off"},
}
SESSION = {
    "keepSession": True,
    "keepSessionType": "rewrite",
    "keepSessionTimeout": 60,
    "keepSessionCookieName": "sid",
    "xForwardedFor": True,
    "xForwardedProto": True,
    "serverTimeout": 3600,
    "additionalAttributes": {"gzipJson": "on"},
}
NO_TLS = {
    "encryptionType": "tls_cipher_policy_default",
    "encryptionProtocols": [],
    "appliedCiphers": "",
    "dualAuth": False,
    "clientCertIds": [],
}
OWN_TLS = {
    "certIds": [CERT],
    "encryptionType": "userDefind",
    "encryptionProtocols": ["tlsv11", "tlsv12"],
    "appliedCiphers": "AES128-SHA:AES256-SHA",
    "dualAuth": True,
    "clientCertIds": [OTHER_CERT],
}
DOMAINS = [{"certId": OTHER_CERT, "Host": "a.example.com"}]
DEFAULTS = [
    ("TCP", PORT, {"tcpSessionTimeout": 900}),
    ("UDP", PORT, {"udpSessionTimeout": 90}),
    ("HTTP", PORT, NO_SESSION | {"redirectPort": 0}),
    ("HTTPS", TLS, NO_SESSION | NO_TLS | {"certIds": [CERT], "additionalCertDomains": []}),
    ("SSL", TLS, NO_TLS | {"certIds": [CERT]}),
]
EVERYTHING = [
    ("TCP", {"scheduler": "WeightLeastConn", "tcpSessionTimeout": 10}),
    ("UDP", {"scheduler": "LeastConnection", "udpSessionTimeout": 4000}),
    ("HTTP", {"scheduler": "LeastConnection", "redirectPort": 443, **SESSION}),
    ("HTTPS", {"scheduler": "RoundRobin", "additionalCertDomains": DOMAINS, **SESSION, **OWN_TLS}),
    ("SSL", {"scheduler": "Hash", **OWN_TLS}),
]
INVALID = [
    ("TCP", {"listenerPort": 0}),
    ("TCP", {"listenerPort": 65_536}),
    ("TCP", {"listenerPort": "http"}),
    ("TCP", {"scheduler": "Random"}),
    ("TCP", {"tcpSessionTimeout": 9}),
    ("TCP", {"tcpSessionTimeout": 4001}),
    ("TCP", {"description": "x" * 201}),
    ("UDP", {"udpSessionTimeout": 4}),
    ("UDP", {"udpSessionTimeout": 4001}),
    ("HTTP", {"scheduler": "Hash"}),
    ("HTTP", {"keepSession": True, "keepSessionType": "rewrite"}),
    ("HTTP", {"keepSession": True, "keepSessionType": "always"}),
    ("HTTP", {"keepSession": True, "keepSessionTimeout": 15_552_001}),
    ("HTTP", {"serverTimeout": 3601}),
    ("HTTP", {"additionalAttributes": {"gzipJson": "yes"}}),
    ("HTTPS", {"certIds": []}),
    ("HTTPS", {"dualAuth": True}),
    ("HTTPS", {"encryptionType": "none"}),
    ("HTTPS", {"encryptionType": "userDefind"}),
    ("HTTPS", {"encryptionType": "userDefind", "encryptionProtocols": ["tls"]}),
    ("HTTPS", {"additionalCertDomains": [{"certId": CERT}]}),
    ("HTTPS", {"additionalCertDomains": [{"certId": CERT, "host": f"{n}.example.com"} for n in range(51)]}),
    ("SSL", {"scheduler": "WeightLeastConn"}),
]


@pytest.mark.parametrize(("protocol", "body", "shown"), DEFAULTS)
def test_what_is_not_said_has_its_default(app, protocol, body, shown):
    app.ok(f"POST {protocol}listener", **body)

    assert app.look(f"{protocol}listener", "listenerList") == [PORT | {"description": ""} | shown]


@pytest.mark.parametrize(("protocol", "body"), EVERYTHING)
def test_a_listener_is_as_it_was_ordered(app, protocol, body):
    app.ok("POST HTTPSlistener", **TLS | {"listenerPort": 443})

    app.ok(f"POST {protocol}listener", listenerPort=81, description="mine", **body)

    assert app.look(f"{protocol}listener?listenerPort=81", "listenerList") == [
        {"listenerPort": 81, "description": "mine", **body}
    ]


def test_a_domain_is_spelled_in_either_way(app):
    app.ok("POST HTTPSlistener", additionalCertDomains=[{"certId": CERT, "host": "b.example.com"}], **TLS)

    [listener] = app.look("HTTPSlistener", "listenerList")
    assert listener["additionalCertDomains"] == [{"certId": CERT, "Host": "b.example.com"}]


@pytest.mark.parametrize("protocol", ["TCP", "UDP", "HTTP", "HTTPS", "SSL", "ssl"])
def test_a_port_is_used_once_and_there_are_only_so_many(app, protocol):
    app.ok("POST TCPlistener", listenerPort=80, scheduler="Hash")

    app.refused(ListenerAlreadyExist, f"POST {protocol}listener", **TLS | {"listenerPort": 80})
    app.cloud.set_facts(**{"blb.listenerQuota": 1})
    app.refused(ListenerExceeded, f"POST {protocol}listener", **TLS)


def test_there_are_50_listeners(app):
    for port in range(1, 51):
        app.ok("POST TCPlistener", listenerPort=port, scheduler="Hash")

    app.refused(ListenerExceeded, "POST TCPlistener", listenerPort=51, scheduler="Hash")


def test_values_that_a_listener_cannot_have_are_refused(app):
    for protocol, wrong in INVALID:
        app.refused(InvalidParameter, f"POST {protocol}listener", **TLS | wrong)


@pytest.mark.parametrize("http", ["HTTP", "http"])
def test_a_redirection_leads_to_an_https_listener(app, http):
    app.ok("POST TCPlistener", listenerPort=443, scheduler="Hash")

    for port in (443, 444):
        app.refused(RedirectPortNotFound, f"POST {http}listener", redirectPort=port, **PORT)


@pytest.mark.parametrize("protocol", ["HTTPS", "SSL", "ssl"])
def test_a_certificate_has_an_id_that_is_one(app, protocol):
    wrong = [{"certIds": [CERT, "mine"]}, {"dualAuth": True, "clientCertIds": ["cert-short"]}]
    for each in wrong:
        app.refused(CertificateNotFound, f"POST {protocol}listener", **TLS | each)


def test_domains_need_certificates_too(app):
    app.refused(CertificateNotFound, "POST HTTPSlistener", additionalCertDomains=[{"certId": "x", "host": "y"}], **TLS)
