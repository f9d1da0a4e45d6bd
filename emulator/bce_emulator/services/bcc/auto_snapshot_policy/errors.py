"""How requests about an automatic snapshot policy can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest


class PolicyNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Asp.NameInvalid", "asp name is invalid."


class RetentionDaysInvalid(ApiError):
    """The days are neither -1 nor 1 to 10,000."""

    status, code, message = 400, "Asp.RetentionDaysInvalid", "RetentionDays should in [1,10000]"


class TimePointsInvalid(ApiError):
    """An hour is not 0 to 23."""

    status, code, message = 400, "Asp.TimePointsInvalid", "TimePoints should in [0,23]"


class RepeatWeekdaysInvalid(ApiError):
    """A weekday is not 0 to 6; the message names other bounds than the parameter, which is followed."""

    status, code, message = 400, "Asp.RepeatWeekdaysInvalid", "RepeatWeekdays should in [1,7]"


class PolicyVolumeTypeInvalid(ApiError):
    """A local disk takes no policy."""

    status, code, message = 400, "Asp.VolumeTypeInvalid", "Volume type should be Cds or System"


class MissingParameter(BadRequest):
    """No volume is named."""

    message = "missing parameter."
