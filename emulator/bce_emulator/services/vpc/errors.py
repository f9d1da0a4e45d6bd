"""How requests about the network can be refused that are about no kind of resource in particular."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class LimitExceeded(ApiError):
    """A quota of the network is used up. https://cloud.baidu.com/doc/VPC/s/sjwvyuhe7"""

    status, code, message = 413, "LimitExceeded", "Limit exceeded for current request."


class VmMemoryCannotAttachMoreIp(ApiError):
    """A network interface has as many addresses as it can. Known from a client; message and status are proposed."""

    status, code, basis = 413, "VmMemoryCanNotAttachMoreIpException", "client"
    message = "The memory of the instance can not attach more ip."
