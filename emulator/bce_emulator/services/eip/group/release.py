"""Give shared bandwidths back: those paid by use, and prepaid ones before their time is over."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.group.change import GroupRef
from bce_emulator.services.eip.group.lifecycle import EXPIRED
from bce_emulator.services.eip.group.members import check_native_members_free, let_members_go, resume_members
from bce_emulator.services.eip.group.resource import EipGroup

ERRORS = [NoSuchObject, OperationDenied]


@operation("DELETE /v1/eipgroup/{id}", errors=ERRORS)
def release_eip_group(account: AccountRegion, request: GroupRef) -> None:
    """Release a shared bandwidth with the EIPs that were made with it; those that moved in are as they were."""
    group = account.get(EipGroup, request.id)
    if group.payment == "Prepaid" and group.state != EXPIRED:
        raise OperationDenied(f"{group.id} is paid for until it expires; it can be refunded")
    _release(account, group)


@operation("PUT /v1/eipgroup/refund/{id}", errors=ERRORS)
def refund_eip_group(account: AccountRegion, request: GroupRef) -> None:
    """Give a prepaid shared bandwidth back before its time is over."""
    group = account.get(EipGroup, request.id)
    if group.payment != "Prepaid":
        raise OperationDenied(f"{group.id} is not paid for ahead")
    account.check(group, "change")
    if account.where(BandwidthPackage, "target_id", group.id):
        raise OperationDenied(f"{group.id} has a bandwidth package")
    _release(account, group)


def _release(account: AccountRegion, group: EipGroup) -> None:
    check_native_members_free(account, group)
    resume_members(account, group)
    let_members_go(account, group)
    account.change(group, "release")
