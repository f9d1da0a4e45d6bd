"""List the listeners of an application load balancer, those of one protocol or all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NotRequired, TypeVar, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.app_reference import AppBlbPage
from bce_emulator.services.blb.balancer.reference import application
from bce_emulator.services.blb.errors import InstanceNotFound
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.parts import (
    AttributesView,
    CertDomainView,
    CertHostView,
    TlsView,
    show_domains,
    show_tls,
)
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.blb.listener.rules import page_of_listeners

Form = TypeVar("Form")
DOC = "https://cloud.baidu.com/doc/BLB/s/ujwvxnyux"


class ListenerPage(AppBlbPage):
    """Which listeners to list; without a port, all."""

    listener_port: Port | None = None


class ListenerBase(TypedDict):
    """What every listener shows."""

    listenerPort: int
    scheduler: str


class DescribedListener(ListenerBase):
    """What every listener shows in the list of its protocol."""

    description: str


class AppTcpListenerView(DescribedListener):
    """A TCP listener."""

    tcpSessionTimeout: int


class AppUdpListenerView(DescribedListener):
    """A UDP listener."""

    udpSessionTimeout: int


class SessionView(TypedDict):
    """How sessions are kept, and for how long a server is waited for."""

    keepSession: bool
    keepSessionType: str
    keepSessionTimeout: int
    keepSessionCookieName: str
    xForwardedProto: bool
    serverTimeout: int


class SevenLayerView(SessionView):
    """What HTTP and HTTPS listeners show in the lists of their protocols."""

    xForwardedFor: bool
    additionalAttributes: AttributesView


class AppHttpListenerView(DescribedListener, SevenLayerView):
    """An HTTP listener; one that redirects nowhere has the port 0."""

    redirectPort: int


class AppHttpsListenerView(DescribedListener, SevenLayerView, TlsView):
    """An HTTPS listener."""

    additionalCertDomains: list[CertHostView]


class AppSslListenerView(DescribedListener, TlsView):
    """An SSL listener."""


class AppListenerView(ListenerBase):
    """A listener of any protocol, with what its protocol has."""

    listenerType: str
    tcpSessionTimeout: NotRequired[int]
    udpSessionTimeout: NotRequired[int]
    keepSession: NotRequired[bool]
    keepSessionType: NotRequired[str]
    keepSessionTimeout: NotRequired[int]
    keepSessionCookieName: NotRequired[str]
    xForwardFor: NotRequired[bool]
    xForwardedProto: NotRequired[bool]
    serverTimeout: NotRequired[int]
    redirectPort: NotRequired[int]
    certIds: NotRequired[list[str]]
    additionalCertDomains: NotRequired[list[CertDomainView]]
    encryptionType: NotRequired[str]
    encryptionProtocols: NotRequired[list[str]]
    appliedCiphers: NotRequired[str]
    dualAuth: NotRequired[bool]
    clientCertIds: NotRequired[list[str]]


class AppTcpListeners(Page):
    """One page of the TCP listeners."""

    listenerList: list[AppTcpListenerView]


class AppUdpListeners(Page):
    """One page of the UDP listeners."""

    listenerList: list[AppUdpListenerView]


class AppHttpListeners(Page):
    """One page of the HTTP listeners."""

    listenerList: list[AppHttpListenerView]


class AppHttpsListeners(Page):
    """One page of the HTTPS listeners."""

    listenerList: list[AppHttpsListenerView]


class AppSslListeners(Page):
    """One page of the SSL listeners."""

    listenerList: list[AppSslListenerView]


class AppListeners(Page):
    """One page of the listeners of all protocols."""

    listenerList: list[AppListenerView]


@operation("GET /v1/appblb/{blbId}/TCPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_tcp_listener(account: AccountRegion, request: ListenerPage) -> AppTcpListeners:
    """List the TCP listeners of an application load balancer."""
    return listeners(AppTcpListeners, account, request, "TCP", show_tcp)


@operation("GET /v1/appblb/{blbId}/UDPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_udp_listener(account: AccountRegion, request: ListenerPage) -> AppUdpListeners:
    """List the UDP listeners of an application load balancer."""
    return listeners(AppUdpListeners, account, request, "UDP", show_udp)


@operation("GET /v1/appblb/{blbId}/HTTPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_http_listener(account: AccountRegion, request: ListenerPage) -> AppHttpListeners:
    """List the HTTP listeners of an application load balancer."""
    return listeners(AppHttpListeners, account, request, "HTTP", show_http)


@operation("GET /v1/appblb/{blbId}/HTTPSlistener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_https_listener(account: AccountRegion, request: ListenerPage) -> AppHttpsListeners:
    """List the HTTPS listeners of an application load balancer."""
    return listeners(AppHttpsListeners, account, request, "HTTPS", show_https)


@operation("GET /v1/appblb/{blbId}/SSLlistener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_ssl_listener(account: AccountRegion, request: ListenerPage) -> AppSslListeners:
    """List the SSL listeners of an application load balancer."""
    return listeners(AppSslListeners, account, request, "SSL", show_ssl)


@operation("GET /v1/appblb/{blbId}/listener", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_listener(account: AccountRegion, request: ListenerPage) -> AppListeners:
    """List the listeners of an application load balancer, whatever their protocols."""
    return listeners(AppListeners, account, request, "", show_any)


def listeners(
    form: type[Form], account: AccountRegion, request: ListenerPage, protocol: str, show: Callable[[Listener], Any]
) -> Form:
    """One page of the listeners of a protocol; at a port where none is, the list is empty."""
    balancer = application(account, request.blb_id)
    return page_of_listeners(form, account, balancer, protocol, request.listener_port, show, request)


def show_tcp(listener: Listener) -> AppTcpListenerView:
    """A TCP listener."""
    return {**_described(listener), "tcpSessionTimeout": listener.timeout}


def show_udp(listener: Listener) -> AppUdpListenerView:
    """A UDP listener."""
    return {**_described(listener), "udpSessionTimeout": listener.timeout}


def show_http(listener: Listener) -> AppHttpListenerView:
    """An HTTP listener."""
    return {**_described(listener), **_seven_layer(listener), "redirectPort": listener.redirect_port}


def show_https(listener: Listener) -> AppHttpsListenerView:
    """An HTTPS listener."""
    return {
        **_described(listener),
        **_seven_layer(listener),
        **show_tls(listener),
        "additionalCertDomains": show_domains(listener, "Host"),
    }


def show_ssl(listener: Listener) -> AppSslListenerView:
    """An SSL listener."""
    return {**_described(listener), **show_tls(listener)}


def show_any(listener: Listener) -> AppListenerView:
    """A listener with its protocol, and what that has."""
    shown: AppListenerView = {
        "listenerPort": listener.port,
        "scheduler": listener.scheduler,
        "listenerType": listener.protocol,
    }
    if listener.protocol == "TCP":
        shown["tcpSessionTimeout"] = listener.timeout
    if listener.protocol == "UDP":
        shown["udpSessionTimeout"] = listener.timeout
    if listener.protocol in {"HTTP", "HTTPS"}:
        shown |= cast("AppListenerView", _session(listener))
        shown["xForwardFor"] = listener.x_forwarded_for
    if listener.protocol == "HTTP":
        shown["redirectPort"] = listener.redirect_port
    if listener.protocol in {"HTTPS", "SSL"}:
        shown |= cast("AppListenerView", show_tls(listener))
    if listener.protocol == "HTTPS":
        shown["additionalCertDomains"] = show_domains(listener, "host")
    return shown


def _base(listener: Listener) -> ListenerBase:
    return {"listenerPort": listener.port, "scheduler": listener.scheduler}


def _described(listener: Listener) -> DescribedListener:
    return {**_base(listener), "description": listener.description}


def _session(listener: Listener) -> SessionView:
    return {
        "keepSession": listener.session.keep,
        "keepSessionType": listener.session.type,
        "keepSessionTimeout": listener.session.seconds,
        "keepSessionCookieName": listener.session.cookie,
        "xForwardedProto": listener.x_forwarded_proto,
        "serverTimeout": listener.timeout,
    }


def _seven_layer(listener: Listener) -> SevenLayerView:
    return {
        **_session(listener),
        "xForwardedFor": listener.x_forwarded_for,
        "additionalAttributes": {"gzipJson": listener.gzip_json or "off"},
    }
