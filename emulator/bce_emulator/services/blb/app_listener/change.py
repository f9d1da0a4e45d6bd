"""Change what a listener of an application load balancer does."""

from __future__ import annotations

from typing import Annotated

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application
from bce_emulator.services.blb.errors import CertificateNotFound, ListenerNotFound, RedirectPortNotFound
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.members import (
    HttpMembers,
    HttpsMembers,
    ListenerMembers,
    SslMembers,
    TcpMembers,
    UdpMembers,
)
from bce_emulator.services.blb.listener.rules import change_listener, get_listener, settings_of

DOC = "https://cloud.baidu.com/doc/BLB/s/ujwvxnyux"
UPDATE_ERRORS = [*CHANGES, ListenerNotFound]


class ListenerRef(BlbRef):
    """Which listener to change."""

    listener_port: Annotated[Port, IN_QUERY]


class UpdateAppBlbTcpListenerRequest(TcpMembers, ListenerRef):
    """What a TCP listener is to have from now on."""


class UpdateAppBlbUdpListenerRequest(UdpMembers, ListenerRef):
    """What a UDP listener is to have from now on."""


class UpdateAppBlbHttpListenerRequest(HttpMembers, ListenerRef):
    """What an HTTP listener is to have from now on."""


class UpdateAppBlbHttpsListenerRequest(HttpsMembers, ListenerRef):
    """What an HTTPS listener is to have from now on."""


class UpdateAppBlbSslListenerRequest(SslMembers, ListenerRef):
    """What an SSL listener is to have from now on."""


@operation("PUT /v1/appblb/{blbId}/TCPlistener", errors=UPDATE_ERRORS, doc=DOC)
def update_app_blb_tcp_listener(account: AccountRegion, request: UpdateAppBlbTcpListenerRequest) -> None:
    """Change a TCP listener of an application load balancer."""
    update_listener(account, request.blb_id, request.listener_port, "TCP", request)


@operation("PUT /v1/appblb/{blbId}/UDPlistener", errors=UPDATE_ERRORS, doc=DOC)
def update_app_blb_udp_listener(account: AccountRegion, request: UpdateAppBlbUdpListenerRequest) -> None:
    """Change a UDP listener of an application load balancer."""
    update_listener(account, request.blb_id, request.listener_port, "UDP", request)


@operation("PUT /v1/appblb/{blbId}/HTTPlistener", errors=[*UPDATE_ERRORS, RedirectPortNotFound], doc=DOC)
def update_app_blb_http_listener(account: AccountRegion, request: UpdateAppBlbHttpListenerRequest) -> None:
    """Change an HTTP listener of an application load balancer."""
    update_listener(account, request.blb_id, request.listener_port, "HTTP", request)


@operation("PUT /v1/appblb/{blbId}/HTTPSlistener", errors=[*UPDATE_ERRORS, CertificateNotFound], doc=DOC)
def update_app_blb_https_listener(account: AccountRegion, request: UpdateAppBlbHttpsListenerRequest) -> None:
    """Change an HTTPS listener of an application load balancer."""
    update_listener(account, request.blb_id, request.listener_port, "HTTPS", request)


@operation("PUT /v1/appblb/{blbId}/SSLlistener", errors=[*UPDATE_ERRORS, CertificateNotFound], doc=DOC)
def update_app_blb_ssl_listener(account: AccountRegion, request: UpdateAppBlbSslListenerRequest) -> None:
    """Change an SSL listener of an application load balancer."""
    update_listener(account, request.blb_id, request.listener_port, "SSL", request)


def update_listener(account: AccountRegion, blb_id: str, port: int, protocol: str, members: ListenerMembers) -> None:
    """Give a listener what the request says; what it does not say stays."""
    balancer = application(account, blb_id)
    listener = get_listener(account, balancer.id, port, protocol)
    change_listener(account, balancer, listener, settings_of(account, balancer.id, protocol, members, listener))
