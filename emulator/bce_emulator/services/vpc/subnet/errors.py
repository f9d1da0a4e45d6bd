"""How requests about a subnet can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class SubnetHasNoMoreIp(ApiError):
    """No address of the subnet is free. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SubnetHasNoMoreIpException", "client"
    message = "The subnet has no more ip."


class CidrConflict(ApiError):
    """The range of a new subnet shares addresses with another one of the VPC."""

    status, code, message = 409, "CidrConflict", "This subnet's cidr has conflict with other subnets'."


class PrivateIpInUse(ApiError):
    """Something in the subnet has the address. Known from a client; message and status are proposed."""

    status, code, basis = 409, "PrivateIpInUseException", "client"
    message = "The private ip is in use."


class PrivateIpNotExist(ApiError):
    """The network interface does not have the address. Known from a client; message and status are proposed."""

    status, code, basis = 400, "PrivateIPNotExistException", "client"
    message = "The private ip does not exist."


class NotAllowOperateSubnet(ApiError):
    """The subnet is a default one. Known from a client; message and status are proposed."""

    status, code, basis = 409, "NotAllowOperateSubnet", "client"
    message = "The subnet is not allowed to be operated."


class SubnetInUse(ApiError):
    """Another product uses the subnet. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SUBNET_INUSE", "client"
    message = "The subnet is in use."


class ResourceNeedRelease(ApiError):
    """Something in the VPC or subnet is to be released first. https://cloud.baidu.com/doc/VPC/s/sjwvyuhe7"""

    status, code = 409, "ResourceNeedRelease"
    message = "Delete failed, please delete bcc, blb, nat, vpn, rds and so on in the VPC."
