"""What the rows of clusters and instance snapshots speak of."""

from __future__ import annotations

from tests.services.reads_agree.row import MONTH, TAGS


class MadeClusters:
    """A part of ``Made``: what instances and volumes are in."""

    def make_ehc_cluster(self) -> str:
        return self.ask("POST", "/v2/instance/ehc/cluster/create", {"name": "near", "zoneName": "cn-bj-a"})[
            "ehcClusterId"
        ]

    def make_insnap(self) -> str:
        body = {"instanceId": self["instance"], "name": "whole"}
        return self.ask("POST", "/v2/snapshot/insnap/create", body)["inSnapshotId"]

    def order_volume_cluster(self, **members: object) -> str:
        order = {"clusterName": "own", "clusterSizeInGB": 87_040, "storageType": "cloud_hp1", "billing": MONTH}
        return self.ask("POST", "/v2/volume/cluster", order | members)["clusterIds"][0]

    def make_volume_cluster(self) -> str:
        return self.order_volume_cluster()

    def make_renewed_volume_cluster(self) -> str:
        return self.order_volume_cluster(renewTimeUnit="month", renewTime=2)

    def make_tagged_volume_cluster(self) -> str:
        return self.order_volume_cluster(tags=TAGS)
