"""How requests about the addresses of an instance can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest


class RequestInvalid(BadRequest):
    """The subnet has no IPv6, or the instance does not have the address."""

    message = "request is invalid"


class HasIpv6Already(BadRequest):
    """An instance has one IPv6 address."""

    message = "instance has ipv6 already, please release ipv6 first"


class Ipv6AddressInvalid(BadRequest):
    """The address is none, not in the subnet, or in use."""

    message = "ipv6Address is invalid"


class HasNoIpv6Address(BadRequest):
    """There is nothing to delete."""

    message = "instance doesn't have ipv6 address"


class GetHostEnableIpv6Exception(ApiError):
    """Whether the kernel of the instance has IPv6 cannot be found out."""

    status, code = 400, "Instance.GetHostEnableIpv6Exception"
    message = "get host enable ipv6 exception."


class VmKernelVersionTooLowException(ApiError):
    """The kernel of the instance is too old for IPv6."""

    status, code = 400, "Instance.VMKernelVersionTooLowException"
    message = "vm kernel version is too low to support ipv6, please purchase the vm which support ipv6."


class VpcAddIpv6Exception(ApiError):
    """The network failed to add the address."""

    status, code, message = 503, "Vpc.AddIpv6Exception", "Vpc add ipv6 exception."


class VpcDelIpv6Exception(ApiError):
    """The network failed to delete the address."""

    status, code, message = 503, "Vpc.DelIpv6Exception", "Vpc delete ipv6 exception."
