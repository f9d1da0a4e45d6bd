"""An instance of HPAS is a host like any other: behind load balancers, and on the way of traffic."""

from __future__ import annotations

from tests.control.conftest import control_of
from tests.services.hpas.orders import ask, new_instances, new_subnet, shown


def test_an_instance_answers_while_it_is_active(cloud):
    subnet_id = new_subnet(cloud)
    one, other = new_instances(cloud, subnet_id, purchaseNum=2)
    order = {"name": "front", "vpcId": shown(cloud, one)["vpcId"], "subnetId": subnet_id}
    balancer = f"/v1/blb/{cloud.ok('POST', '/v1/blb', order)['blbId']}"
    cloud.clock.advance(60)
    cloud.ok("POST", f"{balancer}/TCPlistener", {"listenerPort": 80, "backendPort": 80, "scheduler": "RoundRobin"})
    cloud.ok("POST", f"{balancer}/backendserver", {"backendServerList": [{"instanceId": one, "weight": 10}]})

    def seen() -> tuple[str, bool]:
        cloud.clock.advance(60)
        found = cloud.ok("GET", f"{balancer}/backendserver?listenerPort=80")["backendServerList"]
        way = control_of(cloud)("POST", "reachability", {"source": other, "target": one, "protocol": "tcp", "port": 22})
        return found[0]["status"], way.body["reaches"]

    assert seen() == ("Alive", True)
    ask(cloud, "StopInstances", {"hpasIds": [one]})
    assert seen() == ("Dead", False)
