"""bce-python-sdk carries out the scenarios."""

from __future__ import annotations

import calendar
import ipaddress
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "python"))

from baidubce.exception import BceHttpClientError
from baidubce.services.bcc import bcc_model
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
from sdk import (
    POSTPAID,
    bcc,
    call_with,
    client_of,
    create,
    instance,
    refusal,
    running,
    status,
    sts,
    subnet,
    vpc,
)
from sweep import sweep


@scenario("credentials-right")
def right_credentials():
    expect(bcc.list_zones().zones[0].zone_name, ZONE)


@scenario("credentials-wrong-secret")
def wrong_secret():
    stranger = client_of(secret_key="a wrong secret key")
    expect(refusal(stranger.list_zones), (400, "SignatureDoesNotMatch"))


@scenario("credentials-unknown-key")
def unknown_key():
    stranger = client_of(access_key="nobody")
    expect(refusal(stranger.list_zones), (403, "InvalidAccessKeyId"))


@scenario("credentials-expired")
def expired_credentials():
    raise Cannot("its compute client never sends the session token that it is configured with")


@scenario("credentials-temporary")
def temporary_credentials():
    raise Cannot("its compute client never sends the session token that it is configured with")


READS_INSTANCES = {"service": "bce:bcc", "region": "*", "effect": "Allow", "resource": ["*"], "permission": ["READ"]}


@scenario("sts-session-token")
def session_token():
    keys = sts.get_session_token(None, 600)
    began, ends = (
        calendar.timegm(time.strptime(at, "%Y-%m-%dT%H:%M:%SZ")) for at in (keys.create_time, keys.expiration)
    )
    expect(ends - began, 600)
    assert abs(time.time() - began) < 60, keys
    made = call_with(keys, keys.session_token, b"POST", b"/v2/keypair", '{"name": "minted"}').keypair
    expect(bcc.get_keypair(made.keypair_id).keypair.name, "minted")
    bcc.delete_keypair(made.keypair_id)
    return "the call goes through the SDK's HTTP client: its compute client leaves the token out"


@scenario("sts-acl")
def session_acl():
    keys = sts.get_session_token({"id": "readers", "accessControlList": [READS_INSTANCES]}, 600)
    expect(call_with(keys, keys.session_token, b"GET", b"/v2/zone").zones[0].zone_name, ZONE)
    create = (keys, keys.session_token, b"POST", b"/v2/keypair", '{"name": "refused"}')
    expect(refusal(call_with, *create), (403, "AccessDenied"))
    expect(bcc.list_keypairs().keypairs, [])


@scenario("sts-assume-role")
def assume_role():
    raise Cannot("its STS client has no method for it")


@scenario("sts-wrong-token")
def wrong_token():
    keys = sts.get_session_token(None, 600)
    for token in ("another", ""):
        expect(refusal(call_with, keys, token, b"GET", b"/v2/zone"), (403, "AccessDenied"))


@scenario("create-by-spec")
def create_by_spec():
    disk = bcc_model.CreateCdsModel(cdsSizeInGB=50, storageType="cloud_hp1")
    ids = create(2, name="web", create_cds_list=[disk], tags=[bcc_model.TagModel("team", "red")])
    expect(len(ids), 2)
    expect([status(each) for each in ids], ["Starting", "Starting"])
    expect([instance(each).name for each in ids], ["web-1", "web-2"])


@scenario("create-old-call")
def create_old_call():
    response = bcc.create_instance(
        cpu_count=2, memory_capacity_in_gb=8, image_id=LINUX, instance_type="N5", billing=POSTPAID
    )
    created = instance(response.instance_ids[0])
    expect((created.cpu_count, created.memory_capacity_in_gb), (2, 8))


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
    tags = [bcc_model.TagModel("team", "blue")]
    created = instance(running(name="typed", tags=tags, hostname="typed-host"))
    expect((created.spec, created.cpu_count, created.memory_capacity_in_gb), (SPEC, 2, 8))
    expect((created.image_id, created.zone_name, created.name), (LINUX, ZONE, "typed"))
    expect((created.payment_timing, created.card_count, created.hostname), ("Postpaid", "0", "typed-host"))
    expect([(tag.tag_key, tag.tag_value) for tag in created.tags], [("team", "blue")])
    ipaddress.ip_address(created.internal_ip)
    time.strptime(created.create_time, "%Y-%m-%dT%H:%M:%SZ")
    expect(created.expire_time, None)
    assert created.volumes[0].is_system_volume is True, created.volumes
    assert created.vpc_id.startswith("vpc-"), created.vpc_id
    assert created.subnet_id.startswith("sbn-"), created.subnet_id


