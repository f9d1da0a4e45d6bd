"""How requests about an ACL can be refused. https://cloud.baidu.com/doc/VPC/s/sjwvyuhe7"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class InvalidAction(ApiError):
    """A rule allows or denies."""

    status, code, message = 400, "InvalidAction", "The ACL rule's action was invalid."


class InvalidProtocol(ApiError):
    """A rule is for all, tcp, udp or icmp. The message is spelled so on the page."""

    status, code, message = 400, "InvalidProtocol", "The ACL rule's protocal was invalid."


class InvalidPort(ApiError):
    """A rule is for a port or a range of ports."""

    status, code, message = 400, "InvalidPort", "The ACL rule's port was invalid."


class InvalidPosition(ApiError):
    """A position is 1 to 32768."""

    status, code, message = 400, "InvalidPosition", "The ACL rule's position was out of range."


class DuplicatePosition(ApiError):
    """Another rule of the subnet, for the same direction and IP version, has the position."""

    status, code, message = 400, "DuplicatePosition", "The ACL rule's position was repeated."
