"""The calls of one client that has the protocol of a listener in the path, however it is spelled."""

from __future__ import annotations

from typing import Annotated, Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, rephrased
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.app_listener.change import (
    UPDATE_ERRORS,
    UpdateAppBlbHttpListenerRequest,
    UpdateAppBlbHttpsListenerRequest,
    UpdateAppBlbSslListenerRequest,
    UpdateAppBlbTcpListenerRequest,
    UpdateAppBlbUdpListenerRequest,
    update_listener,
)
from bce_emulator.services.blb.app_listener.create import (
    CREATE_ERRORS,
    CreateAppBlbHttpListenerRequest,
    CreateAppBlbHttpsListenerRequest,
    CreateAppBlbSslListenerRequest,
    CreateAppBlbTcpListenerRequest,
    CreateAppBlbUdpListenerRequest,
    create_listener,
)
from bce_emulator.services.blb.app_listener.list import AppListeners, ListenerPage, listeners, show_any
from bce_emulator.services.blb.balancer.reference import BlbRef, application
from bce_emulator.services.blb.errors import (
    InstanceNotFound,
    MissingParameter,
)
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.any_protocol_path import TLS_ERRORS, protocol_of
from bce_emulator.services.blb.listener.members import AnyMembers

CREATE: dict[str, Any] = {
    "TCP": CreateAppBlbTcpListenerRequest,
    "UDP": CreateAppBlbUdpListenerRequest,
    "HTTP": CreateAppBlbHttpListenerRequest,
    "HTTPS": CreateAppBlbHttpsListenerRequest,
    "SSL": CreateAppBlbSslListenerRequest,
}
UPDATE: dict[str, Any] = {
    "TCP": UpdateAppBlbTcpListenerRequest,
    "UDP": UpdateAppBlbUdpListenerRequest,
    "HTTP": UpdateAppBlbHttpListenerRequest,
    "HTTPS": UpdateAppBlbHttpsListenerRequest,
    "SSL": UpdateAppBlbSslListenerRequest,
}


class ListListenerAppblbRequest(ListenerPage):
    """AppListeners of which protocol to list."""

    type: str


class CreateListenerAppblbRequest(AnyMembers, BlbRef):
    """The listener to have."""

    type: str
    listener_port: Port | None = None


class ModifyListenerAttributesAppblbRequest(AnyMembers, BlbRef):
    """What a listener is to have from now on."""

    type: str
    listener_port: Annotated[Port | None, IN_QUERY] = None


@operation("GET /v1/appblb/{blbId}/{type}listener", errors=[InstanceNotFound], basis="client")
def list_listener_appblb(account: AccountRegion, request: ListListenerAppblbRequest) -> AppListeners:
    """List the listeners of a protocol of an application load balancer."""
    application(account, request.blb_id)
    return listeners(AppListeners, account, request, protocol_of(request.type), show_any)


@operation("POST /v1/appblb/{blbId}/{type}listener", errors=[*CREATE_ERRORS, *TLS_ERRORS], basis="client")
def create_listener_appblb(account: AccountRegion, request: CreateListenerAppblbRequest) -> None:
    """Add a listener of any protocol to an application load balancer."""
    application(account, request.blb_id)
    protocol = protocol_of(request.type)
    same = rephrased(CREATE[protocol], request.model_dump(by_alias=True, exclude_none=True), MissingParameter)
    create_listener(account, same.blb_id, same.listener_port, protocol, same)


@operation("PUT /v1/appblb/{blbId}/{type}listener", errors=[*UPDATE_ERRORS, *TLS_ERRORS], basis="client")
def modify_listener_attributes_appblb(account: AccountRegion, request: ModifyListenerAttributesAppblbRequest) -> None:
    """Change a listener of any protocol of an application load balancer."""
    application(account, request.blb_id)
    protocol = protocol_of(request.type)
    same = rephrased(UPDATE[protocol], request.model_dump(by_alias=True, exclude_none=True), MissingParameter)
    update_listener(account, same.blb_id, same.listener_port, protocol, same)