@scenario("reboot-accepted")
def reboot_accepted():
    instance_id = running()
    bcc.reboot_instance(instance_id)
    expect(status(instance_id), "Starting")
    run_due()
    expect(status(instance_id), "Running")


@scenario("reboot-refused")
def reboot_refused():
    instance_id = stopped()
    expect(refusal(bcc.reboot_instance, instance_id), (409, "Instance.RebootInstanceOperationForbidden"))


@scenario("reboot-forced")
def reboot_forced():
    instance_id = running()
    bcc.reboot_instance(instance_id, force_stop=True)
    expect(status(instance_id), "Starting")


def stopped() -> str:
    instance_id = running()
    bcc.stop_instance(instance_id)
    run_due()
    return instance_id


@scenario("stop-start")
def stop_start():
    instance_id = running()
    bcc.stop_instance(instance_id)
    expect(status(instance_id), "Stopping")
    run_due()
    expect(status(instance_id), "Stopped")
    bcc.start_instance(instance_id)
    expect(status(instance_id), "Starting")
    run_due()
    expect(status(instance_id), "Running")
    expect(refusal(bcc.start_instance, instance_id), (409, "Instance.StartInstanceOperationForbidden"))


@scenario("resize")
def resize():
    instance_id = stopped()
    bcc.resize_instance_by_spec(instance_id, LARGER_SPEC)
    expect(status(instance_id), "Scaling")
    run_due()
    created = instance(instance_id)
    expect((created.spec, created.cpu_count), (LARGER_SPEC, 4))
    expect(refusal(bcc.resize_instance_by_spec, UNKNOWN, LARGER_SPEC)[0], 404)


@scenario("rebuild")
def rebuild():
    instance_id = running()
    bcc.rebuild_instance(instance_id, ANOTHER_LINUX, PASSWORD)
    expect(status(instance_id), "ImageProcessing")
    run_due()
    expect((status(instance_id), instance(instance_id).image_id), ("Running", ANOTHER_LINUX))


@scenario("rename")
def rename():
    instance_id = running()
    bcc.modify_instance_attributes(instance_id, name="renamed")
    bcc.modify_instance_desc(instance_id, "what it is for")
    bcc.modify_instance_hostname(instance_id, "renamed-host", reboot=True)
    run_due()
    created = instance(instance_id)
    expect((created.name, created.desc, created.hostname), ("renamed", "what it is for", "renamed-host"))


@scenario("password")
def password():
    instance_id = running()
    bcc.modify_instance_password(instance_id, ANOTHER_PASSWORD)
    run_due()
    expect(status(instance_id), "Running")
    expect(refusal(bcc.modify_instance_password, instance_id, "short")[0], 400)


@scenario("volumes")
def volumes():
    instance_id = running()
    (volume_id,) = bcc.create_volume_with_cds_size(
        50, billing=POSTPAID, storage_type="cloud_hp1", zone_name=ZONE
    ).volume_ids
    expect(bcc.get_volume(volume_id).volume.status, "Creating")
    run_due()
    bcc.attach_volume(volume_id, instance_id)
    run_due()
    expect(bcc.get_volume(volume_id).volume.status, "InUse")
    listed = bcc.list_volumes(instance_id=instance_id).volumes
    expect(sorted(each.type for each in listed), ["Cds", "System"])
    status_code, _ = refusal(bcc.release_volume, volume_id)
    assert status_code in {403, 409}, status_code
    bcc.detach_volume(volume_id, instance_id)
    run_due()
    bcc.resize_volume(volume_id, 100, "cloud_hp1")
    run_due()
    expect(bcc.get_volume(volume_id).volume.disk_size_in_gb, 100)
    bcc.release_volume(volume_id)
    run_due()
    expect(refusal(bcc.get_volume, volume_id)[0], 404)


@scenario("images")
def images():
    systems = bcc.list_images(image_type="System").images
    expect({each.os_type for each in systems}, {"linux", "windows"})
    image_id = bcc.create_image_from_instance_id("mine", instance_id=running()).image_id
    expect(bcc.get_image(image_id).image.status, "Creating")
    run_due()
    created = bcc.get_image(image_id).image
    expect((created.status, created.name, created.type), ("Available", "mine", "Custom"))
    bcc.delete_image(image_id)
    expect(refusal(bcc.get_image, image_id), (404, "NoSuchObject"))


@scenario("keypairs")
def keypairs():
    instance_id = stopped()
    keypair = bcc.create_keypair("mine", "what it opens").keypair
    assert "PRIVATE KEY" in keypair.private_key, keypair
    assert keypair.keypair_id in [each.keypair_id for each in bcc.list_keypairs().keypairs]
    bcc.attach_keypair(keypair.keypair_id, [instance_id])
    expect(bcc.get_keypair(keypair.keypair_id).keypair.instance_count, 1)
    bcc.detach_keypair(keypair.keypair_id, [instance_id])
    bcc.rename_keypair(keypair.keypair_id, "renamed")
    expect(bcc.get_keypair(keypair.keypair_id).keypair.name, "renamed")
    bcc.delete_keypair(keypair.keypair_id)
    expect(refusal(bcc.get_keypair, keypair.keypair_id)[0], 404)


