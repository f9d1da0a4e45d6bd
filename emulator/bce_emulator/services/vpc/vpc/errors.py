"""How requests about a VPC can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class NotAllowDeleteVpc(ApiError):
    """The VPC is the default one. Known from a client; message and status are proposed."""

    status, code, basis = 409, "NotAllowDeleteVpc", "client"
    message = "The vpc is not allowed to be deleted."
