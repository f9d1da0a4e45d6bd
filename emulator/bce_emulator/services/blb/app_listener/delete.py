"""Have an application load balancer listen at some ports no longer."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.blb.balancer.reference import CHANGES, application
from bce_emulator.services.blb.errors import ListenerNotFound
from bce_emulator.services.blb.listener.rules import DeleteListenersRequest, delete_listeners


class DeleteAppBlbListenerRequest(DeleteListenersRequest):
    """Which listeners to delete."""


@operation(
    "PUT /v1/appblb/{blbId}/listener?batchdelete",
    errors=[*CHANGES, ListenerNotFound],
    doc="https://cloud.baidu.com/doc/BLB/s/ujwvxnyux",
)
def delete_app_blb_listener(account: AccountRegion, request: DeleteAppBlbListenerRequest) -> None:
    """Delete listeners of an application load balancer with their policies, all or none."""
    delete_listeners(account, application(account, request.blb_id), request)
