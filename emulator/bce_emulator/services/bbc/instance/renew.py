"""Renew prepaid servers: once, or by a rule."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.billing import ServerBilling
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.shared.billing import months_of, renewal_months
from bce_emulator.services.shared.term import prolong

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
ERRORS = [NoSuchObject, OperationDenied]


class InstancePurchaseReservedRequest(Model):
    """Which server to renew, and for how long."""

    client_token: ClientToken = ""
    instance_id: str
    billing: ServerBilling = ServerBilling()


class BatchCreateAutoRenewRulesRequest(Model):
    """Which server is to renew itself, and for how long each time."""

    instance_id: str
    renew_time_unit: Literal["month", "year"]
    renew_time: int


class BatchDeleteAutoRenewRulesRequest(Model):
    """Which server is not to renew itself any more."""

    instance_id: str


@operation("PUT /v1/instance/{instanceId}?purchaseReserved", errors=ERRORS, doc=DOC)
def instance_purchase_reserved(account: AccountRegion, request: InstancePurchaseReservedRequest) -> None:
    """Renew a prepaid server; one that has expired starts again."""
    server = _prepaid(account, request.instance_id)
    prolong(account, server, months_of(request.billing.reservation))
    note(account, "InstancePurchaseReserved", request.instance_id)


@operation("POST /v1/instance/batchCreateAutoRenewRules", errors=ERRORS, doc=DOC)
def batch_create_auto_renew_rules(account: AccountRegion, request: BatchCreateAutoRenewRulesRequest) -> None:
    """Have a prepaid server renew itself when its term ends."""
    server = _prepaid(account, request.instance_id)
    months = renewal_months(request.renew_time, request.renew_time_unit)
    account.check(server, "set_auto_renew")
    server.auto_renew_months = months
    note(account, "BatchCreateAutoRenewRules", request.instance_id)


@operation("POST /v1/instance/batchDeleteAutoRenewRules", errors=ERRORS, doc=DOC)
def batch_delete_auto_renew_rules(account: AccountRegion, request: BatchDeleteAutoRenewRulesRequest) -> None:
    """Have a server expire instead of renewing itself; without a rule nothing changes."""
    server = account.get(Server, request.instance_id)
    account.check(server, "set_auto_renew")
    server.auto_renew_months = 0
    note(account, "BatchDeleteAutoRenewRules", request.instance_id)


def _prepaid(account: AccountRegion, server_id: str) -> Server:
    server = account.get(Server, server_id)
    if server.payment != "Prepaid":
        raise BadRequest("only a prepaid server is renewed")
    return server
