"""How a look at the operation log can be refused. https://cloud.baidu.com/doc/BBC/s/cjwvxubls"""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class StartTimeInvalid(ApiError):
    """The start is not written as a moment in UTC."""

    status, code, message = 400, "OperationLog.DateInvalid", "startTime is invalid."


class EndTimeInvalid(ApiError):
    """The end is not written as a moment in UTC."""

    status, code, message = 400, "OperationLog.DateInvalid", "endTime is invalid."
