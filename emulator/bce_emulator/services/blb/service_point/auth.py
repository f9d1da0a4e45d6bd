"""Who may lead a service card to a service publishing point; kept and shown, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import QuotaExceeded
from bce_emulator.services.blb.service_point.reference import ServiceRef, get_point
from bce_emulator.services.blb.service_point.resource import AUTH_QUOTA, Auth, ServicePoint
from bce_emulator.services.vpc.quotas import check_quota

DOC = "https://cloud.baidu.com/doc/BLB/s/Vmrlvoyxl"


class AuthModel(Model):
    """An account, or ``*`` for everybody, and whether it may."""

    uid: Annotated[str, Field(min_length=1)]
    auth: Literal["allow", "deny"]


class ServiceAuthRequest(ServiceRef):
    """Who may, and who may not."""

    auth_list: tuple[AuthModel, ...]


class DeleteServiceAuthRequest(ServiceRef):
    """Of whom nothing is said any more."""

    uid_list: tuple[str, ...]


@operation("PUT /v1/service/{service}?addAuth", errors=[NoSuchObject, OperationDenied, QuotaExceeded], doc=DOC)
def add_service_auth(account: AccountRegion, request: ServiceAuthRequest) -> None:
    """Say of more accounts whether they may lead a card to a service publishing point."""
    point = get_point(account, request.service)
    added = _wanted(request)
    if known := _uids(point.auths) & _uids(added):
        raise OperationDenied(f"authList of {point.service} has {min(known)}")
    check_auth_quota(account, (*point.auths, *added))
    point.auths = (*point.auths, *added)


@operation("PUT /v1/service/{service}?editAuth", errors=[NoSuchObject], doc=DOC)
def update_service_auth(account: AccountRegion, request: ServiceAuthRequest) -> None:
    """Say otherwise of accounts whether they may lead a card to a service publishing point."""
    point = get_point(account, request.service)
    changed = {each.uid: each for each in _wanted(request)}
    _check_known(point, changed)
    point.auths = tuple(changed.get(each.uid, each) for each in point.auths)


@operation("PUT /v1/service/{service}?removeAuth", errors=[NoSuchObject], doc=DOC)
def delete_service_auth(account: AccountRegion, request: DeleteServiceAuthRequest) -> None:
    """Say nothing any more of accounts; whoever is not named may not."""
    point = get_point(account, request.service)
    if not request.uid_list:
        raise BadRequest("uidList is empty")
    _check_known(point, request.uid_list)
    point.auths = tuple(each for each in point.auths if each.uid not in request.uid_list)


def auths_of(models: tuple[AuthModel, ...]) -> tuple[Auth, ...]:
    """The entries of a request, each account once."""
    auths = tuple(Auth(each.uid, each.auth) for each in models)
    if len(_uids(auths)) < len(auths):
        raise BadRequest("authList names an account twice")
    return auths


def check_auth_quota(account: AccountRegion, auths: tuple[Auth, ...]) -> None:
    """Refuse more entries than a point can have."""
    check_quota(account, AUTH_QUOTA, len(auths), QuotaExceeded)


def _wanted(request: ServiceAuthRequest) -> tuple[Auth, ...]:
    if not request.auth_list:
        raise BadRequest("authList is empty")
    return auths_of(request.auth_list)


def _uids(auths: tuple[Auth, ...]) -> set[str]:
    return {each.uid for each in auths}


def _check_known(point: ServicePoint, uids: Iterable[str]) -> None:
    if unknown := set(uids) - _uids(point.auths):
        raise NoSuchObject(f"authList of {point.service} has no {min(unknown)[:64]}")
