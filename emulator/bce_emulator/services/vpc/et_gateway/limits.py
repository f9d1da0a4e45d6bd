"""Rules can limit the traffic of dedicated-line gateways."""

from __future__ import annotations

from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.gateway_limit_rule.limited import is_limited

is_limited("et", EtGateway, bandwidth=lambda _account, gateway: gateway.speed)
