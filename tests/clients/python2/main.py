"""baiducloud-python-sdk-bcc carries out the scenarios."""

from __future__ import annotations

import ipaddress
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "python"))

from baiducloud_python_sdk_core.exception import BceHttpClientError
from program import (
    ANOTHER_LINUX,
    ANOTHER_PASSWORD,
    LARGER_SPEC,
    LINUX,
    PASSWORD,
    SERVICE_UNAVAILABLE,
    SPEC,
    UNKNOWN,
    ZONE,
    Cannot,
    begin_anew,
    control,
    expect,
    main,
    pass_seconds,
    plan_fault,
    run_due,
    scenario,
)
from sdk import ask, client_of, create, encrypted, instance, refusal, running, status, vpc
from sweep import sweep


@scenario("credentials-right")
def right_credentials():
    expect(ask("list_zones").zones[0].zone_name, ZONE)


@scenario("credentials-wrong-secret")
def wrong_secret():
    expect(refusal("list_zones", client_of(secret_key="a wrong secret key")), (400, "SignatureDoesNotMatch"))


@scenario("credentials-unknown-key")
def unknown_key():
    expect(refusal("list_zones", client_of(access_key="nobody")), (403, "InvalidAccessKeyId"))


@scenario("credentials-expired")
def expired_credentials():
    raise Cannot("its client never sends the session token that it is configured with")


@scenario("credentials-temporary")
def temporary_credentials():
    raise Cannot("its client never sends the session token that it is configured with")


def without_sts():
    raise Cannot("its packages have no STS client, and its client never sends a session token")


for name in ("sts-session-token", "sts-acl", "sts-assume-role", "sts-wrong-token"):
    scenario(name)(without_sts)


@scenario("create-by-spec")
def create_by_spec():
    ids = create(
        name="web",
        purchaseCount=2,
        createCdsList=[{"cdsSizeInGB": 50, "storageType": "cloud_hp1"}],
        tags=[{"tagKey": "team", "tagValue": "red"}],
    )
    expect([status(each) for each in ids], ["Starting", "Starting"])
    expect([instance(each).name for each in ids], ["web-1", "web-2"])


@scenario("create-old-call")
def create_old_call():
    raise Cannot("it has no method for POST /v2/instance")


@scenario("wait-until-running")
def wait_until_running():
    (instance_id,) = create()
    seen = [status(instance_id)]
    while seen[-1] != "Running":
        assert len(seen) < 100, seen
        pass_seconds(5)
        seen.append(status(instance_id))
    expect(sorted(set(seen)), ["Running", "Starting"])


@scenario("read-back-typed")
def read_back_typed():
    created = instance(running(name="typed", hostname="typed-host", tags=[{"tagKey": "team", "tagValue": "blue"}]))
    expect((created.spec, created.cpu_count, created.memory_capacity_in_gb), (SPEC, 2, 8))
    expect((created.image_id, created.zone_name, created.name), (LINUX, ZONE, "typed"))
    expect((created.payment_timing, created.card_count, created.hostname), ("Postpaid", "0", "typed-host"))
    expect([(tag.tag_key, tag.tag_value) for tag in created.tags], [("team", "blue")])
    ipaddress.ip_address(created.internal_ip)
    time.strptime(created.create_time, "%Y-%m-%dT%H:%M:%SZ")
    assert created.vpc_id.startswith("vpc-"), created.vpc_id
    assert created.subnet_id.startswith("sbn-"), created.subnet_id


@scenario("reboot-accepted")
def reboot_accepted():
    instance_id = running()
    ask("reboot_instance", instanceId=instance_id)
    expect(status(instance_id), "Starting")
    run_due()
    expect(status(instance_id), "Running")


@scenario("reboot-refused")
def reboot_refused():
    expect(refusal("reboot_instance", instanceId=stopped()), (409, "Instance.RebootInstanceOperationForbidden"))


@scenario("reboot-forced")
def reboot_forced():
    instance_id = running()
    ask("reboot_instance", instanceId=instance_id, forceStop=True)
    expect(status(instance_id), "Starting")


def stopped() -> str:
    instance_id = running()
    ask("stop_instance", instanceId=instance_id)
    run_due()
    return instance_id


@scenario("stop-start")
def stop_start():
    instance_id = running()
    ask("stop_instance", instanceId=instance_id)
    expect(status(instance_id), "Stopping")
    run_due()
    expect(status(instance_id), "Stopped")
    ask("start_instance", instanceId=instance_id)
    expect(status(instance_id), "Starting")
    run_due()
    expect(refusal("start_instance", instanceId=instance_id), (409, "Instance.StartInstanceOperationForbidden"))


