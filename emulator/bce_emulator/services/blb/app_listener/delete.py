"""Have an application load balancer listen at some ports no longer."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.blb.app_listener.rules import get_listener
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change
from bce_emulator.services.blb.errors import ListenerNotFound
from bce_emulator.services.blb.health import Port


class PortAndType(Model):
    """A listener by its port and its protocol."""

    port: Port
    type: Literal["TCP", "UDP", "HTTP", "HTTPS", "SSL"]


class DeleteAppBlbListenerRequest(BlbRef):
    """Which listeners to delete: by their ports, or by ports and protocols."""

    port_list: tuple[Port, ...] = ()
    port_type_list: tuple[PortAndType, ...] = ()


@operation(
    "PUT /v1/appblb/{blbId}/listener?batchdelete",
    errors=[*CHANGES, ListenerNotFound],
    doc="https://cloud.baidu.com/doc/BLB/s/ujwvxnyux",
)
def delete_app_blb_listener(account: AccountRegion, request: DeleteAppBlbListenerRequest) -> None:
    """Delete listeners of an application load balancer with their policies, all or none."""
    balancer = application(account, request.blb_id)
    wanted = [(port, "") for port in request.port_list] + [(each.port, each.type) for each in request.port_type_list]
    if not wanted:
        raise BadRequest("portList or portTypeList is needed")
    found = {each.id: each for each in (get_listener(account, balancer.id, *one) for one in wanted)}
    begin_change(account, balancer)
    for listener in found.values():
        account.remove(listener)
