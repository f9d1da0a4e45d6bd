"""How requests about what an instance can become can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest


class MoreThanOneWayToAsk(BadRequest):
    """More than one of spec, specId and instanceIdList is given."""

    message = "Spec, specid and instanceid can only be queried through one type."


class NoWayToAsk(BadRequest):
    """None of spec, specId and instanceIdList is given."""

    message = "At least one spec, specid and instanceIdList is required."
