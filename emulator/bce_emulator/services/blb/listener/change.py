"""Make listeners of ordinary load balancers, and change what they do. https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, LenientInt
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, ordinary
from bce_emulator.services.blb.errors import (
    CertificateNotFound,
    ListenerAlreadyExist,
    ListenerExceeded,
    ListenerNotFound,
    RedirectPortNotFound,
)
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.check import check_of
from bce_emulator.services.blb.listener.members import FourLayerScheduler, SevenLayerScheduler, SslScheduler
from bce_emulator.services.blb.listener.ordinary_members import (
    BlbHttpMembers,
    BlbHttpsMembers,
    BlbSslMembers,
    BlbTcpMembers,
    BlbUdpMembers,
)
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.blb.listener.rules import add_listener, change_listener, get_listener, settings_of

DOC = "https://cloud.baidu.com/doc/BLB/s/yjwvxnvl6"
CREATE = [*CHANGES, ListenerAlreadyExist, ListenerExceeded]
UPDATE = [*CHANGES, ListenerNotFound]
Members = BlbTcpMembers | BlbUdpMembers | BlbHttpMembers | BlbHttpsMembers | BlbSslMembers


class NewListener(BlbRef):
    """The ports of a new listener."""

    listener_port: Port
    backend_port: Port


class ListenerRef(BlbRef):
    """Which listener."""

    listener_port: Annotated[Port, IN_QUERY]


class CreateBlbTcpListenerRequest(BlbTcpMembers, NewListener):
    """A TCP listener to make."""

    backend_port: Port
    scheduler: FourLayerScheduler


class CreateBlbUdpListenerRequest(BlbUdpMembers, NewListener):
    """A UDP listener to make."""

    backend_port: Port
    scheduler: FourLayerScheduler


class CreateBlbHttpListenerRequest(BlbHttpMembers, NewListener):
    """An HTTP listener to make."""

    backend_port: Port
    scheduler: SevenLayerScheduler


class CreateBlbHttpsListenerRequest(BlbHttpsMembers, NewListener):
    """An HTTPS listener to make."""

    backend_port: Port
    scheduler: SevenLayerScheduler
    cert_ids: tuple[str, ...]


class CreateBlbSslListenerRequest(BlbSslMembers, NewListener):
    """An SSL listener to make."""

    backend_port: Port
    scheduler: SslScheduler
    cert_ids: tuple[str, ...]
    server_timeout: Annotated[LenientInt, Field(ge=10, le=4_000)] | None = None


class UpdateBlbTcpListenerRequest(BlbTcpMembers, ListenerRef):
    """What a TCP listener is to have from now on."""


class UpdateBlbUdpListenerRequest(BlbUdpMembers, ListenerRef):
    """What a UDP listener is to have from now on."""


class UpdateBlbHttpListenerRequest(BlbHttpMembers, ListenerRef):
    """What an HTTP listener is to have from now on."""


class UpdateBlbHttpsListenerRequest(BlbHttpsMembers, ListenerRef):
    """What an HTTPS listener is to have from now on."""


class UpdateBlbSslListenerRequest(BlbSslMembers, ListenerRef):
    """What an SSL listener is to have from now on."""


@operation("POST /v1/blb/{blbId}/TCPlistener", errors=CREATE, doc=DOC)
def create_blb_tcp_listener(account: AccountRegion, request: CreateBlbTcpListenerRequest) -> None:
    """Have a load balancer listen for TCP."""
    make_listener(account, request, "TCP")


@operation("PUT /v1/blb/{blbId}/TCPlistener", errors=UPDATE, doc=DOC)
def update_blb_tcp_listener(account: AccountRegion, request: UpdateBlbTcpListenerRequest) -> None:
    """Change a TCP listener; what is absent stays."""
    update_listener(account, request, "TCP")


@operation("POST /v1/blb/{blbId}/UDPlistener", errors=CREATE, doc=DOC)
def create_blb_udp_listener(account: AccountRegion, request: CreateBlbUdpListenerRequest) -> None:
    """Have a load balancer listen for UDP."""
    make_listener(account, request, "UDP")


@operation("PUT /v1/blb/{blbId}/UDPlistener", errors=UPDATE, doc=DOC)
def update_blb_udp_listener(account: AccountRegion, request: UpdateBlbUdpListenerRequest) -> None:
    """Change a UDP listener; what is absent stays."""
    update_listener(account, request, "UDP")


@operation("POST /v1/blb/{blbId}/HTTPlistener", errors=[*CREATE, RedirectPortNotFound], doc=DOC)
def create_blb_http_listener(account: AccountRegion, request: CreateBlbHttpListenerRequest) -> None:
    """Have a load balancer listen for HTTP."""
    make_listener(account, request, "HTTP")


@operation("PUT /v1/blb/{blbId}/HTTPlistener", errors=[*UPDATE, RedirectPortNotFound], doc=DOC)
def update_blb_http_listener(account: AccountRegion, request: UpdateBlbHttpListenerRequest) -> None:
    """Change an HTTP listener; what is absent stays."""
    update_listener(account, request, "HTTP")


@operation("POST /v1/blb/{blbId}/HTTPSlistener", errors=[*CREATE, CertificateNotFound], doc=DOC)
def create_blb_https_listener(account: AccountRegion, request: CreateBlbHttpsListenerRequest) -> None:
    """Have a load balancer listen for HTTPS."""
    make_listener(account, request, "HTTPS")


@operation("PUT /v1/blb/{blbId}/HTTPSlistener", errors=[*UPDATE, CertificateNotFound], doc=DOC)
def update_blb_https_listener(account: AccountRegion, request: UpdateBlbHttpsListenerRequest) -> None:
    """Change an HTTPS listener; what is absent stays."""
    update_listener(account, request, "HTTPS")


@operation("POST /v1/blb/{blbId}/SSLlistener", errors=[*CREATE, CertificateNotFound], doc=DOC)
def create_blb_ssl_listener(account: AccountRegion, request: CreateBlbSslListenerRequest) -> None:
    """Have a load balancer listen for SSL."""
    make_listener(account, request, "SSL")


@operation("PUT /v1/blb/{blbId}/SSLlistener", errors=[*UPDATE, CertificateNotFound], doc=DOC)
def update_blb_ssl_listener(account: AccountRegion, request: UpdateBlbSslListenerRequest) -> None:
    """Change an SSL listener; what is absent stays."""
    update_listener(account, request, "SSL")


def make_listener(account: AccountRegion, request: Any, protocol: str) -> None:
    """Have an ordinary load balancer listen at a port."""
    balancer = ordinary(account, request.blb_id)
    fields = _fields(account, request, protocol, None)
    add_listener(account, balancer, protocol, request.listener_port, fields)


def update_listener(account: AccountRegion, request: Any, protocol: str) -> None:
    """Give a listener what the request says; what it does not say stays."""
    balancer = ordinary(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.listener_port, protocol)
    change_listener(account, balancer, listener, _fields(account, request, protocol, listener))


def _fields(account: AccountRegion, request: Members, protocol: str, before: Listener | None) -> dict[str, Any]:
    """The fields that a request gives a listener; what ordinary ones spell differently is respelled."""
    same: Any = request
    if isinstance(request, BlbHttpMembers | BlbHttpsMembers):
        respelled = {"keep_session_timeout": request.keep_session_duration, "x_forwarded_for": request.x_forward_for}
        given = {name: value for name, value in respelled.items() if value is not None}
        same = request.model_copy(update=given)
    fields = settings_of(account, same.blb_id, protocol, same, before)
    if getattr(request, "server_timeout", None) is not None:
        fields["timeout"] = same.server_timeout
    if request.backend_port is not None:
        fields["backend_port"] = request.backend_port
    return fields | {"health": check_of(protocol, request, before.health if before else None)}
