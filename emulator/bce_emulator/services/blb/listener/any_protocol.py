"""The calls of one client that has the protocol of a listener in the path, however it is spelled."""

from __future__ import annotations

from typing import Annotated, Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, rephrased
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.balancer.reference import BlbRef, ordinary
from bce_emulator.services.blb.errors import InstanceNotFound, MissingParameter
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.any_protocol_path import TLS_ERRORS, protocol_of
from bce_emulator.services.blb.listener.change import (
    CREATE,
    UPDATE,
    CreateBlbHttpListenerRequest,
    CreateBlbHttpsListenerRequest,
    CreateBlbSslListenerRequest,
    CreateBlbTcpListenerRequest,
    CreateBlbUdpListenerRequest,
    UpdateBlbHttpListenerRequest,
    UpdateBlbHttpsListenerRequest,
    UpdateBlbSslListenerRequest,
    UpdateBlbTcpListenerRequest,
    UpdateBlbUdpListenerRequest,
    make_listener,
    update_listener,
)
from bce_emulator.services.blb.listener.list import ListenerLook, listeners
from bce_emulator.services.blb.listener.ordinary_members import AnyBlbMembers
from bce_emulator.services.blb.listener.show import AnyListeners

CREATE_REQUESTS: dict[str, Any] = {
    "TCP": CreateBlbTcpListenerRequest,
    "UDP": CreateBlbUdpListenerRequest,
    "HTTP": CreateBlbHttpListenerRequest,
    "HTTPS": CreateBlbHttpsListenerRequest,
    "SSL": CreateBlbSslListenerRequest,
}
UPDATE_REQUESTS: dict[str, Any] = {
    "TCP": UpdateBlbTcpListenerRequest,
    "UDP": UpdateBlbUdpListenerRequest,
    "HTTP": UpdateBlbHttpListenerRequest,
    "HTTPS": UpdateBlbHttpsListenerRequest,
    "SSL": UpdateBlbSslListenerRequest,
}


class ListListenerRequest(ListenerLook):
    """Listeners of which protocol to list."""

    type: str


class CreateListenerRequest(AnyBlbMembers, BlbRef):
    """The listener to have."""

    type: str
    listener_port: Port | None = None


class ModifyListenerAttributesRequest(AnyBlbMembers, BlbRef):
    """What a listener is to have from now on."""

    type: str
    listener_port: Annotated[Port | None, IN_QUERY] = None


@operation("GET /v1/blb/{blbId}/{type}listener", errors=[InstanceNotFound], basis="client")
def list_listener(account: AccountRegion, request: ListListenerRequest) -> AnyListeners:
    """List the listeners of a protocol of an ordinary load balancer."""
    ordinary(account, request.blb_id)
    return listeners(AnyListeners, account, request, protocol_of(request.type))


@operation("POST /v1/blb/{blbId}/{type}listener", errors=[*CREATE, *TLS_ERRORS], basis="client")
def create_listener(account: AccountRegion, request: CreateListenerRequest) -> None:
    """Add a listener of any protocol to an ordinary load balancer."""
    protocol = _protocol(account, request)
    make_listener(account, _in_its_words(CREATE_REQUESTS[protocol], request), protocol)


@operation("PUT /v1/blb/{blbId}/{type}listener", errors=[*UPDATE, *TLS_ERRORS], basis="client")
def modify_listener_attributes(account: AccountRegion, request: ModifyListenerAttributesRequest) -> None:
    """Change a listener of any protocol of an ordinary load balancer."""
    protocol = _protocol(account, request)
    update_listener(account, _in_its_words(UPDATE_REQUESTS[protocol], request), protocol)


def _protocol(account: AccountRegion, request: CreateListenerRequest | ModifyListenerAttributesRequest) -> str:
    ordinary(account, request.blb_id)
    return protocol_of(request.type)


def _in_its_words(model: Any, request: CreateListenerRequest | ModifyListenerAttributesRequest) -> Any:
    """The same in the words of the call for its protocol."""
    return rephrased(model, request.model_dump(by_alias=True, exclude_none=True), MissingParameter)
