"""Have a package protect EIPs, or no longer."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.resource import eip_of
from bce_emulator.services.eip.tbsp.protected import find_protected, protected_of
from bce_emulator.services.eip.tbsp.resource import ProtectedEip, Tbsp


class ProtectionObjectsRequest(Model):
    """Which EIPs, by their addresses, and which package."""

    client_token: ClientToken = ""
    id: str
    ip_list: tuple[str, ...]


@operation("PUT /v1/tbsp/{id}?bind", errors=[NoSuchObject, EipNotFound, OperationDenied, LimitExceeded], basis="client")
def bind_tbsp_protection_object(account: AccountRegion, request: ProtectionObjectsRequest) -> None:
    """Have a package protect EIPs of its line, all or none."""
    ips = _each_once(request.ip_list)
    tbsp = account.get(Tbsp, request.id)
    eips = [eip_of(account, ip) for ip in ips]
    account.check(tbsp, "change")
    for eip in eips:
        if eip.route_type != tbsp.line:
            raise OperationDenied(f"{eip.address} is of the line {eip.route_type}, {tbsp.id} of {tbsp.line}")
        if protected := account.find_by(ProtectedEip, "eip_id", eip.id):
            raise OperationDenied(f"{protected.tbsp_id} protects {eip.address} already")
    if len(protected_of(account, tbsp)) + len(eips) > tbsp.capacity:
        raise LimitExceeded(f"{tbsp.id} protects {tbsp.capacity} at most")
    for eip in eips:
        account.add(ProtectedEip(id=account.new_id(ProtectedEip), tbsp_id=tbsp.id, eip_id=eip.id))


@operation("PUT /v1/tbsp/{id}?unbind", errors=[NoSuchObject], basis="client")
def unbind_tbsp_protection_object(account: AccountRegion, request: ProtectionObjectsRequest) -> None:
    """Have a package no longer protect EIPs, all or none; their settings are gone."""
    ips = _each_once(request.ip_list)
    tbsp = account.get(Tbsp, request.id)
    found = [protected for ip in ips if (protected := find_protected(account, tbsp, ip))]
    if len(found) < len(ips):
        raise BadRequest(f"not all of ipList are protected by {tbsp.id}")
    for protected in found:
        account.remove(protected)


def _each_once(ips: tuple[str, ...]) -> tuple[str, ...]:
    ips = tuple(ip.lower() for ip in ips)
    if not ips or len(set(ips)) < len(ips):
        raise BadRequest("ipList names one address at least, each once")
    return ips
