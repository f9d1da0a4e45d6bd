"""Service publishing points, from being made to being deleted."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import (
    InstanceNotFound,
    InvalidParameter,
    MissingParameter,
    QuotaExceeded,
    RealNameAuthenticationRequired,
)
from bce_emulator.services.blb.service_point.lifecycle import DEAD, UNAVAILABLE
from tests.control.conftest import control_of
from tests.services.blb.balancer.balancers import NOBODY, new_balancer
from tests.services.blb.service_point.points import ALLOWED, NOWHERE, new_card, new_point, order


def test_it_is_in_service_while_a_card_leads_to_it_and_outlives_its_balancer(cloud):
    balancer = new_balancer(cloud, "appblb")
    service = cloud.ok("POST", "/v1/service", order(balancer, description="of a test", authList=[ALLOWED]))["service"]
    target = f"/v1/service/{service}"

    first = cloud.ok("GET", target)
    card = new_card(cloud, target)

    assert re.fullmatch(r"uservice-[0-9a-f]{8}", first["serviceId"])
    assert first == {
        "serviceId": first["serviceId"],
        "name": "shop",
        "description": "of a test",
        "serviceName": "shop",
        "bindType": "blb",
        "instanceId": balancer,
        "status": "available",
        "service": f"shop.{first['serviceId']}.beijing.baidubce.com",
        "createTime": "2026-01-01T00:00:04Z",
        "endpointCount": 0,
        "endpointList": [],
        "authList": [ALLOWED],
    }
    related = {"endpointId": card, "uid": "test", "attachTime": "2026-01-01T00:00:04Z"}
    in_service = first | {"status": "inService", "endpointCount": 1, "endpointList": [related]}
    assert cloud.ok("GET", target) == in_service
    assert cloud.ok("GET", "/v1/service?maxKeys=1")["services"] == [in_service]
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/appblb/{balancer}")
    assert cloud.ok("GET", target) == in_service | {"status": "free", "instanceId": ""}
    other = new_balancer(cloud)
    cloud.ok("PUT", f"{target}?bind", {"instanceId": other})
    assert cloud.ok("GET", target) == in_service | {"instanceId": other}
    cloud.refused(OperationDenied, "PUT", f"{target}?bind", {"instanceId": other})
    cloud.ok("PUT", f"{target}?unbind")
    cloud.refused(OperationDenied, "PUT", f"{target}?unbind")
    cloud.ok("PUT", f"{target}?modifyAttribute", {"name": "market"})
    cloud.ok("PUT", f"{target}?modifyAttribute", {"description": ""})
    cloud.ok("DELETE", f"/v1/endpoint/{card}")
    assert cloud.ok("GET", target) == first | {"status": "free", "instanceId": "", "name": "market", "description": ""}
    cloud.ok("DELETE", target)
    cloud.refused(NoSuchObject, "GET", target)


@pytest.mark.parametrize("status", [UNAVAILABLE, DEAD])
def test_one_of_which_a_control_call_said_otherwise_outlives_its_balancer_all_the_same(cloud, status):
    balancer = new_balancer(cloud)
    target = "/v1/service/" + cloud.ok("POST", "/v1/service", order(balancer))["service"]
    control_of(cloud)("PUT", f"resources/{cloud.ok('GET', target)['serviceId']}", {"status": status})

    assert cloud.ok("GET", target)["status"] == status
    cloud.ok("DELETE", f"/v1/blb/{balancer}")

    assert cloud.ok("GET", target)["instanceId"] == ""
    assert cloud.ok("GET", target)["status"] == status


def test_what_cannot_be_is_refused(cloud):
    target, balancer = new_point(cloud), new_balancer(cloud)
    for change, error in [
        ({"name": ""}, InvalidParameter),
        ({"name": "1st"}, InvalidParameter),
        ({"name": None}, MissingParameter),
        ({"description": "d" * 201}, InvalidParameter),
        ({"serviceName": ""}, InvalidParameter),
        ({"serviceName": "a.b"}, InvalidParameter),
        ({"serviceName": "s" * 66}, InvalidParameter),
        ({"authList": [ALLOWED, ALLOWED]}, InvalidParameter),
        ({"instanceId": NOBODY}, InstanceNotFound),
    ]:
        cloud.refused(error, "POST", "/v1/service", order(balancer) | change)
    cloud.set_facts(**{"blb.servicePointAuthQuota": 1})
    two = [ALLOWED, {"uid": "foe", "auth": "deny"}]
    cloud.refused(QuotaExceeded, "POST", "/v1/service", order(balancer, authList=two))
    cloud.set_facts(**{"blb.servicePointQuota": 1})
    cloud.refused(QuotaExceeded, "POST", "/v1/service", order(balancer))
    cloud.set_facts(realNameVerified=False)
    cloud.refused(RealNameAuthenticationRequired, "POST", "/v1/service", order(balancer))
    cloud.refused(InvalidParameter, "GET", "/v1/service?maxKeys=0")
    cloud.refused(InvalidParameter, "PUT", f"{target}?modifyAttribute", {})
    cloud.refused(InvalidParameter, "PUT", f"{target}?modifyAttribute", {"name": ""})
    cloud.ok("PUT", f"{target}?unbind")
    cloud.refused(InstanceNotFound, "PUT", f"{target}?bind", {"instanceId": NOBODY})
    for method, key, body in [
        ("GET", "", None),
        ("DELETE", "", None),
        ("PUT", "?modifyAttribute", {"name": "market"}),
        ("PUT", "?bind", {"instanceId": balancer}),
        ("PUT", "?unbind", None),
        ("PUT", "?addAuth", {"authList": [ALLOWED]}),
        ("PUT", "?editAuth", {"authList": [ALLOWED]}),
        ("PUT", "?removeAuth", {"uidList": ["*"]}),
    ]:
        cloud.refused(NoSuchObject, method, f"{NOWHERE}{key}", body)
