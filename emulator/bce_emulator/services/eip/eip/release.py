"""Give EIPs back: those paid by use, prepaid ones before their time is over; and protect them from that."""

from __future__ import annotations

from typing import Annotated

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.ddos.status import BLACKHOLE, protection_status
from bce_emulator.services.eip.eip.bind import EipRef
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.lifecycle import PAUSED
from bce_emulator.services.eip.eip.recycle import put_into_bin
from bce_emulator.services.eip.eip.resource import Eip, eip_of

NOT_REFUNDED_ON = frozenset({"VPN", "NAT"})


class ReleaseEipRequest(Model):
    """Which EIP to release, and whether the recycle bin keeps it."""

    client_token: ClientToken = ""
    eip: str
    release_to_recycle: Annotated[bool, IN_QUERY] = False


class UpdateEipDeleteProtectRequest(Model):
    """Which EIP, and whether it is protected."""

    client_token: ClientToken = ""
    eip: str
    delete_protect: bool


@operation(
    "DELETE /v1/eip/{eip}",
    errors=[EipNotFound, OperationDenied],
    doc="https://cloud.baidu.com/doc/EIP/s/Rjwvz32ig",
)
def release_eip(account: AccountRegion, request: ReleaseEipRequest) -> None:
    """Release an EIP for good, which wants it unbound, or into the recycle bin, which unbinds it."""
    eip = eip_of(account, request.eip)
    _check_free_to_go(eip)
    if eip.payment == "Prepaid" and eip.state != PAUSED:
        raise OperationDenied(f"{eip.address} is paid for until it expires; it can be refunded")
    in_arrears = eip.payment == "Postpaid" and eip.state == PAUSED
    if request.release_to_recycle and not in_arrears:
        account.check(eip, "recycle")
        put_into_bin(account, eip)
        return
    if eip.instance_id:
        raise OperationDenied(f"{eip.address} is bound to {eip.instance_id}")
    account.change(eip, "release")


@operation("PUT /v1/eip/refund/{eip}", errors=[EipNotFound, OperationDenied])
def refund_eip(account: AccountRegion, request: EipRef) -> None:
    """Give a prepaid EIP back before its time is over, bound or not."""
    eip = eip_of(account, request.eip)
    _check_free_to_go(eip)
    if eip.payment != "Prepaid":
        raise OperationDenied(f"{eip.address} is not paid for ahead")
    account.check(eip, "refund")
    if eip.instance_type in NOT_REFUNDED_ON:
        raise OperationDenied(f"{eip.address} is bound to {eip.instance_type}")
    if account.where(BandwidthPackage, "target_id", eip.id):
        raise OperationDenied(f"{eip.address} has a bandwidth package")
    if protection_status(account, eip) == BLACKHOLE:
        raise OperationDenied(f"{eip.address} is black-holed")
    account.change(eip, "refund")


@operation("PUT /v1/eip/{eip}/deleteProtect", errors=[EipNotFound], basis="client")
def update_eip_delete_protect(account: AccountRegion, request: UpdateEipDeleteProtectRequest) -> None:
    """Protect an EIP from being released, or no longer."""
    eip_of(account, request.eip).delete_protection = request.delete_protect


def _check_free_to_go(eip: Eip) -> None:
    """Refuse what is protected, or goes with its group."""
    if eip.delete_protection:
        raise OperationDenied(f"{eip.address} is protected")
    if eip.group_id:
        raise OperationDenied(f"{eip.address} is in the group {eip.group_id}")
