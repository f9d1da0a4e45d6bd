"""Images of servers in other accounts and other regions."""

from __future__ import annotations

import copy

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.shared.image_errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    InvalidAccount,
    RegionNotSupportCopy,
    UnCustomImageCannotBeShared,
)
from tests.services.bbc.image.images import creating, custom, ids, image
from tests.services.bbc.servers import BUILT, LINUX, new_server, server

OTHER, OUTSIDE = "test-other", "0123456789abcdef0123456789abcdef"
NONE = "/v1/image/m-nobody00"


def seen_by(cloud, **members):
    """The same emulator as somebody else sees it."""
    other = copy.copy(cloud)
    for name, value in members.items():
        setattr(other, name, value)
    return other


def test_another_account_makes_servers_of_a_shared_image(cloud):
    made, other = custom(cloud), seen_by(cloud, access_key=OTHER)
    cloud.set_facts(serverImageAccounts=[OUTSIDE])

    cloud.ok("POST", f"/v1/image/{made}?share", {"accountId": OUTSIDE})
    cloud.ok("POST", f"/v1/image/{made}?share", {"account": OTHER, "accountId": OTHER})

    users = [OUTSIDE, OTHER]
    shown = [{"accountId": name, "account": name} for name in users]
    assert cloud.ok("GET", f"/v1/image/{made}/sharedUsers")["users"] == shown
    assert (image(cloud, made)["sharedToUserNum"], image(other, made)["type"]) == (2, "Sharing")
    assert ids(other, "Sharing") == [made]
    assert server(other, new_server(other, imageId=made))["imageId"] == made
    other.refused(UnCustomImageCannotBeShared, "POST", f"/v1/image/{made}?share", {"account": "test"})
    cloud.ok("POST", f"/v1/image/{made}?unshare", {"account": OTHER})
    cloud.ok("POST", f"/v1/image/{made}?unshare", {"account": OTHER, "accountId": OUTSIDE})
    assert (ids(other, "Sharing"), image(cloud, made)["sharedToUserNum"]) == ([], 0)


def test_what_cannot_be_shared_is_refused(cloud):
    new, made = creating(cloud, new_server(cloud)), custom(cloud)
    young = creating(cloud, new_server(cloud), "young")
    cloud.ok("POST", f"/v1/image/{new}?share", {"account": OTHER})
    with_other, both = {"account": OTHER}, ("share", "unshare")
    for error, actions, image_id, members in [
        (NoSuchObject, both, "m-nobody00", with_other),
        (UnCustomImageCannotBeShared, both, LINUX, with_other),
        (AccountListIsEmpty, both, made, {}),
        (InvalidAccount, both, made, {"account": OUTSIDE}),
        (CannotShareToOwner, ("share",), made, {"account": "test"}),
        (OperationDenied, ("share",), young, with_other),
        (AccountHasBeenShared, ("share",), new, with_other),
    ]:
        for action in actions:
            cloud.refused(error, "POST", f"/v1/image/{image_id}?{action}", members)
    cloud.refused(NoSuchObject, "GET", f"{NONE}/sharedUsers")
    cloud.set_facts(serverImageUserQuota=0)
    cloud.refused(ExceedSharedToUserNumQuota, "POST", f"/v1/image/{made}?share", with_other)
    cloud.set_facts(serverImageUserQuota=9)
    seen_by(cloud, access_key=OTHER).account.account.settings["bbc.sharedServerImageQuota"] = 1
    cloud.refused(ExceedAcceptSharedImageNumQuota, "POST", f"/v1/image/{made}?share", with_other)


def test_an_image_is_copied_to_other_regions(cloud):
    made, far = custom(cloud), seen_by(cloud, host="bbc.gz.localhost:8080")
    copy_it = f"/v1/image/{made}?remoteCopy"

    (copied, other) = cloud.ok("POST", copy_it, {"name": "copy", "destRegion": ["gz", "su", "gz"]})["result"]

    assert (copied["region"], copied["code"], other["region"]) == ("gz", "", "su")
    shown = image(far, copied["imageId"])
    assert (shown["name"], shown["status"], shown["type"]) == ("copy", "dest_copying", "Custom")
    cloud.clock.advance(BUILT)
    assert image(far, copied["imageId"])["status"] == "Available"
    far.refused(ImageNotBeingCopied, "POST", f"/v1/image/{copied['imageId']}?cancelRemoteCopy")
    cloud.set_facts(serverImageQuota=1)
    (full,) = cloud.ok("POST", copy_it, {"destRegion": ["gz"]})["result"]
    assert (full["code"], full["imageId"]) == ("Image.ImageQuotaExceedLimit", "")
    (copied,) = cloud.ok("POST", copy_it, {"destRegion": ["hkg"]})["result"]
    there = seen_by(cloud, host="bbc.hkg.localhost:8080")
    there.ok("POST", f"/v1/image/{copied['imageId']}?cancelRemoteCopy")
    assert ids(there, "Custom") == []


def test_what_cannot_be_copied_is_refused(cloud):
    made, young = custom(cloud), creating(cloud, new_server(cloud))
    for error, image_id, members in [
        (NoSuchObject, "m-nobody00", {}),
        (ImageNameInvalid, made, {"name": "not so"}),
        (ImageNotSupportCopy, LINUX, {}),
        (RegionNotSupportCopy, made, {"destRegion": ["bj"]}),
        (RegionNotSupportCopy, made, {"destRegion": ["gz", "nowhere"]}),
        (ImageNotAvailable, young, {}),
    ]:
        cloud.refused(error, "POST", f"/v1/image/{image_id}?remoteCopy", {"destRegion": ["gz"]} | members)
    cloud.refused(NoSuchObject, "POST", f"{NONE}?cancelRemoteCopy")
