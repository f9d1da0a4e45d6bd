"""Create instances by calls that only some clients know: by the labels of hosts, and in the words of version 3."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model, rephrased
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bcc.instance.creation.create import (
    ERRORS,
    CreateInstanceBySpecRequest,
    hardware_of,
    make_instances,
)
from bce_emulator.services.bcc.instance.creation.order import ChargeType, check_order
from bce_emulator.services.bcc.v3_disks import CLOUD_DISKS, LOCAL_DISKS, CloudDisk, LocalDisk
from bce_emulator.services.shared.billing import Billing
from bce_emulator.services.shared.tags import TagModel


class LabelConstraint(Model):
    """What the labels of a host must be like."""

    label_key: str
    label_value: str = ""
    operator_name: Literal["equal", "not_equal", "exist", "not_exist"] = "equal"


class CreateInstanceByLabelRequest(CreateInstanceBySpecRequest):
    """Instances of a spec, on hosts with certain labels."""

    label_constraints: tuple[LabelConstraint, ...] = ()


class SystemVolume(Model):
    """The system disk."""

    storage_type: CloudDisk = "Cloud_SSD_General"
    volume_size: int = 0


class DataVolume(Model):
    """A data disk."""

    storage_type: CloudDisk | LocalDisk = "Cloud_Premium"
    volume_size: int = 0
    snapshot_id: str = ""
    encrypt_key: str = ""


class InternetAccessible(Model):
    """How the instance reaches the internet."""

    internet_max_bandwidth_out: int = 0
    internet_charge_type: ChargeType | None = None


class CreateInstanceV3Request(Model):
    """What to make, how many, and where, in the words of version 3."""

    client_token: ClientToken = ""
    instance_spec: str
    image_id: str
    system_volume: SystemVolume = SystemVolume()
    data_volumes: tuple[DataVolume, ...] = ()
    purchase_count: int = 0
    instance_name: str = ""
    host_name: str = ""
    auto_seq_suffix: bool = False
    password: str = ""
    billing: Billing = Billing()
    zone_name: str = ""
    subnet_id: str = ""
    security_group_ids: tuple[str, ...] = ()
    associated_resource_tag: bool = False
    tags: tuple[TagModel, ...] = ()
    keypair_id: str = ""
    auto_renew_time: int = 0
    cds_auto_renew: bool = False
    auto_snapshot_policy_id: str = ""
    ipv6: bool = False
    private_ip_addresses: tuple[str, ...] = ()
    deployment_set_id: str = ""
    deploy_id_list: tuple[str, ...] = ()
    user_data: str = ""
    dedicated_host_id: str = ""
    internet_accessible: InternetAccessible = InternetAccessible()
    res_group_id: str = ""


class CreateInstanceByLabelResponse(TypedDict):
    """The ids of the instances."""

    instanceIds: list[str]
    warningList: list[str]


class CreateInstanceV3Response(TypedDict):
    """The ids of the instances."""

    instanceIds: list[str]


@operation("POST /v2/instanceByLabel", errors=ERRORS, basis="client")
def create_instance_by_label(
    account: AccountRegion, request: CreateInstanceByLabelRequest, call: Call
) -> Steps[CreateInstanceByLabelResponse]:
    """Make one or more instances of a spec on hosts with certain labels."""
    order = check_order(account, request, hardware_of(request.spec), call.credentials)
    return {"instanceIds": (yield from make_instances(account, order)), "warningList": []}


@operation("POST /v3/instance", errors=ERRORS, basis="client")
def create_instance_v3(
    account: AccountRegion, request: CreateInstanceV3Request, call: Call
) -> Steps[CreateInstanceV3Response]:
    """Make one or more instances of a spec, asked for in the words of version 3."""
    order = check_order(account, _translate(request), hardware_of(request.instance_spec), call.credentials)
    return {"instanceIds": (yield from make_instances(account, order))}


def _translate(request: CreateInstanceV3Request) -> CreateInstanceBySpecRequest:
    cloud = [disk for disk in request.data_volumes if disk.storage_type in CLOUD_DISKS]
    local = [disk for disk in request.data_volumes if disk.storage_type in LOCAL_DISKS]
    return rephrased(
        CreateInstanceBySpecRequest,
        {
            "spec": request.instance_spec,
            "imageId": request.image_id,
            "rootDiskSizeInGb": request.system_volume.volume_size,
            "rootDiskStorageType": CLOUD_DISKS[request.system_volume.storage_type],
            "createCdsList": tuple(
                {
                    "cdsSizeInGB": disk.volume_size,
                    "storageType": CLOUD_DISKS[disk.storage_type],
                    "snapshotId": disk.snapshot_id,
                    "encryptKey": disk.encrypt_key,
                }
                for disk in cloud
            ),
            "ephemeralDisks": tuple(
                {"sizeInGB": disk.volume_size, "storageType": LOCAL_DISKS[disk.storage_type]} for disk in local
            ),
            "purchaseCount": request.purchase_count,
            "name": request.instance_name,
            "hostname": request.host_name,
            "autoSeqSuffix": request.auto_seq_suffix,
            "adminPass": request.password,
            "billing": request.billing,
            "zoneName": request.zone_name,
            "subnetId": request.subnet_id,
            "securityGroupIds": request.security_group_ids,
            "relationTag": request.associated_resource_tag,
            "tags": request.tags,
            "keypairId": request.keypair_id,
            "autoRenewTime": request.auto_renew_time,
            "cdsAutoRenew": request.cds_auto_renew,
            "aspId": request.auto_snapshot_policy_id,
            "isOpenIpv6": request.ipv6,
            "internalIps": request.private_ip_addresses,
            "deployId": request.deployment_set_id,
            "deployIdList": request.deploy_id_list,
            "userData": request.user_data,
            "dedicatedHostId": request.dedicated_host_id,
            "networkCapacityInMbps": request.internet_accessible.internet_max_bandwidth_out,
            "internetChargeType": request.internet_accessible.internet_charge_type,
            "resGroupId": request.res_group_id,
        },
    )
