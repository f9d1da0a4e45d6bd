"""Another operating system, and perhaps another RAID."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.image.resource import ServerImage
from bce_emulator.services.bbc.instance.resource import Server
from tests.cloud import PASSWORD, encrypted
from tests.services.bbc.servers import LINUX, NOBODY, WINDOWS, new_server, server, status

BATCH = "/v1/instance/batchRebuild"
CENTOS, RAID5 = "m-b3NwX8aK", "raid-w5Kd0RxP"


def test_a_rebuild_changes_image_raid_and_partition_unless_data_is_preserved(cloud):
    server_id = new_server(cloud)
    target, kept = f"/v1/instance/{server_id}?rebuild", cloud.account.get(Server, server_id)

    cloud.ok("PUT", target, {"imageId": CENTOS, "raidId": RAID5, "sysRootSize": 50, "adminPass": encrypted(PASSWORD)})

    assert (status(cloud, server_id), server(cloud, server_id)["imageId"]) == ("ImageProcessing", CENTOS)
    cloud.clock.advance(300)
    cloud.ok("PUT", target, {"imageId": LINUX, "isPreserveData": True, "raidId": "raid-1", "sysRootSize": 1_000})
    cloud.clock.advance(300)
    assert (kept.state, kept.image_id, kept.raid_id, kept.root_gb) == ("Running", LINUX, RAID5, 50)
    for body in (
        {"imageId": LINUX},
        {"imageId": LINUX, "raidId": "raid-n1Vb6XeA"},
        {"imageId": LINUX, "raidId": RAID5, "sysRootSize": 93},
        {"imageId": WINDOWS, "raidId": RAID5, "sysRootSize": 20},
        {"imageId": LINUX, "isPreserveData": True, "adminPass": PASSWORD},
    ):
        cloud.refused(BadRequest, "PUT", target, body)
    cloud.refused(NoSuchObject, "PUT", target, {"imageId": "m-nobody00", "raidId": RAID5})
    cloud.account.get(ServerImage, LINUX).state = "Error"
    cloud.refused(OperationDenied, "PUT", target, {"imageId": LINUX, "raidId": RAID5})


def test_of_several_those_are_rebuilt_that_can_be(cloud):
    first, second = new_server(cloud), new_server(cloud)
    cloud.ok("PUT", f"/v1/instance/{second}?stop", {})
    order = {"instanceIds": [first, second], "imageId": CENTOS, "raidId": RAID5}

    result = cloud.ok("PUT", BATCH, order)["result"]

    assert result == [
        {"instanceIds": [first], "code": "", "errMsg": ""},
        {"instanceIds": [second], "code": OperationDenied.code, "errMsg": OperationDenied.message},
    ]
    assert [status(cloud, each) for each in (first, second)] == ["ImageProcessing", "Stopping"]
    cloud.refused(NoSuchObject, "PUT", BATCH, order | {"instanceIds": [first, NOBODY]})
    cloud.refused(NoSuchObject, "PUT", BATCH, order | {"imageId": "m-nobody00"})
    cloud.refused(BadRequest, "PUT", BATCH, order | {"instanceIds": []})
    cloud.account.get(ServerImage, CENTOS).state = "Error"
    cloud.refused(OperationDenied, "PUT", BATCH, order)
