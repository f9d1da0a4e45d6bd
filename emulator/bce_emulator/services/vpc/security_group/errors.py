"""How requests about a security group can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject


class RuleRemarkTooLong(ApiError):
    """The remark of a rule is too long. How long it may be is not documented; 200 characters are proposed."""

    status, code = 400, "SecurityGroup.RuleRemarkTooLong"
    message = "Security group description is too long"


class ProtocolInvalid(BadRequest):
    """The protocol of a new rule is none of tcp, udp, icmp, all and the empty string."""

    message = "protocol is invalid."


class InvalidProtocolException(ApiError):
    """A rule cannot change to this protocol: it is unknown, or would turn tcp or udp into icmp."""

    status, code, message = 400, "InvalidProtocolException", "Invalid protocol"


class RulePortInvalid(ApiError):
    """A port is not a number."""

    status, code = 400, "SecurityGroup.RulePortInvalid"
    message = "The value of security group rule port must be number."


class RulePortRangeInvalid(ApiError):
    """A port is not one of 1 to 65535."""

    status, code = 400, "SecurityGroup.RulePortRangeInvalid"
    message = "The value of security group rule port is exceeded."


class RulePortOrderInvalid(ApiError):
    """The first port of a range is above the last."""

    status, code = 400, "SecurityGroup.RulePortOrderInvalid"
    message = "The order of security group rule port is incorrect."


class RuleCIDRAddressError(ApiError):
    """A source or destination is no address or CIDR of the rule's ethertype."""

    status, code = 400, "SecurityGroup.RuleCIDRAddressError"
    message = "Security group rule ip(cidr) address is incorrect."


class RuleDuplicated(ApiError):
    """The group has the rule already."""

    status, code = 409, "SecurityGroup.RuleDuplicated"
    message = "Security group rule is duplicated."


class RuleNumberExceededLimit(ApiError):
    """The group has as many rules as it can hold in this direction."""

    status, code = 413, "SecurityGroup.RuleNumberExceededLimit"
    message = "Security groups that contain rule number exceed limit."


class RuleNotExist(ApiError):
    """The group has no such rule."""

    status, code = 404, "SecurityGroup.RuleNotExist"
    message = "The Security group rule is not exist."


class NoSuchRule(NoSuchObject):
    """The rule to be updated does not exist; only this operation words it so."""

    message = "Resource not exist."


class VersionMismatch(ApiError):
    """The group has changed since the version that the request names."""

    status, code, message = 400, "VersionMismatch", "The sgVersion is mismatch."


class InstancesAssociated(ApiError):
    """The group is bound to an instance."""

    status, code = 409, "SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted"
    message = "Security group can't be deleted while instance associated."


class BindInstanceExceededLimit(ApiError):
    """The instance has as many security groups as it can have."""

    status, code = 413, "SecurityGroup.BindInstanceExceededLimit"
    message = "Quota exceeds limit when binding instance to security group."


class NoSecurityGroup(ApiError):
    """The instance has no security group that another could join."""

    status, code = 400, "SecurityGroup.NoSecurityGroup"
    message = "No security group associated for the instance."


class LastSecurityGroup(ApiError):
    """The instance would be left without a security group. The page gives the status, but neither code nor message."""

    status, code, basis = 403, "SecurityGroup.NoSecurityGroup", "proposed"
    message = "No security group associated for the instance."
