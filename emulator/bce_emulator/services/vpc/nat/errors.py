"""How requests about a NAT gateway can be refused. https://cloud.baidu.com/doc/VPC/s/Xjwvyul3d"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class NoSuchNat(ApiError):
    """No NAT gateway has this id."""

    status, code, message = 404, "NoSuchNat", "The specified nat is not found."


class RequestNameEmpty(ApiError):
    """The request has no name."""

    status, code, message = 400, "RequestNameEmpty", "The request's param name cannot be empty."
