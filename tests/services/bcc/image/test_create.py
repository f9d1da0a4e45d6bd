"""Make images of instances, of snapshots and of files, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
    QualifyNotPass,
)
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.errors import ImageInstanceStatusForbidden
from bce_emulator.services.bcc.instance.lifecycle import BOTH, STATES
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot import lifecycle as snapshots
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.image_errors import ImageIdIsEmpty, ImageNameInvalid, ImageQuotaExceedLimit
from tests.cloud import LINUX
from tests.services.bcc.image.images import creating, custom, image_of

FILE = {
    "name": "imported",
    "osName": "Centos",
    "osArch": "64",
    "osType": "linux",
    "osVersion": "6.5",
    "bosUrl": "http://cloud.baidu.com/testurl",
}


def snapshot_of(cloud, instance, *, state="Available", is_system=True):
    """The id of a snapshot of a disk of an instance."""
    account = cloud.account
    disk = account.where(Volume, "instance_id", instance)[0]
    snapshot = Snapshot(
        id=account.new_id(Snapshot),
        name="before",
        state=state,
        volume_id=disk.id,
        instance_id=instance,
        os=account.get(Image, LINUX).os,
        size_gb=disk.size_gb,
        is_system=is_system,
    )
    return account.add(snapshot).id


@pytest.mark.parametrize("stopped", [False, True])
def test_an_instance_is_busy_while_its_image_is_made(cloud, running, stopped):
    if stopped:
        cloud.ok("PUT", f"/v2/instance/{running}?stop")
        cloud.clock.advance(20)

    image = creating(cloud, running)

    assert (cloud.status(running), image_of(cloud, image)["status"]) == ("ImageProcessing", "Creating")
    cloud.clock.advance(119)
    assert (cloud.status(running), image_of(cloud, image)["status"]) == ("ImageProcessing", "Creating")
    cloud.clock.advance(1)
    assert cloud.status(running) == ("Stopped" if stopped else "Running")
    assert image_of(cloud, image)["status"] == "Available"


def test_an_image_has_the_system_and_the_disk_size_of_its_instance(cloud):
    instance = cloud.create(rootDiskSizeInGb=70)

    image = image_of(cloud, creating(cloud, instance))

    source = image_of(cloud, LINUX)
    assert (image["name"], image["type"], image["encrypted"], image["package"]) == ("new", "Custom", False, False)
    for member in ("osName", "osVersion", "osArch", "osType", "osLang"):
        assert image[member] == source[member]
    assert (image["minDiskGb"], image["diskSize"]) == (70, 70)


@pytest.mark.parametrize(
    ("spec", "type_"),
    [
        ("bcc.g5.c2m8", "Custom"),
        ("ebc.l5c.c128m256.1d", "EbcCustom"),
        ("ehc.lgn5.c128m1024.8a100.8re.4d", "GpuBccCustom"),
    ],
)
def test_the_type_of_an_image_follows_from_the_instance(cloud, spec, type_):
    assert image_of(cloud, creating(cloud, cloud.create(spec=spec)))["type"] == type_


def test_an_image_of_an_instance_whose_image_is_gone_has_its_system(cloud):
    source = custom(cloud)
    instance = cloud.create(imageId=source)
    cloud.ok("DELETE", f"/v2/image/{source}")

    assert cloud.instance(instance)["osName"] == "Centos"
    assert image_of(cloud, creating(cloud, instance))["osName"] == "Centos"


def test_an_image_can_be_encrypted(cloud, running):
    body = {"imageName": "secret", "instanceId": running, "encryptKey": "key"}

    assert image_of(cloud, cloud.ok("POST", "/v2/image", body)["imageId"])["encrypted"] is True


def test_an_image_with_data_disks_has_a_snapshot_of_each(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50}, {"cdsSizeInGB": 60}])
    body = {"imageName": "whole", "instanceId": instance, "relateCds": True}

    response = cloud.ok("POST", "/v2/image", body)

    image = image_of(cloud, response["imageId"])
    assert image["package"] is True
    assert [each["id"] for each in image["snapshots"]] == response["cdsSnapshotIds"]
    assert sorted(each["sizeInGB"] for each in image["snapshots"]) == [50, 60]
    assert {each["status"] for each in image["snapshots"]} == {"Creating"}
    disks = [each for each in cloud.instance(instance)["volumes"] if each["type"] == "Cds"]
    assert {each["status"] for each in disks} == {"SnapshotProcessing"}


def test_an_image_with_data_disks_needs_disks_that_a_snapshot_can_be_made_of(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50}])
    body = {"imageName": "whole", "instanceId": instance, "relateCds": True}
    disk = next(each for each in cloud.instance(instance)["volumes"] if each["type"] == "Cds")

    cloud.set_facts(manualSnapshotQuota=0)
    cloud.refused(SnapshotLimitExceeded, "POST", "/v2/image", body)
    cloud.ok("PUT", f"/v2/volume/{disk['id']}?resize", {"newCdsSizeInGB": 60})
    cloud.refused(OperationDenied, "POST", "/v2/image", body)


def test_encrypted_data_disks_go_into_no_image(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50, "encryptKey": "key"}])

    body = {"imageName": "whole", "instanceId": instance, "relateCds": True}
    cloud.refused(OperationDenied, "POST", "/v2/image", body)


def test_an_image_of_a_snapshot_leaves_the_instance_alone(cloud, running):
    body = {"imageName": "old", "snapshotId": snapshot_of(cloud, running)}

    image = cloud.ok("POST", "/v2/image", body)["imageId"]

    assert cloud.status(running) == "Running"
    assert (image_of(cloud, image)["status"], image_of(cloud, image)["osName"]) == ("Creating", "Ubuntu")
    cloud.clock.advance(120)
    assert image_of(cloud, image)["status"] == "Available"


def test_of_an_instance_and_a_snapshot_the_instance_is_taken(cloud, running):
    body = {"imageName": "both", "instanceId": running, "snapshotId": "s-nobody00"}

    cloud.ok("POST", "/v2/image", body)

    assert cloud.status(running) == "ImageProcessing"


@pytest.mark.parametrize("state", [state for state in snapshots.STATES if state != "Available"])
def test_a_snapshot_that_is_not_available_makes_no_image(cloud, running, state):
    body = {"imageName": "old", "snapshotId": snapshot_of(cloud, running, state=state)}

    cloud.refused(OperationDenied, "POST", "/v2/image", body)


def test_a_snapshot_of_a_data_disk_makes_no_image(cloud, running):
    body = {"imageName": "old", "snapshotId": snapshot_of(cloud, running, is_system=False)}

    cloud.refused(OperationDenied, "POST", "/v2/image", body)


@pytest.mark.parametrize("state", [state for state in STATES if state not in BOTH])
def test_only_a_running_or_stopped_instance_makes_an_image(cloud, running, state):
    cloud.account.get(Instance, running).state = state

    body = {"imageName": "new", "instanceId": running}
    cloud.refused(ImageInstanceStatusForbidden, "POST", "/v2/image", body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"imageName": "1st", "instanceId": "i-nobody00"}, ImageNameInvalid),
        ({"imageName": "a" * 66, "instanceId": "i-nobody00"}, ImageNameInvalid),
        ({"imageName": "", "instanceId": "i-nobody00"}, ImageNameInvalid),
        ({"imageName": "new"}, ImageIdIsEmpty),
        ({"imageName": "new", "instanceId": "", "snapshotId": ""}, ImageIdIsEmpty),
        ({"imageName": "new", "instanceId": "i-nobody00"}, NoSuchObject),
        ({"imageName": "new", "snapshotId": "s-nobody00"}, NoSuchObject),
        ({"instanceId": "i-nobody00"}, InappropriateJSON),
    ],
)
def test_a_wrong_order_for_an_image_is_refused(cloud, body, error):
    cloud.refused(error, "POST", "/v2/image", body)


def test_the_same_token_makes_one_image(cloud, running):
    body = {"imageName": "new", "instanceId": running}

    first = cloud.ok("POST", "/v2/image?clientToken=t", body)

    assert cloud.ok("POST", "/v2/image?clientToken=t", body) == first
    cloud.refused(IdempotentParameterMismatch, "POST", "/v2/image?clientToken=t", body | {"imageName": "other"})


def test_a_file_becomes_an_image_in_its_time(cloud):
    image = cloud.ok("POST", "/v2/image/import?clientToken=t", FILE)["id"]

    rendered = image_of(cloud, image)
    assert (rendered["status"], rendered["type"], rendered["minDiskGb"]) == ("Creating", "Custom", 20)
    assert (rendered["name"], rendered["osName"], rendered["osVersion"], rendered["osArch"]) == (
        "imported",
        "Centos",
        "6.5",
        "64",
    )
    assert cloud.ok("POST", "/v2/image/import?clientToken=t", FILE) == {"id": image}
    cloud.clock.advance(180)
    assert image_of(cloud, image)["status"] == "Available"


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"name": "-"}, ImageNameInvalid),
        ({"osType": "plan9"}, BadRequest),
        ({"osName": ""}, BadRequest),
        ({"bosUrl": ""}, BadRequest),
        ({"generationType": "XYZ"}, BadRequest),
        ({"bosUrl": None}, InappropriateJSON),
    ],
)
def test_a_wrong_import_is_refused(cloud, members, error):
    cloud.refused(error, "POST", "/v2/image/import", FILE | members)


def test_custom_images_are_limited(cloud, running):
    cloud.set_facts(imageQuota=1)
    custom(cloud)
    snapshot = snapshot_of(cloud, running)

    cloud.refused(ImageQuotaExceedLimit, "POST", "/v2/image", {"imageName": "new", "instanceId": running})
    cloud.refused(ImageQuotaExceedLimit, "POST", "/v2/image", {"imageName": "new", "snapshotId": snapshot})
    cloud.refused(ImageQuotaExceedLimit, "POST", "/v2/image/import", FILE)


def test_without_a_real_name_there_are_no_images(cloud, running):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v2/image", {"imageName": "new", "instanceId": running})
    cloud.refused(QualifyNotPass, "POST", "/v2/image/import", FILE)


@pytest.mark.parametrize("state", [state for state in Image.lifecycle.states if state != "Available"])
@pytest.mark.parametrize("path", ["instance", "instanceBySpec"])
def test_no_instance_is_made_of_an_image_that_is_not_available(cloud, path, state):
    image = custom(cloud)
    cloud.account.get(Image, image).state = state

    body = {"spec": "bcc.g5.c2m8", "imageId": image}
    cloud.refused(OperationDenied, "POST", f"/v2/{path}", body)


def test_an_instance_of_an_image_needs_a_disk_as_large(cloud):
    image = creating(cloud, cloud.create(rootDiskSizeInGb=70))
    cloud.clock.advance(120)
    body = {"spec": "bcc.g5.c2m8", "imageId": image}

    cloud.refused(BadRequest, "POST", "/v2/instanceBySpec", body | {"rootDiskSizeInGb": 69})

    cloud.ok("POST", "/v2/instanceBySpec", body | {"rootDiskSizeInGb": 70})
