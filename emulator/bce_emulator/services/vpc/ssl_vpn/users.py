"""Make, change, delete and list the users of an SSL server."""

from __future__ import annotations

import re

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer, SslVpnUser
from bce_emulator.services.vpc.vpn.resource import Vpn

PASSWORD = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?=.*[!@#$%^*(_])[A-Za-z0-9!@#$%^*(_]{8,17}")


class SslVpnUserModel(Model):
    """One of the users that are to be made."""

    user_name: str
    password: str
    description: str = ""


class BatchCreateSslVpnUsersRequest(Model):
    """Of which gateway, and who."""

    client_token: ClientToken = ""
    vpn_id: str
    ssl_vpn_users: tuple[SslVpnUserModel, ...]


class SslVpnUserRef(Model):
    """Which user of which gateway."""

    client_token: ClientToken = ""
    vpn_id: str
    user_id: str


class UpdateSslVpnUsersRequest(SslVpnUserRef):
    """What the user has from now on; the name stays."""

    client_name: str | None = None
    password: str | None = None
    description: str | None = None


class QuerySslVpnUsersRequest(Model):
    """Of which gateway, and perhaps who."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpn_id: str
    user_name: str = ""


class SslVpnUserView(TypedDict):
    """A user; nobody shows passwords."""

    userId: str
    userName: str
    description: str
    clientName: str


class BatchCreateSslVpnUsersResponse(TypedDict):
    """The ids of the users, in the order of the request."""

    sslVpnUserIds: list[str]


class QuerySslVpnUsersResponse(Page):
    """One page of the users."""

    sslVpnUsers: list[SslVpnUserView]


@operation("POST /v1/vpn/{vpnId}/sslVpnUser", errors=[NoSuchObject, OperationDenied], basis="client")
def batch_create_ssl_vpn_users(
    account: AccountRegion, request: BatchCreateSslVpnUsersRequest
) -> BatchCreateSslVpnUsersResponse:
    """Make users of a gateway's SSL server, all or none."""
    vpn = account.get(Vpn, request.vpn_id)
    names = [each.user_name for each in request.ssl_vpn_users]
    if not names:
        raise BadRequest("sslVpnUsers is empty")
    for each in request.ssl_vpn_users:
        check_gateway_name(each.user_name)
        check_description(each.description)
        _check_password(each.password)
    server = account.find_by(SslVpnServer, "vpn_id", vpn.id)
    if server is None:
        raise OperationDenied(f"{vpn.id} has no SSL server")
    there = {each.name for each in account.where(SslVpnUser, "server_id", server.id)}
    if len(set(names)) < len(names) or not there.isdisjoint(names):
        raise OperationDenied("there is a user of the same name")
    users = [
        account.add(
            SslVpnUser(
                id=account.new_id(SslVpnUser),
                vpn_id=vpn.id,
                server_id=server.id,
                name=each.user_name,
                desc=each.description,
            )
        )
        for each in request.ssl_vpn_users
    ]
    return {"sslVpnUserIds": [user.id for user in users]}


@operation("PUT /v1/vpn/{vpnId}/sslVpnUser/{userId}", errors=[NoSuchObject], basis="client")
def update_ssl_vpn_users(account: AccountRegion, request: UpdateSslVpnUsersRequest) -> None:
    """Give a user another password, description or name of the client."""
    user = _user(account, request)
    check_description(request.description)
    if request.password is not None:
        _check_password(request.password)
    if request.client_name is not None:
        check_gateway_name(request.client_name)
    user.desc = user.desc if request.description is None else request.description
    user.client_name = user.client_name if request.client_name is None else request.client_name


@operation("DELETE /v1/vpn/{vpnId}/sslVpnUser/{userId}", errors=[NoSuchObject], basis="client")
def delete_ssl_vpn_user(account: AccountRegion, request: SslVpnUserRef) -> None:
    """Delete a user."""
    account.remove(_user(account, request))


@operation("GET /v1/vpn/{vpnId}/sslVpnUser", errors=[NoSuchObject], basis="client")
def query_ssl_vpn_users(account: AccountRegion, request: QuerySslVpnUsersRequest) -> QuerySslVpnUsersResponse:
    """List the users of a gateway's SSL server, newest first."""
    vpn = account.get(Vpn, request.vpn_id)
    return page(
        QuerySslVpnUsersResponse,
        account,
        SslVpnUser,
        "sslVpnUsers",
        _show,
        request.marker,
        request.max_keys,
        lambda user: request.user_name in {"", user.name},
        of=("vpn_id", vpn.id),
    )


def _check_password(password: str) -> None:
    if PASSWORD.fullmatch(password) is None:
        raise BadRequest("password is 8 to 17 letters, digits and !@#$%^*(_, some of each")


def _user(account: AccountRegion, request: SslVpnUserRef) -> SslVpnUser:
    user = account.get(SslVpnUser, request.user_id)
    if user.vpn_id != request.vpn_id:
        raise NoSuchObject(f"{user.id} is not of {request.vpn_id}")
    return user


def _show(user: SslVpnUser) -> SslVpnUserView:
    return {
        "userId": user.id,
        "userName": user.name,
        "description": user.desc,
        "clientName": user.client_name,
    }
