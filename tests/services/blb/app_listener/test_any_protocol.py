"""The calls with the protocol of a listener in the path."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import UnknownPath
from tests.services.blb.app import CERT

SENT = {"scheduler": "RoundRobin", "keepSession": False, "xForwardedFor": False, "certIds": [CERT], "backendPort": 1}


@pytest.mark.parametrize("protocol", ["tcp", "udp", "http", "https", "ssl"])
def test_a_listener_is_the_same_however_its_protocol_is_spelled(app, protocol):
    app.ok(f"POST {protocol}listener", listenerPort=81, **SENT)
    app.ok(f"PUT {protocol}listener?listenerPort=81", description="anew", listenerPort=81)

    [shown] = app.look(f"{protocol}listener", "listenerList")
    [own] = app.look(f"{protocol.upper()}listener", "listenerList")
    assert (shown["listenerType"], shown["listenerPort"]) == (protocol.upper(), 81)
    assert own["description"] == "anew"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_another_protocol_is_no_path(app, method):
    app.refused(UnknownPath, f"{method} quiclistener")
