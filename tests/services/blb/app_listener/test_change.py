"""Changing listeners of application load balancers."""

from __future__ import annotations

import pytest

from bce_emulator.services.blb.errors import CertificateNotFound, InvalidParameter, RedirectPortNotFound
from tests.services.blb.app import CERT, OTHER_CERT, App

KEPT = {"keepSession": True, "keepSessionType": "rewrite", "keepSessionTimeout": 60, "keepSessionCookieName": "sid"}
CHANGES = [
    ("TCP", 80, {"scheduler": "Hash", "tcpSessionTimeout": 10, "description": "anew"}),
    ("UDP", 53, {"scheduler": "Hash", "udpSessionTimeout": 5}),
    ("HTTP", 8080, {"redirectPort": 443, "xForwardedFor": True, "additionalAttributes": {"gzipJson": "on"}}),
    ("HTTP", 8080, KEPT),
    ("HTTPS", 443, {"certIds": [OTHER_CERT], "additionalCertDomains": [{"certId": CERT, "Host": "a.example.com"}]}),
    ("SSL", 9443, {"encryptionType": "tls_cipher_policy_1_2", "dualAuth": True, "clientCertIds": [CERT]}),
]


def listener(app: App, protocol: str, port: int) -> dict[str, object]:
    [found] = app.look(f"{protocol}listener?listenerPort={port}", "listenerList")
    return found


@pytest.mark.parametrize(("protocol", "port", "changes"), CHANGES)
def test_what_is_not_said_stays(full, protocol, port, changes):
    before = listener(full, protocol, port)

    full.ok(f"PUT {protocol}listener?listenerPort={port}", **changes)

    assert listener(full, protocol, port) == before | changes


def test_sessions_that_are_kept_no_longer_have_nothing_and_begin_with_the_defaults(full):
    change = "PUT HTTPlistener?listenerPort=8080"
    full.ok(change, **KEPT)
    full.ok(change, keepSessionTimeout=61)
    kept = listener(full, "HTTP", 8080)

    full.ok(change, keepSession=False)
    off = listener(full, "HTTP", 8080)
    full.ok(change, keepSession=True)
    on = listener(full, "HTTP", 8080)

    members = ("keepSessionType", "keepSessionTimeout", "keepSessionCookieName")
    shown = [tuple(each[name] for name in members) for each in (kept, off, on)]
    assert shown == [("rewrite", 61, "sid"), ("", 0, ""), ("insert", 3600, "")]


def test_a_redirection_stays_when_where_it_leads_is_gone(full):
    full.ok("PUT HTTPlistener?listenerPort=8080", redirectPort=443)

    full.ok("PUT listener?batchdelete", portList=[443])

    assert listener(full, "HTTP", 8080)["redirectPort"] == 443


@pytest.mark.parametrize("http", ["HTTP", "http"])
def test_a_redirection_leads_to_an_https_listener(full, http):
    full.refused(RedirectPortNotFound, f"PUT {http}listener?listenerPort=8080", redirectPort=80)


@pytest.mark.parametrize(("protocol", "port"), [("HTTPS", 443), ("SSL", 9443), ("ssl", 9443)])
def test_what_a_listener_cannot_have_is_refused(full, protocol, port):
    change = f"PUT {protocol}listener?listenerPort={port}"

    full.refused(CertificateNotFound, change, certIds=["mine"])
    for wrong in ({"certIds": []}, {"dualAuth": True}, {"scheduler": "Random"}, {"encryptionType": "userDefind"}):
        full.refused(InvalidParameter, change, **wrong)
