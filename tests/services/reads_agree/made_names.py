"""What the rows of private DNS speak of."""

from __future__ import annotations


class MadeNames:
    """A part of ``Made``: private zones and records."""

    def make_zone(self) -> str:
        return self.ask("POST", "/v1/privatezone", {"zoneName": "example.com"})["zoneId"]

    def make_bound_zone(self) -> str:
        zone_id = self.ask("POST", "/v1/privatezone", {"zoneName": "bound.com"})["zoneId"]
        self.ask("PUT", f"/v1/privatezone/{zone_id}?bind", {"region": "bj", "vpcIds": [self["home_vpc"]]})
        return zone_id

    def make_record(self) -> str:
        body = {"rr": "www", "type": "A", "value": "192.168.1.1"}
        return self.ask("POST", f"/v1/privatezone/{self['zone']}/record", body)["recordId"]
