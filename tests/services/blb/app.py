"""An application load balancer with something of everything, and each call that changes it."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

CERT, OTHER_CERT = "cert-zfj2ey2z4kmm", "cert-0123456789ab"
SERVER_PORT = {"port": 80, "type": "TCP"}
HTTP_CHECK = {"healthCheckPort": 8080}


def new_balancer(cloud: Cloud, family: str = "appblb") -> str:
    """The id of an available load balancer of a family."""
    subnet = cloud.ok("GET", "/v1/subnet")["subnets"][0]
    body = {"vpcId": subnet["vpcId"], "subnetId": subnet["subnetId"]}
    made: str = cloud.ok("POST", f"/v1/{family}", body)["blbId"]
    cloud.clock.advance(10)
    return made


class App:
    """An application load balancer whose changes take no time, and the ids of what it has."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        cloud.clock.pace = 0
        self.blb = new_balancer(cloud)
        self.ids = {"blb": self.blb}

    def ok(self, call: str, **body: Any) -> dict[str, Any]:
        """A call about this load balancer, whose path goes on behind its id, that must succeed."""
        return self.cloud.ok(*self.request(call), filled(body, self.ids))

    def refused(self, error: Any, call: str, **body: Any) -> None:
        """The same, to be refused."""
        self.cloud.refused(error, *self.request(call), filled(body, self.ids))

    def request(self, call: str) -> tuple[str, str]:
        """Method and target of a call."""
        method, _, rest = call.partition(" ")
        return method, filled(f"/v1/appblb/{self.blb}/{rest}", self.ids)

    def look(self, rest: str, member: str) -> list[dict[str, Any]]:
        """A list of what this load balancer has."""
        shown: list[dict[str, Any]] = self.cloud.ok(*self.request(f"GET {rest}"))[member]
        return shown

    def fill(self) -> App:
        """Have listeners of every protocol, a server group, an IP group and a policy."""
        self.ids["instance"] = self.cloud.create()
        self.ids["other_instance"] = self.cloud.create()
        for protocol, port in (("TCP", 80), ("UDP", 53), ("HTTP", 8080)):
            self.ok(f"POST {protocol}listener", listenerPort=port, scheduler="RoundRobin")
        for protocol, port in (("HTTPS", 443), ("SSL", 9443)):
            self.ok(f"POST {protocol}listener", listenerPort=port, scheduler="RoundRobin", certIds=[CERT])
        servers = [{"instanceId": "{instance}", "weight": 50}]
        self.ids["group"] = self.ok("POST appservergroup", name="servers", backendServerList=servers)["id"]
        for protocol, port in (("TCP", 80), ("HTTP", 8080)):
            made = self.ok("POST appservergroupport", sgId="{group}", port=port, type=protocol)
            self.ids[f"{protocol.lower()}_port"] = made["id"]
        self.ids["empty_group"] = self.ok("POST appservergroup", name="empty")["id"]
        members = [{"ip": "10.0.0.1", "port": 80, "weight": 10}, {"ip": "10.0.0.2", "port": 80}]
        self.ids["ip_group"] = self.ok("POST ipgroup", name="addresses", memberList=members)["id"]
        for protocol in ("TCP", "HTTP"):
            made = self.ok("POST ipgroup/backendpolicy", ipGroupId="{ip_group}", type=protocol, **HTTP_CHECK)
            self.ids[f"{protocol.lower()}_protocol"] = made["id"]
        newest, oldest = self.look("ipgroup/member?ipGroupId={ip_group}", "memberList")
        self.ids |= {"member": oldest["memberId"], "other_member": newest["memberId"]}
        self.ids["policy"] = self.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_SERVERS])["idList"][0]
        self.cloud.clock.advance(60)
        return self


