"""How requests about a route can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class RouteRuleRepeated(ApiError):
    """The table has a rule for these ranges. The code is known from a client; message and status are proposed."""

    status, code, basis = 409, "RouteRuleRepeated", "client"
    message = "The route rule is repeated."


class RouteRuleExceedQuota(ApiError):
    """The table is full. The code is known from a client; message and status are proposed."""

    status, code, basis = 413, "RouteRuleExceedQuota", "client"
    message = "The route rule exceeds quota."