@scenario("resize")
def resize():
    instance_id = stopped()
    ask("resize_instance_by_spec", instanceId=instance_id, spec=LARGER_SPEC)
    expect(status(instance_id), "Scaling")
    run_due()
    expect(instance(instance_id).cpu_count, 4)


@scenario("rebuild")
def rebuild():
    instance_id = running()
    ask("rebuild_instance", instanceId=instance_id, imageId=ANOTHER_LINUX, adminPass=encrypted(PASSWORD))
    expect(status(instance_id), "ImageProcessing")
    run_due()
    expect((status(instance_id), instance(instance_id).image_id), ("Running", ANOTHER_LINUX))


@scenario("rename")
def rename():
    instance_id = running()
    ask("modify_instance_attributes", instanceId=instance_id, name="renamed")
    ask("modify_instance_desc", instanceId=instance_id, desc="what it is for")
    ask("modify_instance_hostname", instanceId=instance_id, hostname="renamed-host", reboot=True)
    run_due()
    created = instance(instance_id)
    expect((created.name, created.desc, created.hostname), ("renamed", "what it is for", "renamed-host"))


@scenario("password")
def password():
    instance_id = running()
    ask("modify_instance_password", instanceId=instance_id, adminPass=encrypted(ANOTHER_PASSWORD))
    run_due()
    expect(status(instance_id), "Running")
    expect(refusal("modify_instance_password", instanceId=instance_id, adminPass=PASSWORD), (400, "BadRequest"))


@scenario("volumes")
def volumes():
    instance_id = running()
    (volume_id,) = ask(
        "create_volume", cdsSizeInGB=50, storageType="cloud_hp1", zoneName=ZONE, billing={"paymentTiming": "Postpaid"}
    ).volume_ids
    expect(ask("get_volume", volumeId=volume_id).volume.status, "Creating")
    run_due()
    ask("attach_volume", volumeId=volume_id, instanceId=instance_id)
    run_due()
    expect(ask("get_volume", volumeId=volume_id).volume.status, "InUse")
    expect(sorted(each.type for each in ask("list_volumes", instanceId=instance_id).volumes), ["Cds", "System"])
    assert refusal("release_volume", volumeId=volume_id)[0] in {403, 409}
    ask("detach_volume", volumeId=volume_id, instanceId=instance_id)
    run_due()
    ask("resize_volume", volumeId=volume_id, newCdsSizeInGB=100)
    run_due()
    expect(ask("get_volume", volumeId=volume_id).volume.disk_size_in_gb, 100)
    ask("release_volume", volumeId=volume_id)
    run_due()
    expect(refusal("get_volume", volumeId=volume_id)[0], 404)


@scenario("images")
def images():
    systems = ask("list_images", imageType="System").images
    expect({each.os_type for each in systems}, {"linux", "windows"})
    image_id = ask("create_image", imageName="mine", instanceId=running()).image_id
    expect(ask("get_image", imageId=image_id).image.status, "Creating")
    run_due()
    created = ask("get_image", imageId=image_id).image
    expect((created.status, created.name, created.type), ("Available", "mine", "Custom"))
    ask("delete_image", imageId=image_id)
    expect(refusal("get_image", imageId=image_id), (404, "NoSuchObject"))


@scenario("keypairs")
def keypairs():
    instance_id = stopped()
    keypair = ask("create_keypair", name="mine", description="what it opens").keypair
    assert "PRIVATE KEY" in keypair.private_key, keypair
    ask("attach_keypair", keypairId=keypair.keypair_id, instanceIds=[instance_id])
    expect(ask("keypair_detail", keypairId=keypair.keypair_id).keypair.instance_count, 1)
    ask("detach_keypair", keypairId=keypair.keypair_id, instanceIds=[instance_id])
    ask("rename_keypair", keypairId=keypair.keypair_id, name="renamed")
    assert "renamed" in [each.name for each in ask("list_keypair").keypairs]
    ask("delete_keypair", keypairId=keypair.keypair_id)
    expect(refusal("keypair_detail", keypairId=keypair.keypair_id)[0], 404)


def rule(port: str) -> dict[str, str]:
    return {
        "remark": "open",
        "direction": "ingress",
        "ethertype": "IPv4",
        "protocol": "tcp",
        "portRange": port,
        "sourceIp": "all",
    }


@scenario("security-groups")
def security_groups():
    instance_id = running()
    group_id = ask("create_security_group", name="web", rules=[rule("80")]).security_group_id
    ask("authorize_security_group_rule", securityGroupId=group_id, rule=rule("443"))
    (group,) = [each for each in ask("list_security_groups").security_groups if each.id == group_id]
    expect(sorted(each.port_range for each in group.rules if each.direction == "ingress"), ["443", "80"])
    ask("bind_instance_to_security_group", instanceId=instance_id, securityGroupId=group_id)
    assert refusal("delete_security_group", securityGroupId=group_id)[0] in {403, 409}
    ask("unbind_instance_from_security_group", instanceId=instance_id, securityGroupId=group_id)
    ask("delete_security_group", securityGroupId=group_id)
    expect(refusal("delete_security_group", securityGroupId=group_id)[0], 404)


