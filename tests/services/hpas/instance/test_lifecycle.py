"""What instances of HPAS go through, and what belongs to them."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.services.hpas.orders import NOBODY, ask, listed, new_instances, new_subnet, shown

MONTH = {"chargeType": "Prepaid", "period": 1, "periodUnit": "month"}


def statuses(cloud, *ids):
    return [shown(cloud, each)["status"] for each in ids]


def test_instances_stop_start_and_reboot_all_or_none(cloud):
    one, other = new_instances(cloud, new_subnet(cloud), purchaseNum=2)

    ask(cloud, "StopInstances", {"hpasIds": [one], "forceStop": True})
    assert statuses(cloud, one, other) == ["Stopping", "Active"]
    cloud.clock.advance(30)
    assert statuses(cloud, one) == ["Stopped"]
    for action in ("StopInstances", "RebootInstances"):
        cloud.refused(OperationDenied, "POST", f"/?action={action}", {"hpasIds": [other, one]})
    cloud.refused(OperationDenied, "POST", "/?action=StartInstances", {"hpasIds": [one, other]})
    ask(cloud, "StartInstances", {"hpasIds": [one, one]})
    ask(cloud, "RebootInstances", {"hpasIds": [other]})
    assert statuses(cloud, one, other) == ["Starting", "Reboot"]
    cloud.clock.advance(60)
    assert statuses(cloud, one, other) == ["Active", "Active"]
    for action in ("StartInstances", "StopInstances", "RebootInstances", "DeleteInstances"):
        cloud.refused(NoSuchObject, "POST", f"/?action={action}", {"hpasIds": [one, NOBODY]})
        cloud.refused(BadRequest, "POST", f"/?action={action}", {"hpasIds": []})


def test_a_prepaid_instance_expires_is_kept_and_gone_unless_it_renews_itself(cloud):
    subnet_id = new_subnet(cloud)
    (ends,) = new_instances(cloud, subnet_id, billingModel=MONTH)
    renewal = {"autoRenew": True, "autoRenewPeriod": 1, "autoRenewPeriodUnit": "month"}
    (stays,) = new_instances(cloud, subnet_id, billingModel=MONTH | renewal)

    cloud.refused(OperationDenied, "POST", "/?action=DeleteInstances", {"hpasIds": [ends]})
    cloud.clock.advance(31 * 86_400)
    assert statuses(cloud, ends, stays) == ["Expired", "Active"]
    cloud.clock.advance(7 * 86_400)
    assert [each["hpasId"] for each in listed(cloud)] == [stays]


def test_volumes_and_cards_are_put_on_an_instance_and_leave_with_it(cloud):
    subnet_id = new_subnet(cloud)
    kept, goes = new_instances(cloud, subnet_id, purchaseNum=2)
    order = {"cdsSizeInGB": 50, "purchaseCount": 2, "zoneName": "cn-bj-a"}
    volumes = cloud.ok("POST", "/v2/volume", order)["volumeIds"]
    far = cloud.ok("POST", "/v2/volume", order | {"zoneName": "cn-bj-b", "purchaseCount": 1})["volumeIds"]
    card = cloud.ok(
        "POST",
        "/v1/eni",
        {
            "name": "card",
            "subnetId": subnet_id,
            "securityGroupIds": groups(cloud, kept),
            "privateIpSet": [{"primary": True}],
        },
    )["eniId"]
    cloud.clock.advance(60)

    cloud.ok("PUT", f"/v1/eni/{card}?attach", {"instanceId": kept, "instanceType": "hpas"})
    failed = ask(cloud, "AttachVolumes", {"hpasId": kept, "volumeIds": [volumes[0], *far, "v-nobody00"]})
    ask(cloud, "AttachVolumes", {"hpasId": goes, "volumeIds": [volumes[1]]})
    assert failed == {"failedVolumeIds": [*far, "v-nobody00"]}
    again = ask(cloud, "AttachVolumes", {"hpasId": goes, "volumeIds": [volumes[0]]})
    assert again == {"failedVolumeIds": [volumes[0]]}
    cloud.clock.advance(60)
    seen = shown(cloud, kept)
    assert [each["nicId"] for each in seen["nicInfo"]][1:] == [card]
    assert [(each["volumeId"], each["volumeStatus"]) for each in seen["volumeInfo"]][1:] == [(volumes[0], "InUse")]
    of_hpas = cloud.ok("GET", "/v2/volume?productCategory=HPAS")["volumes"]
    assert {each["productCategory"] for each in of_hpas} == {"HPAS"}
    assert len(of_hpas) == 4
    cluster = cloud.ok("POST", "/v2/instance/ehc/cluster/list", {})["ehcClusters"][0]
    assert set(cluster["instanceIds"]) == {kept, goes}

    ask(cloud, "DeleteInstances", {"hpasIds": [kept]})
    ask(cloud, "DeleteInstances", {"hpasIds": [goes], "deleteVolume": True})
    left = cloud.ok("GET", "/v2/volume")["volumes"]
    assert {each["id"]: each["status"] for each in left} == dict.fromkeys((volumes[0], *far), "Available")
    assert cloud.ok("GET", f"/v1/eni/{card}")["status"] == "available"
    cloud.refused(NoSuchObject, "POST", "/?action=AttachVolumes", {"hpasId": kept, "volumeIds": far})


def test_volumes_are_taken_off_all_or_none(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    order = {"cdsSizeInGB": 50, "purchaseCount": 2, "zoneName": "cn-bj-a"}
    on, off = cloud.ok("POST", "/v2/volume", order)["volumeIds"]
    cloud.clock.advance(60)
    ask(cloud, "AttachVolumes", {"hpasId": one, "volumeIds": [on]})
    detach, system = "/?action=DetachVolumes", shown(cloud, one)["volumeInfo"][0]["volumeId"]

    cloud.refused(OperationDenied, "POST", detach, {"volumeIds": [on]})
    cloud.clock.advance(60)
    for wrong in (off, system):
        cloud.refused(OperationDenied, "POST", detach, {"volumeIds": [on, wrong]})
    cloud.refused(NoSuchObject, "POST", detach, {"volumeIds": [on, "v-nobody00"]})
    cloud.refused(BadRequest, "POST", detach, {"volumeIds": []})
    ask(cloud, "DetachVolumes", {"volumeIds": [on]})
    cloud.clock.advance(60)
    assert [each["volumeId"] for each in shown(cloud, one)["volumeInfo"]] == [system]


def test_volumes_cannot_be_put_on_what_is_busy(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud))
    cloud.refused(BadRequest, "POST", "/?action=AttachVolumes", {"hpasId": one, "volumeIds": []})
    ask(cloud, "RebootInstances", {"hpasIds": [one]})
    cloud.refused(OperationDenied, "POST", "/?action=AttachVolumes", {"hpasId": one, "volumeIds": ["v-1"]})


def groups(cloud, hpas_id):
    return shown(cloud, hpas_id)["nicInfo"][0]["securityGroupIds"]
