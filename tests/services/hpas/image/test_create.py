"""Images are made of instances of HPAS, and instances of them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.image_errors import ImageNameInvalid, ImageQuotaExceedLimit
from tests.services.hpas.image.images import creating, custom, own
from tests.services.hpas.orders import NOBODY, ORDER, ask, new_instances, new_subnet, shown

CREATE = "/?action=CreateImage"


def test_an_image_of_an_instance_is_available_when_its_time_has_passed(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud), rootDiskSizeInGb=120)

    made = creating(cloud, one, "kept")

    seen = own(cloud)[made]
    assert [seen[each] for each in ("name", "imageType", "imageStatus")] == ["kept", "Custom", "Creating"]
    assert [seen[each] for each in ("supportedAppType", "imageSizeInGB", "minDiskInGB")] == [
        ["llama2_7B_train"],
        120,
        120,
    ]
    assert shown(cloud, one)["status"] == "Active"
    cloud.clock.advance(120)
    assert own(cloud)[made]["imageStatus"] == "Available"


def test_instances_are_made_and_installed_anew_from_an_image_that_is_available(cloud):
    subnet_id = new_subnet(cloud)
    (one,) = new_instances(cloud, subnet_id)
    made = creating(cloud, one)
    order, reset = ORDER | {"subnetId": subnet_id, "imageId": made}, {"hpasIds": [one], "imageId": made}

    cloud.refused(OperationDenied, "POST", "/?action=CreateInstances", order)
    cloud.refused(OperationDenied, "POST", "/?action=ResetInstances", reset)
    cloud.clock.advance(120)
    other = ask(cloud, "CreateInstances", order)["hpasIds"][0]
    ask(cloud, "ResetInstances", reset)

    assert [shown(cloud, each)["imageName"] for each in (one, other)] == ["mine", "mine"]
    cloud.refused(BadRequest, "POST", "/?action=CreateInstances", order | {"rootDiskSizeInGb": 399})
    elsewhere = {"appType": "llama2_7B_train_ic5", "appPerformanceLevel": "10k"}
    cloud.refused(BadRequest, "POST", "/?action=CreateInstances", order | elsewhere)


@pytest.mark.parametrize(
    ("error", "members"), [(NoSuchObject, {"hpasId": NOBODY}), (ImageNameInvalid, {"imageName": "7"})]
)
def test_a_wrong_order_of_an_image_is_refused(cloud, error, members):
    (one,) = new_instances(cloud, new_subnet(cloud))

    cloud.refused(error, "POST", CREATE, {"hpasId": one, "imageName": "mine"} | members)


def test_what_the_instance_or_the_account_does_not_allow_is_refused(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    order = {"hpasId": one, "imageName": "mine"}

    ask(cloud, "RebootInstances", {"hpasIds": [one]})
    cloud.refused(OperationDenied, "POST", CREATE, order)
    cloud.clock.advance(60)
    custom(cloud, one)
    cloud.set_facts(hpasImageQuota=1)
    cloud.refused(ImageQuotaExceedLimit, "POST", CREATE, order)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", CREATE, order)
