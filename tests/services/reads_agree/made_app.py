"""What the rows of application load balancers speak of."""

from __future__ import annotations

from typing import Any

CERT = "cert-zfj2ey2z4kmm"
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}


class MadeApp:
    """A part of ``Made``: an application load balancer, and what it has; listeners go by their ports."""

    def make_app(self) -> str:
        instance = self.ask("GET", f"/v2/instance/{self['instance']}")["instance"]
        body = {"vpcId": instance["vpcId"], "subnetId": instance["subnetId"], "name": "app"}
        return self.ask("POST", "/v1/appblb", body)["blbId"]

    def listen(self, protocol: str, port: str, **members: Any) -> str:
        body = {"listenerPort": int(port), "scheduler": "RoundRobin", **members}
        self.ask("POST", f"/v1/appblb/{self['app']}/{protocol}listener", body)
        return port

    def make_app_tcp(self) -> str:
        return self.listen("TCP", "80")

    def make_app_udp(self) -> str:
        return self.listen("UDP", "53")

    def make_app_http(self) -> str:
        return self.listen("HTTP", "8080")

    def make_app_https(self) -> str:
        return self.listen("HTTPS", "443", certIds=[CERT])

    def make_app_ssl(self) -> str:
        return self.listen("SSL", "9443", certIds=[CERT])

    def make_app_group(self) -> str:
        return self.ask("POST", f"/v1/appblb/{self['app']}/appservergroup", {"name": "servers"})["id"]

    def make_app_port(self) -> str:
        body = {"sgId": self["app_group"], "port": 8080, "type": "HTTP"}
        return self.ask("POST", f"/v1/appblb/{self['app']}/appservergroupport", body)["id"]

    def make_app_server(self) -> str:
        body = {"sgId": self["app_group"], "backendServerList": [{"instanceId": self["instance"]}]}
        self.ask("POST", f"/v1/appblb/{self['app']}/blbrs", body)
        return self["instance"]

    def make_app_ip_group(self) -> str:
        return self.ask("POST", f"/v1/appblb/{self['app']}/ipgroup", {"name": "addresses"})["id"]

    def make_ip_protocol(self) -> str:
        body = {"ipGroupId": self["app_ip_group"], "type": "HTTP", "healthCheckPort": 80}
        return self.ask("POST", f"/v1/appblb/{self['app']}/ipgroup/backendpolicy", body)["id"]

    def make_ip_member(self) -> str:
        body = {"ipGroupId": self["app_ip_group"], "memberList": [{"ip": "10.0.0.1", "port": 80}]}
        self.ask("POST", f"/v1/appblb/{self['app']}/ipgroup/member", body)
        group = f"/v1/appblb/{self['app']}/ipgroup/member?ipGroupId={self['app_ip_group']}"
        return self.ask("GET", group)["memberList"][0]["memberId"]

    def make_app_policy(self) -> str:
        assert self["app_port"]
        policy = {"appServerGroupId": self["app_group"], "backendPort": 8080, "portType": "HTTP", "priority": 1}
        body = {"listenerPort": int(self["app_http"]), "appPolicyVos": [policy]}
        return self.ask("POST", f"/v1/appblb/{self['app']}/policys", body)["idList"][0]

    def make_balancer(self) -> str:
        body = {"vpcId": self["home_vpc"], "subnetId": self["home"], "name": "front"}
        return self.ask("POST", "/v1/blb", body)["blbId"]

    def make_prepaid_balancer(self) -> str:
        body = {"vpcId": self["home_vpc"], "subnetId": self["home"], "billing": PREPAID}
        return self.ask("POST", "/v1/blb", body)["blbId"]

    def make_backend(self) -> str:
        body = {"backendServerList": [{"instanceId": self["instance"]}]}
        self.ask("POST", f"/v1/blb/{self['balancer']}/backendserver", body)
        return self["instance"]

    def ordinary_listen(self, protocol: str, port: str, **members: Any) -> str:
        body = {"listenerPort": int(port), "backendPort": 80, "scheduler": "RoundRobin", **members}
        self.ask("POST", f"/v1/blb/{self['balancer']}/{protocol}listener", body)
        return port

    def make_blb_tcp(self) -> str:
        return self.ordinary_listen("TCP", "80")

    def make_blb_udp(self) -> str:
        return self.ordinary_listen("UDP", "53", healthCheckString="HealthCheck")

    def make_blb_http(self) -> str:
        assert self["blb_https"], "what an HTTP listener may redirect to"
        return self.ordinary_listen("HTTP", "8080")

    def make_blb_https(self) -> str:
        return self.ordinary_listen("HTTPS", "443", certIds=[CERT])

    def make_blb_ssl(self) -> str:
        return self.ordinary_listen("SSL", "9443", certIds=[CERT])

    def make_service_point(self) -> str:
        body = {"name": "shop", "serviceName": "shop", "instanceId": self["app"]}
        return self.ask("POST", "/v1/service", body)["service"]

    def make_free_point(self) -> str:
        self.ask("PUT", f"/v1/service/{self['service_point']}?unbind")
        return self["service_point"]

    def make_lbdc(self) -> str:
        order = {"name": "cluster", "type": "4Layer", "ccuCount": 1, "billing": PREPAID}
        return self.ask("POST", "/v1/lbdc", order)["id"]

    def make_lbdc_seven(self) -> str:
        return self.ask("POST", "/v1/lbdc", {"name": "seven", "type": "7Layer", "ccuCount": 1, "billing": PREPAID})[
            "id"
        ]