def rule(port: str) -> bcc_model.SecurityGroupRuleModel:
    return bcc_model.SecurityGroupRuleModel(
        remark="open", direction="ingress", ethertype="IPv4", protocol="tcp", portRange=port, sourceIp="all"
    )


@scenario("security-groups")
def security_groups():
    instance_id = running()
    group_id = bcc.create_security_group("web", [rule("80")]).security_group_id
    bcc.authorize_security_group_rule(group_id, rule("443"))
    (group,) = [each for each in bcc.list_security_groups().security_groups if each.id == group_id]
    expect(sorted(each.port_range for each in group.rules if each.direction == "ingress"), ["443", "80"])
    bcc.bind_instance_to_security_group(instance_id, group_id)
    status_code, _ = refusal(bcc.delete_security_group, group_id)
    assert status_code in {403, 409}, status_code
    bcc.unbind_instance_from_security_group(instance_id, group_id)
    bcc.delete_security_group(group_id)
    assert group_id not in [each.id for each in bcc.list_security_groups().security_groups]


@scenario("deploy-sets")
def deploy_sets():
    (set_id,) = bcc.create_deploy_set("spread", "HOST_HA", "apart").deploy_set_ids
    instance_id = running(deploy_id_list=[set_id])
    expect(bcc.get_deploy_set(set_id).name, "spread")
    expect(bcc.get_instance_with_deploy_set(instance_id).instance.id, instance_id)
    bcc.release_instance(instance_id)
    run_due()
    bcc.delete_deploy_set(set_id)
    expect(refusal(bcc.get_deploy_set, set_id)[0], 400)


@scenario("subnets")
def subnets():
    vpc_id = vpc.create_vpc("net", "10.0.0.0/16").vpc_id
    subnet_id = subnet.create_subnet("part", ZONE, "10.0.1.0/24", vpc_id).subnet_id
    instance_id = running(subnet_id=subnet_id)
    address = instance(instance_id).internal_ip
    assert ipaddress.ip_address(address) in ipaddress.ip_network("10.0.1.0/24"), address
    assert refusal(subnet.delete_subnet, subnet_id)[0] in {403, 409}
    bcc.release_instance(instance_id)
    run_due()
    subnet.delete_subnet(subnet_id)
    vpc.delete_vpc(vpc_id)
    expect(refusal(vpc.get_vpc, vpc_id)[0], 404)


@scenario("batch")
def batch():
    ids = create(3)
    run_due()
    bcc.batch_stop_instance(ids)
    run_due()
    expect([status(each) for each in ids], ["Stopped"] * 3)
    bcc.batch_start_instance(ids)
    run_due()
    bcc.batch_reboot_instance(ids)
    expect([status(each) for each in ids], ["Starting"] * 3)
    run_due()
    assert refusal(bcc.batch_stop_instance, [*ids, UNKNOWN])[0] in {400, 403, 404}
    expect([status(each) for each in ids], ["Running"] * 3)


@scenario("paging-2500")
def paging():
    network = vpc.create_vpc("large", "10.64.0.0/16").vpc_id
    place = subnet.create_subnet("large", ZONE, "10.64.0.0/18", network).subnet_id
    created = {each for _ in range(25) for each in create(100, subnet_id=place)}
    run_due()
    pages = [bcc.list_instances(max_keys=1000)]
    while pages[-1].is_truncated:
        pages.append(bcc.list_instances(max_keys=1000, marker=pages[-1].next_marker))
    listed = [each.id for page in pages for each in page.instances]
    expect(len(listed), len(set(listed)))
    expect(created - set(listed), set())
    expect(len(created), 2500)
    begin_anew()


@scenario("idempotent-retry")
def idempotent_retry():
    first = create(client_token="token-1")
    expect(create(client_token="token-1"), first)
    expect(refusal(create, client_token="token-1", name="another"), (403, "IdempotentParameterMismatch"))


def number_of_instances() -> int:
    page = bcc.list_instances(max_keys=1000)
    number = len(page.instances)
    while page.is_truncated:
        page = bcc.list_instances(max_keys=1000, marker=page.next_marker)
        number += len(page.instances)
    return number


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
    expect(bcc.list_zones().zones[0].zone_name, ZONE)
    assert time.monotonic() - began >= 1


@scenario("error-shape")
def error_shape():
    try:
        bcc.get_instance(UNKNOWN)
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