@scenario("deploy-sets")
def deploy_sets():
    (set_id,) = ask("create_deploy_set", name="spread", strategy="HOST_HA", desc="apart").deploy_set_ids
    instance_id = running(deployIdList=[set_id])
    expect(ask("get_deploy_set", id=set_id).short_id, set_id)
    ask("release_instance_by_post", instanceId=instance_id, relatedReleaseFlag=True, deleteCdsSnapshotFlag=True)
    run_due()
    ask("delete_deploy_set", deployId=set_id)


@scenario("subnets")
def subnets():
    vpc_id = ask("create_vpc", vpc, name="net", cidr="172.16.0.0/16").vpc_id
    part = {"name": "sub", "cidr": "172.16.1.0/24", "zoneName": ZONE, "vpcId": vpc_id}
    subnet_id = ask("create_subnet", vpc, **part).subnet_id
    made = ask("query_specified_subnet", vpc, subnetId=subnet_id).subnet
    expect([made.name, made.cidr, made.vpc_id], ["sub", "172.16.1.0/24", vpc_id])
    rule = {"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "portRange": "80", "sourceIp": "all"}
    group_id = ask("create_security_group", name="web", vpcId=vpc_id, rules=[rule]).security_group_id
    instance_id = running(subnetId=subnet_id, securityGroupId=group_id)
    expect(instance(instance_id).internal_ip.startswith("172.16.1."), True)
    for method, members in (("delete_subnet", {"subnetId": subnet_id}), ("delete_vpc", {"vpcId": vpc_id})):
        expect(refusal(method, vpc, **members)[0], 409)
    ask("release_instance_by_post", instanceId=instance_id, relatedReleaseFlag=True, deleteCdsSnapshotFlag=True)
    run_due()
    ask("delete_security_group", securityGroupId=group_id)
    ask("delete_subnet", vpc, subnetId=subnet_id)
    ask("delete_vpc", vpc, vpcId=vpc_id)
    expect(refusal("query_specified_vpc", vpc, vpcId=vpc_id)[0], 404)


@scenario("batch")
def batch():
    ids = create(purchaseCount=3)
    run_due()
    ask("batch_stop_instance", instanceIds=ids)
    run_due()
    expect([status(each) for each in ids], ["Stopped"] * 3)
    ask("batch_start_instance", instanceIds=ids)
    run_due()
    assert refusal("batch_stop_instance", instanceIds=[*ids, UNKNOWN])[0] in {400, 403, 404}
    expect([status(each) for each in ids], ["Running"] * 3)


@scenario("paging-2500")
def paging():
    begin_anew()
    created = {each for _ in range(25) for each in create(purchaseCount=100)}
    pages = [ask("list_instances", maxKeys=1000)]
    while pages[-1].is_truncated:
        pages.append(ask("list_instances", maxKeys=1000, marker=pages[-1].next_marker))
    listed = [each.id for page in pages for each in page.instances]
    expect((len(listed), set(listed)), (2500, created))
    begin_anew()


@scenario("idempotent-retry")
def idempotent_retry():
    raise Cannot("no request of it has a client token")


def number_of_instances() -> int:
    return len(ask("list_instances", maxKeys=1000).instances)


def retried(**effect) -> None:
    before = number_of_instances()
    plan_fault("CreateInstanceBySpec", times=2, **effect)
    create()
    expect(control("GET", "faults")["faults"], [])
    expect(number_of_instances(), before + 1)


@scenario("retry-500")
def retry_500():
    retried(error="InternalError")


@scenario("retry-503")
def retry_503():
    retried(error=SERVICE_UNAVAILABLE)


@scenario("retry-disconnect")
def retry_disconnect():
    retried(disconnect=True)


@scenario("slow-answer")
def slow_answer():
    plan_fault("ListZones", delaySeconds=1)
    began = time.monotonic()
    expect(ask("list_zones").zones[0].zone_name, ZONE)
    assert time.monotonic() - began >= 1


@scenario("error-shape")
def error_shape():
    try:
        ask("get_instance", instanceId=UNKNOWN)
    except BceHttpClientError as error:
        refused = error.last_error
        expect((refused.status_code, refused.code), (404, "NoSuchObject"))
        expect(str(refused.args[0]), "The specified object is not found or resource do not exist.")
        expect(len(refused.request_id), 36)
    else:
        raise AssertionError("an unknown instance was found")


scenario("operations-sweep")(sweep)

if __name__ == "__main__":
    main()
