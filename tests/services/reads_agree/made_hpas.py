"""What the rows of HPAS speak of."""

from __future__ import annotations

from typing import Any

from tests.services.hpas.orders import ORDER, RESERVED
from tests.services.reads_agree.row import TAGS


class MadeHpas:
    """A part of ``Made``: instances of HPAS, and reserved ones."""

    def order_hpas(self, **members: Any) -> str:
        order = ORDER | {"subnetId": self["subnet"]} | members
        return self.ask("POST", "//hpas/?action=CreateInstances", order)["hpasIds"][0]

    def make_hpas(self) -> str:
        return self.order_hpas()

    def make_tagged_hpas(self) -> str:
        return self.order_hpas(tags=TAGS)

    def make_volume_of_hpas(self) -> str:
        self.ask("POST", "//hpas/?action=AttachVolumes", {"hpasId": self["hpas"], "volumeIds": [self["volume"]]})
        return self["volume"]

    def make_hpas_in_groups(self) -> str:
        made = self.order_hpas()
        self.pause()
        wanted = {"hpasIds": [made], "securityGroupIds": [self["group_there"]]}
        self.ask("POST", "//hpas/?action=AttachSecurityGroups", wanted)
        return made

    def make_hpas_with_ip(self) -> str:
        made = self.order_hpas()
        self.pause()
        self.ask("POST", "//hpas/?action=AssignPrivateIpAddresses", {"hpasId": made, "privateIps": ["10.0.1.78"]})
        return made

    def make_hpas_six(self) -> str:
        made = self.order_hpas(subnetId=self["subnet_six"])
        self.pause()
        return made

    def make_hpas_with_six(self) -> str:
        wanted = {"hpasId": self["hpas_six"], "ipv6Addresses": [self["address_six"]]}
        self.ask("POST", "//hpas/?action=AssignIpv6Addresses", wanted)
        return self["hpas_six"]

    def make_hpas_image(self) -> str:
        self.pause()
        return self.ask("POST", "//hpas/?action=CreateImage", {"hpasId": self["hpas"], "imageName": "made"})["imageId"]

    def make_subnet_near(self) -> str:
        order = {"name": "near", "cidr": "10.0.9.0/24", "vpcId": self["vpc"], "zoneName": "cn-bj-a"}
        return self.ask("POST", "/v1/subnet", order)["subnetId"]

    def make_reserved_hpas(self) -> str:
        return self.ask("POST", "//hpas/?action=CreateReservedInstances", RESERVED)["reservedHpasIds"][0]
