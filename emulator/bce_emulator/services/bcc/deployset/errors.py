"""How requests about a deploy set can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest


class InvalidDeploySetId(BadRequest):
    """The id names no deploy set; some operations word it so, the others answer NoSuchObject."""

    message = "invalid deployset id"


class EmptyDeploySetId(BadRequest):
    """The id is empty."""

    message = "invalid id:"
