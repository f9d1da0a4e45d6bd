"""Prepaid servers are renewed, once or by a rule."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest
from tests.services.bbc.servers import MONTH, new_server, server, status

DAY = 86_400
RULE, NO_RULE = "/v1/instance/batchCreateAutoRenewRules", "/v1/instance/batchDeleteAutoRenewRules"


def test_a_renewal_prolongs_and_starts_what_has_expired(cloud):
    server_id = new_server(cloud, billing=MONTH)
    target = f"/v1/instance/{server_id}?purchaseReserved"

    cloud.ok("PUT", target, {"billing": MONTH})

    assert status(cloud, server_id) == "Recharging"
    cloud.clock.advance(10)
    assert (status(cloud, server_id), server(cloud, server_id)["expireTime"]) == ("Running", "2026-03-01T00:00:00Z")
    cloud.clock.advance(60 * DAY)
    assert status(cloud, server_id) == "Expired"
    cloud.ok("PUT", target, {"billing": MONTH})
    cloud.clock.advance(120)
    assert status(cloud, server_id) == "Running"
    cloud.clock.advance(20 * DAY)
    assert status(cloud, server_id) == "Running"
    cloud.refused(BadRequest, "PUT", target, {"billing": {"reservation": {"reservationLength": 11}}})


def test_a_rule_renews_until_it_is_deleted(cloud):
    server_id = new_server(cloud, billing=MONTH)
    rule = {"instanceId": server_id, "renewTimeUnit": "month", "renewTime": 2}

    cloud.ok("POST", RULE, rule)

    assert server(cloud, server_id)["autoRenew"]
    cloud.clock.advance(32 * DAY)
    assert (status(cloud, server_id), server(cloud, server_id)["expireTime"]) == ("Running", "2026-04-01T00:00:00Z")
    cloud.ok("POST", NO_RULE, {"instanceId": server_id})
    cloud.clock.advance(60 * DAY)
    assert (status(cloud, server_id), server(cloud, server_id)["autoRenew"]) == ("Expired", False)
    cloud.refused(BadRequest, "POST", RULE, rule | {"renewTime": 11})
    postpaid = new_server(cloud)
    cloud.refused(BadRequest, "POST", RULE, rule | {"instanceId": postpaid})
    cloud.refused(BadRequest, "PUT", f"/v1/instance/{postpaid}?purchaseReserved", {"billing": MONTH})
