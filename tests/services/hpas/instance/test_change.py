"""Names, passwords, images, frames, groups and tags of instances of HPAS."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from tests.cloud import PASSWORD, encrypted
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet, shown

TAGS = [{"tagKey": "team", "tagValue": "red"}]


def test_instances_get_names_all_or_none(cloud):
    one, other = new_instances(cloud, new_subnet(cloud), purchaseNum=2)
    both = {"hpasIds": [one, other]}
    attribute = "/?action=ModifyInstancesAttribute"

    ask(cloud, "ModifyInstancesAttribute", both | {"name": "renamed", "applicationName": "app", "autoSeqSuffix": True})
    assert [(each.name, each.application_name) for each in instances(cloud)] == [
        ("renamed", "app-1"),
        ("renamed", "app-2"),
    ]
    unique = {"applicationName": "app-1", "forceApplicationNameUnique": True}
    cloud.refused(OperationDenied, "POST", attribute, {"hpasIds": [other]} | unique)
    cloud.refused(OperationDenied, "POST", attribute, both | unique | {"applicationName": "same"})
    cloud.refused(BadRequest, "POST", attribute, both)
    cloud.refused(BadRequest, "POST", attribute, both | {"name": "1st"})
    cloud.refused(NoSuchObject, "POST", attribute, {"hpasIds": [NOBODY], "name": "x"})
    ask(cloud, "ModifyInstancesAttribute", {"hpasIds": [one], "reboot": True} | unique)
    assert shown(cloud, one)["status"] == "Reboot"


def instances(cloud):
    return list(cloud.account.all(HpasInstance))


def test_a_password_is_changed_and_an_instance_is_installed_anew(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud), userData="IyEvYmluL3No")
    change, reset = "/?action=ModifyInstanceApplicationPassword", "/?action=ResetInstances"
    password = {"hpasId": one, "password": encrypted(PASSWORD)}
    image = {"hpasIds": [one], "imageId": "m-JtPe0qoJ"}

    cloud.refused(BadRequest, "POST", change, password | {"password": PASSWORD})
    cloud.refused(NoSuchObject, "POST", change, password | {"hpasId": NOBODY})
    ask(cloud, "ModifyInstanceApplicationPassword", password)
    assert shown(cloud, one)["status"] == "Password"
    cloud.refused(OperationDenied, "POST", change, password)
    cloud.refused(OperationDenied, "POST", reset, image)
    cloud.clock.advance(30)
    for members in ({"hpasIds": [NOBODY]}, {"imageId": "m-nobody00"}, {"keypairId": "k-nobody00"}):
        cloud.refused(NoSuchObject, "POST", reset, image | members)
    cloud.refused(BadRequest, "POST", reset, image | {"password": PASSWORD})

    key = cloud.ok("POST", "/v2/keypair", {"name": "pair"})["keypair"]["keypairId"]
    ask(cloud, "ResetInstances", image | {"keypairId": key})
    seen = shown(cloud, one)
    assert [seen[each] for each in ("status", "imageId", "keypairId", "userData")] == [
        "Rebuild",
        "m-JtPe0qoJ",
        key,
        "IyEvYmluL3No",
    ]
    cloud.clock.advance(180)
    ask(cloud, "ResetInstances", image | {"password": encrypted(PASSWORD), "cleanLastUserData": True})
    assert [shown(cloud, one)[each] for each in ("keypairId", "userData")] == ["", ""]


def test_an_image_is_for_certain_applications(cloud):
    order = {"appType": "unixbench_indexscore", "appPerformanceLevel": "1.6k", "imageId": "m-JtPe0qoJ"}
    (one,) = new_instances(cloud, new_subnet(cloud), **order)

    cloud.refused(BadRequest, "POST", "/?action=ResetInstances", {"hpasIds": [one], "imageId": "m-Xz6svNFM"})


def test_instances_use_jumbo_frames_all_or_none(cloud):
    one, other = new_instances(cloud, new_subnet(cloud), purchaseNum=2)
    wanted, jumbo = {"hpasIds": [one, other], "enableJumboFrame": True}, "/?action=ModifyHpasJumbo"

    ask(cloud, "ModifyHpasJumbo", wanted)
    ask(cloud, "ModifyHpasJumbo", {"hpasIds": [other], "enableJumboFrame": False})
    assert [shown(cloud, each)["enableJumboFrame"] for each in (one, other)] == [True, False]
    ask(cloud, "RebootInstances", {"hpasIds": [one]})
    cloud.refused(OperationDenied, "POST", jumbo, wanted)
    cloud.refused(NoSuchObject, "POST", jumbo, wanted | {"hpasIds": [other, NOBODY]})
    assert shown(cloud, other)["enableJumboFrame"] is False


def test_instances_are_in_security_groups_of_one_type(cloud, make):
    subnet_id = new_subnet(cloud)
    (one,) = new_instances(cloud, subnet_id)
    ordinary = [make(vpcId=shown(cloud, one)["vpcId"]) for _ in range(11)]
    enterprise = cloud.ok("POST", "/v1/enterprise/security", {"name": "esg", "rules": []})["enterpriseSecurityGroupId"]
    modify = "/?action=ModifySecurityGroups"

    ask(
        cloud,
        "ModifySecurityGroups",
        {"hpasIds": [one], "securityGroupIds": [enterprise], "securityGroupType": "enterprise"},
    )
    card = shown(cloud, one)["nicInfo"][0]
    assert (card["securityGroupType"], card["securityGroupIds"]) == ("enterprise", [enterprise])
    ask(cloud, "ModifySecurityGroups", {"hpasIds": [one], "securityGroupIds": ordinary[:2]})
    assert shown(cloud, one)["nicInfo"][0]["securityGroupIds"] == ordinary[:2]

    wanted = {"hpasIds": [one], "securityGroupIds": ordinary[:1]}
    cloud.refused(BindInstanceExceededLimit, "POST", modify, wanted | {"securityGroupIds": ordinary})
    cloud.refused(BadRequest, "POST", modify, wanted | {"securityGroupIds": [make()]})
    cloud.refused(BadRequest, "POST", modify, wanted | {"securityGroupIds": []})
    for members in (
        {"hpasIds": [NOBODY]},
        {"securityGroupIds": ["g-nobody000000"]},
        {"securityGroupType": "enterprise"},
    ):
        cloud.refused(NoSuchObject, "POST", modify, wanted | members)
    attach, detach = "/?action=AttachSecurityGroups", "/?action=DetachSecurityGroups"
    ask(cloud, "AttachSecurityGroups", wanted | {"securityGroupIds": ordinary[2:3]})
    ask(cloud, "DetachSecurityGroups", wanted | {"securityGroupIds": ordinary[:2]})
    assert shown(cloud, one)["nicInfo"][0]["securityGroupIds"] == ordinary[2:3]
    of_others = {"securityGroupIds": [enterprise], "securityGroupType": "enterprise"}
    cloud.refused(OperationDenied, "POST", attach, wanted | of_others)
    cloud.refused(BindInstanceExceededLimit, "POST", attach, wanted | {"securityGroupIds": ordinary})
    cloud.refused(LastSecurityGroup, "POST", detach, wanted | {"securityGroupIds": ordinary[2:3]})
    for action in (attach, detach):
        cloud.refused(NoSuchObject, "POST", action, wanted | {"securityGroupIds": ["g-nobody000000"]})
    cloud.refused(NoSuchObject, "POST", detach, wanted)
    cloud.account.get(HpasInstance, one).state = "Expired"
    for action in (modify, attach, detach):
        cloud.refused(OperationDenied, "POST", action, wanted)


def test_tags_are_put_on_all_or_none(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    wanted = {"resourceType": "hpas", "resourceIds": [one], "tags": TAGS}

    ask(cloud, "AttachTags", wanted)
    assert shown(cloud, one)["tags"] == TAGS
    for action in ("/?action=AttachTags", "/?action=DetachTags"):
        cloud.refused(NoSuchObject, "POST", action, wanted | {"resourceIds": [one, NOBODY]})
        cloud.refused(NoSuchObject, "POST", action, wanted | {"resourceType": "hpasri"})
        for members in ({"resourceIds": []}, {"tags": []}, {"resourceType": "bcc"}):
            assert cloud.call("POST", action, wanted | members).status == 400
    ask(cloud, "DetachTags", wanted)
    assert shown(cloud, one)["tags"] == []