TO_SERVERS = {
    "appServerGroupId": "{group}",
    "backendPort": 8080,
    "portType": "HTTP",
    "priority": 100,
    "ruleList": [{"key": "host", "value": "*.example.com"}, {"key": "uri", "value": "/a/*"}],
    "desc": "pages",
}
TO_ADDRESSES = {"appIpGroupId": "{ip_group}", "priority": 200, "ruleList": [{"key": "*", "value": "*"}]}
NEW = {"listenerPort": 81, "scheduler": "RoundRobin"}
PROTOCOL = {"ipGroupId": "{ip_group}", "type": "HTTPS"}
CHANGES: dict[str, dict[str, Any]] = {
    "POST TCPlistener": NEW,
    "POST UDPlistener": NEW,
    "POST HTTPlistener": NEW,
    "POST HTTPSlistener": NEW | {"certIds": [CERT]},
    "POST SSLlistener": NEW | {"certIds": [CERT]},
    "POST tcplistener": NEW,
    "PUT TCPlistener?listenerPort=80": {"scheduler": "Hash"},
    "PUT UDPlistener?listenerPort=53": {"scheduler": "Hash"},
    "PUT HTTPlistener?listenerPort=8080": {"keepSession": True},
    "PUT HTTPSlistener?listenerPort=443": {"certIds": [OTHER_CERT]},
    "PUT SSLlistener?listenerPort=9443": {"certIds": [OTHER_CERT]},
    "PUT tcplistener?listenerPort=80": {"scheduler": "Hash"},
    "PUT listener?batchdelete": {"portList": [80], "portTypeList": [{"port": 53, "type": "UDP"}]},
    "POST appservergroup": {"name": "more", "backendServerList": [{"instanceId": "{instance}"}]},
    "PUT appservergroup": {"sgId": "{group}", "name": "other", "desc": "anew", "preserveClientIpEnabled": False},
    "PUT appservergroup?delete": {"sgId": "{empty_group}"},
    "POST appservergroupport": {"sgId": "{group}", "port": 81, "type": "TCP"},
    "PUT appservergroupport": {"sgId": "{group}", "portId": "{tcp_port}", "healthCheckTimeoutInSecond": 5},
    "PUT appservergroupport?batchdelete": {"sgId": "{group}", "portIdList": ["{tcp_port}"]},
    "POST blbrs": {"sgId": "{group}", "backendServerList": [{"instanceId": "{other_instance}"}]},
    "PUT blbrs": {"sgId": "{group}", "backendServerList": [{"instanceId": "{instance}", "weight": 0, "desc": "idle"}]},
    "PUT blbrs?batchdelete": {"sgId": "{group}", "backendServerIdList": ["{instance}"]},
    "POST ipgroup": {"name": "more", "memberList": [{"ip": "10.0.0.1", "port": 80}]},
    "PUT ipgroup": {"ipGroupId": "{ip_group}", "name": "other", "desc": "anew", "preserveClientIpEnabled": True},
    "PUT ipgroup?delete": {"ipGroupId": "{ip_group}"},
    "POST ipgroup/backendpolicy": PROTOCOL,
    "PUT ipgroup/backendpolicy": {"ipGroupId": "{ip_group}", "id": "{http_protocol}", "healthCheckUpRetry": 5},
    "PUT ipgroup/backendpolicy?delete": {"ipGroupId": "{ip_group}", "backendPolicyIdList": ["{tcp_protocol}"]},
    "DELETE ipgroup/backendpolicy": {"ipGroupId": "{ip_group}", "backendPolicyIdList": ["{tcp_protocol}"]},
    "POST ipgroup/member": {"ipGroupId": "{ip_group}", "memberList": [{"ip": "10.0.0.3", "port": 80}]},
    "PUT ipgroup/member": {
        "ipGroupId": "{ip_group}",
        "memberList": [{"memberId": "{member}", "port": 81, "desc": "d"}],
    },
    "PUT ipgroup/member?delete": {"ipGroupId": "{ip_group}", "memberIdList": ["{member}"]},
    "POST policys": {"listenerPort": 8080, "type": "HTTP", "appPolicyVos": [TO_ADDRESSES]},
    "PUT policys?batchupdate": {
        "port": 8080,
        "type": "HTTP",
        "policyList": [{"policyId": "{policy}", "priority": 7, "description": "first"}],
    },
    "PUT policys?batchdelete": {"port": 8080, "policyIdList": ["{policy}"]},
}
"""Every change that a full load balancer takes."""
LOOKS = (
    *(f"GET {each}listener" for each in ("TCP", "UDP", "HTTP", "HTTPS", "SSL", "", "ssl")),
    "GET appservergroup",
    "GET blbrs?sgId={group}",
    "GET blbrsmount?sgId={group}",
    "GET blbrsunmount?sgId={group}",
    "GET backendserver?listenerPort=8080",
    "GET ipgroup",
    "GET ipgroup/member?ipGroupId={ip_group}",
    "GET policys?port=8080",
)
"""Every call that looks at one."""


def filled(value: Any, ids: dict[str, str]) -> Any:
    """A body or a target with ids in the place of their names."""
    if isinstance(value, dict):
        return {name: filled(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, ids) for each in value]
    if isinstance(value, str):
        for name, each in ids.items():
            value = value.replace(f"{{{name}}}", each)
    return value
