"""Have an application load balancer listen at a port."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application
from bce_emulator.services.blb.errors import (
    CertificateNotFound,
    ListenerAlreadyExist,
    ListenerExceeded,
    RedirectPortNotFound,
)
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.members import (
    FourLayerScheduler,
    HttpMembers,
    HttpsMembers,
    ListenerMembers,
    SevenLayerScheduler,
    SslMembers,
    SslScheduler,
    TcpMembers,
    UdpMembers,
)
from bce_emulator.services.blb.listener.rules import add_listener, settings_of

DOC = "https://cloud.baidu.com/doc/BLB/s/ujwvxnyux"
CREATE_ERRORS = [*CHANGES, ListenerAlreadyExist, ListenerExceeded]


class CreateAppBlbTcpListenerRequest(TcpMembers, BlbRef):
    """The TCP listener to have."""

    listener_port: Port
    scheduler: FourLayerScheduler


class CreateAppBlbUdpListenerRequest(UdpMembers, BlbRef):
    """The UDP listener to have."""

    listener_port: Port
    scheduler: FourLayerScheduler


class CreateAppBlbHttpListenerRequest(HttpMembers, BlbRef):
    """The HTTP listener to have."""

    listener_port: Port
    scheduler: SevenLayerScheduler


class CreateAppBlbHttpsListenerRequest(HttpsMembers, BlbRef):
    """The HTTPS listener to have."""

    listener_port: Port
    scheduler: SevenLayerScheduler
    cert_ids: tuple[str, ...]


class CreateAppBlbSslListenerRequest(SslMembers, BlbRef):
    """The SSL listener to have."""

    listener_port: Port
    scheduler: SslScheduler
    cert_ids: tuple[str, ...]


@operation("POST /v1/appblb/{blbId}/TCPlistener", errors=CREATE_ERRORS, doc=DOC)
def create_app_blb_tcp_listener(account: AccountRegion, request: CreateAppBlbTcpListenerRequest) -> None:
    """Add a TCP listener to an application load balancer."""
    create_listener(account, request.blb_id, request.listener_port, "TCP", request)


@operation("POST /v1/appblb/{blbId}/UDPlistener", errors=CREATE_ERRORS, doc=DOC)
def create_app_blb_udp_listener(account: AccountRegion, request: CreateAppBlbUdpListenerRequest) -> None:
    """Add a UDP listener to an application load balancer."""
    create_listener(account, request.blb_id, request.listener_port, "UDP", request)


@operation("POST /v1/appblb/{blbId}/HTTPlistener", errors=[*CREATE_ERRORS, RedirectPortNotFound], doc=DOC)
def create_app_blb_http_listener(account: AccountRegion, request: CreateAppBlbHttpListenerRequest) -> None:
    """Add an HTTP listener to an application load balancer."""
    create_listener(account, request.blb_id, request.listener_port, "HTTP", request)


@operation("POST /v1/appblb/{blbId}/HTTPSlistener", errors=[*CREATE_ERRORS, CertificateNotFound], doc=DOC)
def create_app_blb_https_listener(account: AccountRegion, request: CreateAppBlbHttpsListenerRequest) -> None:
    """Add an HTTPS listener to an application load balancer."""
    create_listener(account, request.blb_id, request.listener_port, "HTTPS", request)


@operation("POST /v1/appblb/{blbId}/SSLlistener", errors=[*CREATE_ERRORS, CertificateNotFound], doc=DOC)
def create_app_blb_ssl_listener(account: AccountRegion, request: CreateAppBlbSslListenerRequest) -> None:
    """Add an SSL listener to an application load balancer."""
    create_listener(account, request.blb_id, request.listener_port, "SSL", request)


def create_listener(account: AccountRegion, blb_id: str, port: int, protocol: str, members: ListenerMembers) -> None:
    """Have an application load balancer listen at a port."""
    balancer = application(account, blb_id)
    add_listener(account, balancer, protocol, port, settings_of(account, balancer.id, protocol, members))
