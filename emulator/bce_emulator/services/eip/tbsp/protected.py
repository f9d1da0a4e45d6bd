"""The EIPs of a package, by their addresses."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.tbsp.resource import ProtectedEip, Tbsp


class ProtectedRef(Model):
    """Which EIP of which package."""

    client_token: ClientToken = ""
    id: str
    ip: str = ""


def protected_of(account: AccountRegion, tbsp: Tbsp) -> list[ProtectedEip]:
    """What a package protects, the first one bound first."""
    return account.where(ProtectedEip, "tbsp_id", tbsp.id)


def find_protected(account: AccountRegion, tbsp: Tbsp, ip: str) -> ProtectedEip | None:
    """The EIP of an address, if the package protects it."""
    eip = account.find_by(Eip, "address", ip.lower())
    found = account.find_by(ProtectedEip, "eip_id", eip.id) if eip else None
    return found if found and found.tbsp_id == tbsp.id else None


def protected_eip(account: AccountRegion, request: ProtectedRef) -> ProtectedEip:
    """The EIP that a request is about, or the refusal."""
    tbsp = account.get(Tbsp, request.id)
    found = find_protected(account, tbsp, request.ip)
    if found is None:
        raise BadRequest(f"ip is none of those that {tbsp.id} protects")
    return found


def changeable(account: AccountRegion, request: ProtectedRef) -> ProtectedEip:
    """The same, if its package has not expired."""
    found = protected_eip(account, request)
    account.check(account.get(Tbsp, request.id), "change")
    return found
