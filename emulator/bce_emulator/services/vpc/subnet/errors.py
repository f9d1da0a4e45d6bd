"""How requests about a subnet can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class SubnetHasNoMoreIp(ApiError):
    """No address of the subnet is free. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SubnetHasNoMoreIpException", "client"
    message = "The subnet has no more ip."


class NotAllowOperateSubnet(ApiError):
    """The subnet is a default one, or something is in it. Known from a client; message and status are proposed."""

    status, code, basis = 409, "NotAllowOperateSubnet", "client"
    message = "The subnet is not allowed to be operated."


class SubnetInUse(ApiError):
    """Another product uses the subnet. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SUBNET_INUSE", "client"
    message = "The subnet is in use."


class ResourceNeedRelease(ApiError):
    """Something in the subnet is to be released first. Known from a client; message and status are proposed."""

    status, code, basis = 409, "ResourceNeedRelease", "client"
    message = "The resource in the subnet need to be released."
