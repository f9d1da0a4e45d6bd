"""How listeners of ordinary load balancers are shown: what their protocol has."""

from __future__ import annotations

from typing import Any, NotRequired

from bce_emulator.engine.declare.pages import Page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.health import new_health_check
from bce_emulator.services.blb.listener.parts import (
    AttributesView,
    CertDomainView,
    CertHostView,
    TlsView,
    show_domains,
    show_tls,
)
from bce_emulator.services.blb.listener.resource import Listener

SEVEN_LAYERS = frozenset({"HTTP", "HTTPS"})


class CheckView(TypedDict):
    """How often backends are checked, and how many checks count."""

    healthCheckType: str
    healthCheckTimeoutInSecond: int
    healthCheckInterval: int
    unhealthyThreshold: int
    healthyThreshold: int


class BlbListenerView(CheckView):
    """What every listener shows."""

    listenerPort: int
    backendPort: int
    scheduler: str


class BlbTcpListenerView(BlbListenerView):
    """A TCP listener."""

    tcpSessionTimeout: int


class BlbUdpListenerView(BlbListenerView):
    """A UDP listener; only a UDP check sends a text."""

    udpSessionTimeout: int
    healthCheckPort: int
    healthCheckString: NotRequired[str]


class SevenLayersView(BlbListenerView):
    """What HTTP and HTTPS listeners show; only an HTTP check asks for a page."""

    keepSession: bool
    keepSessionType: NotRequired[str]
    keepSessionDuration: NotRequired[int]
    keepSessionCookieName: NotRequired[str]
    xForwardFor: bool
    xForwardedProto: bool
    additionalAttributes: NotRequired[AttributesView]
    serverTimeout: int
    healthCheckPort: int
    healthCheckURI: NotRequired[str]
    healthCheckNormalStatus: NotRequired[str]
    healthCheckHost: NotRequired[str]


class BlbHttpListenerView(SevenLayersView):
    """An HTTP listener, and perhaps where it redirects to."""

    redirectPort: NotRequired[int]


class BlbHttpsListenerView(SevenLayersView, TlsView):
    """An HTTPS listener."""

    additionalCertDomains: list[CertHostView]


class BlbSslListenerView(BlbListenerView, TlsView):
    """An SSL listener."""

    serverTimeout: int


class BlbAnyListenerView(BlbListenerView):
    """A listener of any protocol, with what its protocol has."""

    listenerType: str
    tcpSessionTimeout: NotRequired[int]
    udpSessionTimeout: NotRequired[int]
    healthCheckPort: NotRequired[int]
    healthCheckString: NotRequired[str]
    keepSession: NotRequired[bool]
    keepSessionType: NotRequired[str]
    keepSessionDuration: NotRequired[int]
    keepSessionCookieName: NotRequired[str]
    xForwardFor: NotRequired[bool]
    xForwardedProto: NotRequired[bool]
    additionalAttributes: NotRequired[AttributesView]
    serverTimeout: NotRequired[int]
    healthCheckURI: NotRequired[str]
    healthCheckNormalStatus: NotRequired[str]
    healthCheckHost: NotRequired[str]
    redirectPort: NotRequired[int]
    certIds: NotRequired[list[str]]
    encryptionType: NotRequired[str]
    encryptionProtocols: NotRequired[list[str]]
    appliedCiphers: NotRequired[str]
    dualAuth: NotRequired[bool]
    clientCertIds: NotRequired[list[str]]
    additionalCertDomains: NotRequired[list[CertDomainView]]


class TcpListeners(Page):
    """One page of the TCP listeners."""

    listenerList: list[BlbTcpListenerView]


class UdpListeners(Page):
    """One page of the UDP listeners."""

    listenerList: list[BlbUdpListenerView]


class HttpListeners(Page):
    """One page of the HTTP listeners."""

    listenerList: list[BlbHttpListenerView]


class HttpsListeners(Page):
    """One page of the HTTPS listeners."""

    listenerList: list[BlbHttpsListenerView]


class SslListeners(Page):
    """One page of the SSL listeners."""

    listenerList: list[BlbSslListenerView]


class AnyListeners(Page):
    """One page of all listeners."""

    listenerList: list[BlbAnyListenerView]


def show_listener(listener: Listener) -> dict[str, Any]:
    """A listener by the members that its protocol has."""
    shown = {
        "listenerPort": listener.port,
        "backendPort": listener.backend_port,
        "scheduler": listener.scheduler,
        **_check(listener),
    }
    if listener.protocol in {"TCP", "UDP"}:
        return shown | {f"{listener.protocol.lower()}SessionTimeout": listener.timeout}
    shown |= {"serverTimeout": listener.timeout}
    if listener.protocol in SEVEN_LAYERS:
        shown |= _seven_layers(listener)
    if listener.protocol in {"HTTPS", "SSL"}:
        shown |= show_tls(listener)
    if listener.protocol == "HTTPS":
        shown["additionalCertDomains"] = show_domains(listener, "Host")
    return shown


def show_any(listener: Listener) -> dict[str, Any]:
    """A listener among those of other protocols."""
    shown = show_listener(listener) | {"listenerType": listener.protocol}
    if listener.protocol == "HTTPS":
        shown["additionalCertDomains"] = show_domains(listener, "host")
    return shown


def _check(listener: Listener) -> dict[str, Any]:
    check = listener.health or new_health_check(listener.protocol)
    shown: dict[str, Any] = {
        "healthCheckType": check.type,
        "healthCheckTimeoutInSecond": check.timeout,
        "healthCheckInterval": check.interval,
        "unhealthyThreshold": check.unhealthy,
        "healthyThreshold": check.healthy,
    }
    if listener.protocol in {"UDP", *SEVEN_LAYERS}:
        shown["healthCheckPort"] = check.port or listener.backend_port
    if check.type == "UDP":
        shown["healthCheckString"] = check.string
    if check.type == "HTTP":
        shown |= {
            "healthCheckURI": check.uri,
            "healthCheckNormalStatus": check.normal_status,
            "healthCheckHost": check.host,
        }
    return shown


def _seven_layers(listener: Listener) -> dict[str, Any]:
    session = listener.session
    shown: dict[str, Any] = {
        "keepSession": session.keep,
        "xForwardFor": listener.x_forwarded_for,
        "xForwardedProto": listener.x_forwarded_proto,
    }
    only_if_there = {
        "keepSessionType": session.type,
        "keepSessionDuration": session.seconds,
        "keepSessionCookieName": session.cookie,
        "redirectPort": listener.redirect_port,
        "additionalAttributes": {"gzipJson": listener.gzip_json} if listener.gzip_json else None,
    }
    return shown | {name: value for name, value in only_if_there.items() if value}
