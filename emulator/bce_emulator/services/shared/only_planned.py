"""Errors that nothing here causes, as it has no such limit or no such failure: only a planned fault answers with them.

Codes that a page or a client has, with the status and the message where these are known too; the others are proposed.
"""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.errors import ApiError


class Told(NamedTuple):
    """An error, and where it is known from."""

    status: int
    code: str
    message: str
    basis: str = "client"


TOLD = (
    Told(429, "RateLimit", "There are too many connections."),
    Told(403, "OptInRequired", "A subscription for the service is required.", "documented"),
    Told(412, "PreconditionFailed", "The specified If-Match header doesn't match the ETag header.", "documented"),
    Told(409, "Image.LargeImageCopyForbidden", "Image is larger than 200G.", "documented"),
    Told(403, "Instance.NotSupportInstanceTypeException", "not support the instance type.", "documented"),
    Told(404, "InvalidInstanceId.NotFound", "The instance does not exist."),
    Told(403, "Forbidden.InstanceNotFound", "The instance does not exist."),
    Told(409, "SECURITYGROUP_INUSE", "The security group is in use."),
    Told(404, "ServerRequired", "The account has no server.", "documented"),
    Told(400, "InstanceCreationFailed", "The load balancer could not be created.", "documented"),
    Told(400, "EipUnbindFailed", "The EIP could not be unbound.", "documented"),
    Told(404, "BlbNotFound", "The load balancer does not exist."),
    Told(404, "ResourceNotExist", "The resource does not exist."),
    Told(409, "UnsupportedOperation", "The operation is not supported."),
    Told(403, "SeniorRealNameQualify", "The login user is not pass senior real name qualify."),
    Told(404, "EniNotFoundException", "resource not exist"),
)
ONLY_PLANNED: tuple[type[ApiError], ...] = tuple(
    type(told.code.rpartition(".")[2], (ApiError,), {"__doc__": told.message, **told._asdict()}) for told in TOLD
)
