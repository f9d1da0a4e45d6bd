"""How an instance is shown: every member of the 2024 example is there, an empty string for what is absent.

https://cloud.baidu.com/doc/BCC/s/sjwvyoeqr. Types follow the Go client, which is the strictest: ``cardCount``,
``eniNum``, ``netEthQueueCount`` and ``primary`` are strings.
"""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.http.request import Json
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.keypair.resource import Keypair
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume.show import show_volume
from bce_emulator.services.shared.tags import show_tags
from bce_emulator.services.vpc.nic.resource import Nic


def renderer(account: AccountRegion) -> Callable[[Instance], Json]:
    """Shows instances; the JSON of each is kept until it, or something that it shows, has changed."""
    return account.renderer(show_instance, Volume, Snapshot, AutoSnapshotPolicy, Keypair, DeploySet, Image, Nic)


def show_instance(account: AccountRegion, instance: Instance) -> Json:
    """An instance by the API's member names."""
    image = account.find(Image, instance.image_id)
    keypair = account.find(Keypair, instance.keypair_id)
    spec = offerings.specs().get(instance.spec)
    deploy_sets = [account.get(DeploySet, deploy_set) for deploy_set in instance.deploy_set_ids]
    volumes = sorted(account.where(Volume, "instance_id", instance.id), key=lambda volume: volume.serial)
    created = iso(instance.created)
    nic = nic_of(account, instance)
    response: Json = {
        "id": instance.id,
        "serialNumber": f"s-{instance.id}",
        "name": instance.name,
        "hostname": instance.hostname,
        "instanceType": instance.instance_type or "N5",
        "spec": instance.spec,
        "desc": instance.desc,
        "status": instance.status,
        "chargeStatus": "notCharge" if instance.stopped_without_charge else "charge",
        "paymentTiming": instance.payment,
        "createTime": created,
        "releaseTime": iso(instance.releases) if instance.releases else "",
        "publicIp": nic.public_ip,
        "internalIp": nic.private_ip,
        "cpuCount": instance.cpu_count,
        "memoryCapacityInGB": instance.memory_gb,
        "localDiskSizeInGB": instance.local_disk_gb,
        "gpuCard": instance.gpu_card,
        "fpgaCard": instance.fpga_card,
        "isomerismCard": "",
        "npuVideoMemory": "",
        "cardCount": str(instance.card_count),
        "imageId": instance.image_id,
        "imageName": image.name if image else "",
        "imageType": image.type if image else "",
        "osName": instance.os.name,
        "osVersion": instance.os.version,
        "osArch": instance.os.arch,
        "networkCapacityInMbps": instance.bandwidth,
        "placementPolicy": "default",
        "zoneName": instance.zone,
        "flavorSubType": "",
        "subnetId": nic.subnet_id,
        "vpcId": nic.vpc_id,
        "autoRenew": instance.auto_renew,
        "autoRenewPeriodUnit": instance.auto_renew_unit,
        "autoRenewPeriod": instance.auto_renew_period,
        "keypairId": instance.keypair_id,
        "keypairName": keypair.name if keypair else "",
        "dedicatedHostId": instance.dedicated_host_id,
        "tags": show_tags(instance.tags),
        "ipv6": nic.ipv6,
        "ipv6Addresses": [nic.ipv6] if nic.ipv6 else [],
        "eniQuota": spec.eni_quota if spec else min(instance.cpu_count, offerings.MAX_ENIS),
        "eriQuota": 0,
        "rdmaType": "",
        "switchId": "",
        "hostId": "",
        "rackId": "",
        "deploysetId": instance.deploy_set_ids[0] if instance.deploy_set_ids else "",
        "deploysetList": [
            {
                "deploysetId": each.id,
                "name": each.name,
                "desc": each.desc,
                "strategy": each.strategy,
                "concurrency": each.concurrency,
            }
            for each in deploy_sets
        ],
        "nicInfo": _nic(instance, nic, created),
        "eniNum": "0",
        "deletionProtection": instance.deletion_protection,
        "netEthQueueCount": instance.queue_count,
        "volumes": [show_volume(account, volume) for volume in volumes],
        "enableJumboFrame": instance.jumbo_frame,
        "isEipAutoRelatedDelete": instance.eip_deleted_too,
        "resGroupInfos": [{"groupId": instance.resource_group_id, "groupName": ""}]
        if instance.resource_group_id
        else [],
        "ehcClusterId": instance.ehc_cluster_id,
        "roleName": instance.role_name,
        "createdFrom": "",
        "hosteyeType": instance.hosteye_type,
        "repairStatus": "normal",
        "rdmaNicTopo": [],
    }
    if instance.expires is not None:
        response["expireTime"] = iso(instance.expires)
    return response


def _nic(instance: Instance, nic: Nic, created: str) -> Json:
    return {
        "eniId": nic.id,
        "eniUuid": "",
        "name": nic.name,
        "type": "primary",
        "subnetId": nic.subnet_id,
        "subnetType": "BCC",
        "az": nic.zone,
        "description": "",
        "deviceId": instance.id,
        "status": "inuse",
        "macAddress": nic.mac,
        "vpcId": nic.vpc_id,
        "createdTime": created,
        "eniNum": 0,
        "eriNum": 0,
        "eriInfos": [],
        "securityGroups": list(nic.security_group_ids),
        "enterpriseSecurityGroups": [],
        "ips": [_address(nic, nic.private_ip, "true")]
        + [_address(nic, address, "false") for address in nic.secondary_ips],
        "ipv6s": [_address(nic, nic.ipv6, "true")] if nic.ipv6 else [],
    }


def _address(nic: Nic, address: str, primary: str) -> Json:
    public = nic.public_address(address)
    return {
        "privateIp": address,
        "eip": public.address if public else "",
        "primary": primary,
        "eipId": "",
        "eipAllocationId": "",
        "eipSize": str(public.bandwidth) if public else "0",
        "eipStatus": "binded" if public else "",
        "eipGroupId": "",
        "eipType": "normal" if public else "",
    }
