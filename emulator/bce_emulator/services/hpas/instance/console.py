"""Look into an instance by its console."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.shared.names import dashed


class DescribeHpasVncUrlRequest(Model):
    """Whose console to open."""

    hpas_id: str


class DescribeHpasVncUrlResponse(TypedDict):
    """Where the console would be."""

    vncUrl: str


@operation("POST /?action=DescribeHpasVncUrl", errors=[NoSuchObject, OperationDenied], basis="client")
def describe_hpas_vnc_url(
    account: AccountRegion, request: DescribeHpasVncUrlRequest, call: Call
) -> DescribeHpasVncUrlResponse:
    """Give an address, a new one each time, at which the console of an instance would be."""
    account.check(account.get(HpasInstance, request.hpas_id), "show_console")
    return {"vncUrl": f"http://{call.host}/vnc_auto.html?token={dashed(account.new_text('console', 'hex32'))}"}
