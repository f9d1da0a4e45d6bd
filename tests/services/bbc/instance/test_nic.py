"""A server carries EIPs and cards, and is a backend of load balancers."""

from __future__ import annotations

from bce_emulator.engine.errors import OperationDenied
from tests.services.bbc.instance.test_release import with_eip
from tests.services.bbc.servers import MONTH, elsewhere, new_server, server
from tests.services.eip.eip.addresses import new_eip


def test_it_shows_the_eip_that_it_carries(cloud):
    server_id, expired = new_server(cloud), new_server(cloud, billing=MONTH)
    eip = with_eip(cloud, server_id)

    shown = server(cloud, server_id)
    assert (shown["publicIp"], shown["networkCapacityInMbps"]) == (eip, 5)
    cloud.clock.advance(31 * 86_400)
    with elsewhere(cloud):
        listed = cloud.ok("GET", f"/v1/eip?instanceType=BBC&instanceId={server_id}")["eipList"]
        assert [(each["eip"], each["instanceType"]) for each in listed] == [(eip, "BBC")]
        other = new_eip(cloud)
        target = {"instanceType": "BBC", "instanceId": expired}
        cloud.refused(OperationDenied, "PUT", f"/v1/eip/{other}?bind", target)
        cloud.ok("PUT", f"/v1/eip/{eip}?unbind")
        cloud.clock.advance(10)
    assert server(cloud, server_id)["publicIp"] == ""


def test_a_card_is_attached_to_it_and_is_on_nothing_when_it_goes(cloud):
    server_id = new_server(cloud)
    subnet = cloud.ok("GET", f"/v1/vpcPort/{server_id}")["subnetId"]
    with elsewhere(cloud):
        order = {"name": "card", "subnetId": subnet, "privateIpSet": [{"primary": True}]}
        stays, goes = (cloud.ok("POST", "/v1/eni", order)["eniId"] for _ in range(2))
        cloud.ok("PUT", f"/v1/eni/{stays}?attach", {"instanceId": server_id})
        cloud.clock.advance(10)
    cloud.ok("DELETE", f"/v2/instance/{server_id}")
    with elsewhere(cloud):
        assert cloud.ok("GET", f"/v1/eni/{stays}")["status"] == "available"
    other = new_server(cloud)
    with elsewhere(cloud):
        cloud.ok("PUT", f"/v1/eni/{goes}?attach", {"instanceId": other})
        cloud.clock.advance(10)
    body = {"instanceId": other, "deleteImmediate": True, "deleteRelatedEnisFlag": True}
    cloud.ok("POST", "/v1/instance/delete", body)
    with elsewhere(cloud):
        assert cloud.call("GET", f"/v1/eni/{goes}").status == 404


def test_a_stopped_server_takes_no_part_in_a_load_balancer(cloud):
    server_id = new_server(cloud)
    card = cloud.ok("GET", f"/v1/vpcPort/{server_id}")
    with elsewhere(cloud):
        place = {"vpcId": card["vpcId"], "subnetId": card["subnetId"]}
        balancer = cloud.ok("POST", "/v1/blb", {"name": "web"} | place)["blbId"]
        cloud.clock.advance(10)
        listener = {"listenerPort": 80, "backendPort": 80, "scheduler": "RoundRobin"}
        cloud.ok("POST", f"/v1/blb/{balancer}/TCPlistener", listener)
        cloud.clock.advance(10)
        servers = {"backendServerList": [{"instanceId": server_id, "weight": 50}]}
        cloud.ok("POST", f"/v1/blb/{balancer}/backendserver", servers)
        cloud.clock.advance(60)

    def health():
        with elsewhere(cloud):
            found = cloud.ok("GET", f"/v1/blb/{balancer}/backendserver?listenerPort=80")
            return [each["status"] for each in found["backendServerList"]]

    assert health() == ["Alive"]
    cloud.ok("PUT", f"/v1/instance/{server_id}?stop", {})
    cloud.clock.advance(120)
    assert health() == ["Dead"]
