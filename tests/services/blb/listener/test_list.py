"""Listeners of ordinary load balancers: listed and deleted."""

from __future__ import annotations

from bce_emulator.services.blb.errors import InstanceNotFound, InvalidParameter, ListenerNotFound
from tests.services.blb.balancer.balancers import NOBODY, balancer, new_balancer
from tests.services.blb.listener.test_change import NEW


def test_all_are_listed_and_deleted_together_or_not_at_all(cloud):
    cloud.clock.pace = 0
    made = new_balancer(cloud)
    domains = {"additionalCertDomains": [{"certId": "cert-zfj2ey2z4kmm", "host": "a.example"}]}
    for index, (protocol, members) in enumerate(NEW.items()):
        more = domains if protocol == "HTTPS" else {}
        cloud.ok("POST", f"/v1/blb/{made}/{protocol}listener", members | more | {"listenerPort": index + 1})
    target = f"/v1/blb/{made}/listener"

    listed = cloud.ok("GET", target)["listenerList"]

    assert [(each["listenerType"], each["listenerPort"]) for each in listed] == [
        ("SSL", 5),
        ("HTTPS", 4),
        ("HTTP", 3),
        ("UDP", 2),
        ("TCP", 1),
    ]
    assert listed[1]["additionalCertDomains"] == domains["additionalCertDomains"]
    assert [(each["port"], each["type"]) for each in balancer(cloud, made)["listener"]][:2] == [
        ("1", "TCP"),
        ("2", "UDP"),
    ]
    assert cloud.ok("GET", f"{target}?listenerPort=9")["listenerList"] == []
    for port in (-1, 0, 65_536):
        cloud.refused(InvalidParameter, "GET", f"{target}?listenerPort={port}")
    for wrong, error in [
        ({}, InvalidParameter),
        ({"portList": [1, 9]}, ListenerNotFound),
        ({"portTypeList": [{"port": 1, "type": "UDP"}]}, ListenerNotFound),
    ]:
        cloud.refused(error, "PUT", f"{target}?batchdelete", wrong)

    cloud.ok("PUT", f"{target}?batchdelete", {"portList": [1, 1], "portTypeList": [{"port": 2, "type": "UDP"}]})
    assert [each["listenerPort"] for each in cloud.ok("GET", target)["listenerList"]] == [5, 4, 3]
    cloud.ok("DELETE", f"/v1/blb/{made}")
    for protocol in (*NEW, ""):
        cloud.refused(InstanceNotFound, "GET", f"/v1/blb/{made}/{protocol}listener")
    cloud.refused(InstanceNotFound, "PUT", f"/v1/blb/{NOBODY}/listener?batchdelete", {"portList": [1]})
