"""The JSON of a reserved instance."""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.reserved_instance.resource import Offered, ReservedInstance
from bce_emulator.services.shared.names import dashed
from bce_emulator.services.shared.tags import TagView, show_tags

ANY_SYSTEM = "all"
"""The operating systems that a reserved instance is for: no request names any."""
FULLY_PREPAY = "FullyPrepay"
NEEDS_CLUSTER = "ehc"
"""The product whose specs are in EHC clusters."""


class OfferedView(TypedDict):
    """A reserved instance as it was when it was offered."""

    reservedInstanceId: str
    reservedInstanceUuid: str
    reservedInstanceName: str
    scope: str
    zoneName: str
    logicalZone: str
    spec: str
    reservedType: str
    offeringType: str
    osType: str
    reservedInstanceStatus: str
    instanceCount: int
    instanceId: str
    instanceIds: list[str]
    instanceName: str
    instanceNames: list[str]
    effectiveTime: str
    expireTime: str
    transferIn: bool
    transferInTime: str
    grantorUserId: str
    autoRenew: bool
    renewTimeUnit: str
    renewTime: int
    nextRenewTime: str
    flavorSubType: str
    productCategory: str
    isNeedEhcCluster: bool
    tags: list[TagView]
    timeGranularity: str
    reservedInstanceTime: int
    ehcClusterId: str


class ReservedInstanceView(OfferedView):
    """A reserved instance as it is."""


def show_reserved_instance(each: ReservedInstance | Offered, status: str) -> ReservedInstanceView:
    """A reserved instance by the API's member names; it pays for no instance in particular."""
    spec = offerings.specs().get(each.spec)
    product = each.spec.partition(".")[0]
    expires = iso(each.expires)
    return {
        "reservedInstanceId": each.id,
        "reservedInstanceUuid": dashed(id_text("hex32", "reserved instance", each.id)),
        "reservedInstanceName": each.name,
        "scope": each.scope,
        "zoneName": each.zone,
        "logicalZone": each.zone,
        "spec": each.spec,
        "reservedType": product,
        "offeringType": FULLY_PREPAY,
        "osType": ANY_SYSTEM,
        "reservedInstanceStatus": status,
        "instanceCount": 1,
        "instanceId": "",
        "instanceIds": [],
        "instanceName": "",
        "instanceNames": [],
        "effectiveTime": iso(each.effective),
        "expireTime": expires,
        "transferIn": each.transferred_in is not None,
        "transferInTime": iso(each.transferred_in) if each.transferred_in is not None else "",
        "grantorUserId": each.grantor,
        "autoRenew": bool(each.auto_renew_months),
        "renewTimeUnit": "month",
        "renewTime": each.auto_renew_months,
        "nextRenewTime": expires if each.auto_renew_months else "",
        "flavorSubType": spec.spec_id if spec else "",
        "productCategory": product.upper(),
        "isNeedEhcCluster": product == NEEDS_CLUSTER,
        "tags": show_tags(each.tags),
        "timeGranularity": "month",
        "reservedInstanceTime": each.months,
        "ehcClusterId": each.ehc_cluster_id,
    }
