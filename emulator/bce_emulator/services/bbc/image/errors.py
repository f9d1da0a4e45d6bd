"""How making an image of a server can be refused. https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class ServerStatusForbidden(ApiError):
    """Only a running or stopped server can be made an image of."""

    status, code = 409, "Image.InstanceStatusForbidden"
    message = "Instance not in running or stopped status."
