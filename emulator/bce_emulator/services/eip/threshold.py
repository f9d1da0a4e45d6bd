"""Cleaning thresholds, of basic protection and of protection packages."""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.payment import spelled

AUTO, MANUAL = "auto", "manual"
TYPES = ("bandwidth", AUTO, MANUAL)
MIN_MBPS, MIN_PPS, MAX_PPS = 120, 58_594, 4_882_813


class Threshold(NamedTuple):
    """The type, and the limits per second; they default to the smallest that can be set."""

    type: str = AUTO
    mbps: int = MIN_MBPS
    pps: int = MIN_PPS


SMALLEST = Threshold()


def threshold_of(type_: str, mbps: int, pps: int, most_mbps: int) -> Threshold:
    """The threshold that a request asks for, or the refusal; the figures count for a manual one only."""
    type_ = spelled(type_, TYPES, "thresholdType")
    if type_ != MANUAL:
        return Threshold(type_)
    if not MIN_MBPS <= mbps <= most_mbps or not MIN_PPS <= pps <= MAX_PPS:
        raise BadRequest(f"a manual threshold is {MIN_MBPS} to {most_mbps} Mbps and {MIN_PPS} to {MAX_PPS} packets")
    return Threshold(type_, mbps, pps)
