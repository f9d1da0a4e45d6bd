"""What the rows of clusters and instance snapshots speak of."""

from __future__ import annotations


class MadeClusters:
    """A part of ``Made``: what instances and volumes are in."""

    def make_ehc_cluster(self) -> str:
        return self.ask("POST", "/v2/instance/ehc/cluster/create", {"name": "near", "zoneName": "cn-bj-a"})[
            "ehcClusterId"
        ]

    def make_insnap(self) -> str:
        body = {"instanceId": self["instance"], "name": "whole"}
        return self.ask("POST", "/v2/snapshot/insnap/create", body)["inSnapshotId"]
