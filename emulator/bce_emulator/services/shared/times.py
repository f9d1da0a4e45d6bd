"""Moments as requests have them, and in the form that some pages have: the time of Beijing, without saying so."""

from __future__ import annotations

from calendar import timegm
from time import gmtime, strftime, strptime

from bce_emulator.engine.account.clock import HOUR, seconds
from bce_emulator.engine.errors import ApiError, BadRequest


def moment_of(member: str, text: str, otherwise: float = 0.0, refusal: type[ApiError] = BadRequest) -> float:
    """The Unix time that a member of a request names, or another one if it is empty."""
    if not text:
        return otherwise
    try:
        return seconds(text)
    except ValueError:
        raise refusal(f"{member} is a time such as 2026-01-01T00:00:00Z") from None


def beijing_time(moment: float) -> str:
    """A Unix time as ``2021-04-25 17:22:34``, eight hours ahead of UTC."""
    return strftime("%Y-%m-%d %H:%M:%S", gmtime(moment + 8 * HOUR))


def beijing_moment(text: str) -> float:
    """The Unix time of such a text; ValueError if it is none."""
    return float(timegm(strptime(text, "%Y-%m-%d %H:%M:%S"))) - 8 * HOUR
