"""Images of HPAS are renamed and deleted."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageNameInvalid,
    UnCustomImageCannotBeDeleted,
)
from tests.services.hpas.image.images import creating, custom, own
from tests.services.hpas.orders import ask, new_instances, new_subnet, shown

RENAME, DELETE = "/?action=ModifyImageAttribute", "/?action=DeleteImages"
SYSTEM, NO_IMAGE = "m-Xz6svNFM", "m-nobody00"


def test_an_image_of_ones_own_is_renamed(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    made = custom(cloud, one)

    for error, members in (
        (NoSuchObject, {"imageId": NO_IMAGE}),
        (OperationDenied, {"imageId": SYSTEM}),
        (ImageNameInvalid, {"imageName": "7"}),
    ):
        cloud.refused(error, "POST", RENAME, {"imageId": made, "imageName": "other"} | members)
    assert list(ask(cloud, "ModifyImageAttribute", {"imageId": made, "imageName": "other"})) == ["requestId"]

    assert own(cloud)[made]["name"] == "other"


def test_images_are_deleted_all_or_none_and_instances_stay(cloud):
    subnet_id = new_subnet(cloud)
    (one,) = new_instances(cloud, subnet_id)
    made = custom(cloud, one)
    (other,) = new_instances(cloud, subnet_id, imageId=made)
    young = creating(cloud, one)

    for error, wrong in (
        (NoSuchObject, NO_IMAGE),
        (UnCustomImageCannotBeDeleted, SYSTEM),
        (CreatingImageCannotBeDeleted, young),
    ):
        cloud.refused(error, "POST", DELETE, {"imageIds": [made, wrong]})
    cloud.refused(BadRequest, "POST", DELETE, {"imageIds": []})
    assert set(own(cloud)) == {made, young}
    assert list(ask(cloud, "DeleteImages", {"imageIds": [made, made]})) == ["requestId"]

    assert set(own(cloud)) == {young}
    assert [shown(cloud, other)[each] for each in ("imageId", "imageName", "status")] == [made, "", "Active"]
