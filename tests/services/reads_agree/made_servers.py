"""What the rows of bare metal speak of."""

from __future__ import annotations

from typing import Any

from tests.control.conftest import control_of
from tests.services.reads_agree.row import MONTH, TAGS

ORDER = {"flavorId": "BBC-I1-01", "raidId": "raid-c7Tq2WnB", "imageId": "m-d6RzP1eT"}


class MadeServers:
    """A part of ``Made``: servers, and what there is for them."""

    def order_server(self, **members: Any) -> str:
        order = ORDER | {"billing": {"paymentTiming": "Postpaid"}} | members
        return self.ask("POST", "//bbc/v1/instance", order)["instanceIds"][0]

    def make_server(self) -> str:
        return self.order_server()

    def make_other_server(self) -> str:
        return self.order_server()

    def make_prepaid_server(self) -> str:
        return self.order_server(billing=MONTH)

    def make_renewed_server(self) -> str:
        return self.order_server(billing=MONTH, autoRenewTime=1)

    def make_tagged_server(self) -> str:
        return self.order_server(tags=TAGS)

    def make_server_card(self) -> str:
        return self["server"]

    def make_card_with_ip(self) -> str:
        server = self.order_server()
        self.pause()
        self.ask("PUT", "//bbc/v1/instance/batchAddIp", {"instanceId": server, "privateIps": ["192.168.0.70"]})
        return server

    def make_subnet_beside(self) -> str:
        home = self.ask("GET", f"//bbc/v1/vpcPort/{self['server']}")
        order = {"name": "beside", "cidr": "192.168.200.0/24", "vpcId": home["vpcId"], "zoneName": home["zoneName"]}
        return self.ask("POST", "/v1/subnet", order)["subnetId"]

    def make_server_image(self) -> str:
        order = {"imageName": "golden", "instanceId": self["server"]}
        return self.ask("POST", "//bbc/v1/image", order)["imageId"]

    def make_shared_server_image(self) -> str:
        self.ask("POST", f"//bbc/v1/image/{self['server_image']}?share", {"account": "test-other"})
        return self["server_image"]

    def make_server_set(self) -> str:
        return self.ask("POST", "//bbc/v1/deployset", {"strategy": "TOR_HA", "concurrency": 1})["deploySetId"]

    def make_repair(self) -> str:
        return control_of(self.cloud)("POST", f"servers/{self['server']}/repair", {}).body["id"]

    def make_repaired_server(self) -> str:
        self.ask("POST", "//bbc/v2/task/authorize", {"taskId": self["repair"]})
        return self["repair"]

    def make_repair_rule(self) -> str:
        return self.ask("POST", "//bbc/v2/rule/create", {"ruleName": "rule", "tagStr": "team:red"})["ruleId"]

    def make_rule_off(self) -> str:
        self.ask("PUT", "//bbc/v2/rule/disable", {"ruleId": self["repair_rule"]})
        return self["repair_rule"]
