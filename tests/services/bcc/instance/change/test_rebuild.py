"""Another operating system for one instance, or for many."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import Volume
from tests.cloud import LINUX, PASSWORD, WINDOWS, encrypted

DEBIAN = "m-Alsm72zX"
LOGIN = {"imageId": DEBIAN, "adminPass": encrypted(PASSWORD)}


@pytest.fixture
def keypair(cloud) -> str:
    return cloud.account.add(Keypair(id=cloud.account.new_id(Keypair), name="key")).id


def snapshots(account, instance_id: str) -> list[str]:
    """The ids of a snapshot of the system disk and of one of a data disk."""
    return [
        account.add(
            Snapshot(
                id=account.new_id(Snapshot),
                name="saved",
                volume_id="v-disk0000",
                instance_id=instance_id,
                size_gb=40,
                is_system=is_system,
            )
        ).id
        for is_system in (True, False)
    ]


@pytest.fixture
def custom(cloud) -> str:
    image = Image(
        id=cloud.account.new_id(Image),
        name="own",
        type="Custom",
        os_name="Debian",
        os_version="8.1.0",
        os_arch="amd64 (64bit)",
        os_type="linux",
        min_disk_gb=20,
    )
    return cloud.account.add(image).id


def test_a_rebuilt_instance_runs_from_the_image(cloud, running):
    response = cloud.ok("PUT", f"/v2/instance/{running}?rebuild", LOGIN)

    assert response == {}
    assert cloud.status(running) == "ImageProcessing"
    cloud.clock.advance(120)
    seen = cloud.instance(running)
    assert (seen["status"], seen["imageId"], seen["osName"]) == ("Running", DEBIAN, "Debian")


def test_an_instance_that_was_stopped_runs_after_a_rebuild_and_is_charged_for(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", LOGIN)
    cloud.clock.advance(120)

    assert cloud.status(running) == "Running"
    assert cloud.instance(running)["chargeStatus"] == "charge"


def test_a_rebuild_replaces_the_way_to_log_in(cloud, running, keypair):
    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", {"imageId": LINUX, "keypairId": keypair, "adminPass": ""})
    cloud.clock.advance(120)
    assert cloud.instance(running)["keypairName"] == "key"

    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", LOGIN | {"keypairId": ""})

    assert cloud.instance(running)["keypairId"] == ""


def test_an_image_of_ones_own_may_bring_its_login(cloud, running, custom):
    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", {"imageId": custom, "keepImageLogin": True})

    assert cloud.instance(running)["imageType"] == "Custom"


@pytest.mark.parametrize(
    "body",
    [
        {"imageId": LINUX},
        {"imageId": LINUX, "keepImageLogin": True},
        {"imageId": LINUX, "adminPass": PASSWORD},
        LOGIN | {"keepImageLogin": True},
        LOGIN | {"imageId": LINUX, "sysRootSize": -1},
    ],
)
def test_a_rebuild_needs_exactly_one_way_to_log_in(cloud, running, body):
    cloud.refused(BadRequest, "PUT", f"/v2/instance/{running}?rebuild", body)


@pytest.mark.parametrize("members", [{"imageId": WINDOWS}, {"imageId": LINUX, "adminPass": encrypted(PASSWORD)}])
def test_a_keypair_goes_with_no_windows_and_with_no_password(cloud, keypair, members):
    instance = cloud.create()

    cloud.refused(BadRequest, "PUT", f"/v2/instance/{instance}?rebuild", {"keypairId": keypair} | members)


def test_an_image_has_to_fit_the_system_disk(cloud):
    instance = cloud.create(rootDiskSizeInGb=20)

    cloud.refused(BadRequest, "PUT", f"/v2/instance/{instance}?rebuild", LOGIN | {"imageId": WINDOWS})


@pytest.mark.parametrize("body", [LOGIN | {"imageId": "m-nobody00"}, {"imageId": LINUX, "keypairId": "k-nobody00"}])
def test_an_unknown_image_or_keypair_is_not_found(cloud, running, body):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/{running}?rebuild", body)


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", "/v2/instance/i-nobody00?rebuild", LOGIN)


def test_an_instance_that_starts_is_not_rebuilt(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?reboot")

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{running}?rebuild", LOGIN)


def test_a_stopped_bare_metal_instance_is_not_rebuilt(cloud):
    instance = cloud.create(spec="ebc.l5c.c128m256.1d")
    cloud.ok("PUT", f"/v2/instance/{instance}?stop")
    cloud.clock.advance(20)

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{instance}?rebuild", LOGIN)


@pytest.mark.parametrize(
    ("members", "kept"),
    [
        ({}, "first"),
        ({"userData": "second"}, "second"),
        ({"cleanLastUserData": True}, ""),
        ({"cleanLastUserData": None, "isOpenHostEye": None, "isPreserveData": None}, "first"),
    ],
)
def test_user_data_stays_unless_it_is_replaced_or_cleaned(cloud, members, kept):
    instance = cloud.create(userData="first")

    cloud.ok("PUT", f"/v2/instance/{instance}?rebuild", LOGIN | members)

    response = cloud.ok("POST", "/v2/instance/attribute/getUserdata", {"instanceId": instance})
    assert response["userData"] == kept


def test_an_image_that_is_still_being_made_is_not_used(cloud, running, custom):
    cloud.account.get(Image, custom).state = "Creating"

    cloud.refused(OperationDenied, "PUT", f"/v2/instance/{running}?rebuild", LOGIN | {"imageId": custom})


def test_the_snapshots_of_the_old_system_disk_go_and_those_of_data_disks_stay(cloud, running):
    system, data = snapshots(cloud.account, running)

    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", LOGIN)
    cloud.clock.advance(120)

    assert cloud.account.find(Snapshot, system) is None
    assert cloud.account.find(Snapshot, data) is not None


def test_the_disks_of_a_rebuilt_instance_stay(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50}])
    before = {volume.id for volume in cloud.account.where(Volume, "instance_id", instance)}

    cloud.ok("PUT", f"/v2/instance/{instance}?rebuild", LOGIN)
    cloud.clock.advance(120)

    assert {volume.id for volume in cloud.account.where(Volume, "instance_id", instance)} == before


def test_many_instances_are_rebuilt_at_once(cloud):
    instances = [cloud.create(), cloud.create()]

    response = cloud.ok("PUT", "/v2/instance/rebuild", LOGIN | {"instanceIds": [*instances, instances[0]]})

    assert response == {}
    assert {cloud.status(each) for each in instances} == {"ImageProcessing"}
    cloud.clock.advance(120)
    assert {cloud.instance(each)["imageId"] for each in instances} == {DEBIAN}


def test_one_instance_that_cannot_be_rebuilt_stops_the_whole_batch(cloud, running):
    starting = cloud.create()
    cloud.ok("PUT", f"/v2/instance/{starting}?reboot")

    cloud.refused(OperationDenied, "PUT", "/v2/instance/rebuild", LOGIN | {"instanceIds": [running, starting]})
    cloud.refused(NoSuchObject, "PUT", "/v2/instance/rebuild", LOGIN | {"instanceIds": [running, "i-nobody00"]})

    assert cloud.status(running) == "Running"


@pytest.mark.parametrize(
    ("ids", "error"), [([], BadRequest), (["i-nobody00"] * 101, BadRequest), (None, InappropriateJSON)]
)
def test_a_batch_is_of_1_to_100_instances(cloud, ids, error):
    cloud.refused(error, "PUT", "/v2/instance/rebuild", LOGIN | {"instanceIds": ids})


def test_a_token_rebuilds_once(cloud, running):
    body = LOGIN | {"instanceIds": [running]}
    cloud.ok("PUT", "/v2/instance/rebuild?clientToken=once", body)

    assert cloud.ok("PUT", "/v2/instance/rebuild?clientToken=once", body) == {}

    other = body | {"imageId": LINUX}
    cloud.refused(IdempotentParameterMismatch, "PUT", "/v2/instance/rebuild?clientToken=once", other)
