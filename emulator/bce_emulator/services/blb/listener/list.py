"""Look at the listeners of ordinary load balancers, and delete them. https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"""

from __future__ import annotations

from typing import TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbLook, ordinary
from bce_emulator.services.blb.errors import InstanceNotFound, ListenerNotFound
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.rules import DeleteListenersRequest, delete_listeners, page_of_listeners
from bce_emulator.services.blb.listener.show import (
    AnyListeners,
    HttpListeners,
    HttpsListeners,
    SslListeners,
    TcpListeners,
    UdpListeners,
    show_any,
    show_listener,
)

DOC = "https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"
Form = TypeVar("Form")


class ListenerLook(BlbLook):
    """Which listeners: of a port, or all."""

    listener_port: Port | None = None
    marker: str = ""
    max_keys: int = MAX_KEYS


class DeleteBlbListenerRequest(DeleteListenersRequest):
    """Which listeners to delete."""


@operation("GET /v1/blb/{blbId}/TCPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_tcp_listener(account: AccountRegion, request: ListenerLook) -> TcpListeners:
    """List the TCP listeners of a load balancer."""
    return listeners(TcpListeners, account, request, "TCP")


@operation("GET /v1/blb/{blbId}/UDPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_udp_listener(account: AccountRegion, request: ListenerLook) -> UdpListeners:
    """List the UDP listeners of a load balancer."""
    return listeners(UdpListeners, account, request, "UDP")


@operation("GET /v1/blb/{blbId}/HTTPlistener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_http_listener(account: AccountRegion, request: ListenerLook) -> HttpListeners:
    """List the HTTP listeners of a load balancer."""
    return listeners(HttpListeners, account, request, "HTTP")


@operation("GET /v1/blb/{blbId}/HTTPSlistener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_https_listener(account: AccountRegion, request: ListenerLook) -> HttpsListeners:
    """List the HTTPS listeners of a load balancer."""
    return listeners(HttpsListeners, account, request, "HTTPS")


@operation("GET /v1/blb/{blbId}/SSLlistener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_ssl_listener(account: AccountRegion, request: ListenerLook) -> SslListeners:
    """List the SSL listeners of a load balancer."""
    return listeners(SslListeners, account, request, "SSL")


@operation("GET /v1/blb/{blbId}/listener", errors=[InstanceNotFound], doc=DOC)
def describe_blb_listener(account: AccountRegion, request: ListenerLook) -> AnyListeners:
    """List the listeners of a load balancer, of whatever protocol."""
    return listeners(AnyListeners, account, request, "")


@operation("PUT /v1/blb/{blbId}/listener?batchdelete", errors=[*CHANGES, ListenerNotFound], doc=DOC)
def delete_blb_listener(account: AccountRegion, request: DeleteBlbListenerRequest) -> None:
    """Delete listeners, all or none."""
    delete_listeners(account, ordinary(account, request.blb_id), request)


def listeners(form: type[Form], account: AccountRegion, request: ListenerLook, protocol: str) -> Form:
    """One page of the listeners of a protocol, or of all."""
    show = show_any if form is AnyListeners else show_listener
    balancer = ordinary(account, request.blb_id)
    return page_of_listeners(form, account, balancer, protocol, request.listener_port, show, request)
