"""Resource groups, and resources of several products and regions in them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.disks import new_volume
from tests.services.blb.balancer.balancers import new_balancer

GROUP, RESOURCE = "/v1/res/group", "/v1/res/resource"
MOVE, BATCH = f"{RESOURCE}/move", f"{RESOURCE}/batch/queryGroupRes"


def new_group(cloud, name: str = "team", **members: str) -> str:
    """The id of a group."""
    group_id: str = cloud.ok("POST", GROUP, {"name": name} | members)["groupId"]
    return group_id


def brief(resource_id: str, type_: str, region: str = "bj", **group: str) -> dict[str, str]:
    return {"resourceId": resource_id, "resourceType": type_, "resourceRegion": region} | group


def groups_of(cloud, *asked: dict[str, str]) -> list[list[str]]:
    shown = cloud.ok("POST", BATCH, {"resourceBriefs": asked})["resGroups"]
    return [[group["groupId"] for group in each["groups"]] for each in shown]


def test_a_resource_says_the_group_that_it_was_made_in(cloud):
    group = new_group(cloud, extra="ours")
    balancer = new_balancer(cloud, resourceGroupId=group, tags=[{"tagKey": "a", "tagValue": "b"}])
    cloud.host = "resourcemanager.baidubce.com"

    (shown,) = cloud.ok("POST", BATCH, {"resourceBriefs": [brief(balancer, "BLB")]})["resGroups"]

    assert (shown["id"], shown["type"], shown["region"]) == (balancer, "BLB", "bj")
    assert shown["tags"] == [{"tagKey": "a", "tagValue": "b"}]
    (in_group,) = shown["groups"]
    assert (in_group["groupId"], in_group["name"], in_group["extra"]) == (group, "team", "ours")


def test_resources_of_any_product_and_region_come_into_groups_move_and_leave(cloud, running):
    one, other = new_group(cloud, "one"), new_group(cloud, "other")
    volume = new_volume(cloud)
    cloud.host = "bcc.gz.localhost"
    far = new_volume(cloud)
    cloud.host = "resourcemanager.baidubce.com"
    asked = [brief(running, "BCC"), brief(volume, "CDS"), brief(far, "CDS", "gz")]
    assert groups_of(cloud, *asked) == [[], [], []]

    bindings = [each | {"groupId": one} for each in asked]
    bound = cloud.ok("POST", f"{RESOURCE}?force=false", {"bindings": bindings})
    assert bound["status"] == "success"
    assert [each["groups"][0]["name"] for each in bound["resGroups"]] == ["one"] * 3
    moved = {"targetGroupId": other, "oldGroupResInfo": bindings[2]}
    cloud.ok("POST", MOVE, {"moveResModels": [moved]})
    cloud.ok("PUT", RESOURCE, {"bindings": bindings[:1]})
    assert groups_of(cloud, *asked) == [[], [one], [other]]

    theirs = [brief(volume, "CDS", groupId=other)]
    cloud.refused(OperationDenied, "POST", f"{RESOURCE}?force=false", {"bindings": theirs})
    cloud.ok("POST", f"{RESOURCE}?force=true", {"bindings": theirs})
    assert groups_of(cloud, asked[1]) == [[other]]


def test_groups_are_listed_by_a_part_of_their_name(cloud):
    first, _ = new_group(cloud, "team a"), new_group(cloud, "other")

    assert cloud.ok("GET", f"{GROUP}?name=team")["groups"] == [
        {"parentId": "", "groupId": first, "name": "team a", "extra": "", "children": []}
    ]
    assert len(cloud.ok("GET", GROUP)["groups"]) == 2
    cloud.refused(OperationDenied, "POST", GROUP, {"name": "other"})
    cloud.refused(BadRequest, "POST", GROUP, {"name": ""})


def test_what_there_is_not_is_left_out_or_not_found(cloud, running):
    group = new_group(cloud)
    nothing = [brief("i-nobody00", "BCC"), brief(running, "CDN"), brief(running, "BCC", "global")]
    here = brief(running, "BCC", groupId=group)
    assert groups_of(cloud, *nothing) == []

    for each in nothing:
        cloud.refused(NoSuchObject, "POST", RESOURCE, {"bindings": [here, each | {"groupId": group}]})
    cloud.refused(NoSuchObject, "POST", RESOURCE, {"bindings": [brief(running, "BCC", groupId="RESG-nobody00")]})
    cloud.refused(NoSuchObject, "PUT", RESOURCE, {"bindings": [here]})
    cloud.refused(NoSuchObject, "POST", MOVE, {"moveResModels": [{"targetGroupId": group, "oldGroupResInfo": here}]})
    cloud.ok("POST", RESOURCE, {"bindings": [here]})
    lost = {"targetGroupId": "RESG-nobody00", "oldGroupResInfo": here}
    cloud.refused(NoSuchObject, "POST", MOVE, {"moveResModels": [lost]})


@pytest.mark.parametrize(
    ("method", "target", "member"),
    [
        ("POST", RESOURCE, "bindings"),
        ("PUT", RESOURCE, "bindings"),
        ("POST", MOVE, "moveResModels"),
        ("POST", BATCH, "resourceBriefs"),
    ],
)
def test_a_request_is_about_something(cloud, method, target, member):
    cloud.refused(BadRequest, method, target, {member: []})
