"""Cloud disks as bare metal lists them are those of BCC."""

from __future__ import annotations

from tests.disks import attached_volume
from tests.services.bbc.servers import elsewhere, new_server


def test_cloud_disks_are_listed_and_are_on_no_server(cloud):
    server_id = new_server(cloud)
    with elsewhere(cloud):
        disk = attached_volume(cloud, cloud.create())
        policy = {"name": "daily", "timePoints": [1], "repeatWeekdays": [1], "retentionDays": 7}
        policy_id = cloud.ok("POST", "/v2/asp", policy)["aspId"]
        cloud.ok("PUT", f"/v2/asp/{policy_id}?attach", {"volumeIds": [disk]})
        known = cloud.ok("GET", f"/v2/volume/{disk}")["volume"]

    shown = cloud.ok("GET", "/v1/volume?zoneName=cn-bj-a&maxKeys=1")["volumes"][0]

    assert shown.pop("autoSnapshotPolicy").items() <= known.pop("autoSnapshotPolicy").items()
    assert shown.items() <= known.items()
    assert shown["id"] == disk
    for nowhere in ("zoneName=cn-bj-b", f"instanceId={server_id}"):
        assert cloud.ok("GET", f"/v1/volume?{nowhere}")["volumes"] == []
