"""How requests about reserved instances can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest


class RequestInvalid(BadRequest):
    """A parameter is invalid, names nothing that there is, or something whose status does not allow the call.

    That it is also for the last two is proposed: the pages have no other row.
    """

    message = "request is invalid"


class AutoRenewalNotFound(ApiError):
    """There are no such reserved instances; status and spelling are those of the page."""

    status, code = 400, "NoSuchObject"
    message = "Auto-renewal failed: reservedInstanceIds not fount: [{ids}]"
