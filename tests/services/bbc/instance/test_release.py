"""Servers are released, with what goes along, or expire."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.services.bbc.servers import MONTH, NOBODY, elsewhere, new_server, server, status

DAY = 86_400
BATCH, ANY = "/v1/instance/batchDelete", "/v1/instance/delete"


def with_eip(cloud, server_id):
    """The EIP that is bound to a server."""
    with elsewhere(cloud):
        billing = {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
        eip = cloud.ok("POST", "/v1/eip", {"bandwidthInMbps": 5, "billing": billing})["eip"]
        cloud.clock.advance(10)
        cloud.ok("PUT", f"/v1/eip/{eip}?bind", {"instanceType": "BBC", "instanceId": server_id})
        cloud.clock.advance(10)
    return eip


def eips(cloud):
    with elsewhere(cloud):
        return {each["eip"]: each["status"] for each in cloud.ok("GET", "/v1/eip")["eipList"]}


def test_what_is_paid_by_use_is_released_and_its_eip_is_free(cloud):
    first, second, third = (new_server(cloud) for _ in range(3))
    eip = with_eip(cloud, first)

    cloud.ok("DELETE", f"/v2/instance/{first}")
    cloud.ok("POST", BATCH, {"instanceIds": [second, third, second]})

    assert cloud.ok("GET", "/v1/instance")["instances"] == []
    assert eips(cloud) == {eip: "available"}
    cloud.refused(BadRequest, "POST", BATCH, {})


def test_what_is_prepaid_is_released_by_one_call_only_and_its_eip_goes_too(cloud):
    prepaid, other = new_server(cloud, billing=MONTH), new_server(cloud)
    eip = with_eip(cloud, prepaid)
    cloud.refused(OperationDenied, "DELETE", f"/v2/instance/{prepaid}")
    cloud.refused(OperationDenied, "POST", BATCH, {"instanceIds": [other, prepaid]})

    made = cloud.ok("POST", ANY, {"instanceId": prepaid, "relatedReleaseFlag": True, "deleteImmediate": True})

    assert made == {"successResources": {"instanceId": prepaid, "eip": eip}, "failResources": {}}
    assert eips(cloud) == {}
    made = cloud.ok("POST", ANY, {"instanceId": other, "deleteImmediate": True, "deleteRelatedEnisFlag": True})
    assert made["successResources"] == {"instanceId": other}
    cloud.refused(NoSuchObject, "POST", ANY, {"instanceId": NOBODY})


def test_a_prepaid_server_expires_is_kept_for_a_while_and_is_gone(cloud):
    server_id = new_server(cloud, billing=MONTH)

    cloud.clock.advance(31 * DAY)

    assert (status(cloud, server_id), server(cloud, server_id)["hasAlive"]) == ("Expired", 0)
    cloud.clock.advance(7 * DAY)
    cloud.refused(NoSuchObject, "GET", f"/v1/instance/{server_id}")
