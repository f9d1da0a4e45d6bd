"""Client tokens made by the service. Only the Node client asks for one, before it creates an instance."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.names import dashed


class GetClientTokenResponse(TypedDict):
    """The token."""

    token: str


@operation("POST /v1/token/create", basis="client")
def get_client_token(account: AccountRegion) -> GetClientTokenResponse:
    """Make a token that can serve as a clientToken."""
    return {"token": dashed(account.new_text("client token", "hex32"))}
