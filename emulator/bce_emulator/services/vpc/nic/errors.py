"""How requests about a network interface can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class EniIdInvalid(ApiError):
    """No network interface can have this id. Code and message are known from a client, the status is proposed."""

    status, code, basis = 400, "EniIdException", "client"
    message = "The param eniId is invalid"


class EniStatusNotAllowed(ApiError):
    """The card is being attached or detached. Code and message are known from a client, the status is proposed."""

    status, code, basis = 409, "EniStatusException", "client"
    message = "The eni status is not allowed to operate"


class SecurityGroupsNotSameVpc(ApiError):
    """A security group is of another VPC than the card. Documented for the network cards of services."""

    status, code = 400, "Vpc.SecurityGroupsNotSameVpc"
    message = "The security groups not belong to same vpc."


class InstanceBindNotSameVpc(ApiError):
    """The card and the instance are in different VPCs. Documented for the network cards of services."""

    status, code = 400, "InstanceBindNoSameVpcException"
    message = "InstanceBindNoSameVpcException"
