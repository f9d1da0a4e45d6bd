"""Images of servers: made, used, listed and deleted."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bbc import offerings
from bce_emulator.services.bbc.image.errors import ServerStatusForbidden
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageHasBeenSharedToOthers,
    ImageIdIsEmpty,
    ImageNameInvalid,
    ImageQuotaExceedLimit,
    UnCustomImageCannotBeDeleted,
)
from tests.services.bbc.image.images import creating, custom, ids, image
from tests.services.bbc.servers import BUILT, LINUX, NOBODY, ORDER, WINDOWS, new_server, server

WHAT = {"imageName": "golden", "instanceId": NOBODY}


def test_an_image_is_made_of_a_server_and_servers_of_the_image(cloud):
    source = new_server(cloud, imageId=WINDOWS, rootDiskSizeInGb=50)

    made = creating(cloud, source)

    assert server(cloud, source)["status"] == "Running"
    assert image(cloud, made) == {
        "id": made,
        "name": "golden",
        "type": "Custom",
        "desc": "",
        "status": "Creating",
        "createTime": "2026-01-01T00:10:00Z",
        "osName": "Windows Server",
        "osVersion": "2019",
        "osArch": "x86_64 (64bit)",
        "osBuild": "",
        "osLang": "ENG",
        "osType": "windows",
        "specialVersion": "",
        "package": False,
        "shareToUserNumLimit": 50,
        "sharedToUserNum": 0,
    }
    cloud.refused(OperationDenied, "POST", "/v1/instance", ORDER | {"imageId": made})
    cloud.clock.advance(BUILT)
    assert image(cloud, made)["status"] == "Available"
    cloud.refused(BadRequest, "POST", "/v1/instance", ORDER | {"imageId": made, "rootDiskSizeInGb": 49})
    born = new_server(cloud, imageId=made)
    cloud.ok("DELETE", f"/v1/image/{made}")
    cloud.refused(NoSuchObject, "GET", f"/v1/image/{made}")
    assert image(cloud, custom(cloud, born))["osType"] == "windows", "a server outlives its image"


def test_images_are_listed_by_type_and_by_flavor(cloud):
    made = custom(cloud)
    system = ids(cloud, "System")

    assert ids(cloud, "Custom") == ids(cloud, "BbcCustom") == [made]
    assert ids(cloud, "ALL") == [made, *ids(cloud, "BbcSystem")]
    assert (ids(cloud, "All"), ids(cloud, "Integration")) == ([made, *system], [])
    paged = cloud.ok("GET", "/v1/image?maxKeys=1")
    assert cloud.ok("GET", f"/v1/image?marker={paged['nextMarker']}&maxKeys=1")["images"][0]["id"] == system[0]

    def of_flavors(path, *flavors):
        found = cloud.ok("POST", path, {"flavorIds": flavors})["result"]
        return {each["flavorId"]: [shown["id"] for shown in each["images"]] for each in found}

    assert of_flavors("/v1/flavor/image", "BBC-S3-02", "BBC-I1-01") == {"BBC-S3-02": system, "BBC-I1-01": system}
    assert of_flavors("/v1/customFlavor/image", "BBC-S3-02", "BBC-I1-01") == {"BBC-S3-02": [], "BBC-I1-01": [made]}
    assert set(of_flavors("/v1/flavor/image")) == set(offerings.flavors())
    for path in ("/v1/flavor/image", "/v1/customFlavor/image"):
        cloud.refused(NoSuchObject, "POST", path, {"flavorIds": ["BBC-I1-01", "BBC-X"]})


def test_what_cannot_become_an_image_is_refused(cloud):
    starting = cloud.ok("POST", "/v1/instance", ORDER)["instanceIds"][0]
    for error, members in [
        (ImageIdIsEmpty, {"instanceId": ""}),
        (NoSuchObject, {"instanceId": NOBODY}),
        (ImageNameInvalid, {"instanceId": starting, "imageName": "not so"}),
        (ImageNameInvalid, {"instanceId": starting, "imageName": "a" * 66}),
        (ServerStatusForbidden, {"instanceId": starting}),
    ]:
        cloud.refused(error, "POST", "/v1/image", WHAT | members)
    cloud.clock.advance(BUILT)
    cloud.set_facts(serverImageQuota=0)
    cloud.refused(ImageQuotaExceedLimit, "POST", "/v1/image", WHAT | {"instanceId": starting})
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/image", WHAT | {"instanceId": starting})


def test_an_image_that_is_needed_is_not_deleted(cloud):
    made = creating(cloud, new_server(cloud))

    cloud.refused(CreatingImageCannotBeDeleted, "DELETE", f"/v1/image/{made}")
    cloud.clock.advance(BUILT)
    cloud.ok("POST", f"/v1/image/{made}?share", {"account": "test-other"})
    cloud.refused(ImageHasBeenSharedToOthers, "DELETE", f"/v1/image/{made}")
    cloud.refused(UnCustomImageCannotBeDeleted, "DELETE", f"/v1/image/{LINUX}")
    cloud.refused(NoSuchObject, "DELETE", "/v1/image/m-nobody00")
