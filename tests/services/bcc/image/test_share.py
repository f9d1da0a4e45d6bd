"""Share images between accounts, as both sides see it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.shared.image_errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    ImageNotSupportCopy,
    InvalidAccount,
    UnCustomImageCannotBeShared,
)
from tests.cloud import LINUX, ids
from tests.services.bcc.image.images import as_account, custom, image_of, in_region

OTHER = "test-other"


@pytest.fixture
def image(cloud):
    """The id of an available image of one's own."""
    return custom(cloud)


@pytest.fixture
def other(cloud):
    """The same emulator as the other account sees it."""
    return as_account(cloud, OTHER)


def users(cloud, image):
    return [user["account"] for user in cloud.ok("GET", f"/v2/image/{image}/sharedUsers")["users"]]


def shared(cloud):
    return ids(cloud.ok("GET", "/v2/image?imageType=Sharing")["images"])


@pytest.mark.parametrize("member", ["account", "accountId", "ucAccount"])
def test_the_other_account_sees_a_shared_image(cloud, other, image, member):
    assert cloud.ok("POST", f"/v2/image/{image}?share", {member: OTHER}) == {}

    mine, theirs = image_of(cloud, image), image_of(other, image)
    assert (mine["type"], mine["sharedToUserNum"]) == ("Custom", 1)
    assert (theirs["type"], theirs["sharedToUserNum"], theirs["shareToUserNumLimit"]) == ("Sharing", 0, 0)
    for same in ("id", "name", "status", "createTime", "osName", "osVersion", "osType", "minDiskGb"):
        assert theirs[same] == mine[same]
    assert shared(other) == [image]
    assert shared(in_region(other, "gz")) == []
    assert shared(as_account(cloud, "test-third")) == []


def test_the_other_account_makes_instances_of_a_shared_image(cloud, other, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    instance = other.create(imageId=image)

    assert other.instance(instance)["imageType"] == "Sharing"


def test_an_account_that_is_named_twice_is_shared_with_once(cloud, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER, "accountId": OTHER, "ucAccount": "test-third"})

    assert users(cloud, image) == [OTHER, "test-third"]


def test_the_users_of_an_image_are_listed(cloud, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    response = cloud.ok("GET", f"/v2/image/{image}/sharedUsers")

    assert response["users"] == [{"accountId": OTHER, "account": OTHER, "ucAccount": OTHER}]
    assert (response["isTruncated"], response["maxKeys"]) == (False, 1000)
    assert users(cloud, LINUX) == []
    cloud.refused(NoSuchObject, "GET", "/v2/image/m-nobody00/sharedUsers")


def test_an_image_that_is_taken_back_is_gone_for_the_other_account(cloud, other, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})
    instance = other.create(imageId=image)

    assert cloud.ok("POST", f"/v2/image/{image}?unshare", {"account": OTHER}) == {}

    assert (users(cloud, image), shared(other)) == ([], [])
    assert other.status(instance) == "Running"


def test_an_image_is_taken_back_from_an_account_that_never_had_it(cloud, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    cloud.ok("POST", f"/v2/image/{image}?unshare", {"account": "test-third"})

    assert users(cloud, image) == [OTHER]


def test_an_account_outside_the_emulator_can_be_made_known(cloud, image):
    outside = "0123456789abcdef0123456789abcdef"
    cloud.refused(InvalidAccount, "POST", f"/v2/image/{image}?share", {"accountId": outside})
    cloud.set_facts(knownAccounts=[outside])

    cloud.ok("POST", f"/v2/image/{image}?share", {"accountId": outside})

    assert users(cloud, image) == [outside]
    cloud.ok("PUT", "/v2/image/rename", {"imageId": image, "name": "another"})
    cloud.ok("POST", f"/v2/image/{image}?unshare", {"accountId": outside})
    assert users(cloud, image) == []


@pytest.mark.parametrize("action", ["share", "unshare"])
@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        ("m-nobody00", {"account": OTHER}, NoSuchObject),
        (LINUX, {"account": OTHER}, UnCustomImageCannotBeShared),
        ("", {}, AccountListIsEmpty),
        ("", {"account": "", "accountId": ""}, AccountListIsEmpty),
        ("", {"account": "nobody"}, InvalidAccount),
        ("", {"account": OTHER, "accountId": "nobody"}, InvalidAccount),
    ],
)
def test_wrong_sharing_is_refused(cloud, image, action, target, body, error):
    cloud.refused(error, "POST", f"/v2/image/{target or image}?{action}", body)


def test_an_image_is_not_shared_with_its_owner(cloud, image):
    cloud.refused(CannotShareToOwner, "POST", f"/v2/image/{image}?share", {"account": OTHER, "accountId": "test"})


def test_an_image_is_not_shared_twice_with_an_account(cloud, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    body = {"account": "test-third", "accountId": OTHER}
    cloud.refused(AccountHasBeenShared, "POST", f"/v2/image/{image}?share", body)


@pytest.mark.parametrize("state", [state for state in Image.lifecycle.states if state != "Available"])
def test_only_an_available_image_is_shared_but_any_is_taken_back(cloud, image, state):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})
    cloud.account.get(Image, image).state = state

    cloud.refused(OperationDenied, "POST", f"/v2/image/{image}?share", {"account": "test-third"})

    cloud.ok("POST", f"/v2/image/{image}?unshare", {"account": OTHER})


def test_an_image_is_shared_with_so_many_accounts(cloud, image):
    cloud.set_facts(imageSharedUserQuota=1)

    body = {"account": OTHER, "accountId": "test-third"}
    cloud.refused(ExceedSharedToUserNumQuota, "POST", f"/v2/image/{image}?share", body)


def test_an_account_holds_so_many_images_of_others(cloud, other, image):
    other.set_facts(sharedImageQuota=1)
    cloud.ok("POST", f"/v2/image/{custom(cloud)}?share", {"account": OTHER})

    body = {"account": "test-third", "accountId": OTHER}
    cloud.refused(ExceedAcceptSharedImageNumQuota, "POST", f"/v2/image/{image}?share", body)

    assert shared(as_account(cloud, "test-third")) == []


def test_images_of_others_do_not_count_as_ones_own(cloud, other, image):
    other.set_facts(imageQuota=1)
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    custom(other)

    assert len(other.ok("GET", "/v2/image?imageType=Custom")["images"]) == 1


def test_an_image_of_others_is_neither_passed_on_nor_copied(cloud, other, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})

    other.refused(UnCustomImageCannotBeShared, "POST", f"/v2/image/{image}?share", {"account": "test-third"})
    other.refused(ImageNotSupportCopy, "POST", f"/v2/image/{image}?remoteCopy", {"destRegion": ["gz"]})


def test_an_image_made_anew_after_a_reset_can_be_shared_again(cloud, other, image):
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": OTHER})
    cloud.emulator.reset("test")

    again = custom(cloud, "again")
    cloud.ok("POST", f"/v2/image/{again}?share", {"account": OTHER})

    assert again == image
    assert [each["name"] for each in other.ok("GET", "/v2/image?imageType=Sharing")["images"]] == ["again"]
